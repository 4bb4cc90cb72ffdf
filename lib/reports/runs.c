/* Runs: every import and undo of the registry. */
#include "reports/report_private.h"

#include <string.h>

enum {
    RUN,
    AT,
    KIND,
    MODE,
    AGENCY,
    LIST_DATE,
    FILE_HASH,
    READ,
    ADDED,
    CHANGED,
    UNCHANGED,
    ENDED,
    REJECTED,
    WARNINGS,
    UNDOES,
    UNDONE_BY,
    ENCODING,
    LAW,
    ENGINE,
    COLUMNS
};

static const struct cq_report_column columns[COLUMNS] = {
    [RUN] = {"run", N_("Run"), CQ_CELL_NUMBER, false},
    [AT] = {"at", N_("Moment (UTC)"), CQ_CELL_MOMENT, false},
    [KIND] = {"kind", N_("List"), CQ_CELL_CODE, false},
    [MODE] = {"mode", N_("Mode"), CQ_CELL_CODE, false},
    [AGENCY] = {"agency", N_("Agency"), CQ_CELL_CODE, false},
    [LIST_DATE] = {"list_date", N_("Day of the list"), CQ_CELL_DAY, false},
    [FILE_HASH] = {"file_hash", N_("File hash"), CQ_CELL_HASH, false},
    [READ] = {"read", N_("Read"), CQ_CELL_COUNT, false},
    [ADDED] = {"added", N_("Added"), CQ_CELL_COUNT, false},
    [CHANGED] = {"changed", N_("Changed"), CQ_CELL_COUNT, false},
    [UNCHANGED] = {"unchanged", N_("Unchanged"), CQ_CELL_COUNT, false},
    [ENDED] = {"ended", N_("Ended"), CQ_CELL_COUNT, false},
    [REJECTED] = {"rejected", N_("Rejected"), CQ_CELL_COUNT, false},
    [WARNINGS] = {"warnings", N_("Warnings"), CQ_CELL_COUNT, false},
    [UNDOES] = {"undoes", N_("Takes back run"), CQ_CELL_NUMBER, true},
    [UNDONE_BY] = {"undone_by", N_("Taken back by run"), CQ_CELL_NUMBER, false},
    [ENCODING] = {"encoding", N_("Encoding"), CQ_CELL_TEXT, true},
    [LAW] = {"law", N_("Law tables"), CQ_CELL_HASH, true},
    [ENGINE] = {"engine", N_("Version"), CQ_CELL_TEXT, true},
};

static const struct cq_report_column kind_columns[] = {
    {"kind", N_("List"), CQ_CELL_CODE, false},
    {"runs", N_("Runs"), CQ_CELL_COUNT, false},
};

static const char *const kinds[] = {"contingent", "facilities", "insurance", "presidential",
                                    "cards",      "verdicts",   "calendar",  "undo"};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct totals {
    int64_t runs, read, rejected, kinds[KINDS];
};

/* A run without a list has no mode. */
static void add_code(const struct cq_report_request *request, struct cq_report_result *result,
                     struct cq_report_section *section, int column, const char *code)
{
    if (*code == '\0')
        cq_result_text(result, section, "");
    else
        cq_result_word(request, result, section, &columns[column], code);
}

static void count_kind(struct totals *totals, const char *kind)
{
    for (int i = 0; i < KINDS; i++)
        totals->kinds[i] += strcmp(kinds[i], kind) == 0;
}

static void add_agency(const struct cq_report_request *request, struct cq_report_result *result,
                       struct cq_report_section *section, int64_t number)
{
    const struct cq_agency *agency = cq_law_agency_number(request->law, (int)(number & 15));
    if (agency)
        cq_result_code(result, section, agency->id, agency->name[request->language]);
    else
        cq_result_empty(result, section);
}

/* The columns of the statement are those of the report, in order. */
static void add_run(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *section, sqlite3_stmt *stmt, struct totals *totals)
{
    totals->runs++;
    totals->read += sqlite3_column_int64(stmt, READ);
    totals->rejected += sqlite3_column_int64(stmt, REJECTED);
    count_kind(totals, cq_result_column(result, stmt, KIND));
    for (int i = 0; i < COLUMNS; i++) {
        if (i == KIND || i == MODE)
            add_code(request, result, section, i, cq_result_column(result, stmt, i));
        else if (i == AGENCY)
            add_agency(request, result, section, sqlite3_column_int64(stmt, i));
        else if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
            cq_result_empty(result, section);
        else if (columns[i].cell == CQ_CELL_HASH || columns[i].cell == CQ_CELL_TEXT)
            cq_result_text(result, section, cq_result_column(result, stmt, i));
        else
            cq_result_number(result, section, sqlite3_column_int64(stmt, i));
    }
}

static void add_kinds(const struct cq_report_request *request, struct cq_report_result *result,
                      const struct totals *totals)
{
    struct cq_report_section *section = cq_result_section(
        result, "kinds", kind_columns, sizeof kind_columns / sizeof *kind_columns);
    section->title = N_("Runs by kind of list");
    section->place = CQ_SECTION_PICTURE;
    section->chart = CQ_CHART_BARS;
    for (int i = 0; i < KINDS; i++) {
        if (totals->kinds[i] == 0)
            continue;
        cq_result_word(request, result, section, &kind_columns[0], kinds[i]);
        cq_result_number(result, section, totals->kinds[i]);
    }
}

enum cq_code cq_report_runs(const struct cq_report_request *request,
                            struct cq_report_result *result, struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, at, kind, mode, agency, list_date, file_hash, read, added, changed, unchanged,"
        " ended, rejected, warnings, undoes,"
        " undone_by, encoding, law, engine FROM run"
        " LEFT JOIN (SELECT undoes AS undone, max(id) AS undone_by FROM run"
        " WHERE id <= ?1 AND undoes IS NOT NULL GROUP BY undoes) ON undone = id"
        " WHERE id <= ?1 ORDER BY id";
    struct cq_report_section *section = cq_result_section(result, "rows", columns, COLUMNS);
    struct totals totals = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_db_prepare(request->db, &stmt, sql, err);
    if (code)
        return code;
    section->title = N_("Runs");
    sqlite3_bind_int64(stmt, 1, result->run);
    while (!(code = cq_db_step(request->db, stmt, &row, err)) && row)
        add_run(request, result, section, stmt, &totals);
    sqlite3_finalize(stmt);
    add_kinds(request, result, &totals);
    cq_result_figure(result, N_("runs"), totals.runs);
    cq_result_figure(result, N_("rows read"), totals.read);
    cq_result_figure(result, N_("rows rejected"), totals.rejected);
    result->summary = N_("What was brought into the registry, run by run, the oldest first.");
    return code;
}
