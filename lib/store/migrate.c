/* The schema and its steps. Version 1 is schema.sql, embedded by the assembler. */
#include "store/migrate.h"

#include <inttypes.h>

__asm__(".section .rodata\n"
        ".balign 16\n"
        "cq_schema_sql:\n"
        ".incbin \"schema.sql\"\n"
        ".byte 0\n"
        ".previous\n");
extern const char cq_schema_sql[] __attribute__((visibility("hidden")));

_Static_assert(CQ_APPLICATION_ID == 1668371015, "create() writes the application id as a number");
_Static_assert(CQ_SCHEMA_VERSION == 1, "create() writes the schema version as a number");

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

static enum cq_code check_identity(const struct identity *file, struct cq_err *err)
{
    if (is_empty(file))
        return cq_err_set(err, CQ_D_MISSING, NULL);
    if (file->application != CQ_APPLICATION_ID)
        return cq_err_set(err, CQ_D_NOT_REGISTRY, NULL);
    if (file->version > CQ_SCHEMA_VERSION)
        return cq_err_set(err, CQ_D_NEWER, "%" PRId64, file->version);
    if (file->version < CQ_SCHEMA_VERSION)
        return cq_err_set(err, CQ_D_OLDER, NULL);
    return CQ_OK;
}

/* Creates the registry, unless another program was first: then its file is checked. */
static enum cq_code create(struct cq_db *db, struct cq_err *err)
{
    struct identity file;
    enum cq_code code = cq_db_begin(db, err);
    if (!code)
        code = read_identity(db, &file, err);
    if (!code && !is_empty(&file)) {
        code = check_identity(&file, err);
    } else if (!code) {
        code = cq_db_exec(db, cq_schema_sql, err);
        if (!code)
            code = cq_db_exec(db, "PRAGMA application_id = 1668371015", err);
        if (!code)
            code = cq_db_exec(db, "PRAGMA user_version = 1", err);
    }
    if (!code)
        code = cq_db_commit(db, err);
    cq_db_rollback(db);
    return code;
}

enum cq_code cq_migrate(struct cq_db *db, enum cq_db_mode mode, struct cq_err *err)
{
    struct identity file;
    enum cq_code code = cq_db_begin_read(db, err);
    if (!code)
        code = read_identity(db, &file, err);
    cq_db_rollback(db); /* nothing was written */
    if (code)
        return code;
    if (is_empty(&file) && (mode == CQ_DB_CREATE || mode == CQ_DB_MEMORY))
        return create(db, err);
    return check_identity(&file, err);
}
