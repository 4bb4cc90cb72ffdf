/* Sorting rows, in memory and through runs on a file, against a plain sort. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "store/sorter.h"

enum { ROWS = 20000, PAYLOAD_MAX = 300 };

struct row {
    int64_t key;
    uint32_t line, size;
};

/* A fixed sequence of numbers. */
static uint64_t next_number(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void fill_payload(unsigned char *bytes, const struct row *row)
{
    for (uint32_t i = 0; i < row->size; i++)
        bytes[i] = (unsigned char)(row->line * 31 + i);
}

static int by_key_and_line(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Sorts count rows whose keys lie below keys, with a limit of memory. */
static void sort_rows(uint32_t count, int64_t keys, size_t limit)
{
    struct row *rows = test_malloc((count + 1) * sizeof *rows);
    unsigned char payload[PAYLOAD_MAX];
    struct cq_sorter *sorter;
    const struct cq_record *record;
    struct cq_err err = {0};
    uint64_t state = count + limit;
    assert_int_equal(cq_sorter_open(&sorter, limit, "/tmp", &err), CQ_OK);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t high = next_number(&state), low = next_number(&state);
        rows[i] = (struct row){(int64_t)((high << 31 | low) % (uint64_t)keys), i + 2,
                               (uint32_t)(next_number(&state) % PAYLOAD_MAX)};
        fill_payload(payload, &rows[i]);
        struct cq_record added = {rows[i].key,  (int64_t)i * 7, INT64_MAX - i, (int64_t)i << 32,
                                  rows[i].line, rows[i].size,   payload};
        assert_int_equal(cq_sorter_add(sorter, &added, &err), CQ_OK);
        memset(payload, 0xee, sizeof payload); /* the sorter has its own copy */
    }
    assert_int_equal(cq_sorter_count(sorter), count);
    assert_int_equal(cq_sorter_sort(sorter, &err), CQ_OK);
    qsort(rows, count, sizeof *rows, by_key_and_line);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(cq_sorter_next(sorter, &record, &err), CQ_OK);
        assert_non_null(record);
        assert_int_equal(record->key, rows[i].key);
        assert_int_equal(record->line, rows[i].line);
        assert_int_equal(record->hash, (int64_t)(rows[i].line - 2) * 7);
        assert_int_equal(record->line_hash, INT64_MAX - (int64_t)(rows[i].line - 2));
        assert_int_equal(record->offset, (int64_t)(rows[i].line - 2) << 32);
        assert_int_equal(record->size, rows[i].size);
        fill_payload(payload, &rows[i]);
        assert_memory_equal(record->payload, payload, record->size);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(cq_sorter_next(sorter, &record, &err), CQ_OK);
        assert_null(record);
    }
    cq_sorter_close(sorter);
    test_free(rows);
}

static void test_in_memory(void **state)
{
    (void)state;
    sort_rows(0, 1, 1 << 20);
    sort_rows(1, 1, 1 << 20);
    sort_rows(ROWS, (int64_t)1 << 44, (size_t)1 << 30);
}

/* Rows of one key keep their order: the list's. */
static void test_few_keys(void **state)
{
    (void)state;
    sort_rows(ROWS, 3, (size_t)1 << 30);
    sort_rows(ROWS, 3, 200000);
    sort_rows(ROWS, 1, 200000);
}

static void test_spilled(void **state)
{
    (void)state;
    sort_rows(ROWS, (int64_t)1 << 44, 1000000);
    sort_rows(ROWS, 5000, 100000);
    sort_rows(300, (int64_t)1 << 44, 1); /* a run for every row */
}

/* More than a run's buffer in one run: runs are read piece by piece. */
static void test_runs_longer_than_their_buffer(void **state)
{
    (void)state;
    sort_rows(3 * ROWS, (int64_t)1 << 40, 4 << 20);
}

static void test_refusals(void **state)
{
    struct cq_sorter *sorter;
    struct cq_err err = {0};
    static const unsigned char byte = 0;
    struct cq_record record = {.key = 1, .size = 1, .payload = &byte};
    (void)state;
    assert_int_equal(cq_sorter_open(&sorter, 1, "/nonexistent", &err), CQ_OK);
    assert_int_equal(cq_sorter_add(sorter, &record, &err), CQ_OK);
    assert_int_equal(cq_sorter_add(sorter, &record, &err), CQ_O_WRITE);
    assert_int_equal(err.code, CQ_O_WRITE);
    cq_sorter_close(sorter);
    cq_sorter_close(NULL);
}

/* Rows without payload; the sorter is closed before all were asked for. */
static void test_closed_early(void **state)
{
    struct cq_sorter *sorter;
    struct cq_err err = {0};
    const struct cq_record *record;
    (void)state;
    assert_int_equal(cq_sorter_open(&sorter, 1, "/tmp", &err), CQ_OK);
    for (int64_t i = 5; i > 0; i--)
        assert_int_equal(cq_sorter_add(sorter, &(struct cq_record){.key = i}, &err), CQ_OK);
    assert_int_equal(cq_sorter_sort(sorter, &err), CQ_OK);
    assert_int_equal(cq_sorter_next(sorter, &record, &err), CQ_OK);
    assert_int_equal(record->key, 1);
    assert_int_equal(record->size, 0);
    cq_sorter_close(sorter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_memory), cmocka_unit_test(test_few_keys),
        cmocka_unit_test(test_spilled),   cmocka_unit_test(test_runs_longer_than_their_buffer),
        cmocka_unit_test(test_refusals),  cmocka_unit_test(test_closed_early),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
