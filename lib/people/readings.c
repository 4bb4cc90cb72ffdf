/* The answer of a person under each reading of the gaps that it shows. */
#include "cq/explain.h"

#include "people/people.h"

/* The request as a reading has it. */
static struct cq_request request_of(const struct cq_gap_reading *reading,
                                    const struct cq_request *request)
{
    struct cq_request asked = *request;
    const struct {
        enum cq_fact fact;
        int *value;
    } parts[] = {{CQ_FACT_SERVICE, &asked.service},
                 {CQ_FACT_URGENCY, &asked.urgency},
                 {CQ_FACT_DESTINATION, &asked.destination},
                 {CQ_FACT_INDICATED, &asked.indicated},
                 {CQ_FACT_PACKAGE, &asked.package}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (reading->changed & cq_fact_field(parts[i].fact))
            *parts[i].value = cq_facts_get(reading->values, parts[i].fact);
    return asked;
}

static const struct cq_role *find_role(const struct cq_history *history, int64_t version)
{
    for (size_t i = 0; i < history->role_count; i++)
        if (history->roles[i].id == version)
            return &history->roles[i];
    return NULL;
}

/* The facts of the role that an answer is about, among those of the person. */
static uint64_t facts_of(const struct cq_answer *answers, int count, const struct cq_answer *answer)
{
    for (int i = 0; i < count; i++)
        if (answers[i].version == answer->version)
            return answers[i].facts;
    return answer->facts;
}

enum cq_code cq_people_readings(struct cq_people *people, int64_t iin,
                                const struct cq_request *request, const struct cq_answer *answer,
                                struct cq_reading_answer *answers, size_t *count,
                                struct cq_err *err)
{
    const struct cq_view *view = &people->own;
    const struct cq_history *history;
    struct cq_input_days on = cq_input_days_all(request->day);
    struct cq_answer roles[CQ_ROLES_MAX];
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &history, err);
    *count = code ? 0 : cq_gap_readings(view->law, answer->decision.gaps, answers);
    for (size_t i = 0; i < *count; i++) {
        struct cq_request asked = request_of(answers[i].reading, request);
        int found = cq_view_answer(view, people->facilities, history, &asked, &on, roles);
        answers[i].facts = facts_of(roles, found, answer);
    }
    *count = cq_gap_readings_decide(view->law, request->day, answers, *count);
    for (size_t i = 0; i < *count; i++) {
        struct cq_request asked = request_of(answers[i].reading, request);
        const struct cq_role *role = find_role(history, answer->version);
        if (role)
            answers[i].facility = cq_view_facility(view, people->facilities, role, &asked,
                                                   request->day, answers[i].decision.provider);
    }
    return code;
}
