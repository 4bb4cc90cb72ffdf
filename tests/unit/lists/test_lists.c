/* The kinds of lists: keys, the packed form, and the checks of one row by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/iin.h"
#include "cq/list.h"
#include "unit/import/importing.h"

static void test_every_kind_has_a_table(void **state)
{
    struct world *w = *state;
    for (enum cq_kind kind = 0; kind < CQ_KINDS; kind++) {
        struct cq_list list;
        sqlite3_stmt *stmt;
        cq_list_init(&list, kind, w->law);
        assert_true(list.count <= CQ_LIST_COLUMNS);
        assert_true(list.start >= 0);
        cq_str_clear(&w->text);
        cq_str_puts(&w->text, "SELECT id, valid_from, valid_to");
        for (size_t i = 0; i < list.table.count; i++) {
            assert_string_equal(list.columns[list.stored[i]].name, list.table.columns[i].name);
            cq_str_printf(&w->text, ", %s", list.table.columns[i].name);
        }
        cq_str_printf(&w->text, " FROM %s", list.table.name);
        assert_int_equal(sqlite3_prepare_v2(w->db.sqlite, w->text.ptr, -1, &stmt, NULL), SQLITE_OK);
        sqlite3_finalize(stmt);
    }
    assert_null(cq_kind_names[CQ_KINDS]);
}

static void test_packing_is_reversible(void **state)
{
    struct world *w = *state;
    struct cq_list list;
    struct cq_value values[CQ_LIST_COLUMNS] = {{0}}, back[CQ_LIST_COLUMNS];
    struct cq_str bytes = {0}, again = {0};
    cq_list_init(&list, CQ_KIND_CONTINGENT, w->law);
    for (unsigned pattern = 0; pattern < 64; pattern++) {
        for (size_t i = 0; i < list.count; i++) {
            enum cq_type type = list.columns[i].type;
            values[i] = (struct cq_value){.present = (pattern + i) % 3 != 0};
            if (!values[i].present)
                continue;
            if (type == CQ_TYPE_NAME || type == CQ_TYPE_TEXT)
                values[i].text = (struct cq_text){"Қазақ сөзі", (pattern * i) % 20 & ~1u};
            else
                values[i].number = type == CQ_TYPE_DATE  ? -30000 - (int64_t)i
                                   : type == CQ_TYPE_IIN ? 999999999999 - (int64_t)pattern
                                                         : (int64_t)(i % 2);
        }
        cq_str_clear(&bytes);
        assert_int_equal(cq_list_pack(&list, values, &bytes), CQ_OK);
        cq_list_unpack(&list, (const unsigned char *)bytes.ptr, back);
        for (size_t i = 0; i < list.count; i++) {
            assert_int_equal(back[i].present, values[i].present);
            assert_int_equal(back[i].number, values[i].number);
            assert_int_equal(back[i].text.len, values[i].text.len);
            if (back[i].text.len)
                assert_memory_equal(back[i].text.ptr, values[i].text.ptr, back[i].text.len);
        }
        cq_str_clear(&again);
        assert_int_equal(cq_list_pack(&list, back, &again), CQ_OK);
        assert_int_equal(again.len, bytes.len);
        assert_memory_equal(again.ptr, bytes.ptr, bytes.len);
    }
    cq_str_free(&bytes);
    cq_str_free(&again);
}

/* The parts of a full name with '|' between; "" where it has none. */
static void expect_parts(const char *name, const char *want)
{
    struct cq_text parts[3];
    struct cq_str got = {0};
    cq_str_puts(&got, "");
    if (!cq_full_name_split(cq_text_of(name), parts))
        for (int i = 0; i < 3; i++) {
            cq_str_puts(&got, i ? "|" : "");
            cq_str_put(&got, parts[i].ptr, parts[i].len);
        }
    assert_string_equal(got.ptr, want);
    cq_str_free(&got);
}

static void test_full_names(void **state)
{
    (void)state;
    expect_parts("Сынақов Ерлан", "Сынақов|Ерлан|");
    expect_parts("Сынақов  Ерлан\xC2\xA0Серікұлы", "Сынақов|Ерлан|Серікұлы");
    expect_parts("Сынақова Айгүл Серік қызы", "Сынақова|Айгүл|Серік қызы");
    expect_parts("АЛИЕВ ВАГИФ ГАСАН ОГЛЫ", "АЛИЕВ|ВАГИФ|ГАСАН ОГЛЫ");
    expect_parts("Ли, Анна Мария, Сергеевна", "Ли|Анна Мария|Сергеевна");
    expect_parts("Ван ден Берг, Анна", "Ван ден Берг|Анна|");
    expect_parts("Петров , Пётр Петрович", "Петров|Пётр|Петрович");
    /* It is not clear which word is what, or there is none. */
    expect_parts("Сынақов", "");
    expect_parts("Ли Анна Мария Сергеевна", "");
    expect_parts("Алиева Лейла қызы", "");
    expect_parts("Алиева қызы", "");
    expect_parts("Сынақов Е.С.", "");
    expect_parts("Ли,, Анна", "");
    expect_parts(", Анна", "");
    expect_parts("Ли, Анна, Сергеевна, x", "");
    expect_parts("Ли, Анна Мария Сергеевна", "");
    expect_parts("а б в г д е ж з", "");
    expect_parts(",", "");
    expect_parts("", "");
}

static void test_keys(void **state)
{
    struct world *w = *state;
    struct cq_list list;
    struct cq_value values[CQ_LIST_COLUMNS] = {{0}};
    values[0] = (struct cq_value){.present = true, .number = 850315100006};
    cq_list_init(&list, CQ_KIND_CONTINGENT, w->law);
    values[CQ_P_AGENCY] = (struct cq_value){.present = true, .number = 1};
    int64_t own = cq_list_key(&list, values, 0);
    assert_int_equal(own >> CQ_AGENCY_BITS, 850315100006);
    assert_int_equal(own & 15, cq_list_agency(&list, &values[CQ_P_AGENCY]));
    assert_int_equal(cq_list_key(&list, values, 15) & 15, 15);
    cq_list_init(&list, CQ_KIND_INSURANCE, w->law);
    assert_int_equal(cq_list_key(&list, values, 0), cq_person_key(850315100006, 0));
    /* Facilities: the parts of a key do not run into each other. */
    cq_list_init(&list, CQ_KIND_FACILITIES, w->law);
    int64_t keys[4];
    for (int i = 0; i < 4; i++) {
        memset(values, 0, sizeof values);
        values[CQ_F_FACILITY] = (struct cq_value){.present = true, .text = {"ab", i < 2 ? 2 : 1}};
        values[CQ_F_SERVICE] = (struct cq_value){.present = true, .number = i % 2};
        if (i >= 2)
            values[CQ_F_PROFILE] = (struct cq_value){.present = true, .text = {"b", 1}};
        keys[i] = cq_list_key(&list, values, 0);
        assert_in_range(keys[i], 0, ((int64_t)1 << 44) - 1);
        for (int k = 0; k < i; k++)
            assert_true(keys[k] != keys[i]);
    }
}

/* Imports one person and compares the findings. Shape: row from birth_date on. */
static void finds(struct world *w, const char *iin, const char *row, const char *found)
{
    struct cq_str text = {0};
    cq_str_printf(&text,
                  "iin,last_name,first_name,birth_date,sex,category,agency,sponsor_iin,relation,"
                  "residence,killed_on,valid_from,valid_to\n%s,Aa,Name,%s\n",
                  iin, row);
    w->import.dry_run = true;
    assert_int_equal(import_text(w, text.ptr), CQ_OK);
    assert_string_equal(w->findings.ptr, found);
    cq_str_free(&text);
}

static void test_checks_of_a_person(void **state)
{
    struct world *w = *state;
    finds(w, A, "1885-03-15,m,employee,courier,,,,,,", "");
    finds(w, A, "1985-03-15,m,employee,courier,,,,,,", "2:W010");
    finds(w, A, "1885-03-15,f,employee,courier,,,,,,", "2:W011");
    finds(w, A, "1885-03-15,m,none,courier,,,,,,", "2:R040");
    finds(w, A, "2026-01-02,m,employee,courier,,,,,,", "2:R023 2:W010");
    finds(w, A, "1885-03-15,m,employee,courier,,,,,2025-01-01,2025-01-01", "2:R022");
    finds(w, A, "1885-03-15,m,employee,courier,,,,,,1885-03-15", "2:R022");
    finds(w, A, "1885-03-15,m,family,courier,,child,,,,", "2:W027");
    finds(w, A, "1885-03-15,m,family,courier," A ",child,,,,", "2:R051");
    finds(w, A, "1885-03-15,m,child_of_fallen,courier," B ",,,,,", "2:W024 2:W018");
    finds(w, A, "1885-03-15,m,child_of_fallen,courier," B ",,,2026-01-02,,", "2:R023");
    finds(w, A, "1885-03-15,m,employee,courier,,,99,,,", "2:R030");
    finds(w, A, "1885-03-15,m,employee,courier,,,51,,,", "2:R032");
}

/* Regions of 2022-06-08, on the days around it. Source: regions.csv. */
static void test_regions_by_day(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2022-06-07");
    finds(w, A, "1885-03-15,m,employee,courier,,,10,,,", "2:R031");
    finds(w, A, "1885-03-15,m,employee,courier,,,33,,,", "2:R031");
    finds(w, A, "1885-03-15,m,employee,courier,,,621010000,,,", "2:R031");
    finds(w, A, "1885-03-15,m,employee,courier,,,63,,,", "2:W015");
    finds(w, A, "1885-03-15,m,employee,courier,,,19,,,", "2:W015");
    finds(w, A, "1885-03-15,m,employee,courier,,,35,,,", "2:W015");
    finds(w, A, "1885-03-15,m,employee,courier,,,71,,,", "");
    w->import.list_date = day("2022-06-08");
    static const char *const regions[] = {"10", "33", "62", "63", "19", "35"};
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        char row[80];
        snprintf(row, sizeof row, "1885-03-15,m,employee,courier,,,%s,,,", regions[i]);
        finds(w, A, row, "");
    }
}

/* The anti-corruption service moved on 2025-06-30. */
static void test_an_agency_that_moved(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2025-06-29");
    finds(w, A, "1885-03-15,m,employee,anticorruption,,,,,,", "");
    w->import.list_date = day("2025-06-30");
    finds(w, A, "1885-03-15,m,employee,anticorruption,,,,,,", "2:W017");
}

static void test_foreigners(void **state)
{
    struct world *w = *state;
    char iin[13] = "";
    int64_t number = 850315000000;
    while (cq_iin_control(number) < 0)
        number += 10;
    cq_iin_write(iin, number + cq_iin_control(number));
    finds(w, iin, "1990-01-01,f,employee,courier,,,,,,", "2:W012");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_every_kind_has_a_table), WORLD(test_packing_is_reversible),
        cmocka_unit_test(test_full_names),  WORLD(test_keys),
        WORLD(test_checks_of_a_person),     WORLD(test_regions_by_day),
        WORLD(test_an_agency_that_moved),   WORLD(test_foreigners),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
