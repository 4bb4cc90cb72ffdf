/* Sponsor, body and kin of a role on a day. */
#include "people/family.h"

#include "cq/date.h"
#include "cq/lists.h"

int cq_role_sponsor(const struct cq_history *history, const struct cq_role *role,
                    const struct cq_input_days *on)
{
    const struct cq_sponsor *sponsor = &history->sponsors[role->sponsor];
    int32_t day = on->day[CQ_INPUT_SPONSOR];
    const struct cq_sponsor_row *row = cq_sponsor_find(history, sponsor, day);
    if (sponsor->count == 0)
        return CQ_SPONSOR_LISTED;
    return row && row->category == CQ_CATEGORY_EMPLOYEE && cq_span_holds(row->span, day)
               ? CQ_SPONSOR_EMPLOYEE
               : CQ_SPONSOR_OTHER;
}

uint64_t cq_role_body(const struct cq_view *view, const struct cq_history *history,
                      const struct cq_role *role, const struct cq_input_days *on)
{
    const struct cq_sponsor_row *row = NULL;
    if (cq_category_has_sponsor(role->category)) {
        row =
            cq_sponsor_find(history, &history->sponsors[role->sponsor], on->day[CQ_INPUT_SPONSOR]);
        if (!row)
            return cq_fact_field(CQ_FACT_BODY);
    }
    const struct cq_agency *agency =
        cq_law_agency_number(view->law, row ? row->agency : role->agency);
    return agency ? cq_fact_bit(CQ_FACT_BODY, agency->body) : cq_fact_field(CQ_FACT_BODY);
}

static uint64_t kin(int value)
{
    return cq_fact_bit(CQ_FACT_KIN, value);
}

/* A boolean that is not stated leaves both values possible. */
static uint64_t either(int stated, int yes, int no)
{
    return (stated != 0 ? kin(yes) : 0) | (stated != 1 ? kin(no) : 0);
}

static int32_t birthday(const struct cq_view *view, const struct cq_role *role,
                        const char *parameter, const struct cq_input_days *on)
{
    return cq_date_birthday(role->birth,
                            (int)cq_law_parameter(view->law, parameter, on->day[CQ_INPUT_LAW]));
}

static uint64_t child_kin(const struct cq_view *view, const struct cq_role *role,
                          const struct cq_input_days *on)
{
    int32_t day = on->day[CQ_INPUT_AGE];
    if (day < birthday(view, role, "majority_years", on))
        return kin(CQ_KIN_MINOR_CHILD);
    uint64_t other = either(role->disabled_before_18, CQ_KIN_DISABLED_CHILD, CQ_KIN_OTHER);
    if (day >= birthday(view, role, "student_years", on))
        return other;
    if (role->student_until == CQ_DAY_MIN)
        return kin(CQ_KIN_STUDENT_CHILD) | other;
    return day <= role->student_until ? kin(CQ_KIN_STUDENT_CHILD) : other;
}

uint64_t cq_role_kin(const struct cq_view *view, const struct cq_role *role,
                     const struct cq_input_days *on)
{
    switch (role->relation) {
    case CQ_NOT_STATED: return kin(CQ_KIN_LISTED);
    case CQ_RELATION_SPOUSE: return kin(CQ_KIN_SPOUSE);
    case CQ_RELATION_CHILD:
    case CQ_RELATION_WARD: return child_kin(view, role, on);
    case CQ_RELATION_PARENT: return either(role->dependent, CQ_KIN_DEPENDENT_PARENT, CQ_KIN_OTHER);
    default: return kin(CQ_KIN_OTHER);
    }
}
