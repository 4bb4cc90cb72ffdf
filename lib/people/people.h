/* The registry opened for questions. */
#ifndef CQ_PEOPLE_PEOPLE_H
#define CQ_PEOPLE_PEOPLE_H

#include "people/person_facts.h"

struct cq_people {
    struct cq_reader reader;
    struct cq_facilities *facilities;
    struct cq_view own, second; /* second: of cq_people_set_second_law */
    int32_t *days;              /* scratch memory of cq_change_days */
    size_t day_room;
};

#endif
