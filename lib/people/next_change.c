/* The first day on which an answer of a person changes: the days of change_days.c are decided one
 * after the other, from rows that were read once. */
#include "people/change_days.h"

#include <string.h>

#include "cq/date.h"
#include "engine/next_change.h"

/* The answer that corresponds to `now`: the person's, or that of the same role. */
static const struct cq_answer *find_same_role(const struct cq_answer *now, bool first,
                                              const struct cq_answer *answers, int count)
{
    if (first)
        return &answers[0];
    for (int i = 0; i < count; i++)
        if (answers[i].agency == now->agency)
            return &answers[i];
    return NULL;
}

/* Rows of one facility have its code each for itself. */
static bool same_facility(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_answer(const struct cq_answer *now, bool first, const struct cq_answer *answers,
                        int count)
{
    const struct cq_answer *later = find_same_role(now, first, answers, count);
    return later && later->category == now->category && later->agency == now->agency &&
           cq_decision_same(&later->decision, &now->decision) &&
           same_facility(later->facility, now->facility);
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

/* Answers with each input as of its day. Returns the number of answers, in q->scratch. */
static int answer_on(const struct question *q, const struct cq_input_days *on)
{
    return cq_view_answer(&q->people->own, q->people->facilities, q->history, q->request, on,
                          q->scratch);
}

/* The input that alone changes the answer from the day before to the day; where several are
 * needed, the last of them. */
static enum cq_input find_input(const struct question *q, const struct cq_answer *now, bool first,
                                int32_t day)
{
    struct cq_input_days on;
    for (int s = 0; s < CQ_INPUTS; s++) {
        on = cq_input_days_all(day - 1);
        on.day[s] = day;
        if (!same_answer(now, first, q->scratch, answer_on(q, &on)))
            return (enum cq_input)s;
    }
    on = cq_input_days_all(day - 1);
    for (int s = 0; s < CQ_INPUTS - 1; s++) {
        on.day[s] = day;
        if (!same_answer(now, first, q->scratch, answer_on(q, &on)))
            return (enum cq_input)s;
    }
    return CQ_INPUTS - 1;
}

/* The cause where rows of the lists change an answer on the day. */
static const char *list_cause(const struct question *q, const struct cq_answer *now, bool first,
                              int32_t day)
{
    struct cq_input_days on = cq_input_days_all(day);
    int count = answer_on(q, &on);
    bool ends = now->category != CQ_CATEGORY_NONE && !has_role(q->scratch, count, now);
    struct cq_answer later = q->scratch[0];
    if (ends)
        return "entitlement_ends";
    on = cq_input_days_all(day - 1);
    count = answer_on(q, &on);
    return first && !has_role(q->scratch, count, &later) ? "entitlement_begins" : "entry_changes";
}

/* The cause where the sponsor's rows change an answer on the day: the role stays, the entitlement
 * may not. */
static const char *sponsor_cause(const struct question *q, const struct cq_answer *now, bool first,
                                 int32_t day)
{
    struct cq_input_days on = cq_input_days_all(day);
    int count = answer_on(q, &on);
    const struct cq_answer *later = find_same_role(now, first, q->scratch, count);
    int was = cq_facts_get(now->facts, CQ_FACT_SPONSOR),
        is = later ? cq_facts_get(later->facts, CQ_FACT_SPONSOR) : was;
    return was == CQ_SPONSOR_EMPLOYEE && is == CQ_SPONSOR_OTHER   ? "entitlement_ends"
           : was == CQ_SPONSOR_OTHER && is == CQ_SPONSOR_EMPLOYEE ? "entitlement_begins"
                                                                  : "entry_changes";
}

/* Whether studies end on the day, as the lists say; else it is a birthday. */
static bool is_end_of_studies(const struct cq_history *h, int32_t day)
{
    for (size_t i = 0; i < h->role_count; i++)
        if (h->roles[i].student_until != CQ_DAY_MIN && h->roles[i].student_until + 1 == day)
            return true;
    return false;
}

static const char *find_cause(const struct question *q, const struct cq_answer *now, bool first,
                              int32_t day)
{
    switch (find_input(q, now, first, day)) {
    case CQ_INPUT_LAW: return "law";
    case CQ_INPUT_AGE: return is_end_of_studies(q->history, day) ? "entitlement_ends" : "of_age";
    case CQ_INPUT_SPONSOR: return sponsor_cause(q, now, first, day);
    case CQ_INPUT_INSURANCE: {
        const struct cq_fund *fund = cq_history_fund(q->history, day);
        int32_t end = fund && fund->paid_until != CQ_DAY_MAX
                          ? cq_fund_tail_end(fund, cq_law_parameter(q->people->own.law,
                                                                    "insurance_tail_months", day))
                          : CQ_DAY_MAX;
        return fund && fund->insured && day < end ? "insurance_begins" : "insurance_ends";
    }
    case CQ_INPUT_PRESIDENTIAL: return "presidential_list";
    case CQ_INPUT_FACILITIES: return "facility";
    default: return list_cause(q, now, first, day);
    }
}

enum cq_code cq_people_next_change(struct cq_people *people, int64_t iin,
                                   const struct cq_request *request, struct cq_answer *answers,
                                   int count, struct cq_err *err)
{
    struct cq_answer scratch[CQ_ROLES_MAX];
    struct question q = {.people = people, .request = request, .scratch = scratch};
    size_t day_count = 0;
    int open = count;
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &q.history, err);
    if (!code && cq_change_days(people, q.history, request, &day_count))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < day_count && open > 0 && !code; i++) {
        int32_t day = people->days[i];
        struct cq_input_days on = cq_input_days_all(day);
        int later = answer_on(&q, &on);
        for (int k = 0; k < count; k++) {
            if (answers[k].changes_on != CQ_DAY_MAX ||
                same_answer(&answers[k], k == 0, scratch, later))
                continue;
            answers[k].changes_on = day;
            answers[k].change_cause = find_cause(&q, &answers[k], k == 0, day);
            later = answer_on(&q, &on);
            open--;
        }
    }
    return code;
}
