/* The first day on which an answer changes. Nothing can change on a day on which no row, no age
 * and no edition begins or ends, so those days are gathered and decided about one after the
 * other, from rows that were read once. */
#include "cq/foresee.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "engine/law_masks.h"
#include "person_private.h"

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Sorts days and drops what stands twice; the new number. */
static size_t settle_days(int32_t *days, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(days, count, sizeof *days, by_day);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || days[i] != days[kept - 1])
            days[kept++] = days[i];
    return kept;
}

static void add_bounds(int32_t *days, size_t *count, int32_t since, int32_t until)
{
    if (since != CQ_DAY_MIN)
        days[(*count)++] = since;
    if (until != CQ_DAY_MAX)
        days[(*count)++] = until;
}

enum cq_code cq_law_days(const struct cq_law *law, int32_t **result, size_t *result_count,
                         struct cq_err *err)
{
    size_t room =
        2 * (law->interval_count + law->gap_count + law->documents_count + law->parameter_count);
    int32_t *days = malloc((room + 1) * sizeof *days);
    size_t count = 0;
    *result = days;
    if (!days)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < law->interval_count; i++)
        add_bounds(days, &count, law->intervals[i].since, law->intervals[i].until);
    for (size_t i = 0; i < law->gap_count; i++)
        add_bounds(days, &count, law->gaps[i].since, law->gaps[i].until);
    for (size_t i = 0; i < law->documents_count; i++)
        add_bounds(days, &count, law->documents[i].since, law->documents[i].until);
    for (size_t i = 0; i < law->parameter_count; i++)
        add_bounds(days, &count, law->parameters[i].since, law->parameters[i].until);
    *result_count = settle_days(days, count);
    return CQ_OK;
}

bool cq_decision_same(const struct cq_decision *a, const struct cq_decision *b)
{
    /* Under one law the other cells follow from the rules; strings are interned or static. */
    if (a->rule_count != b->rule_count || a->missing != b->missing || a->gaps != b->gaps ||
        a->documents != b->documents || a->reasons != b->reasons)
        return false;
    for (int i = 0; i < a->rule_count; i++)
        if (a->rules[i] != b->rules[i])
            return false;
    return true;
}

int32_t cq_foresee_facts(const struct cq_law *law, const int32_t *days, size_t count, int32_t day,
                         uint64_t word, const struct cq_decision *now)
{
    struct cq_decision later;
    size_t first = count;
    while (first > 0 && days[first - 1] > day)
        first--;
    for (; first < count; first++) {
        cq_decide(law, days[first], word, &later);
        if (!cq_decision_same(now, &later))
            return days[first];
    }
    return CQ_DAY_MAX;
}

/* Days gathered for one person. */
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
    if (d->count == people->day_room) {
        size_t room = people->day_room ? people->day_room * 2 : 64;
        int32_t *grown = realloc(people->days, room * sizeof *grown);
        if (!grown)
            return CQ_B_NOMEM;
        people->days = grown;
        people->day_room = room;
    }
    people->days[d->count++] = day;
    return CQ_OK;
}

static enum cq_code add_span(struct days *d, struct cq_span span)
{
    enum cq_code code = add(d, span.from);
    return code ? code : add(d, span.to);
}

/* Days on which something comes due under each value that a parameter ever has. */
static enum cq_code add_due(struct days *d, const char *parameter, const struct cq_role *role,
                            const struct cq_fund *fund)
{
    const struct cq_law *law = d->people->own.law;
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < law->parameter_count && !code; i++) {
        if (strcmp(law->parameters[i].id, parameter) != 0)
            continue;
        code = add(d, role ? cq_date_birthday(role->birth, (int)law->parameters[i].value)
                           : cq_view_tail_end(fund, law->parameters[i].value));
    }
    return code;
}

static enum cq_code add_facilities(struct days *d, const struct cq_role *role,
                                   const struct cq_request *request)
{
    struct cq_wanted wanted = cq_view_wanted(&d->people->own, role, request, d->after);
    struct cq_span span;
    size_t at = 0;
    enum cq_code code = CQ_OK;
    while (!code && cq_facilities_dated(d->people->facilities, &wanted, &at, &span))
        code = add_span(d, span);
    return code;
}

/* Every later day on which an answer of the person may change; settled. */
static enum cq_code gather(struct days *d, const struct cq_history *h,
                           const struct cq_request *request)
{
    const struct cq_people *people = d->people;
    enum cq_code code = CQ_OK;
    for (size_t i = people->law_day_count; i > 0 && people->law_days[i - 1] > d->after && !code;)
        code = add(d, people->law_days[--i]);
    for (size_t i = 0; i < h->role_count && !code; i++) {
        code = add_span(d, h->roles[i].span);
        if (!code)
            code = add_due(d, "majority_years", &h->roles[i], NULL);
        if (!code)
            code = add_facilities(d, &h->roles[i], request);
    }
    for (size_t i = 0; i < h->job_count && !code; i++)
        code = add_span(d, h->jobs[i].span);
    for (size_t i = 0; i < h->fund_count && !code; i++) {
        code = add_span(d, h->funds[i].span);
        if (!code && h->funds[i].insured)
            code = add_due(d, "insurance_tail_months", NULL, &h->funds[i]);
    }
    for (size_t i = 0; i < h->listing_count && !code; i++)
        code = add_span(d, h->listings[i].span);
    if (!code)
        d->count = settle_days(d->people->days, d->count);
    return code;
}

/* The answer that stands where `now` stands today: the person's, or that of one role. */
static const struct cq_answer *find_again(const struct cq_answer *now, bool first,
                                          const struct cq_answer *answers, int count)
{
    if (first)
        return &answers[0];
    for (int i = 0; i < count; i++)
        if (answers[i].agency == now->agency)
            return &answers[i];
    return NULL;
}

static bool same(const struct cq_answer *now, bool first, const struct cq_answer *answers,
                 int count)
{
    const struct cq_answer *later = find_again(now, first, answers, count);
    return later && later->category == now->category && later->agency == now->agency &&
           cq_decision_same(&later->decision, &now->decision) && later->facility == now->facility;
}

static bool has_role(const struct cq_answer *answers, int count, const struct cq_answer *role)
{
    for (int i = 0; i < count; i++)
        if (answers[i].agency == role->agency && answers[i].category == role->category)
            return true;
    return false;
}

struct question {
    struct cq_people *people;
    const struct cq_history *history;
    const struct cq_request *request;
    struct cq_answer *scratch; /* CQ_ROLES_MAX */
};

static int ask(const struct question *q, const struct cq_clocks *clocks)
{
    return cq_view_answer(&q->people->own, q->people->facilities, q->history, q->request, clocks,
                          q->scratch);
}

/* The source that alone moves the answer from the day before to the day; where it takes several,
 * the one that completes them. */
static enum cq_source find_source(const struct question *q, const struct cq_answer *now, bool first,
                                  int32_t day)
{
    struct cq_clocks clocks;
    for (int s = 0; s < CQ_SOURCES; s++) {
        clocks = cq_clocks_at(day - 1);
        clocks.day[s] = day;
        if (!same(now, first, q->scratch, ask(q, &clocks)))
            return (enum cq_source)s;
    }
    clocks = cq_clocks_at(day - 1);
    for (int s = 0; s < CQ_SOURCES - 1; s++) {
        clocks.day[s] = day;
        if (!same(now, first, q->scratch, ask(q, &clocks)))
            return (enum cq_source)s;
    }
    return CQ_SOURCES - 1;
}

/* What rows of the lists did to an answer that is there again or gone on the day. */
static const char *list_cause(const struct question *q, const struct cq_answer *now, bool first,
                              int32_t day)
{
    struct cq_clocks clocks = cq_clocks_at(day);
    int count = ask(q, &clocks);
    bool ends = now->category != CQ_CATEGORY_NONE && !has_role(q->scratch, count, now);
    struct cq_answer later = q->scratch[0];
    if (ends)
        return "entitlement_ends";
    clocks = cq_clocks_at(day - 1);
    count = ask(q, &clocks);
    return first && !has_role(q->scratch, count, &later) ? "entitlement_begins" : "entry_changes";
}

static const char *find_cause(const struct question *q, const struct cq_answer *now, bool first,
                              int32_t day)
{
    switch (find_source(q, now, first, day)) {
    case CQ_SOURCE_LAW: return "law";
    case CQ_SOURCE_AGE: return "of_age";
    case CQ_SOURCE_INSURANCE: {
        const struct cq_fund *fund = cq_history_fund(q->history, day);
        int32_t end = fund && fund->paid_until != CQ_DAY_MAX
                          ? cq_view_tail_end(fund, cq_law_parameter(q->people->own.law,
                                                                    "insurance_tail_months", day))
                          : CQ_DAY_MAX;
        return fund && fund->insured && day < end ? "insurance_begins" : "insurance_ends";
    }
    case CQ_SOURCE_PRESIDENTIAL: return "presidential_list";
    case CQ_SOURCE_FACILITIES: return "facility";
    default: return list_cause(q, now, first, day);
    }
}

enum cq_code cq_people_foresee(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, struct cq_answer *answers,
                               int count, struct cq_err *err)
{
    struct days days = {.people = people, .after = request->day};
    struct cq_answer scratch[CQ_ROLES_MAX];
    struct question q = {.people = people, .request = request, .scratch = scratch};
    int open = count;
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &q.history, err);
    if (!code && gather(&days, q.history, request))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < days.count && open > 0 && !code; i++) {
        int32_t day = people->days[i];
        struct cq_clocks clocks = cq_clocks_at(day);
        int later = ask(&q, &clocks);
        for (int k = 0; k < count; k++) {
            if (answers[k].changes_on != CQ_DAY_MAX || same(&answers[k], k == 0, scratch, later))
                continue;
            answers[k].changes_on = day;
            answers[k].change_cause = find_cause(&q, &answers[k], k == 0, day);
            later = ask(&q, &clocks);
            open--;
        }
    }
    return code;
}
