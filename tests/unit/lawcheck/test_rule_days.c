/* A rule that is missing, twice there, or a day early or late at one of its ends is found without
 * any case: by the proof or by a check. A day on which an edition begins decides something: moved by
 * a day, the tables contradict each other or give another answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/law_compare.h"
#include "lawcheck/lawcheck.h"
#include "unit/engine/mutate_rows.h"

enum { BY_READER, BY_PROOF, BY_CHECK, BY_ANSWER, BY_NOTHING, BYS };

struct days_test {
    struct cq_law *law;
    struct mutate m;
    int by; /* what finds the last mutation */
    int found[BYS];
};

/* Whether a law gives another answer to some facts on some day. */
static bool answers_differ(const struct days_test *t, const struct cq_law *law)
{
    struct cq_law_comparison comparison;
    bool differ;

    assert_int_equal(cq_law_compare(t->law, law, 0, &comparison, NULL), CQ_OK);
    differ = comparison.count > 0;
    cq_law_comparison_fini(&comparison);
    return differ;
}

static void find(const struct mutation *mutation, const struct cq_law_files *files, void *context)
{
    struct days_test *t = context;
    struct cq_law_checked checked;
    struct cq_law *law;

    (void)mutation;
    t->by = BY_READER;
    if (cq_law_build(&law, files, NULL, NULL) == CQ_OK) {
        assert_int_equal(cq_lawcheck_files(files, NULL, 0, NULL, NULL, &checked, NULL), CQ_OK);
        t->by = cq_law_prove(law, 1, NULL, NULL, NULL) != CQ_OK ? BY_PROOF
                : checked.findings > 0                          ? BY_CHECK
                : answers_differ(t, law)                        ? BY_ANSWER
                                                                : BY_NOTHING;
        cq_law_free(law);
    }
    t->found[t->by]++;
}

static void open_test(struct days_test *t)
{
    *t = (struct days_test){.m = {.take = find}};
    t->m.context = t;
    assert_int_equal(cq_law_load(&t->law, NULL, NULL), CQ_OK);
    mutate_open(&t->m);
}

static void close_test(struct days_test *t)
{
    mutate_close(&t->m);
    cq_law_free(t->law);
}

/* Puts lines in the place of a row: so many copies of it, the first with a name of its own. */
static void replace_row(struct days_test *t, size_t row, int copies, const char *name)
{
    const struct cq_csvtable *rules = &t->m.tables[CQ_LAW_TABLE_RULES];
    struct cq_str lines = {0};

    cq_str_puts(&lines, "");
    for (int copy = 0; copy < copies; copy++)
        for (size_t i = 0; i < rules->columns; i++) {
            bool renamed = copy == 0 && i == 0 && name;

            mutate_join(&lines, renamed ? name : rules->rows[row].cells[i].ptr, i == 0);
            cq_str_puts(&lines, i + 1 == rules->columns ? "\n" : "");
        }
    mutate_line(&t->m, &(struct mutation){CQ_LAW_TABLE_RULES, row, "", "", ""}, lines.ptr);
    cq_str_free(&lines);
}

/* Without a rule its cases have none; with a second one of another name they have two; and a name
 * stands once. */
static void test_rules_missing_or_doubled(void **state)
{
    struct days_test t;

    (void)state;
    open_test(&t);
    for (size_t row = 1; row < t.m.tables[CQ_LAW_TABLE_RULES].count; row++) {
        const char *id = t.m.tables[CQ_LAW_TABLE_RULES].rows[row].cells[0].ptr;

        replace_row(&t, row, 0, NULL);
        if (t.by != BY_PROOF)
            fail_msg("the proof holds without %s", id);
        replace_row(&t, row, 2, "another-name");
        if (t.by != BY_PROOF)
            fail_msg("the proof holds with %s twice", id);
        replace_row(&t, row, 2, NULL);
        if (t.by != BY_READER)
            fail_msg("%s is read twice", id);
    }
    assert_true(t.found[BY_PROOF] > 200);
    close_test(&t);
}

static size_t column_of(const struct cq_csvtable *table, const char *name)
{
    size_t i = 0;

    while (strcmp(table->rows[0].cells[i].ptr, name) != 0)
        i++;
    return i;
}

/* The day of a cell: that of an edition, or its own. */
static int32_t day_of(const struct days_test *t, const char *cell)
{
    int32_t day = 0;

    for (size_t i = 0; i < t->law->edition_count; i++)
        if (strcmp(t->law->editions[i].id, cell) == 0)
            return t->law->editions[i].since;
    assert_int_equal(cq_date_parse_iso(cell, strlen(cell), &day), CQ_OK);
    return day;
}

/* Moves the day of a cell; an open end stays. Returns whether there was one. */
static bool move(struct days_test *t, enum cq_law_table table, size_t row, const char *column,
                 int by)
{
    size_t at = column_of(&t->m.tables[table], column);
    const char *cell = t->m.tables[table].rows[row].cells[at].ptr;
    char text[16];

    if (*cell == '\0')
        return false;
    text[cq_date_write(text, day_of(t, cell) + by)] = '\0';
    mutate_cell(&t->m, table, row, at, text);
    return true;
}

/* Where the cases of a rule are those of a group that has the same days, the proof holds, and the
 * check says that the rule's day has no effect. A rule that names who refers on a day on which
 * nothing says who that may be is not read. */
static void test_rules_a_day_early_or_late(void **state)
{
    static const char *const columns[] = {"since", "until"};
    struct days_test t;

    (void)state;
    open_test(&t);
    for (size_t row = 1; row < t.m.tables[CQ_LAW_TABLE_RULES].count; row++)
        for (int column = 0; column < 2; column++)
            for (int by = -1; by <= 1; by += 2)
                if (move(&t, CQ_LAW_TABLE_RULES, row, columns[column], by) && t.by != BY_PROOF &&
                    t.by != BY_CHECK && t.by != BY_READER)
                    fail_msg("%s: %s may be %d", t.law->rules[row - 1].id, columns[column], by);
    assert_true(t.found[BY_PROOF] > 0 && t.found[BY_CHECK] > 0);
    close_test(&t);
}

/* Whether a basis has a citation of an act. */
static bool cites(const char *basis, const char *act)
{
    struct cq_text rest = cq_text_of(basis), part, own;

    while (cq_text_next(&rest, ';', &part))
        if (cq_text_next(&part, ':', &own) && cq_text_is(own, act))
            return true;
    return false;
}

/* Whether any table but paragraphs.csv cites an act or names its days. */
static bool is_of_use(const struct days_test *t, const struct cq_edition *edition)
{
    for (int table = 0; table < CQ_LAW_TABLES; table++) {
        const struct cq_csvtable *rows = &t->m.tables[table];

        if (table == CQ_LAW_TABLE_PARAGRAPHS || table == CQ_LAW_TABLE_EDITIONS ||
            table == CQ_LAW_TABLE_ACTS || table == CQ_LAW_TABLE_WORDS)
            continue;
        for (size_t row = 1; row < rows->count; row++)
            for (size_t i = 0; i < rows->columns; i++) {
                const char *cell = rows->rows[row].cells[i].ptr;

                if (cites(cell, edition->act) || strcmp(cell, edition->id) == 0)
                    return true;
            }
    }
    return false;
}

/* The first day on which a rule cites anything. */
static int32_t first_day(const struct days_test *t)
{
    int32_t first = CQ_DAY_MAX;

    for (size_t i = 0; i < t->law->rule_count; i++)
        if (*t->law->rules[i].basis != '\0' && t->law->rules[i].since < first)
            first = t->law->rules[i].since;
    return first;
}

/* Two exceptions: editions of an act that no other table speaks of decide nothing; and the days
 * before the first edition have none to apply. */
static void test_editions_a_day_early_or_late(void **state)
{
    struct days_test t;
    int idle = 0, before = 0;

    (void)state;
    open_test(&t);
    for (size_t row = 1; row < t.m.tables[CQ_LAW_TABLE_EDITIONS].count; row++) {
        const struct cq_edition *edition = &t.law->editions[row - 1];

        for (int by = -1; by <= 1; by += 2) {
            if (!move(&t, CQ_LAW_TABLE_EDITIONS, row, "since", by) || t.by != BY_NOTHING)
                continue;
            if (!is_of_use(&t, edition))
                idle++;
            else if (by < 0 && edition->since == first_day(&t))
                before++;
            else
                fail_msg("%s may begin %d day", edition->id, by);
        }
    }
    assert_int_equal(idle, 2);   /* of O779 */
    assert_int_equal(before, 3); /* of O281, O781 and the Code of 2009 */
    assert_true(t.found[BY_ANSWER] > 5);
    close_test(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_missing_or_doubled),
        cmocka_unit_test(test_rules_a_day_early_or_late),
        cmocka_unit_test(test_editions_a_day_early_or_late),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
