/* How well an entry fits a question. */
#ifndef CQ_PEOPLE_FIND_COMPARE_H
#define CQ_PEOPLE_FIND_COMPARE_H

#include "cq/db.h"
#include "people/find_question.h"

/* Whether a birth date fits, with its mistake as bits in *reasons. */
bool cq_find_birth_fits(const struct cq_find_question *question, int32_t birth, unsigned *reasons);

/* Compares a row: sqlite columns last, first and middle name from `column` on. Returns in *fits
 * whether it fits, and then found->reasons, cost and spellings. Errors: CQ_B_NOMEM. */
enum cq_code cq_find_compare(const struct cq_find_question *question, sqlite3_stmt *stmt,
                             int column, int32_t birth, bool *fits, struct cq_found *found);

#endif
