/* Papers seen at registration against those that the law asks for. */
#ifndef CQ_PEOPLE_PAPERS_H
#define CQ_PEOPLE_PAPERS_H

#include "cq/law.h"
#include "cq/lists.h"

/* Appends what is lacking of the documents of a row of documents.csv, in its own form:
 * "id_card+service_id" asks for both, "id_card/birth_certificate" for either. Nothing is appended
 * where the papers are complete. Shape: seen has a bit of each paper, as in cq_paper_names.
 * Errors: in out->failed. Source: R78:14.2. */
void cq_papers_lacking(const char *documents, int64_t seen, struct cq_str *out);

/* Appends papers in that form in words of a language; one that has no word stays as it is.
 * Errors: in out->failed. */
void cq_papers_words(const struct cq_law *law, enum cq_language language, const char *papers,
                     struct cq_str *out);

/* Appends the papers seen, with '+' between. Errors: in out->failed. */
void cq_papers_write(int64_t seen, struct cq_str *out);

#endif
