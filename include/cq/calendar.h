/* Working days: a week of five, the holidays of the law, and what a list corrects. Source: Law on
 * holidays No. 267-II, Labour Code articles 84 and 85, as holidays.csv has them. */
#ifndef CQ_CALENDAR_H
#define CQ_CALENDAR_H

#include "cq/law.h"

/* A day of which a list says whether it is worked. */
struct cq_stated_day {
    int32_t day;
    bool working;
};

/* Shape: days ascend, each once. Owner: nothing is owned. */
struct cq_calendar {
    const struct cq_law *law;
    const struct cq_stated_day *days;
    size_t count;
};

/* Whether a day is worked. What a list states of a day is so. Else Saturdays, Sundays and holidays
 * are not, and for each holiday that moves and falls on a Saturday or Sunday the next working day of
 * the law is not, either. What a list states changes no other day, so that a published calendar may
 * be listed whole; but a holiday that a list makes a working day gives no day off. */
bool cq_calendar_works(const struct cq_calendar *calendar, int32_t day);

/* The working day that comes count (1 or more) of them after a day, which may be any. Open ends stay
 * open. Units: working days. */
int32_t cq_calendar_after(const struct cq_calendar *calendar, int32_t day, int64_t count);

#endif
