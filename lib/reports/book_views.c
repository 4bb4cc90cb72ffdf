/* What the book of the morning shows of each report: of a list the few rows that matter. */
#include "reports/book_views.h"

#include <string.h>

enum { VIEWS = 6 };

/* Columns are those that tell where and what to do; a sheet of paper has room for seven. People are
 * named only where they are about to lose cover. */
static const struct {
    const char *report;
    struct cq_section_view views[VIEWS];
} reports[] = {
    {"leaving",
     {{.section = "rows",
       .rows = CQ_BOOK_ROWS,
       .columns = "lost_on cause service region iin last_name first_name"}}},
    {"facilities",
     {{.section = "fallback", .rows = CQ_BOOK_ROWS, .most = "employees"},
      {.section = "facilities",
       .rows = CQ_BOOK_ROWS,
       .most = "load_percent",
       .columns = "region service profile facility capacity staying load_percent"}}},
    {"referrals",
     {{.section = "rows",
       .rows = CQ_BOOK_ROWS,
       .most = "referrals",
       .columns = "facility service payer status referrals stays days_to_admission"}}},
    {"overdue",
     {{.section = "rows",
       .rows = CQ_BOOK_ROWS,
       .columns = "number cause facility service issued_on valid_until waited_days"}}},
    /* Its payers are in the chapter before. */
    {"payers", {{.section = "stacks", .last = true}, {.section = "payers", .left_out = true}}},
    {"overtaken",
     {{.section = "rows",
       .rows = CQ_BOOK_ROWS,
       .columns = "number kind day differs payer payer_now told"},
      {.section = "stacks", .last = true}}},
    {"quality",
     {{.section = "worst", .rows = CQ_BOOK_ROWS, .columns = "agency run line findings"},
      {.section = "review", .rows = CQ_BOOK_ROWS, .columns = "agency run line code"}}},
    {"check",
     {{.section = "rows",
       .rows = 8,
       .only = "count",
       .columns = "check severity count what advice"}}},
    {"runs",
     {{.section = "rows",
       .rows = CQ_BOOK_ROWS,
       .most = "run",
       .columns = "run at kind agency read changed rejected"}}},
    {"audit",
     {{.section = "rows", .rows = CQ_BOOK_ROWS, .columns = "line at actor action subject"}}},
};

const struct cq_section_view *cq_book_views(const char *report)
{
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        if (strcmp(reports[i].report, report) == 0)
            return reports[i].views;
    return NULL;
}
