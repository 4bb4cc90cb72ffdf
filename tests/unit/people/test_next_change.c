/* changes_on: replayed day by day, no change is earlier and none is missed. People are random, with
 * bounds of every kind inside the replayed years. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cq/date.h"
#include "cq/db.h"
#include "engine/next_change.h"
#include "cq/person.h"

enum { PEOPLE = 240, YEARS = 5 };

static struct cq_law *law;
static uint64_t state = 20261101;

static uint32_t random_below(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static int64_t iin_of(int number)
{
    return 850315100000 + number;
}

static void sql(struct cq_db *db, const char *text)
{
    struct cq_err err = {0};
    enum cq_code code = cq_db_exec(db, text, &err);
    assert_string_equal(err.detail, "");
    assert_int_equal(code, CQ_OK);
}

/* Often "NULL", else a day of the replayed years. */
static const char *bound(char text[12], int32_t first, uint32_t often)
{
    if (random_below(often) == 0)
        snprintf(text, 12, "%d", (int)(first + (int32_t)random_below(YEARS * 365)));
    else
        strcpy(text, "NULL");
    return text;
}

/* A value below, or often "NULL". */
static const char *some(char text[12], uint32_t below)
{
    uint32_t value = random_below(below + 1);
    if (value < below)
        snprintf(text, 12, "%u", value);
    else
        strcpy(text, "NULL");
    return text;
}

/* Many are born, come of age or turn 23 in these years, some of them born on 29 February. */
static int32_t random_birth(int32_t first)
{
    if (random_below(4) == 0)
        return cq_date_make(1985, 3, 15);
    if (random_below(5) == 0)
        return cq_date_make(random_below(2) ? 2008 : 2004, 2, 29);
    static const int32_t ages[] = {0, 18, 23};
    return first - ages[random_below(3)] * 365 + (int32_t)random_below(YEARS * 365);
}

static void add_role(struct cq_db *db, int number, int agency, int version, int32_t first)
{
    char from[12], to[12], relation[12], student[12], disabled[12], dependent[12], killed[12];
    char line[700];
    int category = 1 + (int)random_below(4), sponsor = (int)random_below(PEOPLE * 5 / 4);
    snprintf(line, sizeof line,
             "INSERT INTO person (id, hash, line, run_from, valid_from, valid_to, category,"
             " birth_date, residence, service_place, special_rank, coresident, sponsor_iin,"
             " relation, student_until, disabled_before_18, dependent, killed_on, last_name,"
             " first_name) VALUES (%lld, 1, 0, 1, %s, %s, %d, %d, %d, %s, %d, %d, %lld, %s, %s, %s,"
             " %s, %s, 'А', 'Б')",
             (long long)(((iin_of(number) << 4 | agency) << 19) + version), bound(from, first, 4),
             bound(to, first, 3), category, (int)random_birth(first),
             random_below(2) ? 711110000 : 353630100, random_below(2) ? "NULL" : "751110000",
             (int)random_below(4) != 0, (int)random_below(4) != 0,
             (long long)(category == 2 || category == 4 ? iin_of(sponsor) : 0), some(relation, 5),
             bound(student, first, 2), some(disabled, 2), some(dependent, 2),
             bound(killed, first, 2));
    sql(db, line);
}

/* Versions of one role never overlap: the second begins where the first ends. */
static void split_roles(struct cq_db *db)
{
    sql(db, "UPDATE person SET valid_from = (SELECT p.valid_to FROM person p WHERE p.id ="
            " person.id - 1) WHERE id & 524287 = 1");
    sql(db, "DELETE FROM person WHERE id & 524287 = 1 AND valid_from IS NULL");
    sql(db, "DELETE FROM person WHERE valid_from >= valid_to");
}

static void add_facility(struct cq_db *db, int number, int32_t first)
{
    char from[12], to[12], line[400];
    static const int32_t places[] = {710000000, 350000000, 750000000};
    static const char *const owners[] = {"0", "1"};
    snprintf(line, sizeof line,
             "INSERT INTO facility (id, hash, line, run_from, valid_from, valid_to, facility,"
             " service, owner, kato) VALUES (%d, 1, 0, 1, %s, %s, 'F-%02d', %d, %s, %d)",
             number + 1, bound(from, first, 2), bound(to, first, 2), number, (int)random_below(3),
             owners[random_below(2)], (int)places[random_below(3)]);
    sql(db, line);
}

static void add_fund(struct cq_db *db, int number, int version, int32_t first, int32_t from,
                     int32_t to)
{
    char paid[12], line[300];
    snprintf(line, sizeof line,
             "INSERT INTO insurance (id, hash, line, run_from, valid_from, valid_to, insured,"
             " paid_until) VALUES (%lld, 1, 0, 1, %d, nullif(%d, 0), %d, %s)",
             (long long)((iin_of(number) << 23) + version), (int)from, (int)to,
             (int)random_below(4) != 0, bound(paid, first, 1));
    sql(db, line);
}

static void populate(struct cq_db *db, int32_t first)
{
    char from[12], to[12], line[300];
    for (int i = 0; i < PEOPLE; i++) {
        for (int agency = 1; agency <= 1 + (int)random_below(3); agency++) {
            add_role(db, i, agency * 2, 0, first);
            if (random_below(3) == 0)
                add_role(db, i, agency * 2, 1, first);
        }
        int32_t middle = first + (int32_t)random_below(YEARS * 365);
        if (random_below(2)) {
            add_fund(db, i, 0, first, first - 100, random_below(2) ? middle : 0);
            if (random_below(3) == 0)
                add_fund(db, i, 1, first, middle, 0);
        }
        if (random_below(8))
            continue;
        snprintf(line, sizeof line,
                 "INSERT INTO presidential (id, hash, line, run_from, valid_from, valid_to)"
                 " VALUES (%lld, 1, 0, 1, %s, %s)",
                 (long long)(iin_of(i) << 23), bound(from, first, 2), bound(to, first, 2));
        sql(db, line);
    }
    split_roles(db);
    for (int i = 0; i < 8; i++)
        add_facility(db, i, first);
}

static bool alike(const struct cq_answer *a, const struct cq_answer *b)
{
    const struct cq_decision *x = &a->decision, *y = &b->decision;
    struct cq_str rules[2] = {{0}, {0}};
    assert_int_equal(cq_decision_rules(x, &rules[0]), CQ_OK);
    assert_int_equal(cq_decision_rules(y, &rules[1]), CQ_OK);
    bool same = strcmp(x->outcome, y->outcome) == 0 && a->category == b->category &&
                a->agency == b->agency && strcmp(x->provider, y->provider) == 0 &&
                strcmp(a->facility, b->facility) == 0 && strcmp(x->payer, y->payer) == 0 &&
                strcmp(x->referral, y->referral) == 0 && strcmp(x->documents, y->documents) == 0 &&
                strcmp(x->reasons, y->reasons) == 0 && x->missing == y->missing &&
                strcmp(x->basis, y->basis) == 0 && strcmp(x->certainty, y->certainty) == 0 &&
                x->gaps == y->gaps && rules[0].len == rules[1].len &&
                (rules[0].len == 0 || strcmp(rules[0].ptr, rules[1].ptr) == 0);
    cq_str_free(&rules[0]);
    cq_str_free(&rules[1]);
    return same;
}

/* Compares the answer of each day, computed by a reader of its own, with the day of the change. */
static void replay(struct cq_people *people, int64_t iin, struct cq_request request, int seen[9])
{
    static const char *const causes[] = {"of_age",
                                         "entitlement_ends",
                                         "entitlement_begins",
                                         "entry_changes",
                                         "insurance_ends",
                                         "insurance_begins",
                                         "presidential_list",
                                         "facility",
                                         "law"};
    static struct cq_answer base[CQ_ROLES_MAX], day[CQ_ROLES_MAX];
    const int32_t first = request.day, end = first + YEARS * 365;
    int count;
    while (request.day < end) {
        assert_int_equal(cq_people_decide(people, iin, &request, base, &count, NULL), CQ_OK);
        assert_int_equal(cq_people_next_change(people, iin, &request, base, count, NULL), CQ_OK);
        int32_t on = base[0].changes_on, known = 0;
        for (int i = 0; i < 9; i++)
            if (strcmp(base[0].change_cause, causes[i]) == 0) {
                seen[i]++;
                known++;
            }
        assert_int_equal(known, on != CQ_DAY_MAX);
        for (request.day++; request.day < end && request.day < on; request.day++) {
            int some;
            assert_int_equal(cq_people_decide(people, iin, &request, day, &some, NULL), CQ_OK);
            assert_true(alike(&base[0], &day[0]));
        }
        if (on == CQ_DAY_MAX || request.day >= end)
            return;
        assert_int_equal(cq_people_decide(people, iin, &request, day, &count, NULL), CQ_OK);
        assert_false(alike(&base[0], &day[0]));
    }
}

static void test_no_answer_changes_before_its_day(void **unused)
{
    (void)unused;
    static const int starts[] = {2023, 2026};
    int seen[9] = {0};
    for (int s = 0; s < 2; s++) {
        int32_t first = cq_date_make(starts[s], 1, 1);
        struct cq_db db;
        struct cq_people *people = NULL;
        struct cq_err err = {0};
        assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
        populate(&db, first);
        assert_int_equal(cq_people_open(&people, &db, law, 1, &err), CQ_OK);
        for (int i = 0; i < PEOPLE; i++) {
            struct cq_request request = cq_request_default((int)random_below(CQ_SERVICES), first);
            request.indicated = (int)random_below(3) - 1;
            request.urgency = (int)random_below(2);
            if (request.service == CQ_SERVICE_INPATIENT)
                request.destination = (int)random_below(4) - 1;
            if (random_below(2))
                request.package = CQ_PACKAGE_OSMS;
            replay(people, iin_of(i), request, seen);
        }
        cq_people_close(people);
        cq_db_close(&db);
    }
    for (int i = 0; i < 9; i++)
        assert_true(seen[i] > 0);
}

/* --all reads by parallel scans: the same answers and days as look-ups. */
static void test_scan_gives_the_changes_of_look_ups(void **unused)
{
    (void)unused;
    int32_t day = cq_date_make(2026, 6, 1);
    struct cq_db db;
    struct cq_people *scan = NULL, *look = NULL;
    static struct cq_answer a[CQ_ROLES_MAX], b[CQ_ROLES_MAX];
    struct cq_request request = cq_request_default(CQ_SERVICE_INPATIENT, day);
    int people = 0, n, m;
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, NULL), CQ_OK);
    populate(&db, day);
    assert_int_equal(cq_people_open(&scan, &db, law, 1, NULL), CQ_OK);
    assert_int_equal(cq_people_open(&look, &db, law, 1, NULL), CQ_OK);
    for (int64_t iin = 0;;) {
        assert_int_equal(cq_people_next(scan, iin, day, day + 1, &iin, NULL), CQ_OK);
        if (iin == 0)
            break;
        people++;
        assert_int_equal(cq_people_decide(scan, iin, &request, a, &n, NULL), CQ_OK);
        assert_int_equal(cq_people_next_change(scan, iin, &request, a, n, NULL), CQ_OK);
        assert_int_equal(cq_people_decide(look, iin, &request, b, &m, NULL), CQ_OK);
        assert_int_equal(cq_people_next_change(look, iin, &request, b, m, NULL), CQ_OK);
        assert_int_equal(n, m);
        for (int i = 0; i < n; i++) {
            assert_true(alike(&a[i], &b[i]));
            assert_int_equal(a[i].changes_on, b[i].changes_on);
            assert_string_equal(a[i].change_cause, b[i].change_cause);
        }
    }
    assert_in_range(people, PEOPLE / 2, PEOPLE);
    cq_people_close(scan);
    cq_people_close(look);
    cq_db_close(&db);
}

/* Facts alone: only the law changes. Every day of six years, from days on both sides of its
 * bounds. */
static void test_facts_change_with_the_law_alone(void **unused)
{
    (void)unused;
    int32_t *days = NULL;
    size_t count = 0;
    int changes = 0;
    assert_int_equal(cq_law_days(law, &days, &count, NULL), CQ_OK);
    for (int i = 0; i < 400; i++) {
        uint64_t word = 0;
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            bool unknown = fact != CQ_FACT_SERVICE && fact != CQ_FACT_DESTINATION &&
                           random_below(6) == 0;
            int value = (int)random_below((uint32_t)cq_fact_count((enum cq_fact)fact));
            cq_facts_set(&word, (enum cq_fact)fact, unknown ? CQ_UNKNOWN : value);
            if (fact == CQ_FACT_BODY && random_below(2)) /* one of two bodies */
                word |= cq_fact_bit(CQ_FACT_BODY, (int)random_below(CQ_BODIES));
        }
        int32_t day = cq_date_make(2019, 11, 1) + (int32_t)random_below(6 * 365), on;
        struct cq_decision now, later;
        cq_decide(law, day, word, &now);
        on = cq_next_change(law, days, count, day, word, &now);
        changes += on != CQ_DAY_MAX;
        for (int32_t d = day + 1; d < cq_date_make(2026, 6, 1); d++) {
            cq_decide(law, d, word, &later);
            assert_true(d >= on || cq_decision_same(&now, &later));
            if (d == on) {
                assert_false(cq_decision_same(&now, &later));
                break;
            }
        }
    }
    assert_in_range(changes, 100, 400);
    free(days);
}

static int load(void **unused)
{
    (void)unused;
    return !cq_law_load(&law, NULL, NULL) ? 0 : -1;
}

static int unload(void **unused)
{
    (void)unused;
    cq_law_free(law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_answer_changes_before_its_day),
        cmocka_unit_test(test_scan_gives_the_changes_of_look_ups),
        cmocka_unit_test(test_facts_change_with_the_law_alone),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
