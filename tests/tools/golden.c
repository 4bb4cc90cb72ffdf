/* golden: all that the built-in law decides, as tests/data/law-golden.txt holds it; or the law of
 * a folder named as the one argument. */
#include "unit/engine/golden.h"

int main(int argc, char **argv)
{
    struct cq_law *law = NULL;
    struct cq_str text = {0};
    struct cq_err err = {0};
    bool failed = true;

    if (cq_law_load(&law, argc > 1 ? argv[1] : NULL, &err)) {
        fprintf(stderr, "golden: %s: %s\n", cq_code_text(err.code), err.detail);
    } else {
        golden_write(law, &text);
        failed = fwrite(text.ptr, 1, text.len, stdout) != text.len || fclose(stdout) != 0;
    }
    cq_str_free(&text);
    cq_law_free(law);
    return failed;
}
