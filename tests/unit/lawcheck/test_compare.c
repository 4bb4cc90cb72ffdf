/* Two laws compared: the rows, expanded, are where cq_decide answers differently. The laws are those
 * of the tables with one cell changed, and the tables as they were before the last edition.
 *
 * The model decides case by case. Of each mutation it tries: every combination of ten facts in a
 * slice where the other seven and the day are those of a row, and in one at random; cases at random
 * in each row; the same with one fact, or the day, moved; and cases at random on the days around
 * each bound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "cq/decide.h"
#include "cq/law_compare.h"
#include "engine/next_change.h"
#include "lawcheck/compare_regions.h"
#include "unit/engine/mutate.h"

#if defined(__SANITIZE_ADDRESS__)
#define MUTATIONS 60
#else
#define MUTATIONS 500
#endif

enum { STEP = 9, DAYS_MAX = 512, RANDOM = 200, INSIDE = 6, WANTED = 40 };

struct compare_test {
    struct cq_law *law;
    int32_t days[DAYS_MAX]; /* bounds of both laws and the days before */
    size_t day_count;
    uint64_t seed;
    size_t differ, equal, rows, cases; /* laws, rows and cases that were tried */
};

static uint64_t next(struct compare_test *t)
{
    t->seed ^= t->seed << 13;
    t->seed ^= t->seed >> 7;
    t->seed ^= t->seed << 17;
    return t->seed;
}

/* A known case in a box. */
static uint64_t case_in(struct compare_test *t, uint64_t box)
{
    uint64_t word = 0;

    for (int fact = 0; fact < CQ_FACTS; fact++) {
        uint64_t values = box & cq_fact_field((enum cq_fact)fact);
        uint64_t skip = next(t) % (uint64_t)__builtin_popcountll(values);

        while (skip-- > 0)
            values &= values - 1;
        word |= values & -values;
    }
    return word;
}

static void gaps_text(const struct cq_law *law, uint64_t gaps, struct cq_str *text)
{
    cq_str_clear(text);
    cq_str_puts(text, "");
    assert_int_equal(cq_decision_gaps(law, gaps, text), CQ_OK);
}

/* The cells of a decision as the comparison names them, but for gaps. */
static void cells_of(const struct cq_decision *d, const char *cells[CQ_COMPARED])
{
    const char *const all[CQ_COMPARED] = {d->outcome,   d->provider, d->payer, d->referral,
                                          d->reasons,   d->basis,    "",       d->certainty,
                                          d->documents, ""};

    memcpy(cells, all, sizeof all);
}

/* The model: whether two laws answer a case differently. */
static bool differs(const struct cq_law *first, const struct cq_law *second, int32_t day,
                    uint64_t word)
{
    struct cq_decision a, b;
    const char *x[CQ_COMPARED], *y[CQ_COMPARED];
    struct cq_str one = {0}, other = {0};
    bool differ;

    cq_decide(first, day, word, &a);
    cq_decide(second, day, word, &b);
    cells_of(&a, x);
    cells_of(&b, y);
    for (int i = 0; i < CQ_COMPARED; i++)
        if (strcmp(x[i], y[i]) != 0)
            return true;
    if (a.gaps == 0 && b.gaps == 0)
        return false;
    gaps_text(first, a.gaps, &one);
    gaps_text(second, b.gaps, &other);
    differ = strcmp(one.ptr, other.ptr) != 0;
    cq_str_free(&one);
    cq_str_free(&other);
    return differ;
}

static bool holds(const struct cq_law_difference *row, int32_t day, uint64_t word)
{
    return row->since <= day && day < row->until && (word & ~row->facts) == 0;
}

static const struct cq_law_difference *find_row(const struct cq_law_comparison *c, int32_t day,
                                                uint64_t word)
{
    const struct cq_law_difference *found = NULL;

    for (size_t i = 0; i < c->count; i++)
        if (holds(&c->rows[i], day, word)) {
            assert_null(found);
            found = &c->rows[i];
        }
    return found;
}

/* Where the same gap is the rule's under one law and late under the other, nothing is to be seen. */
static bool only_moved(const struct cq_law_difference *row)
{
    return (row->changed & ~(1u << CQ_COMPARED_GAPS | 1u << CQ_COMPARED_LATE_GAPS)) == 0;
}

/* The answers of a row are those that the model gives. */
static void check_cells(const struct cq_law *law, const char *const cells[CQ_COMPARED], int32_t day,
                        uint64_t word)
{
    struct cq_decision d;
    const char *x[CQ_COMPARED];
    struct cq_str gaps = {0};
    struct cq_text rest, part;

    cq_decide(law, day, word, &d);
    cells_of(&d, x);
    for (int i = 0; i < CQ_COMPARED; i++)
        if (i != CQ_COMPARED_GAPS && i != CQ_COMPARED_LATE_GAPS)
            assert_string_equal(cells[i], x[i]);
    gaps_text(law, d.gaps, &gaps);
    for (int i = CQ_COMPARED_GAPS; i < CQ_COMPARED; i += CQ_COMPARED_LATE_GAPS - CQ_COMPARED_GAPS) {
        rest = cq_text_of(cells[i]);
        while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
            char id[16];

            snprintf(id, sizeof id, "%.*s", (int)part.len, part.ptr);
            assert_true(cq_text_has(cq_text_of(gaps.ptr), ';', id));
        }
    }
    cq_str_free(&gaps);
}

/* One case: in a row if and only if the answers differ. */
static void check_case(struct compare_test *t, const struct cq_law *second,
                       const struct cq_law_comparison *c, int32_t day, uint64_t word)
{
    const struct cq_law_difference *row = find_row(c, day, word);
    bool differ = differs(t->law, second, day, word);

    t->cases++;
    if (differ != (row != NULL) && !(row && only_moved(row)))
        fail_msg("day %d facts %llx: %s", day, (unsigned long long)word,
                 differ ? "differs outside of all rows" : "a row where nothing differs");
    if (row) {
        check_cells(t->law, row->first, day, word);
        check_cells(second, row->second, day, word);
    }
}

/* Every combination of ten facts, the others as in a case. */
static void check_slice(struct compare_test *t, const struct cq_law *second,
                        const struct cq_law_comparison *c, int32_t day, uint64_t word)
{
    static const enum cq_fact fixed[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY, CQ_FACT_SPECIAL_RANK,
                                         CQ_FACT_SPONSOR,  CQ_FACT_KIN,  CQ_FACT_CORESIDENT,
                                         CQ_FACT_SERVICE};
    uint64_t open = cq_facts_all, at = 0;

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        open &= ~cq_fact_field(fixed[i]);
    for (int fact = 0; fact < CQ_FACTS; fact++)
        if ((open & cq_fact_field((enum cq_fact)fact)) == 0)
            at |= word & cq_fact_field((enum cq_fact)fact);
    for (uint64_t index = 0;; index++) {
        uint64_t left = index, tried = at;

        for (int fact = 0; fact < CQ_FACTS; fact++)
            if ((open & cq_fact_field((enum cq_fact)fact)) != 0) {
                uint64_t count = (uint64_t)cq_fact_count((enum cq_fact)fact);

                tried |= cq_fact_bit((enum cq_fact)fact, (int)(left % count));
                left /= count;
            }
        if (left > 0)
            return;
        check_case(t, second, c, day, tried);
    }
}

static int32_t day_at_random(struct compare_test *t)
{
    return t->days[next(t) % t->day_count];
}

/* Cases in a row, and beside it. */
static void check_row(struct compare_test *t, const struct cq_law *second,
                      const struct cq_law_comparison *c, const struct cq_law_difference *row)
{
    int32_t last = row->until == CQ_DAY_MAX ? row->since + 40000 : row->until - 1;

    for (int i = 0; i < INSIDE; i++) {
        uint64_t word = case_in(t, row->facts), moved = word;
        int32_t day = i % 2 == 0 ? row->since : last;

        assert_ptr_equal(find_row(c, day, word), row);
        check_case(t, second, c, day, word);
        cq_facts_set(&moved, (enum cq_fact)(next(t) % CQ_FACTS), CQ_UNKNOWN);
        check_case(t, second, c, day, case_in(t, moved));
        if (row->until != CQ_DAY_MAX)
            check_case(t, second, c, row->until, word);
        if (row->since != CQ_DAY_MIN)
            check_case(t, second, c, row->since - 1, word);
        check_case(t, second, c, day_at_random(t), word);
    }
}

/* How many combinations differ on a day, by the rows. */
static uint64_t combinations_on(const struct cq_law_comparison *c, int32_t day)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < c->count; i++)
        if (c->rows[i].since <= day && day < c->rows[i].until)
            sum += c->rows[i].combinations;
    return sum;
}

/* Rows that were merged hold the same cases, and no cell that changes is left out. */
static void check_merged(struct compare_test *t, const struct cq_law *second,
                         const struct cq_law_comparison *exact, size_t wanted)
{
    struct cq_law_comparison merged;
    size_t outlines = 0;

    assert_int_equal(cq_law_compare(t->law, second, wanted, &merged, NULL), CQ_OK);
    for (size_t i = 0; i < t->day_count; i++)
        assert_true(combinations_on(exact, t->days[i]) == combinations_on(&merged, t->days[i]));
    for (size_t i = 0; i < merged.count; i++) {
        const struct cq_law_difference *row = &merged.rows[i];

        assert_true(row->among == cq_box_count(row->facts));
        assert_true(row->combinations > 0 && row->combinations <= row->among);
        assert_true(row->changed != 0);
        outlines += row->combinations < row->among;
        for (size_t k = 0; k < exact->count && row->combinations == row->among; k++) {
            const struct cq_law_difference *part = &exact->rows[k];

            /* A box of the exact rows is in one row that is not an outline, or in none. */
            if (part->since < row->until && row->since < part->until &&
                cq_facts_empty(part->facts & row->facts) == 0 && merged.outlines == 0)
                assert_true((part->changed & ~row->changed) == 0);
        }
    }
    assert_int_equal(outlines, merged.outlines);
    for (int i = 0; i < RANDOM && merged.outlines == 0; i++) {
        int32_t day = day_at_random(t);
        uint64_t word = case_in(t, cq_facts_all);

        assert_true((find_row(exact, day, word) != NULL) == (find_row(&merged, day, word) != NULL));
    }
    cq_law_comparison_fini(&merged);
}

/* The bounds of both laws and the days before them. */
static void find_days(struct compare_test *t, const struct cq_law *second)
{
    const struct cq_law *laws[] = {t->law, second};

    t->day_count = 0;
    t->days[t->day_count++] = CQ_DAY_MIN;
    for (int i = 0; i < 2; i++) {
        int32_t *days;
        size_t count;

        assert_int_equal(cq_law_days(laws[i], &days, &count, NULL), CQ_OK);
        for (size_t k = 0; k < count && t->day_count + 2 < DAYS_MAX; k++) {
            t->days[t->day_count++] = days[k] - 1;
            t->days[t->day_count++] = days[k];
        }
        free(days);
    }
}

/* Compares the tables with another law in all ways. */
static void check_law(struct compare_test *t, const struct cq_law *second)
{
    struct cq_law_comparison c;
    size_t step;

    find_days(t, second);
    assert_int_equal(cq_law_compare(t->law, second, 0, &c, NULL), CQ_OK);
    assert_int_equal(c.outlines, 0);
    assert_false(c.merged);
    t->rows += c.count;
    t->equal += c.count == 0;
    t->differ += c.count > 0;
    step = 1 + c.count / 8;
    for (size_t i = next(t) % step; i < c.count; i += step)
        check_row(t, second, &c, &c.rows[i]);
    if (c.count > 0) {
        const struct cq_law_difference *row = &c.rows[next(t) % c.count];

        check_slice(t, second, &c, row->since, case_in(t, row->facts));
    }
    check_slice(t, second, &c, day_at_random(t), case_in(t, cq_facts_all));
    for (int i = 0; i < RANDOM; i++)
        check_case(t, second, &c, day_at_random(t), case_in(t, cq_facts_all));
    if (c.count > 0)
        check_merged(t, second, &c, t->differ % 2 == 0 ? WANTED : 1);
    cq_law_comparison_fini(&c);
}

static bool is_text(const char *column)
{
    return mutate_is(column, "source hash reason implemented_by note fact") ||
           strncmp(column, "summary_", 8) == 0 || strncmp(column, "open_", 5) == 0;
}

/* One mutation in so many is tried; those of cells that no answer depends on, and laws that are not
 * proved, are left out. */
static void test_mutation(const struct mutation *mutation, const struct cq_law_files *files,
                          void *context)
{
    struct compare_test *t = context;
    struct cq_law *law;

    if (is_text(mutation->column) || t->differ == MUTATIONS || next(t) % STEP != 0 ||
        cq_law_build(&law, files, NULL, NULL) != CQ_OK)
        return;
    if (cq_law_prove(law, 1, NULL, NULL, NULL) == CQ_OK)
        check_law(t, law);
    cq_law_free(law);
}

static void open_test(struct compare_test *t)
{
    *t = (struct compare_test){.seed = UINT64_C(0x9E3779B97F4A7C15)};
    assert_int_equal(cq_law_load(&t->law, NULL, NULL), CQ_OK);
}

static void test_mutations_equal_the_model(void **state)
{
    static const enum cq_law_table tables[] = {
        CQ_LAW_TABLE_GROUPS, CQ_LAW_TABLE_EDITIONS,  CQ_LAW_TABLE_CLAUSES,    CQ_LAW_TABLE_LATE,
        CQ_LAW_TABLE_GAPS,   CQ_LAW_TABLE_DOCUMENTS, CQ_LAW_TABLE_PARAGRAPHS, CQ_LAW_TABLE_RULES,
    };
    struct compare_test t;
    struct mutate m = {.take = test_mutation, .context = &t};

    (void)state;
    open_test(&t);
    m.law = t.law;
    mutate_open(&m);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        mutate_table(&m, tables[i]);
    print_message("%zu laws that differ in %zu rows, %zu that do not, %zu cases\n", t.differ,
                  t.rows, t.equal, t.cases);
    assert_int_equal(t.differ, MUTATIONS);
    assert_true(t.equal > 0);
    mutate_close(&m);
    cq_law_free(t.law);
}

static void test_a_law_equals_itself(void **state)
{
    struct compare_test t;
    struct cq_law_comparison c;
    struct cq_law *same;

    (void)state;
    open_test(&t);
    assert_int_equal(cq_law_load(&same, NULL, NULL), CQ_OK);
    assert_int_equal(cq_law_compare(t.law, same, WANTED, &c, NULL), CQ_OK);
    assert_int_equal(c.count, 0);
    cq_law_comparison_fini(&c);
    cq_law_free(same);
    cq_law_free(t.law);
}

/* Drops the lines of a table that begin with an edition or have it as the first day, and opens the
 * ends of those that end with it. */
static void drop_edition(struct cq_law_files *files, enum cq_law_table table, const char *edition)
{
    struct cq_csvtable t;
    struct cq_str text = {0};

    assert_int_equal(cq_csvtable_read(&t, files->bytes[table].ptr, files->bytes[table].len, NULL),
                     CQ_OK);
    for (size_t row = 0; row < t.count; row++) {
        bool dropped = false;

        for (size_t i = 0; i < t.columns; i++) {
            const char *name = t.rows[0].cells[i].ptr, *cell = t.rows[row].cells[i].ptr;

            dropped = dropped ||
                      (row > 0 && strcmp(cell, edition) == 0 && strcmp(name, "until") != 0) ||
                      (row > 0 && table == CQ_LAW_TABLE_LATE && strcmp(cell, "A-01") == 0);
        }
        for (size_t i = 0; i < t.columns && !dropped; i++) {
            const char *cell = t.rows[row].cells[i].ptr;

            mutate_join(&text, row > 0 && strcmp(cell, edition) == 0 ? "" : cell, i == 0);
        }
        if (!dropped)
            cq_str_puts(&text, "\n");
    }
    law_splice(files, table, 0, files->bytes[table].len, text.ptr);
    cq_csvtable_fini(&t);
    cq_str_free(&text);
}

/* The law without No. 718: its predecessor goes on. */
static struct cq_law *predecessor(void)
{
    struct cq_law_files files;
    struct cq_law *law;

    cq_law_files_embedded(&files);
    for (int table = 0; table < CQ_LAW_TABLES; table++)
        if (table != CQ_LAW_TABLE_WORDS && table != CQ_LAW_TABLE_GAPS && table != CQ_LAW_TABLE_ACTS)
            drop_edition(&files, (enum cq_law_table)table, "R78.718");
    assert_int_equal(cq_law_build(&law, &files, NULL, NULL), CQ_OK);
    assert_int_equal(cq_law_prove(law, 1, NULL, NULL, NULL), CQ_OK);
    cq_law_files_fini(&files);
    return law;
}

static void test_the_last_edition_in_few_rows(void **state)
{
    struct compare_test t;
    struct cq_law_comparison c;
    struct cq_law *before = predecessor();
    size_t decisions = 0;

    (void)state;
    open_test(&t);
    check_law(&t, before);
    assert_int_equal(cq_law_compare(before, t.law, WANTED, &c, NULL), CQ_OK);
    assert_in_range(c.count, 10, WANTED);
    for (size_t i = 0; i < c.count; i++) {
        const struct cq_law_difference *row = &c.rows[i];

        assert_true(row->since == 20345 || row->since == 20351); /* 2025-09-14, 2025-09-20 */
        if (strstr(row->second[CQ_COMPARED_LATE_GAPS], "A-01"))
            assert_true(row->until == 20351 && row->facts == cq_facts_all);
        if (row->changed & 1u << CQ_COMPARED_OUTCOME)
            decisions++;
        if ((row->changed & ((1u << CQ_COMPARED_DECISION) - 1)) != 0)
            assert_true(row->combinations == row->among);
    }
    assert_true(decisions > 5);
    cq_law_comparison_fini(&c);
    cq_law_free(before);
    cq_law_free(t.law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_law_equals_itself),
        cmocka_unit_test(test_the_last_edition_in_few_rows),
        cmocka_unit_test(test_mutations_equal_the_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
