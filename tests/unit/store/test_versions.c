/* Versions of rows: read group by group, by scan and by look-up, and written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/registry.h"

static const struct cq_table_column columns[] = {{"facility", true}, {"card_no", true}};
static const struct cq_table table = {"card", columns, 2};

static struct cq_db opened(void)
{
    struct cq_db db;
    struct cq_err err = {0};
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    assert_int_equal(cq_db_begin(&db, &err), CQ_OK);
    return db;
}

static struct cq_versions *versions_of(struct cq_db *db, bool scan)
{
    struct cq_versions *versions;
    struct cq_err err = {0};
    assert_int_equal(cq_versions_open(&versions, db, &table, scan, &err), CQ_OK);
    return versions;
}

static void insert(struct cq_versions *versions, int64_t key, int number, int32_t from, int32_t to,
                   const char *card)
{
    struct cq_err err = {0};
    struct cq_version version = {key << CQ_VERSION_BITS | number, 11, 12, 1, 0, from, to, 3};
    const struct cq_value values[] = {{.present = true, .text = {"F1", 2}},
                                      {.present = true, .text = {card, strlen(card)}}};
    assert_int_equal(cq_versions_insert(versions, &version, values, &err), CQ_OK);
}

/* Three people: two agencies' rows, three versions of one row, one row. */
static void fill(struct cq_versions *versions)
{
    insert(versions, cq_person_key(100, 1), 0, CQ_DAY_MIN, CQ_DAY_MAX, "a");
    insert(versions, cq_person_key(100, 15), 0, 5, 9, "b");
    insert(versions, cq_person_key(200, 0), 0, 1, 2, "c");
    insert(versions, cq_person_key(200, 0), 1, 2, 3, "d");
    insert(versions, cq_person_key(200, 0), 2, 3, CQ_DAY_MAX, "e");
    insert(versions, cq_person_key(999999999999, 3), 0, 1, 2, "f");
}

static size_t read_groups(struct cq_versions *versions, int64_t group,
                          const struct cq_version **list)
{
    size_t count;
    struct cq_err err = {0};
    assert_int_equal(cq_versions_read_group(versions, group, list, &count, &err), CQ_OK);
    return count;
}

static void test_groups_by_scan_and_by_lookup(void **state)
{
    struct cq_db db = opened();
    struct cq_versions *versions = versions_of(&db, false);
    const struct cq_version *list;
    (void)state;
    fill(versions);
    cq_versions_close(versions);
    for (int scan = 0; scan < 2; scan++) {
        versions = versions_of(&db, scan);
        assert_int_equal(cq_versions_next_group(versions), scan ? 100 : INT64_MAX);
        assert_int_equal(read_groups(versions, 50, &list), 0);
        assert_int_equal(read_groups(versions, 100, &list), 2);
        assert_int_equal(list[0].id, cq_person_key(100, 1) << CQ_VERSION_BITS);
        assert_int_equal(list[0].valid_from, CQ_DAY_MIN);
        assert_int_equal(list[0].valid_to, CQ_DAY_MAX);
        assert_int_equal(list[1].id, cq_person_key(100, 15) << CQ_VERSION_BITS);
        assert_int_equal(list[1].hash, 11);
        assert_int_equal(list[1].line, 12);
        assert_int_equal(list[1].valid_to, 9);
        assert_int_equal(cq_versions_next_group(versions), scan ? 200 : INT64_MAX);
        assert_int_equal(read_groups(versions, 200, &list), 3);
        assert_int_equal(list[2].valid_from, 3);
        assert_int_equal(read_groups(versions, 201, &list), 0);
        assert_int_equal(read_groups(versions, 999999999999, &list), 1);
        assert_int_equal(cq_versions_next_group(versions), INT64_MAX);
        assert_int_equal(read_groups(versions, 999999999999 + 1, &list), 0);
        cq_versions_close(versions);
    }
    cq_db_close(&db);
}

/* Groups that are not asked for are skipped. */
static void test_scan_skips_groups(void **state)
{
    struct cq_db db = opened();
    struct cq_versions *versions = versions_of(&db, false);
    const struct cq_version *list;
    (void)state;
    fill(versions);
    cq_versions_close(versions);
    versions = versions_of(&db, true);
    assert_int_equal(read_groups(versions, 999999999999, &list), 1);
    cq_versions_close(versions);
    cq_db_close(&db);
}

/* A scan does not return rows that are written during it. */
static void test_writing_during_a_scan(void **state)
{
    struct cq_db db = opened();
    struct cq_versions *versions = versions_of(&db, false);
    const struct cq_version *list;
    struct cq_err err = {0};
    struct cq_value values[2];
    (void)state;
    fill(versions);
    cq_versions_close(versions);
    versions = versions_of(&db, true);
    assert_int_equal(read_groups(versions, 100, &list), 2);
    int64_t id = list[0].id;
    assert_int_equal(cq_versions_end(versions, id, 7, &err), CQ_OK);
    insert(versions, cq_person_key(100, 1), 1, 1, 2, "new");
    assert_int_equal(read_groups(versions, 150, &list), 0);
    insert(versions, cq_person_key(150, 1), 0, 1, 2, "new");
    assert_int_equal(read_groups(versions, 200, &list), 3);
    assert_int_equal(cq_versions_set_hashes(versions, list[2].id, list[2].hash, 77, &err), CQ_OK);
    assert_int_equal(read_groups(versions, 999999999999, &list), 1);
    assert_int_equal(cq_versions_read(versions, id + 1, values, &err), CQ_OK);
    assert_true(values[1].present);
    assert_int_equal(values[1].text.len, 3);
    assert_memory_equal(values[1].text.ptr, "new", 3);
    assert_int_equal(cq_versions_read(versions, id + 2, values, &err), CQ_D_CORRUPT);
    cq_versions_close(versions);
    versions = versions_of(&db, true);
    assert_int_equal(read_groups(versions, 100, &list), 3);
    assert_int_equal(list[0].run_to, 7);
    assert_int_equal(list[1].run_to, 0);
    assert_int_equal(read_groups(versions, 200, &list), 3);
    assert_int_equal(list[2].line, 77);
    cq_versions_close(versions);
    cq_versions_close(NULL);
    cq_db_close(&db);
}

static void test_more_versions_than_the_first_room(void **state)
{
    struct cq_db db = opened();
    struct cq_versions *versions = versions_of(&db, false);
    const struct cq_version *list;
    (void)state;
    for (int i = 0; i < 500; i++)
        insert(versions, cq_person_key(1, 0), i, i, i + 1, "x");
    assert_int_equal(read_groups(versions, 1, &list), 500);
    for (int i = 0; i < 500; i++)
        assert_int_equal(list[i].valid_from, i);
    cq_versions_close(versions);
    cq_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_by_scan_and_by_lookup),
        cmocka_unit_test(test_scan_skips_groups),
        cmocka_unit_test(test_writing_during_a_scan),
        cmocka_unit_test(test_more_versions_than_the_first_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
