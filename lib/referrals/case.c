/* Reports findings about the current case. */
#include "referrals/case.h"

void cq_intake_report(struct cq_intake *intake, enum cq_code code, int column, const char *detail)
{
    struct cq_err finding = {0};
    if (detail)
        cq_err_record(&finding, code, "%s", detail);
    else
        cq_err_record(&finding, code, NULL);
    cq_err_at(&finding, intake->file, intake->line,
              column >= 0 ? cq_request_columns[column].name : NULL);
    intake->options->report(&finding, intake->options->context);
}
