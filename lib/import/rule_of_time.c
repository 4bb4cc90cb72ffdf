/* The rule of time, for every kind of list: a row states what is valid from its start on. Versions
 * that begin there or later are replaced; one that is valid over its start is ended there; earlier
 * ones stay. A row without a start has the start of the row that it replaces; with another
 * category it starts on the day of the list; if nothing was there before, its start stays open.
 *
 * Who had left by the day of the list, whether a full list or the row's own end said so, comes back
 * on that day, or on a later start that the row states: days of absence are covered afterwards only
 * by a list that says when rows end, too. */
#include "import/rule_of_time.h"

const struct cq_version *cq_rule_known(const struct cq_key_versions *s)
{
    const struct cq_version *known = s->stated;
    for (size_t i = 0; i < s->count && !s->stated; i++)
        if (!s->all[i].run_to && (!known || s->all[i].valid_to > known->valid_to))
            known = &s->all[i];
    return known;
}

bool cq_rule_same_role(const struct cq_import_job *job, const struct cq_value *was,
                       const struct cq_value *is)
{
    return job->list.kind != CQ_KIND_CONTINGENT ||
           was[CQ_P_CATEGORY].number == is[CQ_P_CATEGORY].number;
}

/* Whether the list says when its rows end, or is of a kind whose rows only begin. */
static bool states_end(const struct cq_import_job *job)
{
    return job->list.end < 0 || cq_import_states(job, (size_t)job->list.end);
}

bool cq_rule_comes_back(const struct cq_import_job *job, const struct cq_version *known,
                        const struct cq_value *is)
{
    int32_t day = job->import->list_date;
    int start = job->list.start, end = job->list.end;
    if (!known || known->valid_to > day || (end >= 0 && is[end].present && is[end].number <= day))
        return false;
    /* A start before the old end, in a list that says when rows end, corrects that end. */
    return !is[start].present || is[start].number >= known->valid_to || !states_end(job);
}

bool cq_rule_brings_back(const struct cq_import_job *job, const struct cq_version *version)
{
    return version->valid_to <= job->import->list_date && !states_end(job);
}

/* Whether anything known holds on a day. */
static bool is_covered(const struct cq_key_versions *s, int32_t day)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->all[i].run_to && s->all[i].valid_from <= day && day < s->all[i].valid_to)
            return true;
    return false;
}

/* Whether a start lies before an absence after which the row began, be it long ago. A list that
 * says when rows end corrects that; one that does not repeats the start of before it. */
static bool is_before_absence(const struct cq_import_job *job, const struct cq_key_versions *s,
                              const struct cq_version *known, int64_t start)
{
    if (states_end(job))
        return false;
    for (size_t i = 0; i < s->count; i++) {
        int32_t end = s->all[i].valid_to;
        if (!s->all[i].run_to && start < end && end < known->valid_from && !is_covered(s, end))
            return true;
    }
    return false;
}

int32_t cq_rule_start(const struct cq_import_job *job, const struct cq_key_versions *s,
                      const struct cq_version *known, bool back, const struct cq_value *was,
                      const struct cq_value *is)
{
    const struct cq_value *start = &is[job->list.start];
    if (job->list.kind == CQ_KIND_CALENDAR) /* a day is what it is, whenever that is told */
        return CQ_DAY_MIN;
    if (!known)
        return start->present ? (int32_t)start->number : CQ_DAY_MIN;
    bool same = cq_rule_same_role(job, was, is);
    if (start->present && back && start->number < known->valid_to)
        return job->import->list_date;
    if (start->present && (back || !is_before_absence(job, s, known, start->number)))
        return (int32_t)start->number;
    return back || !same ? job->import->list_date : known->valid_from;
}
