/* Reads people: three tables in order of IIN, by look-up or by parallel scans. */
#include "people/people_read.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/registry.h"

/* ?1 run, ?2 the day from which on rows matter, and for one person ?3 and ?4: the ids of the IIN. */
#define KNOWN " run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
#define LATER KNOWN " AND (valid_to IS NULL OR valid_to > ?2)"
#define ONE " AND id >= ?3 AND id < ?4 ORDER BY id"
#define ALL " AND id >= ?3 ORDER BY id"
#define SPAN "SELECT id, run_from, valid_from, valid_to, list_line, "

#define PEOPLE                                                                                     \
    SPAN "category, birth_date, residence, service_place, special_rank, coresident,"               \
         " presidential, duty_injury, sponsor_iin, killed_on, relation, student_until,"            \
         " disabled_before_18, dependent FROM person WHERE" LATER
#define INSURANCE SPAN "insured, paid_until FROM insurance WHERE" LATER
#define PRESIDENTIAL SPAN "1 FROM presidential WHERE" LATER
#define SPONSOR "SELECT " CQ_SPONSOR_COLUMNS " FROM person WHERE" KNOWN ONE

enum cq_code cq_reader_open(struct cq_reader *reader, struct cq_db *db, int64_t run,
                            struct cq_err *err)
{
    *reader = (struct cq_reader){.db = db, .run = run};
    enum cq_code code = cq_db_prepare(db, &reader->people.one, PEOPLE ONE, err);
    if (!code)
        code = cq_db_prepare(db, &reader->insurance.one, INSURANCE ONE, err);
    if (!code)
        code = cq_db_prepare(db, &reader->presidential.one, PRESIDENTIAL ONE, err);
    if (!code)
        code = cq_db_prepare(db, &reader->sponsor, SPONSOR, err);
    return code;
}

static void close_list(struct cq_list_reader *list)
{
    sqlite3_finalize(list->one);
    sqlite3_finalize(list->all);
}

static void free_history(struct cq_history *h)
{
    free(h->roles);
    free(h->funds);
    free(h->listings);
    free(h->sponsors);
    free(h->sponsor_rows);
}

void cq_reader_close(struct cq_reader *reader)
{
    close_list(&reader->people);
    close_list(&reader->insurance);
    close_list(&reader->presidential);
    sqlite3_finalize(reader->sponsor);
    cq_sponsor_table_free(reader->sponsors);
    free_history(&reader->person);
    free_history(&reader->ahead);
    *reader = (struct cq_reader){0};
}

static void bind(const struct cq_reader *reader, sqlite3_stmt *stmt, int64_t first, int64_t end,
                 int32_t day)
{
    sqlite3_reset(stmt);
    sqlite3_bind_int64(stmt, 1, reader->run);
    sqlite3_bind_int64(stmt, 2, day);
    sqlite3_bind_int64(stmt, 3, first << CQ_GROUP_SHIFT);
    if (end)
        sqlite3_bind_int64(stmt, 4, end << CQ_GROUP_SHIFT);
}

/* Steps the scan of a list and keeps the IIN of its row. */
static enum cq_code step_all(struct cq_reader *reader, struct cq_list_reader *list,
                             struct cq_err *err)
{
    enum cq_code code = cq_db_step(reader->db, list->all, &list->has_ahead, err);
    if (!code && list->has_ahead)
        list->ahead = sqlite3_column_int64(list->all, 0) >> CQ_GROUP_SHIFT;
    return code;
}

static void start_history(struct cq_history *h, int64_t iin, int32_t since)
{
    h->iin = iin;
    h->since = since;
    h->role_count = h->fund_count = h->listing_count = 0;
    h->sponsor_count = h->sponsor_row_count = 0;
}

/* Makes room for one more entry of a list, or returns from the function. */
#define GROW(h, list, count, room)                                                                 \
    do {                                                                                           \
        void *grown = cq_grow((h)->list, (h)->count + 1, &(h)->room, sizeof *(h)->list);           \
        if (!grown)                                                                                \
            return CQ_B_NOMEM;                                                                     \
        (h)->list = grown;                                                                         \
    } while (0)

static int stated(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt, column) == SQLITE_NULL ? CQ_NOT_STATED
                                                            : sqlite3_column_int(stmt, column) != 0;
}

static struct cq_span span_of(sqlite3_stmt *stmt)
{
    return (struct cq_span){cq_db_column_int(stmt, 2, CQ_DAY_MIN),
                            cq_db_column_int(stmt, 3, CQ_DAY_MAX)};
}

static int32_t later_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Nobody has a role before birth, and nobody is a child of the fallen before the death. */
static struct cq_span role_span(sqlite3_stmt *stmt)
{
    struct cq_span span = span_of(stmt);
    span.from = later_of(span.from, sqlite3_column_int(stmt, 6));
    if (sqlite3_column_int(stmt, 5) == CQ_CATEGORY_CHILD_OF_FALLEN)
        span.from = later_of(span.from, cq_db_column_int(stmt, 14, CQ_DAY_MIN));
    return span;
}

static enum cq_code read_role(struct cq_history *h, sqlite3_stmt *stmt)
{
    int64_t id = sqlite3_column_int64(stmt, 0);
    int category = sqlite3_column_int(stmt, 5);
    GROW(h, roles, role_count, role_room);
    h->roles[h->role_count++] = (struct cq_role){
        .id = id,
        .run = sqlite3_column_int64(stmt, 1),
        .list_line = sqlite3_column_int64(stmt, 4),
        .span = role_span(stmt),
        .agency = cq_id_agency(id),
        .category = category,
        .birth = sqlite3_column_int(stmt, 6),
        .residence = sqlite3_column_int(stmt, 7),
        .service_place = category == CQ_CATEGORY_EMPLOYEE ? sqlite3_column_int(stmt, 8) : 0,
        .special_rank = stated(stmt, 9),
        .coresident = stated(stmt, 10),
        .presidential = stated(stmt, 11),
        .duty_injury = stated(stmt, 12),
        .sponsor_iin = sqlite3_column_int64(stmt, 13),
        .relation = cq_db_column_int(stmt, 15, CQ_NOT_STATED),
        .student_until = cq_db_column_int(stmt, 16, CQ_DAY_MIN),
        .disabled_before_18 = stated(stmt, 17),
        .dependent = stated(stmt, 18),
    };
    return CQ_OK;
}

static enum cq_code read_fund(struct cq_history *h, sqlite3_stmt *stmt)
{
    GROW(h, funds, fund_count, fund_room);
    h->funds[h->fund_count++] =
        (struct cq_fund){.run = sqlite3_column_int64(stmt, 1),
                         .list_line = sqlite3_column_int64(stmt, 4),
                         .span = span_of(stmt),
                         .insured = sqlite3_column_int(stmt, 5) != 0,
                         .paid_until = cq_db_column_int(stmt, 6, CQ_DAY_MAX)};
    return CQ_OK;
}

static enum cq_code read_listing(struct cq_history *h, sqlite3_stmt *stmt)
{
    GROW(h, listings, listing_count, listing_room);
    h->listings[h->listing_count++] =
        (struct cq_listing){.run = sqlite3_column_int64(stmt, 1),
                            .list_line = sqlite3_column_int64(stmt, 4),
                            .span = span_of(stmt)};
    return CQ_OK;
}

/* Adds a row to the sponsor that was added last. */
static enum cq_code add_sponsor_row(struct cq_history *h, const struct cq_sponsor_row *row)
{
    GROW(h, sponsor_rows, sponsor_row_count, sponsor_row_room);
    h->sponsor_rows[h->sponsor_row_count++] = *row;
    h->sponsors[h->sponsor_count - 1].count++;
    return CQ_OK;
}

static enum cq_code read_sponsor_row(struct cq_history *h, sqlite3_stmt *stmt)
{
    struct cq_sponsor_row row = cq_sponsor_row_of(stmt);
    return add_sponsor_row(h, &row);
}

typedef enum cq_code read_row_fn(struct cq_history *h, sqlite3_stmt *stmt);

/* Reads the rows of one IIN by look-up. */
static enum cq_code look_up(struct cq_reader *reader, sqlite3_stmt *stmt, int64_t iin,
                            struct cq_history *h, read_row_fn *read, struct cq_err *err)
{
    bool row = true;
    enum cq_code code = CQ_OK;
    bind(reader, stmt, iin, iin + 1, h->since);
    while (!code && row) {
        code = cq_db_step(reader->db, stmt, &row, err);
        if (!code && row && read(h, stmt))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_reset(stmt);
    return code;
}

/* Reads the rows of one IIN from a scan that is not past it. */
static enum cq_code scan_rows(struct cq_reader *reader, struct cq_list_reader *list,
                              struct cq_history *h, read_row_fn *read, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    while (!code && list->has_ahead && list->ahead <= h->iin) {
        if (list->ahead == h->iin && read(h, list->all))
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        code = step_all(reader, list, err);
    }
    return code;
}

static enum cq_code add_sponsor(struct cq_history *h, int64_t iin)
{
    GROW(h, sponsors, sponsor_count, sponsor_room);
    h->sponsors[h->sponsor_count++] =
        (struct cq_sponsor){.iin = iin, .first = h->sponsor_row_count};
    return CQ_OK;
}

/* Copies the rows of the sponsor that was added last from the table of all sponsors. */
static enum cq_code copy_sponsor_rows(const struct cq_sponsor_table *table, struct cq_history *h,
                                      int64_t iin)
{
    size_t count;
    const struct cq_sponsor_row *rows = cq_sponsor_table_find(table, iin, &count);
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < count && !code; i++)
        code = add_sponsor_row(h, &rows[i]);
    return code;
}

/* Reads the sponsors of those roles that need one; a role that names none gets one without rows. */
static enum cq_code find_sponsors(struct cq_reader *reader, struct cq_history *h,
                                  struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < h->role_count && !code; i++) {
        struct cq_role *role = &h->roles[i];
        if (!cq_category_has_sponsor(role->category))
            continue;
        size_t at = 0;
        while (at < h->sponsor_count && h->sponsors[at].iin != role->sponsor_iin)
            at++;
        role->sponsor = at;
        if (at < h->sponsor_count)
            continue;
        if (add_sponsor(h, role->sponsor_iin) ||
            (reader->sponsors && copy_sponsor_rows(reader->sponsors, h, role->sponsor_iin)))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
        else if (role->sponsor_iin && !reader->sponsors)
            code = look_up(reader, reader->sponsor, role->sponsor_iin, h, read_sponsor_row, err);
    }
    return code;
}

enum cq_code cq_reader_person(struct cq_reader *reader, int64_t iin, int32_t day,
                              const struct cq_history **history, struct cq_err *err)
{
    struct cq_history *h = &reader->person;
    *history = h;
    if (iin == reader->ahead.iin && day >= reader->ahead.since) {
        *history = &reader->ahead;
        return CQ_OK;
    }
    if (iin == h->iin && day >= h->since)
        return CQ_OK;
    start_history(h, iin, day);
    enum cq_code code = look_up(reader, reader->people.one, iin, h, read_role, err);
    if (!code && h->role_count > 0)
        code = look_up(reader, reader->insurance.one, iin, h, read_fund, err);
    if (!code && h->role_count > 0)
        code = look_up(reader, reader->presidential.one, iin, h, read_listing, err);
    if (!code)
        code = find_sponsors(reader, h, err);
    if (code)
        h->iin = 0;
    return code;
}

static enum cq_code start_scan(struct cq_reader *reader, int64_t after, int32_t day,
                               struct cq_err *err)
{
    static const char *const scans[] = {PEOPLE ALL, INSURANCE ALL, PRESIDENTIAL ALL};
    struct cq_list_reader *lists[] = {&reader->people, &reader->insurance, &reader->presidential};
    enum cq_code code = CQ_OK;
    if (!reader->sponsors)
        code = cq_sponsor_table_read(&reader->sponsors, reader->db, reader->run, err);
    for (int i = 0; i < 3 && !code; i++) {
        if (!lists[i]->all)
            code = cq_db_prepare(reader->db, &lists[i]->all, scans[i], err);
        if (code)
            break;
        bind(reader, lists[i]->all, after + 1, 0, day);
        code = step_all(reader, lists[i], err);
    }
    reader->scanning = !code;
    return code;
}

static bool has_role(const struct cq_history *h, int32_t first, int32_t until)
{
    for (size_t i = 0; i < h->role_count; i++)
        if (h->roles[i].span.from < until && h->roles[i].span.to > first)
            return true;
    return false;
}

enum cq_code cq_reader_next(struct cq_reader *reader, int64_t after, int32_t first, int32_t until,
                            int64_t *iin, struct cq_err *err)
{
    struct cq_history *h = &reader->ahead;
    enum cq_code code = CQ_OK;
    *iin = 0;
    if (!reader->scanning || first != h->since || after != h->iin)
        code = start_scan(reader, after, first, err);
    start_history(h, 0, first);
    while (!code && reader->people.has_ahead && !has_role(h, first, until)) {
        start_history(h, reader->people.ahead, first);
        code = scan_rows(reader, &reader->people, h, read_role, err);
    }
    if (code || !has_role(h, first, until)) {
        start_history(h, 0, first);
        reader->scanning = false;
        return code;
    }
    code = scan_rows(reader, &reader->insurance, h, read_fund, err);
    if (!code)
        code = scan_rows(reader, &reader->presidential, h, read_listing, err);
    if (!code)
        code = find_sponsors(reader, h, err);
    if (code)
        h->iin = 0;
    *iin = h->iin;
    return code;
}

static int rank_of(const struct cq_sponsor_row *row, int32_t day)
{
    int rank = row->category == CQ_CATEGORY_EMPLOYEE    ? 2
               : row->category == CQ_CATEGORY_PENSIONER ? 1
                                                        : 0;
    return rank ? 2 * rank + cq_span_holds(row->span, day) : 0;
}

const struct cq_sponsor_row *cq_sponsor_find(const struct cq_history *history,
                                             const struct cq_sponsor *sponsor, int32_t day)
{
    const struct cq_sponsor_row *found = NULL;
    int best = 1;
    for (size_t i = sponsor->first; i < sponsor->first + sponsor->count; i++) {
        const struct cq_sponsor_row *row = &history->sponsor_rows[i];
        int rank = rank_of(row, day);
        if (rank > best || (found && rank == best && !cq_span_holds(row->span, day) &&
                            row->span.to >= found->span.to)) {
            found = row;
            best = rank;
        }
    }
    return found;
}
