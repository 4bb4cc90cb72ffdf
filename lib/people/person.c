/* People of the registry and their answers: reading, then the facts of person_facts.c. */
#include "people/change_days.h"

#include <stdlib.h>

#include "cq/date.h"
#include "engine/next_change.h"

struct cq_request cq_request_default(int service, int32_t day)
{
    return (struct cq_request){.service = service,
                               .urgency = CQ_URGENCY_PLANNED,
                               .destination = CQ_UNKNOWN,
                               .facility = {"", 0},
                               .indicated = CQ_UNKNOWN,
                               .package = CQ_UNKNOWN,
                               .profile = {"", 0},
                               .day = day};
}

static enum cq_code open_view(struct cq_view *view, const struct cq_law *law, struct cq_err *err)
{
    view->law = law;
    view->mvd = cq_facilities_owner(cq_law_owner(law, "mvd"));
    return cq_law_days(law, &view->days, &view->day_count, err);
}

enum cq_code cq_people_open(struct cq_people **result, struct cq_db *db, const struct cq_law *law,
                            int64_t known_run, struct cq_err *err)
{
    struct cq_people *people = calloc(1, sizeof *people);
    *result = NULL;
    if (!people)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    enum cq_code code = cq_reader_open(&people->reader, db, known_run, err);
    if (!code)
        code = cq_facilities_read(&people->facilities, db, known_run, err);
    if (!code)
        code = open_view(&people->own, law, err);
    if (code)
        cq_people_close(people);
    else
        *result = people;
    return code;
}

enum cq_code cq_people_begin(struct cq_people *people, struct cq_err *err)
{
    return sqlite3_get_autocommit(people->reader.db->sqlite)
               ? cq_db_begin_read(people->reader.db, err)
               : CQ_OK;
}

void cq_people_end(struct cq_people *people)
{
    cq_db_rollback(people->reader.db); /* nothing was written */
}

void cq_people_close(struct cq_people *people)
{
    if (!people)
        return;
    cq_reader_close(&people->reader);
    cq_facilities_free(people->facilities);
    free(people->own.days);
    free(people->second.days);
    free(people->days);
    free(people);
}

enum cq_code cq_people_set_second_law(struct cq_people *people, const struct cq_law *law,
                                      struct cq_err *err)
{
    return open_view(&people->second, law, err);
}

enum cq_code cq_people_next(struct cq_people *people, int64_t after, int32_t first, int32_t until,
                            int64_t *iin, struct cq_err *err)
{
    return cq_reader_next(&people->reader, after, first, until, iin, err);
}

static enum cq_code decide(struct cq_people *people, const struct cq_view *view, int64_t iin,
                           const struct cq_request *request, struct cq_answer *answers, int *count,
                           struct cq_err *err)
{
    const struct cq_history *history;
    struct cq_input_days on = cq_input_days_all(request->day);
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &history, err);
    *count = 0;
    if (!code)
        *count = cq_view_answer(view, people->facilities, history, request, &on, answers);
    for (int i = 0; i < *count; i++) {
        answers[i].changes_on = CQ_DAY_MAX;
        answers[i].change_cause = "";
    }
    return code;
}

enum cq_code cq_people_decide(struct cq_people *people, int64_t iin,
                              const struct cq_request *request, struct cq_answer *answers,
                              int *count, struct cq_err *err)
{
    return decide(people, &people->own, iin, request, answers, count, err);
}

enum cq_code cq_people_decide_second(struct cq_people *people, int64_t iin,
                                     const struct cq_request *request, struct cq_answer *answers,
                                     int *count, struct cq_err *err)
{
    return decide(people, &people->second, iin, request, answers, count, err);
}

enum cq_code cq_people_periods(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, int32_t until,
                               const int32_t **days, size_t *count, struct cq_err *err)
{
    const struct cq_history *history;
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &history, err);
    *count = 0;
    if (!code && cq_change_days(people, history, request, count))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    while (*count > 0 && people->days[*count - 1] >= until)
        --*count;
    *days = people->days;
    return code;
}
