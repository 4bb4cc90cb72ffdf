/* A map from line hashes to keys: open addressing, at most half full. */
#include "store/line_cache.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "base/vec.h"

enum { AHEAD = 16 };

static const size_t rows_max = (size_t)2 << 20;
static const size_t huge_page = (size_t)2 << 20;

struct slot {
    int64_t line; /* 0 is empty */
    int64_t key;
};

struct cq_line_cache {
    struct slot *slots;
    size_t mask;
};

/* Rows in the order of the scan. */
struct rows {
    struct slot *list;
    size_t count, room;
};

static enum cq_code add_row(struct rows *rows, struct slot slot, struct cq_err *err)
{
    struct slot *list = cq_grow(rows->list, rows->count + 1, &rows->room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    rows->list = list;
    list[rows->count++] = slot;
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
        code = add_row(rows, slot, err);
        if (code)
            return code;
    }
    return code;
}

/* Builds the map once all rows are known, so that it never grows; the slot of each row is
 * prefetched. Huge pages save TLB misses: look-ups are spread over the whole map. */
static struct cq_line_cache *build(const struct rows *rows)
{
    size_t size = 1024;
    while (size < rows->count * 2)
        size *= 2;
    size_t bytes = size * sizeof(struct slot);
    size_t whole = (bytes + huge_page - 1) / huge_page * huge_page;
    struct cq_line_cache *cache = malloc(sizeof *cache);
    struct slot *slots = cache ? aligned_alloc(huge_page, whole) : NULL;
    if (!slots) {
        free(cache);
        return NULL;
    }
    madvise(slots, whole, MADV_HUGEPAGE);
    for (size_t i = 0; i < size; i++)
        slots[i] = (struct slot){0, 0};
    *cache = (struct cq_line_cache){slots, size - 1};
    for (size_t i = 0; i < rows->count; i++) {
        if (i + AHEAD < rows->count)
            __builtin_prefetch(&slots[(size_t)rows->list[i + AHEAD].line & cache->mask], 1);
        size_t at = (size_t)rows->list[i].line & cache->mask;
        while (slots[at].line)
            at = (at + 1) & cache->mask;
        slots[at] = rows->list[i];
    }
    return cache;
}

enum cq_code cq_line_cache_read(struct cq_line_cache **result, struct cq_db *db,
                                const struct cq_table *table, struct cq_err *err)
{
    struct rows rows = {0};
    struct cq_str sql = {0};
    sqlite3_stmt *stmt = NULL;
    *result = NULL;
    cq_str_printf(&sql, "SELECT id, line FROM %s WHERE run_to IS NULL AND line <> 0", table->name);
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
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

void cq_line_cache_free(struct cq_line_cache *cache)
{
    if (!cache)
        return;
    free(cache->slots);
    free(cache);
}

bool cq_line_cache_find(const struct cq_line_cache *cache, int64_t line, int64_t *key)
{
    if (!cache)
        return false;
    for (size_t at = (size_t)line & cache->mask; cache->slots[at].line;
         at = (at + 1) & cache->mask) {
        if (cache->slots[at].line == line) {
            *key = cache->slots[at].key;
            return true;
        }
    }
    return false;
}
