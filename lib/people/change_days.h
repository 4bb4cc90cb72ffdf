/* The days on which an answer of a person may change. */
#ifndef CQ_PEOPLE_CHANGE_DAYS_H
#define CQ_PEOPLE_CHANGE_DAYS_H

#include "people/people.h"

/* Collects every day after that of the request on which an answer of the person may change, under
 * the own law or the second. Shape: people->days, ascending, each once. Errors: CQ_B_NOMEM.
 * Owner: the people, until the next call. */
enum cq_code cq_change_days(struct cq_people *people, const struct cq_history *history,
                            const struct cq_request *request, size_t *count);

#endif
