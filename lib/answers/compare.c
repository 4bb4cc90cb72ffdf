/* A person under two laws: periods of days on which neither answer changes. */
#include "answers/compare.h"

#include <string.h>

#include "answers/batch_output.h"
#include "base/vec.h"
#include "engine/next_change.h"

/* The answers of one day. */
struct pair {
    struct cq_answer first, second;
};

static enum cq_code decide(struct cq_batch_run *w, const struct cq_batch_item *item,
                           const struct cq_request *request, struct pair *pair, struct cq_err *err)
{
    struct cq_people *people = w->batch->people;
    struct cq_answer answers[CQ_ROLES_MAX];
    int count;
    enum cq_code code = cq_people_decide(people, item->person, request, answers, &count, err);
    pair->first = answers[0];
    if (!code)
        code = cq_people_decide_second(people, item->person, request, answers, &count, err);
    pair->second = answers[0];
    return code;
}

static bool same_answer(const struct cq_answer *a, const struct cq_answer *b)
{
    return a->category == b->category && a->agency == b->agency &&
           strcmp(a->facility, b->facility) == 0 && cq_decision_same(&a->decision, &b->decision);
}

/* The days that begin a period, that of the request among them: writing a row collects the days of
 * the person anew, so they are copied. */
static enum cq_code find_days(struct cq_batch_run *w, const struct cq_batch_item *item,
                              int32_t until, size_t *count, struct cq_err *err)
{
    const int32_t *later;
    size_t later_count = 0;
    enum cq_code code = CQ_OK;
    if (w->batch->until)
        code = cq_people_periods(w->batch->people, item->person, &item->request, until, &later,
                                 &later_count, err);
    if (code)
        return code;
    int32_t *grown = cq_grow(w->days, later_count + 1, &w->day_room, sizeof *grown);
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    w->days = grown;
    w->days[0] = item->request.day;
    if (later_count > 0)
        memcpy(w->days + 1, later, later_count * sizeof *later);
    *count = later_count + 1;
    return CQ_OK;
}

/* Writes the rows of one service. */
static enum cq_code compare_service(struct cq_batch_run *w, struct cq_batch_item *item,
                                    int32_t until, bool *refused, struct cq_err *err)
{
    struct cq_request request = item->request;
    struct pair now, next;
    size_t count = 0;
    enum cq_code code = find_days(w, item, until, &count, err);
    if (!code)
        code = decide(w, item, &request, &now, err);
    for (size_t i = 0; i < count && !code;) {
        item->request.day = w->days[i];
        while (!code && ++i < count) {
            request.day = w->days[i];
            code = decide(w, item, &request, &next, err);
            if (!same_answer(&now.first, &next.first) || !same_answer(&now.second, &next.second))
                break;
        }
        if (code)
            break;
        *refused = *refused || !now.first.decision.entitled;
        item->answers[0] = now.first;
        item->second = now.second;
        item->count = 1;
        item->until = i < count ? w->days[i] : until;
        code = cq_batch_write(w, item, err);
        now = next;
    }
    return code;
}

enum cq_code cq_batch_compare(struct cq_batch_run *w, struct cq_batch_item *item, bool *refused,
                              struct cq_err *err)
{
    bool all = w->batch->all_services && !item->given[CQ_FACT_SERVICE];
    int first = all ? 0 : item->request.service;
    int last = all ? cq_fact_count(CQ_FACT_SERVICE) - 1 : item->request.service;
    int32_t day = item->request.day, until = w->batch->until > day ? w->batch->until : day + 1;
    enum cq_code code = CQ_OK;
    for (int service = first; service <= last && !code; service++) {
        item->request.service = service;
        item->request.day = day;
        code = compare_service(w, item, until, refused, err);
    }
    return code;
}
