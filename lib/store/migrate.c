/* The schema and its steps. Version 1 is schema.sql, embedded by the assembler. */
#include "cq/migrate.h"

#include <inttypes.h>

__asm__(".section .rodata\n"
        ".balign 16\n"
        "cq_schema_sql:\n"
        ".incbin \"schema.sql\"\n"
        ".byte 0\n"
        ".previous\n");
extern const char cq_schema_sql[] __attribute__((visibility("hidden")));

static enum cq_code create(struct cq_db *db, struct cq_err *err)
{
    enum cq_code code = cq_db_begin(db, err);
    if (code)
        return code;
    int64_t tables = 0; /* another program may have been first */
    code = cq_db_int(db, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (!code && tables == 0) {
        code = cq_db_exec(db, cq_schema_sql, err);
        if (!code)
            code = cq_db_exec(db, "PRAGMA application_id = 1668371015", err);
        if (!code)
            code = cq_db_exec(db, "PRAGMA user_version = 1", err);
    }
    if (!code)
        code = cq_db_commit(db, err);
    if (code)
        cq_db_rollback(db);
    return code;
}

_Static_assert(CQ_APPLICATION_ID == 1668371015, "create() writes the application id as a number");
_Static_assert(CQ_SCHEMA_VERSION == 1, "create() writes the schema version as a number");

enum cq_code cq_migrate(struct cq_db *db, enum cq_db_mode mode, struct cq_err *err)
{
    int64_t id, version, tables;
    enum cq_code code = cq_db_int(db, "PRAGMA application_id", &id, err);
    if (!code)
        code = cq_db_int(db, "PRAGMA user_version", &version, err);
    if (!code)
        code = cq_db_int(db, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (code)
        return code;
    if (id == 0 && version == 0 && tables == 0 && (mode == CQ_DB_CREATE || mode == CQ_DB_MEMORY))
        return create(db, err);
    if (id != CQ_APPLICATION_ID)
        return cq_err_set(err, CQ_D_NOT_REGISTRY, NULL);
    if (version > CQ_SCHEMA_VERSION)
        return cq_err_set(err, CQ_D_NEWER, "%" PRId64, version);
    if (version < CQ_SCHEMA_VERSION)
        return cq_err_set(err, CQ_D_OLDER, NULL);
    return CQ_OK;
}
