/* Timelines: from each change to the next, and the row that told of it. */
#include "people/timeline.h"

#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "people/people.h"

struct row {
    enum cq_timeline_told told;
    int64_t run, list_line;
};

int32_t cq_people_first_day(const struct cq_people *people)
{
    return people->own.day_count > 0 ? people->own.days[0] : 0;
}

/* Notes a row that begins on the day; one that ends on it only where none begins. */
static void note(struct row *row, enum cq_timeline_told told, struct cq_span span, int32_t day,
                 int64_t run, int64_t list_line)
{
    bool begins = span.from == day, better = row->told == CQ_TIMELINE_NONE || begins;
    if ((begins || span.to == day) && better)
        *row = (struct row){told, run, list_line};
}

static struct row find_own(const struct cq_history *h, int32_t day)
{
    struct row row = {CQ_TIMELINE_NONE, 0, 0};
    for (size_t i = 0; i < h->role_count; i++) {
        const struct cq_role *r = &h->roles[i];
        note(&row, CQ_TIMELINE_PERSON, r->span, day, r->run, r->list_line);
        if (row.told == CQ_TIMELINE_NONE && r->student_until != CQ_DAY_MIN &&
            r->student_until + 1 == day)
            row = (struct row){CQ_TIMELINE_PERSON, r->run, r->list_line};
    }
    return row;
}

static struct row find_sponsor(const struct cq_history *h, int32_t day)
{
    struct row row = {CQ_TIMELINE_NONE, 0, 0};
    for (size_t i = 0; i < h->sponsor_row_count; i++)
        note(&row, CQ_TIMELINE_SPONSOR, h->sponsor_rows[i].span, day, h->sponsor_rows[i].run,
             h->sponsor_rows[i].list_line);
    return row;
}

/* The Fund's row of the day, or the last before it: cover runs out later than the row says. */
static struct row find_insurance(const struct cq_history *h, int32_t day)
{
    const struct cq_fund *fund = cq_history_fund(h, day);
    if (!fund)
        fund = cq_history_fund(h, day - 1);
    return fund ? (struct row){CQ_TIMELINE_INSURANCE, fund->run, fund->list_line}
                : (struct row){CQ_TIMELINE_NONE, 0, 0};
}

static struct row find_listing(const struct cq_history *h, int32_t day)
{
    struct row row = {CQ_TIMELINE_NONE, 0, 0};
    for (size_t i = 0; i < h->listing_count; i++)
        note(&row, CQ_TIMELINE_PRESIDENTIAL, h->listings[i].span, day, h->listings[i].run,
             h->listings[i].list_line);
    return row;
}

/* A facility's row of the service that begins or ends on the day: that of the facility named before
 * or after first. */
static enum cq_code find_facility(struct cq_people *people, const struct cq_period *before,
                                  const struct cq_period *after, int service, struct row *row,
                                  struct cq_err *err)
{
    static const char sql[] =
        "SELECT run_from, list_line FROM facility WHERE run_from <= ?1"
        " AND (run_to IS NULL OR run_to > ?1) AND (valid_from = ?2 OR valid_to = ?2)"
        " ORDER BY facility IN (?4, ?5) DESC, service = ?3 DESC, valid_from = ?2 DESC, id LIMIT 1";
    const char *is = after->answer.facility, *was = before->answer.facility;
    sqlite3_stmt *stmt = NULL;
    bool found = false;
    enum cq_code code = cq_db_prepare(people->reader.db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, people->reader.run);
    sqlite3_bind_int64(stmt, 2, after->from);
    sqlite3_bind_int(stmt, 3, service);
    cq_db_bind_text(stmt, 4, is, strlen(is));
    cq_db_bind_text(stmt, 5, was, strlen(was));
    code = cq_db_step(people->reader.db, stmt, &found, err);
    if (!code && found)
        *row = (struct row){CQ_TIMELINE_FACILITY, sqlite3_column_int64(stmt, 0),
                            sqlite3_column_int64(stmt, 1)};
    sqlite3_finalize(stmt);
    return code;
}

/* Finds the row that told of the change with which a period begins. */
static enum cq_code find_row(struct cq_people *people, const struct cq_history *h,
                             const struct cq_period *before, struct cq_period *period,
                             const struct cq_request *request, struct cq_err *err)
{
    const char *cause = period->cause;
    struct row row = {CQ_TIMELINE_NONE, 0, 0};
    enum cq_code code = CQ_OK;
    if (strncmp(cause, "ent", 3) == 0) { /* entry, entitlement */
        row = find_own(h, period->from);
        if (row.told == CQ_TIMELINE_NONE)
            row = find_sponsor(h, period->from);
    } else if (strncmp(cause, "insurance", 9) == 0) {
        row = find_insurance(h, period->from);
    } else if (strcmp(cause, "presidential_list") == 0) {
        row = find_listing(h, period->from);
    } else if (strcmp(cause, "facility") == 0) {
        code = find_facility(people, before, period, request->service, &row, err);
    }
    period->told = row.told;
    period->run = row.run;
    period->list_line = row.list_line;
    return code;
}

static struct cq_period *add(struct cq_timeline *t, int32_t from, const char *cause)
{
    struct cq_period *list = cq_grow(t->list, t->count + 1, &t->room, sizeof *list);
    if (!list)
        return NULL;
    t->list = list;
    list[t->count] = (struct cq_period){.from = from, .cause = cause, .told = CQ_TIMELINE_NONE};
    return &list[t->count++];
}

enum cq_code cq_people_timeline(struct cq_timeline *timeline, struct cq_people *people, int64_t iin,
                                const struct cq_request *request, struct cq_err *err)
{
    struct cq_request asked = *request;
    struct cq_answer answers[CQ_ROLES_MAX];
    const struct cq_history *history = NULL;
    const char *cause = "";
    enum cq_code code = CQ_OK;
    int count;
    while (!code && asked.day != CQ_DAY_MAX) {
        struct cq_period *period = add(timeline, asked.day, cause);
        if (!period)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        code = cq_people_decide(people, iin, &asked, answers, &count, err);
        if (!code) /* the first answer is the person's */
            code = cq_people_next_change(people, iin, &asked, answers, 1, err);
        if (code)
            break;
        period->answer = answers[0];
        period->to = asked.day = answers[0].changes_on;
        cause = answers[0].change_cause;
    }
    if (!code) /* all rows again: later days need not those that ended before them */
        code = cq_reader_person(&people->reader, iin, request->day, &history, err);
    for (size_t i = 1; i < timeline->count && !code; i++)
        code = find_row(people, history, &timeline->list[i - 1], &timeline->list[i], request, err);
    return code;
}
