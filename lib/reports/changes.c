/* Changes: who joined a list, whose entry changed, who left, between two states of the registry.
 * A state is a run and a day. The query leaves out rows that are in both states or in neither; of
 * the others the fields are compared by their hashes. */
#include "reports/report_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/hash.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "cq/registry.h"

enum { JOINED, CHANGED, LEFT, CHANGES };
static const char *const change_names[CHANGES] = {"joined", "changed", "left"};

static const struct cq_report_column columns[] = {
    {"change", N_("Change"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"fields", N_("What changed"), CQ_CELL_LIST, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
};
static const struct cq_report_column agency_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"change", N_("Change"), CQ_CELL_CODE, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
};

/* What is compared: the columns of the list but the key, in the order of the list, from FIRST on. */
enum { KEYS = 2, FIELDS = CQ_P_LISTED_NAMES - KEYS };
enum { ID, OLD, RUN_FROM, RUN_TO, FIRST };

/* ?1 and ?2 are the earlier run and day, ?3 and ?4 the later ones. */
#define SELECT "SELECT id, old, run_from, run_to"
#define FROM                                                                                       \
    " FROM (SELECT *, run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"                          \
    " AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to > ?2) AS "    \
    "old,"                                                                                         \
    " run_from <= ?3 AND (run_to IS NULL OR run_to > ?3)"                                          \
    " AND (valid_from IS NULL OR valid_from <= ?4) AND (valid_to IS NULL OR valid_to > ?4) AS new" \
    " FROM person WHERE run_from > ?1 OR run_to > ?1 OR ?2 <> ?4) WHERE old <> new ORDER BY id"

/* An entry of a list on one side. */
struct side {
    bool present;
    int64_t run;
    int64_t hashes[FIELDS];
    const char *last_name, *first_name;
    int category;
    int32_t residence;
};

struct changes {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows;
    const char *fields[FIELDS];
    int category, residence, last_name, first_name; /* columns of the query */
    struct side then, now;
    int64_t key;
    int64_t counts[1 << CQ_AGENCY_BITS][CHANGES];
    int64_t totals[CHANGES];
};

static const char *name_of(struct changes *c, sqlite3_stmt *stmt, int column)
{
    return c->request->mask ? "" : cq_result_column(c->result, stmt, column);
}

static void read_side(struct changes *c, sqlite3_stmt *stmt, struct side *side, bool then)
{
    side->present = true;
    side->run = sqlite3_column_int64(stmt, then ? RUN_TO : RUN_FROM);
    for (int i = 0; i < FIELDS; i++) {
        const void *bytes = sqlite3_column_text(stmt, FIRST + i);
        side->hashes[i] = bytes ? cq_hash_row(bytes, (size_t)sqlite3_column_bytes(stmt, FIRST + i))
                                : 0;
    }
    side->category = sqlite3_column_int(stmt, c->category);
    side->residence = sqlite3_column_int(stmt, c->residence);
    side->last_name = name_of(c, stmt, c->last_name);
    side->first_name = name_of(c, stmt, c->first_name);
}

/* The fields that differ, joined; "" where none does. */
static const char *changed_fields(struct changes *c)
{
    struct cq_str out = {0};
    for (int i = 0; i < FIELDS; i++)
        if (c->then.hashes[i] != c->now.hashes[i])
            cq_str_printf(&out, "%s%s", out.len > 0 ? ";" : "", c->fields[i]);
    return cq_result_string(c->result, &out);
}

/* Adds the change of the entry that was read. */
static void add_change(struct changes *c)
{
    const struct side *side = c->now.present ? &c->now : &c->then;
    int change = !c->then.present ? JOINED : c->now.present ? CHANGED : LEFT;
    const char *what = change == CHANGED ? changed_fields(c) : "";
    int agency = cq_key_agency(c->key);
    bool differs = side->present && (change != CHANGED || *what != '\0');
    if (differs) {
        c->counts[agency][change]++;
        c->totals[change]++;
    }
    if (differs && cq_result_has_room(c->request, c->rows)) {
        struct cq_report_result *r = c->result;
        struct cq_report_section *s = c->rows;
        cq_result_word(c->request, r, s, &columns[0], change_names[change]);
        cq_result_iin(c->request, r, s, c->key >> CQ_AGENCY_BITS);
        cq_result_text(r, s, side->last_name);
        cq_result_text(r, s, side->first_name);
        cq_result_word_number(c->request, r, s, &columns[4], agency);
        cq_result_word_number(c->request, r, s, &columns[5], side->category);
        cq_result_word_number(c->request, r, s, &columns[6], cq_kato_region(side->residence));
        cq_result_text(r, s, what);
        if (side->run)
            cq_result_number(r, s, side->run);
        else
            cq_result_empty(r, s);
    }
    c->then.present = c->now.present = false;
}

/* Finds the state of the registry to compare with. */
static enum cq_code find_since(const struct cq_report_request *request, int64_t run,
                               int64_t *since_run, int32_t *since_day, struct cq_err *err)
{
    *since_day = request->day;
    *since_run = run > 0 ? run - 1 : 0;
    if (request->since == CQ_SINCE_DAY) {
        *since_day = request->since_day;
        int64_t end = ((int64_t)request->since_day + 1) * 86400000 - 1;
        return cq_run_known(request->db, end < request->known_at ? end : request->known_at,
                            since_run, err);
    }
    if (request->since == CQ_SINCE_RUN) {
        *since_run = request->since_run;
        if (request->since_run > run)
            return cq_err_set(err, CQ_D_NO_RUN, "%" PRId64, request->since_run);
    }
    return CQ_OK;
}

/* Names the fields and prepares the query of them. */
static enum cq_code prepare(struct changes *c, sqlite3_stmt **stmt, struct cq_err *err)
{
    struct cq_str sql = {0};
    struct cq_list list;
    int column_of[CQ_P_COLUMNS] = {0}, n = 0;
    cq_list_init(&list, CQ_KIND_CONTINGENT, c->request->law);
    cq_str_puts(&sql, SELECT);
    for (int i = 0; i < CQ_P_LISTED_NAMES; i++) {
        if (i == CQ_P_IIN || i == CQ_P_AGENCY)
            continue;
        cq_str_printf(&sql, ", %s", list.columns[i].name);
        column_of[i] = FIRST + n;
        c->fields[n++] = list.columns[i].name;
    }
    c->category = column_of[CQ_P_CATEGORY];
    c->residence = column_of[CQ_P_RESIDENCE];
    c->last_name = column_of[CQ_P_LAST_NAME];
    c->first_name = column_of[CQ_P_FIRST_NAME];
    cq_str_puts(&sql, FROM);
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_db_prepare(c->request->db, stmt, sql.ptr, err);
    cq_str_free(&sql);
    return code;
}

static void add_agencies(struct changes *c)
{
    struct cq_report_section *section = CQ_SECTION(c->result, "agencies", agency_columns);
    section->title = N_("By agency");
    section->place = CQ_SECTION_PICTURE;
    section->chart = CQ_CHART_STACKS;
    for (int agency = 0; agency < 1 << CQ_AGENCY_BITS; agency++)
        for (int change = 0; change < CHANGES; change++) {
            if (c->counts[agency][change] == 0)
                continue;
            cq_result_word_number(c->request, c->result, section, &agency_columns[0], agency);
            cq_result_word(c->request, c->result, section, &agency_columns[1],
                           change_names[change]);
            cq_result_number(c->result, section, c->counts[agency][change]);
        }
}

enum cq_code cq_report_changes(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    struct changes c = {.request = request, .result = result};
    sqlite3_stmt *stmt = NULL;
    int64_t since = 0;
    int32_t day;
    bool row = true;
    c.rows = CQ_SECTION(result, "rows", columns);
    c.rows->people = true;
    c.rows->title = N_("Entry by entry");
    enum cq_code code = find_since(request, result->run, &since, &day, err);
    if (!code)
        code = prepare(&c, &stmt, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, since);
    sqlite3_bind_int64(stmt, 2, day);
    sqlite3_bind_int64(stmt, 3, result->run);
    sqlite3_bind_int64(stmt, 4, request->day);
    while (!(code = cq_db_step(request->db, stmt, &row, err)) && row) {
        int64_t key = sqlite3_column_int64(stmt, ID) >> CQ_VERSION_BITS;
        bool then = sqlite3_column_int(stmt, OLD) != 0;
        if (key != c.key)
            add_change(&c);
        c.key = key;
        read_side(&c, stmt, then ? &c.then : &c.now, then);
    }
    add_change(&c);
    sqlite3_finalize(stmt);
    add_agencies(&c);
    cq_result_figure(result, N_("entries joined"), c.totals[JOINED]);
    cq_result_figure(result, N_("entries changed"), c.totals[CHANGED]);
    cq_result_figure(result, N_("entries left"), c.totals[LEFT]);
    result->has_day = true;
    result->summary = N_("Entries of the HR lists that were added, say something else, or ended, "
                         "up to %s. Who moves between agencies leaves one list and joins another.");
    return code;
}
