/* The days on which an answer of a person may change: those on which a row, an age or an edition
 * begins or ends. On all others the answer is that of the day before. */
#include "people/change_days.h"

#include <string.h>

#include "base/vec.h"
#include "cq/date.h"

/* Days collected for one person. */
struct days {
    struct cq_people *people;
    size_t count;
    int32_t after;
};

static enum cq_code add(struct days *d, int32_t day)
{
    struct cq_people *people = d->people;
    if (day <= d->after || day == CQ_DAY_MAX)
        return CQ_OK;
    int32_t *grown = cq_grow(people->days, d->count + 1, &people->day_room, sizeof *grown);
    if (!grown)
        return CQ_B_NOMEM;
    people->days = grown;
    people->days[d->count++] = day;
    return CQ_OK;
}

static enum cq_code add_span(struct days *d, struct cq_span span)
{
    enum cq_code code = add(d, span.from);
    return code ? code : add(d, span.to);
}

/* Days on which an age is reached or cover runs out, under each value of a dated parameter. */
static enum cq_code add_due(struct days *d, const struct cq_law *law, const char *parameter,
                            const struct cq_role *role, const struct cq_fund *fund)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < law->parameter_count && !code; i++) {
        if (strcmp(law->parameters[i].id, parameter) != 0)
            continue;
        code = add(d, role ? cq_date_birthday(role->birth, (int)law->parameters[i].value)
                           : cq_fund_tail_end(fund, law->parameters[i].value));
    }
    return code;
}

static enum cq_code add_facilities(struct days *d, const struct cq_view *view,
                                   const struct cq_role *role, const struct cq_request *request)
{
    struct cq_facility_query query = cq_view_facility_query(view, role, request, d->after);
    struct cq_span span;
    size_t at = 0;
    enum cq_code code = CQ_OK;
    while (!code && cq_facilities_next_span(d->people->facilities, &query, &at, &span))
        code = add_span(d, span);
    return code;
}

/* Days that a law itself gives, and those that it makes of the person's rows. */
static enum cq_code add_law(struct days *d, const struct cq_view *view, const struct cq_history *h,
                            const struct cq_request *request)
{
    enum cq_code code = CQ_OK;
    for (size_t i = view->day_count; i > 0 && view->days[i - 1] > d->after && !code;)
        code = add(d, view->days[--i]);
    for (size_t i = 0; i < h->role_count && !code; i++) {
        code = add_due(d, view->law, "majority_years", &h->roles[i], NULL);
        if (!code)
            code = add_due(d, view->law, "student_years", &h->roles[i], NULL);
        if (!code)
            code = add_facilities(d, view, &h->roles[i], request);
    }
    for (size_t i = 0; i < h->fund_count && !code; i++)
        if (h->funds[i].insured)
            code = add_due(d, view->law, "insurance_tail_months", NULL, &h->funds[i]);
    return code;
}

static enum cq_code add_rows(struct days *d, const struct cq_history *h)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < h->role_count && !code; i++) {
        code = add_span(d, h->roles[i].span);
        if (!code && h->roles[i].student_until != CQ_DAY_MIN)
            code = add(d, h->roles[i].student_until + 1);
    }
    for (size_t i = 0; i < h->sponsor_row_count && !code; i++)
        code = add_span(d, h->sponsor_rows[i].span);
    for (size_t i = 0; i < h->fund_count && !code; i++)
        code = add_span(d, h->funds[i].span);
    for (size_t i = 0; i < h->listing_count && !code; i++)
        code = add_span(d, h->listings[i].span);
    return code;
}

enum cq_code cq_change_days(struct cq_people *people, const struct cq_history *history,
                            const struct cq_request *request, size_t *count)
{
    struct days days = {.people = people, .after = request->day};
    enum cq_code code = add_rows(&days, history);
    if (!code)
        code = add_law(&days, &people->own, history, request);
    if (!code && people->second.law)
        code = add_law(&days, &people->second, history, request);
    *count = code ? 0 : cq_days_sort(people->days, days.count);
    return code;
}
