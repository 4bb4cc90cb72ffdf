/* The log and its chain. A link is BLAKE2b-256 over the link before and the line's fields, each
 * terminated by a NUL, so that different lines never have the same input. */
#include "cq/audit.h"

#include <inttypes.h>
#include <string.h>

#include "cq/str.h"

static enum cq_code make_link(const char *before, int64_t id, const struct cq_audit *line,
                              char link[CQ_HASH_HEX + 1], struct cq_err *err)
{
    struct cq_str text = {0};
    unsigned char hash[CQ_HASH_BYTES];
    cq_str_printf(&text, "%s%c%" PRId64 "%c%" PRId64 "%c%s%c%s%c%" PRId64 "%c%s%c", before, 0, id,
                  0, line->at, 0, line->actor, 0, line->action, 0, line->subject, 0, line->detail,
                  0);
    enum cq_code code = text.failed ? cq_err_set(err, text.failed, NULL) : CQ_OK;
    if (!code) {
        cq_hash_bytes(text.ptr, text.len, hash);
        cq_hash_hex(link, hash, CQ_HASH_BYTES);
    }
    cq_str_free(&text);
    return code;
}

/* The last line: its number, moment and link; 0, INT64_MIN and "" where there is none. */
static enum cq_code read_last(struct cq_db *db, int64_t *id, int64_t *at,
                              char link[CQ_HASH_HEX + 1], struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    *id = 0;
    *at = INT64_MIN;
    link[0] = '\0';
    enum cq_code code =
        cq_db_prepare(db, &stmt, "SELECT id, at, link FROM audit ORDER BY id DESC LIMIT 1", err);
    if (code)
        return code;
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row) {
        *id = sqlite3_column_int64(stmt, 0);
        *at = sqlite3_column_int64(stmt, 1);
        const char *text = (const char *)sqlite3_column_text(stmt, 2);
        strncat(link, text ? text : "", CQ_HASH_HEX);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_audit_add(struct cq_db *db, const struct cq_audit *given, struct cq_err *err)
{
    static const char sql[] = "INSERT INTO audit (id, at, actor, action, subject, detail, link)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    struct cq_audit line = *given;
    char before[CQ_HASH_HEX + 1], link[CQ_HASH_HEX + 1];
    sqlite3_stmt *stmt = NULL;
    int64_t id, at;
    line.actor = line.actor ? line.actor : "";
    line.detail = line.detail ? line.detail : "";
    enum cq_code code = read_last(db, &id, &at, before, err);
    if (!code && line.at < at) /* the clock ran backwards */
        line.at = at;
    if (!code)
        code = make_link(before, id + 1, &line, link, err);
    if (!code)
        code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, id + 1);
    sqlite3_bind_int64(stmt, 2, line.at);
    cq_db_bind_text(stmt, 3, line.actor, strlen(line.actor));
    cq_db_bind_text(stmt, 4, line.action, strlen(line.action));
    sqlite3_bind_int64(stmt, 5, line.subject);
    cq_db_bind_text(stmt, 6, line.detail, strlen(line.detail));
    cq_db_bind_text(stmt, 7, link, CQ_HASH_HEX);
    code = cq_db_run(db, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}

static const char *text_of(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? text : "";
}

enum cq_code cq_audit_verify(struct cq_db *db, struct cq_audit_state *state, struct cq_err *err)
{
    char link[CQ_HASH_HEX + 1];
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    *state = (struct cq_audit_state){0};
    enum cq_code code = cq_db_prepare(
        db, &stmt, "SELECT id, at, subject, actor, action, detail, link FROM audit ORDER BY id",
        err);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t id = sqlite3_column_int64(stmt, 0);
        const struct cq_audit line = {.at = sqlite3_column_int64(stmt, 1),
                                      .subject = sqlite3_column_int64(stmt, 2),
                                      .actor = text_of(stmt, 3),
                                      .action = text_of(stmt, 4),
                                      .detail = text_of(stmt, 5)};
        state->lines++;
        code = make_link(state->link, state->lines, &line, link, err);
        if (code)
            break;
        if (!state->broken && (id != state->lines || strcmp(link, text_of(stmt, 6)) != 0))
            state->broken = id;
        memcpy(state->link, link, sizeof link);
    }
    sqlite3_finalize(stmt);
    return code;
}
