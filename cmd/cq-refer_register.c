/* cq-refer register: papers seen, outpatient cards opened, slips printed. */
#include <unistd.h>

#include "cq-refer_actions.h"
#include "cq/date.h"
#include "cq/list.h"
#include "cq/lists.h"
#include "cq/register.h"
#include "cq/registry.h"

static int64_t moment(void *context)
{
    (void)context;
    return cq_cli_clock();
}

/* Checks what was given for empty cells before anything is read. */
static enum cq_code check_defaults(struct cq_refer *s, struct cq_registrations *batch,
                                   const struct cq_register_options *options)
{
    struct cq_value value;
    static const struct cq_column paper_column = {
        .name = "papers", .type = CQ_TYPE_CHOICES, .values = cq_paper_names};
    const struct cq_text *papers = &options->defaults[CQ_REGISTER_PAPERS];
    if (s->card_no && !s->given[CQ_REQUEST_IIN])
        return cq_err_set(&s->cli->err, CQ_U_NEEDS, "--card-no: --iin");
    if (s->given[CQ_REQUEST_IIN] && !s->given[CQ_REQUEST_FACILITY])
        return cq_err_set(&s->cli->err, CQ_U_NEEDS, "register --iin: --facility");
    enum cq_code code = cq_registrations_parse(batch, CQ_REGISTER_PAPERS, papers, &value);
    if (code)
        cq_cli_bad_value(s->cli, "papers", code, &paper_column, s->papers);
    return s->cli->err.code;
}

/* The one request of the options. */
static enum cq_code read_options(struct cq_refer *s, struct cq_registrations *batch)
{
    struct cq_text fields[CQ_REGISTER_COLUMNS];
    for (int i = 0; i < CQ_REGISTER_COLUMNS; i++)
        fields[i] = cq_text_of("");
    fields[CQ_REGISTER_IIN] = cq_text_of(s->given[CQ_REQUEST_IIN]);
    fields[CQ_REGISTER_CARD_NO] = cq_text_of(s->card_no ? s->card_no : "");
    return cq_registrations_add(batch, fields, 0, &s->cli->err);
}

static enum cq_code read_requests(struct cq_refer *s, struct cq_registrations *batch)
{
    struct cq_cli *cli = s->cli;
    struct cq_csv_input input;
    int64_t blank, skipped;
    if (s->given[CQ_REQUEST_IIN])
        return read_options(s, batch);
    if (!cq_cli_list(cli, cli->operand_count > 0 ? cli->operands[0] : NULL, &input))
        return cli->err.code;
    enum cq_code code = cq_registrations_read(batch, &input, &cli->err);
    cq_registrations_passed(batch, &blank, &skipped);
    cq_cli_passed(cli, blank, skipped);
    if (input.fd != STDIN_FILENO)
        close(input.fd);
    return code;
}

/* Slips are in Kazakh and Russian unless English is asked for. */
static enum cq_code write_output(struct cq_refer *s, const struct cq_registrations *batch)
{
    static const enum cq_language languages[] = {CQ_KK, CQ_RU, CQ_EN};
    struct cq_cli *cli = s->cli;
    bool english = cli->language_given && cli->language == CQ_EN;
    int fd = cq_cli_output(cli);
    if (fd < 0)
        return cli->err.code;
    if (cli->format_given)
        return cq_registrations_write_rows(batch, fd, cli->format, cq_cli_table_reader(cli, s->law),
                                           &cli->err);
    return cq_registrations_write_slips(batch, &s->db, fd, english ? &languages[2] : languages,
                                        english ? 1 : 2, cli->dry_run, &cli->err);
}

/* Commits first and writes after; a dry run writes before it rolls back. */
static enum cq_code write_registry(struct cq_refer *s, struct cq_registrations *batch)
{
    struct cq_cli *cli = s->cli;
    int64_t run = 0;
    enum cq_code code = cq_registrations_write(batch, &s->db, &run, &cli->err);
    if (!code && cli->dry_run)
        code = write_output(s, batch);
    else if (!code)
        code = cq_db_commit(&s->db, &cli->err);
    cq_db_rollback(&s->db);
    if (code || cli->dry_run)
        return code;
    code = write_output(s, batch);
    if (code && run)
        cq_cli_info(cli, _("the registry holds these registrations all the same: run %lld"),
                    (long long)run);
    else if (run)
        cq_cli_verbose(cli, _("run %lld"), (long long)run);
    return code;
}

enum cq_code cq_refer_register(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_register_options options = {.law = s->law,
                                          .language = cli->language,
                                          .day = cli->as_of,
                                          .now = cli->now,
                                          .moment = moment,
                                          .actor = cq_refer_actor(s),
                                          .folder = cli->temporary_folder,
                                          .report = cq_refer_report,
                                          .context = s};
    struct cq_registrations *batch = NULL;
    char on[10];
    for (int i = 0; i < CQ_REGISTER_COLUMNS; i++)
        options.defaults[i] = cq_text_of("");
    if (s->given[CQ_REQUEST_FACILITY])
        options.defaults[CQ_REGISTER_FACILITY] = cq_text_of(s->given[CQ_REQUEST_FACILITY]);
    if (s->papers)
        options.defaults[CQ_REGISTER_PAPERS] = cq_text_of(s->papers);
    if (s->on != CQ_DAY_MIN)
        options.defaults[CQ_REGISTER_ON] = (struct cq_text){on, cq_date_write(on, s->on)};
    enum cq_code code = cq_registrations_open(&batch, &options, &cli->err);
    if (!code)
        code = check_defaults(s, batch, &options);
    /* The output is opened before anything is registered. */
    if (!code && cq_cli_output(cli) < 0)
        code = cli->err.code;
    if (!code)
        code = read_requests(s, batch);
    if (!code)
        code = cq_cli_registry(cli, &s->db, CQ_DB_WRITE, CQ_REFER_WAIT_MS, &cli->err);
    if (!code)
        code = cq_db_begin(&s->db, &cli->err);
    if (!code)
        code = cq_run_known(&s->db, cli->known_at, &options.known_run, &cli->err);
    if (!code)
        code = write_registry(s, batch);
    cq_registrations_close(batch);
    return code;
}
