/* cq-report: counts, lists and pictures of the registry and the law. Reads, never writes. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "cq/db.h"
#include "cq/report.h"

enum { OPTION_BY = 1, OPTION_EXCEL };

#define WAIT_MS 10000 /* for a writer that is about to finish */

static const struct cq_option options[] = {
    {OPTION_BY, 0, "by", "LIST",
     N_("contingent: count by any of region, agency, category, body, sex, age, joined by commas; "
        "default region,category")},
    {OPTION_EXCEL, 0, "excel", NULL,
     N_("CSV for spreadsheets: byte order mark, semicolons, formulas made harmless")},
    {0, 0, NULL, NULL, NULL},
};

static const char *const usage[] = {"[OPTION]... REPORT", NULL};

static const char *const details[] = {
    N_("REPORT is contingent (how many people the lists name), law (rules, editions and gaps; with "
       "--as-of those of that day) or runs (what was imported when)."),
    NULL,
};

static const struct cq_program program = {
    .name = "cq-report",
    .usage = usage,
    .summary = N_("Counts people, shows the law and lists imports, for people and programs."),
    .options = options,
    .details = details,
    .reports = true,
};

static const char *translate(const char *text)
{
    return _(text);
}

static bool read_options(struct cq_cli *cli, struct cq_report_request *request)
{
    const char *argument;
    int option;
    while ((option = cq_cli_option(cli, &argument)) > 0) {
        if (option == OPTION_EXCEL) {
            request->excel = true;
        } else if (!cq_report_by(argument, request->by, &request->by_count)) {
            cq_err_set(&cli->err, CQ_U_VALUE,
                       "--by (region, agency, category, body, sex, age)");
            return false;
        }
    }
    return option == CQ_CLI_END;
}

/* The report named, with options that go with it. NULL after an error. */
static const struct cq_report *choose(struct cq_cli *cli, const struct cq_report_request *request)
{
    const char *name = cli->operand_count > 0 ? cli->operands[0] : "";
    const struct cq_report *report = cq_report_find(name);
    if (!report)
        cq_err_set(&cli->err, CQ_U_ACTION, "%.80s%s(contingent, law, runs)", name,
                   *name != '\0' ? " " : "");
    else if (cli->operand_count > 1)
        cq_err_set(&cli->err, CQ_U_OPERAND, "%.80s", cli->operands[1]);
    else if (request->by_count > 0 && !report->by)
        cq_err_set(&cli->err, CQ_U_COMBINE, "%s, --by", report->name);
    else if (request->excel && cli->format != CQ_FORMAT_CSV)
        cq_err_set(&cli->err, CQ_U_COMBINE, "--excel, --format");
    return cli->err.code ? NULL : report;
}

static void run(struct cq_cli *cli, const struct cq_report *report,
                struct cq_report_request *request)
{
    struct cq_report_result result = {0};
    struct cq_db db = {0};
    int fd;
    struct cq_law *law = cq_cli_law(cli);
    if (!law)
        return;
    request->law = law;
    request->law_dir = cli->law_dir;
    request->known_at = cli->known_at;
    request->day = cli->as_of;
    request->day_given = cli->as_of_given;
    request->language = cli->language;
    request->translate = translate;
    if (report->registry && cq_db_open(&db, cli->db, CQ_DB_READ, WAIT_MS, &cli->err))
        goto done;
    request->db = report->registry ? &db : NULL;
    if (cq_report_run(report, request, &result, &cli->err)) {
        if (report->registry)
            cq_err_at(&cli->err, cli->db, 0, NULL);
        goto done;
    }
    fd = cq_cli_output(cli);
    if (fd >= 0)
        cq_report_write(&result, request, cli->format, fd, &cli->err);
done:
    cq_report_fini(&result);
    cq_db_close(&db);
    cq_law_free(law);
}

int main(int argc, char **argv)
{
    struct cq_report_request request = {0};
    struct cq_cli cli;
    cq_cli_open(&cli, &program, argc, argv);
    if (read_options(&cli, &request)) {
        const struct cq_report *report = choose(&cli, &request);
        if (report)
            run(&cli, report, &request);
    }
    return cq_cli_finish(&cli);
}
