/* The facilities of the registry in memory. Few hundred rows: each question passes over those of
 * its service. */
#include "facilities.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "cq/num.h"

enum { SERVES_MAX = 64 };

struct facility {
    const char *code;
    struct cq_text profile;
    int owner;
    int32_t kato;
    struct cq_span span;
    unsigned lacks;                /* CQ_LACKS_* */
    int capacity;                  /* a day; CQ_UNKNOWN if not stated */
    int32_t serves[SERVES_MAX];
    size_t serves_count;
};

struct cq_facilities {
    struct facility *rows[CQ_SERVICES];
    size_t counts[CQ_SERVICES];
    size_t rooms[CQ_SERVICES];
    size_t *dated[CQ_SERVICES];    /* rows that begin or end on some day */
    size_t dated_counts[CQ_SERVICES];
};

static const char sql[] =
    "SELECT facility, service, profile, owner, kato, serves, valid_from, valid_to,"
    " department, specialist, equipment, capacity"
    " FROM facility WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
    " ORDER BY facility, id";

static char *copy_text(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return strdup(text ? text : "");
}

/* The areas a facility serves; its region where it names none. */
static void read_serves(struct facility *f, const char *text)
{
    while (*text && f->serves_count < SERVES_MAX) {
        size_t len = strcspn(text, " ");
        int32_t kato;
        if (len > 0 && cq_kato_parse(text, len, &kato) == CQ_OK)
            f->serves[f->serves_count++] = kato;
        text += len + (text[len] == ' ');
    }
    if (f->serves_count == 0)
        f->serves[f->serves_count++] = cq_kato_region(f->kato);
}

/* What a row says it lacks; what it does not state, it has. */
static unsigned read_lacks(sqlite3_stmt *stmt)
{
    static const unsigned bits[] = {CQ_LACKS_DEPARTMENT, CQ_LACKS_SPECIALIST, CQ_LACKS_EQUIPMENT};
    unsigned lacks = 0;
    for (int i = 0; i < 3; i++)
        if (sqlite3_column_type(stmt, 8 + i) != SQLITE_NULL && !sqlite3_column_int(stmt, 8 + i))
            lacks |= bits[i];
    return lacks;
}

static enum cq_code add(struct cq_facilities *facilities, sqlite3_stmt *stmt, struct cq_err *err)
{
    int service = sqlite3_column_int(stmt, 1);
    if (service < 0 || service >= CQ_SERVICES)
        return cq_err_set(err, CQ_D_CORRUPT, "facility: service");
    if (facilities->counts[service] == facilities->rooms[service]) {
        size_t room = facilities->rooms[service] ? facilities->rooms[service] * 2 : 32;
        struct facility *rows = realloc(facilities->rows[service], room * sizeof *rows);
        if (!rows)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        facilities->rows[service] = rows;
        facilities->rooms[service] = room;
    }
    struct facility *f = &facilities->rows[service][facilities->counts[service]++];
    *f = (struct facility){0};
    f->code = copy_text(stmt, 0);
    f->profile.ptr = copy_text(stmt, 2);
    f->owner = sqlite3_column_int(stmt, 3);
    bool owned = cq_owner_name(f->owner) != NULL;
    f->kato = sqlite3_column_int(stmt, 4);
    char *serves = copy_text(stmt, 5);
    if (!f->code || !f->profile.ptr || !serves || !owned) {
        free(serves);
        return owned ? cq_err_set(err, CQ_B_NOMEM, NULL)
                     : cq_err_set(err, CQ_D_CORRUPT, "facility: owner");
    }
    f->profile.len = strlen(f->profile.ptr);
    read_serves(f, serves);
    free(serves);
    f->span.from = sqlite3_column_type(stmt, 6) == SQLITE_NULL ? CQ_DAY_MIN
                                                                : sqlite3_column_int(stmt, 6);
    f->span.to = sqlite3_column_type(stmt, 7) == SQLITE_NULL ? CQ_DAY_MAX
                                                              : sqlite3_column_int(stmt, 7);
    f->lacks = read_lacks(stmt);
    f->capacity = sqlite3_column_type(stmt, 11) == SQLITE_NULL ? CQ_UNKNOWN
                                                               : sqlite3_column_int(stmt, 11);
    return CQ_OK;
}

static enum cq_code find_dated(struct cq_facilities *facilities, struct cq_err *err)
{
    for (int s = 0; s < CQ_SERVICES; s++) {
        facilities->dated[s] = malloc((facilities->counts[s] + 1) * sizeof *facilities->dated[s]);
        if (!facilities->dated[s])
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        for (size_t i = 0; i < facilities->counts[s]; i++) {
            const struct facility *f = &facilities->rows[s][i];
            if (!f->lacks && (f->span.from != CQ_DAY_MIN || f->span.to != CQ_DAY_MAX))
                facilities->dated[s][facilities->dated_counts[s]++] = i;
        }
    }
    return CQ_OK;
}

enum cq_code cq_facilities_read(struct cq_facilities **result, struct cq_db *db,
                                int64_t known_run, struct cq_err *err)
{
    struct cq_facilities *facilities = calloc(1, sizeof *facilities);
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    *result = NULL;
    if (!facilities)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, known_run);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row)
            code = add(facilities, stmt, err);
    }
    sqlite3_finalize(stmt);
    if (!code)
        code = find_dated(facilities, err);
    if (code)
        cq_facilities_free(facilities);
    else
        *result = facilities;
    return code;
}

void cq_facilities_free(struct cq_facilities *facilities)
{
    if (!facilities)
        return;
    for (int s = 0; s < CQ_SERVICES; s++) {
        for (size_t i = 0; i < facilities->counts[s]; i++) {
            free((void *)facilities->rows[s][i].code);
            free((void *)facilities->rows[s][i].profile.ptr);
        }
        free(facilities->rows[s]);
        free(facilities->dated[s]);
    }
    free(facilities);
}

int cq_facilities_owner(const char *name)
{
    for (int owner = 0; name && cq_owner_name(owner); owner++)
        if (strcmp(cq_owner_name(owner), name) == 0)
            return owner;
    return -1;
}

static bool is_there(const struct facility *f, const struct cq_wanted *wanted)
{
    return f->owner == wanted->owner && cq_span_holds(f->span, wanted->day);
}

static bool is_of_profile(const struct facility *f, const struct cq_wanted *wanted)
{
    return f->profile.len == wanted->profile.len &&
           memcmp(f->profile.ptr, wanted->profile.ptr, f->profile.len) == 0;
}

/* A row without a profile takes any. */
static bool fits_profile(const struct facility *f, const struct cq_wanted *wanted)
{
    return wanted->profile.len == 0 || f->profile.len == 0 || is_of_profile(f, wanted);
}

/* Whether a facility can do what is wanted, wherever it stands. */
static bool is_able(const struct facility *f, const struct cq_wanted *wanted)
{
    return !f->lacks && is_there(f, wanted) && fits_profile(f, wanted);
}

static enum cq_inside serves_place(const struct facility *f, int32_t place)
{
    enum cq_inside best = CQ_OUTSIDE;
    for (size_t i = 0; i < f->serves_count && place; i++) {
        enum cq_inside inside = cq_kato_inside(place, f->serves[i]);
        if (inside == CQ_INSIDE)
            return CQ_INSIDE;
        if (inside == CQ_MAYBE_INSIDE)
            best = CQ_MAYBE_INSIDE;
    }
    return best;
}

static enum cq_inside serves(const struct facility *f, const struct cq_wanted *wanted)
{
    enum cq_inside one = serves_place(f, wanted->places[0]);
    if (one == CQ_INSIDE)
        return one;
    enum cq_inside other = serves_place(f, wanted->places[1]);
    return other == CQ_OUTSIDE ? one : other;
}

int cq_facilities_place(const struct cq_facilities *facilities, const struct cq_wanted *wanted)
{
    int place = CQ_PLACE_ABSENT;
    if (!wanted->places[0] && !wanted->places[1])
        return CQ_UNKNOWN;
    const struct facility *rows = facilities->rows[wanted->service];
    for (size_t i = 0; i < facilities->counts[wanted->service]; i++) {
        if (!is_able(&rows[i], wanted))
            continue;
        enum cq_inside inside = serves(&rows[i], wanted);
        if (inside == CQ_INSIDE)
            return CQ_PLACE_AVAILABLE;
        if (inside == CQ_MAYBE_INSIDE)
            place = CQ_UNKNOWN;
    }
    return place;
}

/* Leading digits that a facility shares with the nearer of the places; -1 where it cannot serve. */
static int nearness(const struct facility *f, const struct cq_wanted *wanted)
{
    int near = 0;
    if (!is_able(f, wanted) || (wanted->region && cq_kato_region(f->kato) != wanted->region) ||
        (!wanted->region && serves(f, wanted) != CQ_INSIDE))
        return -1;
    for (int p = 0; p < 2; p++) {
        int shared = wanted->places[p] ? cq_kato_shared(f->kato, wanted->places[p]) : 0;
        if (shared > near)
            near = shared;
    }
    return near;
}

const char *cq_facilities_nearest(const struct cq_facilities *facilities,
                                  const struct cq_wanted *wanted)
{
    const struct facility *rows = facilities->rows[wanted->service];
    const char *code = NULL;
    int best = -1;
    for (size_t i = 0; i < facilities->counts[wanted->service]; i++) {
        int near = nearness(&rows[i], wanted);
        if (near > best) { /* rows stand in order of code */
            best = near;
            code = rows[i].code;
        }
    }
    return code;
}

size_t cq_facilities_near(const struct cq_facilities *facilities, const struct cq_wanted *wanted,
                          const char **codes, size_t room)
{
    const struct facility *rows = facilities->rows[wanted->service];
    size_t count = 0;
    int best = 0;
    for (size_t i = 0; i < facilities->counts[wanted->service]; i++) {
        int near = nearness(&rows[i], wanted);
        if (near < best)
            continue;
        if (near > best)
            count = 0;
        best = near;
        if (count < room && (count == 0 || strcmp(codes[count - 1], rows[i].code) != 0))
            codes[count++] = rows[i].code;
    }
    return count;
}

bool cq_facilities_slots(const struct cq_facilities *facilities, const struct cq_wanted *wanted,
                         const char *code, struct cq_slots *slots)
{
    const struct facility *rows = facilities->rows[wanted->service];
    bool found = false, open = false;
    *slots = (struct cq_slots){0, false};
    for (size_t i = 0; i < facilities->counts[wanted->service]; i++) {
        const struct facility *f = &rows[i];
        if (strcmp(f->code, code) != 0 || !is_able(f, wanted))
            continue;
        found = true;
        if (wanted->profile.len > 0 && is_of_profile(f, wanted)) {
            *slots = (struct cq_slots){f->capacity, true};
            return true;
        }
        open = open || f->capacity == CQ_UNKNOWN;
        slots->capacity += f->capacity == CQ_UNKNOWN ? 0 : f->capacity;
    }
    if (open)
        slots->capacity = CQ_UNKNOWN;
    return found;
}

unsigned cq_facilities_lacking(const struct cq_facilities *facilities,
                               const struct cq_wanted *wanted, int32_t place)
{
    unsigned lacks = 0;
    bool found = false;
    for (int service = 0; service < CQ_SERVICES; service++)
        for (size_t i = 0; i < facilities->counts[service]; i++) {
            const struct facility *f = &facilities->rows[service][i];
            if (!is_there(f, wanted) || serves_place(f, place) == CQ_OUTSIDE)
                continue;
            found = true;
            if (service != wanted->service || !fits_profile(f, wanted))
                continue;
            if (!f->lacks)
                return 0;
            lacks |= f->lacks;
        }
    if (!found)
        return CQ_LACKS_ORGANISATION;
    return lacks ? lacks : CQ_LACKS_DEPARTMENT;
}

bool cq_facilities_dated(const struct cq_facilities *facilities, const struct cq_wanted *wanted,
                         size_t *at, struct cq_span *span)
{
    while (*at < facilities->dated_counts[wanted->service]) {
        const struct facility *f =
            &facilities->rows[wanted->service][facilities->dated[wanted->service][(*at)++]];
        *span = f->span;
        if (serves(f, wanted) != CQ_OUTSIDE ||
            (wanted->region && cq_kato_region(f->kato) == wanted->region))
            return true;
    }
    return false;
}
