/* Counts registrations: one pass over the people in the order of the registry, merged with their
 * cards. Whom a polyclinic serves is who has a card there, and who has none and lives or serves
 * nearest. Source: R78:14. */
#include "reports/registration_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/registry.h"
#include "people/papers.h"
#include "people/people.h"
#include "result/result_private.h"

const char *const cq_registration_states[CQ_REGISTRATION_STATES] = {
    [CQ_REGISTRATION_DONE] = "done",
    [CQ_REGISTRATION_NO_CARD] = "no_card",
    [CQ_REGISTRATION_INCOMPLETE] = "incomplete",
    [CQ_REGISTRATION_NOT_RECORDED] = "not_recorded"};

/* Cards in the order of IIN. */
struct cards {
    sqlite3_stmt *stmt;
    int64_t iin; /* of the card that stmt is on; INT64_MAX at the end */
};

struct counting {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_registration_count *count;
    struct cq_people *people;
    struct cards cards;
};

static enum cq_code next_card(struct counting *c, struct cq_err *err)
{
    bool row = false;
    enum cq_code code = cq_db_step(c->request->db, c->cards.stmt, &row, err);
    c->cards.iin = row ? sqlite3_column_int64(c->cards.stmt, 0) : INT64_MAX;
    return code;
}

/* Where a code is among the polyclinics, or belongs. */
static size_t place_of(const struct cq_registration_count *count, const char *code)
{
    size_t low = 0, high = count->place_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(count->places[middle]->code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The polyclinic of a code; a new one is added. NULL without memory. */
static struct cq_registration_place *find_place(struct counting *c, const char *code)
{
    struct cq_registration_count *count = c->count;
    size_t at = place_of(count, code);
    if (at < count->place_count && strcmp(count->places[at]->code, code) == 0)
        return count->places[at];
    struct cq_registration_place **places =
        cq_grow(count->places, count->place_count + 1, &count->place_room, sizeof(*places));
    struct cq_registration_place *place = cq_result_alloc(c->result, sizeof *place);
    if (places)
        count->places = places;
    if (!places || !place)
        return NULL;
    *place = (struct cq_registration_place){.code = cq_result_copy(c->result, code, strlen(code))};
    memmove(places + at + 1, places + at, (count->place_count - at) * sizeof *places);
    count->place_count++;
    return places[at] = place;
}

/* The nearest polyclinic of the bodies; "" where there is none. */
static const char *nearest(struct counting *c, const struct cq_answer *answer)
{
    const struct cq_facility_query query = {
        .owner = c->people->own.mvd,
        .service = CQ_SERVICE_OUTPATIENT,
        .profile = {"", 0},
        .day = c->request->day,
        .places = {answer->residence, answer->service_place},
    };
    const char *code = cq_facilities_nearest(c->people->facilities, &query);
    return code ? code : "";
}

static enum cq_registration_state state_of(const char *documents, bool card, bool recorded,
                                           int64_t papers, struct cq_str *lacking)
{
    cq_str_clear(lacking);
    cq_papers_lacking(documents, papers, lacking);
    if (!card)
        return CQ_REGISTRATION_NO_CARD;
    if (lacking->len == 0)
        return CQ_REGISTRATION_DONE;
    return recorded ? CQ_REGISTRATION_INCOMPLETE : CQ_REGISTRATION_NOT_RECORDED;
}

static bool add_open(struct counting *c, const struct cq_registration_open *person)
{
    struct cq_registration_count *count = c->count;
    struct cq_registration_open *open =
        cq_grow(count->open, count->open_count + 1, &count->open_room, sizeof *open);
    if (!open)
        return false;
    count->open = open;
    open[count->open_count++] = *person;
    return true;
}

/* Whether stmt is on a card of this person that a polyclinic of the bodies keeps on the day: one at
 * another place, or at one that is closed, is none (R78:14.3). */
static bool has_card(const struct counting *c, int64_t iin)
{
    if (c->cards.iin != iin)
        return false;
    const char *code = (const char *)sqlite3_column_text(c->cards.stmt, 1);
    const struct cq_text place = {code ? code : "", code ? strlen(code) : 0};
    return cq_facilities_polyclinic(c->people->facilities, c->people->own.mvd, c->request->day,
                                    place);
}

/* Counts one person, with the card that the person has. */
static enum cq_code add_person(struct counting *c, int64_t iin, const struct cq_answer *answer,
                               struct cq_err *err)
{
    sqlite3_stmt *stmt = c->cards.stmt;
    const struct cq_documents *documents =
        cq_law_documents(c->request->law, c->request->day, answer->facts);
    bool card = has_card(c, iin);
    const char *code = card ? (const char *)sqlite3_column_text(stmt, 1) : nearest(c, answer);
    struct cq_registration_place *place = find_place(c, code ? code : "");
    struct cq_str lacking = {0};
    struct cq_registration_open person = {
        .place = place,
        .iin = iin,
        .version = answer->version,
        .category = answer->category,
        .agency = answer->agency,
        .card_no = "",
        .registered_on = card ? cq_db_column_int(stmt, 4, CQ_DAY_MIN) : CQ_DAY_MIN,
        .papers = card ? sqlite3_column_int64(stmt, 3) : 0,
        .documents = documents ? documents->documents : "",
    };
    bool recorded = card && sqlite3_column_type(stmt, 3) != SQLITE_NULL;
    person.state = state_of(person.documents, card, recorded, person.papers, &lacking);
    bool good = place && !lacking.failed;
    cq_str_free(&lacking);
    if (good)
        place->people[person.state]++;
    if (good && person.state != CQ_REGISTRATION_DONE) {
        if (card)
            person.card_no = cq_result_column(c->result, stmt, 2);
        good = add_open(c, &person);
    }
    return good ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

/* Counts everybody of the contingent. */
static enum cq_code add_people(struct counting *c, struct cq_err *err)
{
    const struct cq_request request = cq_request_default(CQ_SERVICE_OUTPATIENT, c->request->day);
    struct cq_answer answers[CQ_ROLES_MAX];
    int64_t iin = 0;
    int count;
    enum cq_code code = next_card(c, err);
    while (!code) {
        code = cq_people_next(c->people, iin, request.day, request.day + 1, &iin, err);
        if (code || iin == 0)
            break;
        while (!code && c->cards.iin < iin)
            code = next_card(c, err);
        if (!code)
            code = cq_people_decide(c->people, iin, &request, answers, &count, err);
        if (!code && strcmp(answers[0].decision.outcome, "not_contingent") != 0)
            code = add_person(c, iin, &answers[0], err);
    }
    return code;
}

static int by_place(const void *a, const void *b)
{
    const struct cq_registration_open *x = a, *y = b;
    int order = strcmp(x->place->code, y->place->code);
    if (order == 0)
        order = (x->state > y->state) - (x->state < y->state);
    return order != 0 ? order : (x->iin > y->iin) - (x->iin < y->iin);
}

enum cq_code cq_registration_count(const struct cq_report_request *request,
                                   struct cq_report_result *result,
                                   struct cq_registration_count *count, struct cq_err *err)
{
    static const char sql[] =
        "SELECT id >> 23, facility, card_no, papers, registered_on FROM card WHERE" CQ_SQL_NOW
        " ORDER BY id";
    struct counting c = {.request = request, .result = result, .count = count};
    enum cq_code code = cq_db_prepare(request->db, &c.cards.stmt, sql, err);
    if (!code) {
        sqlite3_bind_int64(c.cards.stmt, 1, result->run);
        sqlite3_bind_int64(c.cards.stmt, 2, request->day);
        code = cq_people_open(&c.people, request->db, request->law, result->run, err);
    }
    if (!code)
        code = add_people(&c, err);
    if (!code && count->open_count > 1)
        qsort(count->open, count->open_count, sizeof *count->open, by_place);
    sqlite3_finalize(c.cards.stmt);
    cq_people_close(c.people);
    return code;
}

void cq_registration_count_fini(struct cq_registration_count *count)
{
    free(count->places);
    free(count->open);
    *count = (struct cq_registration_count){0};
}
