/* Findings about transitions, with the number in place of a file. */
#include "cq/refno.h"
#include "referrals/transition_job.h"

void cq_transition_report(const struct cq_transition_job *m, const struct cq_transition *transition,
                          enum cq_code code, const char *column, const char *detail)
{
    struct cq_err finding = {0};
    char number[CQ_REFNO_LENGTH + 1] = "";
    cq_refno_write(number, transition->number);
    if (detail)
        cq_err_record(&finding, code, "%s", detail);
    else
        cq_err_record(&finding, code, NULL);
    cq_err_at(&finding, number, 0, column);
    m->options->report(&finding, m->options->context);
}
