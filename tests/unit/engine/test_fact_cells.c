/* Cells of facts: codes, labels of the law tables, short words, several values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/list.h"
#include "engine/fact_cells.h"

static struct cq_law *law;

static uint64_t read_cell(enum cq_fact fact, const char *text)
{
    return cq_fact_cell_read(law, fact, cq_text_of(text));
}

/* Codes and the labels of three languages, each as the value whose word it is. */
static void test_codes_and_labels(void **state)
{
    (void)state;
    for (int i = 0; i < CQ_FACTS; i++)
        for (int value = 0; value < cq_fact_count((enum cq_fact)i); value++) {
            enum cq_fact fact = (enum cq_fact)i;
            uint64_t bit = cq_fact_bit(fact, value);
            assert_true(read_cell(fact, cq_fact_value_name(fact, value)) == bit);
            for (int language = 0; language < CQ_LANGUAGES; language++) {
                const char *label =
                    cq_law_value_label(law, fact, value, (enum cq_language)language);
                if (read_cell(fact, label) != bit)
                    fail_msg("%s: %s", cq_fact_name(fact), label);
            }
        }
}

static void test_short_words(void **state)
{
    static const struct {
        enum cq_fact fact;
        int value;
        const char *text;
    } cells[] = {
        {CQ_FACT_CATEGORY, CQ_CATEGORY_FAMILY, "Член семьи"},
        {CQ_FACT_CATEGORY, CQ_CATEGORY_FAMILY, "отбасы  мүшесі"},
        {CQ_FACT_CATEGORY, CQ_CATEGORY_CHILD_OF_FALLEN, "Child of_fallen"},
        {CQ_FACT_SERVICE, CQ_SERVICE_INPATIENT, "СТАЦИОНАР"},
        {CQ_FACT_SERVICE, CQ_SERVICE_DAY_HOSPITAL, "дневной стационар"},
        {CQ_FACT_SERVICE, CQ_SERVICE_ABROAD, "За рубежом"},
        {CQ_FACT_URGENCY, CQ_URGENCY_EMERGENCY, "экстренно"},
        {CQ_FACT_URGENCY, CQ_URGENCY_PLANNED, "жоспарлы"},
        {CQ_FACT_HOME, CQ_HOME_ASTANA, "г. Астана"},
        {CQ_FACT_DESTINATION, CQ_DESTINATION_ALMATY, "Алматы қ."},
        {CQ_FACT_PACKAGE, CQ_PACKAGE_OSMS, "ОСМС"},
        {CQ_FACT_PLACE, CQ_PLACE_ABSENT, "жоқ"},
        {CQ_FACT_INSURED, CQ_YES, "1"},
        {CQ_FACT_MINOR, CQ_NO, "Нет"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (read_cell(cells[i].fact, cells[i].text) != cq_fact_bit(cells[i].fact, cells[i].value))
            fail_msg("%s", cells[i].text);
}

static void test_several_values(void **state)
{
    uint64_t two = cq_fact_bit(CQ_FACT_KIN, CQ_KIN_SPOUSE) | cq_fact_bit(CQ_FACT_KIN, CQ_KIN_OTHER);
    (void)state;
    assert_true(read_cell(CQ_FACT_KIN, "other|spouse") == two);
    assert_true(read_cell(CQ_FACT_KIN, "spouse | other|супруга |  spouse") == two);
    assert_true(read_cell(CQ_FACT_KIN, "") == cq_fact_field(CQ_FACT_KIN));
    assert_true(read_cell(CQ_FACT_MINOR, "да|нет") == cq_fact_field(CQ_FACT_MINOR));
    static const char *const wrong[] = {
        "|",           "spouse|",  "|spouse", "spouse||other", "spouse,other", "spouse;other",
        "spouse|aunt", "employee", "spous"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (read_cell(CQ_FACT_KIN, wrong[i]))
            fail_msg("%s", wrong[i]);
}

/* What is written is read again. */
static void test_every_set_of_values(void **state)
{
    struct cq_str out = {0};
    (void)state;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        uint64_t low = cq_fact_bit(fact, 0);
        for (uint64_t set = 1; set < UINT64_C(1) << cq_fact_count(fact); set++) {
            cq_str_clear(&out);
            cq_str_puts(&out, "x");
            cq_fact_cell_write((cq_facts_all & ~cq_fact_field(fact)) | set * low, fact, &out);
            assert_int_equal(out.failed, CQ_OK);
            assert_true(read_cell(fact, out.ptr + 1) == set * low);
            assert_int_equal(out.len == 1, set * low == cq_fact_field(fact));
        }
    }
    cq_str_free(&out);
}

static void test_labels_as_headers(void **state)
{
    struct cq_str out = {0};
    (void)state;
    cq_label_aliases(NULL, cq_law_word(law, "fact", "urgency", 7), &out);
    assert_string_equal(out.ptr, "шұғылдығы|срочность|urgency");
    cq_label_aliases(NULL, NULL, &out);
    cq_label_aliases(cq_law_word(law, "case", "want", 4), cq_law_word(law, "case", "payer", 5),
                     &out);
    assert_non_null(strstr(out.ptr, "|urgency|күтілетін төлеуші|ожидается плательщик|want payer"));
    cq_str_free(&out);
}

static int load(void **state)
{
    (void)state;
    return !cq_law_load(&law, NULL, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_and_labels),  cmocka_unit_test(test_short_words),
        cmocka_unit_test(test_several_values),    cmocka_unit_test(test_every_set_of_values),
        cmocka_unit_test(test_labels_as_headers),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
