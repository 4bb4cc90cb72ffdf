/* The referral during which a disorder was found: O61:12. */
#include "referrals/found_in.h"

#include "cq/list.h"

/* States in which a referral came to nothing. */
static bool stands(int status)
{
    return status != CQ_REJECTED && status != CQ_CANCELLED && status != CQ_EXPIRED;
}

static const char *compare(sqlite3_stmt *stmt, const struct cq_case *c,
                           const struct cq_binding *binding)
{
    int place = sqlite3_column_int(stmt, 1);
    const char *service = (unsigned)place < CQ_SERVICES ? cq_fact_value_name(CQ_FACT_SERVICE, place)
                                                        : "";
    if (sqlite3_column_int64(stmt, 0) != c->values[CQ_REQUEST_IIN].number)
        return "iin";
    if (!cq_text_has(cq_text_of(binding->accepts), '|', service))
        return "service";
    if (sqlite3_column_int(stmt, 3) > c->request.day)
        return "issued_on";
    return stands(sqlite3_column_int(stmt, 2)) ? NULL : "status";
}

enum cq_code cq_intake_check_found_in(struct cq_intake *intake, const struct cq_case *c,
                                      const struct cq_binding *binding, const char **why,
                                      struct cq_err *err)
{
    static const char sql[] = "SELECT iin, service, status, issued_on FROM referral WHERE id = ?1";
    bool row = false;
    enum cq_code code = intake->found_in ? CQ_OK
                                         : cq_db_prepare(intake->db, &intake->found_in, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(intake->found_in, 1, c->values[CQ_REQUEST_FOUND_IN].number);
    code = cq_db_step(intake->db, intake->found_in, &row, err);
    if (!code)
        *why = row ? compare(intake->found_in, c, binding) : "number";
    sqlite3_reset(intake->found_in);
    return code;
}
