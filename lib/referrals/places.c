/* Places of a referral: who refers and where to, what was lacking nearby, who keeps the card. */
#include "issue.h"

#include <stdlib.h>
#include <string.h>

#include "cq/registry.h"
#include "people/people.h"

/* --- facilities by code --- */

static enum cq_code add_facility(struct cq_desk *desk, sqlite3_stmt *stmt, size_t *room)
{
    const char *code = (const char *)sqlite3_column_text(stmt, 0);
    size_t len = (size_t)sqlite3_column_bytes(stmt, 0);
    const struct cq_desk_facility *last =
        desk->facility_count ? &desk->facilities[desk->facility_count - 1] : NULL;
    if (!code)
        return CQ_B_NOMEM;
    if (last && strcmp(last->code, code) == 0)
        return CQ_OK;
    if (desk->facility_count == *room) {
        size_t more = *room ? *room * 2 : 64;
        struct cq_desk_facility *list = realloc(desk->facilities, more * sizeof *list);
        if (!list)
            return CQ_B_NOMEM;
        desk->facilities = list;
        *room = more;
    }
    struct cq_desk_facility *facility = &desk->facilities[desk->facility_count];
    facility->code = malloc(len + 1);
    if (!facility->code)
        return CQ_B_NOMEM;
    memcpy(facility->code, code, len + 1);
    facility->kato = sqlite3_column_int(stmt, 1);
    facility->owner = sqlite3_column_int(stmt, 2);
    desk->facility_count++;
    return CQ_OK;
}

/* All facilities known at the run, in the byte order of their codes. */
enum cq_code cq_desk_read_facilities(struct cq_desk *desk, struct cq_err *err)
{
    static const char sql[] =
        "SELECT facility, kato, owner FROM facility WHERE run_from <= ?1"
        " AND (run_to IS NULL OR run_to > ?1) ORDER BY facility COLLATE BINARY, id DESC";
    sqlite3_stmt *stmt = NULL;
    size_t room = 0;
    bool row = true;
    enum cq_code code = cq_db_prepare(desk->db, &stmt, sql, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, desk->setup->known_run);
    while (!code && row) {
        code = cq_db_step(desk->db, stmt, &row, err);
        if (!code && row && add_facility(desk, stmt, &room))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

const struct cq_desk_facility *cq_desk_facility(const struct cq_desk *desk,
                                                const struct cq_text *code)
{
    size_t low = 0, high = code->len ? desk->facility_count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name = desk->facilities[middle].code;
        size_t len = strlen(name);
        int order = memcmp(name, code->ptr, len < code->len ? len : code->len);
        if (order == 0)
            order = len < code->len ? -1 : len > code->len;
        if (order == 0)
            return &desk->facilities[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* --- where to --- */

/* What is looked for: the provider's facilities, for the service on its day. */
static struct cq_wanted wanted_of(const struct cq_desk *desk, const struct cq_desk_case *c,
                                  int owner)
{
    const struct cq_role role = {.residence = c->answer->residence,
                                 .service_place = c->answer->service_place};
    const struct cq_view *view = &desk->people->own;
    struct cq_wanted wanted = cq_view_wanted(view, &role, &c->request, c->request.day);
    wanted.owner = owner;
    if (owner != view->mvd)
        wanted.region = 0;
    return wanted;
}

static int owner_of(const struct cq_desk *desk, const struct cq_desk_case *c)
{
    return cq_facilities_owner(cq_law_owner(desk->setup->law, c->answer->decision.provider));
}

static void add_choice(struct cq_desk_case *c, const char *code, const struct cq_slots *slots)
{
    c->choices[c->choice_count++] = (struct cq_choice){code, slots->capacity, slots->own_profile};
}

bool cq_desk_choose(struct cq_desk *desk, struct cq_desk_case *c)
{
    const struct cq_value *named = &c->values[CQ_ASK_FACILITY];
    const char *codes[CQ_CHOICES_MAX];
    struct cq_slots slots;
    int owner = owner_of(desk, c);
    c->choice_count = 0;
    if (owner < 0)
        return true;
    struct cq_wanted wanted = wanted_of(desk, c, owner);
    if (named->present) {
        const struct cq_desk_facility *facility = cq_desk_facility(desk, &named->text);
        if (!cq_facilities_slots(desk->people->facilities, &wanted, facility->code, &slots)) {
            cq_desk_find(desk, CQ_R_FACILITY, CQ_ASK_FACILITY, c->answer->decision.provider);
            return false;
        }
        add_choice(c, facility->code, &slots);
        return true;
    }
    size_t count = cq_facilities_near(desk->people->facilities, &wanted, codes, CQ_CHOICES_MAX);
    for (size_t i = 0; i < count; i++)
        if (cq_facilities_slots(desk->people->facilities, &wanted, codes[i], &slots))
            add_choice(c, codes[i], &slots);
    return true;
}

/* --- what was lacking --- */

static enum cq_code add_lacks(const char *place, unsigned lacks, struct cq_str *out, size_t start)
{
    static const char *const words[] = {"no_organisation", "no_department", "no_specialist",
                                        "no_equipment"};
    enum cq_code code = CQ_OK;
    for (unsigned i = 0; i < sizeof words / sizeof *words && !code; i++)
        if (lacks >> i & 1)
            code = cq_str_addf(out, "%s%s:%s", out->len > start ? ";" : "", place, words[i]);
    return code;
}

enum cq_code cq_desk_fallback(struct cq_desk *desk, const struct cq_desk_case *c,
                              struct cq_str *out)
{
    size_t start = out->len;
    int mvd = desk->people->own.mvd;
    if (cq_facts_get(c->answer->facts, CQ_FACT_PLACE) != CQ_PLACE_ABSENT ||
        owner_of(desk, c) == mvd)
        return CQ_OK;
    struct cq_wanted wanted = wanted_of(desk, c, mvd);
    struct cq_facilities *facilities = desk->people->facilities;
    enum cq_code code = CQ_OK;
    if (c->answer->service_place)
        code = add_lacks("service",
                         cq_facilities_lacking(facilities, &wanted, c->answer->service_place), out,
                         start);
    if (!code && c->answer->residence)
        code = add_lacks("residence",
                         cq_facilities_lacking(facilities, &wanted, c->answer->residence), out,
                         start);
    return code;
}

/* --- the card --- */

/* The nearest polyclinic of the bodies that the person belongs to. */
static const char *polyclinic_of(struct cq_desk *desk, const struct cq_desk_case *c)
{
    const struct cq_wanted wanted = {
        .owner = desk->people->own.mvd,
        .service = CQ_SERVICE_OUTPATIENT,
        .profile = {"", 0},
        .day = c->request.day,
        .places = {c->answer->residence, c->answer->service_place},
    };
    const char *code = cq_facilities_nearest(desk->people->facilities, &wanted);
    return code ? code : "?";
}

enum cq_code cq_desk_card(struct cq_desk *desk, const struct cq_desk_case *c, struct cq_err *err)
{
    static const char sql[] =
        "SELECT 1 FROM card WHERE id >= ?1 AND id < ?2 AND run_from <= ?3"
        " AND (run_to IS NULL OR run_to > ?3) AND (valid_from IS NULL OR valid_from <= ?4)"
        " AND (valid_to IS NULL OR valid_to > ?4) LIMIT 1";
    int64_t iin = c->values[CQ_ASK_IIN].number;
    bool row = false;
    if (owner_of(desk, c) != desk->people->own.mvd)
        return CQ_OK;
    enum cq_code code = desk->card ? CQ_OK : cq_db_prepare(desk->db, &desk->card, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(desk->card, 1, iin << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(desk->card, 2, (iin + 1) << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(desk->card, 3, desk->setup->known_run);
    sqlite3_bind_int(desk->card, 4, c->request.day);
    code = cq_db_step(desk->db, desk->card, &row, err);
    sqlite3_reset(desk->card);
    if (!code && !row)
        cq_desk_find(desk, CQ_W_NO_CARD, -1, polyclinic_of(desk, c));
    return code;
}
