/* Cells of a result as text. */
#include "result/cells.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/num.h"

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

/* Turns the day that a text begins with round: "2026-11-01 10:00" to "01.11.2026 10:00". */
static void turn_day(char *text)
{
    char day[10];
    memcpy(
        day,
        (char[]){text[8], text[9], '.', text[5], text[6], '.', text[0], text[1], text[2], text[3]},
        sizeof day);
    memcpy(text, day, sizeof day);
}

/* People read a day in the order of its parts, a moment to the minute, the beginning of a hash. */
const char *cq_report_shown(const struct cq_report_column *column,
                            const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER])
{
    if (cell->label)
        return cell->label;
    if (cell->hidden)
        return CQ_REPORT_HIDDEN;
    const char *data = cq_report_data(column, cell, buffer);
    if (column->cell == CQ_CELL_MOMENT && strlen(data) > 16) {
        buffer[10] = ' ';
        buffer[16] = '\0';
        turn_day(buffer);
    } else if (column->cell == CQ_CELL_DAY && data == buffer && strlen(data) == 10) {
        turn_day(buffer);
    } else if (column->cell == CQ_CELL_HASH) {
        snprintf(buffer, CQ_REPORT_BUFFER, "%.12s", data);
        return buffer;
    }
    return data;
}
