/* Cases of the law: a lawyer's file in, verdicts, coverage and proposals out. */
#include "cq-eligible_cases.h"

#include <unistd.h>

#include "cq/cases.h"

void cq_eligible_cases(struct cq_eligible *session, const struct cq_batch *batch, const char *path)
{
    struct cq_cli *cli = session->cli;
    struct cq_case_counts n = {0};
    struct cq_csvin *in = NULL;
    struct cq_csv_input input;
    int64_t blank, skipped;
    int out = cq_cli_list(cli, path, &input) ? cq_cli_output(cli) : -1;
    if (out < 0 || cq_cases_open(session->law, &in, &input, &cli->err) ||
        cq_cases_run(batch, in, input.name, out, &n, &cli->err))
        goto done;
    cq_csvin_report_sheet(in, cq_eligible_report, cli);
    cq_csvin_passed(in, &blank, &skipped);
    cq_cli_passed(cli, blank, skipped);
    cli->findings = n.differed + n.unreadable > 0;
    cq_cli_info(cli, _("cases: %lld agree, %lld differ, %lld cannot be read"), (long long)n.agreed,
                (long long)n.differed, (long long)n.unreadable);
    cq_cli_info(cli,
                _("reached: %lld of %lld rules, %lld of %lld paragraphs; proposed: %lld cases"),
                (long long)n.rules_reached, (long long)n.rules, (long long)n.paragraphs_reached,
                (long long)n.paragraphs, (long long)n.proposed);
done:
    cq_csvin_close(in);
    if (input.fd > STDIN_FILENO)
        close(input.fd);
}
