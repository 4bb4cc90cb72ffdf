/* A map from line hashes to keys: open addressing, at most half full. */
#include "cq/known.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { AHEAD = 16 };

static const size_t rows_max = (size_t)2 << 20;
static const size_t huge_page = (size_t)2 << 20;

struct slot {
    int64_t line; /* 0 is empty */
    int64_t key;
};

struct cq_known {
    struct slot *slots;
    size_t mask;
};

/* Rows as they come from the scan. */
struct rows {
    struct slot *list;
    size_t count, room;
};

static enum cq_code add_row(struct rows *rows, struct slot slot)
{
    if (rows->count == rows->room) {
        size_t room = rows->room ? rows->room * 2 : 4096;
        struct slot *list = realloc(rows->list, room * sizeof *list);
        if (!list)
            return CQ_B_NOMEM;
        rows->list = list;
        rows->room = room;
    }
    rows->list[rows->count++] = slot;
    return CQ_OK;
}

static enum cq_code read_rows(struct rows *rows, struct cq_db *db, sqlite3_stmt *stmt,
                              struct cq_err *err)
{
    bool row;
    enum cq_code code;
    while (!(code = cq_db_step(db, stmt, &row, err)) && row && rows->count < rows_max) {
        struct slot slot = {sqlite3_column_int64(stmt, 1),
                            sqlite3_column_int64(stmt, 0) >> CQ_VERSION_BITS};
        code = add_row(rows, slot);
        if (code)
            return cq_err_set(err, code, NULL);
    }
    return code;
}

/* Builds the map in one go: its size is known, and where each row goes is fetched ahead. Large pages
 * spare the processor's page table, for look-ups go everywhere. */
static struct cq_known *build(const struct rows *rows)
{
    size_t size = 1024;
    while (size < rows->count * 2)
        size *= 2;
    size_t bytes = size * sizeof(struct slot);
    size_t whole = (bytes + huge_page - 1) / huge_page * huge_page;
    struct cq_known *known = malloc(sizeof *known);
    struct slot *slots = known ? aligned_alloc(huge_page, whole) : NULL;
    if (!slots) {
        free(known);
        return NULL;
    }
    madvise(slots, whole, MADV_HUGEPAGE);
    for (size_t i = 0; i < size; i++)
        slots[i] = (struct slot){0, 0};
    *known = (struct cq_known){slots, size - 1};
    for (size_t i = 0; i < rows->count; i++) {
        if (i + AHEAD < rows->count)
            __builtin_prefetch(&slots[(size_t)rows->list[i + AHEAD].line & known->mask], 1);
        size_t at = (size_t)rows->list[i].line & known->mask;
        while (slots[at].line)
            at = (at + 1) & known->mask;
        slots[at] = rows->list[i];
    }
    return known;
}

enum cq_code cq_known_read(struct cq_known **result, struct cq_db *db, const struct cq_table *table,
                           struct cq_err *err)
{
    struct rows rows = {0};
    struct cq_str sql = {0};
    sqlite3_stmt *stmt = NULL;
    *result = NULL;
    enum cq_code code =
        cq_str_addf(&sql, "SELECT id, line FROM %s WHERE run_to IS NULL AND line <> 0", table->name)
            ? cq_err_set(err, CQ_B_NOMEM, NULL)
            : cq_db_prepare(db, &stmt, sql.ptr, err);
    if (!code)
        code = read_rows(&rows, db, stmt, err);
    if (!code && rows.count > 0 && rows.count < rows_max && !(*result = build(&rows)))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    sqlite3_finalize(stmt);
    cq_str_free(&sql);
    free(rows.list);
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
