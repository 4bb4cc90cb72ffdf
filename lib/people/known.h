/* Answers as they were known at earlier moments: the rows of people are read as the run of the moment
 * left them, and facilities are read once for each state that lists left them in. */
#ifndef CQ_PEOPLE_KNOWN_H
#define CQ_PEOPLE_KNOWN_H

#include "cq/person.h"

struct cq_known;

/* Opens the registry. Shape: runs after last_run are not known at any moment.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_known_close. */
enum cq_code cq_known_open(struct cq_known **known, struct cq_db *db, const struct cq_law *law,
                           int64_t last_run, struct cq_err *err);
void cq_known_close(struct cq_known *known);

/* The last run at or before a moment (milliseconds UTC); 0 before the first. */
int64_t cq_known_run(const struct cq_known *known, int64_t at);

/* Decides as cq_people_decide does, as a run left the registry. Shape: run from cq_known_run.
 * Errors: as cq_people_decide, CQ_B_NOMEM. Owner: facilities named in answers are known's, until the
 * next call. */
enum cq_code cq_known_decide(struct cq_known *known, int64_t run, int64_t iin,
                             const struct cq_request *request, struct cq_answer *answers,
                             int *count, struct cq_err *err);

#endif
