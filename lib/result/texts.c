/* Translated texts and their placeholders. */
#include "result/texts.h"

#include <string.h>

const char *cq_report_translate(const struct cq_report_request *request, const char *text)
{
    return request->translate ? request->translate(text) : text;
}

void cq_report_format(struct cq_str *out, const char *text, const char *const *details,
                      size_t count)
{
    const char *mark;
    for (size_t i = 0; i < count && (mark = strstr(text, "%s")); i++) {
        cq_str_put(out, text, (size_t)(mark - text));
        cq_str_puts(out, details[i]);
        text = mark + 2;
    }
    cq_str_puts(out, text);
}
