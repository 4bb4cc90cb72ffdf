/* The report overtaken against brute force: referrals issued and people admitted over weeks, lists
 * that speak of days long past, lists of all kinds, undo. Each referral and stay is decided as of
 * the run that was known then, and as of every later one, in a plain loop.
 *
 * A tenth of the whole is tried; with CQ_STEPS=all 10,000 referrals and 200 late lists. */
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
#include "cq/report.h"
#include "cq/transition.h"
#include "cq/verify.h"

enum { FACILITIES = 12, DAYS = 120, RUNS_MAX = 600 };

struct size {
    int people, referrals, lists; /* late ones */
};

static const char *one_of(const char *const *words, int count)
{
    return words[random_below(count)];
}
#define ONE_OF(...)                                                                                \
    one_of((const char *const[]){__VA_ARGS__},                                                     \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

static int64_t iin_of(int person)
{
    int64_t base = 850315100000 + 20 * person;
    while (cq_iin_control(base) != base % 10)
        base++;
    return base;
}

static int32_t first_day(void)
{
    return day("2026-01-01");
}

/* A day from so many before the first of the referrals to so many after it. */
static void add_day(struct cq_str *out, int before, int after)
{
    char text[12];
    text[cq_date_write(text, first_day() - before + random_below(before + after))] = '\0';
    cq_str_puts(out, text);
}

/* --- lists --- */

static void add_person(struct cq_str *out, int person, int people, bool late)
{
    cq_str_printf(out, "%lld,Имя,Имя,1985-03-15,%s,%s,%s,%s,%s,", (long long)iin_of(person),
                  late && random_below(3)
                      ? ONE_OF("employee", "family", "pensioner", "child_of_fallen")
                  : person % 3 ? "employee"
                               : ONE_OF("family", "pensioner"),
                  random_below(4) ? "internal_affairs" : "courier", ONE_OF("yes", "yes", "no", ""),
                  ONE_OF("711110000", "751110000", "590000000", "351010000"),
                  ONE_OF("711110000", "751110000", "590000000"));
    cq_str_printf(out, "%lld,%s,%s,", (long long)iin_of(random_below(people)),
                  ONE_OF("spouse", "spouse", "parent"), ONE_OF("yes", "yes", "no"));
    if (late && random_below(3))
        add_day(out, 60, DAYS);
    cq_str_puts(out, ",");
    if (late && random_below(6) == 0)
        add_day(out, 0, DAYS);
    cq_str_puts(out, "\n");
}

static void make_people(struct cq_str *out, int people, bool late)
{
    cq_str_puts(out, "iin,last_name,first_name,birth_date,category,agency,special_rank,residence,"
                     "service_place,sponsor_iin,relation,coresident,valid_from,valid_to\n");
    for (int i = 0; i < people; i++)
        if (!late || random_below(12) == 0)
            add_person(out, i, people, late);
}

static void make_insurance(struct cq_str *out, int people)
{
    cq_str_puts(out, "iin,insured,paid_until,checked_on\n");
    for (int i = 0; i < people; i++) {
        if (random_below(8) != 0)
            continue;
        cq_str_printf(out, "%lld,%s,", (long long)iin_of(i), ONE_OF("yes", "yes", "no"));
        if (random_below(2))
            add_day(out, 200, DAYS);
        cq_str_puts(out, ",");
        add_day(out, 30, DAYS);
        cq_str_puts(out, "\n");
    }
}

static void make_presidential(struct cq_str *out, int people)
{
    cq_str_puts(out, "iin,valid_from,valid_to\n");
    for (int i = 0; i < people; i++)
        if (random_below(25) == 0) {
            cq_str_printf(out, "%lld,", (long long)iin_of(i));
            add_day(out, 60, 60);
            cq_str_puts(out, random_below(2) ? ",2027-01-01\n" : ",2026-03-20\n");
        }
}

static void make_facilities(struct cq_str *out, bool late)
{
    static const char *const places[] = {"711110000", "751110000", "351010000"};
    static const char *const services[] = {"outpatient", "inpatient", "medical_rehabilitation"};
    cq_str_puts(out, "facility,owner,kato,service,specialist,valid_from,valid_to\n");
    for (int i = 0; i < FACILITIES; i++) {
        if (late && random_below(4) != 0)
            continue;
        cq_str_printf(out, "F-%02d,%s,%s,%s,%s,", i, i % 4 ? "mvd" : "health_subject",
                      places[(late && random_below(2) ? random_below(3) : i) % 3],
                      services[i / 3 % 3], ONE_OF("yes", "yes", "no"));
        if (late && random_below(2))
            add_day(out, 30, DAYS);
        cq_str_puts(out, late && random_below(3) == 0 ? ",2026-04-10\n" : ",\n");
    }
}

static void import_kind(struct world *w, enum cq_kind kind, const struct cq_str *text)
{
    w->import.kind = kind;
    w->import.now += 1000;
    assert_int_equal(import_text(w, text->ptr), CQ_OK);
}

/* A late list of any kind, or an undo, which may be refused. */
static void late_list(struct world *w, const struct size *size)
{
    struct cq_str text = {0};
    int kind = random_below(16);
    w->import.list_date = first_day() + random_below(DAYS);
    if (kind == 0) {
        int64_t last = 0;
        assert_int_equal(cq_db_int(&w->db, "SELECT max(id) FROM run", &last, NULL), CQ_OK);
        w->import.now += 1000;
        w->err = (struct cq_err){0};
        cq_import_result_fini(&w->result);
        cq_import_undo(&w->db, &w->import, last - random_below(3), &w->result, &w->err);
        return;
    }
    if (kind <= 8)
        make_people(&text, size->people, true);
    else if (kind <= 12)
        make_insurance(&text, size->people);
    else if (kind <= 14)
        make_presidential(&text, size->people);
    else
        make_facilities(&text, true);
    import_kind(w,
                kind <= 8    ? CQ_KIND_CONTINGENT
                : kind <= 12 ? CQ_KIND_INSURANCE
                : kind <= 14 ? CQ_KIND_PRESIDENTIAL
                             : CQ_KIND_FACILITIES,
                &text);
    cq_str_free(&text);
}

/* --- referrals --- */

static void ignore(const struct cq_err *finding, void *context)
{
    (void)finding;
    (void)context;
}

static int64_t known_run(struct world *w)
{
    int64_t run;
    assert_int_equal(cq_run_known(&w->db, INT64_MAX, &run, NULL), CQ_OK);
    return run;
}

/* A request; the bureau's code keeps which destination and facility it asked for, for the recount. */
static void add_request(struct world *w, struct cq_intake *intake, const struct size *size)
{
    static const char *const destinations[] = {"local", "astana", "almaty"};
    struct cq_text fields[CQ_REQUEST_COLUMNS];
    char iin[24], facility[8] = "", code[16];
    int destination = random_below(5);
    for (int k = 0; k < CQ_REQUEST_COLUMNS; k++)
        fields[k] = (struct cq_text){"", 0};
    const char *service = ONE_OF("outpatient", "inpatient", "inpatient", "medical_rehabilitation");
    if (random_below(2) && strcmp(service, "inpatient") == 0)
        snprintf(facility, sizeof facility, "%s", ONE_OF("F-03", "F-05"));
    else if (random_below(6) == 0)
        snprintf(facility, sizeof facility, "F-%02d", random_below(FACILITIES));
    snprintf(iin, sizeof iin, "%lld", (long long)iin_of(random_below(size->people)));
    snprintf(code, sizeof code, "B%d%s", destination, facility);
    fields[CQ_REQUEST_IIN] = cq_text_of(iin);
    fields[CQ_REQUEST_SERVICE] = cq_text_of(service);
    fields[CQ_REQUEST_DESTINATION] = cq_text_of(destination < 3 ? destinations[destination] : "");
    fields[CQ_REQUEST_FACILITY] = cq_text_of(facility);
    fields[CQ_REQUEST_BUREAU_CODE] = cq_text_of(code);
    fields[CQ_REQUEST_INDICATED] = cq_text_of("yes");
    fields[CQ_REQUEST_FROM_FACILITY] = cq_text_of("F-01");
    fields[CQ_REQUEST_REFERRER] = cq_text_of("x");
    fields[CQ_REQUEST_URGENCY] = cq_text_of(ONE_OF("", "planned", "emergency"));
    fields[CQ_REQUEST_PROFILE] = cq_text_of(ONE_OF("", "", "p", "q"));
    fields[CQ_REQUEST_DUTY_INJURY] = cq_text_of(ONE_OF("", "", "yes"));
    assert_int_equal(cq_intake_add(intake, fields, NULL, 0, &w->err), CQ_OK);
}

/* Issues what the requests of a day are entitled to. */
static void issue(struct world *w, const struct size *size, int32_t today, int count)
{
    struct cq_intake_options options = {
        .law = w->law, .known_run = known_run(w), .as_of = today, .report = ignore};
    struct cq_intake *intake = NULL;
    struct cq_numbers numbers = {0};
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
        options.defaults[i] = (struct cq_text){"", 0};
    assert_int_equal(cq_intake_open(&intake, &w->db, &options, &w->err), CQ_OK);
    for (int i = 0; i < count; i++)
        add_request(w, intake, size);
    w->import.now += 1000;
    assert_int_equal(cq_db_begin(&w->db, &w->err), CQ_OK);
    assert_int_equal(cq_drafts_write(&w->db, cq_intake_drafts(intake), w->import.now, "tester",
                                     ignore, NULL, &numbers, &w->err),
                     CQ_OK);
    assert_int_equal(cq_db_commit(&w->db, &w->err), CQ_OK);
    cq_numbers_free(&numbers);
    cq_intake_close(intake);
}

/* Moves some of the referrals that an action is allowed for, whatever their right is now. */
static void move(struct world *w, const char *action, unsigned states, int32_t today, int of)
{
    const struct cq_referral_filter filter = {.states = states, .overdue_on = CQ_DAY_MIN};
    struct cq_transitions transitions = {0};
    struct cq_numbers numbers = {0}, made = {0};
    bool refused = false;
    assert_int_equal(cq_referrals_find(&w->db, &filter, INT64_MAX, &numbers, &w->err), CQ_OK);
    for (size_t i = 0; i < numbers.count; i++) {
        struct cq_transition one = cq_transition_of(numbers.list[i]);
        one.consent = CQ_YES;
        if (random_below(of) == 0)
            assert_int_equal(cq_transitions_add(&transitions, &one), CQ_OK);
    }
    const struct cq_transition_options options = {
        .action = action,
        .law = strcmp(action, "admit") == 0 ? w->law : NULL,
        .known_run = known_run(w),
        .day = today,
        .now = w->import.now += 1000,
        .actor = "tester",
        .despite = "there",
        .report = ignore,
    };
    assert_int_equal(cq_db_begin(&w->db, &w->err), CQ_OK);
    assert_int_equal(cq_transitions_write(&w->db, &transitions, &options, &made, &refused, &w->err),
                     CQ_OK);
    assert_int_equal(cq_db_commit(&w->db, &w->err), CQ_OK);
    cq_transitions_free(&transitions);
    cq_numbers_free(&numbers);
    cq_numbers_free(&made);
}

/* A registry of so many referrals, of which half are issued between late lists. */
static void make_registry(struct world *w, const struct size *size)
{
    struct cq_str text = {0};
    world_open(w);
    w->import.list_date = first_day();
    make_people(&text, size->people, false);
    import_kind(w, CQ_KIND_CONTINGENT, &text);
    cq_str_clear(&text);
    make_facilities(&text, false);
    import_kind(w, CQ_KIND_FACILITIES, &text);
    cq_str_free(&text);
    int64_t issued = 0;
    for (int i = 0; issued < size->referrals; i++) {
        int32_t today = first_day() + i * DAYS / size->lists;
        issue(w, size, today, size->referrals * 2 / size->lists);
        assert_int_equal(cq_db_int(&w->db, "SELECT count(*) FROM referral", &issued, NULL), CQ_OK);
        if (i % 5 == 2) {
            move(w, "accept", 1u << CQ_ISSUED, today, 3);
            move(w, "admit", 1u << CQ_ACCEPTED, today, 2);
        }
        if (i % 9 == 4) {
            move(w, "complete", 1u << CQ_ADMITTED, today, 6);
            move(w, "cancel", 1u << CQ_ISSUED, today, 20);
        }
        late_list(w, size);
    }
    while (known_run(w) < size->lists + 2)
        late_list(w, size);
}

/* --- brute force --- */

struct brute {
    struct world *w;
    struct cq_people *as_of[RUNS_MAX]; /* as each run left the registry */
    int64_t last;
    int found, stays, named, tells[6];
    size_t *rows, row_count; /* of the report, by number and kind */
};

struct decided {
    struct cq_answer answers[CQ_ROLES_MAX];
};

static void decide(struct brute *b, int64_t run, int64_t iin, const struct cq_request *request,
                   struct decided *d)
{
    int count;
    assert_true(run >= 0 && run < RUNS_MAX);
    if (!b->as_of[run])
        assert_int_equal(cq_people_open(&b->as_of[run], &b->w->db, b->w->law, run, NULL), CQ_OK);
    assert_int_equal(cq_people_decide(b->as_of[run], iin, request, d->answers, &count, NULL),
                     CQ_OK);
}

static bool same(const struct decided *x, const struct decided *y)
{
    const struct cq_answer *a = &x->answers[0], *c = &y->answers[0];
    return a->category == c->category && a->agency == c->agency &&
           strcmp(a->facility, c->facility) == 0 &&
           strcmp(a->decision.outcome, c->decision.outcome) == 0 &&
           strcmp(a->decision.provider, c->decision.provider) == 0 &&
           strcmp(a->decision.payer, c->decision.payer) == 0;
}

/* What was asked for. A facility that was named matters only where the referral was decided
 * otherwise without it: nothing else says that it was named. */
static struct cq_request request_of(struct brute *b, const struct cq_referral *r)
{
    struct cq_request q = cq_request_default(r->service, r->issued_on);
    const struct cq_text *asked = &r->text[CQ_REFERRAL_BUREAU_CODE];
    struct decided d;
    if (r->urgency != CQ_UNKNOWN)
        q.urgency = r->urgency;
    q.indicated = r->indicated;
    q.package = r->package;
    q.duty_injury = r->duty_injury;
    q.profile = r->text[CQ_REFERRAL_PROFILE];
    assert_true(asked->len > 1);
    if (asked->ptr[1] < '3')
        q.destination = asked->ptr[1] - '0';
    decide(b, r->run, r->iin, &q, &d);
    if (d.answers[0].facts != r->facts) {
        q.facility = (struct cq_text){asked->ptr + 2, asked->len - 2};
        decide(b, r->run, r->iin, &q, &d);
        b->named++;
    }
    assert_int_equal(d.answers[0].facts, r->facts);
    assert_int_equal(d.answers[0].category, r->category);
    return q;
}

/* The cell of a column of a row. */
static const struct cq_report_cell *cell(const struct cq_report_section *s, size_t row,
                                         const char *column)
{
    for (size_t i = 0; i < s->column_count; i++)
        if (strcmp(s->columns[i].name, column) == 0)
            return cq_section_cell(s, row, i);
    fail_msg("no column %s", column);
    return NULL;
}

static void assert_side(const struct cq_report_section *s, size_t row, const struct cq_answer *then,
                        const struct cq_answer *now)
{
    assert_string_equal(cell(s, row, "outcome")->text, then->decision.outcome);
    assert_string_equal(cell(s, row, "outcome_now")->text, now->decision.outcome);
    assert_string_equal(cell(s, row, "provider")->text, then->decision.provider);
    assert_string_equal(cell(s, row, "provider_now")->text, now->decision.provider);
    assert_string_equal(cell(s, row, "payer")->text, then->decision.payer);
    assert_string_equal(cell(s, row, "payer_now")->text, now->decision.payer);
    assert_string_equal(cell(s, row, "facility")->text, then->facility);
    assert_string_equal(cell(s, row, "facility_now")->text, now->facility);
    assert_string_equal(cell(s, row, "category_now")->text,
                        cq_fact_value_name(CQ_FACT_CATEGORY, now->category));
}

/* One number that SQL gives; ?1 is an IIN, ?2 a run. */
static int64_t number_of(struct brute *b, const char *sql, int64_t iin, int64_t run)
{
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(b->w->db.sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, iin);
    sqlite3_bind_int64(stmt, 2, run);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return number;
}

static bool told(const struct cq_report_section *s, size_t row, const char *source)
{
    return cq_text_has(cq_text_of(cell(s, row, "told")->text), ';', source);
}

/* What the run is said to have told, by the rows that it touched. */
static void assert_told(struct brute *b, const struct cq_report_section *s, size_t row, int64_t iin,
                        int64_t run)
{
    static const struct {
        const char *source, *sql;
    } sources[] = {
        {"person", "SELECT count(*) FROM person WHERE iin = ?1 AND ?2 IN (run_from, run_to)"},
        {"sponsor", "SELECT count(*) FROM person WHERE iin IN (SELECT sponsor_iin FROM person"
                    " WHERE iin = ?1) AND ?2 IN (run_from, run_to)"},
        {"insurance", "SELECT count(*) FROM insurance WHERE iin = ?1 AND ?2 IN (run_from, run_to)"},
        {"presidential", "SELECT count(*) FROM presidential WHERE iin = ?1"
                         " AND ?2 IN (run_from, run_to)"},
        {"facility", "SELECT count(*) FROM facility WHERE ?1 AND ?2 IN (run_from, run_to)"},
        {"undo", "SELECT undoes IS NOT NULL FROM run WHERE ?1 AND id = ?2"},
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        bool wanted = number_of(b, sources[i].sql, iin, run) > 0;
        assert_int_equal(told(s, row, sources[i].source), wanted);
        b->tells[i] += wanted;
    }
    if (told(s, row, "facility"))
        return;
    assert_int_equal(
        cell(s, row, "line")->number,
        number_of(b,
                  "SELECT coalesce((SELECT min(list_line) FROM person WHERE iin = ?1"
                  " AND run_from = ?2), (SELECT min(list_line) FROM person WHERE iin IN (SELECT"
                  " sponsor_iin FROM person WHERE iin = ?1) AND run_from = ?2),"
                  " (SELECT min(list_line) FROM insurance WHERE iin = ?1 AND run_from = ?2),"
                  " (SELECT min(list_line) FROM presidential WHERE iin = ?1 AND run_from = ?2), 0)",
                  iin, run));
}

static const struct cq_report_section *sorted; /* the rows that by_number orders */

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = strcmp(cell(sorted, x, "number")->text, cell(sorted, y, "number")->text);
    return order ? order : strcmp(cell(sorted, x, "kind")->text, cell(sorted, y, "kind")->text);
}

static void sort_rows(struct brute *b, const struct cq_report_section *s)
{
    b->row_count = cq_section_rows(s);
    b->rows = calloc(b->row_count + 1, sizeof *b->rows);
    assert_non_null(b->rows);
    for (size_t i = 0; i < b->row_count; i++)
        b->rows[i] = i;
    sorted = s;
    qsort(b->rows, b->row_count, sizeof *b->rows, by_number);
    for (size_t i = 1; i < b->row_count; i++)
        assert_true(by_number(&b->rows[i - 1], &b->rows[i]) < 0);
}

/* Finds the row of a referral or stay. */
static bool find_row(const struct brute *b, const struct cq_report_section *s, int64_t number,
                     bool stay, size_t *row)
{
    char text[CQ_REFNO_LENGTH + 1] = "";
    size_t low = 0, high = b->row_count;
    cq_refno_write(text, number);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        *row = b->rows[middle];
        int order = strcmp(text, cell(s, *row, "number")->text);
        if (order == 0)
            order = strcmp(stay ? "stay" : "referral", cell(s, *row, "kind")->text);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

/* Compares one day of a referral with the report. */
static void check_day(struct brute *b, const struct cq_report_section *s,
                      const struct cq_referral *r, const struct cq_request *asked, int32_t own,
                      int64_t known, bool stay)
{
    struct cq_request q = *asked;
    q.day = own;
    struct decided then, now, before;
    size_t row;
    bool listed = find_row(b, s, r->number, stay, &row);
    decide(b, known, r->iin, &q, &then);
    decide(b, b->last, r->iin, &q, &now);
    assert_int_equal(listed, !same(&then, &now));
    if (!listed)
        return;
    b->found++;
    b->stays += stay;
    assert_int_equal(cell(s, row, "day")->number, own);
    assert_side(s, row, &then.answers[0], &now.answers[0]);
    int64_t run = b->last;
    for (decide(b, run - 1, r->iin, &q, &before); same(&before, &now);)
        decide(b, --run - 1, r->iin, &q, &before);
    assert_true(run > known);
    assert_int_equal(cell(s, row, "run")->number, run);
    assert_told(b, s, row, r->iin, run);
}

static void check_referral(struct brute *b, const struct cq_report_section *s,
                           const struct cq_referral *r)
{
    struct cq_request q = request_of(b, r);
    check_day(b, s, r, &q, r->issued_on, r->run, false);
    if (r->status != CQ_ADMITTED && r->status != CQ_COMPLETED)
        return;
    int64_t own = number_of(b, "SELECT day FROM referral_event WHERE referral = ?1 AND status = ?2",
                            r->number, CQ_ADMITTED);
    int64_t known = number_of(b,
                              "SELECT max(id) FROM run WHERE at <= (SELECT at FROM referral_event"
                              " WHERE referral = ?1 AND status = ?2)",
                              r->number, CQ_ADMITTED);
    check_day(b, s, r, &q, (int32_t)own, known, true);
}

/* The sums by month and payer, from the rows. */
static void check_sums(const struct cq_report_result *result)
{
    const struct cq_report_section *rows = &result->sections[0], *sums = &result->sections[1];
    int64_t all = 0;
    for (size_t i = 0; i < cq_section_rows(sums); i++) {
        int64_t counts[2] = {0};
        for (size_t k = 0; k < cq_section_rows(rows); k++) {
            char month[12];
            cq_date_write(month, (int32_t)cell(rows, k, "day")->number);
            if (strncmp(month, cell(sums, i, "month")->text, 7) == 0 &&
                strcmp(cell(rows, k, "payer")->text, cell(sums, i, "payer")->text) == 0 &&
                strcmp(cell(rows, k, "payer_now")->text, cell(sums, i, "payer_now")->text) == 0)
                counts[strcmp(cell(rows, k, "kind")->text, "stay") == 0]++;
        }
        assert_int_equal(cell(sums, i, "referrals")->number, counts[0]);
        assert_int_equal(cell(sums, i, "stays")->number, counts[1]);
        all += counts[0] + counts[1];
    }
    assert_int_equal(all, cq_section_rows(rows));
}

static void count_finding(const struct cq_verify_finding *finding, void *context)
{
    (void)finding;
    ++*(int *)context;
}

static void check_all(struct brute *b, const struct cq_report_result *result)
{
    const struct cq_referral_filter filter = {.states = 1u << CQ_ISSUED | 1u << CQ_ACCEPTED |
                                                        1u << CQ_ADMITTED | 1u << CQ_COMPLETED,
                                              .overdue_on = CQ_DAY_MIN};
    struct cq_referral_reader *reader = NULL;
    struct cq_numbers numbers = {0};
    struct cq_referral r;
    bool found;
    assert_int_equal(cq_referrals_find(&b->w->db, &filter, INT64_MAX, &numbers, NULL), CQ_OK);
    assert_int_equal(cq_referral_reader_open(&reader, &b->w->db, INT64_MAX, NULL), CQ_OK);
    for (size_t i = 0; i < numbers.count; i++) {
        assert_int_equal(cq_referral_read(reader, numbers.list[i], &r, &found, NULL), CQ_OK);
        check_referral(b, &result->sections[0], &r);
    }
    assert_int_equal(b->found, cq_section_rows(&result->sections[0]));
    cq_referral_reader_close(reader);
    cq_numbers_free(&numbers);
}

static void test_brute_force(void **state)
{
    const char *steps = getenv("CQ_STEPS");
    bool whole = steps && strcmp(steps, "all") == 0;
    const struct size size = whole ? (struct size){600, 10000, 200} : (struct size){150, 1000, 40};
    struct world w;
    struct brute b = {.w = &w};
    struct cq_report_result result;
    int findings = 0;
    (void)state;
    seed = 6;
    make_registry(&w, &size);
    b.last = known_run(&w);
    const struct cq_report_request request = {.db = &w.db,
                                              .law = w.law,
                                              .known_at = INT64_MAX,
                                              .day = first_day() + DAYS,
                                              .service = CQ_UNKNOWN,
                                              .language = CQ_EN};
    assert_int_equal(cq_report_run(cq_report_find("overtaken", NULL), &request, &result, &w.err),
                     CQ_OK);
    sort_rows(&b, &result.sections[0]);
    check_all(&b, &result);
    check_sums(&result);
    struct cq_verify verify = {.law = w.law, .report = count_finding, .context = &findings};
    assert_int_equal(cq_referrals_verify(&w.db, &verify, NULL, &w.err), CQ_OK);
    assert_int_equal(findings, 0);
    assert_true(verify.referrals >= size.referrals);
    print_message("%lld referrals, %lld runs: %d overtaken, %d of them stays; told %d %d %d %d %d, "
                  "undo %d; facilities named %d\n",
                  (long long)verify.referrals, (long long)b.last, b.found, b.stays, b.tells[0],
                  b.tells[1], b.tells[2], b.tells[3], b.tells[4], b.tells[5], b.named);
    for (int i = 0; i < 6; i++)
        assert_true(b.tells[i] > 0); /* else it proves little */
    assert_true(b.named > 0);
    free(b.rows);
    cq_result_fini(&result);
    for (int i = 0; i < RUNS_MAX; i++)
        cq_people_close(b.as_of[i]);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_brute_force),
    };
    return cmocka_run_group_tests_name("overtaken", tests, NULL, NULL);
}
