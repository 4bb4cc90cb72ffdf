/* One person's whole history, in the order in which it became known. Reading it adds a line to the
 * log. */
#include "reports/report_private.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cq/audit.h"
#include "cq/lists.h"
#include "people/links.h"
#include "reports/timeline.h"

static const struct cq_report_column person_columns[] = {
    {"at", N_("Known since (UTC)"), CQ_CELL_MOMENT, false},
    {"until", N_("Known until (UTC)"), CQ_CELL_MOMENT, false},
    {"source", N_("From"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"valid_from", N_("Valid from"), CQ_CELL_DAY, false},
    {"valid_to", N_("Valid before"), CQ_CELL_DAY, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"text", N_("What it says"), CQ_CELL_TEXT, false},
};

/* ?1 the first id of the IIN, ?2 the first of the next, ?3 the run, ?4 the moment, ?5 the IIN. */
#define KNOWN                                                                                      \
    "(SELECT at FROM run WHERE run.id = t.run_from) AS at,"                                        \
    " (SELECT at FROM run WHERE run.id = t.run_to AND run.id <= ?3) AS until,"
#define VERSIONS " AS t WHERE t.id >= ?1 AND t.id < ?2 AND t.run_from <= ?3"
#define NUMBER "printf('CQ-%02d-%04d-%06d', r.region, r.year, r.serial)"

#define PERSON                                                                                     \
    "SELECT * FROM (SELECT " KNOWN " 'contingent' AS source, run_from, agency, category,"          \
    " valid_from, valid_to, NULL,"                                                                 \
    " last_name || ' ' || first_name || coalesce(' ' || middle_name, '')"
#define OTHERS                                                                                     \
    " FROM person" VERSIONS " UNION ALL SELECT " KNOWN                                             \
    " 'insurance', run_from, NULL, NULL, valid_from, valid_to, NULL, 'insured=' || insured"        \
    " || coalesce('; paid_until=' || date(paid_until * 86400, 'unixepoch'), '')"                   \
    " FROM insurance" VERSIONS " UNION ALL SELECT " KNOWN                                          \
    " 'presidential', run_from, NULL, NULL, valid_from, valid_to, NULL,"                           \
    " NULL FROM presidential" VERSIONS " UNION ALL SELECT " KNOWN                                  \
    " 'card', run_from, NULL, NULL, valid_from, valid_to, NULL,"                                   \
    " facility || ' ' || card_no FROM card" VERSIONS                                               \
    " UNION ALL SELECT (SELECT at FROM run WHERE run.id = r.run), NULL, 'review', run, agency,"    \
    " NULL,"                                                                                       \
    " NULL, NULL, NULL, code || '; line=' || line FROM review AS r WHERE iin = ?5 AND run <= ?3"   \
    " UNION ALL SELECT " KNOWN " 'verdict', run_from, whose, NULL, valid_from, valid_to, NULL,"    \
    " CASE verdict WHEN 0 THEN 'same' ELSE 'different' END"                                        \
    " || iif(iin = other_iin, '', '; other_iin=' || printf('%012d', iif(iin = ?5, other_iin, "     \
    "iin)))"                                                                                       \
    " FROM verdict AS t WHERE (iin = ?5 OR other_iin = ?5) AND run_from <= ?3"                     \
    " UNION ALL SELECT issued_at, NULL, 'referral', run, agency, category, issued_on,"             \
    " valid_until + 1, NULL, " NUMBER                                                              \
    " || coalesce('; ' || facility, '') || coalesce('; ' || payer, '')"                            \
    " || coalesce('; ' || rule, '')"                                                               \
    " FROM referral AS r WHERE iin = ?5 AND issued_at <= ?4"                                       \
    " UNION ALL SELECT e.at, NULL, 'event', NULL, NULL, NULL, e.day, NULL, e.status,"              \
    " " NUMBER " || '; ' || e.actor"                                                               \
    " || coalesce('; ' || e.reason, '') FROM referral AS r JOIN referral_event AS e"               \
    " ON e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) WHERE r.iin = ?5 AND e.at <= ?4"             \
    ") ORDER BY at, source = 'event', source, 4, 7, 10"

/* Whether the column of the contingent list has a cell of its own, or is in the name. */
static bool has_place(int column)
{
    return column == CQ_P_IIN || column == CQ_P_AGENCY || column == CQ_P_CATEGORY ||
           column == CQ_P_VALID_FROM || column == CQ_P_VALID_TO ||
           (column >= CQ_P_LAST_NAME && column <= CQ_P_MIDDLE_NAME);
}

/* Appends an expression: "; NAME=VALUE" as the registry holds it, "" where nothing is stated. */
static void add_fact(struct cq_str *sql, const struct cq_column *column)
{
    const char *name = column->name;
    cq_str_printf(sql, " || coalesce('; %s=' || ", name);
    switch (column->type) {
    case CQ_TYPE_DATE: cq_str_printf(sql, "date(%s * 86400, 'unixepoch')", name); break;
    case CQ_TYPE_IIN: cq_str_printf(sql, "substr('00000000000' || %s, -12)", name); break;
    default: cq_str_puts(sql, name); break;
    }
    cq_str_puts(sql, ", '')");
}

static enum cq_code add_rows(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_report_section *rows,
                             const int64_t *params, struct cq_err *err)
{
    struct cq_str sql = {0};
    struct cq_list list;
    cq_list_init(&list, CQ_KIND_CONTINGENT, request->law);
    cq_str_puts(&sql, PERSON);
    for (int i = 0; i < CQ_P_COLUMNS; i++)
        if (!has_place(i))
            add_fact(&sql, &list.columns[i]);
    cq_str_puts(&sql, OTHERS);
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_result_query(request, result, rows, sql.ptr, params, err);
    cq_str_free(&sql);
    return code;
}

/* Says under which other IINs the person is listed, as verdicts have it. */
static enum cq_code add_links(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    struct cq_links links = {0};
    struct cq_str others = {0};
    enum cq_code code = cq_links_read(&links, request->db, result->run, request->day, err);
    int64_t person = code ? 0 : cq_links_find(&links, request->iin);
    for (size_t i = 0; i < links.count && person; i++)
        if (links.list[i].person == person && links.list[i].iin != request->iin)
            cq_str_printf(&others, "%s%012" PRId64, others.len ? ", " : "", links.list[i].iin);
    if (!code && others.len > 0) {
        const char *text = cq_result_string(result, &others);
        result->answer = cq_result_sentence(
            result, cq_report_translate(request, N_("Also listed under: %s")), &text, 1);
    }
    cq_str_free(&others);
    free(links.list);
    return code;
}

enum cq_code cq_report_person(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    const int64_t params[] = {request->iin << 23, (request->iin + 1) << 23, result->run,
                              request->known_at, request->iin};
    const struct cq_audit line = {request->now, request->actor, "read", request->iin, NULL};
    if (request->timeline) {
        enum cq_code failed = cq_report_timeline(request, result, err);
        return failed ? failed : cq_audit_add(request->db, &line, err);
    }
    struct cq_report_section *rows = CQ_SECTION(result, "rows", person_columns);
    rows->title = N_("Line by line");
    rows->people = true;
    rows->note = N_("The reading of this page stands in the log.");
    enum cq_code code = add_rows(request, result, rows, params, err);
    if (!code)
        code = add_links(request, result, err);
    if (!code)
        code = cq_audit_add(request->db, &line, err);
    cq_result_figure(result, N_("entries"), (int64_t)cq_section_rows(rows));
    result->summary = N_("All that the registry holds of one person, in the order in which it "
                         "became known.");
    return code;
}
