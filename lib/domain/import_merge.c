/* The sorted list against the registry, group by group (a group is a person): what is new, what
 * differs, what is gone. Versions are written in the order of their keys.
 *
 * The rule of time, for every kind of list: a row says what holds from its start on. Versions that
 * begin there or later give way to it; one that reaches over its start is cut short there; earlier
 * ones stay. A row that names no start takes the start of the row it replaces; if it says another
 * category, or the person was gone, it starts on the day of the list; if nothing was there before,
 * its start stays open.
 *
 * A column that the file does not have says nothing: the row keeps what it held there. An empty cell
 * of a column that is there says that nothing is known. */
#include "import_private.h"

#include <stdlib.h>
#include <string.h>

#include "cq/hash.h"
#include "cq/kato.h"

/* A record of the group in hand; its payload lies in the group's own memory. */
struct item {
    struct cq_record record;
    size_t payload;
    bool rejected;
};

struct merge {
    struct cq_importing *work;
    struct item *items;
    size_t count, room;
    struct cq_str bytes;
    struct cq_str kept;            /* values that a row keeps from the one before */
    bool mentioned;                /* a rejected row names the group's person */
    const struct cq_record *ahead; /* read, not yet in the group */
    const struct cq_version *versions; /* of the group */
    size_t version_count;
};

static int64_t group_of(int64_t key)
{
    return key >> CQ_AGENCY_BITS;
}

static int64_t key_of(int64_t id)
{
    return id >> CQ_VERSION_BITS;
}

/* Collects the records of a group. */
static enum cq_code take_group(struct merge *m, int64_t group, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    m->count = 0;
    m->mentioned = false;
    cq_str_clear(&m->bytes);
    while (!code && m->ahead && group_of(m->ahead->key) == group) {
        if (m->ahead->size == 0 && m->ahead->line_hash == 0) {
            m->mentioned = true;
            code = cq_sorter_next(m->work->sorter, &m->ahead, err);
            continue;
        }
        if (m->count == m->room) {
            size_t room = m->room ? m->room * 2 : 16;
            struct item *items = realloc(m->items, room * sizeof *items);
            if (!items)
                return cq_err_set(err, CQ_B_NOMEM, NULL);
            m->items = items;
            m->room = room;
        }
        m->items[m->count++] = (struct item){*m->ahead, m->bytes.len, false};
        if (cq_str_add(&m->bytes, (const char *)m->ahead->payload, m->ahead->size) != CQ_OK)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        code = cq_sorter_next(m->work->sorter, &m->ahead, err);
    }
    return code;
}

/* The versions of one key: what stands now, what the last list said, the next free id. */
struct standing {
    const struct cq_version *all;
    size_t count;
    const struct cq_version *said; /* as the last list said; NULL if it was ended */
    bool any;
    int64_t next_id;
};

static struct standing look(const struct cq_version *versions, size_t count, int64_t key)
{
    struct standing s = {versions, count, NULL, false, key << CQ_VERSION_BITS};
    for (size_t i = 0; i < count; i++) {
        s.next_id = versions[i].id + 1;
        if (versions[i].run_to)
            continue;
        s.any = true;
        if (versions[i].hash)
            s.said = &versions[i];
    }
    return s;
}

/* A known line stands for the row that the registry holds of it; where that has changed since the
 * reading began, the line is read after all. */
static enum cq_code resolve(struct merge *m, struct item *item, const struct standing *s,
                            struct cq_err *err)
{
    const unsigned char *payload;
    struct cq_importing *work = m->work;
    if (item->record.size > 0)
        return CQ_OK;
    if (s->said && s->said->line == item->record.line_hash) {
        item->record.hash = s->said->hash;
        return CQ_OK;
    }
    enum cq_code code = cq_import_reread(work, &item->record, &payload, err);
    if (code)
        return code;
    item->record.hash = cq_hash_row(payload, work->packed.len);
    item->record.size = (uint32_t)work->packed.len;
    item->payload = m->bytes.len;
    if (cq_str_add(&m->bytes, (const char *)payload, item->record.size) != CQ_OK)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    return CQ_OK;
}

/* Rows of one key: the same row again is taken once, different rows are all rejected.
 * Returns the row that stands, or NULL. Shape: items first to last (exclusive) have one key. */
static const struct item *settle_key(struct merge *m, size_t first, size_t last)
{
    struct cq_importing *work = m->work;
    bool same = true;
    for (size_t i = first + 1; i < last; i++)
        same = same && m->items[i].record.hash == m->items[first].record.hash;
    int column = work->list.kind == CQ_KIND_FACILITIES ? CQ_F_FACILITY : CQ_P_IIN;
    for (size_t i = first; i < last && last - first > 1; i++) {
        if (!same) {
            cq_import_find(work, CQ_R_DUPLICATE, m->items[i].record.line, column);
        } else if (i > first) {
            cq_import_find(work, CQ_W_DUPLICATE, m->items[i].record.line, column);
            work->result->unchanged++;
        }
    }
    return same ? &m->items[first] : NULL;
}

/* Spreads the values of a table's row over the columns of the list. */
static enum cq_code read_version(struct cq_importing *work, const struct cq_version *version,
                                 struct cq_value *stored, struct cq_value *values,
                                 struct cq_err *err)
{
    enum cq_code code = cq_versions_read(work->versions, version->id, stored, err);
    if (code)
        return code;
    for (size_t i = 0; i < work->list.count; i++)
        values[i] = (struct cq_value){0};
    for (size_t i = 0; i < work->list.table.count; i++)
        values[work->list.stored[i]] = stored[i];
    return CQ_OK;
}

static struct cq_value day_value(int32_t day)
{
    bool open = day == CQ_DAY_MIN || day == CQ_DAY_MAX;
    return (struct cq_value){.present = !open, .number = open ? 0 : day};
}

/* Two values as a list would write them. */
static bool same_value(const struct cq_value *a, const struct cq_value *b)
{
    return a->present == b->present && a->number == b->number && a->text.len == b->text.len &&
           (a->text.len == 0 || memcmp(a->text.ptr, b->text.ptr, a->text.len) == 0);
}

static bool in_table(const struct cq_list *list, int column)
{
    for (size_t i = 0; i < list->table.count; i++)
        if (list->stored[i] == column)
            return true;
    return column == list->start || column == list->end;
}

/* Tells the differences between what was (all absent for a new row) and what is. */
static enum cq_code tell_changes(struct cq_importing *work, const struct cq_value *names,
                                 const struct cq_value *was, const struct cq_value *is,
                                 struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (int i = 0; i < (int)work->list.count && !code && work->changes; i++)
        if (in_table(&work->list, i) && !same_value(&was[i], &is[i]))
            code = cq_import_change(work, names, i, &was[i], &is[i], err);
    return code;
}

/* Ends a version, and keeps its part before a day if it has one. */
static enum cq_code cut(struct cq_importing *work, const struct cq_version *version, int32_t day,
                        int64_t *next_id, struct cq_err *err)
{
    struct cq_value stored[CQ_LIST_COLUMNS];
    enum cq_code code = cq_versions_end(work->versions, version->id, work->run.id, err);
    if (code || version->valid_from >= day)
        return code;
    code = cq_versions_read(work->versions, version->id, stored, err);
    if (code)
        return code;
    struct cq_version part = *version;
    part.id = (*next_id)++;
    part.hash = 0;
    part.line = 0;
    part.run_from = work->run.id;
    part.run_to = 0;
    part.valid_to = day;
    return cq_versions_insert(work->versions, &part, stored, err);
}

static bool same_role(const struct cq_importing *work, const struct cq_value *was,
                      const struct cq_value *is)
{
    return work->list.kind != CQ_KIND_CONTINGENT ||
           was[CQ_P_CATEGORY].number == is[CQ_P_CATEGORY].number;
}

/* The day from which the row holds. */
static int32_t start_day(struct cq_importing *work, const struct standing *s,
                         const struct cq_value *was, const struct cq_value *is)
{
    int start = work->list.start;
    if (is[start].present)
        return (int32_t)is[start].number;
    if (s->said && same_role(work, was, is))
        return s->said->valid_from;
    return s->any ? work->import->list_date : CQ_DAY_MIN;
}

/* Puts a contradiction on the list that people settle. */
static enum cq_code keep_for_review(struct cq_importing *work, const struct cq_record *record,
                                    struct cq_err *err)
{
    static const char sql[] =
        "INSERT INTO review (run, line, iin, agency, code) VALUES (?1, ?2, ?3, ?4, ?5)";
    enum cq_code code =
        work->review ? CQ_OK : cq_db_prepare(work->db, &work->review, sql, err);
    if (code)
        return code;
    const char *id = cq_code_id(CQ_R_CONFLICT);
    sqlite3_bind_int64(work->review, 1, work->run.id);
    sqlite3_bind_int64(work->review, 2, record->line);
    sqlite3_bind_int64(work->review, 3, group_of(record->key));
    sqlite3_bind_int64(work->review, 4, record->key & ((1 << CQ_AGENCY_BITS) - 1));
    cq_db_bind_text(work->review, 5, id, strlen(id));
    return cq_db_run(work->db, work->review, err);
}

/* Whether a version stands and is the last to do so of its key: what is known today. */
static bool is_latest(const struct merge *m, size_t at)
{
    if (m->versions[at].run_to)
        return false;
    for (size_t i = at + 1; i < m->version_count; i++)
        if (!m->versions[i].run_to && key_of(m->versions[i].id) == key_of(m->versions[at].id))
            return false;
    return true;
}

/* Compares a new or changed row with what stands of the same IIN, in this agency's list and in
 * others: another name and another birth date are another person. Names of former years count no
 * more: people marry, and a birth date is corrected after that. */
static enum cq_code check_identity(struct merge *m, const struct cq_record *record,
                                   const struct cq_value *is, bool *conflict, struct cq_err *err)
{
    struct cq_importing *work = m->work;
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    bool elsewhere = false;
    enum cq_code code = CQ_OK;
    *conflict = false;
    if (work->list.kind != CQ_KIND_CONTINGENT)
        return CQ_OK;
    for (size_t i = 0; i < m->version_count && !code && !*conflict; i++) {
        if (!is_latest(m, i))
            continue;
        elsewhere = elsewhere || (key_of(m->versions[i].id) != record->key &&
                                  m->versions[i].valid_to > work->import->list_date);
        code = read_version(work, &m->versions[i], stored, was, err);
        *conflict = !code && !cq_list_same_person(was, is);
    }
    if (!code && *conflict) {
        cq_import_find(work, CQ_R_CONFLICT, record->line, CQ_P_IIN);
        code = keep_for_review(work, record, err);
    } else if (elsewhere) {
        cq_import_find(work, CQ_W_TWO_AGENCIES, record->line, CQ_P_AGENCY);
    }
    return code;
}

/* Remembers whom a row names as sponsor. */
static enum cq_code keep_link(struct cq_importing *work, const struct cq_record *record,
                              const struct cq_value *is, struct cq_err *err)
{
    if (work->list.kind != CQ_KIND_CONTINGENT || !is[CQ_P_SPONSOR_IIN].present ||
        (is[CQ_P_CATEGORY].number != CQ_CATEGORY_FAMILY &&
         is[CQ_P_CATEGORY].number != CQ_CATEGORY_CHILD_OF_FALLEN))
        return CQ_OK;
    if (work->link_count == work->link_room) {
        size_t room = work->link_room ? work->link_room * 2 : 64;
        struct cq_link *links = realloc(work->links, room * sizeof *links);
        if (!links)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        work->links = links;
        work->link_room = room;
    }
    work->links[work->link_count++] =
        (struct cq_link){is[CQ_P_SPONSOR_IIN].number, record->line,
                         is[CQ_P_CATEGORY].number == CQ_CATEGORY_FAMILY};
    return CQ_OK;
}

/* Gives a row what the one before it held in columns that the file does not have. The values are
 * copied: those of the version last until the next one is read. */
static enum cq_code keep_unsaid(struct merge *m, const struct cq_value *was, struct cq_value *is,
                                struct cq_err *err)
{
    const struct cq_list *list = &m->work->list;
    struct cq_value copy[CQ_LIST_COLUMNS];
    bool any = false;
    for (int i = 0; i < (int)list->in_file; i++)
        any = any || (m->work->map[i] < 0 && in_table(list, i) && was[i].present);
    if (!any)
        return CQ_OK;
    cq_str_clear(&m->kept);
    if (cq_list_pack(list, was, &m->kept) != CQ_OK)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_list_unpack(list, (const unsigned char *)m->kept.ptr, copy);
    for (int i = 0; i < (int)list->in_file; i++)
        if (m->work->map[i] < 0 && in_table(list, i) && i != list->start)
            is[i] = copy[i];
    return CQ_OK;
}

static bool same_row(const struct cq_list *list, const struct cq_value *was,
                     const struct cq_value *is)
{
    for (int i = 0; i < (int)list->count; i++)
        if (in_table(list, i) && !same_value(&was[i], &is[i]))
            return false;
    return true;
}

/* Brings one row of the list into the registry. */
static enum cq_code apply_row(struct merge *m, const struct item *item,
                              const struct standing *standing, struct cq_err *err)
{
    struct cq_importing *work = m->work;
    const struct cq_record *record = &item->record;
    struct cq_value was[CQ_LIST_COLUMNS] = {{0}}, is[CQ_LIST_COLUMNS];
    struct cq_value stored[CQ_LIST_COLUMNS];
    struct standing s = *standing;
    enum cq_code code = CQ_OK;
    if (s.said && s.said->hash == record->hash) {
        work->result->unchanged++;
        if (s.said->line != record->line_hash) /* other bytes, the same row */
            code = cq_versions_relearn(work->versions, s.said->id, record->hash,
                                       record->line_hash, err);
        return code;
    }
    cq_list_unpack(&work->list, (const unsigned char *)m->bytes.ptr + item->payload, is);
    bool conflict;
    code = check_identity(m, record, is, &conflict, err);
    if (code || conflict)
        return code;
    code = keep_link(work, record, is, err);
    if (!code && s.said)
        code = read_version(work, s.said, stored, was, err);
    if (code)
        return code;
    int start = work->list.start, end = work->list.end;
    if (s.said) {
        was[start] = day_value(s.said->valid_from);
        if (end >= 0)
            was[end] = day_value(s.said->valid_to);
        if (same_role(work, was, is))
            code = keep_unsaid(m, was, is, err);
        if (code)
            return code;
    }
    int32_t from = start_day(work, &s, was, is);
    int32_t to = end >= 0 && is[end].present ? (int32_t)is[end].number : CQ_DAY_MAX;
    is[start] = day_value(from);
    if (s.said && same_row(&work->list, was, is)) {
        work->result->unchanged++;
        return cq_versions_relearn(work->versions, s.said->id, record->hash, record->line_hash,
                                   err);
    }
    code = tell_changes(work, is, was, is, err);
    for (size_t i = 0; i < s.count && !code; i++)
        if (!s.all[i].run_to && s.all[i].valid_to > from)
            code = cut(work, &s.all[i], from, &s.next_id, err);
    if (code)
        return code;
    for (size_t i = 0; i < work->list.table.count; i++)
        stored[i] = is[work->list.stored[i]];
    struct cq_version version = {s.next_id,    record->hash, record->line_hash,
                                 work->run.id, 0,            from,
                                 to};
    if (s.any)
        work->result->changed++;
    else
        work->result->added++;
    return cq_versions_insert(work->versions, &version, stored, err);
}

/* Counts who would lose cover. */
static void count_leaving(struct cq_importing *work, const struct cq_value *was)
{
    if (work->list.kind != CQ_KIND_CONTINGENT)
        return;
    const struct cq_value *residence = &was[CQ_P_RESIDENCE];
    int region = residence->present ? cq_kato_region((int32_t)residence->number) : 0;
    if (was[CQ_P_CATEGORY].number < CQ_CATEGORIES)
        work->result->leaving[was[CQ_P_CATEGORY].number][region]++;
}

/* Whether a rejected row of the list may be this person's. */
static bool is_stray(const struct cq_importing *work, const struct cq_value *was)
{
    if (work->stray_count == 0)
        return false;
    int64_t hash = cq_import_stray(was);
    return bsearch(&hash, work->strays, work->stray_count, sizeof hash, cq_import_by_hash);
}

/* Ends the row of a key that a full list no longer names. */
static enum cq_code apply_absence(struct cq_importing *work, int64_t key,
                                  const struct standing *standing, struct cq_err *err)
{
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    struct standing s = *standing;
    int32_t day = work->import->list_date;
    enum cq_code code = CQ_OK;
    bool ended = false;
    for (size_t i = 0; i < s.count && !code; i++) {
        const struct cq_version *version = &s.all[i];
        if (version->run_to || version->valid_to <= day)
            continue;
        code = read_version(work, version, stored, was, err);
        if (code || is_stray(work, was))
            break;
        if (!ended)
            count_leaving(work, was);
        ended = true;
        if (work->changes) {
            if (work->list.kind != CQ_KIND_FACILITIES)
                was[0] = (struct cq_value){.present = true, .number = group_of(key)};
            struct cq_value before = day_value(version->valid_to), after = day_value(day);
            code = cq_import_change(work, was, CQ_CHANGE_END, &before, &after, err);
        }
        if (!code)
            code = cut(work, version, day, &s.next_id, err);
    }
    work->result->ended += ended;
    return code;
}

/* Whether a full list speaks for a key: rows of its agency (or of those it names), or all rows of
 * its kind. */
static bool in_scope(const struct cq_importing *work, int64_t key)
{
    int agency = (int)(key & ((1 << CQ_AGENCY_BITS) - 1));
    if (!work->import->full)
        return false;
    if (work->list.kind != CQ_KIND_CONTINGENT)
        return true;
    return work->import->agency ? agency == work->import->agency : work->agencies >> agency & 1;
}

/* Whether a row held on a day, before this run. */
static bool stands(const struct standing *s, int32_t day)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->all[i].run_to && s->all[i].valid_to > day)
            return true;
    return false;
}

/* Rows of one IIN in the lists of two agencies must speak of one person. */
static void reject_strangers(struct merge *m)
{
    struct cq_value first[CQ_LIST_COLUMNS], other[CQ_LIST_COLUMNS];
    const struct cq_list *list = &m->work->list;
    bool strangers = false;
    if (list->kind != CQ_KIND_CONTINGENT || m->count < 2 || m->items[0].record.size == 0)
        return;
    cq_list_unpack(list, (const unsigned char *)m->bytes.ptr + m->items[0].payload, first);
    for (size_t i = 1; i < m->count; i++) {
        if (m->items[i].record.size == 0 ||
            m->items[i].record.key == m->items[0].record.key)
            continue;
        cq_list_unpack(list, (const unsigned char *)m->bytes.ptr + m->items[i].payload, other);
        strangers = strangers || !cq_list_same_person(first, other);
    }
    for (size_t i = 0; i < m->count && strangers; i++) {
        m->items[i].rejected = true;
        cq_import_find(m->work, CQ_R_CONFLICT, m->items[i].record.line, CQ_P_IIN);
    }
}

/* One group: its records and its versions, both in order of their keys. */
static enum cq_code merge_group(struct merge *m, int64_t group, struct cq_err *err)
{
    size_t i = 0, v = 0;
    enum cq_code code = take_group(m, group, err);
    if (!code)
        code = cq_versions_take(m->work->versions, group, &m->versions, &m->version_count, err);
    if (!code)
        reject_strangers(m);
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
        struct standing s = look(versions + v, last_version - v, key);
        m->work->in_scope += in_scope(m->work, key) && stands(&s, m->work->import->list_date);
        if (last_item > i) {
            for (size_t k = i; k < last_item && !code; k++)
                code = resolve(m, &m->items[k], &s, err);
            const struct item *item =
                code || m->items[i].rejected ? NULL : settle_key(m, i, last_item);
            if (item)
                code = apply_row(m, item, &s, err);
        } else if (s.any && in_scope(m->work, key) && !m->mentioned) {
            code = apply_absence(m->work, key, &s, err);
        }
        i = last_item;
        v = last_version;
    }
    return code;
}

/* Looking up each group costs more than one scan where the list names much of the registry. */
static enum cq_code should_scan(struct cq_importing *work, bool *scan, struct cq_err *err)
{
    int64_t last;
    struct cq_str sql = {0};
    *scan = true;
    if (work->import->full || cq_sorter_count(work->sorter) > 100000)
        return CQ_OK;
    /* The table's pages, cheaply: how many versions a scan would pass. */
    cq_str_addf(&sql, "SELECT count(*) FROM (SELECT 1 FROM %s LIMIT 1000000)",
                work->list.table.name);
    enum cq_code code = cq_db_int(work->db, sql.ptr, &last, err);
    cq_str_free(&sql);
    *scan = last < cq_sorter_count(work->sorter) * 8;
    return code;
}

enum cq_code cq_import_merge(struct cq_importing *work, struct cq_err *err)
{
    struct merge m = {.work = work};
    bool scan;
    enum cq_code code = should_scan(work, &scan, err);
    if (!code)
        code = cq_versions_open(&work->versions, work->db, &work->list.table, scan, err);
    if (!code)
        code = cq_sorter_next(work->sorter, &m.ahead, err);
    while (!code) {
        int64_t group = work->import->full ? cq_versions_next_group(work->versions) : INT64_MAX;
        if (m.ahead && group_of(m.ahead->key) < group)
            group = group_of(m.ahead->key);
        if (group == INT64_MAX)
            break;
        code = merge_group(&m, group, err);
        if (!code && work->no_memory)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (!code)
        code = cq_import_check_sponsors(work, err);
    sqlite3_finalize(work->review);
    work->review = NULL;
    cq_versions_close(work->versions);
    work->versions = NULL;
    free(m.items);
    cq_str_free(&m.bytes);
    cq_str_free(&m.kept);
    return code;
}
