/* Facilities: what each can do and how full it is, and where employees may go to others because
 * no MVD-MO can serve them: R78:4.2 opens its fallback there. Who has a place is asked of the
 * same code that decides; this file only says of what an absence comes. */
#include "facilities.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/facts.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "people/facilities.h"

/* Services in which it matters whether there is a place (law.md 4, steps 7 and 8). */
static const int services[] = {CQ_SERVICE_OUTPATIENT, CQ_SERVICE_INPATIENT,
                               CQ_SERVICE_MEDICAL_REHABILITATION};

#define FACILITY_COLUMNS                                                                           \
    {"region", N_("Region"), CQ_CELL_CODE, false},                                                 \
        {"service", N_("Service"), CQ_CELL_CODE, false},                                           \
    {                                                                                              \
        "profile", N_("Profile"), CQ_CELL_TEXT, false                                              \
    }
#define WORK_COLUMNS                                                                               \
    {"facility", N_("Facility"), CQ_CELL_TEXT, false}, {"name", N_("Name"), CQ_CELL_TEXT, true},   \
        {"owner", N_("Owner"), CQ_CELL_CODE, false}, {"able", N_("Able"), CQ_CELL_CODE, false},    \
        {"lacks", N_("Lacks"), CQ_CELL_LIST, false},                                               \
        {"capacity", N_("Capacity"), CQ_CELL_COUNT, false},                                        \
        {"waiting", N_("Waiting"), CQ_CELL_COUNT, false},                                          \
        {"staying", N_("Staying"), CQ_CELL_COUNT, false},                                          \
    {                                                                                              \
        "load_percent", N_("Load, %"), CQ_CELL_COUNT, false                                        \
    }
#define FALLBACK_COLUMNS                                                                           \
    {"trigger", N_("Why the fallback opens"), CQ_CELL_CODE, false},                                \
        {"employees", N_("Employees concerned"), CQ_CELL_COUNT, false},                            \
    {                                                                                              \
        "employees_unknown", N_("Employees whose place is not known well enough"), CQ_CELL_COUNT,  \
            false                                                                                  \
    }

static const struct cq_report_column columns[] = {FACILITY_COLUMNS, WORK_COLUMNS, FALLBACK_COLUMNS};
static const struct cq_report_column work_columns[] = {FACILITY_COLUMNS, WORK_COLUMNS};
static const struct cq_report_column fallback_columns[] = {FACILITY_COLUMNS, FALLBACK_COLUMNS};
static const struct cq_report_column map_columns[] = {
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"employees", N_("Employees concerned"), CQ_CELL_COUNT, false},
};
enum { PLACE_CELLS = 3, WORK_CELLS = 9, FALLBACK_CELLS = 3 };

/* --- what facilities can do --- */

enum {
    F_KATO,
    F_SERVICE,
    F_PROFILE,
    F_CODE,
    F_NAME,
    F_OWNER,
    F_DEPARTMENT,
    F_SPECIALIST,
    F_EQUIPMENT,
    F_CAPACITY,
    F_WAITING,
    F_STAYING,
    F_SERVES
};

/* ?1 run, ?2 day, ?3 moment, ?4 column of the name. Referrals go to the row of their profile, else
 * to the one that takes any, else to the first. */
#define BY_STATUS " GROUP BY r.facility, r.service, r.profile, r.status"
#define FACILITIES(referrals)                                                                      \
    "WITH f AS MATERIALIZED (SELECT * FROM facility WHERE" CQ_SQL_NOW "),"                         \
    " r AS MATERIALIZED (" referrals "),"                                                          \
    " g AS MATERIALIZED (SELECT id, sum(n * (status < 2)) AS waiting,"                             \
    " sum(n * (status = 3)) AS staying FROM (SELECT n, status, (SELECT id FROM"                    \
    " (SELECT f.id, f.profile, (f.profile IS r.profile) * 2 + (f.profile IS NULL) AS fit FROM f"   \
    " WHERE f.facility = r.facility AND f.service = r.service) ORDER BY fit DESC, profile"         \
    " LIMIT 1) AS id FROM r WHERE status IN (0, 1, 3)) GROUP BY id)"                               \
    " SELECT kato, service, coalesce(profile, ''), facility,"                                      \
    " CASE ?4 WHEN 0 THEN name_kk WHEN 1 THEN name_ru ELSE name_en END, owner, department,"        \
    " specialist, equipment, capacity, coalesce(waiting, 0), coalesce(staying, 0), serves"         \
    " FROM f LEFT JOIN g ON g.id = f.id ORDER BY facility, service, profile, kato"
static const char wants_sql[] = FACILITIES("SELECT 0 AS n, 0 AS status, '' AS facility,"
                                           " 0 AS service, '' AS profile WHERE ?3 = 0");
static const char now_sql[] =
    FACILITIES("SELECT r.facility, r.service, r.profile, r.status, count(*) AS n"
               " FROM referral AS r WHERE r.facility IS NOT NULL AND ?3 > 0" BY_STATUS);
static const char then_sql[] =
    FACILITIES("SELECT r.facility, r.service, r.profile, r.status, count(*) AS n FROM"
               " (SELECT r.facility, r.service, r.profile, (SELECT e.status FROM referral_event"
               " AS e WHERE e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) AND e.at <= ?3"
               " ORDER BY e.id DESC LIMIT 1) AS status FROM referral AS r"
               " WHERE r.issued_at <= ?3) AS r" BY_STATUS);

static bool lacks(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt, column) != SQLITE_NULL && !sqlite3_column_int(stmt, column);
}

static const char *copy(struct cq_report_result *result, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? cq_result_copy(result, text, strlen(text)) : "";
}

static void add_empty(struct load *l, struct cq_report_section *section, int cells)
{
    for (int i = 0; i < cells; i++)
        cq_result_empty(l->result, section);
}

static void add_work(struct load *l, struct cq_report_section *section, sqlite3_stmt *stmt)
{
    struct cq_report_result *r = l->result;
    const struct cq_report_column *c = work_columns;
    const char *lacking[] = {lacks(stmt, F_DEPARTMENT) ? "department" : NULL,
                             lacks(stmt, F_SPECIALIST) ? "specialist" : NULL,
                             lacks(stmt, F_EQUIPMENT) ? "equipment" : NULL};
    char list[48] = "";
    for (int i = 0; i < 3; i++)
        if (lacking[i])
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s",
                     *list != '\0' ? ";" : "", lacking[i]);
    cq_result_word_number(l->request, r, section, &c[0],
                          cq_kato_region(sqlite3_column_int(stmt, F_KATO)));
    cq_result_word_number(l->request, r, section, &c[1], sqlite3_column_int(stmt, F_SERVICE));
    cq_result_text(r, section, copy(r, stmt, F_PROFILE));
    cq_result_text(r, section, copy(r, stmt, F_CODE));
    cq_result_text(r, section, copy(r, stmt, F_NAME));
    cq_result_word_number(l->request, r, section, &c[5], sqlite3_column_int(stmt, F_OWNER));
    cq_result_word(l->request, r, section, &c[6], *list == '\0' ? "yes" : "no");
    cq_result_text(r, section, cq_result_copy(r, list, strlen(list)));
    int64_t capacity = sqlite3_column_int64(stmt, F_CAPACITY);
    int64_t staying = sqlite3_column_int64(stmt, F_STAYING);
    if (sqlite3_column_type(stmt, F_CAPACITY) == SQLITE_NULL)
        cq_result_empty(r, section);
    else
        cq_result_number(r, section, capacity);
    cq_result_number(r, section, sqlite3_column_int64(stmt, F_WAITING));
    cq_result_number(r, section, staying);
    if (capacity > 0)
        cq_result_number(r, section, (staying * 100 + capacity / 2) / capacity);
    else
        cq_result_empty(r, section);
}

/* --- where the fallback opens --- */

static struct want *find_want(struct load *l, int service, const char *profile)
{
    for (size_t i = 0; i < l->want_count; i++)
        if (l->wants[i].service == service && strcmp(l->wants[i].profile, profile) == 0)
            return &l->wants[i];
    if (l->want_count == WANTS)
        return NULL;
    struct want *want = &l->wants[l->want_count++];
    *want = (struct want){.service = service};
    snprintf(want->profile, sizeof want->profile, "%s", profile);
    return want;
}

/* Whether some part of a region is served. */
static bool serves_region(int region, int32_t kato, const char *areas)
{
    if (*areas == '\0')
        return cq_kato_region(kato) == region;
    for (int32_t area; *areas != '\0';) {
        size_t len = strcspn(areas, " ");
        if (!cq_kato_parse(areas, len, &area) && cq_kato_region(area) == region)
            return true;
        areas += len + (areas[len] == ' ');
    }
    return false;
}

static void note_served(struct want *want, sqlite3_stmt *stmt, const char *areas)
{
    for (int region = 10; region < REGIONS; region++) {
        struct served *s = &want->regions[region];
        if (!serves_region(region, sqlite3_column_int(stmt, F_KATO), areas))
            continue;
        bool able = !lacks(stmt, F_DEPARTMENT) && !lacks(stmt, F_SPECIALIST) &&
                    !lacks(stmt, F_EQUIPMENT);
        s->any = true;
        s->able = s->able || able;
        s->department = s->department || lacks(stmt, F_DEPARTMENT);
        s->specialist = s->specialist || lacks(stmt, F_SPECIALIST);
        s->equipment = s->equipment || lacks(stmt, F_EQUIPMENT);
    }
}

static void note_organisation(struct load *l, sqlite3_stmt *stmt)
{
    const char *areas = (const char *)sqlite3_column_text(stmt, F_SERVES);
    for (int region = 10; region < REGIONS; region++)
        l->any[region] = l->any[region] || serves_region(region, sqlite3_column_int(stmt, F_KATO),
                                                         areas ? areas : "");
}

/* What a row of an MVD-MO says for its own profile, for no profile in particular, and, where it
 * takes any, for every profile. */
static void note_facility(struct load *l, sqlite3_stmt *stmt)
{
    int service = sqlite3_column_int(stmt, F_SERVICE);
    const char *profile = (const char *)sqlite3_column_text(stmt, F_PROFILE);
    const char *areas = (const char *)sqlite3_column_text(stmt, F_SERVES);
    for (size_t i = 0; i < l->want_count; i++) {
        struct want *want = &l->wants[i];
        if (want->service == service &&
            (*want->profile == '\0' || *profile == '\0' || strcmp(want->profile, profile) == 0))
            note_served(want, stmt, areas ? areas : "");
    }
}

static enum cq_code each_facility(struct load *l, bool work, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    const char *sql = !work ? wants_sql : l->request->known_at == INT64_MAX ? now_sql : then_sql;
    enum cq_code code = cq_db_prepare(l->request->db, &stmt, sql, err);
    const int64_t params[] = {l->result->run, l->request->day, l->request->known_at,
                              (int64_t)l->request->language};
    for (int i = 0; i < 4 && !code; i++)
        sqlite3_bind_int64(stmt, i + 1, params[i]);
    while (!code && row) {
        code = cq_db_step(l->request->db, stmt, &row, err);
        if (code || !row)
            break;
        int service = sqlite3_column_int(stmt, F_SERVICE);
        bool mvd = sqlite3_column_int(stmt, F_OWNER) == l->owner;
        if (work) {
            add_work(l, l->rows, stmt);
            add_empty(l, l->rows, FALLBACK_CELLS);
            add_work(l, l->work, stmt);
            if (mvd) {
                note_facility(l, stmt);
                note_organisation(l, stmt);
            }
        } else if (service <= CQ_SERVICE_MEDICAL_REHABILITATION) {
            find_want(l, service, (const char *)sqlite3_column_text(stmt, F_PROFILE));
        }
    }
    sqlite3_finalize(stmt);
    return code;
}

/* "department;equipment" with words for people. */
static void add_trigger(struct load *l, struct cq_report_section *section, const struct served *s,
                        bool any)
{
    const char *codes[4];
    int count = 0;
    struct cq_str code = {0}, label = {0};
    if (!s->any) /* an MVD-MO that offers no such service lacks the department for it */
        codes[count++] = any ? "department" : "no_organisation";
    if (s->any && s->able)
        codes[count++] = "other_area";
    if (s->any && !s->able && s->department)
        codes[count++] = "department";
    if (s->any && !s->able && s->specialist)
        codes[count++] = "specialist";
    if (s->any && !s->able && s->equipment)
        codes[count++] = "equipment";
    for (int i = 0; i < count; i++)
        if (cq_str_addf(&code, "%s%s", i ? ";" : "", codes[i]) ||
            cq_str_addf(&label, "%s%s", i ? ", " : "",
                        cq_report_word(l->request, "trigger", codes[i])))
            l->result->failed = CQ_B_NOMEM;
    cq_result_code(l->result, section,
                   cq_result_copy(l->result, code.ptr ? code.ptr : "", code.len),
                   cq_result_copy(l->result, label.ptr ? label.ptr : "", label.len));
    cq_str_free(&code);
    cq_str_free(&label);
}

static void add_fallback(struct load *l, struct cq_report_section *section, const struct want *want,
                         int region)
{
    cq_result_word_number(l->request, l->result, section, &columns[0], region);
    cq_result_word_number(l->request, l->result, section, &columns[1], want->service);
    cq_result_text(l->result, section,
                   cq_result_copy(l->result, want->profile, strlen(want->profile)));
    if (section == l->rows)
        add_empty(l, section, WORK_CELLS);
    add_trigger(l, section, &want->regions[region], l->any[region]);
    cq_result_number(l->result, section, want->absent[region]);
    cq_result_number(l->result, section, want->unknown[region]);
}

/* Whether the region is one of its day. */
static bool is_region(const struct load *l, int number)
{
    const struct cq_region *region = cq_law_region(l->request->law, number);
    return region && region->since <= l->request->day && l->request->day < region->until;
}

static void add_fallbacks(struct load *l)
{
    struct cq_report_section *map = CQ_SECTION(l->result, "map", map_columns);
    int64_t opens = 0, most[REGIONS] = {0}, concerned = 0;
    map->title = N_("Employees without an MVD-MO for outpatient care");
    map->place = CQ_SECTION_PICTURE;
    map->chart = CQ_CHART_MAP;
    for (int n = 1; n <= REGIONS; n++) {
        int region = n % REGIONS; /* not stated comes last */
        for (size_t w = 0; w < l->want_count; w++) {
            const struct want *want = &l->wants[w];
            if (want->absent[region] == 0 && (!is_region(l, region) || want->regions[region].able))
                continue;
            opens++;
            add_fallback(l, l->rows, want, region);
            add_fallback(l, l->fallback, want, region);
            if (want->service == CQ_SERVICE_OUTPATIENT && *want->profile == '\0')
                most[region] = want->absent[region];
        }
        concerned += most[region];
        if (most[region] > 0) {
            cq_result_word_number(l->request, l->result, map, &map_columns[0], region);
            cq_result_number(l->result, map, most[region]);
        }
    }
    cq_result_figure(l->result, N_("employees without an MVD-MO for outpatient care"), concerned);
    cq_result_figure(l->result, N_("regions and services where the fallback opens"), opens);
}

enum cq_code cq_report_facilities(const struct cq_report_request *request,
                                  struct cq_report_result *result, struct cq_err *err)
{
    struct load *l = calloc(1, sizeof *l);
    if (!l)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    l->request = request;
    l->result = result;
    l->owner = cq_facilities_owner(cq_law_owner(request->law, "mvd"));
    l->rows = CQ_SECTION(result, "rows", columns);
    l->rows->place = CQ_SECTION_TOTALS;
    l->fallback = CQ_SECTION(result, "fallback", fallback_columns);
    l->fallback->title = N_("Where the fallback of R78:4.2 opens");
    l->fallback->note = N_("Profile: empty where any will do. An employee has a place if an MVD-MO "
                           "serves the residence or the place of service (A-04).");
    l->work = CQ_SECTION(result, "facilities", work_columns);
    l->work->title = N_("What each facility can do, and its load");
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        find_want(l, services[i], "");
    enum cq_code code = each_facility(l, false, err);
    if (!code)
        code = each_facility(l, true, err);
    if (!code)
        code = cq_load_concerned(l, err);
    if (!code)
        add_fallbacks(l);
    cq_result_figure(result, N_("facilities and services"), (int64_t)cq_report_rows_of(l->work));
    result->has_day = true;
    result->summary = N_("What the facilities can do on %s, how full they are, and where employees "
                         "may be treated by others because no MVD-MO can.");
    free(l->places);
    free(l);
    return code;
}
