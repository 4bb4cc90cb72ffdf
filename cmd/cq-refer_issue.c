/* cq-refer issue: decides requests and issues referrals to those entitled. */
#include <string.h>
#include <unistd.h>

#include "cq-refer_actions.h"
#include "cq-refer_output.h"
#include "cq/list.h"
#include "cq/registry.h"

/* Checks the values of options before anything is read; the IIN is the request's own cell. */
static enum cq_code set_defaults(struct cq_refer *s, struct cq_intake_options *options)
{
    struct cq_str scratch = {0};
    struct cq_value value;
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
        options->defaults[i] = cq_text_of("");
    for (int i = CQ_REQUEST_SERVICE; i < CQ_REQUEST_AS_OF; i++) {
        if (!s->given[i])
            continue;
        options->defaults[i] = cq_text_of(s->given[i]);
        enum cq_code code =
            cq_request_parse(options->law, i, &options->defaults[i], &value, &scratch);
        if (code)
            cq_cli_bad_value(s->cli, s->cli->program->options[i].name, code, &cq_request_columns[i],
                             s->given[i]);
    }
    cq_str_free(&scratch);
    if (s->given[CQ_REQUEST_IIN] && !s->given[CQ_REQUEST_SERVICE])
        cq_err_record(&s->cli->err, CQ_U_NEEDS, "issue --iin: --service");
    return s->cli->err.code;
}

/* The one request of the options. */
static enum cq_code read_options(struct cq_refer *s, struct cq_intake *intake)
{
    struct cq_text fields[CQ_REQUEST_COLUMNS];
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
        fields[i] = cq_text_of("");
    fields[CQ_REQUEST_IIN] = cq_text_of(s->given[CQ_REQUEST_IIN]);
    return cq_intake_add(intake, fields, NULL, 0, &s->cli->err);
}

static enum cq_code read_requests(struct cq_refer *s, struct cq_intake *intake)
{
    struct cq_cli *cli = s->cli;
    struct cq_csv_input input;
    if (s->given[CQ_REQUEST_IIN])
        return read_options(s, intake);
    if (!cq_cli_list(cli, cli->operand_count > 0 ? cli->operands[0] : NULL, &input))
        return cli->err.code;
    int64_t blank, skipped;
    enum cq_code code = cq_intake_read(intake, &input, &cli->err);
    cq_intake_passed(intake, &blank, &skipped);
    cq_cli_passed(cli, blank, skipped);
    if (input.fd != STDIN_FILENO)
        close(input.fd);
    return code;
}

static enum cq_code write_drafts(struct cq_refer *s, const struct cq_drafts *drafts)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    char link[CQ_HASH_HEX + 1];
    int64_t events = 0;
    enum cq_code code = cq_db_begin(&s->db, &cli->err);
    if (!code)
        code = cq_referral_chain(&s->db, &events, link, &cli->err);
    if (!code)
        code = cq_drafts_write(&s->db, drafts, cli->now, cq_refer_actor(s), cq_refer_report, s,
                               &numbers, &cli->err);
    if (code)
        cq_db_rollback(&s->db);
    else
        code = cq_refer_commit(s, &numbers, events);
    cq_numbers_free(&numbers);
    return code;
}

enum cq_code cq_refer_issue(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_intake_options options = {
        .law = s->law, .as_of = cli->as_of, .report = cq_refer_report, .context = s};
    struct cq_intake *intake = NULL;
    enum cq_code code = set_defaults(s, &options);
    /* The output is opened before anything is issued. */
    if (!code && cq_cli_output(cli) < 0)
        code = cli->err.code;
    if (!code)
        code = cq_cli_registry(cli, &s->db, CQ_DB_WRITE, CQ_REFER_WAIT_MS, &cli->err);
    if (!code)
        code = cq_run_known(&s->db, cli->known_at, &options.known_run, &cli->err);
    if (!code)
        code = cq_intake_open(&intake, &s->db, &options, &cli->err);
    if (!code)
        code = read_requests(s, intake);
    if (!code)
        code = write_drafts(s, cq_intake_drafts(intake));
    cq_intake_close(intake);
    return code;
}
