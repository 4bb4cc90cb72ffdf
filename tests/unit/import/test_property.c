/* Properties that hold for every list: counts add up, a dry run is the real run, the same list
 * again changes nothing, undo restores, and what was known stays known. Random lists from fixed
 * seeds; what undo must restore is computed in SQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "importing.h"
#include "../random.h"

#include "cq/iin.h"
#include "cq/person.h"

enum { PEOPLE = 10, RUNS = 14, SEEDS = 40 };

static int64_t iin_of(int person)
{
    int64_t base = 850315100000 + 100 * person;
    while (cq_iin_control(base) != base % 10)
        base++;
    return base;
}

static void add_date(struct cq_str *out, int from_year, int years)
{
    cq_str_printf(out, "%d-%02d-%02d", from_year + random_below(years), 1 + random_below(12),
                  1 + random_below(28));
}

/* Cells that a column may have; some are wrong, and some are empty. */
static void add_cell(struct cq_str *out, const char *column, int person, int variant)
{
    static const char *const categories[] = {"employee", "employee", "family", "pensioner",
                                             "child_of_fallen"};
    static const char *const homes[] = {"", "711110000", "75", "590000000", "51"};
    static const char *const marks[] = {"", "yes", "no", "maybe"};
    bool rare = random_below(40) == 0;
    if (strcmp(column, "last_name") == 0)
        cq_str_printf(out, "%s-%.2s",
                      rare      ? "Чужой"
                      : variant ? "Другая"
                                : "Прежняя",
                      &"АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩ"[2 * person]);
    else if (strcmp(column, "first_name") == 0)
        cq_str_puts(out, rare ? "Aйша" : "Айша"); /* the first with a Latin A */
    else if (strcmp(column, "birth_date") == 0)
        cq_str_puts(out, rare ? "1885-13-15" : random_below(30) ? "1885-03-15" : "1886-04-16");
    else if (strcmp(column, "category") == 0)
        cq_str_puts(out, categories[variant ? random_below(5) : person % 5]);
    else if (strcmp(column, "agency") == 0)
        cq_str_puts(out, random_below(4) ? "internal_affairs" : "courier");
    else if (strcmp(column, "residence") == 0)
        cq_str_puts(out, homes[random_below(rare ? 5 : 4)]);
    else if (strcmp(column, "special_rank") == 0)
        cq_str_puts(out, marks[random_below(rare ? 4 : 3)]);
    else if (strcmp(column, "sponsor_iin") == 0)
        cq_str_printf(out, "%lld", (long long)iin_of((person + 1) % PEOPLE));
    else if (strcmp(column, "valid_from") == 0 && random_below(3) == 0)
        add_date(out, 2018, 10);
    else if (strcmp(column, "valid_to") == 0 && random_below(8) == 0)
        add_date(out, 2024, 6);
}

/* A list of some of the people; at times one is in it twice, or a column is missing. */
static void make_list(struct cq_str *out, bool of_agency)
{
    static const char *const columns[] = {"last_name",   "first_name", "birth_date", "category",
                                          "sponsor_iin", "agency",     "residence",  "special_rank",
                                          "valid_from",  "valid_to"};
    bool here[10];
    for (int i = 0; i < 10; i++)
        here[i] = i < 5 || (i == 5 ? !of_agency : random_below(5) > 0);
    cq_str_clear(out);
    cq_str_puts(out, "iin");
    for (int i = 0; i < 10; i++)
        if (here[i])
            cq_str_printf(out, ",%s", columns[i]);
    cq_str_puts(out, "\n");
    for (int person = 0; person < PEOPLE; person++) {
        int times = random_below(4) == 0 ? 0 : random_below(12) == 0 ? 2 : 1;
        for (int k = 0; k < times; k++) {
            size_t start = out->len;
            int variant = random_below(4) == 0;
            cq_str_printf(out, "%lld", (long long)iin_of(person) + (random_below(40) == 0));
            for (int i = 0; i < 10; i++) {
                if (!here[i])
                    continue;
                cq_str_puts(out, ",");
                add_cell(out, columns[i], person, variant);
            }
            cq_str_puts(out, "\n");
            if (random_below(12) == 0) { /* the same line again */
                struct cq_str line = {0};
                cq_str_put(&line, out->ptr + start, out->len - start);
                cq_str_puts(out, line.ptr);
                cq_str_free(&line);
            }
        }
    }
}

#define VALUES                                                                                     \
    "id >> 19 AS key, valid_from, valid_to, category, birth_date, residence, special_rank,"        \
    " sponsor_iin, last_name, first_name, listed_names, hash = 0"
#define SEEN(run) "run_from <= " run " AND (run_to IS NULL OR run_to > " run ")"
#define TOUCHED(run) "SELECT id >> 19 FROM person WHERE run_from = " run " OR run_to = " run

/* The registry as a run left it, without its own ids. */
static char *state_at(struct world *w, int64_t run)
{
    char sql[600];
    snprintf(sql, sizeof sql,
             "WITH r(n) AS (SELECT %lld) SELECT " VALUES
             " FROM person, r WHERE " SEEN("n") " ORDER BY key, valid_from",
             (long long)run);
    return strdup(rows_of(w, sql));
}

/* The state expected after an undo: rows that the run touched as before it, others as now. */
static char *state_without(struct world *w, int64_t run)
{
    char sql[1600];
    snprintf(sql, sizeof sql,
             "WITH r(n) AS (SELECT %lld) SELECT * FROM (SELECT " VALUES
             " FROM person, r WHERE " SEEN("n - 1") " AND id >> 19 IN (" TOUCHED(
                 "n") ") UNION ALL SELECT " VALUES
                      " FROM person, r WHERE run_to IS NULL AND id >> 19 NOT IN (" TOUCHED(
                          "n") ")) ORDER BY key, valid_from",
             (long long)run);
    return strdup(rows_of(w, sql));
}

/* Whether a later run changed one of its rows. */
static bool has_conflict(struct world *w, int64_t run)
{
    char sql[1600];
    snprintf(
        sql, sizeof sql,
        "WITH r(n) AS (SELECT %lld), t AS (SELECT " VALUES
        " FROM person, r WHERE " SEEN("n") " AND id >> 19 IN (" TOUCHED(
            "n") ")), s AS (SELECT " VALUES " FROM person, r WHERE"
                 " run_to IS NULL AND id >> 19 IN (" TOUCHED(
                     "n") "))"
                          " SELECT (SELECT count(*) FROM (SELECT * FROM t EXCEPT SELECT * FROM s))"
                          " + (SELECT count(*) FROM (SELECT * FROM s EXCEPT SELECT * FROM t)) > 0",
        (long long)run);
    return strcmp(rows_of(w, sql), "1") == 0;
}

/* Everybody's answers on several days, as known after a run. */
static char *answers_at(struct world *w, int64_t run)
{
    static const char *const days[] = {"2017-05-01", "2021-02-03", "2024-10-10", "2027-01-01"};
    struct cq_people *people;
    struct cq_answer answers[CQ_ROLES_MAX];
    struct cq_str out = {0};
    int count;
    assert_int_equal(cq_people_open(&people, &w->db, w->law, run, &w->err), CQ_OK);
    for (int i = 0; i < PEOPLE * 4; i++) {
        struct cq_request request = cq_request_default(CQ_SERVICE_INPATIENT, day(days[i % 4]));
        assert_int_equal(
            cq_people_decide(people, iin_of(i / 4), &request, answers, &count, &w->err), CQ_OK);
        for (int k = 0; k < count; k++)
            cq_str_printf(&out, "%d %s %s %d %d %s;", i, days[i % 4], answers[k].decision.outcome,
                          answers[k].category, answers[k].agency, answers[k].decision.reasons);
    }
    cq_people_close(people);
    return out.ptr;
}

static int64_t last_run(struct world *w)
{
    int64_t run;
    assert_int_equal(cq_db_int(&w->db, "SELECT max(id) FROM run", &run, NULL), CQ_OK);
    return run;
}

static char *import_changes(struct world *w, const char *list)
{
    capture_output(w, &w->import.changes_fd);
    assert_int_equal(import_text(w, list), CQ_OK);
    return strdup(captured_output(w, &w->import.changes_fd));
}

static void assert_same_counts(const struct cq_import_result *a, const struct cq_import_result *b)
{
    assert_int_equal(a->read, b->read);
    assert_int_equal(a->accepted, b->accepted);
    assert_int_equal(a->rejected, b->rejected);
    assert_int_equal(a->added, b->added);
    assert_int_equal(a->changed, b->changed);
    assert_int_equal(a->unchanged, b->unchanged);
    assert_int_equal(a->ended, b->ended);
    assert_int_equal(a->warnings, b->warnings);
    assert_string_equal(a->token, b->token);
}

/* One import: dry, real, and once more. */
static void check_import(struct world *w, struct cq_str *list)
{
    bool of_agency = random_below(2) == 0;
    w->import.agency = of_agency ? 2 : 0;
    w->import.full = of_agency && random_below(2) == 0;
    w->import.list_date += random_below(60);
    w->import.now += 1000;
    make_list(list, of_agency);
    char *before = state_at(w, last_run(w));
    w->import.dry_run = true;
    char *dry = import_changes(w, list->ptr);
    char *findings = strdup(w->findings.ptr);
    struct cq_import_result result = w->result;
    char *after_dry = state_at(w, last_run(w));
    assert_string_equal(before, after_dry);
    w->import.dry_run = false;
    char *real = import_changes(w, list->ptr);
    assert_string_equal(dry, real);
    assert_string_equal(findings, w->findings.ptr);
    assert_same_counts(&result, &w->result);
    char *after = state_at(w, last_run(w));
    if (strchr(real, '\n')[1] == '\0') /* no change written: none made */
        assert_string_equal(before, after);
    else
        assert_string_not_equal(before, after);
    char *again = import_changes(w, list->ptr);
    assert_string_equal(again, "iin,field,old,new\n");
    assert_int_equal(w->result.added + w->result.changed + w->result.ended, 0);
    char *after_again = state_at(w, last_run(w));
    assert_string_equal(after, after_again);
    free(before);
    free(dry);
    free(findings);
    free(after_dry);
    free(real);
    free(after);
    free(again);
    free(after_again);
}

/* Whether no undo of the run is in force itself. */
static bool in_force(struct world *w, int64_t run)
{
    for (int64_t undo = run + 1; undo <= last_run(w); undo++) {
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT undoes IS %lld FROM run WHERE id = %lld", (long long)run,
                 (long long)undo);
        if (strcmp(rows_of(w, sql), "1") == 0 && in_force(w, undo))
            return false;
    }
    return true;
}

/* Undoes any run, and compares with the state that SQL computes. */
static bool check_undo(struct world *w, int64_t run)
{
    bool done = !in_force(w, run), blocked = done || has_conflict(w, run);
    char *now = state_at(w, last_run(w)), *wanted = state_without(w, run);
    w->err = (struct cq_err){0};
    w->import.now += 1000;
    cq_import_result_fini(&w->result);
    enum cq_code code = cq_import_undo(&w->db, &w->import, run, &w->result, &w->err);
    assert_int_equal(code, done ? CQ_F_UNDONE : blocked ? CQ_F_UNDO : CQ_OK);
    char *after = state_at(w, last_run(w));
    assert_string_equal(after, blocked ? now : wanted);
    if (!blocked)
        assert_int_equal(w->result.read, w->result.changed);
    free(now);
    free(wanted);
    free(after);
    return !blocked;
}

static void test_random_histories(void **state)
{
    int assert_undo = 0, blocked = 0, rejected = 0;
    (void)state;
    for (uint64_t s = 1; s <= SEEDS; s++) {
        struct world w;
        struct cq_str list = {0};
        char *known[3 * RUNS + 1] = {NULL};
        seed = s * 1000003;
        world_open(&w);
        w.import.list_date = day("2025-01-01");
        while (last_run(&w) < RUNS) {
            check_import(&w, &list);
            rejected += w.result.rejected > 0;
            known[last_run(&w)] = answers_at(&w, last_run(&w));
        }
        for (int i = 0; i < RUNS; i++) {
            bool done = check_undo(&w, 1 + random_below((int)last_run(&w)));
            assert_undo += done;
            blocked += !done;
        }
        for (int64_t run = 1; run <= RUNS; run++) { /* what was known stays known */
            char *answers = known[run] ? answers_at(&w, run) : NULL;
            if (answers)
                assert_string_equal(answers, known[run]);
            free(answers);
            free(known[run]);
        }
        cq_str_free(&list);
        world_close(&w);
    }
    /* The histories have all of these in them, else they prove little. */
    assert_true(assert_undo > SEEDS * 2);
    assert_true(blocked > SEEDS * 2);
    assert_true(rejected > SEEDS);
}

/* The last run first: every undo is allowed, and the answers are those of before, step by step. */
static void test_undo_all_the_way(void **state)
{
    (void)state;
    for (uint64_t s = 1; s <= SEEDS; s++) {
        struct world w;
        struct cq_str list = {0};
        seed = s * 7919;
        world_open(&w);
        w.import.list_date = day("2025-01-01");
        while (last_run(&w) < RUNS / 2)
            check_import(&w, &list);
        int64_t top = last_run(&w);
        for (int64_t run = top; run > 0; run--) {
            assert_true(check_undo(&w, run));
            char *now = answers_at(&w, last_run(&w)), *then = answers_at(&w, run - 1);
            assert_string_equal(now, then);
            free(now);
            free(then);
        }
        assert_string_equal(rows_of(&w, "SELECT count(*) FROM person WHERE run_to IS NULL"), "0");
        for (int64_t run = last_run(&w); run > top; run--) /* and the undos, all of them */
            assert_true(check_undo(&w, run));
        char *now = answers_at(&w, last_run(&w)), *then = answers_at(&w, top);
        assert_string_equal(now, then);
        free(now);
        free(then);
        cq_str_free(&list);
        world_close(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_histories),
        cmocka_unit_test(test_undo_all_the_way),
    };
    return cmocka_run_group_tests_name("property", tests, NULL, NULL);
}
