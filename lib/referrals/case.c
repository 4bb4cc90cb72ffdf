/* Reports findings about the current case. */
#include "referrals/case.h"

void cq_intake_report(struct cq_intake *intake, enum cq_code code, int column, const char *detail)
{
    struct cq_err finding = {0};
    struct cq_str allowed = {0};
    if (!detail && code == CQ_R_VALUE && column >= 0)
        cq_column_allowed(&cq_request_columns[column], 0, &allowed);
    cq_err_record(&finding, code, "%s", detail ? detail : allowed.ptr ? allowed.ptr : "");
    cq_str_free(&allowed);
    cq_err_at(&finding, intake->file, intake->line,
              column >= 0 ? cq_request_columns[column].name : NULL);
    intake->options->report(&finding, intake->options->context);
}
