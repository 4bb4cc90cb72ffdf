/* The second engine: the script runs in SQLite unchanged, and decides random cases, with facts
 * unknown in all numbers, on days around every edge, as cq_decide does. The programs' own output
 * is compared with it in tests/bats/lawsql.bats, in PostgreSQL too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law.h"
#include "engine/law_prove.h"
#include "cq/lawsql.h"
#include "unit/engine/lawedit.h"

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed >> 11;
}

/* Service and destination are known; of the others the given percentage is not. */
static uint64_t random_word(uint64_t *seed, unsigned unknown)
{
    uint64_t word = 0;

    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        bool known = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION ||
                     random_next(seed) % 100 >= unknown;

        word |= known ? cq_fact_bit(fact, (int)(random_next(seed) % (uint64_t)cq_fact_count(fact)))
                      : cq_fact_field(fact);
    }
    return word;
}

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
}

static sqlite3 *open_with(const struct cq_law *law)
{
    struct cq_str script = {0};
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(cq_law_sql(law, CQ_SQL_SQLITE, &script), CQ_OK);
    run(db, script.ptr);
    run(db, script.ptr); /* run again */
    cq_str_free(&script);
    return db;
}

static void insert_case(sqlite3_stmt *insert, int64_t id, int32_t day, uint64_t word)
{
    char text[16];

    sqlite3_bind_int64(insert, 1, id);
    sqlite3_bind_text(insert, 2, text, (int)cq_date_write(text, day), SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 3, (sqlite3_int64)word);
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_reset(insert);
}

static void check_row(const struct cq_law *law, sqlite3_stmt *row, int32_t day, uint64_t word)
{
    struct cq_decision d;
    struct cq_str missing = {0}, rules = {0}, gaps = {0};

    cq_decide(law, day, word, &d);
    cq_str_puts(&missing, "");
    cq_str_puts(&rules, "");
    cq_str_puts(&gaps, "");
    assert_int_equal(cq_decision_missing(d.missing, &missing), CQ_OK);
    assert_int_equal(cq_decision_rules(&d, &rules), CQ_OK);
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    const char *const want[] = {d.outcome,   d.provider,  d.payer,     d.referral,
                                d.documents, d.reasons,   missing.ptr, rules.ptr,
                                d.basis,     d.certainty, gaps.ptr};
    for (int i = 0; i < 11; i++) {
        const char *is = (const char *)sqlite3_column_text(row, i + 1);

        if (!is || strcmp(is, want[i]) != 0)
            fail_msg("day %d word %llx: %s: SQL says '%s', C says '%s'", day,
                     (unsigned long long)word, sqlite3_column_name(row, i + 1), !is ? "NULL" : is,
                     want[i]);
    }
    cq_str_free(&missing);
    cq_str_free(&rules);
    cq_str_free(&gaps);
}

/* Decides the given number of random cases both ways. */
static void compare(const struct cq_law *law, int cases, uint64_t seed)
{
    sqlite3 *db = open_with(law);
    sqlite3_stmt *insert = NULL, *select = NULL;
    uint64_t *words = calloc((size_t)cases, sizeof *words);
    int32_t *days = calloc((size_t)cases, sizeof *days);
    int seen = 0;

    assert_true(words && days);
    assert_int_equal(
        sqlite3_prepare_v2(db, "INSERT INTO cq_facts VALUES (?, ?, ?)", -1, &insert, NULL),
        SQLITE_OK);
    run(db, "BEGIN");
    for (int i = 0; i < cases; i++) {
        static const int edges[][3] = {{2020, 1, 1},  {2022, 3, 7},  {2025, 9, 14},
                                       {2025, 9, 20}, {2025, 9, 25}, {2025, 10, 4}};
        const int *edge = edges[random_next(&seed) % 6];

        days[i] = cq_date_make(edge[0], edge[1], edge[2]) - (int32_t)(random_next(&seed) % 2);
        words[i] = random_word(&seed, (unsigned)i % 7 * 5);
        insert_case(insert, i, days[i], words[i]);
    }
    run(db, "COMMIT");
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT id, outcome, provider, payer, referral, documents, reasons, "
                           "missing, rule, basis, certainty, gaps FROM cq_decision",
                           -1, &select, NULL),
        SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(select, 0);

        assert_true(id >= 0 && id < cases);
        check_row(law, select, days[id], words[id]);
        seen++;
    }
    assert_int_equal(seen, cases);
    sqlite3_finalize(insert);
    sqlite3_finalize(select);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(words);
    free(days);
}

static void test_sql_decides_as_c_does(void **state)
{
    struct cq_law *law;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    compare(law, 20000, UINT64_C(0x9e3779b97f4a7c15));
    cq_law_free(law);
}

/* Another law: quotes and marks in names are kept, and nothing is built in. */
static void test_another_law(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES, "\nR78.718-employee-mvd,", "\nit's [a & b] \\ $D(x),");
    law_replace(&files, CQ_LAW_TABLE_EDITIONS, "R78.718,R78,2025-09-20", "R78.718,R78,2025-09-16");
    law_replace(&files, CQ_LAW_TABLE_GAPS, ",O61,", ",*,");
    assert_int_equal(cq_law_build(&law, &files, NULL, NULL), CQ_OK);
    assert_int_equal(cq_law_prove(law, 1, NULL, NULL, NULL), CQ_OK);
    compare(law, 5000, 42);
    cq_law_free(law);
    cq_law_files_fini(&files);
}

/* Texts become words; an empty or missing text is unknown, a wrong one gives no word. */
static void test_texts_become_words(void **state)
{
    struct cq_law *law;
    sqlite3 *db;
    sqlite3_stmt *select = NULL;
    uint64_t word = cq_facts_all;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    db = open_with(law);
    run(db, "INSERT INTO cq_case (id, day, category, home, service, destination, minor) VALUES "
            "(1, '2026-01-01', 'family', 'almaty', 'inpatient', 'local', ''),"
            "(2, '2026-01-01', 'family', 'almaty', '', 'local', 'yes'),"
            "(3, '2026-01-01', 'uncle', 'almaty', 'inpatient', 'local', 'yes')");
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT id, facts FROM cq_case_facts", -1, &select, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_FAMILY);
    cq_facts_set(&word, CQ_FACT_HOME, CQ_HOME_ALMATY);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_INPATIENT);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    assert_int_equal(sqlite3_column_int64(select, 0), 1);
    assert_true((uint64_t)sqlite3_column_int64(select, 1) == word);
    assert_int_equal(sqlite3_step(select), SQLITE_DONE);
    sqlite3_finalize(select);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    cq_law_free(law);
}

/* No mark is left, and ClickHouse, which has no operators for bits, gets functions. */
static void test_dialects(void **state)
{
    struct cq_law *law;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    for (int dialect = 0; dialect < CQ_SQLS; dialect++) {
        struct cq_str script = {0};
        const char *from;

        assert_int_equal(cq_law_sql(law, (enum cq_sql)dialect, &script), CQ_OK);
        assert_non_null(strstr(script.ptr, cq_sql_names[dialect]));
        assert_non_null(strstr(script.ptr, law->fingerprint));
        from = strstr(script.ptr, "DROP VIEW");
        assert_non_null(from);
        assert_null(strpbrk(from, "[]$"));
        if (dialect == CQ_SQL_CLICKHOUSE) {
            assert_null(strpbrk(from, "&~"));
            assert_non_null(strstr(from, "bitAnd(bitNot("));
            assert_non_null(strstr(from, "ENGINE = MergeTree"));
            assert_non_null(strstr(from, "toDate32('2025-09-20')"));
        }
        cq_str_free(&script);
    }
    cq_law_free(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sql_decides_as_c_does),
        cmocka_unit_test(test_another_law),
        cmocka_unit_test(test_texts_become_words),
        cmocka_unit_test(test_dialects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
