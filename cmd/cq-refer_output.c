/* cq-refer's output: one row a referral, and the end of a writer's transaction before it. */
#include "cq-refer_output.h"

#include <stdio.h>

#include "cq/audit.h"

enum cq_code cq_refer_output_open(struct cq_refer *s, int64_t known_at,
                                  struct cq_referral_output *output)
{
    *output = (struct cq_referral_output){.db = &s->db,
                                          .law = s->law,
                                          .reader = cq_cli_table_reader(s->cli, s->law),
                                          .known_at = known_at,
                                          .fd = cq_cli_output(s->cli),
                                          .missing = cq_refer_report_missing,
                                          .context = s};
    return output->fd < 0 ? s->cli->err.code : CQ_OK;
}

enum cq_code cq_refer_write_rows(struct cq_refer *s, const struct cq_numbers *numbers,
                                 int64_t known_at, bool inside_transaction)
{
    struct cq_referral_output output;
    enum cq_code code = cq_refer_output_open(s, known_at, &output);
    return code ? code
                : cq_referrals_write_rows(&output, numbers, s->cli->format, inside_transaction,
                                          &s->cli->err);
}

/* Logs one line for all events of the command, with the end of the chain after them. */
static enum cq_code log_events(struct cq_refer *s, const struct cq_numbers *numbers, int64_t before)
{
    char link[CQ_HASH_HEX + 1], detail[CQ_HASH_HEX + 32];
    int64_t events = 0;
    struct cq_cli *cli = s->cli;
    enum cq_code code = cq_referral_chain(&s->db, &events, link, &cli->err);
    if (code || events == before)
        return code;
    snprintf(detail, sizeof detail, "%lld %s", (long long)(events - before), link);
    const struct cq_audit line = {.at = cli->now,
                                  .actor = cq_refer_actor(s),
                                  .action = s->action,
                                  .subject = numbers->list[0],
                                  .detail = detail};
    return cq_audit_add(&s->db, &line, &cli->err);
}

enum cq_code cq_refer_commit(struct cq_refer *s, const struct cq_numbers *numbers, int64_t events)
{
    struct cq_cli *cli = s->cli;
    enum cq_code code = log_events(s, numbers, events);
    if (!code && cli->dry_run)
        code = cq_refer_write_rows(s, numbers, INT64_MAX, true);
    else if (!code)
        code = cq_db_commit(&s->db, &cli->err);
    cq_db_rollback(&s->db);
    if (!code && !cli->dry_run)
        code = cq_refer_write_rows(s, numbers, INT64_MAX, false);
    return code;
}
