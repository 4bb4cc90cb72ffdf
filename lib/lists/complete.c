/* What a row states by another column than the one that holds it. Source: cq-csv(5). */
#include "cq/lists.h"

enum cq_code cq_list_complete(const struct cq_list *list, struct cq_value *values, int *column)
{
    if (list->through >= 0 && values[list->through].present) {
        int64_t end = values[list->through].number + 1;
        if (values[list->end].present && values[list->end].number != end) {
            *column = list->through;
            return CQ_R_CONTRADICTION;
        }
        values[list->end] = (struct cq_value){.present = true, .number = end};
    }
    if (list->kind == CQ_KIND_CONTINGENT && values[CQ_P_RANK].present &&
        !values[CQ_P_SPECIAL_RANK].present)
        values[CQ_P_SPECIAL_RANK] = (struct cq_value){.present = true, .number = 1};
    return CQ_OK;
}
