/* Opens a registry: the path is checked before SQLite opens it, the file before it is used. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/db.h"
#include "store/migrate.h"

static enum cq_code open_file(struct cq_db *db, const char *path, int flags, int wait_ms,
                              struct cq_err *err)
{
    int rc = sqlite3_open_v2(path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             NULL);
    if (rc != SQLITE_OK) {
        enum cq_code code = db->sqlite ? cq_db_fail(db, err) : cq_err_set(err, CQ_B_NOMEM, NULL);
        sqlite3_close(db->sqlite);
        db->sqlite = NULL;
        return code;
    }
    sqlite3_busy_timeout(db->sqlite, wait_ms);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    return CQ_OK;
}

/* Reads the first page. After a crash of a writer SQLite must roll back before anybody can read. */
static bool needs_recovery(struct cq_db *db)
{
    int rc = sqlite3_exec(db->sqlite, "PRAGMA schema_version", NULL, NULL, NULL);
    return rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY ||
           rc == SQLITE_READONLY_CANTINIT;
}

static enum cq_code open_read(struct cq_db *db, const char *path, int wait_ms, struct cq_err *err)
{
    enum cq_code code = open_file(db, path, SQLITE_OPEN_READONLY, wait_ms, err);
    if (code || !needs_recovery(db))
        return code;
    sqlite3_close(db->sqlite);
    db->sqlite = NULL;
    code = open_file(db, path, SQLITE_OPEN_READWRITE, wait_ms, err);
    return code ? code : cq_db_exec(db, "PRAGMA query_only = ON", err);
}

/* Upgrades an older registry through a connection that may write, then opens it again to read. */
static enum cq_code upgrade_and_read(struct cq_db *db, int wait_ms, struct cq_err *err)
{
    bool older;
    sqlite3_close(db->sqlite);
    db->sqlite = NULL;
    enum cq_code code = open_file(db, db->path, SQLITE_OPEN_READWRITE, wait_ms, err);
    if (code)
        return code;
    code = cq_migrate(db, CQ_DB_WRITE, &older, err);
    sqlite3_close(db->sqlite);
    db->sqlite = NULL;
    if (!code)
        code = open_read(db, db->path, wait_ms, err);
    return code ? code : cq_migrate(db, CQ_DB_READ, &older, err);
}

/* Checks the path before SQLite opens it, and creates the file with mode 0600. */
static enum cq_code check_path(const char *path, enum cq_db_mode mode, struct cq_err *err)
{
    struct stat st;
    if (stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            return cq_err_set(err, CQ_O_DIRECTORY, NULL);
        if (!S_ISREG(st.st_mode))
            return cq_err_set(err, CQ_D_NOT_REGISTRY, NULL);
        return CQ_OK;
    }
    if (errno != ENOENT)
        return cq_err_set(err, CQ_D_OPEN, "%s", cq_system_text(errno));
    if (mode != CQ_DB_CREATE)
        return cq_err_set(err, CQ_D_MISSING, NULL);
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return cq_err_set(err, CQ_D_OPEN, "%s", cq_system_text(errno));
    if (fd >= 0)
        close(fd);
    return CQ_OK;
}

enum cq_code cq_db_open(struct cq_db *db, const char *path, enum cq_db_mode mode, int wait_ms,
                        struct cq_err *err)
{
    enum cq_code code;
    bool older = false;
    *db = (struct cq_db){0};
    if (mode == CQ_DB_MEMORY) {
        code = open_file(db, ":memory:", SQLITE_OPEN_READWRITE, wait_ms, err);
    } else {
        code = check_path(path, mode, err);
        if (code) {
            cq_err_at(err, path, 0, NULL);
            return code;
        }
        /* SQLite does not take ":memory:" and "file:" as names of files. */
        if (asprintf(&db->path, "%s%s", path[0] == '/' ? "" : "./", path) < 0) {
            db->path = NULL;
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        }
        code = mode == CQ_DB_READ ? open_read(db, db->path, wait_ms, err)
                                  : open_file(db, db->path, SQLITE_OPEN_READWRITE, wait_ms, err);
    }
    if (!code)
        code = cq_migrate(db, mode, &older, err);
    if (!code && older)
        code = upgrade_and_read(db, wait_ms, err);
    if (code) {
        cq_err_at(err, path, 0, NULL);
        cq_db_close(db);
    }
    return code;
}
