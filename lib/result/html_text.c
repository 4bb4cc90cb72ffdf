/* Texts of a page. */
#include "result/html_text.h"

#include "result/texts.h"

const char *cq_page_translate(const struct cq_page *page, const char *text)
{
    return cq_report_translate(page->request, text);
}

void cq_page_format(struct cq_page *page, const char *text, const char *detail)
{
    cq_page_format_all(page, text, &detail, 1);
}

void cq_page_format_all(struct cq_page *page, const char *text, const char *const *details,
                        size_t count)
{
    struct cq_str out = {0};
    cq_report_format(&out, text, details, count);
    if (out.failed)
        page->html.out.failed = out.failed;
    cq_html_text(&page->html, out.ptr ? out.ptr : "");
    cq_str_free(&out);
}

const char *cq_page_number(struct cq_page *page, enum cq_cell cell, int64_t number)
{
    const struct cq_report_column column = {.cell = cell};
    const struct cq_report_cell value = {.present = true, .number = number};
    return cq_report_shown(&column, &value, page->buffer);
}
