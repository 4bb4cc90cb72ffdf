/* The lists of an agency: the last one in force and the last whole one, what was rejected since, and
 * whom they name. */
#include "reports/reconcile_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "result/result_private.h"
#include "store/named.h"

/* The lists of agency ?1 in force at run ?2. */
#define LISTS                                                                                      \
    " FROM run_agency AS a JOIN run ON run.id = a.run WHERE a.agency = ?1 AND a.run <= ?2"         \
    " AND " CQ_SQL_IN_FORCE("?2")

/* The rejected rows of these lists, from the whole one on. */
#define LISTS_OF_REJECTED                                                                          \
    " FROM rejected AS j JOIN run_agency AS a ON a.run = j.run AND a.agency = ?1 JOIN run ON"      \
    " run.id = j.run WHERE j.run >= ?3 AND j.run <= ?2 AND (j.agency = ?1 OR j.agency IS NULL)"    \
    " AND " CQ_SQL_IN_FORCE("?2")

static enum cq_code prepare(struct cq_reconcile *r, sqlite3_stmt **stmt, const char *sql,
                            struct cq_err *err)
{
    enum cq_code code = cq_db_prepare(r->request->db, stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int(*stmt, 1, r->agency);
    sqlite3_bind_int64(*stmt, 2, r->result->run);
    if (sqlite3_bind_parameter_count(*stmt) > 2)
        sqlite3_bind_int64(*stmt, 3, r->whole);
    return CQ_OK;
}

static enum cq_code find_run(struct cq_reconcile *r, const char *sql, int64_t *run,
                             struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = prepare(r, &stmt, sql, err);
    if (!code)
        code = cq_db_step(r->request->db, stmt, &row, err);
    *run = !code && row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code add_named(struct cq_reconcile *r, int64_t iin, struct cq_err *err)
{
    int64_t *list = cq_grow(r->named, r->named_count + 1, &r->named_room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    r->named = list;
    list[r->named_count++] = iin;
    return CQ_OK;
}

static enum cq_code add_packed(struct cq_reconcile *r, const void *bytes, size_t size,
                               struct cq_err *err)
{
    struct cq_named_reader reader = {.bytes = bytes, .size = size};
    enum cq_code code = CQ_OK;
    while (!code && cq_named_next(&reader))
        code = add_named(r, reader.iin, err);
    return code;
}

/* Adds whom the whole list names, then whom shorter lists after it do. */
static enum cq_code read_named(struct cq_reconcile *r, struct cq_err *err)
{
    struct cq_named set = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_named_read(r->request->db, r->whole, r->agency, &set, err);
    if (!code)
        code = add_packed(r, set.bytes.ptr, set.bytes.len, err);
    cq_named_fini(&set);
    if (!code)
        code = prepare(r, &stmt, "SELECT a.iins" LISTS " AND a.run > ?3", err);
    while (!code && !(code = cq_db_step(r->request->db, stmt, &row, err)) && row)
        code =
            add_packed(r, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), err);
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code code_of(const char *id)
{
    int code = CQ_OK;
    while (code < CQ_CODE_COUNT && strcmp(cq_code_id((enum cq_code)code), id) != 0)
        code++;
    return code < CQ_CODE_COUNT ? (enum cq_code)code : CQ_OK;
}

/* The agency whose list holds an IIN with other words: another one, the latest first. Its words are
 * not shown: the IIN may be mistyped, and they would be those of a stranger. */
static enum cq_code find_holder(struct cq_reconcile *r, int64_t iin, int *agency,
                                struct cq_err *err)
{
    static const char sql[] = "SELECT agency FROM person WHERE id >= ?3 AND id < ?4 AND" CQ_SQL_NOW
                              " ORDER BY agency = ?5, run_from DESC, id LIMIT 1";
    const int64_t params[] = {r->result->run, r->request->day, iin << CQ_GROUP_SHIFT,
                              (iin + 1) << CQ_GROUP_SHIFT, r->agency};
    int64_t number = 0;
    enum cq_code code = cq_reconcile_ask_number(r, CQ_ASK_HOLDER, sql, params, 5, &number, err);
    *agency = code ? 0 : (int)number;
    return code;
}

/* A rejected row that no later list names or rejects: its columns are run, line, iin, field, code. */
static enum cq_code add_rejected(struct cq_reconcile *r, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct cq_reconcile_finding *f = cq_reconcile_add(r, CQ_REJECTED, CQ_STEP_MEND);
    if (!f)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->run = sqlite3_column_int64(stmt, 0);
    f->line = sqlite3_column_int64(stmt, 1);
    f->iin = sqlite3_column_int64(stmt, 2);
    if (sqlite3_column_type(stmt, 3) != SQLITE_NULL)
        f->field = cq_result_column(r->result, stmt, 3);
    f->code = cq_result_column(r->result, stmt, 4);
    f->text = cq_code_text(code_of(f->code));
    return code_of(f->code) == CQ_R_CONFLICT ? find_holder(r, f->iin, &f->agency, err) : CQ_OK;
}

/* Whether a list after a run names an IIN. Only short lists come after the whole one. */
static enum cq_code find_later(struct cq_reconcile *r, sqlite3_stmt *lists, int64_t run,
                               int64_t iin, bool *later, struct cq_err *err)
{
    bool row = false;
    enum cq_code code = CQ_OK;
    *later = false;
    sqlite3_reset(lists);
    while (!code && !*later && !(code = cq_db_step(r->request->db, lists, &row, err)) && row) {
        struct cq_named_reader reader = {.bytes = sqlite3_column_blob(lists, 0),
                                         .size = (size_t)sqlite3_column_bytes(lists, 0)};
        while (sqlite3_column_int64(lists, 1) > run && !*later && cq_named_next(&reader))
            *later = reader.iin == iin;
    }
    return code;
}

static enum cq_code read_rejected(struct cq_reconcile *r, struct cq_err *err)
{
    /* A list of several agencies has rows that do not tell whose they are: each is told of them. */
    static const char sql[] =
        "SELECT j.run, j.line, j.iin, j.field, j.code" LISTS_OF_REJECTED
        " AND NOT EXISTS (SELECT 1 FROM rejected AS k JOIN run ON run.id = k.run"
        " WHERE k.run > j.run AND k.run <= ?2 AND k.iin = j.iin AND k.agency = ?1"
        " AND " CQ_SQL_IN_FORCE("?2") ") ORDER BY j.run, j.line";
    sqlite3_stmt *stmt = NULL, *lists = NULL;
    bool row = true;
    enum cq_code code = prepare(r, &stmt, sql, err);
    if (!code)
        code = prepare(r, &lists, "SELECT a.iins, a.run" LISTS " AND a.run > ?3", err);
    while (!code && row) {
        bool later = false;
        code = cq_db_step(r->request->db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t iin = sqlite3_column_int64(stmt, 2);
        if (iin)
            code = find_later(r, lists, sqlite3_column_int64(stmt, 0), iin, &later, err);
        if (!code && !later)
            code = add_rejected(r, stmt, err);
        if (!code && iin)
            code = add_named(r, iin, err);
    }
    sqlite3_finalize(stmt);
    sqlite3_finalize(lists);
    return code;
}

enum cq_code cq_reconcile_lists(struct cq_reconcile *r, struct cq_err *err)
{
    /* Lists of before whom they name was kept are known by their run alone. */
    static const char before[] =
        "SELECT id FROM run WHERE kind = 'contingent' AND mode <> 'undo' AND agency = ?1"
        " AND id <= ?2 AND " CQ_SQL_IN_FORCE("?2") " ORDER BY id DESC LIMIT 1";
    enum cq_code code =
        find_run(r, "SELECT a.run" LISTS " ORDER BY a.run DESC LIMIT 1", &r->last, err);
    if (!code && r->last == 0)
        return find_run(r, before, &r->last, err);
    if (!code)
        code = find_run(r, "SELECT a.run" LISTS " AND a.whole = 1 ORDER BY a.run DESC LIMIT 1",
                        &r->whole, err);
    if (!code)
        code = read_named(r, err);
    if (!code)
        code = read_rejected(r, err);
    if (!code && r->named_count > 1)
        qsort(r->named, r->named_count, sizeof *r->named, cq_compare_numbers);
    return code;
}

bool cq_reconcile_is_named(const struct cq_reconcile *r, int64_t iin)
{
    return r->named_count > 0 &&
           bsearch(&iin, r->named, r->named_count, sizeof iin, cq_compare_numbers) != NULL;
}

/* A person who is not named, while the lists are gone through in their order. */
struct absent {
    int64_t iin;
    size_t finding;
    bool in; /* the whole list before names the person */
};

static int by_iin(const void *a, const void *b)
{
    const struct absent *x = a, *y = b;
    return x->iin < y->iin ? -1 : x->iin > y->iin;
}

/* One list: its columns are run, whole, iins, list_date, and whether it is in force. */
static void pass_list(struct cq_reconcile *r, struct absent *absent, size_t count,
                      sqlite3_stmt *stmt)
{
    bool whole = sqlite3_column_int(stmt, 1), in_force = sqlite3_column_int(stmt, 4);
    struct cq_named_reader reader = {.bytes = sqlite3_column_blob(stmt, 2),
                                     .size = (size_t)sqlite3_column_bytes(stmt, 2)};
    bool more = cq_named_next(&reader);
    for (size_t i = 0; i < count; i++) {
        while (more && reader.iin < absent[i].iin)
            more = cq_named_next(&reader);
        bool here = more && reader.iin == absent[i].iin;
        if (whole)
            absent[i].in = absent[i].in != here;
        if (!in_force || !(whole ? absent[i].in : here))
            continue;
        struct cq_reconcile_finding *f = &r->findings[absent[i].finding];
        f->run = sqlite3_column_int64(stmt, 0);
        f->days = r->request->day - cq_db_column_int(stmt, 3, r->request->day);
    }
}

enum cq_code cq_reconcile_last_named(struct cq_reconcile *r, struct cq_err *err)
{
    static const char sql[] = "SELECT a.run, a.whole, a.iins, run.list_date, " CQ_SQL_IN_FORCE(
        "?2") " FROM run_agency AS a JOIN run ON run.id = a.run WHERE a.agency = ?1 AND a.run <= ?2"
              " ORDER BY a.run";
    struct absent *absent = calloc(r->count + 1, sizeof *absent);
    sqlite3_stmt *stmt = NULL;
    size_t count = 0;
    bool row = false;
    if (!absent)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < r->count; i++)
        if (r->findings[i].kind == CQ_NOT_NAMED)
            absent[count++] = (struct absent){r->findings[i].iin, i, false};
    qsort(absent, count, sizeof *absent, by_iin);
    enum cq_code code = count > 0 ? prepare(r, &stmt, sql, err) : CQ_OK;
    while (!code && count > 0 && !(code = cq_db_step(r->request->db, stmt, &row, err)) && row)
        pass_list(r, absent, count, stmt);
    sqlite3_finalize(stmt);
    free(absent);
    return code;
}
