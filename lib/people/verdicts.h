/* What people settled about two IINs, or about what lists say of one: the verdicts in force, and
 * whether the facts they were made on still stand. */
#ifndef CQ_PEOPLE_VERDICTS_H
#define CQ_PEOPLE_VERDICTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/db.h"

struct cq_verdict {
    int64_t iin, other_iin; /* ascending; equal where it settles what lists say of one IIN */
    int64_t run;            /* that brought it */
    int verdict;            /* CQ_VERDICT_SAME, CQ_VERDICT_DIFFERENT */
    int whose;              /* number of the agency whose words are right; 0 if none is named */
    bool changed;           /* a fact of either side is another since */
};

/* The verdicts in force, in the order of both IINs. */
struct cq_verdicts {
    struct cq_verdict *list;
    size_t count, room;
};

/* Reads the verdicts known at a run and in force on a day. Shape: verdicts is zeros. Errors: those
 * of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_verdicts_free in any case. */
enum cq_code cq_verdicts_read(struct cq_verdicts *verdicts, struct cq_db *db, int64_t run,
                              int32_t day, struct cq_err *err);
void cq_verdicts_free(struct cq_verdicts *verdicts);

/* The verdict about two IINs, in any order; NULL if there is none. */
const struct cq_verdict *cq_verdicts_find(const struct cq_verdicts *verdicts, int64_t iin,
                                          int64_t other_iin);

/* The comparison of facts at two runs. */
struct cq_verdict_facts;

/* Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, close. */
enum cq_code cq_verdict_facts_open(struct cq_verdict_facts **facts, struct cq_db *db,
                                   struct cq_err *err);
void cq_verdict_facts_close(struct cq_verdict_facts *facts);

/* Whether names, birth date or sex of either person are others at run `now` than at run `since`; of
 * one IIN twice also whether a list contradicts it with other names or another birth date than
 * before. Errors: those of cq_db_fail. */
enum cq_code cq_verdict_facts_changed(struct cq_verdict_facts *facts, int64_t iin,
                                      int64_t other_iin, int64_t since, int64_t now, bool *changed,
                                      struct cq_err *err);

#endif
