/* Sets of IINs and table run_agency. */
#include "store/named.h"

enum { DEPTH = 64 }; /* of sets that wait to be joined; each is twice as large as the next */

void cq_named_fini(struct cq_named *set)
{
    cq_str_free(&set->bytes);
    *set = (struct cq_named){0};
}

void cq_named_add(struct cq_named *set, int64_t iin)
{
    char bytes[10];
    size_t len = 0;
    uint64_t gap = (uint64_t)(iin - set->last);
    if (set->count > 0 && gap == 0)
        return;
    for (; gap >= 0x80; gap >>= 7)
        bytes[len++] = (char)(gap | 0x80);
    bytes[len++] = (char)gap;
    cq_str_put(&set->bytes, bytes, len);
    set->last = iin;
    set->count++;
}

bool cq_named_next(struct cq_named_reader *r)
{
    uint64_t gap = 0;
    for (unsigned shift = 0; r->at < r->size && shift < 63; shift += 7) {
        unsigned char byte = r->bytes[r->at++];
        gap |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            r->iin = (int64_t)((uint64_t)r->iin + gap);
            return true;
        }
    }
    return false;
}

static struct cq_named_reader reader_of(const struct cq_named *set)
{
    return (struct cq_named_reader){.bytes = (const unsigned char *)set->bytes.ptr,
                                    .size = set->bytes.len};
}

/* Who is in one of two sets and not in both. */
static enum cq_code find_difference(const struct cq_named *a, const struct cq_named *b,
                                    struct cq_named *out, struct cq_err *err)
{
    struct cq_named_reader x = reader_of(a), y = reader_of(b);
    bool in_x = cq_named_next(&x), in_y = cq_named_next(&y);
    while (in_x || in_y) {
        bool first = in_x && (!in_y || x.iin <= y.iin), second = in_y && (!in_x || y.iin <= x.iin);
        if (first != second)
            cq_named_add(out, first ? x.iin : y.iin);
        if (first)
            in_x = cq_named_next(&x);
        if (second)
            in_y = cq_named_next(&y);
    }
    return out->bytes.failed ? cq_err_set(err, out->bytes.failed, NULL) : CQ_OK;
}

/* Replaces the last two sets of a stack by their difference. */
static enum cq_code join_last(struct cq_named *stack, size_t *depth, struct cq_err *err)
{
    struct cq_named joined = {0};
    enum cq_code code = find_difference(&stack[*depth - 2], &stack[*depth - 1], &joined, err);
    cq_named_fini(&stack[*depth - 1]);
    cq_named_fini(&stack[*depth - 2]);
    stack[*depth - 2] = joined;
    --*depth;
    return code;
}

/* Joins the rows of a query: small ones first, so that the largest set is walked once and not once
 * a row. */
static enum cq_code join_rows(struct cq_db *db, sqlite3_stmt *stmt, struct cq_named *set,
                              struct cq_err *err)
{
    struct cq_named stack[DEPTH] = {{{0}, 0, 0}};
    size_t depth = 0;
    bool row = false;
    enum cq_code code;
    while (!(code = cq_db_step(db, stmt, &row, err)) && row) {
        struct cq_named *top = &stack[depth++];
        cq_str_put(&top->bytes, sqlite3_column_blob(stmt, 0),
                   (size_t)sqlite3_column_bytes(stmt, 0));
        code = top->bytes.failed ? cq_err_set(err, top->bytes.failed, NULL) : CQ_OK;
        while (!code && depth > 1 &&
               (depth == DEPTH || stack[depth - 2].bytes.len <= 2 * stack[depth - 1].bytes.len))
            code = join_last(stack, &depth, err);
        if (code)
            break;
    }
    while (!code && depth > 1)
        code = join_last(stack, &depth, err);
    if (!code && depth > 0) {
        *set = stack[0];
        stack[0] = (struct cq_named){0};
    }
    for (size_t i = 0; i < depth; i++)
        cq_named_fini(&stack[i]);
    return code;
}

enum cq_code cq_named_read(struct cq_db *db, int64_t run, int agency, struct cq_named *set,
                           struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    *set = (struct cq_named){0};
    enum cq_code code = cq_db_prepare(db, &stmt,
                                      "SELECT iins FROM run_agency WHERE agency = ?1 AND whole = 1 "
                                      "AND run <= ?2 ORDER BY run DESC",
                                      err);
    if (code)
        return code;
    sqlite3_bind_int(stmt, 1, agency);
    sqlite3_bind_int64(stmt, 2, run);
    code = join_rows(db, stmt, set, err);
    sqlite3_finalize(stmt);
    return code;
}

/* How many people the last whole list of an agency names; 0 where there is none. */
static enum cq_code count_last(struct cq_db *db, int agency, int64_t *people, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    *people = 0;
    enum cq_code code =
        cq_db_prepare(db, &stmt,
                      "SELECT people FROM run_agency WHERE agency = ?1 AND whole = 1"
                      " ORDER BY run DESC LIMIT 1",
                      err);
    if (code)
        return code;
    sqlite3_bind_int(stmt, 1, agency);
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row)
        *people = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code insert_row(struct cq_db *db, int64_t run, int agency, bool whole,
                               const struct cq_agency_counts *counts, int64_t people,
                               const struct cq_named *kept, struct cq_err *err)
{
    static const char sql[] = "INSERT INTO run_agency (run, agency, read, rejected, warnings,"
                              " people, whole, iins) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int(stmt, 2, agency);
    sqlite3_bind_int64(stmt, 3, counts->read);
    sqlite3_bind_int64(stmt, 4, counts->rejected);
    sqlite3_bind_int64(stmt, 5, counts->warnings);
    sqlite3_bind_int64(stmt, 6, people);
    sqlite3_bind_int(stmt, 7, whole);
    sqlite3_bind_blob64(stmt, 8, kept->bytes.ptr ? kept->bytes.ptr : "", kept->bytes.len,
                        SQLITE_STATIC);
    code = cq_db_run(db, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_named_write(struct cq_db *db, int64_t run, int agency, bool full,
                            const struct cq_agency_counts *counts, const struct cq_named *set,
                            struct cq_err *err)
{
    struct cq_named before = {0}, difference = {0};
    int64_t last = 0;
    enum cq_code code = set->bytes.failed ? cq_err_set(err, set->bytes.failed, NULL)
                                          : count_last(db, agency, &last, err);
    if (code)
        return code;
    bool whole = full || (set->count + counts->rejected) * 2 >= last;
    if (whole)
        code = cq_named_read(db, run, agency, &before, err);
    if (!code && whole)
        code = find_difference(&before, set, &difference, err);
    if (!code)
        code =
            insert_row(db, run, agency, whole, counts, set->count, whole ? &difference : set, err);
    cq_named_fini(&before);
    cq_named_fini(&difference);
    return code;
}
