/* The second engine: the script runs in SQLite unchanged, and decides random cases, with facts
 * unknown in all numbers or one of several values, on the days around every edge of the law, as
 * cq_decide does. The programs' own output
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

/* Some bits of a field, one at least: one value, several or all. */
static uint64_t random_values(uint64_t *seed, enum cq_fact fact)
{
    uint64_t field = cq_fact_field(fact), bits = 0;

    if (random_next(seed) % 2 == 0)
        return field;
    while (bits == 0)
        bits = field & (random_next(seed) << 20 ^ random_next(seed));
    return bits;
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
                      : random_values(seed, fact);
    }
    return word;
}

#define EDGES 256
struct edges {
    int32_t days[EDGES];
    size_t count;
};

static void add_edges(struct edges *edges, int32_t since, int32_t until)
{
    assert_true(edges->count + 4 <= EDGES);
    for (int before = 0; before < 2; before++) {
        if (since != CQ_DAY_MIN)
            edges->days[edges->count++] = since - before;
        if (until != CQ_DAY_MAX)
            edges->days[edges->count++] = until - before;
    }
}

/* The first day of everything that holds from or until a day, and the day before. */
static void find_edges(const struct cq_law *law, struct edges *edges)
{
    edges->count = 0;
    for (size_t i = 0; i < law->interval_count; i++)
        add_edges(edges, law->intervals[i].since, law->intervals[i].until);
    for (size_t i = 0; i < law->late_count; i++)
        add_edges(edges, law->late[i].since, law->late[i].until);
    for (size_t i = 0; i < law->documents_count; i++)
        add_edges(edges, law->documents[i].since, law->documents[i].until);
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

/* Replaces the facts that another word has. */
static uint64_t overlay(uint64_t word, uint64_t fixed)
{
    for (int fact = 0; fact < CQ_FACTS; fact++)
        if ((fixed & cq_fact_field((enum cq_fact)fact)) != 0)
            word &= ~cq_fact_field((enum cq_fact)fact);
    return word | fixed;
}

/* Decides the given number of random cases both ways. Shape: fixed has the facts that are not
 * random. */
static void compare(const struct cq_law *law, int cases, uint64_t seed, uint64_t fixed)
{
    sqlite3 *db = open_with(law);
    sqlite3_stmt *insert = NULL, *select = NULL;
    uint64_t *words = calloc((size_t)cases, sizeof *words);
    int32_t *days = calloc((size_t)cases, sizeof *days);
    struct edges edges;
    int seen = 0;

    find_edges(law, &edges);
    assert_true(words && days);
    assert_int_equal(
        sqlite3_prepare_v2(db, "INSERT INTO cq_facts VALUES (?, ?, ?)", -1, &insert, NULL),
        SQLITE_OK);
    run(db, "BEGIN");
    for (int i = 0; i < cases; i++) {
        days[i] = edges.days[random_next(&seed) % edges.count];
        words[i] = overlay(random_word(&seed, (unsigned)i % 9 * 8), fixed);
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
    compare(law, 30000, UINT64_C(0x9e3779b97f4a7c15), 0);
    cq_law_free(law);
}

static void compare_edited(struct cq_law_files *files, int cases, uint64_t seed, uint64_t fixed)
{
    struct cq_law *law;

    assert_int_equal(cq_law_build(&law, files, NULL, NULL), CQ_OK);
    assert_int_equal(cq_law_prove(law, 1, NULL, NULL, NULL), CQ_OK);
    compare(law, cases, seed, fixed);
    cq_law_free(law);
    cq_law_files_fini(files);
}

/* Another law: quotes and marks in names are kept, and nothing is built in. */
static void test_another_law(void **state)
{
    struct cq_law_files files;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES, "\nabroad,", "\nit's [a & b] \\ $D(x),");
    law_replace(&files, CQ_LAW_TABLE_EDITIONS, "R78.718,R78,2025-09-20", "R78.718,R78,2025-09-16");
    law_replace(&files, CQ_LAW_TABLE_LATE, "A-02,2025-09-25,,O61,", "A-02,2025-09-23,,HC,");
    compare_edited(&files, 5000, 42, 0);
}

/* Categories need the same documents, with gaps of their own, bodies different ones, and one
 * category that may be entitled has no row. */
static void test_other_documents(void **state)
{
    static const char family[] = "R78.718,,family,*,yes,id_card/birth_certificate,A-09";
    const uint64_t agreeing = cq_fact_bit(CQ_FACT_CATEGORY, CQ_CATEGORY_FAMILY) |
                              cq_fact_bit(CQ_FACT_CATEGORY, CQ_CATEGORY_PENSIONER) |
                              cq_fact_bit(CQ_FACT_KIN, CQ_KIN_SPOUSE) |
                              cq_fact_bit(CQ_FACT_CORESIDENT, CQ_YES) |
                              cq_fact_bit(CQ_FACT_SPONSOR, CQ_SPONSOR_EMPLOYEE);
    static const char pensioner[] = "R78.718,,pensioner,*,*,id_card+pension_certificate,,";
    struct cq_law_files files;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_DOCUMENTS, family,
                "R78.718,,family,courier,*,id_card+service_id,A-09,R78:14.2\n"
                "R78.718,,family,law_enforcement|fire_service,*,id_card,A-09");
    law_replace(&files, CQ_LAW_TABLE_DOCUMENTS, pensioner,
                "R78.718,,pensioner,law_enforcement|civil_protection,*,id_card,A-21,");
    compare_edited(&files, 5000, 43, agreeing);
}

/* Rulings that agree differ in certainty and in the late rows that they have, and a late row makes
 * decisions weaker that have no certainty. */
static void test_other_late(void **state)
{
    struct cq_law_files files;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES, ";HC:166.2,inferred,A-28", ";HC:166.2,,A-28");
    law_replace(&files, CQ_LAW_TABLE_LATE, "A-04,,,*,*,place,,employee", "A-04,,,*,*,body,,*");
    law_replace(&files, CQ_LAW_TABLE_LATE, "inferred,,R78.718,R78:4|R78:5|R78:6,",
                "superseded,,,*,");
    compare_edited(&files, 20000, 45, 0);
}

/* Nothing is added to a decision. */
static void test_nothing_late(void **state)
{
    static const enum cq_law_table tables[] = {CQ_LAW_TABLE_LATE, CQ_LAW_TABLE_DOCUMENTS};
    struct cq_law_files files;

    (void)state;
    cq_law_files_embedded(&files);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        size_t offset = 0, len = 0;

        assert_true(law_line(&files, tables[i], 1, &offset, &len));
        law_splice(&files, tables[i], offset, files.bytes[tables[i]].len - offset, "");
    }
    compare_edited(&files, 1000, 44, 0);
}

/* Texts become words: several values are one word, an empty or missing text is unknown, a wrong one
 * gives no word, and the service is known. */
static void test_texts_become_words(void **state)
{
    struct cq_law *law;
    sqlite3 *db;
    sqlite3_stmt *select = NULL;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    db = open_with(law);
    run(db, "INSERT INTO cq_case (id, day, category, kin, service, destination, minor) VALUES "
            "(1, '2026-01-01', 'family', 'spouse', 'inpatient', 'local', ''),"
            "(2, '2026-01-01', 'family', 'other|minor_child', 'inpatient', 'local', NULL),"
            "(3, '2026-01-01', 'family', 'spouse', '', 'local', 'yes'),"
            "(4, '2026-01-01', 'family', 'spouse', 'inpatient|outpatient', 'local', 'yes'),"
            "(5, '2026-01-01', 'uncle', 'spouse', 'inpatient', 'local', 'yes'),"
            "(6, '2026-01-01', 'family', 'spouse|spouse', 'inpatient', 'local', 'yes'),"
            "(7, '2026-01-01', 'family', 'spouse|', 'inpatient', 'local', 'yes'),"
            "(8, '2026-01-01', 'family', 'spouse|uncle', 'inpatient', 'local', 'yes'),"
            "(9, '2026-01-01', 'family', 'minor-child|other', 'inpatient', 'local', 'yes')");
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT id, facts FROM cq_case_facts ORDER BY id", -1,
                                        &select, NULL),
                     SQLITE_OK);
    for (int id = 1; id <= 2; id++) {
        uint64_t word = cq_facts_all;

        cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_FAMILY);
        cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_INPATIENT);
        cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
        cq_facts_set(&word, CQ_FACT_KIN, id == 1 ? CQ_KIN_SPOUSE : CQ_KIN_OTHER);
        if (id == 2)
            word |= cq_fact_bit(CQ_FACT_KIN, CQ_KIN_MINOR_CHILD);
        assert_int_equal(sqlite3_step(select), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int64(select, 0), id);
        assert_true((uint64_t)sqlite3_column_int64(select, 1) == word);
    }
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
            assert_non_null(strstr(from, "bitNot(bitOr("));
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
        cmocka_unit_test(test_other_documents),
        cmocka_unit_test(test_other_late),
        cmocka_unit_test(test_nothing_late),
        cmocka_unit_test(test_texts_become_words),
        cmocka_unit_test(test_dialects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
