/* What a list of the calendar can do. */
#ifndef CQ_IMPORT_CALENDAR_CHECK_H
#define CQ_IMPORT_CALENDAR_CHECK_H

#include "import/job.h"

/* Warns where, with the rows of the run, many days of one year are stated otherwise than the law has
 * them. Shape: in the run's transaction; of other kinds of lists nothing is asked.
 * Errors: those of cq_calendar_read. */
enum cq_code cq_import_check_calendar(struct cq_import_job *job, struct cq_err *err);

#endif
