/* The copy of a registry, page by page through SQLite: it is what was committed, whatever journal
 * the file has and whoever reads it. */
#include "store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAMES_MAX = 1000 };

/* The file as SQLite found it, behind links; "" for a registry in memory. */
static const char *file_of(struct cq_db *db)
{
    const char *file = sqlite3_db_filename(db->sqlite, "main");
    return file ? file : "";
}

static enum cq_code fail(const char *reason, struct cq_err *err)
{
    return cq_err_set(err, CQ_D_COPY, "%s", reason);
}

static enum cq_code fail_errno(struct cq_err *err)
{
    return fail(cq_system_text(errno), err);
}

/* The failure of a copy. What is damaged is the registry. */
static enum cq_code fail_sqlite(sqlite3 *to, int rc, struct cq_err *err)
{
    int number = to ? sqlite3_system_errno(to) : 0;
    if ((rc & 0xff) == SQLITE_NOMEM)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    if ((rc & 0xff) == SQLITE_CORRUPT)
        return cq_err_set(err, CQ_D_CORRUPT, "%s", sqlite3_errstr(rc));
    return fail((rc & 0xff) == SQLITE_IOERR && number ? cq_system_text(number) : sqlite3_errstr(rc),
                err);
}

/* A second connection reads: SQLite copies nothing from one that has a transaction for writing. */
static enum cq_code copy_pages(const char *from_file, const char *to_file, struct cq_err *err)
{
    sqlite3 *from = NULL, *to = NULL;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int rc = sqlite3_open_v2(from_file, &from, SQLITE_OPEN_READONLY | flags, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_open_v2(to_file, &to, SQLITE_OPEN_READWRITE | flags, NULL);
    if (rc == SQLITE_OK) /* the file is synced once, at the end, or removed */
        rc = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL,
                          NULL);
    sqlite3_backup *backup = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (backup) {
        rc = sqlite3_backup_step(backup, -1);
        int finished = sqlite3_backup_finish(backup);
        rc = rc == SQLITE_DONE ? finished : rc;
    } else if (rc == SQLITE_OK) {
        rc = sqlite3_extended_errcode(to);
    }
    enum cq_code code = rc == SQLITE_OK ? CQ_OK : fail_sqlite(to, rc, err);
    sqlite3_close(to);
    sqlite3_close(from);
    return code;
}

static enum cq_code sync_path(const char *path, int flags, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0 || fsync(fd) != 0)
        code = fail_errno(err);
    if (fd >= 0)
        close(fd);
    return code;
}

enum cq_code cq_copy_write(struct cq_copy *copy, struct cq_db *db, struct cq_err *err)
{
    const char *file = file_of(db);
    if (!file[0])
        return CQ_OK;
    if (asprintf(&copy->part, "%s.part", file) < 0) {
        copy->part = NULL;
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    enum cq_code code = CQ_OK;
    int fd = -1;
    if (unlink(copy->part) == 0 || errno == ENOENT)
        fd = open(copy->part, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        code = fail_errno(err);
    else
        close(fd);
    if (!code)
        code = copy_pages(file, copy->part, err);
    return code ? code : sync_path(copy->part, 0, err);
}

/* Renames a file unless the name is taken. Not every file system can do it in one step. */
static bool rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL || link(from, to) != 0)
        return false;
    (void)!unlink(from);
    return true;
}

static enum cq_code sync_folder(const char *path, struct cq_err *err)
{
    char *folder = strndup(path, (size_t)(strrchr(path, '/') - path) + 1); /* a full path */
    enum cq_code code = folder ? sync_path(folder, O_DIRECTORY, err)
                               : cq_err_set(err, CQ_B_NOMEM, NULL);
    free(folder);
    return code;
}

enum cq_code cq_copy_name(struct cq_copy *copy, struct cq_db *db, int64_t version,
                          struct cq_err *err)
{
    if (!copy->part)
        return CQ_OK;
    for (int n = 1;; n++) {
        char *name = NULL, number[16] = "";
        if (n > 1)
            snprintf(number, sizeof number, ".%d", n);
        if (asprintf(&name, "%s.v%lld%s", file_of(db), (long long)version, number) < 0)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        if (rename_new(copy->part, name)) {
            copy->path = name;
            return sync_folder(name, err);
        }
        int reason = errno;
        free(name);
        if (reason != EEXIST || n == NAMES_MAX)
            return fail(cq_system_text(reason), err);
    }
}

void cq_copy_remove(struct cq_copy *copy)
{
    const char *file = copy->path ? copy->path : copy->part;
    if (file)
        (void)!unlink(file);
}

void cq_copy_free(struct cq_copy *copy)
{
    free(copy->part);
    free(copy->path);
    *copy = (struct cq_copy){0};
}
