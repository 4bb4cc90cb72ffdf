/* Undoing a run, key by key. A key is restored as it was before the run, if no list after it that is
 * in force touched the key, and it is as the run left it. */
#include "import/undo_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "import/effects.h"

static bool visible(const struct cq_version *version, int64_t run)
{
    return version->run_from <= run && (version->run_to == 0 || version->run_to > run);
}

/* The values of a version in packed form. */
static enum cq_code pack_version(struct cq_import_job *job, const struct cq_version *version,
                                 struct cq_str *out, struct cq_err *err)
{
    struct cq_value stored[CQ_LIST_COLUMNS], values[CQ_LIST_COLUMNS];
    enum cq_code code = cq_import_read_version(job, version, stored, values, err);
    if (code)
        return code;
    cq_str_clear(out);
    code = cq_list_pack(&job->list, values, out);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

/* Whether two versions state the same for the same days. Their hashes do not show it: they are of
 * the row of a list, and a list that lacks columns states less than a version holds. */
static enum cq_code same_version(struct cq_undo *u, const struct cq_version *x,
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
static enum cq_code match_versions(struct cq_undo *u, const struct cq_version *v, size_t count,
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
static enum cq_code restore_key(struct cq_undo *u, const struct cq_version *v, size_t count,
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

static struct cq_value end_of(const struct cq_version *version)
{
    return (struct cq_value){.present = version->valid_to != CQ_DAY_MAX,
                             .number = version->valid_to};
}

/* The columns in which a key was otherwise before the run. */
static enum cq_code find_columns(struct cq_undo *u, const struct cq_version *v, size_t count,
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
    if (list->end >= 0) {
        was[list->end] = end_of(now);
        is[list->end] = end_of(before);
    }
    *columns |= cq_import_soon(u->job, *columns, was, is);
    return CQ_OK;
}

static bool is_later_list(const struct cq_undo *u, int64_t run)
{
    return run > u->run && u->list_count > 0 &&
           bsearch(&run, u->lists, u->list_count, sizeof run, cq_compare_numbers);
}

/* What became of a key since the run. */
struct history {
    bool touched;         /* by the run itself */
    int64_t later, lists; /* the last run that touched it; the last that is a list in force */
};

static void add_run(const struct cq_undo *u, int64_t run, struct history *h)
{
    h->touched = h->touched || run == u->run;
    if (run > h->later)
        h->later = run;
    if (run > h->lists && is_later_list(u, run))
        h->lists = run;
}

enum cq_code cq_undo_key(struct cq_undo *u, const struct cq_version *v, size_t count,
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
        code = cq_import_touch(u->job, key_of(v[0].id), columns, err);
    u->job->named++;
    return code ? code : restore_key(u, v, count, err);
}

void cq_undo_fini(struct cq_undo *u)
{
    cq_str_free(&u->a);
    cq_str_free(&u->b);
    free(u->matched);
    free(u->lists);
}
