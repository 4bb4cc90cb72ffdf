/* The facts and answers of a person under one law. Each input of the decision may have a day of its
 * own. */
#ifndef CQ_PEOPLE_PERSON_FACTS_H
#define CQ_PEOPLE_PERSON_FACTS_H

#include "cq/person.h"
#include "people/facilities_find.h"
#include "people/people_read.h"
#include "people/view.h"

/* The same day for every input. */
struct cq_input_days cq_input_days_all(int32_t day);

/* The answers of a person's roles, the one that answers first. Shape: as cq_people_decide; the
 * day of request is ignored. Returns the number of answers. */
int cq_view_answer(const struct cq_view *view, struct cq_facilities *facilities,
                   const struct cq_history *history, const struct cq_request *request,
                   const struct cq_input_days *on, struct cq_answer *answers);

/* The facility query for the places of a role. */
struct cq_facility_query cq_view_facility_query(const struct cq_view *view,
                                                const struct cq_role *role,
                                                const struct cq_request *request, int32_t day);

/* The code of the nearest facility of a provider that can serve a role; "" if there is none. */
const char *cq_view_facility(const struct cq_view *view, struct cq_facilities *facilities,
                             const struct cq_role *role, const struct cq_request *request,
                             int32_t day, const char *provider);

/* The MVD-MO that the request asks for, or else would serve; NULL if there is none. */
const struct cq_facility *cq_view_receiving(struct cq_facilities *facilities,
                                            const struct cq_facility_query *query,
                                            const struct cq_request *request);

/* The rows that are valid on a day; NULL where none is. */
const struct cq_fund *cq_history_fund(const struct cq_history *history, int32_t day);
const struct cq_listing *cq_history_listing(const struct cq_history *history, int32_t day);

/* The first day on which cover that is paid until a day has run out. */
int32_t cq_fund_tail_end(const struct cq_fund *fund, int64_t tail_months);

#endif
