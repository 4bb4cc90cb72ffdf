/* A person's answers for one service from day to day, as far as lists and law are known. */
#ifndef CQ_PEOPLE_TIMELINE_H
#define CQ_PEOPLE_TIMELINE_H

#include "cq/person.h"

/* Whose row told what changed; TOLD_NONE where no list did: an age, the law. */
enum cq_timeline_told {
    CQ_TIMELINE_PERSON,
    CQ_TIMELINE_SPONSOR,
    CQ_TIMELINE_INSURANCE,
    CQ_TIMELINE_PRESIDENTIAL,
    CQ_TIMELINE_FACILITY,
    CQ_TIMELINE_NONE
};

/* Days on which the answer is the same. */
struct cq_period {
    int32_t from, to; /* to is exclusive; CQ_DAY_MAX where no change is known */
    struct cq_answer answer;
    const char *cause; /* of its beginning, as cq_people_next_change; "" of the first */
    enum cq_timeline_told told;
    int64_t run, list_line; /* of that row; 0 where there is none */
};

struct cq_timeline {
    struct cq_period *list;
    size_t count, room;
};

/* Finds the periods from a day on. Two that follow each other differ in a cell from outcome to gaps,
 * in category, agency or facility.
 * Shape: timeline is zeros; the day of the request is the first. Errors: those of cq_db_fail,
 * CQ_B_NOMEM. Owner: caller, free(timeline->list) in any case. */
enum cq_code cq_people_timeline(struct cq_timeline *timeline, struct cq_people *people, int64_t iin,
                                const struct cq_request *request, struct cq_err *err);

/* The first day of which the law of the people says anything. */
int32_t cq_people_first_day(const struct cq_people *people);

#endif
