/* Questions in rows: columns passed through, requests of a row, and repeated columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/batch.h"
#include "unit/import/importing.h"

#define NONE "not_contingent,none,,,,,,,not_listed,,R78.718-not-listed,R78:1.2,text,,,\n"

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
    assert_int_equal(cq_csvin_open(&in, list, "rows.csv", 0, &w->err), CQ_OK);
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
        BATCH(test_headers_written_otherwise),
        BATCH(test_booleans_of_people),
        BATCH(test_everybody_and_operands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
