/* Writing the index. A run appends what it brought as a segment, some blocks; where the segment before
 * it is not much larger, both become one, so that there are few of them. */
#include "store/name_index.h"

#include <stdlib.h>

#include "cq/date.h"
#include "cq/registry.h"
#include "store/name_blocks.h"
#include "store/name_keys.h"

enum { SEGMENT = 1 << 20 }; /* postings of one that is written before the end of a run */

struct cq_name_writer {
    struct cq_db *db;
    int64_t run, segment; /* of the next one */
    struct cq_name_keys keys;
    struct cq_postings postings;
    bool written; /* a segment of this run */
};

uint32_t cq_name_index_birth(int32_t day)
{
    return (uint32_t)1 << 30 | ((uint32_t)day & ((1u << 30) - 1));
}

int32_t cq_name_index_digits(int32_t day)
{
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    return (year % 100 * 100 + month) * 100 + mday;
}

/* Writes the postings as a segment. */
static enum cq_code write_segment(struct cq_name_writer *w, struct cq_err *err)
{
    enum cq_code code = cq_postings_sort(&w->postings);
    if (code)
        return cq_err_set(err, code, NULL);
    code = cq_name_blocks_write(w->db, w->run, w->segment++, &w->postings, err);
    w->postings.count = 0;
    w->written = true;
    return code;
}

static enum cq_code add(struct cq_name_writer *w, uint32_t key, int64_t iin, struct cq_err *err)
{
    enum cq_code code = cq_postings_add(&w->postings, key, iin);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

static enum cq_code add_name(struct cq_name_writer *w, struct cq_text name, int64_t iin,
                             struct cq_err *err)
{
    if (!name.ptr || name.len == 0)
        return CQ_OK;
    const struct cq_name_known *known = cq_name_keys_find(&w->keys, name);
    enum cq_code code = known ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int i = 0; !code && i < CQ_NAME_KEYS && known->keys[i] != 0; i++)
        code = add(w, known->keys[i], iin, err);
    return code;
}

/* Adds the postings of a version, without writing. */
static enum cq_code add_version(struct cq_name_writer *w, const struct cq_names *n,
                                struct cq_err *err)
{
    enum cq_code code = add_name(w, n->last, n->iin, err);
    if (!code)
        code = add_name(w, n->first, n->iin, err);
    if (!code)
        code = add_name(w, n->middle, n->iin, err);
    if (!code && cq_name_index_digits(n->birth) != n->iin / 1000000)
        code = add(w, cq_name_index_birth(n->birth), n->iin, err);
    return code;
}

enum cq_code cq_name_writer_add(struct cq_name_writer *w, const struct cq_names *n,
                                struct cq_err *err)
{
    enum cq_code code = add_version(w, n, err);
    return !code && w->postings.count >= SEGMENT ? write_segment(w, err) : code;
}

#define COLUMNS "SELECT id, birth_date, last_name, first_name, middle_name FROM person"

static struct cq_text text_of(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return (struct cq_text){text, (size_t)sqlite3_column_bytes(stmt, column)};
}

/* The next version of a query; *row becomes whether there is one. */
static enum cq_code next_names(struct cq_name_writer *w, sqlite3_stmt *stmt, struct cq_names *names,
                               bool *row, struct cq_err *err)
{
    enum cq_code code = cq_db_step(w->db, stmt, row, err);
    if (code || !*row)
        return code;
    *names = (struct cq_names){.iin = sqlite3_column_int64(stmt, 0) >> CQ_GROUP_SHIFT,
                               .birth = sqlite3_column_int(stmt, 1),
                               .last = text_of(stmt, 2),
                               .first = text_of(stmt, 3),
                               .middle = text_of(stmt, 4)};
    return CQ_OK;
}

static enum cq_code build(struct cq_name_writer *w, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    struct cq_names names;
    bool row = true;
    enum cq_code code = cq_db_prepare(w->db, &stmt, COLUMNS " ORDER BY id", err);
    while (!code && !(code = next_names(w, stmt, &names, &row, err)) && row)
        code = cq_name_writer_add(w, &names, err);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_name_writer_open(struct cq_name_writer **result, struct cq_db *db, int64_t run,
                                 struct cq_err *err)
{
    struct cq_name_writer *w = calloc(1, sizeof *w);
    *result = NULL;
    if (!w)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    w->db = db;
    w->run = run;
    enum cq_code code = cq_name_blocks_last(db, &w->segment, err);
    if (!code && w->segment++ == 0)
        code = build(w, err);
    if (code)
        cq_name_writer_close(w);
    else
        *result = w;
    return code;
}

/* Takes back the segments of before that are not twice as large as what is to be written. */
static enum cq_code join_segments(struct cq_name_writer *w, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    while (!code && w->segment > 1) {
        size_t count = w->postings.count;
        int64_t bytes = 0;
        code = cq_name_blocks_size(w->db, w->segment - 1, &bytes, err);
        if (code || (size_t)bytes > 2 * count * CQ_POSTING_BYTES)
            break;
        code = cq_name_blocks_take(w->db, w->segment - 1, &w->postings, err);
        if (!code)
            code = cq_name_blocks_delete(w->db, --w->segment, err);
    }
    return code;
}

enum cq_code cq_name_writer_finish(struct cq_name_writer *w, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (w->postings.count == 0)
        return CQ_OK;
    if (!w->written)
        code = join_segments(w, err);
    return code ? code : write_segment(w, err);
}

void cq_name_writer_close(struct cq_name_writer *w)
{
    if (!w)
        return;
    cq_name_keys_fini(&w->keys);
    cq_postings_fini(&w->postings);
    free(w);
}

/* How many people have a posting among the first that is not among the second. Both are sorted. */
static enum cq_code count_missing(const struct cq_postings *wanted, const struct cq_postings *held,
                                  int64_t *count)
{
    struct cq_postings missing = {0};
    enum cq_code code = CQ_OK;
    size_t k = 0;
    for (size_t i = 0; i < wanted->count && !code; i++) {
        while (k < held->count && cq_posting_compare(&held->list[k], &wanted->list[i]) < 0)
            k++;
        if (k == held->count || cq_posting_compare(&held->list[k], &wanted->list[i]) != 0)
            code = cq_postings_add(&missing, 0, wanted->list[i].iin);
    }
    if (!code)
        code = cq_postings_sort(&missing);
    *count = (int64_t)missing.count;
    cq_postings_fini(&missing);
    return code;
}

/* Reads the postings that people known at a run and in force on a day should have. */
static enum cq_code read_wanted(struct cq_name_writer *w, int64_t run, int32_t day,
                                struct cq_err *err)
{
    static const char sql[] = COLUMNS " WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
                                      " AND (valid_from IS NULL OR valid_from <= ?2)"
                                      " AND (valid_to IS NULL OR valid_to > ?2) ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    struct cq_names names;
    bool row = true;
    enum cq_code code = cq_db_prepare(w->db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int64(stmt, 2, day);
    while (!code && !(code = next_names(w, stmt, &names, &row, err)) && row)
        code = add_version(w, &names, err);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_name_index_missing(struct cq_db *db, int64_t run, int32_t day, int64_t *count,
                                   struct cq_err *err)
{
    struct cq_name_writer w = {.db = db};
    struct cq_postings held = {0};
    int64_t last;
    *count = 0;
    enum cq_code code = cq_name_blocks_last(db, &last, err);
    if (!code && last > 0)
        code = read_wanted(&w, run, day, err);
    for (int64_t segment = 1; segment <= last && !code; segment++)
        code = cq_name_blocks_take(db, segment, &held, err);
    if (!code && last > 0 &&
        (cq_postings_sort(&w.postings) || cq_postings_sort(&held) ||
         count_missing(&w.postings, &held, count)))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_name_keys_fini(&w.keys);
    cq_postings_fini(&w.postings);
    cq_postings_fini(&held);
    return code;
}
