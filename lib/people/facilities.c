/* Reads the facilities of the registry into memory. Questions are in facilities_find.c. */
#include "people/facilities.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/explain.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "cq/num.h"

static const char sql[] =
    "SELECT facility, service, profile, owner, kato, serves, valid_from, valid_to,"
    " department, specialist, equipment, capacity, run_from, list_line"
    " FROM facility WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
    " ORDER BY facility, id";

static char *copy_text(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return strdup(text ? text : "");
}

/* The areas a facility serves; its region where it names none. */
static bool read_serves(struct cq_facility *f, const char *text)
{
    size_t room = 1;
    for (const char *at = text; *at; at++)
        room += *at == ' ';
    f->serves = malloc(room * sizeof *f->serves);
    if (!f->serves)
        return false;
    while (*text) {
        size_t len = strcspn(text, " ");
        int32_t kato;
        if (len > 0 && !cq_kato_parse(text, len, &kato))
            f->serves[f->serves_count++] = kato;
        text += len + (text[len] == ' ');
    }
    if (f->serves_count == 0)
        f->serves[f->serves_count++] = cq_kato_region(f->kato);
    return true;
}

/* What a row states as missing; empty cells count as present. */
static unsigned read_lacks(sqlite3_stmt *stmt)
{
    static const unsigned bits[] = {CQ_LACKS_DEPARTMENT, CQ_LACKS_SPECIALIST, CQ_LACKS_EQUIPMENT};
    unsigned lacks = 0;
    for (int i = 0; i < 3; i++)
        if (sqlite3_column_type(stmt, 8 + i) != SQLITE_NULL && !sqlite3_column_int(stmt, 8 + i))
            lacks |= bits[i];
    return lacks;
}

static enum cq_code read_row(struct cq_facilities *facilities, sqlite3_stmt *stmt,
                             struct cq_err *err)
{
    int service = sqlite3_column_int(stmt, 1);
    if (service < 0 || service >= CQ_SERVICES)
        return cq_err_set(err, CQ_D_CORRUPT, "facility: service");
    struct cq_facility *rows = cq_grow(facilities->rows[service], facilities->counts[service] + 1,
                                       &facilities->rooms[service], sizeof *rows);
    if (!rows)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    facilities->rows[service] = rows;
    struct cq_facility *f = &rows[facilities->counts[service]++];
    *f = (struct cq_facility){0};
    f->code = copy_text(stmt, 0);
    f->profile.ptr = copy_text(stmt, 2);
    f->owner = sqlite3_column_int(stmt, 3);
    bool owned = cq_owner_name(f->owner);
    f->kato = sqlite3_column_int(stmt, 4);
    char *serves = copy_text(stmt, 5);
    if (!f->code || !f->profile.ptr || !serves || !owned) {
        free(serves);
        return owned ? cq_err_set(err, CQ_B_NOMEM, NULL)
                     : cq_err_set(err, CQ_D_CORRUPT, "facility: owner");
    }
    f->profile.len = strlen(f->profile.ptr);
    bool read = read_serves(f, serves);
    free(serves);
    if (!read)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->span = (struct cq_span){cq_db_column_int(stmt, 6, CQ_DAY_MIN),
                               cq_db_column_int(stmt, 7, CQ_DAY_MAX)};
    f->lacks = read_lacks(stmt);
    f->capacity = cq_db_column_int(stmt, 11, CQ_UNKNOWN);
    f->run = sqlite3_column_int64(stmt, 12);
    f->list_line = sqlite3_column_int64(stmt, 13);
    return CQ_OK;
}

enum cq_code cq_facilities_read(struct cq_facilities **result, struct cq_db *db, int64_t known_run,
                                struct cq_err *err)
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
            code = read_row(facilities, stmt, err);
    }
    sqlite3_finalize(stmt);
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
            free(facilities->rows[s][i].serves);
            free((void *)facilities->rows[s][i].profile.ptr);
        }
        free(facilities->rows[s]);
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
