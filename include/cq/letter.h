/* Letters to people: an answer on one A4 page, in words alone. */
#ifndef CQ_LETTER_H
#define CQ_LETTER_H

#include "cq/batch.h"

struct cq_letters;

/* Begins an HTML document of letters, in one or two languages side by side.
 * Shape: people is the registry of the questions; run the last that is known, which the letters name;
 * languages outlive the letters; the document is written to fd. Errors: CQ_B_NOMEM.
 * Owner: caller, cq_letters_close. */
enum cq_code cq_letters_open(struct cq_letters **letters, struct cq_people *people,
                             const struct cq_law *law, int64_t run,
                             const enum cq_language *languages, int language_count, int fd,
                             struct cq_err *err);

/* Adds the letter of one question: a function for cq_batch.explain, of a batch with `receipt`.
 * Errors: CQ_U_LETTER_WORD (the law tables lack a word that letters need), CQ_O_WRITE, CQ_B_NOMEM,
 * those of cq_db_fail. */
enum cq_code cq_letters_add(const struct cq_question *question, void *letters, struct cq_err *err);

/* Ends the document unless failed, and frees. Errors: CQ_O_WRITE, CQ_B_NOMEM. */
enum cq_code cq_letters_close(struct cq_letters *letters, bool failed, struct cq_err *err);

#endif
