/* Facilities: what each can do and how full it is, and where employees may be treated by others
 * because no MVD-MO can serve them (the fallback of R78:4.2). cq_facilities_place decides who has a
 * place; this file only reports why there is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/facts.h"
#include "cq/kato.h"
#include "reports/facilities_concerned.h"
#include "reports/facilities_rows.h"
#include "reports/facilities_requirements.h"
#include "people/facilities.h"
#include "reports/report_private.h"

/* Services in which it matters whether there is a place. */
static const int services[] = {CQ_SERVICE_OUTPATIENT, CQ_SERVICE_INPATIENT,
                               CQ_SERVICE_MEDICAL_REHABILITATION};

#define FACILITY_COLUMNS                                                                           \
    {"region", N_("Region"), CQ_CELL_CODE, false},                                                 \
        {"service", N_("Service"), CQ_CELL_CODE, false},                                           \
    {                                                                                              \
        "profile", N_("Profile"), CQ_CELL_TEXT, false                                              \
    }
#define LOAD_COLUMNS                                                                               \
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

static const struct cq_report_column columns[] = {FACILITY_COLUMNS, LOAD_COLUMNS, FALLBACK_COLUMNS};
static const struct cq_report_column load_columns[] = {FACILITY_COLUMNS, LOAD_COLUMNS};
static const struct cq_report_column fallback_columns[] = {FACILITY_COLUMNS, FALLBACK_COLUMNS};
static const struct cq_report_column map_columns[] = {
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"employees", N_("Employees concerned"), CQ_CELL_COUNT, false},
};
enum { PLACE_CELLS = 3, LOAD_CELLS = 9, FALLBACK_CELLS = 3 };

struct load {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows, *facilities, *fallback;
    struct requirements requirements;
    int owner; /* MVD's */
};

static void add_empty(struct load *l, struct cq_report_section *section, int cells)
{
    for (int i = 0; i < cells; i++)
        cq_result_empty(l->result, section);
}

static void add_facility(struct load *l, struct cq_report_section *section, sqlite3_stmt *stmt)
{
    struct cq_report_result *r = l->result;
    const struct cq_report_column *c = load_columns;
    const char *lacking[] = {cq_facility_lacks(stmt, F_DEPARTMENT) ? "department" : NULL,
                             cq_facility_lacks(stmt, F_SPECIALIST) ? "specialist" : NULL,
                             cq_facility_lacks(stmt, F_EQUIPMENT) ? "equipment" : NULL};
    char list[48] = "";
    for (int i = 0; i < 3; i++)
        if (lacking[i])
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s",
                     *list != '\0' ? ";" : "", lacking[i]);
    cq_result_word_number(l->request, r, section, &c[0],
                          cq_kato_region(sqlite3_column_int(stmt, F_KATO)));
    cq_result_word_number(l->request, r, section, &c[1], sqlite3_column_int(stmt, F_SERVICE));
    cq_result_text(r, section, cq_result_column(r, stmt, F_PROFILE));
    cq_result_text(r, section, cq_result_column(r, stmt, F_CODE));
    cq_result_text(r, section, cq_result_column(r, stmt, F_NAME));
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

/* Adds each service for any profile, and each service and profile that a facility lists. */
static enum cq_code add_requirements(struct load *l, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        cq_requirements_add(&l->requirements, services[i], "");
    enum cq_code code = cq_facilities_select(l->request, l->result->run, false, &stmt, err);
    while (!code && row) {
        code = cq_db_step(l->request->db, stmt, &row, err);
        if (!code && row &&
            sqlite3_column_int(stmt, F_SERVICE) <= CQ_SERVICE_MEDICAL_REHABILITATION)
            cq_requirements_add(&l->requirements, sqlite3_column_int(stmt, F_SERVICE),
                                (const char *)sqlite3_column_text(stmt, F_PROFILE));
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code add_facilities(struct load *l, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_facilities_select(l->request, l->result->run, true, &stmt, err);
    while (!code && row) {
        code = cq_db_step(l->request->db, stmt, &row, err);
        if (code || !row)
            break;
        add_facility(l, l->rows, stmt);
        add_empty(l, l->rows, FALLBACK_CELLS);
        add_facility(l, l->facilities, stmt);
        if (sqlite3_column_int(stmt, F_OWNER) == l->owner)
            cq_requirements_add_facility(&l->requirements, stmt);
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
    for (int i = 0; i < count; i++) {
        cq_str_printf(&code, "%s%s", i ? ";" : "", codes[i]);
        cq_str_printf(&label, "%s%s", i ? ", " : "",
                      cq_report_word(l->request, "trigger", codes[i]));
    }
    const char *joined = cq_result_string(l->result, &code);
    cq_result_code(l->result, section, joined, cq_result_string(l->result, &label));
}

static void add_fallback(struct load *l, struct cq_report_section *section,
                         const struct requirement *requirement, int region)
{
    cq_result_word_number(l->request, l->result, section, &columns[0], region);
    cq_result_word_number(l->request, l->result, section, &columns[1], requirement->service);
    cq_result_text(l->result, section,
                   cq_result_copy(l->result, requirement->profile, strlen(requirement->profile)));
    if (section == l->rows)
        add_empty(l, section, LOAD_CELLS);
    add_trigger(l, section, &requirement->regions[region], l->requirements.any[region]);
    cq_result_number(l->result, section, requirement->absent[region]);
    cq_result_number(l->result, section, requirement->unknown[region]);
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
        for (size_t w = 0; w < l->requirements.count; w++) {
            const struct requirement *requirement = &l->requirements.list[w];
            if (requirement->absent[region] == 0 &&
                (!is_region(l, region) || requirement->regions[region].able))
                continue;
            opens++;
            add_fallback(l, l->rows, requirement, region);
            add_fallback(l, l->fallback, requirement, region);
            if (requirement->service == CQ_SERVICE_OUTPATIENT && *requirement->profile == '\0')
                most[region] = requirement->absent[region];
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
    l->facilities = CQ_SECTION(result, "facilities", load_columns);
    l->facilities->title = N_("What each facility can do, and its load");
    enum cq_code code = add_requirements(l, err);
    if (!code)
        code = add_facilities(l, err);
    if (!code)
        code = cq_facilities_concerned(request, result->run, l->owner, &l->requirements, err);
    if (!code)
        add_fallbacks(l);
    cq_result_figure(result, N_("facilities and services"),
                     (int64_t)cq_section_rows(l->facilities));
    result->has_day = true;
    result->summary = N_("What the facilities can do on %s, how full they are, and where employees "
                         "may be treated by others because no MVD-MO can.");
    free(l);
    return code;
}
