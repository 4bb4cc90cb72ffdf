/* What a list of the calendar can do: it moves the last day for answers, and no right of anybody. So
 * no people are counted; but columns in the wrong order, or a list of another country, change many
 * days of a year, and that is told. */
#include "import/calendar_check.h"

#include "cq/date.h"
#include "people/calendar.h"

/* Acts move a few days of a year. */
enum { USUAL = 20 };

static int year_of(int32_t day)
{
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    return year;
}

/* The most days of one year that are stated otherwise than the law has them; *year is that year. */
static int count_otherwise(const struct cq_calendar *calendar, int *year)
{
    const struct cq_calendar law = {.law = calendar->law};
    int most = 0, count = 0, current = 0;
    for (size_t i = 0; i < calendar->count; i++) {
        const struct cq_stated_day *stated = &calendar->days[i];
        if (year_of(stated->day) != current)
            count = 0;
        current = year_of(stated->day);
        count += cq_calendar_works(&law, stated->day) != stated->working;
        if (count > most) {
            most = count;
            *year = current;
        }
    }
    return most;
}

enum cq_code cq_import_check_calendar(struct cq_import_job *job, struct cq_err *err)
{
    struct cq_calendar calendar;
    struct cq_err finding = {0};
    int year = 0;
    if (job->list.kind != CQ_KIND_CALENDAR)
        return CQ_OK;
    enum cq_code code = cq_calendar_read(&calendar, job->db, job->import->law, job->run.id, err);
    int count = code ? 0 : count_otherwise(&calendar, &year);
    cq_calendar_free(&calendar);
    if (count <= USUAL)
        return code;
    cq_err_record(&finding, CQ_W_CALENDAR_MANY, "%d (%d)", count, year);
    cq_err_at(&finding, job->name, 1, NULL);
    job->import->report(&finding, job->import->context);
    job->result->warnings++;
    return code;
}
