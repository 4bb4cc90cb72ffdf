/* Draws the registry of model.h at random and writes its rows to a database. */
#ifndef CQ_TEST_PEOPLE_MODEL_DRAW_H
#define CQ_TEST_PEOPLE_MODEL_DRAW_H

#include "model.h"

static uint32_t draw(struct model *m, uint32_t below)
{
    m->seed ^= m->seed << 13;
    m->seed ^= m->seed >> 7;
    m->seed ^= m->seed << 17;
    return (uint32_t)(m->seed >> 33) % below;
}

static int64_t model_iin(int person)
{
    return 850315100000 + person;
}

static int32_t draw_day(struct model *m)
{
    return m->first + (int32_t)draw(m, MODEL_DAYS);
}

/* A day of the years that are replayed, one time in `of`. */
static int32_t draw_bound(struct model *m, uint32_t of)
{
    return draw(m, of) == 0 ? draw_day(m) : NO_DAY;
}

/* -1 for not stated, else below. */
static int draw_stated(struct model *m, uint32_t below)
{
    return (int)draw(m, below + 1) - 1;
}

static const struct place *draw_place(struct model *m)
{
    uint32_t i = draw(m, sizeof model_places / sizeof *model_places + 1);
    return i < sizeof model_places / sizeof *model_places ? &model_places[i] : NULL;
}

/* Many are born, come of age or turn 23 in these years, some of them born on 29 February. */
static struct birth draw_birth(struct model *m)
{
    static const int ages[] = {0, 18, 23, 0};
    int year, month, day, start;
    cq_date_split(m->first, &start, &month, &day);
    if (draw(m, 4) == 0)
        return (struct birth){1985, 3, 15};
    if (draw(m, 5) == 0)
        return (struct birth){draw(m, 2) ? 2008 : 2004, 2, 29};
    year = start - ages[draw(m, 4)] + (int)draw(m, 5);
    return (struct birth){year, 1 + (int)draw(m, 12), 1 + (int)draw(m, 28)};
}

static void draw_role(struct model *m, int person, int agency, int version, int32_t from,
                      int32_t to)
{
    m->roles[m->role_count++] = (struct model_role){
        .person = person,
        .agency = agency,
        .version = version,
        .from = from,
        .to = to,
        .category = 1 + (int)draw(m, 4),
        .special_rank = draw_stated(m, 2),
        .coresident = draw(m, 4) == 0 ? draw_stated(m, 2) : 1,
        .presidential = draw(m, 8) == 0 ? draw_stated(m, 2) : -1,
        .duty_injury = draw_stated(m, 2),
        .residence = draw_place(m),
        .service = draw_place(m),
        .sponsor = (int)draw(m, 6) == 0 ? -1 : (int)draw(m, MODEL_PEOPLE * 5 / 4),
        .relation = draw_stated(m, 5),
        .disabled = draw_stated(m, 2),
        .dependent = draw_stated(m, 2),
        .student_until = draw_bound(m, 2),
        .killed_on = draw_bound(m, 2),
    };
}

/* One to three agencies, with one version or two that follow each other. */
static void draw_roles(struct model *m, int person)
{
    uint32_t agencies = 1 + draw(m, 3), first = 1 + draw(m, 3);
    m->births[person] = draw_birth(m);
    for (uint32_t i = 0; i < agencies; i++) {
        int agency = (int)(first + 2 * i > 8 ? 8 : first + 2 * i);
        int32_t from = draw_bound(m, 4), middle = draw_bound(m, 3), to = draw_bound(m, 3);
        if (middle == NO_DAY || (from != NO_DAY && from >= middle)) {
            if (from == NO_DAY || to == NO_DAY || from < to)
                draw_role(m, person, agency, 0, from, to);
            continue;
        }
        draw_role(m, person, agency, 0, from, middle);
        if (draw(m, 2) && (to == NO_DAY || to > middle))
            draw_role(m, person, agency, 1, middle, to);
    }
}

static void draw_fund(struct model *m, int person, int32_t from, int32_t to)
{
    int year = 0, month = 0, day;
    if (draw(m, 4) != 0)
        cq_date_split(draw_day(m), &year, &month, &day);
    m->funds[m->fund_count++] = (struct model_fund){person, from, to, draw(m, 4) != 0, year, month};
}

static void draw_facility(struct model *m, int i)
{
    static const char *const areas[] = {"7111", "35", "3536", "11", "7511", "1170"};
    static const int services[] = {CQ_SERVICE_OUTPATIENT,   CQ_SERVICE_INPATIENT,
                                   CQ_SERVICE_DAY_HOSPITAL, CQ_SERVICE_MEDICAL_REHABILITATION,
                                   CQ_SERVICE_SANATORIUM,   CQ_SERVICE_INPATIENT};
    struct model_facility *f = &m->facilities[i];
    const struct place *at = NULL;
    while (!at || at->kato < 100000000)
        at = draw_place(m);
    *f = (struct model_facility){.owner = draw(m, 3) ? 0 : (int)draw(m, 7),
                                 .service = services[draw(m, 6)],
                                 .profile = draw(m, 3) == 0 ? (draw(m, 2) ? "p1" : "p2") : NULL,
                                 .at = at,
                                 .lacks = draw(m, 6) == 0,
                                 .from = draw_bound(m, 3),
                                 .to = draw_bound(m, 3)};
    snprintf(f->code, sizeof f->code, "F-%02d", i / 2);
    if (draw(m, 2)) {
        f->serves[0] = areas[draw(m, 6)];
        f->serves[1] = draw(m, 2) ? areas[draw(m, 6)] : NULL;
    }
}

static void model_draw(struct model *m, int32_t first, uint64_t seed)
{
    *m = (struct model){.first = first, .seed = seed};
    for (int person = 0; person < MODEL_PEOPLE; person++) {
        int32_t middle = draw_day(m);
        draw_roles(m, person);
        if (draw(m, 2)) {
            draw_fund(m, person, first - 100, draw(m, 2) ? middle : NO_DAY);
            if (m->funds[m->fund_count - 1].to != NO_DAY && draw(m, 3) == 0)
                draw_fund(m, person, middle, NO_DAY);
        }
        if (draw(m, 8) == 0) {
            struct model_listing *l = &m->listings[m->listing_count++];
            *l = (struct model_listing){person, draw_bound(m, 2), draw_bound(m, 2)};
        }
    }
    for (int i = 0; i < MODEL_FACILITIES; i++)
        draw_facility(m, i);
}

/* --- rows --- */

static void model_sql(struct cq_db *db, const char *text)
{
    struct cq_err err = {0};
    enum cq_code code = cq_db_exec(db, text, &err);
    assert_string_equal(err.detail, "");
    assert_int_equal(code, CQ_OK);
}

struct cell {
    char text[12];
};

static struct cell stated(int value)
{
    struct cell cell;
    snprintf(cell.text, sizeof cell.text, value < 0 ? "NULL" : "%d", value);
    return cell;
}

static struct cell on_day(int32_t day)
{
    struct cell cell;
    snprintf(cell.text, sizeof cell.text, day == NO_DAY ? "NULL" : "%d", (int)day);
    return cell;
}

static struct cell at_place(const struct place *place)
{
    return stated(place ? (int)place->kato : -1);
}

static void write_role(const struct model *m, const struct model_role *r, struct cq_db *db)
{
    char line[900], sponsor[24] = "NULL";
    if (r->sponsor >= 0)
        snprintf(sponsor, sizeof sponsor, "%lld", (long long)model_iin(r->sponsor));
    snprintf(line, sizeof line,
             "INSERT INTO person (id, hash, line, list_line, run_from, valid_from, valid_to,"
             " category, birth_date, residence, service_place, special_rank, coresident,"
             " presidential, duty_injury, sponsor_iin, relation, student_until,"
             " disabled_before_18, dependent, killed_on, last_name, first_name) VALUES"
             " (%lld, 1, 0, 2, 1, %s, %s, %d, %d, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
             " 'А', 'Б')",
             (long long)(((model_iin(r->person) << 4 | r->agency) << 19) + r->version),
             on_day(r->from).text, on_day(r->to).text, r->category,
             (int)model_birthday(&m->births[r->person], 0), at_place(r->residence).text,
             at_place(r->service).text, stated(r->special_rank).text, stated(r->coresident).text,
             stated(r->presidential).text, stated(r->duty_injury).text, sponsor,
             stated(r->relation).text, on_day(r->student_until).text, stated(r->disabled).text,
             stated(r->dependent).text, on_day(r->killed_on).text);
    model_sql(db, line);
}

static void write_facility(const struct model_facility *f, int i, struct cq_db *db)
{
    char line[500];
    snprintf(line, sizeof line,
             "INSERT INTO facility (id, hash, line, run_from, valid_from, valid_to, facility,"
             " service, profile, owner, kato, serves, %s) VALUES (%d, 1, 0, 1, %s, %s, '%s', %d,"
             " nullif('%s', ''), %d, %d, '%s %s', %d)",
             i % 3 == 0   ? "department"
             : i % 3 == 1 ? "specialist"
                          : "equipment",
             i + 1, on_day(f->from).text, on_day(f->to).text, f->code, f->service,
             f->profile ? f->profile : "", f->owner, (int)f->at->kato,
             f->serves[0] ? f->serves[0] : "", f->serves[1] ? f->serves[1] : "", !f->lacks);
    model_sql(db, line);
}

static inline void model_write(const struct model *m, struct cq_db *db)
{
    char line[300];
    for (int i = 0; i < m->role_count; i++)
        write_role(m, &m->roles[i], db);
    for (int i = 0; i < MODEL_FACILITIES; i++)
        write_facility(&m->facilities[i], i, db);
    for (int i = 0; i < m->fund_count; i++) {
        const struct model_fund *f = &m->funds[i];
        int paid = f->paid_year ? cq_date_make(f->paid_year, f->paid_month, 1 + i % 28) : NO_DAY;
        snprintf(line, sizeof line,
                 "INSERT INTO insurance (id, hash, line, run_from, valid_from, valid_to, insured,"
                 " paid_until) VALUES (%lld, 1, 0, 1, %s, %s, %d, %s)",
                 (long long)((model_iin(f->person) << 23) + i), on_day(f->from).text,
                 on_day(f->to).text, f->insured, on_day(paid).text);
        model_sql(db, line);
    }
    for (int i = 0; i < m->listing_count; i++) {
        const struct model_listing *l = &m->listings[i];
        if (l->from != NO_DAY && l->to != NO_DAY && l->from >= l->to)
            continue;
        snprintf(line, sizeof line,
                 "INSERT INTO presidential (id, hash, line, run_from, valid_from, valid_to)"
                 " VALUES (%lld, 1, 0, 1, %s, %s)",
                 (long long)(model_iin(l->person) << 23), on_day(l->from).text, on_day(l->to).text);
        model_sql(db, line);
    }
}

/* A question of a person, the same each time the same number is drawn. */
static inline struct cq_request draw_request(struct model *m, int32_t day, const char **profile)
{
    static char facility[8];
    struct cq_request q = cq_request_default((int)draw(m, CQ_SERVICES), day);
    q.indicated = (int)draw(m, 3) - 1;
    q.urgency = (int)draw(m, 4) == 0;
    q.duty_injury = draw(m, 6) == 0;
    if (draw(m, 3) == 0)
        q.service = CQ_SERVICE_INPATIENT;
    if (q.service == CQ_SERVICE_INPATIENT && draw(m, 2))
        q.destination = (int)draw(m, 3);
    if (draw(m, 3) == 0)
        q.package = (int)draw(m, 3);
    *profile = draw(m, 3) == 0 ? "p1" : NULL;
    if (*profile)
        q.profile = cq_text_of(*profile);
    if (draw(m, 6) == 0) {
        snprintf(facility, sizeof facility, "F-%02d", (int)draw(m, MODEL_FACILITIES / 2));
        q.facility = cq_text_of(facility);
    }
    return q;
}

#endif
