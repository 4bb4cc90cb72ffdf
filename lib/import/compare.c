/* Compares the sorted list with the registry, group by group (a group is a person), and finds
 * new, changed and absent rows. Versions are written in the order of their keys; apply.c writes
 * one row. */
#include "import/apply.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/hash.h"
#include "import/rule_of_time.h"
#include "import/verdicts.h"

/* Reads the records of a group. */
static enum cq_code read_group(struct cq_merge *m, int64_t group, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    m->count = 0;
    m->mentioned = false;
    cq_str_clear(&m->bytes);
    while (!code && m->lookahead && group_of(m->lookahead->key) == group) {
        if (m->lookahead->size == 0 && m->lookahead->line_hash == 0) {
            m->mentioned = true;
            code = cq_sorter_next(m->job->sorter, &m->lookahead, err);
            continue;
        }
        struct cq_merge_item *items = cq_grow(m->items, m->count + 1, &m->room, sizeof *items);
        if (!items)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        m->items = items;
        items[m->count++] = (struct cq_merge_item){*m->lookahead, m->bytes.len, false};
        cq_str_put(&m->bytes, (const char *)m->lookahead->payload, m->lookahead->size);
        if (m->bytes.failed)
            return cq_err_set(err, m->bytes.failed, NULL);
        code = cq_sorter_next(m->job->sorter, &m->lookahead, err);
    }
    return code;
}

static struct cq_key_versions versions_of_key(const struct cq_version *versions, size_t count,
                                              int64_t key)
{
    struct cq_key_versions s = {versions, count, NULL, false, key << CQ_VERSION_BITS};
    for (size_t i = 0; i < count; i++) {
        s.next_id = versions[i].id + 1;
        if (versions[i].run_to)
            continue;
        s.current = true;
        s.stated = versions[i].hash ? &versions[i] : NULL;
    }
    return s;
}

/* A cached line is the row that the registry holds of it. If that has changed since the list was
 * read, or the line brings somebody back, it is parsed after all. */
static enum cq_code load_cached(struct cq_merge *m, struct cq_merge_item *item,
                                const struct cq_key_versions *s, struct cq_err *err)
{
    const unsigned char *payload;
    struct cq_import_job *job = m->job;
    if (item->record.size > 0)
        return CQ_OK;
    if (s->stated && s->stated->line == item->record.line_hash &&
        !cq_rule_brings_back(job, s->stated)) {
        item->record.hash = s->stated->hash;
        return CQ_OK;
    }
    enum cq_code code = cq_import_reread(job, &item->record, &payload, err);
    if (code)
        return code;
    item->record.hash = cq_hash_row(payload, job->packed.len);
    item->record.size = (uint32_t)job->packed.len;
    item->payload = m->bytes.len;
    cq_str_put(&m->bytes, (const char *)payload, item->record.size);
    return m->bytes.failed ? cq_err_set(err, m->bytes.failed, NULL) : CQ_OK;
}

/* Whether rows of one key are equal; different ones are all rejected. Shape: items first to last
 * (exclusive) have one key. */
static bool are_equal(struct cq_merge *m, size_t first, size_t last, int column)
{
    bool same = true;
    for (size_t i = first + 1; i < last; i++)
        same = same && m->items[i].record.hash == m->items[first].record.hash;
    for (size_t i = first; i < last && !same; i++)
        cq_import_report(m->job, CQ_R_DUPLICATE, m->items[i].record.line, column);
    return same;
}

/* Writes rows of one key: of equal rows the first, and what became of it holds for all. */
static enum cq_code merge_rows(struct cq_merge *m, size_t first, size_t last,
                               const struct cq_key_versions *s, struct cq_err *err)
{
    struct cq_import_job *job = m->job;
    int column = job->list.kind == CQ_KIND_FACILITIES ? CQ_F_FACILITY : CQ_P_IIN;
    job->key = m->items[first].record.key;
    if (m->items[first].rejected || !are_equal(m, first, last, column))
        return CQ_OK;
    enum cq_code code = cq_merge_row(m, &m->items[first], s, err);
    for (size_t i = first + 1; i < last && !code; i++) {
        long line = m->items[i].record.line;
        if (m->items[first].rejected) {
            struct cq_reject reject = job->rejects[job->reject_count - 1];
            cq_import_report(job, (enum cq_code)reject.code, line, reject.column);
        } else {
            cq_import_report(job, CQ_W_DUPLICATE, line, column);
            job->result->unchanged++;
        }
    }
    return code;
}

/* Whether a full list decides about a key: rows of its agency (or of those it names), or all rows of
 * its kind. */
static bool in_scope(const struct cq_import_job *job, int64_t key)
{
    int agency = cq_key_agency(key);
    if (!job->import->full)
        return false;
    if (job->list.kind != CQ_KIND_CONTINGENT)
        return true;
    return job->import->agency ? agency == job->import->agency : job->agencies >> agency & 1;
}

/* Whether a current version is valid after a day. */
static bool is_valid_after(const struct cq_key_versions *s, int32_t day)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->all[i].run_to && s->all[i].valid_to > day)
            return true;
    return false;
}

/* Rejects rows of one IIN in the lists of two agencies that name two people. */
static void reject_two_people(struct cq_merge *m)
{
    struct cq_value first[CQ_LIST_COLUMNS], other[CQ_LIST_COLUMNS];
    const struct cq_list *list = &m->job->list;
    bool two_people = false;
    if (list->kind != CQ_KIND_CONTINGENT || m->count < 2 || m->items[0].record.size == 0)
        return;
    cq_list_unpack(list, (const unsigned char *)m->bytes.ptr + m->items[0].payload, first);
    for (size_t i = 1; i < m->count; i++) {
        if (m->items[i].record.size == 0 || m->items[i].record.key == m->items[0].record.key)
            continue;
        cq_list_unpack(list, (const unsigned char *)m->bytes.ptr + m->items[i].payload, other);
        two_people = two_people || !cq_list_same_person(first, other);
    }
    for (size_t i = 0; i < m->count && two_people; i++) {
        m->items[i].rejected = true;
        m->job->key = m->items[i].record.key;
        cq_import_report(m->job, CQ_R_CONFLICT, m->items[i].record.line, CQ_P_IIN);
    }
}

/* Adds whom the list names of each agency. */
static void add_named(struct cq_merge *m)
{
    struct cq_import_job *job = m->job;
    for (size_t i = 0; i < m->count && job->list.kind == CQ_KIND_CONTINGENT; i++)
        cq_named_add(&job->named_iins[cq_key_agency(m->items[i].record.key)],
                     m->items[i].record.key >> CQ_AGENCY_BITS);
}

/* One group: its records and its versions, both in order of their keys. */
static enum cq_code merge_group(struct cq_merge *m, int64_t group, struct cq_err *err)
{
    size_t i = 0, v = 0;
    enum cq_code code = read_group(m, group, err);
    if (!code)
        code =
            cq_versions_read_group(m->job->versions, group, &m->versions, &m->version_count, err);
    if (!code)
        reject_two_people(m);
    add_named(m);
    m->job->named += m->count > 0;
    const struct cq_version *versions = m->versions;
    size_t version_count = m->version_count;
    while (!code && (i < m->count || v < version_count)) {
        int64_t key = i < m->count ? m->items[i].record.key : INT64_MAX;
        if (v < version_count && key_of(versions[v].id) < key)
            key = key_of(versions[v].id);
        size_t last_item = i, last_version = v;
        while (last_item < m->count && m->items[last_item].record.key == key)
            last_item++;
        while (last_version < version_count && key_of(versions[last_version].id) == key)
            last_version++;
        struct cq_key_versions s = versions_of_key(versions + v, last_version - v, key);
        m->job->in_scope += in_scope(m->job, key) && is_valid_after(&s, m->job->import->list_date);
        if (last_item > i) {
            for (size_t k = i; k < last_item && !code; k++)
                code = load_cached(m, &m->items[k], &s, err);
            if (!code)
                code = merge_rows(m, i, last_item, &s, err);
        } else if (s.current && in_scope(m->job, key) && !m->mentioned) {
            code = cq_merge_absence(m->job, key, &s, err);
        }
        i = last_item;
        v = last_version;
    }
    return code;
}

/* Decides between one scan and a lookup of each group: a scan is faster if the list names much of
 * the registry. */
static enum cq_code should_scan(struct cq_import_job *job, bool *scan, struct cq_err *err)
{
    int64_t last;
    struct cq_str sql = {0};
    *scan = true;
    if (job->import->full || cq_sorter_count(job->sorter) > 100000)
        return CQ_OK;
    /* How many versions a scan would read, up to a limit. */
    cq_str_printf(&sql, "SELECT count(*) FROM (SELECT 1 FROM %s LIMIT 1000000)",
                  job->list.table.name);
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_db_int(job->db, sql.ptr, &last, err);
    cq_str_free(&sql);
    *scan = code || last < cq_sorter_count(job->sorter) * 8;
    return code;
}

enum cq_code cq_import_merge(struct cq_import_job *job, struct cq_err *err)
{
    struct cq_merge m = {.job = job};
    enum cq_code code = should_scan(job, &job->scan, err);
    if (!code)
        code = cq_versions_open(&job->versions, job->db, &job->list.table, job->scan, err);
    if (!code)
        code = cq_sorter_next(job->sorter, &m.lookahead, err);
    while (!code) {
        int64_t group = job->import->full ? cq_versions_next_group(job->versions) : INT64_MAX;
        if (m.lookahead && group_of(m.lookahead->key) < group)
            group = group_of(m.lookahead->key);
        if (group == INT64_MAX)
            break;
        code = merge_group(&m, group, err);
        if (!code && job->no_memory)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (!code)
        code = cq_import_check_sponsors(job, err);
    if (!code)
        code = cq_import_check_cards(job, err);
    sqlite3_finalize(job->review);
    job->review = NULL;
    cq_import_close_verdicts(job);
    cq_versions_close(job->versions);
    job->versions = NULL;
    free(m.items);
    cq_str_free(&m.bytes);
    cq_str_free(&m.copied);
    return code;
}
