/* Lives of referrals drawn at random, against a state machine that knows the acts and no tables
 * (life_model.h): who may be referred by whom, what is recorded, which moves are made, what the
 * registry says of each referral after each, and at moments before. At the end everything verifies.
 *
 * CQ_STEPS says how many requests are drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "../import/importing.h"
#include "../random.h"

#include "cq/iin.h"
#include "cq/issue.h"
#include "cq/list.h"
#include "cq/person.h"
#include "cq/refno.h"
#include "cq/transition.h"
#include "cq/verify.h"
#include "life_model.h"

/* Moves are tried on the last lives, and now and then on any. */
enum { PEOPLE = 60, REQUESTS = 1200, MOVES = 4, RECENT = 6, SNAPSHOTS = 200 };

static const char *one_of(const char *const *words, int count)
{
    return words[random_below(count)];
}
#define ONE_OF(...)                                                                                \
    one_of((const char *const[]){__VA_ARGS__},                                                     \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

/* A life as it was at a moment. */
struct snapshot {
    int64_t moment;
    struct life life;
};

struct lives {
    struct world w;
    struct cq_people *people;
    struct life *list;
    int count, requests, made[CQ_STATES], refused, wrong;
    int admitted_bureau, admitted_commission, admitted_consent, answered, found_in, paid,
        specialist;
    struct snapshot snapshots[SNAPSHOTS];
    int snapshot_count;
    int64_t moment;
};

/* --- the registry --- */

static int64_t iin_of(int person)
{
    int64_t base = 850315100000 + 20 * person;
    while (cq_iin_control(base) != base % 10)
        base++;
    return base;
}

/* Every fourth is an employee whose spouse, pensioner and child follow. */
static void add_person(struct cq_str *out, int person)
{
    static const char *const categories[] = {"employee", "family", "pensioner", "child_of_fallen"};
    static const char *const homes[] = {"711110000", "751110000", "590000000"};
    static const char *const agencies[] = {"internal_affairs", "fire_service", "prosecution",
                                           "civil_protection"};
    int kind = person % 4, house = person / 4;
    const char *home = homes[house % 3];
    cq_str_printf(out, "%lld,Имя,Имя,%s,%s,%s,yes,%s,%s,", (long long)iin_of(person),
                  kind == 3 ? "2012-03-15" : "1985-03-15", categories[kind],
                  agencies[house / 3 % 4], home, kind == 0 ? home : "");
    if (kind == 1 || kind == 3)
        cq_str_printf(out, "%lld,%s,yes,", (long long)iin_of(4 * house),
                      kind == 1 ? "spouse" : "child");
    else
        cq_str_puts(out, ",,,");
    cq_str_printf(out, "%s,%s,%s,2016-01-01\n", kind == 3 ? "2015-05-05" : "",
                  kind == 0 && house % 4 ? "yes" : "", kind == 0 && house % 5 == 4 ? "yes" : "");
}

static void import_kind(struct lives *l, enum cq_kind kind, const char *text)
{
    l->w.import.kind = kind;
    l->w.import.now += 1000;
    assert_int_equal(import_text(&l->w, text), CQ_OK);
    assert_int_equal(l->w.result.rejected, 0);
}

/* Those of each owner that may refer, by the model's numbers. */
static const char *const senders[] = {"", "MVD-71", "PHC-59", "UDP-71", "CITY-59"};

static void fill(struct lives *l)
{
    struct cq_str text = {0};
    cq_str_puts(&text, "iin,last_name,first_name,birth_date,category,agency,special_rank,residence,"
                       "service_place,sponsor_iin,relation,coresident,killed_on,duty_injury,"
                       "presidential,valid_from\n");
    for (int i = 0; i < PEOPLE; i++)
        add_person(&text, i);
    import_kind(l, CQ_KIND_CONTINGENT, text.ptr);
    cq_str_clear(&text);
    cq_str_puts(&text, "iin,insured,checked_on\n");
    for (int i = 0; i < PEOPLE; i++)
        cq_str_printf(&text, "%lld,%s,2019-01-01\n", (long long)iin_of(i),
                      i % 5 > 1 ? "yes" : "no");
    import_kind(l, CQ_KIND_INSURANCE, text.ptr);
    cq_str_free(&text);
    import_kind(l, CQ_KIND_FACILITIES,
                "facility,owner,kato,service\n"
                "MVD-71,mvd,711110000,inpatient\nMVD-75,mvd,751110000,inpatient\n"
                "MVD-71,mvd,711110000,outpatient\nMVD-71,mvd,711110000,medical_rehabilitation\n"
                "CITY-59,health_subject,590000000,inpatient\n"
                "CITY-59,health_subject,590000000,outpatient\n"
                "CITY-59,health_subject,590000000,medical_rehabilitation\n"
                "PHC-59,phc,590000000,outpatient\nUDP-71,presidential,711110000,inpatient\n"
                "PSYCH-59,civil_protection,590000000,psychological_rehabilitation\n"
                "MIND-59,mental_health,590000000,mental_health\n"
                "SPA-59,sanatorium,590000000,sanatorium\n");
}

/* --- a request --- */

static bool once_in(int below)
{
    return random_below(below) == 0;
}

static int32_t some_day(void)
{
    static const int years[] = {2020, 2020, 2022, 2024, 2026};
    return life_day(years[random_below(5)], 1 + random_below(12), 1 + random_below(28));
}

/* Draws a request; the answer of the person to it becomes the decision of the model. */
static struct life_request draw(struct cq_request *request)
{
    static const int services[] = {CQ_SERVICE_OUTPATIENT,
                                   CQ_SERVICE_INPATIENT,
                                   CQ_SERVICE_INPATIENT,
                                   CQ_SERVICE_INPATIENT,
                                   CQ_SERVICE_MEDICAL_REHABILITATION,
                                   CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION,
                                   CQ_SERVICE_SANATORIUM,
                                   CQ_SERVICE_MENTAL_HEALTH};
    struct life_request q = {.day = some_day(),
                             .service = services[random_below(8)],
                             .emergency = once_in(5),
                             .sender = once_in(3) ? random_below(5) : OWNER_MVD,
                             .referrer = !once_in(6),
                             .bureau = once_in(3),
                             .commission_on = CQ_DAY_MIN,
                             .consent = once_in(2)   ? CQ_YES
                                        : once_in(6) ? CQ_NO
                                                     : CQ_UNKNOWN,
                             .occasion = CQ_UNKNOWN,
                             .measure = CQ_UNKNOWN,
                             .paid_by = CQ_UNKNOWN,
                             .found_in = -1};
    if (once_in(q.service == CQ_SERVICE_MEDICAL_REHABILITATION ? 2 : 60))
        q.occasion = random_below(6);
    if (once_in(q.service == CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION ? 2 : 60))
        q.measure = random_below(3);
    if (once_in(q.service == CQ_SERVICE_MEDICAL_REHABILITATION ? 2 : 60))
        q.paid_by = random_below(3);
    q.commission_no = once_in(q.service == CQ_SERVICE_SANATORIUM ? 3 : 60);
    if (once_in(q.service == CQ_SERVICE_SANATORIUM ? 3 : 60))
        q.commission_on = q.day + 1 - random_below(5);
    *request = cq_request_default(q.service, q.day);
    request->urgency = q.emergency ? CQ_URGENCY_EMERGENCY : CQ_URGENCY_PLANNED;
    request->destination = random_below(3);
    request->indicated = once_in(3) ? CQ_UNKNOWN : CQ_YES;
    request->package = once_in(3) ? random_below(3) : CQ_UNKNOWN;
    return q;
}

/* A planned stay in one of the two cities of somebody who lives elsewhere. */
static void draw_far(struct life_request *q, struct cq_request *request, int *person)
{
    q->service = request->service = CQ_SERVICE_INPATIENT;
    q->emergency = false;
    request->urgency = CQ_URGENCY_PLANNED;
    request->destination = 1 + random_below(2);
    request->package = CQ_UNKNOWN;
    *person = 12 * random_below(PEOPLE / 12) + 8 + random_below(4);
}

/* A person whom such care may be for: an employee; of civil protection; in a place without
 * organisations of the bodies. */
static int draw_employee(int service)
{
    int house = random_below(PEOPLE / 4);
    while (service != CQ_SERVICE_SANATORIUM && (house / 3 % 2 == 0 || house % 3 != 2))
        house = random_below(PEOPLE / 4);
    return 4 * house;
}

/* A life of the person, or another, whose referral the disorder was found in. */
static void draw_found_in(const struct lives *l, struct life_request *q, int *person)
{
    if (!once_in(q->service == CQ_SERVICE_MENTAL_HEALTH ? 2 : 60))
        return;
    q->found_in = -2;
    for (int tries = 0; tries < 200 && l->count > 0; tries++) {
        int i = random_below(l->count);
        if (once_in(40) || l->list[i].asked.service == CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION) {
            q->found_in = i;
            *person = once_in(8) ? *person : l->list[i].person;
            q->day = once_in(4) ? q->day : l->list[i].asked.day + random_below(3);
            return;
        }
    }
}

static struct life_decision decide(struct lives *l, int person, const struct cq_request *request)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    int count = 0;
    assert_int_equal(cq_people_decide(l->people, iin_of(person), request, answers, &count, NULL),
                     CQ_OK);
    const struct cq_decision *d = &answers[0].decision;
    struct cq_text reasons = cq_text_of(d->reasons);
    return (struct life_decision){
        .entitled = d->entitled,
        .category = answers[0].category,
        .destination = cq_facts_get(answers[0].facts, CQ_FACT_DESTINATION),
        .home = cq_facts_get(answers[0].facts, CQ_FACT_HOME),
        .mvd = strcmp(d->provider, "mvd") == 0,
        .specialist = strcmp(d->referral, "mvd_specialist") == 0,
        .mvd_or_phc = strcmp(d->referral, "mvd_or_phc") == 0,
        .presidential = strcmp(d->referral, "presidential_rules") == 0,
        .wants_consent = cq_text_has(reasons, ';', "consent"),
        .wants_commission = cq_text_has(reasons, ';', "commission"),
        .wants_payment = cq_text_has(reasons, ';', "paid")};
}

static void put_day(char *text, int32_t day)
{
    text[day == CQ_DAY_MIN ? 0 : cq_date_write(text, day)] = '\0';
}

/* An open referral for the same request of that day, -1 for none. */
static int find_same(const struct lives *l, int person, const struct life_request *q,
                     const struct life_decision *d)
{
    for (int i = 0; i < l->count; i++) {
        const struct life *one = &l->list[i];
        if (one->person == person && one->asked.day == q->day && one->asked.service == q->service &&
            one->asked.emergency == q->emergency && one->decided.destination == d->destination &&
            (one->state == CQ_ISSUED || one->state == CQ_ACCEPTED || one->state == CQ_ADMITTED))
            return i;
    }
    return -1;
}

static void ignore(const struct cq_err *finding, void *context)
{
    (void)finding;
    (void)context;
}

/* Asks the programs. Returns the number, 0 where it is refused. */
static int64_t ask(struct lives *l, int person, const struct life_request *q,
                   const struct cq_request *request)
{
    static const char *const yes_no[] = {"yes", "no"};
    static const char *const packages[] = {"gobmp", "osms", "none"};
    struct cq_text fields[CQ_REQUEST_COLUMNS];
    char iin[24], on[12], commission_on[12], found[CQ_REFNO_LENGTH + 1] = "";
    struct cq_intake_options options = {
        .law = l->w.law, .known_run = 3, .as_of = q->day, .report = ignore};
    struct cq_intake *intake = NULL;
    struct cq_numbers numbers = {0};
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
        fields[i] = options.defaults[i] = (struct cq_text){"", 0};
    snprintf(iin, sizeof iin, "%lld", (long long)iin_of(person));
    put_day(on, q->day);
    put_day(commission_on, q->commission_on);
    if (q->found_in != -1)
        cq_refno_write(found,
                       q->found_in < 0 ? cq_refno_make(99, 2026, 1) : l->list[q->found_in].number);
    const struct {
        int column;
        const char *text;
    } cells[] = {
        {CQ_REQUEST_IIN, iin},
        {CQ_REQUEST_SERVICE, cq_fact_value_name(CQ_FACT_SERVICE, q->service)},
        {CQ_REQUEST_DESTINATION, cq_fact_value_name(CQ_FACT_DESTINATION, request->destination)},
        {CQ_REQUEST_URGENCY, q->emergency ? "emergency"
                             : once_in(2) ? "planned"
                                          : ""},
        {CQ_REQUEST_FROM_FACILITY, senders[q->sender]},
        {CQ_REQUEST_REFERRER, q->referrer ? "Маман" : ""},
        {CQ_REQUEST_BUREAU_CODE, q->bureau ? "B-0" : ""},
        {CQ_REQUEST_COMMISSION_NO, q->commission_no ? "1" : ""},
        {CQ_REQUEST_COMMISSION_ON, commission_on},
        {CQ_REQUEST_CONSENT, q->consent == CQ_UNKNOWN ? "" : yes_no[q->consent]},
        {CQ_REQUEST_OCCASION, q->occasion < 0 ? "" : cq_occasion_names[q->occasion]},
        {CQ_REQUEST_MEASURE, q->measure < 0 ? "" : cq_measure_names[q->measure]},
        {CQ_REQUEST_PAID_BY, q->paid_by < 0 ? "" : cq_paid_by_names[q->paid_by]},
        {CQ_REQUEST_FOUND_IN, found},
        {CQ_REQUEST_INDICATED, request->indicated == CQ_YES ? "yes" : ""},
        {CQ_REQUEST_PACKAGE, request->package == CQ_UNKNOWN ? "" : packages[request->package]},
        {CQ_REQUEST_AS_OF, on},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        fields[cells[i].column] = cq_text_of(cells[i].text);
    assert_int_equal(cq_intake_open(&intake, &l->w.db, &options, NULL), CQ_OK);
    assert_int_equal(cq_intake_add(intake, fields, NULL, 0, NULL), CQ_OK);
    assert_int_equal(cq_db_begin(&l->w.db, NULL), CQ_OK);
    assert_int_equal(cq_drafts_write(&l->w.db, cq_intake_drafts(intake), ++l->moment, "tester",
                                     ignore, NULL, &numbers, NULL),
                     CQ_OK);
    assert_int_equal(cq_db_commit(&l->w.db, NULL), CQ_OK);
    cq_intake_close(intake);
    int64_t number = numbers.count ? numbers.list[0] : 0;
    cq_numbers_free(&numbers);
    return number;
}

/* --- what the registry says --- */

static struct cq_referral read_one(struct lives *l, int64_t number, int64_t moment,
                                   struct cq_referral_reader **reader)
{
    struct cq_referral r;
    bool found = false;
    assert_int_equal(cq_referral_reader_open(reader, &l->w.db, moment, NULL), CQ_OK);
    assert_int_equal(cq_referral_read(*reader, number, &r, &found, NULL), CQ_OK);
    assert_true(found);
    return r;
}

/* Compares a referral with a life. */
static void compare(struct lives *l, const struct life *one, int64_t moment)
{
    struct cq_referral_reader *reader;
    const struct cq_referral r = read_one(l, one->number, moment, &reader);
    assert_int_equal(r.status, one->state);
    assert_int_equal(r.text[CQ_REFERRAL_BUREAU_CODE].len > 0, one->bureau);
    assert_int_equal(r.text[CQ_REFERRAL_COMMISSION_NO].len > 0, one->commission_no);
    assert_int_equal(r.commission_on, one->commission_on);
    assert_int_equal(r.consent, one->consent);
    assert_int_equal(r.occasion, one->asked.occasion);
    assert_int_equal(r.paid_by, one->asked.paid_by);
    assert_int_equal(r.found_in, one->asked.found_in < 0 ? 0 : l->list[one->asked.found_in].number);
    assert_int_equal(r.answer, one->answer);
    assert_int_equal(r.answered_on, one->answered_on);
    assert_int_equal(r.appointed_on, one->appointed_on);
    assert_int_equal(r.refusal.len > 0, one->reason);
    cq_referral_reader_close(reader);
}

static void request_one(struct lives *l)
{
    struct cq_request request;
    struct life_request q = draw(&request);
    int person = random_below(PEOPLE);
    if (once_in(3))
        draw_far(&q, &request, &person);
    else if (q.service >= CQ_SERVICE_MEDICAL_REHABILITATION && !once_in(4))
        person = draw_employee(q.service);
    draw_found_in(l, &q, &person);
    request.day = q.day;
    const struct life_decision d = decide(l, person, &request);
    bool issued = life_is_issued(l->list, person, &q, &d);
    int same = issued ? find_same(l, person, &q, &d) : -1;
    int64_t number = ask(l, person, &q, &request);
    if ((number != 0) != issued)
        fail_msg("request %d: service %d of person %d is %s", l->requests, q.service, person,
                 number ? "issued" : "refused");
    l->requests++;
    if (same >= 0)
        assert_int_equal(number, l->list[same].number);
    if (!issued || same >= 0)
        return;
    struct cq_referral_reader *reader;
    int32_t valid_until = read_one(l, number, INT64_MAX, &reader).valid_until;
    cq_referral_reader_close(reader);
    l->specialist += d.specialist;
    l->paid += d.wants_payment;
    l->found_in += q.found_in >= 0;
    life_begin(&l->list[l->count++], person, &q, &d, number, valid_until);
    compare(l, &l->list[l->count - 1], INT64_MAX);
}

/* --- moves --- */

static struct life_move draw_move(const struct life *one)
{
    struct life_move m = {.action = ONE_OF("accept", "accept", "accept", "reject", "answer",
                                           "answer", "admit", "admit", "admit", "complete",
                                           "cancel", "expire"),
                          .day = one->last_day + random_below(4) - once_in(12),
                          .reason = once_in(2),
                          .commission_on = CQ_DAY_MIN,
                          .planned_on = CQ_DAY_MIN,
                          .consent = once_in(4) ? random_below(2) : CQ_UNKNOWN};
    bool commission = one->decided.wants_commission;
    if (strcmp(m.action, "expire") == 0 && once_in(2))
        m.day = one->valid_until + random_below(3);
    if (strcmp(m.action, "answer") == 0 && once_in(2))
        m.planned_on = m.day + random_below(8) - 1;
    if (strcmp(m.action, "admit") != 0)
        return m;
    m.bureau = once_in(3);
    m.commission_no = once_in(commission ? 2 : 60);
    if (once_in(commission ? 2 : 60))
        m.commission_on = m.day + 1 - random_below(6);
    return m;
}

static void write_move(struct lives *l, const struct life *one, const struct life_move *m,
                       size_t *made_count, bool *refused)
{
    struct cq_transition transition = cq_transition_of(one->number);
    struct cq_transitions transitions = {0};
    struct cq_numbers made = {0};
    const struct cq_transition_options options = {.action = m->action,
                                                  .law = l->w.law,
                                                  .known_run = 3,
                                                  .day = m->day,
                                                  .now = ++l->moment,
                                                  .actor = "tester",
                                                  .despite = "here", /* the right is no matter */
                                                  .report = ignore};
    transition.day = m->day;
    transition.reason = cq_text_of(!m->reason ? "" : once_in(3) ? "нет отделения" : "орын жоқ");
    transition.bureau_code = cq_text_of(m->bureau ? "B-1" : "");
    transition.commission_no = cq_text_of(m->commission_no ? "1" : "");
    transition.commission_on = m->commission_on;
    transition.planned_on = m->planned_on;
    transition.consent = m->consent;
    assert_int_equal(cq_transitions_add(&transitions, &transition), CQ_OK);
    assert_int_equal(cq_db_begin(&l->w.db, NULL), CQ_OK);
    assert_int_equal(cq_transitions_write(&l->w.db, &transitions, &options, &made, refused, NULL),
                     CQ_OK);
    assert_int_equal(cq_db_commit(&l->w.db, NULL), CQ_OK);
    *made_count = made.count;
    cq_transitions_free(&transitions);
    cq_numbers_free(&made);
}

static void move_one(struct lives *l)
{
    int recent = l->count < RECENT || once_in(10) ? l->count : RECENT;
    struct life *one = &l->list[l->count - 1 - random_below(recent)];
    const struct life before = *one;
    const struct life_move m = draw_move(one);
    bool refused = false;
    size_t made = 0;
    write_move(l, one, &m, &made, &refused);
    enum life_outcome outcome = life_move(one, &m);
    if (made != (outcome == LIFE_MADE) || refused != (outcome == LIFE_REFUSED))
        fail_msg("request %d: %s of a referral that is %s: made %zu, refused %d, wanted %d",
                 l->requests, m.action, cq_state_names[before.state], made, refused, outcome);
    l->made[one->state] += outcome == LIFE_MADE;
    if (outcome == LIFE_MADE && one->state == CQ_ADMITTED) {
        l->admitted_bureau += life_needs_bureau(&one->asked, &one->decided);
        l->admitted_commission += one->decided.wants_commission;
        l->admitted_consent += one->decided.wants_consent;
    }
    l->answered += outcome == LIFE_MADE && strcmp(m.action, "answer") == 0;
    l->refused += outcome == LIFE_REFUSED;
    l->wrong += outcome == LIFE_WRONG;
    compare(l, one, INT64_MAX);
    if (outcome == LIFE_MADE && once_in(8))
        l->snapshots[l->snapshot_count++ % SNAPSHOTS] = (struct snapshot){l->moment - 1, before};
}

/* --- the test --- */

static void find_nothing(const struct cq_verify_finding *finding, void *context)
{
    (void)context;
    print_error("%lld %s %s\n", (long long)finding->number, cq_verified_names[finding->kind],
                finding->detail);
}

/* Every kind of thing happens often enough to be seen. */
static void check_tally(const struct lives *l, int wanted)
{
    const struct {
        const char *what;
        int count;
    } tally[] = {{"accepted", l->made[CQ_ACCEPTED]},
                 {"rejected", l->made[CQ_REJECTED]},
                 {"admitted", l->made[CQ_ADMITTED]},
                 {"completed", l->made[CQ_COMPLETED]},
                 {"cancelled", l->made[CQ_CANCELLED]},
                 {"expired", l->made[CQ_EXPIRED]},
                 {"answered", l->answered},
                 {"admitted by the Bureau's code", l->admitted_bureau},
                 {"admitted by a commission", l->admitted_commission},
                 {"admitted with consent", l->admitted_consent},
                 {"by a specialist", l->specialist},
                 {"paid", l->paid},
                 {"found in another", l->found_in},
                 {"refused", l->refused},
                 {"wrong", l->wrong}};
    for (size_t i = 0; i < sizeof tally / sizeof *tally; i++) {
        print_message("%d %s\n", tally[i].count, tally[i].what);
        if (tally[i].count * 300 < wanted)
            fail_msg("only %d of %d: %s", tally[i].count, wanted, tally[i].what);
    }
}

static void test_lives_are_those_of_the_acts(void **state)
{
    const char *steps = getenv("CQ_STEPS");
    int wanted = steps ? atoi(steps) : REQUESTS;
    static struct lives l;
    (void)state;
    seed = 20260302;
    world_open(&l.w);
    fill(&l);
    l.moment = l.w.import.now + 1000;
    l.list = calloc((size_t)wanted, sizeof *l.list);
    assert_non_null(l.list);
    assert_int_equal(cq_people_open(&l.people, &l.w.db, l.w.law, 3, NULL), CQ_OK);
    for (int i = 0; i < wanted; i++) {
        request_one(&l);
        for (int k = 0; k < MOVES && l.count > 0; k++)
            move_one(&l);
    }
    for (int i = 0; i < l.snapshot_count && i < SNAPSHOTS; i++)
        compare(&l, &l.snapshots[i].life, l.snapshots[i].moment);
    struct cq_verify verify = {.law = l.w.law, .report = find_nothing};
    assert_int_equal(cq_referrals_verify(&l.w.db, &verify, NULL, NULL), CQ_OK);
    assert_int_equal(verify.referrals, l.count);
    assert_int_equal(verify.findings, 0);
    if (wanted >= REQUESTS)
        check_tally(&l, wanted);
    cq_people_close(l.people);
    free(l.list);
    world_close(&l.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lives_are_those_of_the_acts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
