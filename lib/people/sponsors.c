/* Sponsors of everybody: the IINs that rows name, sorted, then the rows of those IINs. */
#include "people/sponsors.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/registry.h"

struct cq_sponsor_table {
    int64_t *iins;  /* ascending, each once */
    size_t *firsts; /* of the rows of each IIN, and the number of all rows */
    struct cq_sponsor_row *rows;
    size_t iin_count, iin_room, row_count, row_room;
};

#define KNOWN " run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"

struct cq_sponsor_row cq_sponsor_row_of(sqlite3_stmt *stmt)
{
    int64_t id = sqlite3_column_int64(stmt, 0);
    int32_t birth = sqlite3_column_int(stmt, 6);
    struct cq_sponsor_row row = {
        .run = sqlite3_column_int64(stmt, 1),
        .list_line = sqlite3_column_int64(stmt, 4),
        .span = {cq_db_column_int(stmt, 2, CQ_DAY_MIN), cq_db_column_int(stmt, 3, CQ_DAY_MAX)},
        .category = sqlite3_column_int(stmt, 5),
        .agency = cq_id_agency(id)};
    if (row.span.from < birth)
        row.span.from = birth;
    return row;
}

static enum cq_code add_iin(struct cq_sponsor_table *table, sqlite3_stmt *stmt)
{
    int64_t *grown = cq_grow(table->iins, table->iin_count + 1, &table->iin_room, sizeof *grown);
    if (!grown)
        return CQ_B_NOMEM;
    table->iins = grown;
    table->iins[table->iin_count++] = sqlite3_column_int64(stmt, 0);
    return CQ_OK;
}

/* Adds a row if it is a sponsor's. Rows come in order of IIN. */
static enum cq_code add_row(struct cq_sponsor_table *table, sqlite3_stmt *stmt, size_t *at)
{
    int64_t id = sqlite3_column_int64(stmt, 0), iin = id >> CQ_GROUP_SHIFT;
    while (*at < table->iin_count && table->iins[*at] < iin)
        table->firsts[++*at] = table->row_count;
    if (*at == table->iin_count || table->iins[*at] != iin)
        return CQ_OK;
    struct cq_sponsor_row *grown =
        cq_grow(table->rows, table->row_count + 1, &table->row_room, sizeof *grown);
    if (!grown)
        return CQ_B_NOMEM;
    table->rows = grown;
    table->rows[table->row_count++] = cq_sponsor_row_of(stmt);
    return CQ_OK;
}

static int by_iin(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static enum cq_code sort_iins(struct cq_sponsor_table *table, struct cq_err *err)
{
    size_t kept = 0;
    if (table->iin_count)
        qsort(table->iins, table->iin_count, sizeof *table->iins, by_iin);
    for (size_t i = 0; i < table->iin_count; i++)
        if (kept == 0 || table->iins[kept - 1] != table->iins[i])
            table->iins[kept++] = table->iins[i];
    table->iin_count = kept;
    table->firsts = calloc(kept + 1, sizeof *table->firsts);
    return table->firsts ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

static enum cq_code read_iins(struct cq_sponsor_table *table, struct cq_db *db, int64_t run,
                              struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(
        db, &stmt, "SELECT sponsor_iin FROM person WHERE sponsor_iin IS NOT NULL AND" KNOWN, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, run);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row && add_iin(table, stmt))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code read_rows(struct cq_sponsor_table *table, struct cq_db *db, int64_t run,
                              struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    size_t at = 0;
    bool row = table->iin_count > 0;
    enum cq_code code = cq_db_prepare(
        db, &stmt, "SELECT " CQ_SPONSOR_COLUMNS " FROM person WHERE" KNOWN " ORDER BY id", err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, run);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row && add_row(table, stmt, &at))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    while (at < table->iin_count)
        table->firsts[++at] = table->row_count;
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_sponsor_table_read(struct cq_sponsor_table **result, struct cq_db *db, int64_t run,
                                   struct cq_err *err)
{
    struct cq_sponsor_table *table = calloc(1, sizeof *table);
    *result = NULL;
    if (!table)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    enum cq_code code = read_iins(table, db, run, err);
    if (!code)
        code = sort_iins(table, err);
    if (!code)
        code = read_rows(table, db, run, err);
    if (code)
        cq_sponsor_table_free(table);
    else
        *result = table;
    return code;
}

void cq_sponsor_table_free(struct cq_sponsor_table *table)
{
    if (!table)
        return;
    free(table->iins);
    free(table->firsts);
    free(table->rows);
    free(table);
}

const struct cq_sponsor_row *cq_sponsor_table_find(const struct cq_sponsor_table *table,
                                                   int64_t iin, size_t *count)
{
    const int64_t *found =
        table->iin_count ? bsearch(&iin, table->iins, table->iin_count, sizeof iin, by_iin) : NULL;
    *count = 0;
    if (!found)
        return NULL;
    size_t at = (size_t)(found - table->iins);
    *count = table->firsts[at + 1] - table->firsts[at];
    return *count ? table->rows + table->firsts[at] : NULL;
}
