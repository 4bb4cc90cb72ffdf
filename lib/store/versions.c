/* Versions of rows in one table: read in parallel with a sorted list, written in key order. */
#include "cq/registry.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/str.h"

struct cq_versions {
    struct cq_db *db;
    const struct cq_table *table;
    bool scan;
    sqlite3_stmt *select; /* the scan, or the look-up of one group */
    sqlite3_stmt *read;
    sqlite3_stmt *insert;
    sqlite3_stmt *end;
    sqlite3_stmt *set_hashes;
    struct cq_version ahead; /* scan: the version read but not yet returned */
    bool has_ahead;
    struct cq_version *group;
    size_t count, room;
};

static enum cq_code prepare(struct cq_versions *v, sqlite3_stmt **stmt, const struct cq_str *sql,
                            struct cq_err *err)
{
    return sql->failed ? cq_err_set(err, sql->failed, NULL)
                       : cq_db_prepare(v->db, stmt, sql->ptr, err);
}

static enum cq_code prepare_all(struct cq_versions *v, struct cq_err *err)
{
    static const char head[] = "id, hash, line, run_from, run_to, valid_from, valid_to,"
                               " list_line";
    const struct cq_table *table = v->table;
    struct cq_str sql = {0};
    enum cq_code code;
    cq_str_printf(&sql, "SELECT %s FROM %s%s ORDER BY id", head, table->name,
                  v->scan ? "" : " WHERE id >= ?1 AND id < ?2");
    code = prepare(v, &v->select, &sql, err);
    cq_str_clear(&sql);
    cq_str_puts(&sql, "SELECT ");
    for (size_t i = 0; i < table->count; i++)
        cq_str_printf(&sql, "%s%s", i ? ", " : "", table->columns[i].name);
    cq_str_printf(&sql, "%s FROM %s WHERE id = ?1", table->count ? "" : "id", table->name);
    if (!code)
        code = prepare(v, &v->read, &sql, err);
    cq_str_clear(&sql);
    cq_str_printf(&sql, "INSERT INTO %s (%s", table->name, head);
    for (size_t i = 0; i < table->count; i++)
        cq_str_printf(&sql, ", %s", table->columns[i].name);
    cq_str_puts(&sql, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8");
    for (size_t i = 0; i < table->count; i++)
        cq_str_printf(&sql, ", ?%zu", i + 9);
    cq_str_puts(&sql, ")");
    if (!code)
        code = prepare(v, &v->insert, &sql, err);
    cq_str_clear(&sql);
    cq_str_printf(&sql, "UPDATE %s SET run_to = ?2 WHERE id = ?1", table->name);
    if (!code)
        code = prepare(v, &v->end, &sql, err);
    cq_str_clear(&sql);
    cq_str_printf(&sql, "UPDATE %s SET hash = ?2, line = ?3 WHERE id = ?1", table->name);
    if (!code)
        code = prepare(v, &v->set_hashes, &sql, err);
    cq_str_free(&sql);
    return code;
}

static enum cq_code step(struct cq_versions *v, struct cq_version *version, bool *row,
                         struct cq_err *err)
{
    enum cq_code code = cq_db_step(v->db, v->select, row, err);
    if (code || !*row)
        return code;
    *version = (struct cq_version){
        sqlite3_column_int64(v->select, 0),         sqlite3_column_int64(v->select, 1),
        sqlite3_column_int64(v->select, 2),         sqlite3_column_int64(v->select, 3),
        sqlite3_column_int64(v->select, 4),         cq_db_column_int(v->select, 5, CQ_DAY_MIN),
        cq_db_column_int(v->select, 6, CQ_DAY_MAX), sqlite3_column_int64(v->select, 7)};
    return CQ_OK;
}

enum cq_code cq_versions_open(struct cq_versions **result, struct cq_db *db,
                              const struct cq_table *table, bool scan, struct cq_err *err)
{
    struct cq_versions *v = calloc(1, sizeof *v);
    *result = NULL;
    if (!v)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    v->db = db;
    v->table = table;
    v->scan = scan;
    enum cq_code code = prepare_all(v, err);
    if (!code && scan)
        code = step(v, &v->ahead, &v->has_ahead, err);
    if (code)
        cq_versions_close(v);
    else
        *result = v;
    return code;
}

void cq_versions_close(struct cq_versions *v)
{
    if (!v)
        return;
    sqlite3_finalize(v->select);
    sqlite3_finalize(v->read);
    sqlite3_finalize(v->insert);
    sqlite3_finalize(v->end);
    sqlite3_finalize(v->set_hashes);
    free(v->group);
    free(v);
}

int64_t cq_versions_next_group(const struct cq_versions *v)
{
    return v->has_ahead ? v->ahead.id >> CQ_GROUP_SHIFT : INT64_MAX;
}

static enum cq_code add_version(struct cq_versions *v, const struct cq_version *version,
                                struct cq_err *err)
{
    struct cq_version *group = cq_grow(v->group, v->count + 1, &v->room, sizeof *group);
    if (!group)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    v->group = group;
    group[v->count++] = *version;
    return CQ_OK;
}

enum cq_code cq_versions_read_group(struct cq_versions *v, int64_t group,
                                    const struct cq_version **list, size_t *count,
                                    struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    v->count = 0;
    if (v->scan) {
        while (!code && v->has_ahead && v->ahead.id >> CQ_GROUP_SHIFT <= group) {
            if (v->ahead.id >> CQ_GROUP_SHIFT == group)
                code = add_version(v, &v->ahead, err);
            if (!code)
                code = step(v, &v->ahead, &v->has_ahead, err);
        }
    } else {
        bool row = true;
        struct cq_version version;
        sqlite3_bind_int64(v->select, 1, group << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(v->select, 2, (group + 1) << CQ_GROUP_SHIFT);
        while (!code && row) {
            code = step(v, &version, &row, err);
            if (!code && row)
                code = add_version(v, &version, err);
        }
        sqlite3_reset(v->select);
    }
    *list = v->group;
    *count = v->count;
    return code;
}

enum cq_code cq_versions_read(struct cq_versions *v, int64_t id, struct cq_value *values,
                              struct cq_err *err)
{
    bool row;
    sqlite3_reset(v->read);
    sqlite3_bind_int64(v->read, 1, id);
    enum cq_code code = cq_db_step(v->db, v->read, &row, err);
    if (code)
        return code;
    if (!row)
        return cq_err_set(err, CQ_D_CORRUPT, "%s: a version is missing", v->table->name);
    for (size_t i = 0; i < v->table->count; i++) {
        int column = (int)i;
        values[i] =
            (struct cq_value){.present = sqlite3_column_type(v->read, column) != SQLITE_NULL};
        if (!v->table->columns[i].text)
            values[i].number = sqlite3_column_int64(v->read, column);
        else if (values[i].present)
            values[i].text = (struct cq_text){(const char *)sqlite3_column_text(v->read, column),
                                              (size_t)sqlite3_column_bytes(v->read, column)};
    }
    return CQ_OK;
}

enum cq_code cq_versions_insert(struct cq_versions *v, const struct cq_version *version,
                                const struct cq_value *values, struct cq_err *err)
{
    sqlite3_stmt *stmt = v->insert;
    sqlite3_bind_int64(stmt, 1, version->id);
    sqlite3_bind_int64(stmt, 2, version->hash);
    sqlite3_bind_int64(stmt, 3, version->line);
    sqlite3_bind_int64(stmt, 4, version->run_from);
    cq_db_bind_int(stmt, 5, version->run_to, version->run_to != 0);
    cq_db_bind_int(stmt, 6, version->valid_from, version->valid_from != CQ_DAY_MIN);
    cq_db_bind_int(stmt, 7, version->valid_to, version->valid_to != CQ_DAY_MAX);
    cq_db_bind_int(stmt, 8, version->list_line, version->list_line != 0);
    for (size_t i = 0; i < v->table->count; i++) {
        int index = (int)i + 9;
        if (!v->table->columns[i].text)
            cq_db_bind_int(stmt, index, values[i].number, values[i].present);
        else
            cq_db_bind_text(stmt, index, values[i].present ? values[i].text.ptr : NULL,
                            values[i].text.len);
    }
    return cq_db_run(v->db, stmt, err);
}

enum cq_code cq_versions_end(struct cq_versions *v, int64_t id, int64_t run, struct cq_err *err)
{
    sqlite3_bind_int64(v->end, 1, id);
    sqlite3_bind_int64(v->end, 2, run);
    return cq_db_run(v->db, v->end, err);
}

enum cq_code cq_versions_set_hashes(struct cq_versions *v, int64_t id, int64_t hash, int64_t line,
                                    struct cq_err *err)
{
    sqlite3_bind_int64(v->set_hashes, 1, id);
    sqlite3_bind_int64(v->set_hashes, 2, hash);
    sqlite3_bind_int64(v->set_hashes, 3, line);
    return cq_db_run(v->db, v->set_hashes, err);
}
