/* Warnings about a sheet. */
#include "cq/sheet.h"

static void warn(const char *file, long line, enum cq_code code, const char *detail,
                 cq_finding_fn *report, void *context)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, "%s", detail);
    cq_err_at(&finding, file, line, NULL);
    report(&finding, context);
}

void cq_sheet_report(const struct cq_sheet *sheet, const char *file, long header,
                     cq_finding_fn *report, void *context)
{
    struct cq_err hidden = {0};
    if (sheet->hidden)
        warn(file, 0, CQ_W_SHEET_HIDDEN, "", report, context);
    if (sheet->unread[0])
        warn(file, 0, CQ_W_SHEETS, sheet->unread, report, context);
    if (sheet->hidden_rows) {
        cq_err_record(&hidden, CQ_W_HIDDEN_ROWS, "%ld", sheet->hidden_rows);
        cq_err_at(&hidden, file, sheet->first_hidden, NULL);
        report(&hidden, context);
    }
    if (sheet->merged_end > header)
        warn(file, sheet->merged, CQ_W_MERGED, "", report, context);
    if (sheet->beyond)
        warn(file, sheet->beyond, CQ_W_BEYOND, "", report, context);
}
