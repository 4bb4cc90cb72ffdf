/* The places of a case: facilities by code, where to refer, what is missing nearby, the card. */
#include "referrals/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/registry.h"
#include "people/people.h"

/* --- facilities by code --- */

static enum cq_code add_facility(struct cq_intake *intake, sqlite3_stmt *stmt, size_t *room)
{
    const char *code = (const char *)sqlite3_column_text(stmt, 0);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 0);
    const struct cq_intake_facility *last =
        intake->facility_count ? &intake->facilities[intake->facility_count - 1] : NULL;
    if (!code)
        return CQ_B_NOMEM;
    if (last && strcmp(last->code, code) == 0)
        return CQ_OK;
    struct cq_intake_facility *list =
        cq_grow(intake->facilities, intake->facility_count + 1, room, sizeof *list);
    if (!list)
        return CQ_B_NOMEM;
    intake->facilities = list;
    struct cq_intake_facility *facility = &intake->facilities[intake->facility_count];
    facility->code = malloc(len + 1);
    if (!facility->code)
        return CQ_B_NOMEM;
    memcpy(facility->code, code, len + 1);
    facility->kato = sqlite3_column_int(stmt, 1);
    facility->owner = sqlite3_column_int(stmt, 2);
    intake->facility_count++;
    return CQ_OK;
}

/* All facilities known at the run, in the byte order of their codes. */
enum cq_code cq_intake_read_facilities(struct cq_intake *intake, struct cq_err *err)
{
    static const char sql[] =
        "SELECT facility, kato, owner FROM facility WHERE run_from <= ?1"
        " AND (run_to IS NULL OR run_to > ?1) ORDER BY facility COLLATE BINARY, id DESC";
    sqlite3_stmt *stmt = NULL;
    size_t room = 0;
    bool row = true;
    enum cq_code code = cq_db_prepare(intake->db, &stmt, sql, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, intake->options->known_run);
    while (!code && row) {
        code = cq_db_step(intake->db, stmt, &row, err);
        if (!code && row && add_facility(intake, stmt, &room))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

const struct cq_intake_facility *cq_intake_find_facility(const struct cq_intake *intake,
                                                         const struct cq_text *code)
{
    size_t low = 0, high = code->len ? intake->facility_count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name = intake->facilities[middle].code;
        size_t len = strlen(name);
        int order = memcmp(name, code->ptr, len < code->len ? len : code->len);
        if (order == 0)
            order = len < code->len ? -1 : len > code->len;
        if (order == 0)
            return &intake->facilities[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* --- where to refer --- */

/* The search: facilities of an owner, for the service on its day. */
static struct cq_facility_query query_of(const struct cq_intake *intake, const struct cq_case *c,
                                         int owner)
{
    const struct cq_role role = {.residence = c->answer->residence,
                                 .service_place = c->answer->service_place};
    const struct cq_view *view = &intake->people->own;
    struct cq_facility_query query =
        cq_view_facility_query(view, &role, &c->request, c->request.day);
    query.owner = owner;
    if (owner != view->mvd)
        query.region = 0;
    return query;
}

static int owner_of(const struct cq_intake *intake, const struct cq_case *c)
{
    return cq_facilities_owner(cq_law_owner(intake->options->law, c->answer->decision.provider));
}

static void add_choice(struct cq_case *c, const char *code, const struct cq_slots *slots)
{
    c->choices[c->choice_count++] = (struct cq_choice){code, slots->capacity, slots->own_profile};
}

bool cq_intake_choose_facilities(struct cq_intake *intake, struct cq_case *c)
{
    const struct cq_value *named = &c->values[CQ_REQUEST_FACILITY];
    const char *codes[CQ_CHOICES_MAX];
    struct cq_slots slots;
    int owner = owner_of(intake, c);
    c->choice_count = 0;
    if (owner < 0)
        return true;
    struct cq_facility_query query = query_of(intake, c, owner);
    if (named->present) {
        const struct cq_intake_facility *facility = cq_intake_find_facility(intake, &named->text);
        if (!cq_facilities_slots(intake->people->facilities, &query, facility->code, &slots)) {
            cq_intake_report(intake, CQ_R_FACILITY, CQ_REQUEST_FACILITY,
                             c->answer->decision.provider);
            return false;
        }
        add_choice(c, facility->code, &slots);
        return true;
    }
    size_t count = cq_facilities_near(intake->people->facilities, &query, codes, CQ_CHOICES_MAX);
    for (size_t i = 0; i < count; i++)
        if (cq_facilities_slots(intake->people->facilities, &query, codes[i], &slots))
            add_choice(c, codes[i], &slots);
    return true;
}

/* --- what is missing nearby --- */

static void write_lacks(const char *place, unsigned lacks, struct cq_str *out, size_t start)
{
    static const char *const words[] = {"no_organisation", "no_department", "no_specialist",
                                        "no_equipment"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (lacks >> i & 1)
            cq_str_printf(out, "%s%s:%s", out->len > start ? ";" : "", place, words[i]);
}

void cq_intake_append_lacks(struct cq_intake *intake, const struct cq_case *c, struct cq_str *out)
{
    size_t start = out->len;
    int mvd = intake->people->own.mvd;
    if (!cq_law_excludes(intake->options->law, c->request.day, c->answer->facts, CQ_FACT_PLACE,
                         CQ_PLACE_AVAILABLE))
        return;
    struct cq_facility_query query = query_of(intake, c, mvd);
    struct cq_facilities *facilities = intake->people->facilities;
    const struct {
        const char *name;
        int32_t kato;
    } places[] = {{"service", c->answer->service_place}, {"residence", c->answer->residence}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].kato)
            write_lacks(places[i].name, cq_facilities_lacking(facilities, &query, places[i].kato),
                        out, start);
}

/* --- the card --- */

/* The nearest polyclinic of the bodies that the person belongs to. */
static const char *polyclinic_of(struct cq_intake *intake, const struct cq_case *c)
{
    const struct cq_facility_query query = {
        .owner = intake->people->own.mvd,
        .service = CQ_SERVICE_OUTPATIENT,
        .profile = {"", 0},
        .day = c->request.day,
        .places = {c->answer->residence, c->answer->service_place},
    };
    const char *code = cq_facilities_nearest(intake->people->facilities, &query);
    return code ? code : "?";
}

enum cq_code cq_intake_check_card(struct cq_intake *intake, const struct cq_case *c,
                                  struct cq_err *err)
{
    static const char sql[] =
        "SELECT 1 FROM card WHERE id >= ?1 AND id < ?2 AND run_from <= ?3"
        " AND (run_to IS NULL OR run_to > ?3) AND (valid_from IS NULL OR valid_from <= ?4)"
        " AND (valid_to IS NULL OR valid_to > ?4) LIMIT 1";
    int64_t iin = c->values[CQ_REQUEST_IIN].number;
    bool row = false;
    if (owner_of(intake, c) != intake->people->own.mvd)
        return CQ_OK;
    enum cq_code code = intake->card ? CQ_OK : cq_db_prepare(intake->db, &intake->card, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(intake->card, 1, iin << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(intake->card, 2, (iin + 1) << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(intake->card, 3, intake->options->known_run);
    sqlite3_bind_int(intake->card, 4, c->request.day);
    code = cq_db_step(intake->db, intake->card, &row, err);
    sqlite3_reset(intake->card);
    if (!code && !row)
        cq_intake_report(intake, CQ_W_NO_CARD, -1, polyclinic_of(intake, c));
    return code;
}
