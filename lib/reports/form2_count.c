/* Attached is who has a card at an outpatient facility of the bodies. The lists say what they are;
 * both are read in one scan each. */
#include "reports/form2_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/registry.h"
#include "people/facilities.h"
#include "people/links.h"
#include "people/sponsors.h"
#include "result/result_private.h"

bool cq_form2_counts(const struct cq_form2_line *line, const struct cq_form2_person *p)
{
    return line->kept && (line->facts & cq_fact_bit(CQ_FACT_CATEGORY, p->category)) != 0 &&
           (line->agencies >> p->agency & 1) != 0 && (!line->women || p->sex == 1);
}

void cq_form2_free(struct cq_form2 *form)
{
    free(form->places);
    free(form->people);
    *form = (struct cq_form2){0};
}

/* Prepares a query about what run ?1 left for day ?2. */
static enum cq_code prepare(const struct cq_report_request *request, int64_t run,
                            sqlite3_stmt **stmt, const char *sql, struct cq_err *err)
{
    enum cq_code code = cq_db_prepare(request->db, stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(*stmt, 1, run);
    sqlite3_bind_int64(*stmt, 2, request->day);
    return CQ_OK;
}

/* Polyclinics; a name may stand in the row of any service. */
static enum cq_code read_places(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_form2 *form,
                                struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = prepare(
        request, result->run, &stmt,
        "SELECT facility, max(name_kk), max(name_ru), max(name_en) FROM facility WHERE" CQ_SQL_NOW
        " GROUP BY facility HAVING max(owner = ?3 AND service = ?4) ORDER BY facility",
        err);
    if (!code) {
        sqlite3_bind_int(stmt, 3, cq_facilities_owner(cq_law_owner(request->law, "mvd")));
        sqlite3_bind_int(stmt, 4, CQ_SERVICE_OUTPATIENT);
    }
    while (!code) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (code || !row)
            break;
        struct cq_form2_place *places =
            cq_grow(form->places, form->place_count + 1, &form->place_room, sizeof *places);
        if (!places) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        form->places = places;
        struct cq_form2_place *place = &places[form->place_count++];
        place->code = cq_result_column(result, stmt, 0);
        for (int language = 0; language < CQ_LANGUAGES; language++)
            place->name[language] = cq_result_column(result, stmt, 1 + language);
    }
    sqlite3_finalize(stmt);
    return code;
}

static int by_code(const void *a, const void *b)
{
    const struct cq_form2_place *place = b;
    return strcmp(a, place->code);
}

static int by_person(const void *a, const void *b)
{
    const struct cq_form2_person *x = a, *y = b;
    return (x->person > y->person) - (x->person < y->person);
}

/* By person; of several cards the newest first. */
static int by_person_and_card(const void *a, const void *b)
{
    const struct cq_form2_person *x = a, *y = b;
    int order = by_person(a, b);
    if (order == 0)
        order = (x->opened < y->opened) - (x->opened > y->opened);
    return order != 0 ? order : (x->card > y->card) - (x->card < y->card);
}

static enum cq_code add_card(struct cq_form2 *form, const struct cq_links *links,
                             sqlite3_stmt *stmt)
{
    int64_t card = sqlite3_column_int64(stmt, 0), iin = card >> CQ_GROUP_SHIFT;
    const char *facility = (const char *)sqlite3_column_text(stmt, 1);
    const struct cq_form2_place *place =
        facility && form->place_count > 0
            ? bsearch(facility, form->places, form->place_count, sizeof *place, by_code)
            : NULL;
    int64_t linked = cq_links_find(links, iin);
    if (!place)
        return CQ_OK;
    struct cq_form2_person *people =
        cq_grow(form->people, form->count + 1, &form->room, sizeof *people);
    if (!people)
        return CQ_B_NOMEM;
    form->people = people;
    people[form->count++] = (struct cq_form2_person){
        .person = linked ? linked : iin,
        .card = card,
        .place = (size_t)(place - form->places),
        .category = CQ_CATEGORY_NONE,
        .sex = -1,
        .opened = cq_db_column_int(stmt, 2, CQ_DAY_MIN),
        .stated_sex = -1,
    };
    return CQ_OK;
}

/* Each person once. */
static void keep_newest(struct cq_form2 *form)
{
    size_t kept = 0;
    if (form->count > 0)
        qsort(form->people, form->count, sizeof *form->people, by_person_and_card);
    for (size_t i = 0; i < form->count; i++)
        if (kept == 0 || form->people[kept - 1].person != form->people[i].person)
            form->people[kept++] = form->people[i];
    form->count = kept;
}

static enum cq_code read_cards(const struct cq_report_request *request, int64_t run,
                               const struct cq_links *links, struct cq_form2 *form,
                               struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code =
        prepare(request, run, &stmt,
                "SELECT id, facility, valid_from FROM card WHERE" CQ_SQL_NOW " ORDER BY id", err);
    while (!code) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (code || !row)
            break;
        if (add_card(form, links, stmt))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    keep_newest(form);
    return code;
}

static int rank_of(const struct cq_law *law, int category)
{
    int rank = 0;
    while (rank < CQ_CATEGORIES && law->role_order[rank] != category)
        rank++;
    return rank;
}

/* Whether one row of a sponsor says more of the day than another: it holds, or ended later; and
 * service comes before a pension. */
static bool says_more(const struct cq_sponsor_row *a, const struct cq_sponsor_row *b, int32_t day)
{
    bool holds = cq_span_holds(a->span, day), other = cq_span_holds(b->span, day);
    bool serves = a->category == CQ_CATEGORY_EMPLOYEE;
    if (holds != other)
        return holds;
    if (serves != (b->category == CQ_CATEGORY_EMPLOYEE))
        return serves;
    return !holds && a->span.to > b->span.to;
}

/* The row of a sponsor that holds on the day, or held last; NULL if there is none until then. */
static const struct cq_sponsor_row *find_sponsor(const struct cq_sponsor_table *table, int64_t iin,
                                                 int32_t day)
{
    size_t count;
    const struct cq_sponsor_row *rows = cq_sponsor_table_find(table, iin, &count);
    const struct cq_sponsor_row *found = NULL;
    for (size_t i = 0; i < count; i++) {
        bool sponsors = rows[i].category == CQ_CATEGORY_EMPLOYEE ||
                        rows[i].category == CQ_CATEGORY_PENSIONER;
        if (sponsors && rows[i].span.from <= day && (!found || says_more(&rows[i], found, day)))
            found = &rows[i];
    }
    return found;
}

/* What a sponsor is on the day. Of several sponsors the first in this order counts: only one who serves
 * makes family members (R78:1.2). */
enum standing { SERVES, RETIRED, LEFT, NOT_KNOWN };

static enum standing standing_of(const struct cq_sponsor_row *row, int32_t day)
{
    if (!row)
        return NOT_KNOWN;
    if (!cq_span_holds(row->span, day))
        return LEFT;
    return row->category == CQ_CATEGORY_EMPLOYEE ? SERVES : RETIRED;
}

/* What one row says, and what decides which row of a person counts: the lowest first. */
struct role {
    int64_t version;
    int category, agency, sex;
    int order[CQ_FORM2_ORDER];
};

/* A role that rests on a sponsor is of the sponsor's agency. Of a sponsor who comes later, and of one
 * whom no list names, the agency is that whose list has the row. */
static struct role read_role(const struct cq_report_request *request,
                             const struct cq_sponsor_table *sponsors, sqlite3_stmt *stmt)
{
    int64_t id = sqlite3_column_int64(stmt, 0);
    int category = sqlite3_column_int(stmt, 1), agency = cq_id_agency(id);
    struct role role = {.version = id,
                        .category = category,
                        .agency = agency,
                        .sex = cq_db_column_int(stmt, 2, -1),
                        .order = {rank_of(request->law, category), SERVES, agency}};
    if (!cq_category_has_sponsor(category))
        return role;
    const struct cq_sponsor_row *sponsor =
        find_sponsor(sponsors, sqlite3_column_int64(stmt, 3), request->day);
    role.order[1] = (int)standing_of(sponsor, request->day);
    if (sponsor)
        role.agency = sponsor->agency;
    return role;
}

static bool comes_first(const int *a, const int *b)
{
    for (int i = 0; i < CQ_FORM2_ORDER; i++)
        if (a[i] != b[i])
            return a[i] < b[i];
    return false;
}

/* Takes a row for that which counts, if none before comes first. */
static void add_role(struct cq_form2_person *p, const struct role *role)
{
    if (role->category < 0 || role->category >= CQ_CATEGORIES)
        return; /* a finding of check */
    if (p->stated_sex < 0)
        p->stated_sex = role->sex;
    if (p->version != 0 && !comes_first(role->order, p->order))
        return;
    p->version = role->version;
    p->category = role->category;
    p->agency = role->agency;
    p->sex = role->sex;
    memcpy(p->order, role->order, sizeof p->order);
}

/* Nobody has a role before birth, nor as a child of the fallen before the death. */
static const char roles_sql[] =
    "SELECT id, category, sex, sponsor_iin FROM person WHERE" CQ_SQL_NOW
    " AND birth_date <= ?2 AND (category <> ?3 OR killed_on IS NULL OR killed_on <= ?2)"
    " ORDER BY id";

static enum cq_code read_roles(const struct cq_report_request *request, int64_t run,
                               const struct cq_links *links,
                               const struct cq_sponsor_table *sponsors, struct cq_form2 *form,
                               struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = prepare(request, run, &stmt, roles_sql, err);
    if (!code)
        sqlite3_bind_int(stmt, 3, CQ_CATEGORY_CHILD_OF_FALLEN);
    while (!code) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t iin = sqlite3_column_int64(stmt, 0) >> CQ_GROUP_SHIFT;
        int64_t linked = cq_links_find(links, iin);
        const struct cq_form2_person key = {.person = linked ? linked : iin};
        struct cq_form2_person *p = form->count > 0 ? bsearch(&key, form->people, form->count,
                                                              sizeof *form->people, by_person)
                                                    : NULL;
        if (!p)
            continue;
        const struct role role = read_role(request, sponsors, stmt);
        add_role(p, &role);
    }
    sqlite3_finalize(stmt);
    for (size_t i = 0; i < form->count; i++)
        if (form->people[i].sex < 0)
            form->people[i].sex = form->people[i].stated_sex;
    return code;
}

enum cq_code cq_form2_read(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_form2 *form, struct cq_err *err)
{
    struct cq_links links = {0};
    struct cq_sponsor_table *sponsors = NULL;
    enum cq_code code = cq_links_read(&links, request->db, result->run, request->day, err);
    if (!code)
        code = read_places(request, result, form, err);
    if (!code)
        code = read_cards(request, result->run, &links, form, err);
    if (!code)
        code = cq_sponsor_table_read(&sponsors, request->db, result->run, err);
    if (!code)
        code = read_roles(request, result->run, &links, sponsors, form, err);
    cq_sponsor_table_free(sponsors);
    free(links.list);
    return code;
}
