/* Reads conditions from the tables again: the loaded law has masks, not the cells. */
#include "reports/law_conditions.h"

#include "cq/facts.h"
#include "cq/list.h"
#include "result/result_private.h"

/* The column of a table by its name; the loader has checked the header. */
static size_t column_of(const struct cq_csvtable *table, const char *name)
{
    size_t i = 0;
    while (i < table->columns && !cq_text_is(table->rows[0].cells[i], name))
        i++;
    return i;
}

struct cq_text cq_law_report_cell(const struct cq_csvtable *table,
                                  const struct cq_csvtable_row *row, const char *name)
{
    size_t i = column_of(table, name);
    return i < table->columns ? row->cells[i] : (struct cq_text){"", 0};
}

const char *cq_law_report_conditions(struct cq_report_result *result,
                                     const struct cq_csvtable *table,
                                     const struct cq_csvtable_row *row)
{
    struct cq_str out = {0};
    static const char *const sets[] = {"who", "where", "cover"};
    for (int i = -3; i < CQ_FACTS; i++) {
        const char *name = i < 0 ? sets[i + 3] : cq_fact_name((enum cq_fact)i);
        struct cq_text cell = cq_law_report_cell(table, row, name);
        if (cell.len == 0 || cq_text_is(cell, "*"))
            continue;
        cq_str_printf(&out, "%s%s%s%.*s", out.len > 0 ? ";" : "", i < 0 ? "" : name,
                      i < 0 ? "" : "=", (int)cell.len, cell.ptr);
    }
    return cq_result_string(result, &out);
}
