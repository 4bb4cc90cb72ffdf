/* Attacks on suppression: no small count can be computed from what is published. Two attacks,
 * neither of which uses the algorithm: bounds propagated from sum to sum until they are stable, on
 * many random tables; and on small ones all tables that fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "result/cell_suppression.h"

enum { SIDE = 9, CELLS = SIDE * SIDE };

/* A table with its totals in the last row and column; 0 is a cell that is not there. */
struct table {
    int rows, columns;
    int64_t at[SIDE][SIDE];
    bool hidden[SIDE][SIDE];
};

static uint64_t chance = 88172645463325252u;

static int64_t random_below(int64_t below)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (int64_t)(chance % (uint64_t)below);
}

static void add_totals(struct table *t)
{
    for (int i = 0; i <= t->rows; i++)
        t->at[i][t->columns] = 0;
    for (int j = 0; j <= t->columns; j++)
        t->at[t->rows][j] = 0;
    for (int i = 0; i < t->rows; i++)
        for (int j = 0; j < t->columns; j++) {
            t->at[i][t->columns] += t->at[i][j];
            t->at[t->rows][j] += t->at[i][j];
            t->at[t->rows][t->columns] += t->at[i][j];
        }
}

/* Few people in most cells: what makes hiding hard. */
static void fill(struct table *t, int rows, int columns, int64_t limit)
{
    *t = (struct table){.rows = rows, .columns = columns};
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            int64_t kind = random_below(10);
            t->at[i][j] = kind < 2   ? 0
                          : kind < 6 ? 1 + random_below(limit + 2)
                                     : 1 + random_below(400);
        }
    add_totals(t);
}

/* Each proof keeps all sums and changes nothing that is shown. */
static void check_proofs(const struct cq_suppression *s)
{
    size_t small = 0;
    for (size_t i = 0; i < s->count; i++)
        small += s->counts[i].small;
    assert_int_equal(s->proof_count, small);
    for (size_t p = 0; p < s->proof_count; p++) {
        int64_t node[2 * SIDE + 2] = {0};
        for (size_t i = 0; i < s->proofs[p].count; i++) {
            size_t k = s->proofs[p].first + i;
            const struct cq_suppression_count *c = &s->counts[s->changes[k].count];
            assert_true(c->hidden);
            assert_true(c->number + s->changes[k].by >= 1);
            node[c->from] -= s->changes[k].by;
            node[c->to] += s->changes[k].by;
        }
        for (uint32_t n = 0; n < s->nodes; n++)
            assert_int_equal(node[n], 0);
    }
}

static void hide(struct table *t, int64_t limit)
{
    struct cq_suppression_count counts[CELLS];
    struct cq_err err = {0};
    size_t n = 0;
    uint32_t r = (uint32_t)t->rows, c = (uint32_t)t->columns;
    for (uint32_t i = 0; i <= r; i++)
        for (uint32_t j = 0; j <= c; j++) {
            if (t->at[i][j] == 0)
                continue;
            counts[n] = (struct cq_suppression_count){.number = t->at[i][j],
                                                      .small = t->at[i][j] <= limit,
                                                      .kind = i == r && j == c   ? CQ_COUNT_WHOLE
                                                              : i == r || j == c ? CQ_COUNT_SUM
                                                                                 : CQ_COUNT_CELL};
            counts[n].from = i < r ? (j < c ? i : r + 1 + c) : (j < c ? r + 1 + j : r);
            counts[n++].to = i < r ? (j < c ? r + 1 + j : i) : (j < c ? r : r + 1 + c);
        }
    struct cq_suppression s = {.counts = counts, .count = n, .nodes = r + c + 2, .limit = limit};
    assert_int_equal(cq_suppress_counts(&s, &err), CQ_OK);
    assert_true(s.complete);
    check_proofs(&s);
    cq_suppression_free(&s);
    n = 0;
    for (uint32_t i = 0; i <= r; i++)
        for (uint32_t j = 0; j <= c; j++)
            t->hidden[i][j] = t->at[i][j] != 0 && counts[n++].hidden;
}

struct bounds {
    int64_t low[SIDE][SIDE], high[SIDE][SIDE];
};

static void start(const struct table *t, struct bounds *b)
{
    for (int i = 0; i <= t->rows; i++)
        for (int j = 0; j <= t->columns; j++) {
            b->low[i][j] = t->hidden[i][j] ? 1 : t->at[i][j];
            b->high[i][j] = t->hidden[i][j] ? 1000000 : t->at[i][j];
        }
}

static bool tighten(int64_t *low, int64_t *high, int64_t new_low, int64_t new_high)
{
    bool better = new_low > *low || new_high < *high;
    *low = new_low > *low ? new_low : *low;
    *high = new_high < *high ? new_high : *high;
    return better;
}

/* One sum: parts in a line, the total at its end. */
static bool propagate(int64_t **low, int64_t **high, int parts)
{
    bool better = false;
    int64_t sum_low = 0, sum_high = 0;
    for (int k = 0; k < parts; k++) {
        sum_low += *low[k];
        sum_high += *high[k];
    }
    better = tighten(low[parts], high[parts], sum_low, sum_high);
    for (int k = 0; k < parts; k++)
        better |= tighten(low[k], high[k], *low[parts] - (sum_high - *high[k]),
                          *high[parts] - (sum_low - *low[k]));
    return better;
}

static void attack(const struct table *t, struct bounds *b)
{
    int64_t *low[SIDE], *high[SIDE];
    start(t, b);
    for (bool better = true; better;) {
        better = false;
        for (int i = 0; i <= t->rows; i++) {
            for (int j = 0; j <= t->columns; j++) {
                low[j] = &b->low[i][j];
                high[j] = &b->high[i][j];
            }
            better |= propagate(low, high, t->columns);
        }
        for (int j = 0; j <= t->columns; j++) {
            for (int i = 0; i <= t->rows; i++) {
                low[i] = &b->low[i][j];
                high[i] = &b->high[i][j];
            }
            better |= propagate(low, high, t->rows);
        }
    }
}

static void expect_safe(const struct table *t, const struct bounds *b, int64_t limit)
{
    for (int i = 0; i <= t->rows; i++)
        for (int j = 0; j <= t->columns; j++) {
            int64_t number = t->at[i][j];
            if (number >= 1 && number <= limit)
                assert_true(t->hidden[i][j]);
            if (!t->hidden[i][j])
                continue;
            assert_true(b->low[i][j] <= number && number <= b->high[i][j]);
            if (number <= limit)
                assert_true(b->high[i][j] >= number + 2 && b->high[i][j] > limit);
        }
}

static void test_no_bound_reveals_a_small_count(void **state)
{
    static const int64_t limits[] = {1, 2, 3, 5, 9};
    struct table t;
    struct bounds b;
    (void)state;
    for (int turn = 0; turn < 1000; turn++) {
        int64_t limit = limits[turn % 5];
        fill(&t, 2 + (int)random_below(SIDE - 2), 2 + (int)random_below(SIDE - 2), limit);
        hide(&t, limit);
        attack(&t, &b);
        expect_safe(&t, &b, limit);
    }
}

/* The attack itself works: it finds small counts if only they are hidden. */
static void test_the_attack_finds_what_is_hidden_badly(void **state)
{
    struct table t = {.rows = 2, .columns = 2, .at = {{3, 40}, {50, 60}}};
    struct bounds b;
    (void)state;
    add_totals(&t);
    t.hidden[0][0] = true;
    attack(&t, &b);
    assert_int_equal(b.low[0][0], 3);
    assert_int_equal(b.high[0][0], 3);
}

/* --- every table that fits --- */

struct guess {
    const struct table *table;
    struct table other;
    struct bounds seen;
    int64_t most;
};

static bool fits(const struct table *t, const struct table *other)
{
    for (int i = 0; i <= t->rows; i++)
        for (int j = 0; j <= t->columns; j++)
            if (!t->hidden[i][j] && t->at[i][j] != other->at[i][j])
                return false;
    return true;
}

static void try_all(struct guess *g, int cell)
{
    const struct table *t = g->table;
    if (cell == t->rows * t->columns) {
        add_totals(&g->other);
        if (!fits(t, &g->other))
            return;
        for (int i = 0; i <= t->rows; i++)
            for (int j = 0; j <= t->columns; j++) {
                int64_t number = g->other.at[i][j];
                if (number < g->seen.low[i][j])
                    g->seen.low[i][j] = number;
                if (number > g->seen.high[i][j])
                    g->seen.high[i][j] = number;
            }
        return;
    }
    int i = cell / t->columns, j = cell % t->columns;
    int64_t first = t->hidden[i][j] ? 1 : t->at[i][j], last = t->hidden[i][j] ? g->most : first;
    for (g->other.at[i][j] = first; g->other.at[i][j] <= last; g->other.at[i][j]++) {
        int64_t number = g->other.at[i][j];
        try_all(g, cell + 1);
        g->other.at[i][j] = number;
    }
}

static void test_small_tables_against_all_others(void **state)
{
    (void)state;
    for (int turn = 0; turn < 60; turn++) {
        struct table t = {.rows = 2, .columns = 2 + (int)random_below(2)};
        struct guess g = {.table = &t, .most = 12};
        for (int i = 0; i < t.rows; i++)
            for (int j = 0; j < t.columns; j++)
                t.at[i][j] = random_below(9);
        add_totals(&t);
        hide(&t, 2);
        g.other = t;
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++)
                g.seen.low[i][j] = INT64_MAX;
        try_all(&g, 0);
        expect_safe(&t, &g.seen, 2);
    }
}

/* Not more than is needed: one small count takes three others with it, totals stay. */
static void test_little_is_hidden(void **state)
{
    struct table t = {.rows = 3, .columns = 3, .at = {{2, 30, 50}, {20, 40, 60}, {90, 80, 70}}};
    int hidden = 0;
    (void)state;
    add_totals(&t);
    hide(&t, 4);
    for (int i = 0; i <= 3; i++)
        for (int j = 0; j <= 3; j++) {
            hidden += t.hidden[i][j];
            assert_false(t.hidden[i][j] && (i == 3 || j == 3));
        }
    assert_int_equal(hidden, 4);
    struct table safe = {.rows = 2, .columns = 2, .at = {{20, 30}, {40, 50}}};
    add_totals(&safe);
    hide(&safe, 9);
    for (int i = 0; i <= 2; i++)
        for (int j = 0; j <= 2; j++)
            assert_false(safe.hidden[i][j]);
}

/* --- no choice is better --- */

/* Whether every small count could be larger, by all tables that fit. */
static bool is_safe(const struct table *t, int64_t limit, int64_t most)
{
    struct guess g = {.table = t, .other = *t, .most = most};
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            g.seen.low[i][j] = INT64_MAX;
    try_all(&g, 0);
    for (int i = 0; i <= t->rows; i++)
        for (int j = 0; j <= t->columns; j++) {
            int64_t number = t->at[i][j];
            if (number >= 1 && number <= limit &&
                (g.seen.high[i][j] <= limit || g.seen.high[i][j] < number + 2))
                return false;
        }
    return true;
}

/* The cost of what is hidden without being small: sums first, then how many cells. */
static int cost_of(const struct table *t, int64_t limit)
{
    int cost = 0;
    for (int i = 0; i <= t->rows; i++)
        for (int j = 0; j <= t->columns; j++)
            if (t->hidden[i][j] && t->at[i][j] > limit)
                cost += i == t->rows && j == t->columns   ? 10000
                        : i == t->rows || j == t->columns ? 100
                                                          : 1;
    return cost;
}

/* Tries every set of counts that would cost less. */
static void expect_cheapest(const struct table *t, int64_t limit, int64_t most)
{
    int places[CELLS], count = 0, width = t->columns + 1, best = cost_of(t, limit);
    struct table other = *t;
    for (int i = 0; i <= t->rows; i++)
        for (int j = 0; j <= t->columns; j++) {
            other.hidden[i][j] = t->at[i][j] >= 1 && t->at[i][j] <= limit;
            if (t->at[i][j] > limit)
                places[count++] = i * width + j;
        }
    for (unsigned set = 0; set < 1u << count; set++) {
        for (int k = 0; k < count; k++)
            other.hidden[places[k] / width][places[k] % width] = (set >> k & 1) != 0;
        if (cost_of(&other, limit) < best)
            assert_false(is_safe(&other, limit, most));
    }
}

static void test_no_smaller_choice_would_do(void **state)
{
    int with = 0;
    (void)state;
    for (int turn = 0; turn < 48; turn++) {
        struct table t = {.rows = 2, .columns = 2 + (turn % 3 == 0)};
        int64_t limit = 1 + random_below(3);
        for (int i = 0; i < t.rows; i++)
            for (int j = 0; j < t.columns; j++)
                t.at[i][j] = random_below(t.columns == 2 ? 12 : 7);
        add_totals(&t);
        hide(&t, limit);
        assert_true(is_safe(&t, limit, t.columns == 2 ? 24 : 14));
        expect_cheapest(&t, limit, t.columns == 2 ? 24 : 14);
        with += cost_of(&t, limit) > 0;
    }
    assert_true(with > 12); /* most tables prove nothing if nothing had to be hidden */
}

/* A count that cannot be hidden by anything is reported. */
static void test_what_cannot_be_protected_is_reported(void **state)
{
    struct cq_suppression_count counts[] = {
        {.number = 2, .from = 0, .to = 1, .small = true, .kind = CQ_COUNT_CELL},
        {.number = 9, .from = 1, .to = 2, .kind = CQ_COUNT_CELL}};
    struct cq_suppression s = {.counts = counts, .count = 2, .nodes = 3, .limit = 3};
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(cq_suppress_counts(&s, &err), CQ_OK);
    assert_false(s.complete);
    assert_int_equal(s.proof_count, 0);
    cq_suppression_free(&s);
}

/* Parts that overlap: a part could not be larger than the total that is shown. */
static void test_parts_do_not_exceed_a_total_they_overlap_in(void **state)
{
    struct cq_suppression_count counts[] = {
        {.number = 3, .from = 0, .to = 1, .roof = {3, 0}, .small = true, .kind = CQ_COUNT_CELL},
        {.number = 40, .from = 0, .to = 1, .roof = {3, 0}, .kind = CQ_COUNT_CELL},
        {.number = 41, .from = 1, .to = 0, .kind = CQ_COUNT_WHOLE}};
    struct cq_suppression s = {.counts = counts, .count = 3, .nodes = 2, .limit = 50};
    struct cq_err err = {0};
    (void)state;
    counts[1].small = counts[2].small = false;
    assert_int_equal(cq_suppress_counts(&s, &err), CQ_OK);
    assert_true(s.complete);
    assert_true(counts[2].hidden);
    cq_suppression_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_bound_reveals_a_small_count),
        cmocka_unit_test(test_the_attack_finds_what_is_hidden_badly),
        cmocka_unit_test(test_small_tables_against_all_others),
        cmocka_unit_test(test_little_is_hidden),
        cmocka_unit_test(test_no_smaller_choice_would_do),
        cmocka_unit_test(test_what_cannot_be_protected_is_reported),
        cmocka_unit_test(test_parts_do_not_exceed_a_total_they_overlap_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
