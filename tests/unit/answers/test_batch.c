/* Questions in rows: columns passed through, requests of a row, and repeated columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/batch.h"
#include "unit/import/importing.h"

#define NONE "not_contingent,none,,,,,,,not_listed,,not-listed,R78:1.2,text,,,\n"

struct batch_world {
    struct world world;
    struct cq_people *people;
    struct cq_batch batch;
    bool bad;
};

static int open_batch(void **state)
{
    static struct batch_world b;
    struct cq_err err = {0};
    b = (struct batch_world){.bad = false};
    world_open(&b.world);
    assert_int_equal(import_text(&b.world, HEADER ROW(A, "Aa", "", "")), CQ_OK);
    assert_int_equal(cq_people_open(&b.people, &b.world.db, b.world.law, 1, &err), CQ_OK);
    b.batch =
        (struct cq_batch){.law = b.world.law,
                          .people = b.people,
                          .request = cq_request_default(CQ_SERVICE_OUTPATIENT, day("2026-01-01")),
                          .format = CQ_FORMAT_CSV,
                          .report = world_report,
                          .context = &b.world};
    *state = &b;
    return 0;
}

static int close_batch(void **state)
{
    struct batch_world *b = *state;
    cq_people_close(b->people);
    world_close(&b->world);
    return 0;
}

/* Answers rows; returns the output. */
static const char *answer(struct batch_world *b, const char *text, enum cq_code want)
{
    struct world *w = &b->world;
    struct cq_csvin *in;
    int fd, list = memfd_create("list", MFD_CLOEXEC);
    assert_int_equal(write(list, text, strlen(text)), strlen(text));
    assert_int_equal(lseek(list, 0, SEEK_SET), 0);
    w->err = (struct cq_err){0};
    b->bad = false;
    cq_str_clear(&w->findings);
    cq_str_puts(&w->findings, "");
    capture_output(w, &fd);
    assert_int_equal(cq_batch_open(b->batch.law, b->batch.people ? CQ_BATCH_PEOPLE : CQ_BATCH_FACTS,
                                   &in, &(struct cq_csv_input){.fd = list, .name = "rows.csv"},
                                   &w->err),
                     CQ_OK);
    assert_int_equal(cq_batch_csv(&b->batch, in, "rows.csv", fd, &b->bad, &w->err), want);
    assert_int_equal(w->err.code, want);
    cq_csvin_close(in);
    close(list);
    return captured_output(w, &fd);
}

/* The header that an input column list becomes. */
#define ANSWERS                                                                                    \
    "as_of,service,outcome,category,agency,provider,facility,payer,referral,"                      \
    "documents,reasons,missing,rule,basis,certainty,gaps,changes_on,change_cause"

static void test_columns_pass_in_order(void **state)
{
    struct batch_world *b = *state;
    assert_string_equal(answer(b, "x;iin;\"y;\"\n 1 ;" B ";\"a,\"\"b\"\n;" B " ;\n", CQ_OK),
                        "x,iin,y;," ANSWERS "\n"
                        " 1 ," B ",\"a,\"\"b\",2026-01-01,outpatient," NONE "," B
                        " ,,2026-01-01,outpatient," NONE);
    assert_false(b->bad);
}

static void test_what_a_row_asks(void **state)
{
    struct batch_world *b = *state;
    assert_string_equal(
        answer(b, "ИИН,as_of,service\n" B ",02.02.2026,inpatient\n" B ",,\n", CQ_OK),
        "ИИН," ANSWERS "\n" B ",2026-02-02,inpatient," NONE B ",2026-01-01,outpatient," NONE);
}

/* Options that the input has no columns for are columns at the end. */
static void test_options_are_repeated(void **state)
{
    struct batch_world *b = *state;
    b->batch.given[CQ_FACT_INDICATED] = b->batch.given[CQ_FACT_DESTINATION] = true;
    b->batch.given[CQ_FACT_SERVICE] = true;
    b->batch.profile_given = true;
    b->batch.request.profile = (struct cq_text){"eye", 3};
    b->batch.request.indicated = CQ_NO;
    const char *text = answer(b, "iin,destination\n" B ",astana\n", CQ_OK);
    assert_non_null(strstr(text, "iin,destination," ANSWERS ",profile,indicated\n"));
    assert_non_null(strstr(text, ",eye,no\n"));
}

static void test_bad_rows(void **state)
{
    struct batch_world *b = *state;
    const char *text =
        answer(b, "iin,indicated\n850315100007,\n" B ",maybe\n" B "\n\"" B ",\n" B ",no\n", CQ_OK);
    assert_true(b->bad);
    assert_string_equal(b->world.findings.ptr, "2:X002 3:X001 4:R002 5:R001");
    text = strchr(text, '\n') + 1;
    assert_non_null(
        strstr(text, "850315100007,,2026-01-01,outpatient,undetermined,,,,,,,,bad_iin,"));
    assert_non_null(strstr(text, B ",maybe,2026-01-01,outpatient,undetermined,,,,,,,,bad_fact,"));
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    assert_int_equal(lines, 3);
}

static void test_refused_headers(void **state)
{
    struct batch_world *b = *state;
    answer(b, "number\n1\n", CQ_F_HEADER_MISSING);
    answer(b, "iin,ЖСН\n1,2\n", CQ_F_HEADER_TWICE);
    assert_int_equal(b->world.err.line, 1);
    assert_string_equal(b->world.err.file, "rows.csv");
}

static void test_json(void **state)
{
    struct batch_world *b = *state;
    b->batch.format = CQ_FORMAT_JSON;
    const char *text = answer(b, "iin,\"a\"\"\"\n" B ",\"\\\n\"\n", CQ_OK);
    assert_non_null(
        strstr(text, "{\"iin\":\"" B "\",\"a\\\"\":\"\\\\\\n\",\"as_of\":\"2026-01-01\","));
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void test_facts(void **state)
{
    struct batch_world *b = *state;
    b->batch.people = NULL;
    const char *text = answer(b,
                              "iin,category,service,as_of\nx,none,inpatient,2026-01-01\n"
                              ",,,\nx,emperor,,\n",
                              CQ_OK);
    assert_non_null(strstr(text, "\nx,2026-01-01,inpatient,not_contingent,none,"));
    assert_non_null(strstr(text, "\n,2026-01-01,outpatient,undetermined,"));
    assert_non_null(strstr(text, "\nx,2026-01-01,outpatient,undetermined,"));
    assert_string_equal(b->world.findings.ptr, "4:X001");
}

/* Asks rows of facts; returns the output without its header. */
static const char *answer_facts(struct batch_world *b, const char *text)
{
    b->batch.people = NULL;
    return strchr(answer(b, text, CQ_OK), '\n') + 1;
}

/* A cell that leaves several values decides as they do: R78:4.1 holds for an employee wherever there
 * is a hospital; the case of the other categories is another one. */
static void test_several_values(void **state)
{
    struct batch_world *b = *state;
    const char *text = answer_facts(b, "category,body,presidential,place\n"
                                       "employee,law_enforcement|courier,no,available|one\n"
                                       " employee | employee ,courier,no, one|available | one\n"
                                       "none|none,,,\n"
                                       "employee|none,law_enforcement,no,one\n");
    assert_non_null(strstr(text, "law_enforcement|courier,no,available|one,2026-01-01,outpatient,"
                                 "eligible,employee,,mvd,,budget,,id_card+service_id,,,"));
    assert_non_null(strstr(text, "| one,2026-01-01,outpatient,eligible,employee,,mvd,,budget,"));
    assert_non_null(strstr(text, ",2026-01-01,outpatient,not_contingent,none,,,"));
    assert_non_null(strstr(text, ",undetermined,none|employee,,,,,,,missing_facts,category,"));
    assert_false(b->bad);
}

/* The question of a row is one service at one destination; parts are values, never empty. */
static void test_several_values_that_may_not_be(void **state)
{
    struct batch_world *b = *state;
    answer_facts(b, "category,service,destination\n"
                    "none,inpatient|outpatient,\n"
                    "none,,local|astana|almaty\n"
                    "none,inpatient | inpatient,astana|astana\n"
                    "none|,,\n"
                    "|,,\n"
                    "none|emperor,,\n");
    assert_true(b->bad);
    assert_string_equal(b->world.findings.ptr, "2:X003 3:X003 5:X001 6:X001 7:X001");
    close_batch(state);
    open_batch(state);
    answer(b, "iin,urgency,package\n" B ",planned|emergency,\n" B ",,osms|osms\n", CQ_OK);
    assert_string_equal(b->world.findings.ptr, "2:X003");
}

/* Every value of every fact is read, the last of the longest too. */
static void test_every_value_is_read(void **state)
{
    struct batch_world *b = *state;
    struct cq_str rows = {0};
    for (int i = 0; i < CQ_FACTS; i++) {
        const char *name = cq_fact_name((enum cq_fact)i);
        cq_str_clear(&rows);
        cq_str_printf(&rows, "%s,x\n", name);
        for (int value = 0; value < cq_fact_count((enum cq_fact)i); value++)
            cq_str_printf(&rows, "%s,\n", cq_fact_value_name((enum cq_fact)i, value));
        answer_facts(b, rows.ptr);
        if (b->bad)
            fail_msg("%s: %s", name, b->world.findings.ptr);
    }
    cq_str_free(&rows);
}

/* Values and headers as people write them, a category of several words among them. */
static void test_words_of_facts(void **state)
{
    struct batch_world *b = *state;
    const char *text =
        answer_facts(b, "Категория,НА ДАТУ,Қызмет,Срочность,agency\n"
                        "Сотрудник | отбасы мүшесі,02.02.2026,Дневной  стационар,шұғыл,courier\n"
                        "zeynetker,,,,\n");
    assert_non_null(strstr(text, ",2026-02-02,day_hospital,undetermined,employee|family,courier,"));
    assert_string_equal(b->world.findings.ptr, "3:X001");
}

/* Of people, planned unless the option or the row says otherwise; of facts, unknown. */
static void test_urgency(void **state)
{
    struct batch_world *b = *state;
    static const char facts[] = "category,service,body,place,presidential,destination,urgency\n"
                                "employee,inpatient,courier,available,no,local,\n";
    b->batch.given[CQ_FACT_URGENCY] = true;
    b->batch.request.urgency = CQ_URGENCY_EMERGENCY;
    const char *text = answer(b, "iin\n" A "\n", CQ_OK);
    assert_non_null(strstr(text, ",change_cause,urgency\n"));
    assert_non_null(strstr(text, ",emergency\n"));
    text = answer(b, "iin,urgency\n" B ",\n" B ",planned\n", CQ_OK);
    assert_non_null(strstr(text, "\n" B ",emergency,2026-01-01,"));
    assert_non_null(strstr(text, "\n" B ",planned,2026-01-01,"));
    assert_non_null(strstr(answer_facts(b, facts), ",emergency,2026-01-01,inpatient,eligible,"));
    b->batch.given[CQ_FACT_URGENCY] = false;
    assert_non_null(strstr(answer_facts(b, facts), ",missing_facts,urgency,"));
}

/* A header in capitals is the same column. */
static void test_headers_written_otherwise(void **state)
{
    struct batch_world *b = *state;
    assert_string_equal(answer(b, "IIN,Service\n" B ",inpatient\n", CQ_OK),
                        "IIN," ANSWERS "\n" B ",2026-01-01,inpatient," NONE);
}

/* Booleans are read as in every list. */
static void test_booleans_of_people(void **state)
{
    struct batch_world *b = *state;
    answer(b, "iin,indicated,duty_injury\n" B ",иә,0\n" B ",нет,1\n" B ",ДА,жоқ\n", CQ_OK);
    assert_false(b->bad);
}

static void test_everybody_and_operands(void **state)
{
    struct batch_world *b = *state;
    struct world *w = &b->world;
    static char good[] = A, stranger[] = B, wrong[] = "850315100007";
    char *const iins[] = {good, stranger, wrong};
    bool refused = false;
    int fd;
    capture_output(w, &fd);
    assert_int_equal(cq_batch_iins(&b->batch, iins, 3, fd, &refused, &w->err), CQ_OK);
    assert_true(refused);
    const char *text = captured_output(w, &fd);
    assert_non_null(strstr(text, "iin," ANSWERS "\n" A ",2026-01-01,"));
    assert_non_null(
        strstr(text, "\n850315100007,2026-01-01,outpatient,undetermined,,,,,,,,bad_iin,"));
    capture_output(w, &fd);
    assert_int_equal(cq_batch_iins(&b->batch, NULL, 0, fd, &refused, &w->err), CQ_OK);
    text = captured_output(w, &fd);
    assert_non_null(strstr(text, "\n" A ",2026-01-01,"));
    assert_null(strstr(text, B));
}

#define BATCH(test) cmocka_unit_test_setup_teardown(test, open_batch, close_batch)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BATCH(test_columns_pass_in_order),
        BATCH(test_what_a_row_asks),
        BATCH(test_options_are_repeated),
        BATCH(test_bad_rows),
        BATCH(test_refused_headers),
        BATCH(test_json),
        BATCH(test_facts),
        BATCH(test_several_values),
        BATCH(test_several_values_that_may_not_be),
        BATCH(test_every_value_is_read),
        BATCH(test_words_of_facts),
        BATCH(test_urgency),
        BATCH(test_headers_written_otherwise),
        BATCH(test_booleans_of_people),
        BATCH(test_everybody_and_operands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
