/* Checks of one row by itself, once each of its values is valid. Source: cq-csv(5). */
#include "cq/lists.h"

#include "cq/date.h"
#include "cq/iin.h"
#include "cq/kato.h"

/* The receiver of the row's findings. */
struct findings {
    cq_list_finding_fn *report;
    void *context;
    bool rejected;
};

static void report_finding(struct findings *to, enum cq_code code, int column)
{
    if (cq_code_status(code) != 0)
        to->rejected = true;
    to->report(code, column, to->context);
}

/* A KATO code must name a region that existed on the day of the list. */
static void check_region(const struct cq_list *list, const struct cq_value *value, int column,
                         int32_t list_date, struct findings *to)
{
    if (!value->present)
        return;
    const struct cq_region *region =
        cq_law_region(list->law, cq_kato_region((int32_t)value->number));
    if (!region)
        report_finding(to, CQ_R_KATO, column);
    else if (list_date < region->since)
        report_finding(to, CQ_R_KATO_LATER, column);
    else if (list_date >= region->until)
        report_finding(to, CQ_R_KATO_GONE, column);
    else if (list_date < region->split)
        report_finding(to, CQ_W_KATO_SPLIT, column);
}

static void check_order(const struct cq_value *values, int first, int second, struct findings *to)
{
    if (values[first].present && values[second].present &&
        values[first].number >= values[second].number)
        report_finding(to, CQ_R_DATE_ORDER, second);
}

static void check_iin(const struct cq_value *values, struct findings *to)
{
    int64_t iin = values[CQ_P_IIN].number;
    char sex = cq_iin_sex(iin);
    if (iin / 100000 % 10 == 0) {
        report_finding(to, CQ_W_IIN_FOREIGN, CQ_P_IIN);
        return;
    }
    if (cq_iin_birth(iin) != values[CQ_P_BIRTH_DATE].number)
        report_finding(to, CQ_W_IIN_BIRTH, CQ_P_BIRTH_DATE);
    if (sex && values[CQ_P_SEX].present && (values[CQ_P_SEX].number == 0) != (sex == 'm'))
        report_finding(to, CQ_W_IIN_SEX, CQ_P_SEX);
}

static void check_sponsor(const struct cq_value *values, struct findings *to)
{
    int64_t category = values[CQ_P_CATEGORY].number;
    const struct cq_value *sponsor = &values[CQ_P_SPONSOR_IIN];
    if (category == CQ_CATEGORY_CHILD_OF_FALLEN && !sponsor->present)
        report_finding(to, CQ_R_SPONSOR_MISSING, CQ_P_SPONSOR_IIN);
    if (category == CQ_CATEGORY_FAMILY && !sponsor->present)
        report_finding(to, CQ_W_SPONSOR_MISSING, CQ_P_SPONSOR_IIN);
    if (sponsor->present && sponsor->number == values[CQ_P_IIN].number)
        report_finding(to, CQ_R_SPONSOR_SELF, CQ_P_SPONSOR_IIN);
    if (category == CQ_CATEGORY_CHILD_OF_FALLEN && !values[CQ_P_KILLED_ON].present)
        report_finding(to, CQ_W_KILLED_ON, CQ_P_KILLED_ON);
    if (category == CQ_CATEGORY_FAMILY && values[CQ_P_RELATION].present &&
        values[CQ_P_RELATION].number == CQ_RELATION_OTHER)
        report_finding(to, CQ_W_RELATION, CQ_P_RELATION);
}

static void check_person(const struct cq_list *list, const struct cq_value *values,
                         int32_t list_date, struct findings *to)
{
    if (values[CQ_P_CATEGORY].number == CQ_CATEGORY_NONE)
        report_finding(to, CQ_R_VALUE, CQ_P_CATEGORY);
    if (values[CQ_P_BIRTH_DATE].number > list_date)
        report_finding(to, CQ_R_DATE_FUTURE, CQ_P_BIRTH_DATE);
    if (values[CQ_P_KILLED_ON].present && values[CQ_P_KILLED_ON].number > list_date)
        report_finding(to, CQ_R_DATE_FUTURE, CQ_P_KILLED_ON);
    check_order(values, CQ_P_BIRTH_DATE, CQ_P_VALID_TO, to);
    check_order(values, CQ_P_VALID_FROM, CQ_P_VALID_TO, to);
    check_iin(values, to);
    check_sponsor(values, to);
    check_region(list, &values[CQ_P_RESIDENCE], CQ_P_RESIDENCE, list_date, to);
    check_region(list, &values[CQ_P_SERVICE_PLACE], CQ_P_SERVICE_PLACE, list_date, to);
    const struct cq_agency *agency =
        cq_law_agency_number(list->law, cq_list_agency(list, &values[CQ_P_AGENCY]));
    if (agency && list_date >= agency->until)
        report_finding(to, CQ_W_AGENCY_MOVED, CQ_P_AGENCY);
}

/* Acts move days of this year and the next: a later one is probably a slip. */
static void check_day(const struct cq_value *values, int32_t list_date, struct findings *to)
{
    if (values[CQ_D_DAY].number >= cq_date_month_after(list_date, 24))
        report_finding(to, CQ_W_CALENDAR_FAR, CQ_D_DAY);
}

/* What stands where there is no number would be the number of everybody who has none. */
static void check_card(const struct cq_value *values, int32_t list_date, struct findings *to)
{
    if (values[CQ_C_REGISTERED_ON].present && values[CQ_C_REGISTERED_ON].number > list_date)
        report_finding(to, CQ_R_DATE_FUTURE, CQ_C_REGISTERED_ON);
    if (values[CQ_C_OPENED_ON].number > cq_date_month_after(list_date, 1))
        report_finding(to, CQ_W_CARD_AHEAD, CQ_C_OPENED_ON);
    for (int i = CQ_C_FACILITY; i <= CQ_C_CARD_NO; i++)
        if (cq_text_states_nothing(values[i].text))
            report_finding(to, CQ_R_MISSING, i);
}

bool cq_list_check(const struct cq_list *list, const struct cq_value *values, int32_t list_date,
                   cq_list_finding_fn *report, void *context)
{
    struct findings to = {report, context, false};
    switch (list->kind) {
    case CQ_KIND_CONTINGENT: check_person(list, values, list_date, &to); break;
    case CQ_KIND_FACILITIES:
        check_order(values, CQ_F_VALID_FROM, CQ_F_VALID_TO, &to);
        check_region(list, &values[CQ_F_KATO], CQ_F_KATO, list_date, &to);
        break;
    case CQ_KIND_PRESIDENTIAL: check_order(values, list->start, list->end, &to); break;
    case CQ_KIND_CARDS: check_card(values, list_date, &to); break;
    case CQ_KIND_CALENDAR: check_day(values, list_date, &to); break;
    default: break;
    }
    return !to.rejected;
}
