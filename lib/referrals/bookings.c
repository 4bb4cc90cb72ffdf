/* Beds and slots: how many people are booked at a facility day by day, and the first day with room.
 * Open referrals are booked on the day on which they are expected. What the registry holds of a
 * facility and service is read once, when it is first needed. */
#include "referrals/bookings.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "referrals/states.h"

enum { DAYS_MOST = 2 * 366, SLOTS_FIRST = 1024 };

/* Which referrals are counted together: of one profile that has a row of its own among the
 * facilities, of all that have none, or, where no profile is requested, of all. */
enum kind { OWN, REST, ALL, KINDS };

struct slot {
    enum kind kind;
    const char *facility;
    int service;
    struct cq_text profile; /* OWN */
};

/* A day of a slot. next: a later day to try, where this one is known to be full. */
struct day {
    uint64_t key; /* slot + 1 in the high half, day in the low one; 0 is empty */
    int booked;
    int32_t next;
};

struct cq_bookings {
    struct cq_db *db;
    sqlite3_stmt *stmts[KINDS];
    struct slot *slots;
    size_t count, room;
    struct day *days; /* open addressing, at most half full */
    size_t used, size;
};

enum cq_code cq_bookings_open(struct cq_bookings **result, struct cq_db *db, struct cq_err *err)
{
#define BOOKED                                                                                     \
    "SELECT expected_on, count(*) FROM referral WHERE facility = ?1 AND status = ?2"               \
    " AND service = ?3"
#define BY_DAY " GROUP BY expected_on"
    static const char *const sql[KINDS] = {
        [OWN] = BOOKED " AND profile = ?4" BY_DAY,
        [REST] = BOOKED " AND (profile IS NULL OR profile NOT IN (SELECT profile FROM facility"
                        " WHERE facility = ?1 AND service = ?3 AND profile IS NOT NULL"
                        " AND run_to IS NULL))" BY_DAY,
        [ALL] = BOOKED BY_DAY,
    };
    struct cq_bookings *b = calloc(1, sizeof *b);
    *result = NULL;
    if (!b)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    b->db = db;
    b->size = SLOTS_FIRST;
    b->days = calloc(b->size, sizeof *b->days);
    enum cq_code code = b->days ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int i = 0; i < KINDS && !code; i++)
        code = cq_db_prepare(db, &b->stmts[i], sql[i], err);
    if (code)
        cq_bookings_close(b);
    else
        *result = b;
    return code;
}

void cq_bookings_close(struct cq_bookings *b)
{
    if (!b)
        return;
    for (int i = 0; i < KINDS; i++)
        sqlite3_finalize(b->stmts[i]);
    free(b->slots);
    free(b->days);
    free(b);
}

static struct day *find_entry(struct day *days, size_t size, uint64_t key)
{
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (size - 1);
    while (days[at].key && days[at].key != key)
        at = (at + 1) & (size - 1);
    return &days[at];
}

/* The entry of a day, made where there is none; NULL without memory. */
static struct day *find_day(struct cq_bookings *b, size_t slot, int32_t day)
{
    uint64_t key = (uint64_t)(slot + 1) << 32 | (uint32_t)day;
    if ((b->used + 1) * 2 > b->size) {
        size_t size = b->size * 2;
        struct day *days = calloc(size, sizeof *days);
        if (!days)
            return NULL;
        for (size_t i = 0; i < b->size; i++)
            if (b->days[i].key)
                *find_entry(days, size, b->days[i].key) = b->days[i];
        free(b->days);
        b->days = days;
        b->size = size;
    }
    struct day *entry = find_entry(b->days, b->size, key);
    if (!entry->key) {
        *entry = (struct day){key, 0, day};
        b->used++;
    }
    return entry;
}

static enum cq_code read_slot(struct cq_bookings *b, size_t at, struct cq_err *err)
{
    const struct slot *slot = &b->slots[at];
    sqlite3_stmt *stmt = b->stmts[slot->kind];
    enum cq_code code = CQ_OK;
    for (int state = 0; state < CQ_STATES && !code; state++) {
        bool row = cq_states_open() >> state & 1;
        sqlite3_bind_text(stmt, 1, slot->facility, -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 2, state);
        sqlite3_bind_int(stmt, 3, slot->service);
        if (slot->kind == OWN)
            cq_db_bind_text(stmt, 4, slot->profile.ptr, slot->profile.len);
        while (!code && row) {
            code = cq_db_step(b->db, stmt, &row, err);
            if (code || !row)
                break;
            struct day *day = find_day(b, at, sqlite3_column_int(stmt, 0));
            if (day)
                day->booked += sqlite3_column_int(stmt, 1);
            else
                code = cq_err_set(err, CQ_B_NOMEM, NULL);
        }
        sqlite3_reset(stmt);
    }
    return code;
}

static enum cq_code find_slot(struct cq_bookings *b, const struct cq_choice *choice, int service,
                              const struct cq_text *profile, size_t *at, struct cq_err *err)
{
    struct slot slot = {.kind = choice->own_profile ? OWN
                                : profile->len      ? REST
                                                    : ALL,
                        .facility = choice->facility,
                        .service = service};
    if (slot.kind == OWN)
        slot.profile = *profile;
    for (*at = 0; *at < b->count; ++*at) {
        const struct slot *s = &b->slots[*at];
        if (s->kind == slot.kind && s->service == service &&
            cq_text_equal(s->profile, slot.profile) && strcmp(s->facility, slot.facility) == 0)
            return CQ_OK;
    }
    struct slot *slots = cq_grow(b->slots, b->count + 1, &b->room, sizeof *slots);
    if (!slots)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    b->slots = slots;
    b->slots[b->count++] = slot;
    return read_slot(b, *at, err);
}

enum cq_code cq_bookings_find_day(struct cq_bookings *b, const struct cq_choice *choice,
                                  int service, const struct cq_text *profile, int32_t from,
                                  int32_t *day, struct cq_err *err)
{
    size_t at;
    *day = from;
    if (choice->capacity == CQ_UNKNOWN)
        return CQ_OK;
    enum cq_code code = find_slot(b, choice, service, profile, &at, err);
    if (code)
        return code;
    int32_t found = from;
    struct day *entry;
    while ((entry = find_day(b, at, found)) && entry->booked >= choice->capacity &&
           found - from < DAYS_MOST)
        found = entry->next > found ? entry->next : found + 1;
    if (!entry)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    *day = entry->booked < choice->capacity ? found : CQ_DAY_MAX;
    if (*day == found && found > from) /* the days between stay full until close */
        find_day(b, at, from)->next = found;
    return CQ_OK;
}

enum cq_code cq_bookings_add(struct cq_bookings *b, const struct cq_choice *choice, int service,
                             const struct cq_text *profile, int32_t day, struct cq_err *err)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct slot *s = &b->slots[i];
        bool counts =
            s->kind == ALL || (s->kind == REST && !choice->own_profile) ||
            (s->kind == OWN && choice->own_profile && cq_text_equal(s->profile, *profile));
        if (!counts || s->service != service || strcmp(s->facility, choice->facility) != 0)
            continue;
        struct day *entry = find_day(b, i, day);
        if (!entry)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        entry->booked++;
    }
    return CQ_OK;
}
