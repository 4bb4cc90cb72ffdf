/* Inside the modules of people only: one law's view of the registry, and answers for a day that
 * may be another one for each source of facts. */
#ifndef CQ_PERSON_PRIVATE_H
#define CQ_PERSON_PRIVATE_H

#include "cq/person.h"
#include "facilities.h"
#include "people_read.h"

/* What can change with the days. */
enum cq_source {
    CQ_SOURCE_LAW, /* rules, gaps, documents, parameters */
    CQ_SOURCE_AGE,
    CQ_SOURCE_LISTS, /* the person's own rows */
    CQ_SOURCE_SPONSOR,
    CQ_SOURCE_INSURANCE,
    CQ_SOURCE_PRESIDENTIAL,
    CQ_SOURCE_FACILITIES,
    CQ_SOURCES
};

/* The day that each source is asked about; all the same but where a cause is looked for. */
struct cq_clocks {
    int32_t day[CQ_SOURCES];
};

struct cq_view {
    const struct cq_law *law;
    int mvd; /* the owner that the fact `place` asks about */
};

struct cq_people {
    struct cq_reader reader;
    struct cq_facilities *facilities;
    struct cq_view own, against;
    int32_t *law_days; /* of the own law, ascending */
    size_t law_day_count;
    int32_t *days; /* scratch of foresee */
    size_t day_room;
};

struct cq_clocks cq_clocks_at(int32_t day);

/* The answers of a person's roles, the one that answers first. Shape: as cq_people_decide; the
 * day of request is not looked at. Returns the number of answers. */
int cq_view_answer(const struct cq_view *view, struct cq_facilities *facilities,
                   const struct cq_history *history, const struct cq_request *request,
                   const struct cq_clocks *clocks, struct cq_answer *answers);

/* What the places of a role ask of facilities. */
struct cq_wanted cq_view_wanted(const struct cq_view *view, const struct cq_role *role,
                                const struct cq_request *request, int32_t day);

/* Rows of the lists that count on a day; NULL where none does. */
const struct cq_fund *cq_history_fund(const struct cq_history *history, int32_t day);
const struct cq_listing *cq_history_listing(const struct cq_history *history, int32_t day);

/* The first day on which cover that is paid until a day has run out. */
int32_t cq_view_tail_end(const struct cq_fund *fund, int64_t tail_months);

#endif
