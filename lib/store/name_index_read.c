/* Reading the index: the places of all keys are read at once, people as they are wanted. */
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/name_index.h"
#include "store/postings.h"

/* Adds the places of the keys of a block. */
static enum cq_code add_places(struct cq_name_index *index, int64_t block,
                               struct cq_posting_reader keys)
{
    uint64_t gap, size, key = 0, start = 0;
    while (cq_posting_next(&keys, &gap) && cq_posting_next(&keys, &size)) {
        struct cq_name_place *places =
            cq_grow(index->places, index->count + 1, &index->room, sizeof *places);
        if (!places)
            return CQ_B_NOMEM;
        index->places = places;
        key += gap;
        places[index->count++] =
            (struct cq_name_place){block, (uint32_t)key, (uint32_t)start, (uint32_t)size};
        start += size;
    }
    return CQ_OK;
}

enum cq_code cq_name_index_open(struct cq_name_index *index, struct cq_db *db, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    *index = (struct cq_name_index){.db = db};
    enum cq_code code =
        cq_db_prepare(db, &index->people, "SELECT people FROM name_index WHERE id = ?1", err);
    if (!code)
        code = cq_db_prepare(db, &stmt, "SELECT id, keys FROM name_index ORDER BY id", err);
    while (!code && !(code = cq_db_step(db, stmt, &row, err)) && row) {
        struct cq_posting_reader keys = {sqlite3_column_blob(stmt, 1),
                                         (size_t)sqlite3_column_bytes(stmt, 1), 0};
        code = add_places(index, sqlite3_column_int64(stmt, 0), keys);
        if (code)
            cq_err_record(err, code, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

void cq_name_index_close(struct cq_name_index *index)
{
    sqlite3_finalize(index->people);
    free(index->places);
    *index = (struct cq_name_index){0};
}

static enum cq_code read_block(struct cq_name_index *index, int64_t id,
                               struct cq_posting_reader *bytes, struct cq_err *err)
{
    bool row;
    sqlite3_reset(index->people);
    sqlite3_bind_int64(index->people, 1, id);
    enum cq_code code = cq_db_step(index->db, index->people, &row, err);
    if (!code && row)
        *bytes = (struct cq_posting_reader){sqlite3_column_blob(index->people, 0),
                                            (size_t)sqlite3_column_bytes(index->people, 0), 0};
    return !code && !row ? cq_err_set(err, CQ_D_CORRUPT, "name_index") : code;
}

static enum cq_code add_people(struct cq_iins *iins, struct cq_posting_reader bytes)
{
    uint64_t iin = 0, step;
    int64_t *list = cq_grow(iins->list, iins->count + bytes.size, &iins->room, sizeof *list);
    if (!list)
        return CQ_B_NOMEM;
    iins->list = list;
    while (cq_posting_next(&bytes, &step))
        list[iins->count++] = (int64_t)(iin += step);
    return CQ_OK;
}

/* Merges two neighbouring runs into another list. Returns what it wrote. */
static size_t merge(const int64_t *a, size_t a_count, const int64_t *b, size_t b_count,
                    int64_t *out)
{
    size_t i = 0, k = 0, n = 0;
    while (i < a_count || k < b_count) {
        int64_t next = k == b_count || (i < a_count && a[i] <= b[k]) ? a[i++] : b[k++];
        if (n == 0 || out[n - 1] != next)
            out[n++] = next;
    }
    return n;
}

/* Sorts IINs that came in runs: neighbours are merged until one is left. */
static enum cq_code sort_runs(struct cq_iins *iins)
{
    int64_t *spare = iins->count > 0 ? malloc(iins->count * sizeof *spare) : NULL;
    bool several = iins->count > 1;
    if (iins->count > 0 && !spare)
        return CQ_B_NOMEM;
    while (several) {
        size_t at = 0, out = 0, runs = 0;
        const int64_t *list = iins->list;
        while (at < iins->count) {
            size_t middle = at + 1, end;
            while (middle < iins->count && list[middle] > list[middle - 1])
                middle++;
            for (end = middle + (middle < iins->count); end < iins->count && end > middle;)
                if (list[end] > list[end - 1])
                    end++;
                else
                    break;
            out += merge(list + at, middle - at, list + middle, end - middle, spare + out);
            at = end;
            runs++;
        }
        memcpy(iins->list, spare, out * sizeof *spare);
        iins->count = out;
        several = runs > 1;
    }
    free(spare);
    return CQ_OK;
}

enum cq_code cq_name_index_find(struct cq_name_index *index, cq_name_wanted_fn *wanted,
                                const void *context, struct cq_iins *iins, struct cq_err *err)
{
    struct cq_posting_reader block = {0};
    enum cq_code code = CQ_OK;
    int64_t read = 0;
    iins->count = 0;
    for (size_t i = 0; i < index->count && !code; i++) {
        const struct cq_name_place *place = &index->places[i];
        if (!wanted(place->key, context))
            continue;
        if (place->block != read)
            code = read_block(index, read = place->block, &block, err);
        if (code)
            break;
        if (place->start > block.size || place->size > block.size - place->start)
            return cq_err_set(err, CQ_D_CORRUPT, "name_index");
        code = add_people(iins,
                          (struct cq_posting_reader){block.bytes + place->start, place->size, 0});
        if (code)
            cq_err_record(err, code, NULL);
    }
    if (!code && (code = sort_runs(iins)))
        cq_err_record(err, code, NULL);
    return code;
}
