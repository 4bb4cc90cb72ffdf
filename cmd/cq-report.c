/* cq-report: counts, lists and pictures of the registry and the law. Its only writes are
 * the lines that the reports person and find add to the log. */
#include "cli.h"
#include "cq-report_options.h"
#include "cq-report_sql.h"
#include "cq/date.h"
#include "cq/report.h"

#define WAIT_MS 30000 /* for a writer that is about to finish */

static const char *const usage[] = {"[OPTION]... REPORT", NULL};

static const char *const details[] = {
    N_("REPORT is contingent (how many people the lists name), changes (who joined, changed or "
       "left), leaving (who loses cover soon), eligibility (outcomes and payers), quality (of the "
       "lists), referrals, overdue, payers, overtaken (what would be decided otherwise now), "
       "facilities (what they can do, where the fallback opens), registration (who has a card and "
       "showed the papers), law (rules, editions and gaps; "
       "with --as-of those of that day), runs (what was "
       "imported when), audit (who did what), check (integrity), person (one history), find "
       "(people by name and birth date), reconcile (back to the sender of a list), form2 (people "
       "attached, line by line), or all (the morning's reports on one page)."),
    NULL,
};

static const struct cq_program program = {
    .name = "cq-report",
    .usage = usage,
    .summary = N_("Counts people, shows the law and lists imports, for people and programs."),
    .options = cq_report_option_table,
    .details = details,
    .reports = true,
};

static const char *translate(const char *text)
{
    return _(text);
}

static const char *translate_many(const char *one, const char *many, unsigned long count)
{
    return ngettext(one, many, count);
}

static enum cq_code write_report(struct cq_cli *cli, const struct cq_report *report,
                                 const struct cq_report_request *request)
{
    struct cq_report_result result = {0};
    enum cq_code code = cq_report_run(report, request, &result, &cli->err);
    if (code && report->registry)
        cq_err_at(&cli->err, cli->db, 0, NULL);
    if (!code) {
        cli->private_output = cq_result_is_private(&result, request);
        int fd = cq_cli_output(cli);
        code = fd < 0 ? cli->err.code
                      : cq_result_write(&result, request, cli->format, fd, &cli->err);
    }
    cli->findings = !code && result.finding;
    cq_result_fini(&result);
    return code;
}

/* The book has lists of people, unless it is for others to see. */
static enum cq_code write_book(struct cq_cli *cli, const struct cq_report_request *request)
{
    cli->private_output = !request->mask && request->suppress == 0;
    int fd = cq_cli_output(cli);
    return fd < 0 ? cli->err.code : cq_report_book(request, fd, &cli->err);
}

/* Sets what is not an option of the report itself. */
static void fill_request(struct cq_cli *cli, const struct cq_law *law,
                         struct cq_report_request *request)
{
    request->law = law;
    request->law_dir = cli->law_dir;
    request->known_at = cli->known_at;
    request->day = cli->as_of;
    request->day_given = cli->as_of_given;
    if (request->year > 0)
        request->day = cq_date_make((int)request->year, 12, 31);
    request->language = cli->language;
    request->translate = translate;
    request->translate_many = translate_many;
    request->now = cli->now;
    request->actor = cq_cli_actor(cli);
    request->width = cq_cli_width(cli);
}

/* Errors: in cli->err. */
static void run(struct cq_cli *cli, const struct cq_report *report,
                struct cq_report_settings *settings)
{
    struct cq_report_request *request = &settings->request;
    struct cq_db db = {0};
    bool registry = !report || report->registry != CQ_REGISTRY_NONE;
    bool logs = report && report->registry == CQ_REGISTRY_LOG;
    enum cq_code code = CQ_OK;
    struct cq_law *law = cq_cli_law(cli);
    if (!law)
        return;
    fill_request(cli, law, request);
    if (!cq_report_check_line(cli, law, request->line) ||
        !cq_report_read_agency(cli, report, law, settings))
        code = cli->err.code;
    if (!code && registry)
        code = cq_cli_registry(cli, &db, logs ? CQ_DB_WRITE : CQ_DB_READ, WAIT_MS, &cli->err);
    request->db = registry ? &db : NULL;
    if (!code)
        code = report ? write_report(cli, report, request) : write_book(cli, request);
    cq_db_close(&db);
    cq_law_free(law);
}

int main(int argc, char **argv)
{
    struct cq_report_settings settings = {0};
    const struct cq_report *report;
    struct cq_cli cli;
    cq_cli_open(&cli, &program, argc, argv);
    if (cq_report_read_options(&cli, &settings) && cq_report_choose(&cli, &settings, &report)) {
        if (cli.format == CQ_FORMAT_SQL)
            cq_report_sql(&cli, settings.dialect);
        else
            run(&cli, report, &settings);
    }
    return cq_cli_finish(&cli);
}
