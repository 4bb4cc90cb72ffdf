/* Working days. A walk from day to day carries how many days off are still to be given for holidays
 * that fell on a Saturday or Sunday. */
#include "cq/calendar.h"

#include "cq/date.h"

/* How far before a day a walk begins: no day off is given a month after its holiday. */
enum { WALK_BEFORE = 31, DAYS_OF_WEEK = 7 };

/* Whether the week's working days are over. 1970-01-01 was a Thursday. */
static bool is_weekend(const struct cq_law *law, int32_t day)
{
    int since_monday = (int)(((int64_t)day + 3) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK;

    return since_monday >= cq_law_parameter(law, "week_working_days", day);
}

/* What a list states of a day; NULL for nothing. */
static const struct cq_stated_day *find_stated(const struct cq_calendar *calendar, int32_t day)
{
    size_t low = 0, high = calendar->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (calendar->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < calendar->count && calendar->days[low].day == day ? &calendar->days[low] : NULL;
}

/* Steps over a day. Shape: owed is how many days off are to be given. Returns whether it is
 * worked. */
static bool step(const struct cq_calendar *calendar, int32_t day, int *owed)
{
    const struct cq_stated_day *stated = find_stated(calendar, day);
    const struct cq_holiday *holiday = cq_law_holiday(calendar->law, day);
    bool weekend = is_weekend(calendar->law, day), free = weekend || holiday;

    if (weekend && holiday && holiday->moves && !(stated && stated->working))
        ++*owed;
    if (!free && *owed > 0) {
        free = true;
        --*owed;
    }
    return stated ? stated->working : !free;
}

/* The days off that are owed on the morning of a day. */
static int owed_before(const struct cq_calendar *calendar, int32_t day)
{
    int owed = 0;

    for (int32_t d = day - WALK_BEFORE; d < day; d++)
        step(calendar, d, &owed);
    return owed;
}

bool cq_calendar_works(const struct cq_calendar *calendar, int32_t day)
{
    int owed = owed_before(calendar, day);

    return step(calendar, day, &owed);
}

int32_t cq_calendar_after(const struct cq_calendar *calendar, int32_t day, int64_t count)
{
    int owed;

    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX)
        return day;
    owed = owed_before(calendar, ++day);
    while (!step(calendar, day, &owed) || --count > 0)
        day++;
    return day;
}
