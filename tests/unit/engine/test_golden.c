/* All decisions of the law are those that were reviewed: tests/data/law-golden.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "golden.h"

static char *read_all(void)
{
    const char *dir = getenv("CQ_TESTDATA");
    char path[512];
    char *text = calloc(1, 1 << 20);
    FILE *file;

    snprintf(path, sizeof path, "%s/law-golden.txt", !dir ? "tests/data" : dir);
    file = fopen(path, "rb");
    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

/* The first line that differs is printed. */
static void compare(const char *want, const char *is)
{
    for (int line = 1; *want != '\0' || *is != '\0'; line++) {
        size_t a = strcspn(want, "\n"), b = strcspn(is, "\n");

        if (a != b || memcmp(want, is, a) != 0)
            fail_msg("line %d: '%.*s' has become '%.*s': renew law-golden.txt and review its diff",
                     line, (int)a, want, (int)b, is);
        want += a + (want[a] != '\0');
        is += b + (is[b] != '\0');
    }
}

static void test_decisions_are_those_reviewed(void **state)
{
    struct cq_law *law;
    struct cq_str text = {0};
    char *want = read_all();

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    golden_write(law, &text);
    compare(want, text.ptr);
    cq_str_free(&text);
    cq_law_free(law);
    free(want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decisions_are_those_reviewed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
