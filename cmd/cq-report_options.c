/* The options of cq-report: their values, and which of them a report takes. */
#include "cq-report_options.h"

#include <stdio.h>
#include <string.h>

#include "cq/iin.h"
#include "cq/lawsql.h"
#include "cq/list.h"

enum {
    OPTION_BY = 1,
    OPTION_SINCE,
    OPTION_DAYS,
    OPTION_SERVICE,
    OPTION_IIN,
    OPTION_TIMELINE,
    OPTION_NAME,
    OPTION_BORN,
    OPTION_AGENCY,
    OPTION_YEAR,
    OPTION_LINE,
    OPTION_MASK,
    OPTION_VERIFY,
    OPTION_REVIEW,
    OPTION_SUPPRESS,
    OPTION_FULL,
    OPTION_EXCEL,
    OPTION_DIALECT
};

const struct cq_option cq_report_option_table[] = {
    {OPTION_BY, 0, "by", "LIST",
     N_("contingent: count by any of region, agency, category, body, sex, age, joined by commas; "
        "default region,category; law: by paragraph or gap")},
    {OPTION_SINCE, 0, "since", "RUN",
     N_("changes: since a run, a day YYYY-MM-DD, or the last run (last, the default)")},
    {OPTION_DAYS, 0, "days", "N",
     N_("leaving: look so many days ahead, default 90; overdue: what has waited longer, default "
        "30")},
    {OPTION_SERVICE, 's', "service", "SERVICE",
     N_("eligibility, leaving: the service asked about")},
    {OPTION_IIN, 0, "iin", "IIN", N_("person: whose history; the reading is logged")},
    {OPTION_TIMELINE, 0, "timeline", NULL,
     N_("person: the entitlements from day to day, and what changes them")},
    {OPTION_NAME, 0, "name", "TEXT",
     N_("find: parts of the name in any order and in Kazakh, Russian or Latin letters; whom it "
        "shows is logged")},
    {OPTION_BORN, 0, "born", "DATE",
     N_("find: the birth date, YYYY-MM-DD or DD.MM.YYYY, or its year")},
    {OPTION_AGENCY, 'a', "agency", "CODE", N_("reconcile: whose list")},
    {OPTION_YEAR, 0, "year", "YYYY", N_("form2: the year whose last day it is about")},
    {OPTION_LINE, 0, "line", "NN",
     N_("form2: list the people of this line; the reading is logged")},
    {OPTION_MASK, 0, "mask", NULL, N_("lists without names and IINs")},
    {OPTION_VERIFY, 0, "verify", NULL, N_("audit: compute the chain of the log again")},
    {OPTION_REVIEW, 0, "review", NULL,
     N_("quality: what people have to settle, as a list for cq-import --kind=verdicts")},
    {OPTION_SUPPRESS, 0, "suppress", "N",
     N_("keep counts of 1 to N back, and as many others as it takes to hide them")},
    {OPTION_FULL, 0, "full", NULL,
     N_("all: with the long lists, not only counts, charts and the rows that matter")},
    {OPTION_EXCEL, 0, "excel", NULL,
     N_("CSV for spreadsheets: byte order mark, semicolons, formulas made harmless")},
    {OPTION_DIALECT, 0, "dialect", "SQL",
     N_("law with --format=sql: for sqlite (default), postgresql or clickhouse")},
    {0, 0, NULL, NULL, NULL},
};

const char cq_report_all[] = "all";

enum { MOST_NAMES = 64 }; /* of reports, among which a nearest one is looked for */

/* Reads one option of the program's own; false after an error. */
static bool read_option(struct cq_cli *cli, struct cq_report_settings *settings, int option,
                        const char *argument)
{
    struct cq_report_request *request = &settings->request;
    enum cq_code why;
    bool ok = true;
    switch (option) {
    case OPTION_BY: settings->by = argument; return true;
    case OPTION_SINCE:
        ok = cq_report_parse_since(argument, request);
        if (!ok)
            cq_err_record(&cli->err, CQ_U_VALUE, "--since (last, RUN, YYYY-MM-DD)");
        return ok;
    case OPTION_DAYS: return cq_cli_number(cli, "days", argument, 1, 36500, &request->days);
    case OPTION_SERVICE:
        return cq_cli_choice(cli, "service", argument, cq_fact_values(CQ_FACT_SERVICE),
                             &request->service);
    case OPTION_IIN:
        why = cq_iin_parse(argument, strlen(argument), &request->iin);
        return why ? cq_cli_bad_value(cli, "iin", why, NULL, argument) : true;
    case OPTION_TIMELINE: request->timeline = true; return true;
    case OPTION_NAME: request->name = argument; return true;
    case OPTION_BORN: request->born = argument; return true;
    case OPTION_AGENCY: settings->agency = argument; return true;
    case OPTION_YEAR: return cq_cli_number(cli, "year", argument, 2000, 2999, &request->year);
    case OPTION_LINE: return cq_cli_number(cli, "line", argument, 1, 99, &request->line);
    case OPTION_MASK: request->mask = true; return true;
    case OPTION_VERIFY: request->verify = true; return true;
    case OPTION_REVIEW: request->review = true; return true;
    case OPTION_SUPPRESS:
        return cq_cli_number(cli, "suppress", argument, 1, 1000000, &request->suppress);
    case OPTION_FULL: request->full = true; return true;
    case OPTION_DIALECT:
        return cq_cli_choice(cli, "dialect", argument, cq_sql_names, &settings->dialect);
    default: request->excel = true; return true;
    }
}

bool cq_report_read_options(struct cq_cli *cli, struct cq_report_settings *settings)
{
    const char *argument;
    int option;
    settings->request.service = settings->dialect = CQ_UNKNOWN;
    while ((option = cq_cli_option(cli, &argument)) > 0)
        if (!read_option(cli, settings, option, argument))
            return false;
    return option == CQ_CLI_END;
}

/* Returns an option that was given and that a report does not take; NULL for none. */
static const char *find_unsupported(const struct cq_report_settings *settings, unsigned takes)
{
    const struct cq_report_request *request = &settings->request;
    const struct {
        bool given;
        unsigned bit;
        const char *name;
    } all[] = {
        {request->by_count > 0, CQ_TAKES_BY, "--by"},
        {request->since != CQ_SINCE_NONE, CQ_TAKES_SINCE, "--since"},
        {request->days > 0, CQ_TAKES_DAYS, "--days"},
        {request->service != CQ_UNKNOWN, CQ_TAKES_SERVICE, "--service"},
        {request->iin > 0, CQ_TAKES_IIN, "--iin"},
        {request->timeline, CQ_TAKES_TIMELINE, "--timeline"},
        {request->name, CQ_TAKES_NAME, "--name"},
        {request->born, CQ_TAKES_NAME, "--born"},
        {settings->agency, CQ_TAKES_AGENCY, "--agency"},
        {request->year > 0, CQ_TAKES_YEAR, "--year"},
        {request->line > 0, CQ_TAKES_LINE, "--line"},
        {request->mask, CQ_TAKES_MASK, "--mask"},
        {request->verify, CQ_TAKES_VERIFY, "--verify"},
        {request->review, CQ_TAKES_REVIEW, "--review"},
        {request->suppress > 0, CQ_TAKES_SUPPRESS, "--suppress"},
        {request->full, CQ_TAKES_FULL, "--full"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].given && (takes & all[i].bit) == 0)
            return all[i].name;
    return NULL;
}

/* Records the error of an unknown report, with the known names: the word that was given may be an
 * IIN or a name. */
static void report_unknown(struct cq_cli *cli, const char *word)
{
    const char *values[MOST_NAMES + 1] = {cq_report_all};
    size_t count = 1;
    char names[240] = "";
    for (const struct cq_report *report = cq_reports; report->name; report++) {
        if (report->by)
            continue;
        strncat(names, report->name, sizeof names - strlen(names) - 1);
        strncat(names, ", ", sizeof names - strlen(names) - 1);
        if (count < MOST_NAMES)
            values[count++] = report->name;
    }
    cq_err_record(&cli->err, CQ_U_ACTION, "%sall", names);
    cq_cli_suggest(cli, NULL, values, word);
}

static bool has_format(const struct cq_report *report, enum cq_format format)
{
    return report && (report->formats >> format & 1) != 0;
}

/* Whether the format and the dialect of SQL go with the report. */
static bool check_sql(struct cq_cli *cli, const struct cq_report *report, int dialect)
{
    bool sql = cli->format == CQ_FORMAT_SQL;
    if (sql && !has_format(report, CQ_FORMAT_SQL))
        cq_err_record(&cli->err, CQ_U_COMBINE, "%s, --format=sql", report->name);
    else if (!sql && dialect != CQ_UNKNOWN)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--dialect, --format");
    return !cli->err.code;
}

/* Whether the report and the options go together; report is NULL for the book. */
static bool check_options(struct cq_cli *cli, const struct cq_report *report,
                          const struct cq_report_settings *settings)
{
    const struct cq_report_request *request = &settings->request;
    const char *name = report ? report->name : cq_report_all;
    enum cq_code asked;
    const char *unsupported = find_unsupported(settings, report ? report->takes : CQ_BOOK_TAKES);
    if (cli->operand_count > 1)
        cq_err_record(&cli->err, CQ_U_OPERAND, "2");
    else if (unsupported)
        cq_err_record(&cli->err, CQ_U_COMBINE, "%s, %s", name, unsupported);
    else if (report && (report->takes & CQ_TAKES_IIN) != 0 && request->iin == 0)
        cq_err_record(&cli->err, CQ_U_NEEDS, "%s: --iin", name);
    else if (report && (report->takes & CQ_TAKES_NAME) != 0 &&
             (asked = cq_report_check_question(request)))
        cq_err_record(&cli->err, asked, NULL);
    else if (report && (report->takes & CQ_TAKES_YEAR) != 0 && request->year == 0)
        cq_err_record(&cli->err, CQ_U_NEEDS, "%s: --year", name);
    else if (report && (report->takes & CQ_TAKES_LINE) != 0 && request->line == 0)
        cq_err_record(&cli->err, CQ_U_NEEDS, "--by=line: --line");
    else if (request->year > 0 && cli->as_of_given)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--year, --as-of");
    else if (!report && cli->format != CQ_FORMAT_HTML)
        cq_err_record(&cli->err, CQ_U_VALUE, "--format (all: html)");
    else if (cli->format == CQ_FORMAT_PROMETHEUS && !has_format(report, cli->format))
        cq_err_record(&cli->err, CQ_U_COMBINE, "%s, --format=prometheus", name);
    else if (request->excel && cli->format != CQ_FORMAT_CSV)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--excel, --format");
    else
        return check_sql(cli, report, settings->dialect);
    return false;
}

/* Records the error of --by: its first column that is none of names decides which was meant. */
static void by_unknown(struct cq_cli *cli, const char *text, const char *const *names)
{
    struct cq_text rest = cq_text_of(text), part;
    struct cq_str list = {0};
    char word[48];
    for (size_t i = 0; names[i]; i++)
        cq_str_printf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    cq_err_record(&cli->err, CQ_U_VALUE, "--by (%s)", list.failed ? "" : list.ptr);
    cq_str_free(&list);
    while (cli->err.nearest[0] == '\0' && cq_text_next(&rest, ',', &part)) {
        snprintf(word, sizeof word, "%.*s", (int)part.len, part.ptr);
        size_t known = 0;
        while (names[known] && strcmp(names[known], word) != 0)
            known++;
        if (!names[known])
            cq_cli_suggest(cli, NULL, names, word);
    }
}

/* Reads the dimensions of --by, unless it has chosen the report. */
static bool read_by(struct cq_cli *cli, const struct cq_report *report,
                    struct cq_report_settings *settings)
{
    static const char *const of_law[] = {"paragraph", "gap", NULL};
    const char *dimensions[CQ_DIMENSIONS + 1] = {NULL};
    struct cq_report_request *request = &settings->request;
    for (int i = 0; i < CQ_DIMENSIONS; i++)
        dimensions[i] = cq_dimension_names[i];
    if (!settings->by || (report && report->by))
        return true;
    if (report && strcmp(report->name, "law") == 0)
        by_unknown(cli, settings->by, of_law);
    else if (!cq_report_parse_by(settings->by, request->by, &request->by_count))
        by_unknown(cli, settings->by, dimensions);
    return !cli->err.code;
}

bool cq_report_read_agency(struct cq_cli *cli, const struct cq_report *report,
                           const struct cq_law *law, struct cq_report_settings *settings)
{
    if (!report || (report->takes & CQ_TAKES_AGENCY) == 0)
        return true;
    settings->request.agency = cq_cli_agency(cli, law, settings->agency);
    return settings->request.agency != 0;
}

bool cq_report_check_line(struct cq_cli *cli, const struct cq_law *law, int64_t line)
{
    struct cq_str lines = {0};
    if (line == 0 || cq_report_form2_line(law, line))
        return true;
    for (size_t i = 0; i < law->form2_line_count; i++)
        cq_str_printf(&lines, "%s%s", i ? ", " : "", law->form2_lines[i].line);
    cq_err_record(&cli->err, CQ_U_VALUE, "--line (%s)", lines.ptr ? lines.ptr : "");
    cq_str_free(&lines);
    return false;
}

bool cq_report_choose(struct cq_cli *cli, struct cq_report_settings *settings,
                      const struct cq_report **report)
{
    const char *name = cli->operand_count > 0 ? cli->operands[0] : "";
    *report = cq_report_find(name, settings->request.line > 0 ? "line" : settings->by);
    if (!*report && strcmp(name, cq_report_all) != 0) {
        report_unknown(cli, name);
        return false;
    }
    return read_by(cli, *report, settings) && check_options(cli, *report, settings);
}
