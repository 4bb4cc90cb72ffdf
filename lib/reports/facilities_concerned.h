/* Employees to whom the fallback of R78:4.2 applies, for the report facilities. */
#ifndef CQ_REPORTS_FACILITIES_CONCERNED_H
#define CQ_REPORTS_FACILITIES_CONCERNED_H

#include "cq/result.h"
#include "reports/facilities_requirements.h"

/* Counts in each requirement, by region, the employees who have no place in the owner's facilities,
 * and those whose place is not known. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_facilities_concerned(const struct cq_report_request *request, int64_t run,
                                     int owner, struct requirements *requirements,
                                     struct cq_err *err);

#endif
