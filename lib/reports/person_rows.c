/* All rows about one person: versions of lists with the lines that brought and ended them, rows that
 * were not taken, verdicts, referrals with their moves; and the family: the sponsors, who has the
 * same sponsor, and whose sponsor the person is, children of the fallen among them. */
#include "reports/person_rows.h"

#include <string.h>

#include "cq/audit.h"
#include "cq/facts.h"
#include "cq/iin.h"
#include "cq/refno.h"
#include "cq/registry.h"
#include "reports/person_text.h"
#include "result/result_private.h"

static const struct cq_report_column columns[] = {
    {"at", N_("Known since (UTC)"), CQ_CELL_MOMENT, false},
    {"until", N_("Known until (UTC)"), CQ_CELL_MOMENT, false},
    {"source", N_("Source"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"valid_from", N_("Valid from"), CQ_CELL_DAY, false},
    {"valid_to", N_("Valid before"), CQ_CELL_DAY, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"text", N_("What it says"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"list", N_("List"), CQ_CELL_HASH, false},
    {"line", N_("Line"), CQ_CELL_NUMBER, false},
    {"ended_by", N_("Ended by run"), CQ_CELL_NUMBER, false},
    {"ended_list", N_("List that ended it"), CQ_CELL_HASH, false},
    {"ended_line", N_("Line that ended it"), CQ_CELL_NUMBER, false},
};

/* The columns of the query, and of them those that are cells as they stand. */
enum { AT, UNTIL, SOURCE, RUN, AGENCY, CATEGORY, FROM, TO, STATUS, TEXT, IIN, LIST, LINE };
enum { ENDED_LINE = LINE + 3, WORD, FACILITY, PAYER };

#define HASH(run) "(SELECT nullif(file_hash, '') FROM run WHERE run.id = " run ")"
/* A version of a table: `next` is the one that its end brought. */
#define VERSION(source, table, agency, category, iin)                                              \
    "SELECT (SELECT at FROM run WHERE run.id = t.run_from) AS at,"                                 \
    " (SELECT at FROM run WHERE run.id = t.run_to AND run.id <= ?3), '" source "' AS source,"      \
    " t.run_from, " agency ", " category ", t.valid_from, t.valid_to, NULL, t.id, " iin ", " HASH( \
        "t.run_from") ", t.list_line, iif(t.run_to <= ?3, t.run_to, NULL),"                        \
                      " iif(t.run_to <= ?3, " HASH(                                                \
                          "t.run_to") ", NULL), iif(t.run_to <= ?3, (SELECT n.list_line"           \
                                      " FROM " table                                               \
                                      " AS n WHERE n.id > t.id AND n.id < (t.id >> 19) + 1 << 19"  \
                                      " AND n.run_from = t.run_to AND n.list_line IS NOT NULL "    \
                                      "LIMIT 1), NULL), NULL, NULL, NULL"                          \
                                      " FROM " table " AS t WHERE "
#define OWN "t.id >= ?1 AND t.id < ?2 AND t.run_from <= ?3"
#define KNOWN "t.run_from <= ?3 AND (t.run_to IS NULL OR t.run_to > ?3)"
#define OF_VERDICT "(t.iin = ?5 OR t.other_iin = ?5) AND t.run_from <= ?3"
#define OWN_SPONSORS                                                                               \
    " FROM person AS o WHERE o.id >= ?1 AND o.id < ?2 AND o.run_from <= ?3 AND o.sponsor_iin > 0"
/* The sponsors are looked up one by one; a set of IINs would be searched in all rows. */
#define OF_SPONSORS                                                                                \
    "t.id IN (SELECT s.id FROM (SELECT DISTINCT o.sponsor_iin AS iin" OWN_SPONSORS ") AS o"        \
    " CROSS JOIN person AS s ON s.id >= o.iin << 23 AND s.id < (o.iin + 1) << 23) AND " KNOWN
#define OF_FAMILY                                                                                  \
    "t.sponsor_iin IN (SELECT ?5 UNION SELECT o.sponsor_iin" OWN_SPONSORS ")"                      \
    " AND t.iin <> ?5 AND " KNOWN
#define OTHER_IIN "iif(t.iin = ?5, t.other_iin, t.iin)"
#define OF_PERSON(source, where) VERSION(source, "person", "t.agency", "t.category", "t.iin") where
#define OF_LIST(table) VERSION(table, table, "NULL", "NULL", "t.iin") OWN
static const char *const queries[] = {
    OF_PERSON("contingent", OWN),
    OF_PERSON("sponsor", OF_SPONSORS),
    OF_PERSON("family", OF_FAMILY),
    OF_LIST("insurance"),
    OF_LIST("presidential"),
    OF_LIST("card"),
    VERSION("verdict", "verdict", "t.whose", "NULL", OTHER_IIN) OF_VERDICT,
    "SELECT (SELECT at FROM run WHERE run.id = r.run), NULL, 'review', run, agency,"
    " NULL, NULL, NULL, NULL, 0, iin, " HASH(
        "r.run") ", line, NULL, NULL, NULL, code, NULL, NULL"
                 " FROM review AS r WHERE iin = ?5 AND run <= ?3",
    "SELECT issued_at, NULL, 'referral', run, agency, category, issued_on,"
    " valid_until + 1, NULL, id, iin, NULL, NULL, NULL, NULL, NULL, rule, facility, payer"
    " FROM referral WHERE iin = ?5 AND issued_at <= ?4",
    "SELECT e.at, NULL, 'event', NULL, NULL, NULL, e.day, NULL, e.status, r.id, r.iin,"
    " NULL, NULL, NULL, NULL, NULL, e.actor, e.reason, NULL FROM referral AS r JOIN referral_event"
    " AS e ON e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) WHERE r.iin = ?5 AND e.at <= ?4",
};

/* The kinds of lists whose versions are shown in full. */
static const struct {
    const char *source;
    enum cq_kind kind;
} kinds[] = {{"contingent", CQ_KIND_CONTINGENT},
             {"insurance", CQ_KIND_INSURANCE},
             {"card", CQ_KIND_CARDS},
             {"sponsor", CQ_KIND_CONTINGENT},
             {"family", CQ_KIND_CONTINGENT}};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct person {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows;
    sqlite3_stmt *stmt;
    struct cq_person_lines lines[KINDS];
    int64_t logged; /* the relative who was logged last */
};

static const char *text_of(const struct person *p, int column)
{
    const char *text = (const char *)sqlite3_column_text(p->stmt, column);
    return text ? text : "";
}

static void add_text_of(const struct person *p, int column, struct cq_person_text *text)
{
    const char *part = text_of(p, column);
    if (*part != '\0')
        cq_person_text_add(text, part,
                           column == PAYER ? cq_person_word(p->request, "payer", part) : part);
}

/* The message of a code, for people. */
static const char *message_of(const struct person *p, const char *id)
{
    for (int code = 0; code < CQ_CODE_COUNT; code++)
        if (strcmp(cq_code_id((enum cq_code)code), id) == 0)
            return cq_report_translate(p->request, cq_code_text((enum cq_code)code));
    return id;
}

static void write_referral(const struct person *p, struct cq_person_text *text)
{
    char number[CQ_REFNO_LENGTH + 1];
    number[cq_refno_write(number, sqlite3_column_int64(p->stmt, TEXT))] = '\0';
    cq_person_text_add(text, number, number);
}

/* The facility, the payer, and for data alone the rule. */
static enum cq_code write_decided(struct person *p, struct cq_person_text *text, struct cq_err *err)
{
    const char *facility = text_of(p, FACILITY), *rule = text_of(p, WORD);
    struct cq_str name = {0};
    enum cq_code code = cq_person_lines_facility(&p->lines[0], facility, &name, err);
    if (name.failed)
        code = cq_err_set(err, name.failed, NULL);
    else if (!code && *facility != '\0')
        cq_person_text_add(text, facility, name.ptr);
    add_text_of(p, PAYER, text);
    if (*rule != '\0')
        cq_str_printf(&text->codes, "; %s", rule);
    cq_str_free(&name);
    return code;
}

/* Writes what a row says that is no version of a list. */
static enum cq_code write_other(struct person *p, const char *source, struct cq_person_text *text,
                                struct cq_err *err)
{
    if (strcmp(source, "review") == 0) {
        cq_person_text_add(text, text_of(p, WORD), message_of(p, text_of(p, WORD)));
        return CQ_OK;
    }
    if (strcmp(source, "referral") != 0 && strcmp(source, "event") != 0)
        return CQ_OK;
    write_referral(p, text);
    if (strcmp(source, "referral") == 0)
        return write_decided(p, text, err);
    add_text_of(p, WORD, text);
    add_text_of(p, FACILITY, text); /* of a move, its reason */
    return CQ_OK;
}

static enum cq_code write_verdict(const struct person *p, struct cq_person_text *text,
                                  struct cq_err *err)
{
    int64_t same = 0, other = sqlite3_column_int64(p->stmt, IIN);
    const int64_t id = sqlite3_column_int64(p->stmt, TEXT);
    enum cq_code code = cq_report_count(p->request, "SELECT verdict = 0 FROM verdict WHERE id = ?1",
                                        &id, &same, err);
    const char *word = same ? "same" : "different";
    cq_person_text_add(text, word, cq_person_word(p->request, "verdict", word));
    if (other != p->request->iin) {
        char digits[13];
        struct cq_str codes = {0}, words = {0};
        digits[cq_iin_write(digits, other)] = '\0';
        cq_str_printf(&codes, "other_iin=%s", digits);
        cq_str_printf(&words, "%s: %s", cq_report_translate(p->request, N_("Other IIN")), digits);
        if (codes.failed || words.failed)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
        else
            cq_person_text_add(text, codes.ptr, words.ptr);
        cq_str_free(&codes);
        cq_str_free(&words);
    }
    return code;
}

static enum cq_code add_text(struct person *p, const char *source, struct cq_err *err)
{
    struct cq_person_text text = {{0}, {0}};
    enum cq_code code = CQ_OK;
    size_t i = 0;
    while (i < KINDS && strcmp(kinds[i].source, source) != 0)
        i++;
    if (i < KINDS)
        code = cq_person_lines_add(&p->lines[i], sqlite3_column_int64(p->stmt, TEXT), &text, err);
    else if (strcmp(source, "verdict") == 0)
        code = write_verdict(p, &text, err);
    else
        code = write_other(p, source, &text, err);
    const char *codes = cq_result_string(p->result, &text.codes);
    const char *words = cq_result_string(p->result, &text.words);
    if (*codes == '\0')
        cq_result_empty(p->result, p->rows);
    else
        cq_result_code(p->result, p->rows, codes, words);
    return code;
}

/* Adds a cell as the query has it. */
static void add_cell(const struct person *p, int column)
{
    const struct cq_report_column *c = &columns[column];
    bool empty = sqlite3_column_type(p->stmt, column) == SQLITE_NULL;
    int64_t number = sqlite3_column_int64(p->stmt, column);
    if (empty)
        cq_result_empty(p->result, p->rows);
    else if (c->cell == CQ_CELL_IIN)
        cq_result_iin(p->request, p->result, p->rows, number);
    else if (c->cell == CQ_CELL_HASH)
        cq_result_text(p->result, p->rows, cq_result_column(p->result, p->stmt, column));
    else if (column == SOURCE)
        cq_result_word(p->request, p->result, p->rows, c, text_of(p, column));
    else if (c->cell == CQ_CELL_CODE)
        cq_result_word_number(p->request, p->result, p->rows, c, number);
    else
        cq_result_number(p->result, p->rows, number);
}

/* The category of one person: "employee", not "employees". */
static void add_category(const struct person *p)
{
    int category = cq_db_column_int(p->stmt, CATEGORY, -1);
    const char *code = category >= 0 && category < CQ_CATEGORIES
                           ? cq_fact_value_name(CQ_FACT_CATEGORY, category)
                           : NULL;
    if (code)
        cq_result_code(p->result, p->rows, code, cq_person_word(p->request, "category", code));
    else
        cq_result_empty(p->result, p->rows);
}

/* Who is named beside the person is read too. */
static enum cq_code log_relative(struct person *p, const char *source, struct cq_err *err)
{
    int64_t iin = sqlite3_column_int64(p->stmt, IIN);
    const struct cq_audit line = {p->request->now, p->request->actor, "read", iin, NULL};
    bool relative = strcmp(source, "sponsor") == 0 || strcmp(source, "family") == 0;
    if (!relative || iin == p->logged)
        return CQ_OK;
    p->logged = iin;
    return cq_audit_add(p->request->db, &line, err);
}

static enum cq_code add_row(struct person *p, struct cq_err *err)
{
    const char *source = text_of(p, SOURCE);
    enum cq_code code = log_relative(p, source, err);
    for (int column = AT; column <= ENDED_LINE && !code; column++)
        if (column == TEXT)
            code = add_text(p, source, err);
        else if (column == CATEGORY)
            add_category(p);
        else
            add_cell(p, column);
    return code;
}

/* All queries as one, in the order in which things became known. */
static enum cq_code prepare(struct person *p, struct cq_err *err)
{
    struct cq_str sql = {0};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        cq_str_printf(&sql, "%s%s", i > 0 ? " UNION ALL " : "SELECT * FROM (", queries[i]);
    cq_str_puts(&sql, ") ORDER BY at, source = 'event', source, 4, 7, 10");
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_db_prepare(p->request->db, &p->stmt, sql.ptr, err);
    cq_str_free(&sql);
    return code;
}

enum cq_code cq_person_rows_add(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_err *err)
{
    struct person p = {.request = request, .result = result};
    const int64_t params[] = {request->iin << CQ_GROUP_SHIFT, (request->iin + 1) << CQ_GROUP_SHIFT,
                              result->run, request->known_at, request->iin};
    bool row = true;
    p.rows = CQ_SECTION(result, "rows", columns);
    p.rows->title = N_("Line by line");
    p.rows->people = true;
    p.rows->note = N_("The reading of this page stands in the log.");
    enum cq_code code = prepare(&p, err);
    for (int i = 0; i < 5 && !code; i++)
        sqlite3_bind_int64(p.stmt, i + 1, params[i]);
    for (int i = 0; i < KINDS && !code; i++)
        code = cq_person_lines_open(&p.lines[i], request, kinds[i].kind, result->run, err);
    while (!code && !(code = cq_db_step(request->db, p.stmt, &row, err)) && row)
        code = add_row(&p, err);
    for (int i = 0; i < KINDS; i++)
        cq_person_lines_close(&p.lines[i]);
    sqlite3_finalize(p.stmt);
    cq_result_figure(result, N_("entries"), (int64_t)cq_section_rows(p.rows));
    return code;
}
