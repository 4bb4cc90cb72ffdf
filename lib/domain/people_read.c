/* Reading people: three tables in order of IIN, by look-up or side by side. */
#include "people_read.h"

#include "cq/date.h"
#include "cq/registry.h"

/* ?1 run, ?2 day, and for one person ?3 and ?4: the ids of the IIN. */
#define VISIBLE                                                                                    \
    " run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"                                          \
    " AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to > ?2)"
#define ONE " AND id >= ?3 AND id < ?4 ORDER BY id"
#define ALL " AND id >= ?3 ORDER BY id"

#define PEOPLE                                                                                     \
    "SELECT id, category, birth_date, residence, service_place, special_rank, coresident,"         \
    " presidential, duty_injury, sponsor_iin FROM person WHERE" VISIBLE
#define INSURANCE "SELECT id, insured, paid_until FROM insurance WHERE" VISIBLE
#define PRESIDENTIAL "SELECT id FROM presidential WHERE" VISIBLE

static enum cq_code open_side(struct cq_reader *reader, struct cq_side *side, const char *one,
                              const char *all, struct cq_err *err)
{
    enum cq_code code = cq_db_prepare(reader->db, &side->one, one, err);
    return code ? code : cq_db_prepare(reader->db, &side->all, all, err);
}

enum cq_code cq_reader_open(struct cq_reader *reader, struct cq_db *db, int64_t run,
                            struct cq_err *err)
{
    *reader = (struct cq_reader){.db = db, .run = run};
    enum cq_code code = open_side(reader, &reader->people, PEOPLE ONE, PEOPLE ALL, err);
    if (!code)
        code = open_side(reader, &reader->insurance, INSURANCE ONE, INSURANCE ALL, err);
    if (!code)
        code = open_side(reader, &reader->presidential, PRESIDENTIAL ONE, PRESIDENTIAL ALL, err);
    if (!code)
        code = cq_db_prepare(db, &reader->sponsor,
                             "SELECT id, category, valid_from, valid_to FROM person"
                             " WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)" ONE,
                             err);
    return code;
}

static void close_side(struct cq_side *side)
{
    sqlite3_finalize(side->one);
    sqlite3_finalize(side->all);
}

void cq_reader_close(struct cq_reader *reader)
{
    close_side(&reader->people);
    close_side(&reader->insurance);
    close_side(&reader->presidential);
    sqlite3_finalize(reader->sponsor);
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

/* Steps a side's scan and notes whose row it stands on. */
static enum cq_code step_all(struct cq_reader *reader, struct cq_side *side, struct cq_err *err)
{
    enum cq_code code = cq_db_step(reader->db, side->all, &side->has_ahead, err);
    if (!code && side->has_ahead)
        side->ahead = sqlite3_column_int64(side->all, 0) >> CQ_GROUP_SHIFT;
    return code;
}

static int stated(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt, column) == SQLITE_NULL ? CQ_NOT_STATED
                                                            : sqlite3_column_int(stmt, column) != 0;
}

static void take_role(struct cq_person *person, sqlite3_stmt *stmt)
{
    if (person->role_count == CQ_ROLES_MAX)
        return;
    int64_t id = sqlite3_column_int64(stmt, 0);
    person->roles[person->role_count++] = (struct cq_role){
        .id = id,
        .agency = (int)(id >> CQ_VERSION_BITS & ((1 << CQ_AGENCY_BITS) - 1)),
        .category = sqlite3_column_int(stmt, 1),
        .birth = sqlite3_column_int(stmt, 2),
        .residence = sqlite3_column_int(stmt, 3),
        .service_place = sqlite3_column_int(stmt, 4),
        .special_rank = stated(stmt, 5),
        .coresident = stated(stmt, 6),
        .presidential = stated(stmt, 7),
        .duty_injury = stated(stmt, 8),
        .sponsor = sqlite3_column_int64(stmt, 9),
    };
}

static void take_fund(struct cq_person *person, sqlite3_stmt *stmt)
{
    person->fund = (struct cq_fund){
        .known = true,
        .insured = sqlite3_column_int(stmt, 1) != 0,
        .paid_until = sqlite3_column_type(stmt, 2) == SQLITE_NULL ? CQ_DAY_MAX
                                                                  : sqlite3_column_int(stmt, 2)};
}

static void take_presidential(struct cq_person *person, sqlite3_stmt *stmt)
{
    (void)stmt;
    person->presidential = true;
}

/* Rows of one IIN by look-up. */
static enum cq_code look_up(struct cq_reader *reader, struct cq_side *side,
                            struct cq_person *person,
                            void (*take)(struct cq_person *, sqlite3_stmt *), struct cq_err *err)
{
    bool row = true;
    enum cq_code code = CQ_OK;
    bind(reader, side->one, person->iin, person->iin + 1, person->day);
    while (!code && row) {
        code = cq_db_step(reader->db, side->one, &row, err);
        if (!code && row)
            take(person, side->one);
    }
    sqlite3_reset(side->one);
    return code;
}

/* Rows of one IIN from a scan that has not passed it. */
static enum cq_code follow(struct cq_reader *reader, struct cq_side *side,
                           struct cq_person *person,
                           void (*take)(struct cq_person *, sqlite3_stmt *), struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    while (!code && side->has_ahead && side->ahead <= person->iin) {
        if (side->ahead == person->iin)
            take(person, side->all);
        code = step_all(reader, side, err);
    }
    return code;
}

enum cq_code cq_reader_person(struct cq_reader *reader, int64_t iin, int32_t day,
                              const struct cq_person **person, struct cq_err *err)
{
    *person = &reader->person;
    if (iin == reader->ahead.iin && day == reader->ahead.day) {
        *person = &reader->ahead;
        return CQ_OK;
    }
    if (iin == reader->person.iin && day == reader->person.day)
        return CQ_OK;
    reader->person = (struct cq_person){.iin = iin, .day = day};
    enum cq_code code = look_up(reader, &reader->people, &reader->person, take_role, err);
    if (!code && reader->person.role_count > 0)
        code = look_up(reader, &reader->insurance, &reader->person, take_fund, err);
    if (!code && reader->person.role_count > 0)
        code = look_up(reader, &reader->presidential, &reader->person, take_presidential, err);
    if (code)
        reader->person.iin = 0;
    return code;
}

static enum cq_code start_scan(struct cq_reader *reader, int64_t after, int32_t day,
                               struct cq_err *err)
{
    struct cq_side *sides[] = {&reader->people, &reader->insurance, &reader->presidential};
    enum cq_code code = CQ_OK;
    for (int i = 0; i < 3 && !code; i++) {
        bind(reader, sides[i]->all, after + 1, 0, day);
        code = step_all(reader, sides[i], err);
    }
    reader->scanning = !code;
    reader->scan_day = day;
    return code;
}

enum cq_code cq_reader_next(struct cq_reader *reader, int64_t after, int32_t day, int64_t *iin,
                            struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    *iin = 0;
    if (!reader->scanning || day != reader->scan_day || after != reader->ahead.iin)
        code = start_scan(reader, after, day, err);
    reader->ahead = (struct cq_person){.day = day};
    if (code || !reader->people.has_ahead)
        return code;
    *iin = reader->ahead.iin = reader->people.ahead;
    code = follow(reader, &reader->people, &reader->ahead, take_role, err);
    if (!code)
        code = follow(reader, &reader->insurance, &reader->ahead, take_fund, err);
    if (!code)
        code = follow(reader, &reader->presidential, &reader->ahead, take_presidential, err);
    return code;
}

enum cq_code cq_reader_sponsor(struct cq_reader *reader, int64_t iin, int32_t day,
                               struct cq_sponsor *sponsor, struct cq_err *err)
{
    sqlite3_stmt *stmt = reader->sponsor;
    int32_t last = CQ_DAY_MIN;
    bool row = true;
    enum cq_code code = CQ_OK;
    *sponsor = (struct cq_sponsor){0};
    if (iin == 0)
        return CQ_OK;
    bind(reader, stmt, iin, iin + 1, day);
    while (!code && row) {
        code = cq_db_step(reader->db, stmt, &row, err);
        if (code || !row)
            break;
        sponsor->known = true;
        if (sqlite3_column_int(stmt, 1) != CQ_CATEGORY_EMPLOYEE || sponsor->employed)
            continue;
        int32_t from = sqlite3_column_type(stmt, 2) == SQLITE_NULL ? CQ_DAY_MIN
                                                                   : sqlite3_column_int(stmt, 2);
        int32_t to = sqlite3_column_type(stmt, 3) == SQLITE_NULL ? CQ_DAY_MAX
                                                                 : sqlite3_column_int(stmt, 3);
        sponsor->employed = from <= day && day < to;
        if (sponsor->employed || to >= last) {
            last = to;
            sponsor->agency = (int)(sqlite3_column_int64(stmt, 0) >> CQ_VERSION_BITS &
                                    ((1 << CQ_AGENCY_BITS) - 1));
        }
    }
    sqlite3_reset(stmt);
    return code;
}
