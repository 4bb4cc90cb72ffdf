/* The schema and its steps. The newest is schema.sql, embedded by the assembler. */
#include "store/migrate.h"

#include <inttypes.h>
#include <stdio.h>

#include "store/copy.h"
#include "store/steps.h"

__asm__(".section .rodata\n"
        ".balign 16\n"
        "cq_schema_sql:\n"
        ".incbin \"schema.sql\"\n"
        ".byte 0\n"
        ".previous\n");
extern const char cq_schema_sql[] __attribute__((visibility("hidden")));

_Static_assert(CQ_APPLICATION_ID == 1668371015, "create() writes the application id as a number");

/* What identifies a file. It is read in one transaction: between two, another program may create
 * the registry. Tables are counted only where the ids do not identify the file. */
struct identity {
    int64_t application, version, tables;
};

static enum cq_code read_identity(struct cq_db *db, struct identity *file, struct cq_err *err)
{
    enum cq_code code = cq_db_int(db, "PRAGMA application_id", &file->application, err);
    if (!code)
        code = cq_db_int(db, "PRAGMA user_version", &file->version, err);
    file->tables = 0;
    if (!code && file->application == 0 && file->version == 0)
        code = cq_db_int(db, "SELECT count(*) FROM sqlite_schema", &file->tables, err);
    return code;
}

/* Whether the file is empty, without the ids of another program. */
static bool is_empty(const struct identity *file)
{
    return file->application == 0 && file->version == 0 && file->tables == 0;
}

static bool is_older(const struct identity *file)
{
    return file->application == CQ_APPLICATION_ID && file->version > 0 &&
           file->version < CQ_SCHEMA_VERSION;
}

static enum cq_code check_identity(const struct identity *file, struct cq_err *err)
{
    if (is_empty(file))
        return cq_err_set(err, CQ_D_MISSING, NULL);
    if (file->application != CQ_APPLICATION_ID || file->version <= 0)
        return cq_err_set(err, CQ_D_NOT_REGISTRY, NULL);
    if (file->version > CQ_SCHEMA_VERSION)
        return cq_err_set(err, CQ_D_NEWER, "%" PRId64, file->version);
    return CQ_OK;
}

static enum cq_code set_version(struct cq_db *db, struct cq_err *err)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", CQ_SCHEMA_VERSION);
    return cq_db_exec(db, sql, err);
}

/* Creates the registry, unless another program was first. Sets *file to what is there then. */
static enum cq_code create(struct cq_db *db, struct identity *file, struct cq_err *err)
{
    enum cq_code code = cq_db_begin(db, err);
    if (!code)
        code = read_identity(db, file, err);
    if (!code && is_empty(file)) {
        *file = (struct identity){.application = CQ_APPLICATION_ID, .version = CQ_SCHEMA_VERSION};
        code = cq_db_exec(db, cq_schema_sql, err);
        if (!code)
            code = cq_db_exec(db, "PRAGMA application_id = 1668371015", err);
        if (!code)
            code = set_version(db, err);
        if (!code)
            code = cq_db_commit(db, err);
    }
    cq_db_rollback(db);
    return code;
}

/* Replaces the views by those of a new registry, which is created in memory to read them. */
static enum cq_code replace_views(struct cq_db *db, struct cq_err *err)
{
    static const char sql[] = "SELECT printf('DROP VIEW IF EXISTS \"%w\"; %s', name, sql)"
                              " FROM sqlite_schema WHERE type = 'view'";
    struct cq_db new = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    if (sqlite3_open(":memory:", &new.sqlite) != SQLITE_OK) {
        cq_db_close(&new);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    enum cq_code code = cq_db_exec(&new, cq_schema_sql, err);
    if (!code)
        code = cq_db_prepare(&new, &stmt, sql, err);
    while (!code && row) {
        code = cq_db_step(&new, stmt, &row, err);
        const char *text = !code && row ? (const char *)sqlite3_column_text(stmt, 0) : "";
        if (!code)
            code = text ? cq_db_exec(db, text, err) : cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    cq_db_close(&new);
    return code;
}

static enum cq_code make_steps(struct cq_db *db, int64_t version, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (; version < CQ_SCHEMA_VERSION && !code; version++)
        code = cq_db_exec(db, cq_steps[version], err);
    if (!code)
        code = replace_views(db, err);
    return code ? code : set_version(db, err);
}

/* The copy is on the disk before the first step, and has its name before the steps are committed:
 * there is no upgraded registry without its copy. */
static enum cq_code copy_and_make_steps(struct cq_db *db, int64_t version, struct cq_err *err)
{
    struct cq_copy copy = {0};
    enum cq_code code = cq_copy_write(&copy, db, err);
    if (!code)
        code = make_steps(db, version, err);
    if (!code)
        code = cq_copy_name(&copy, db, version, err);
    if (!code)
        code = cq_db_commit(db, err);
    if (code) {
        cq_db_rollback(db);
        cq_copy_remove(&copy);
    } else {
        db->older = (int)version;
        db->copy = copy.path;
        copy.path = NULL;
    }
    cq_copy_free(&copy);
    return code;
}

/* Nobody else can write from before the version is read again until the end. */
static enum cq_code upgrade(struct cq_db *db, struct cq_err *err)
{
    struct identity file;
    if (sqlite3_db_readonly(db->sqlite, "main") == 1)
        return cq_err_set(err, CQ_D_OLDER, NULL);
    enum cq_code code = cq_db_begin(db, err);
    if (!code)
        code = read_identity(db, &file, err);
    if (!code)
        code = check_identity(&file, err);
    if (!code && is_older(&file))
        code = copy_and_make_steps(db, file.version, err);
    cq_db_rollback(db); /* if another program was first */
    return code;
}

enum cq_code cq_migrate(struct cq_db *db, enum cq_db_mode mode, bool *older, struct cq_err *err)
{
    struct identity file;
    enum cq_code code = cq_db_begin_read(db, err);
    *older = false;
    if (!code)
        code = read_identity(db, &file, err);
    cq_db_rollback(db); /* nothing was written */
    if (!code && is_empty(&file) && (mode == CQ_DB_CREATE || mode == CQ_DB_MEMORY))
        code = create(db, &file, err);
    if (!code)
        code = check_identity(&file, err);
    if (code || !is_older(&file))
        return code;
    *older = mode == CQ_DB_READ;
    return *older ? CQ_OK : upgrade(db, err);
}
