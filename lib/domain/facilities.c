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
    bool lacks;                    /* department, specialist or equipment */
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
    " coalesce(department, 1) AND coalesce(specialist, 1) AND coalesce(equipment, 1)"
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
    f->lacks = !sqlite3_column_int(stmt, 8);
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

/* Whether a facility can do what is wanted, wherever it stands. A row without a profile takes any. */
static bool is_able(const struct facility *f, const struct cq_wanted *wanted)
{
    return !f->lacks && f->owner == wanted->owner && cq_span_holds(f->span, wanted->day) &&
           (wanted->profile.len == 0 || f->profile.len == 0 ||
            (f->profile.len == wanted->profile.len &&
             memcmp(f->profile.ptr, wanted->profile.ptr, f->profile.len) == 0));
}

static enum cq_inside serves(const struct facility *f, const struct cq_wanted *wanted)
{
    enum cq_inside best = CQ_OUTSIDE;
    for (int p = 0; p < 2; p++)
        for (size_t i = 0; i < f->serves_count && wanted->places[p]; i++) {
            enum cq_inside inside = cq_kato_inside(wanted->places[p], f->serves[i]);
            if (inside == CQ_INSIDE)
                return CQ_INSIDE;
            if (inside == CQ_MAYBE_INSIDE)
                best = CQ_MAYBE_INSIDE;
        }
    return best;
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

const char *cq_facilities_nearest(const struct cq_facilities *facilities,
                                  const struct cq_wanted *wanted)
{
    const struct facility *rows = facilities->rows[wanted->service];
    const char *code = NULL;
    int best = -1;
    for (size_t i = 0; i < facilities->counts[wanted->service]; i++) {
        const struct facility *f = &rows[i];
        if (!is_able(f, wanted) || (wanted->region && cq_kato_region(f->kato) != wanted->region) ||
            (!wanted->region && serves(f, wanted) != CQ_INSIDE))
            continue;
        int near = 0;
        for (int p = 0; p < 2; p++) {
            int shared = wanted->places[p] ? cq_kato_shared(f->kato, wanted->places[p]) : 0;
            if (shared > near)
                near = shared;
        }
        if (near > best) { /* rows stand in order of code */
            best = near;
            code = f->code;
        }
    }
    return code;
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
