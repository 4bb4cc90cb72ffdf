/* What cells of a result say, as data and to people. */
#include "result_private.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/num.h"

const char *cq_report_say(const struct cq_report_request *request, const char *text)
{
    return request->translate ? request->translate(text) : text;
}

enum cq_code cq_report_fill(struct cq_str *out, const char *text, const char *detail)
{
    const char *mark = strstr(text, "%s");
    if (!mark)
        return cq_str_adds(out, text);
    enum cq_code code = cq_str_add(out, text, (size_t)(mark - text));
    if (!code)
        code = cq_str_adds(out, detail);
    return code ? code : cq_str_adds(out, mark + 2);
}

const char *cq_report_sentence(struct cq_report_result *result, const char *text,
                               const char *const *details, size_t count)
{
    struct cq_str out = {0};
    enum cq_code code = CQ_OK;
    for (size_t i = 0; !code && *text != '\0';) {
        const char *mark = i < count ? strstr(text, "%s") : NULL;
        code = cq_str_add(&out, text, mark ? (size_t)(mark - text) : strlen(text));
        if (!code && mark)
            code = cq_str_adds(&out, details[i++]);
        text = mark ? mark + 2 : "";
    }
    if (code)
        result->failed = code;
    const char *copy = cq_result_copy(result, out.ptr ? out.ptr : "", out.len);
    cq_str_free(&out);
    return copy;
}

const char *cq_report_data(const struct cq_report_column *column, const struct cq_report_cell *cell,
                           char buffer[CQ_REPORT_BUFFER])
{
    size_t len;
    if (!cell->present || cell->hidden)
        return "";
    if (cell->text)
        return cell->text;
    if (column->cell == CQ_CELL_DAY)
        len = cq_date_write(buffer, (int32_t)cell->number);
    else if (column->cell == CQ_CELL_MOMENT)
        len = cq_time_write(buffer, cell->number);
    else
        len = cq_num_write(buffer, cell->number);
    buffer[len] = '\0';
    return buffer;
}

/* People read a moment to the minute and the beginning of a hash. */
const char *cq_report_shown(const struct cq_report_column *column,
                            const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER])
{
    if (cell->present && cell->label)
        return cell->label;
    if (cell->hidden)
        return CQ_REPORT_HIDDEN;
    const char *data = cq_report_data(column, cell, buffer);
    if (column->cell == CQ_CELL_MOMENT && strlen(data) > 16) {
        buffer[10] = ' ';
        buffer[16] = '\0';
    } else if (column->cell == CQ_CELL_HASH) {
        snprintf(buffer, CQ_REPORT_BUFFER, "%.12s", data);
        return buffer;
    }
    return data;
}
