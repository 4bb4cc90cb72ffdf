/* Counts the findings about the referrals of the registry; `cq-refer verify` lists them. */
#include "reports/verify_referrals.h"

#include "cq/verify.h"

static void ignore(const struct cq_verify_finding *finding, void *context)
{
    (void)finding;
    (void)context;
}

enum cq_code cq_report_verify_referrals(const struct cq_report_request *request, int64_t *findings,
                                        int64_t *earlier, struct cq_err *err)
{
    struct cq_verify verify = {.law = request->law, .report = ignore};
    enum cq_code code = cq_referrals_verify(request->db, &verify, NULL, err);
    *findings = verify.findings;
    *earlier = verify.earlier;
    return code;
}
