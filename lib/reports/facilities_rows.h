/* The facilities of a day with the referrals to them, for the report facilities. */
#ifndef CQ_REPORTS_FACILITIES_ROWS_H
#define CQ_REPORTS_FACILITIES_ROWS_H

#include "cq/result.h"

/* Columns of the query. DEPARTMENT to EQUIPMENT are 0 where it is lacking, NULL where not stated. */
enum {
    F_KATO,
    F_SERVICE,
    F_PROFILE,
    F_CODE,
    F_NAME,
    F_OWNER,
    F_DEPARTMENT,
    F_SPECIALIST,
    F_EQUIPMENT,
    F_CAPACITY,
    F_WAITING,
    F_STAYING,
    F_SERVES
};

/* Prepares the query. Shape: a row for each facility, service and profile, in that order; without
 * referrals WAITING and STAYING are 0. Errors: those of cq_db_fail. Owner: caller, finalize *stmt
 * in any case. */
enum cq_code cq_facilities_select(const struct cq_report_request *request, int64_t run,
                                  bool referrals, sqlite3_stmt **stmt, struct cq_err *err);

/* Whether a row states that one of DEPARTMENT to EQUIPMENT is lacking. */
bool cq_facility_lacks(sqlite3_stmt *stmt, int column);

#endif
