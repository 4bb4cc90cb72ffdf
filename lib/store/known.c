/* A map from line hashes to keys: open addressing, at most half full. */
#include "cq/known.h"

#include <stdlib.h>

static const size_t slots_max = (size_t)1 << 22; /* 64 MB */

struct slot {
    int64_t line; /* 0 is empty */
    int64_t key;
};

struct cq_known {
    struct slot *slots;
    size_t mask;
    size_t count;
};

static void put(struct cq_known *known, int64_t line, int64_t key)
{
    size_t at = (size_t)line & known->mask;
    while (known->slots[at].line)
        at = (at + 1) & known->mask;
    known->slots[at] = (struct slot){line, key};
    known->count++;
}

/* Doubles the map. Returns whether there was room and memory. */
static bool grow(struct cq_known *known)
{
    struct cq_known bigger = {.mask = known->slots ? known->mask * 2 + 1 : (1 << 14) - 1};
    if (bigger.mask >= slots_max || !(bigger.slots = calloc(bigger.mask + 1, sizeof(struct slot))))
        return false;
    for (size_t i = 0; known->slots && i <= known->mask; i++)
        if (known->slots[i].line)
            put(&bigger, known->slots[i].line, known->slots[i].key);
    free(known->slots);
    *known = bigger;
    return true;
}

static enum cq_code read_rows(struct cq_known *known, struct cq_db *db, sqlite3_stmt *stmt,
                              bool *full, struct cq_err *err)
{
    bool row;
    enum cq_code code;
    *full = false;
    while (!(code = cq_db_step(db, stmt, &row, err)) && row) {
        if (!known->slots || known->count * 2 > known->mask) {
            *full = !grow(known);
            if (*full)
                break;
        }
        put(known, sqlite3_column_int64(stmt, 1),
            sqlite3_column_int64(stmt, 0) >> CQ_VERSION_BITS);
    }
    return code;
}

enum cq_code cq_known_read(struct cq_known **result, struct cq_db *db,
                           const struct cq_table *table, struct cq_err *err)
{
    struct cq_known *known = calloc(1, sizeof *known);
    struct cq_str sql = {0};
    sqlite3_stmt *stmt = NULL;
    bool full = true;
    enum cq_code code = CQ_OK;
    *result = NULL;
    if (!known || cq_str_addf(&sql, "SELECT id, line FROM %s WHERE run_to IS NULL AND line <> 0",
                              table->name) != CQ_OK)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_db_prepare(db, &stmt, sql.ptr, err);
    if (!code)
        code = read_rows(known, db, stmt, &full, err);
    sqlite3_finalize(stmt);
    cq_str_free(&sql);
    if (code || full || known->count == 0)
        cq_known_free(known);
    else
        *result = known;
    return code;
}

void cq_known_free(struct cq_known *known)
{
    if (!known)
        return;
    free(known->slots);
    free(known);
}

bool cq_known_find(const struct cq_known *known, int64_t line, int64_t *key)
{
    if (!known)
        return false;
    for (size_t at = (size_t)line & known->mask; known->slots[at].line;
         at = (at + 1) & known->mask) {
        if (known->slots[at].line == line) {
            *key = known->slots[at].key;
            return true;
        }
    }
    return false;
}
