/* The words that people write for codes, of the law tables: labels in three languages and what else
 * is said (words.csv, kinds also_*). Source: cq-law(5). */
#ifndef CQ_TERMS_H
#define CQ_TERMS_H

#include "cq/law.h"
#include "cq/str.h"

/* The values of a column, each a code with its words, as struct cq_column has them. */
struct cq_terms {
    const char **values; /* "code|word|word", folded; NULL at the end */
    struct cq_str bytes; /* private */
};

/* Collects the words for the codes of a kind: category, service, owner, … Shape: codes has NULL at
 * the end. Errors: CQ_B_NOMEM. Owner: caller, cq_terms_free in any case. */
enum cq_code cq_terms_read(struct cq_terms *terms, const struct cq_law *law, const char *kind,
                           const char *const *codes, struct cq_err *err);

/* Collects the names of places: regions, and the cities that are one. Shape: a code is the number of
 * the region. Errors, owner: as above. */
enum cq_code cq_terms_places(struct cq_terms *terms, const struct cq_law *law, struct cq_err *err);
void cq_terms_free(struct cq_terms *terms);

/* The position of the code that a text is, or is a word for; -1 for none. */
int cq_term_find(const struct cq_law *law, const char *kind, const char *const *codes,
                 struct cq_text text);

#endif
