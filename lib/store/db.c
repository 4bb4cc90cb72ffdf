/* Statements and transactions of one SQLite connection, and its failures as enum cq_code. Opening
 * is in open.c. */
#include "cq/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/date.h"

/* SQLite's writer holds a POSIX lock on one of these bytes of the file; the kernel knows its
 * process. */
enum { PENDING_BYTE_AT = 0x40000000, LOCK_BYTES = 512 };

/* The start of a process in milliseconds UTC: field 22 of its stat, in ticks since boot. */
static bool process_start(pid_t pid, int64_t *ms)
{
    char path[64], line[1024];
    unsigned long long ticks = 0;
    long long boot = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "re");
    const char *after = NULL;
    if (file && fgets(line, sizeof line, file))
        after = strrchr(line, ')');
    bool ok = after && sscanf(after,
                              ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d"
                              " %*d %*d %*d %*d %*d %llu",
                              &ticks) == 1;
    if (file)
        fclose(file);
    file = ok ? fopen("/proc/stat", "re") : NULL;
    while (file && !boot && fgets(line, sizeof line, file))
        if (sscanf(line, "btime %lld", &boot) != 1)
            boot = 0;
    if (file)
        fclose(file);
    *ms = boot * 1000 + (int64_t)(ticks * 1000 / (unsigned long long)sysconf(_SC_CLK_TCK));
    return ok && boot > 0;
}

/* Closing any descriptor of a file drops all POSIX locks of the process on it, so the transaction
 * of this connection is rolled back first. */
static enum cq_code fail_locked(struct cq_db *db, struct cq_err *err)
{
    cq_db_rollback(db);
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = PENDING_BYTE_AT, .l_len = LOCK_BYTES};
    int fd = db->path ? open(db->path, O_RDONLY | O_CLOEXEC) : -1;
    bool known = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (fd >= 0)
        close(fd);
    if (!known)
        return cq_err_set(err, CQ_D_LOCKED, "SQLITE_BUSY");
    char since[32] = "?";
    int64_t ms;
    if (process_start(lock.l_pid, &ms))
        since[cq_time_write(since, ms)] = '\0';
    return cq_err_set(err, CQ_D_LOCKED, "pid %ld, running since %s", (long)lock.l_pid, since);
}

enum cq_code cq_db_fail(struct cq_db *db, struct cq_err *err)
{
    int full = sqlite3_extended_errcode(db->sqlite);
    switch (full & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail_locked(db, err);
    case SQLITE_FULL: return cq_err_set(err, CQ_D_FULL, "%s", sqlite3_errstr(full));
    case SQLITE_IOERR: /* a full disk can show as a failed write or sync */
        if (full == SQLITE_IOERR_WRITE || full == SQLITE_IOERR_FSYNC)
            return cq_err_set(err, CQ_D_FULL, "%s",
                              cq_system_text(sqlite3_system_errno(db->sqlite)));
        return cq_err_set(err, CQ_D_SQL, "%s (%d)", sqlite3_errstr(full), full);
    case SQLITE_NOTADB: return cq_err_set(err, CQ_D_NOT_REGISTRY, NULL);
    case SQLITE_CORRUPT: return cq_err_set(err, CQ_D_CORRUPT, "%s", sqlite3_errstr(full));
    case SQLITE_NOMEM: return cq_err_set(err, CQ_B_NOMEM, NULL);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY: return cq_err_set(err, CQ_D_OPEN, "%s", sqlite3_errstr(full));
    default: return cq_err_set(err, CQ_D_SQL, "%s (%d)", sqlite3_errstr(full), full);
    }
}

void cq_db_close(struct cq_db *db)
{
    sqlite3_close_v2(db->sqlite);
    free(db->path);
    free(db->copy);
    *db = (struct cq_db){0};
}

enum cq_code cq_db_exec(struct cq_db *db, const char *sql, struct cq_err *err)
{
    return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK ? CQ_OK
                                                                        : cq_db_fail(db, err);
}

enum cq_code cq_db_begin(struct cq_db *db, struct cq_err *err)
{
    return cq_db_exec(db, "BEGIN IMMEDIATE", err);
}

enum cq_code cq_db_begin_read(struct cq_db *db, struct cq_err *err)
{
    return cq_db_exec(db, "BEGIN", err);
}

enum cq_code cq_db_commit(struct cq_db *db, struct cq_err *err)
{
    return cq_db_exec(db, "COMMIT", err);
}

void cq_db_rollback(struct cq_db *db)
{
    if (db->sqlite && !sqlite3_get_autocommit(db->sqlite))
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

enum cq_code cq_db_prepare(struct cq_db *db, sqlite3_stmt **stmt, const char *sql,
                           struct cq_err *err)
{
    return sqlite3_prepare_v2(db->sqlite, sql, -1, stmt, NULL) == SQLITE_OK ? CQ_OK
                                                                            : cq_db_fail(db, err);
}

enum cq_code cq_db_step(struct cq_db *db, sqlite3_stmt *stmt, bool *row, struct cq_err *err)
{
    int rc = sqlite3_step(stmt);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? CQ_OK : cq_db_fail(db, err);
}

enum cq_code cq_db_run(struct cq_db *db, sqlite3_stmt *stmt, struct cq_err *err)
{
    bool row;
    enum cq_code code = cq_db_step(db, stmt, &row, err);
    sqlite3_reset(stmt);
    return code;
}

enum cq_code cq_db_int(struct cq_db *db, const char *sql, int64_t *out, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    *out = 0;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (!code)
        code = cq_db_step(db, stmt, &row, err);
    if (!code && row)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

int cq_db_column_int(sqlite3_stmt *stmt, int column, int null)
{
    return sqlite3_column_type(stmt, column) == SQLITE_NULL ? null
                                                            : sqlite3_column_int(stmt, column);
}

void cq_db_bind_int(sqlite3_stmt *stmt, int index, int64_t value, bool present)
{
    if (present)
        sqlite3_bind_int64(stmt, index, value);
    else
        sqlite3_bind_null(stmt, index);
}

void cq_db_bind_text(sqlite3_stmt *stmt, int index, const char *text, size_t len)
{
    if (text)
        sqlite3_bind_text64(stmt, index, text, len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(stmt, index);
}
