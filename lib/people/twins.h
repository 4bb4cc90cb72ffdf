/* The people whom the lists probably name under two IINs. */
#ifndef CQ_PEOPLE_TWINS_H
#define CQ_PEOPLE_TWINS_H

#include <stddef.h>
#include <stdint.h>
#include "cq/db.h"

struct cq_twin {
    int64_t id, other_id; /* versions in person; their IINs ascend */
    unsigned reasons;     /* bits of people/twin_compare.h */
};

/* In the order of both IINs, each pair of IINs once. */
struct cq_twins {
    struct cq_twin *list;
    size_t count, room;
};

/* Finds them among the entries known at a run and in force on a day: who has left is nobody's twin.
 * Not all pairs are compared: only people with two of these in common, of whom at most TWINS_NEAR in
 * a row where many have them: names that sound alike, and day and month of birth in any order, or
 * year and month; the birth date and the sound of one name. Where many bear both names, birth dates
 * that differ in a digit are two people's.
 * Shape: twins is zeros. Units: some 150 bytes of memory a person.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, free(twins->list) in any case. */
enum cq_code cq_twins_find(struct cq_twins *twins, struct cq_db *db, int64_t run, int32_t day,
                           struct cq_err *err);

#endif
