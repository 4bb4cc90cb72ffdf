/* The calendar as lists correct it. */
#ifndef CQ_PEOPLE_CALENDAR_H
#define CQ_PEOPLE_CALENDAR_H

#include "cq/calendar.h"
#include "cq/db.h"

/* Reads the days that lists state, as known at a run. A day that a full list no longer names is not
 * stated from the day of that list on. Shape: the law outlives the calendar.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_calendar_free in any case. */
enum cq_code cq_calendar_read(struct cq_calendar *calendar, struct cq_db *db,
                              const struct cq_law *law, int64_t run, struct cq_err *err);
void cq_calendar_free(struct cq_calendar *calendar);

#endif
