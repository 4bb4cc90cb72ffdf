/* Answers as cells: cached ones equal composed ones, in every format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/answer.h"
#include "unit/import/importing.h"

/* A decision on facts drawn from a fixed sequence. */
static struct cq_answer random_answer(const struct cq_law *law, uint64_t *seed, int *service,
                                      int32_t *on)
{
    struct cq_answer answer = {.agency = (int)(*seed >> 60) % 8, .changes_on = CQ_DAY_MAX};
    uint64_t word = cq_facts_all;
    answer.facility = answer.change_cause = "";
    for (int i = 0; i < CQ_FACTS; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        int value = (int)(*seed >> 40) % (cq_fact_count((enum cq_fact)i) + 1) - 1;
        if (value < 0 && (i == CQ_FACT_SERVICE || i == CQ_FACT_DESTINATION))
            value = 0;
        cq_facts_set(&word, (enum cq_fact)i, value);
    }
    *on = cq_date_make(2019, 6, 1) + (int32_t)(*seed >> 40) % 3000;
    *service = cq_facts_get(word, CQ_FACT_SERVICE);
    answer.facts = word;
    answer.category = cq_facts_get(word, CQ_FACT_CATEGORY);
    answer.facility = (*seed >> 50) % 3 ? "" : "F, \"1\"";
    cq_decide(law, *on, word, &answer.decision);
    return answer;
}

static enum cq_code write_row(struct cq_answers *answers, struct cq_out *out,
                              const struct cq_answer *answer, int service, int32_t on)
{
    struct cq_err err = {0};
    assert_int_equal(cq_answers_write(answers, out, CQ_FORMAT_CSV, on, service, answer, &err),
                     CQ_OK);
    return cq_out_end(out, &err);
}

/* One cache for many questions writes the same as a new one for each. */
static void test_kept_cells_are_the_same(void **state)
{
    enum { QUESTIONS = 1000 };
    struct world *w = *state;
    struct cq_answers *kept, *fresh;
    struct cq_out *out[2];
    struct cq_err err = {0};
    struct cq_text names[CQ_ANSWER_COLUMNS];
    int fds[2];
    uint64_t seed = 7;
    for (int i = 0; i < CQ_ANSWER_COLUMNS; i++)
        names[i] = (struct cq_text){cq_answer_columns[i], strlen(cq_answer_columns[i])};
    for (int i = 0; i < 2; i++) {
        fds[i] = memfd_create("out", MFD_CLOEXEC);
        assert_int_equal(
            cq_out_open(&out[i], fds[i], CQ_FORMAT_CSV, names, CQ_ANSWER_COLUMNS, &err), CQ_OK);
    }
    assert_int_equal(cq_answers_new(&kept, w->law, &err), CQ_OK);
    for (int i = 0; i < QUESTIONS; i++) {
        int service;
        int32_t on;
        struct cq_answer answer = random_answer(w->law, &seed, &service, &on);
        for (int twice = 0; twice < 2; twice++) {
            assert_int_equal(write_row(kept, out[0], &answer, service, on), CQ_OK);
            assert_int_equal(cq_answers_new(&fresh, w->law, &err), CQ_OK);
            assert_int_equal(write_row(fresh, out[1], &answer, service, on), CQ_OK);
            cq_answers_free(fresh);
        }
    }
    cq_answers_free(kept);
    cq_answers_free(NULL);
    char a[65536], b[65536];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(cq_out_close(out[i], &err), CQ_OK);
        assert_int_equal(lseek(fds[i], 0, SEEK_SET), 0);
    }
    for (ssize_t n = 1; n > 0;) {
        n = read(fds[0], a, sizeof a);
        assert_int_equal(read(fds[1], b, sizeof b), n);
        assert_memory_equal(a, b, n > 0 ? (size_t)n : 0);
    }
    close(fds[0]);
    close(fds[1]);
}

static void test_nothing_decided(void **state)
{
    struct world *w = *state;
    struct cq_answer answer;
    struct cq_answers *answers;
    struct cq_out *out;
    struct cq_err err = {0};
    struct cq_text names[CQ_ANSWER_COLUMNS];
    for (int i = 0; i < CQ_ANSWER_COLUMNS; i++)
        names[i] = (struct cq_text){cq_answer_columns[i], strlen(cq_answer_columns[i])};
    for (int form = 0; form < 2; form++) {
        int fd;
        capture_output(w, &fd);
        cq_answer_refuse(&answer, "bad_iin");
        assert_int_equal(cq_answers_new(&answers, w->law, &err), CQ_OK);
        assert_int_equal(cq_out_open(&out, fd, form ? CQ_FORMAT_JSON : CQ_FORMAT_CSV, names,
                                     CQ_ANSWER_COLUMNS, &err),
                         CQ_OK);
        assert_int_equal(cq_answers_write(answers, out, form ? CQ_FORMAT_JSON : CQ_FORMAT_CSV, 0,
                                          CQ_UNKNOWN, &answer, &err),
                         CQ_OK);
        assert_int_equal(cq_out_end(out, &err), CQ_OK);
        assert_int_equal(cq_out_close(out, &err), CQ_OK);
        cq_answers_free(answers);
        const char *text = captured_output(w, &fd);
        if (form)
            assert_non_null(strstr(text, "\"outcome\":\"undetermined\",\"category\":null,"));
        else
            assert_non_null(strstr(text, "\n1970-01-01,,undetermined,,,,,,,,bad_iin,,,,,,,\n"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_kept_cells_are_the_same),
        WORLD(test_nothing_decided),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
