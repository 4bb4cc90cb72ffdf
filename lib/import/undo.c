/* Undoing a run. Its effect is what it wrote (run_from) and what it ended (run_to); both stay in the
 * registry. A key is restored as it was before the run, if no list after it that is in force touched
 * the key, and it is as the run left it. */
#include "import/effects.h"
#include "import/guard.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/audit.h"

struct undo {
    struct cq_import_job *job;
    int64_t run;       /* to be undone */
    int64_t touched;   /* keys */
    int64_t conflicts; /* keys that later runs changed */
    int64_t later;     /* the last run that did so */
    int64_t *lists;    /* runs after this one that are lists in force, ascending */
    size_t list_count, list_room;
    struct cq_str a, b; /* packed versions, for comparing */
    bool *matched;      /* by version of the key */
    size_t matched_room;
};

static bool visible(const struct cq_version *version, int64_t run)
{
    return version->run_from <= run && (version->run_to == 0 || version->run_to > run);
}

/* The values of a version in packed form. */
static enum cq_code pack_version(struct cq_import_job *job, const struct cq_version *version,
                                 struct cq_str *out, struct cq_err *err)
{
    struct cq_value stored[CQ_LIST_COLUMNS], values[CQ_LIST_COLUMNS] = {{0}};
    enum cq_code code = cq_versions_read(job->versions, version->id, stored, err);
    if (code)
        return code;
    for (size_t i = 0; i < job->list.table.count; i++)
        values[job->list.stored[i]] = stored[i];
    cq_str_clear(out);
    code = cq_list_pack(&job->list, values, out);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

/* Whether two versions state the same for the same days. Their hashes do not show it: they are of
 * the row of a list, and a list that lacks columns states less than a version holds. */
static enum cq_code same_version(struct undo *u, const struct cq_version *x,
                                 const struct cq_version *y, bool *same, struct cq_err *err)
{
    *same = x->id == y->id || ((x->hash == 0) == (y->hash == 0) && x->valid_from == y->valid_from &&
                               x->valid_to == y->valid_to);
    if (!*same || x->id == y->id)
        return CQ_OK;
    enum cq_code code = pack_version(u->job, x, &u->a, err);
    if (!code)
        code = pack_version(u->job, y, &u->b, err);
    *same = !code && u->a.len == u->b.len && memcmp(u->a.ptr, u->b.ptr, u->a.len) == 0;
    return code;
}

/* Matches the versions seen at one run with those seen at another (INT64_MAX for now), marking the
 * matched ones of the second. *all is set where both hold the same. */
static enum cq_code match_versions(struct undo *u, const struct cq_version *v, size_t count,
                                   int64_t first, int64_t second, bool *all, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    size_t seen = 0, equal = 0, other = 0;
    memset(u->matched, 0, count);
    for (size_t i = 0; i < count; i++)
        other += visible(&v[i], second);
    for (size_t i = 0; i < count && !code; i++) {
        bool same = false;
        if (!visible(&v[i], first))
            continue;
        seen++;
        for (size_t k = 0; k < count && !code && !same; k++) {
            if (u->matched[k] || !visible(&v[k], second))
                continue;
            code = same_version(u, &v[i], &v[k], &same, err);
            if (!code && same)
                u->matched[k] = true;
        }
        equal += same;
    }
    *all = seen == equal && equal == other;
    return code;
}

/* Restores a key as it was before the run: ends the current versions and writes the former ones
 * again. Versions that are equal in both stay. */
static enum cq_code restore_key(struct undo *u, const struct cq_version *v, size_t count,
                                struct cq_err *err)
{
    struct cq_import_job *job = u->job;
    int64_t next = v[count - 1].id + 1;
    bool all;
    enum cq_code code = match_versions(u, v, count, u->run - 1, INT64_MAX, &all, err);
    for (size_t i = 0; i < count && !code; i++)
        if (visible(&v[i], INT64_MAX) && !u->matched[i])
            code = cq_versions_end(job->versions, v[i].id, job->run.id, err);
    if (!code)
        code = match_versions(u, v, count, INT64_MAX, u->run - 1, &all, err);
    for (size_t i = 0; i < count && !code; i++) {
        struct cq_value stored[CQ_LIST_COLUMNS];
        if (!visible(&v[i], u->run - 1) || u->matched[i])
            continue;
        code = cq_versions_read(job->versions, v[i].id, stored, err);
        if (code)
            break;
        struct cq_version copy = v[i];
        copy.id = next++;
        copy.run_from = job->run.id;
        copy.run_to = 0;
        copy.list_line = 0;
        code = cq_versions_insert(job->versions, &copy, stored, err);
    }
    return code;
}

/* The last version seen at a run; NULL for none. */
static const struct cq_version *last_visible(const struct cq_version *v, size_t count, int64_t run)
{
    const struct cq_version *last = NULL;
    for (size_t i = 0; i < count; i++)
        if (visible(&v[i], run) && (!last || v[i].valid_to > last->valid_to))
            last = &v[i];
    return last;
}

/* The columns in which a key was otherwise before the run. */
static enum cq_code find_columns(struct undo *u, const struct cq_version *v, size_t count,
                                 uint64_t *columns, struct cq_err *err)
{
    struct cq_value was[CQ_LIST_COLUMNS] = {{0}}, is[CQ_LIST_COLUMNS] = {{0}};
    const struct cq_list *list = &u->job->list;
    const struct cq_version *now = last_visible(v, count, INT64_MAX),
                            *before = last_visible(v, count, u->run - 1);
    *columns = CQ_EFFECT_ABSENT;
    if (!now || !before)
        return CQ_OK;
    enum cq_code code = pack_version(u->job, now, &u->a, err);
    if (!code)
        code = pack_version(u->job, before, &u->b, err);
    if (code)
        return code;
    cq_list_unpack(list, (const unsigned char *)u->a.ptr, was);
    cq_list_unpack(list, (const unsigned char *)u->b.ptr, is);
    *columns = 0;
    for (int i = 0; i < (int)list->count; i++)
        if (!cq_value_same(&was[i], &is[i]))
            *columns |= (uint64_t)1 << i;
    if (now->valid_from != before->valid_from)
        *columns |= (uint64_t)1 << list->start;
    if (now->valid_to != before->valid_to)
        *columns |= list->end < 0 ? CQ_EFFECT_ABSENT : (uint64_t)1 << list->end;
    return CQ_OK;
}

static enum cq_code read_later_lists(struct undo *u, struct cq_err *err)
{
    static const char sql[] = "SELECT id FROM run WHERE id > ?1 AND mode <> 'undo'"
                              " AND " CQ_SQL_IN_FORCE("9e18") " ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(u->job->db, &stmt, sql, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, u->run);
    while (!code && !(code = cq_db_step(u->job->db, stmt, &row, err)) && row) {
        int64_t *lists = cq_grow(u->lists, u->list_count + 1, &u->list_room, sizeof *lists);
        if (!lists) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        u->lists = lists;
        lists[u->list_count++] = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return code;
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static bool is_later_list(const struct undo *u, int64_t run)
{
    return run > u->run && u->list_count > 0 &&
           bsearch(&run, u->lists, u->list_count, sizeof run, by_number);
}

/* What became of a key since the run. */
struct history {
    bool touched;         /* by the run itself */
    int64_t later, lists; /* the last run that touched it; the last that is a list in force */
};

static void add_run(const struct undo *u, int64_t run, struct history *h)
{
    h->touched = h->touched || run == u->run;
    if (run > h->later)
        h->later = run;
    if (run > h->lists && is_later_list(u, run))
        h->lists = run;
}

static enum cq_code undo_key(struct undo *u, const struct cq_version *v, size_t count,
                             struct cq_err *err)
{
    struct history h = {0};
    bool unchanged;
    for (size_t i = 0; i < count; i++) {
        add_run(u, v[i].run_from, &h);
        add_run(u, v[i].run_to, &h);
    }
    if (!h.touched)
        return CQ_OK;
    bool *matched = cq_grow(u->matched, count, &u->matched_room, sizeof *matched);
    if (!matched)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    u->matched = matched;
    u->touched++;
    enum cq_code code = match_versions(u, v, count, u->run, INT64_MAX, &unchanged, err);
    if (code)
        return code;
    if (!unchanged || h.lists != 0) {
        int64_t later = h.lists != 0 ? h.lists : h.later;
        u->conflicts++;
        u->later = later > u->later ? later : u->later;
        return CQ_OK;
    }
    if (u->conflicts)
        return CQ_OK;
    uint64_t columns;
    code = find_columns(u, v, count, &columns, err);
    if (!code)
        code = cq_import_touch(u->job, v[0].id >> CQ_VERSION_BITS, columns, err);
    u->job->named++;
    return code ? code : restore_key(u, v, count, err);
}

static enum cq_code undo_table(struct undo *u, struct cq_err *err)
{
    struct cq_import_job *job = u->job;
    enum cq_code code = cq_versions_open(&job->versions, job->db, &job->list.table, true, err);
    while (!code) {
        const struct cq_version *v;
        size_t count;
        int64_t group = cq_versions_next_group(job->versions);
        if (group == INT64_MAX)
            break;
        code = cq_versions_read_group(job->versions, group, &v, &count, err);
        for (size_t i = 0, last; i < count && !code; i = last) {
            for (last = i;
                 last < count && v[last].id >> CQ_VERSION_BITS == v[i].id >> CQ_VERSION_BITS;)
                last++;
            code = undo_key(u, v + i, last - i, err);
        }
    }
    cq_versions_close(job->versions);
    job->versions = NULL;
    if (!code && u->conflicts)
        code = cq_err_set(err, CQ_F_UNDO, "%" PRId64 " / %" PRId64 " (--undo=%" PRId64 ")",
                          u->conflicts, u->touched, u->later);
    return code;
}

/* The kind and agency of the run to be undone. */
static enum cq_code find_run(struct cq_db *db, int64_t run, enum cq_kind *kind, int *agency,
                             struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    int which = -1;
    enum cq_code code = cq_db_prepare(db, &stmt, "SELECT kind, agency FROM run WHERE id = ?1", err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        which = cq_choice_find(cq_kind_names, name, strlen(name));
        *agency = sqlite3_column_int(stmt, 1);
    }
    sqlite3_finalize(stmt);
    if (!code && which < 0)
        code = cq_err_set(err, CQ_D_NO_RUN, "%" PRId64, run);
    *kind = (enum cq_kind)which;
    return code;
}

/* Refuses a run that has been taken back already: its rows may have come again with another list. */
static enum cq_code check_in_force(struct cq_db *db, int64_t run, struct cq_err *err)
{
    static const char sql[] =
        "SELECT max(id) FROM run AS undo WHERE undoes = ?1"
        " AND (SELECT NOT " CQ_SQL_IN_FORCE("9e18") " FROM run WHERE id = ?1)";
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        code = cq_err_set(err, CQ_F_UNDONE, "%" PRId64, (int64_t)sqlite3_column_int64(stmt, 0));
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_import_undo(struct cq_db *db, const struct cq_import *import, int64_t run,
                            struct cq_import_result *result, struct cq_err *err)
{
    struct cq_import_job job = {
        .import = import, .result = result, .db = db, .name = "", .scan = true};
    struct undo u = {.job = &job, .run = run};
    enum cq_kind kind = CQ_KIND_CONTINGENT;
    int agency = 0;
    char undone[24] = "";
    *result = (struct cq_import_result){.encoding = ""};
    enum cq_code code = cq_db_begin(db, err);
    if (!code)
        code = find_run(db, run, &kind, &agency, err);
    if (!code)
        code = check_in_force(db, run, err);
    if (!code) {
        cq_list_init(&job.list, kind, import->law);
        snprintf(undone, sizeof undone, "%" PRId64, run);
        code = cq_import_token(&job, undone, err);
    }
    if (!code) {
        job.run = (struct cq_run){.at = cq_import_moment(import),
                                  .kind = cq_kind_names[kind],
                                  .mode = "undo",
                                  .agency = agency,
                                  .list_date = CQ_DAY_MIN,
                                  .file_hash = "",
                                  .encoding = "",
                                  .undoes = run,
                                  .law = import->law->fingerprint};
        code = cq_run_start(db, &job.run, err);
    }
    if (!code)
        code = read_later_lists(&u, err);
    if (!code)
        code = undo_table(&u, err);
    if (!code)
        code = cq_import_guard(&job, err);
    result->kind = kind;
    result->read = result->accepted = result->changed = u.touched;
    job.run.read = job.run.changed = u.touched;
    if (!code)
        code = cq_run_finish(db, &job.run, err);
    const struct cq_audit line = {job.run.at, import->actor, "undo", job.run.id, undone};
    if (!code)
        code = cq_audit_add(db, &line, err);
    if (!code && !import->dry_run) {
        code = cq_db_commit(db, err);
        result->run = code ? 0 : job.run.id;
    }
    cq_db_rollback(db);
    cq_str_free(&u.a);
    cq_str_free(&u.b);
    free(u.matched);
    free(u.lists);
    free(job.touched.list);
    return code;
}
