/* People by what somebody knows of them who does not know the IIN: parts of names, a birth date. */
#ifndef CQ_PEOPLE_FIND_H
#define CQ_PEOPLE_FIND_H

#include "cq/db.h"
#include "people/find_question.h"

/* How many of those who fit are put in order and told to be tied; of the others, that there are some. */
enum { CQ_FIND_BEST = 5 };

/* Who fits, the best first. */
struct cq_find_result {
    struct cq_found *list;
    size_t count, room;
    /* How many of them fit as well as the first: 1 where that is the only one, CQ_FIND_BEST + 1 for more
     * than those. */
    size_t tied;
    bool more; /* so many might fit that not all were looked at */
};

/* Finds the people who fit a question best among the rows known at a run and in force on a day.
 *
 * Names fit if they sound alike in Kazakh, Russian and Latin letters; a part may be the beginning of a
 * name, or one of two. Mistakes are allowed for as people/twin_compare.h has them, two at most: a
 * letter of a name, day and month swapped, a digit of the birth date or the year before or after; and
 * the last name may be another, as it is after a marriage, if the birth date and another name, or
 * two others, are the same. A letter and the birth date may both be mistaken where three names are
 * asked for. Initials count only beside a whole
 * name that fits. Who fits as well as the first is told to be tied with it.
 * Shape: result is zeros. Errors: those of cq_db_fail, CQ_D_CORRUPT, CQ_B_NOMEM.
 * Owner: caller, free(result->list) in any case. */
enum cq_code cq_people_find(struct cq_find_result *result, struct cq_db *db, int64_t run,
                            int32_t day, const struct cq_find_question *question,
                            struct cq_err *err);

#endif
