/* Referrals: the values of their columns, and lists of their numbers. */
#include "cq/referral.h"

#include <stdlib.h>

#include "base/vec.h"

/* Positions are kept in the registry: add at the end only. */
const char *const cq_urgency_names[3] = {"planned", "emergency", NULL};
const char *const cq_measure_names[4] = {"consultation", "training", "psycho_correction", NULL};
const char *const cq_occasion_names[7] = {
    "main_disease", "acute", "surgery", "injury", "chronic", "limited_function", NULL,
};
const char *const cq_paid_by_names[4] = {"own_funds", "voluntary_insurance", "other", NULL};
const char *const cq_refusal_names[2] = {"no_department", NULL};

const char *const cq_answered_names[CQ_ANSWERS + 1] = {"", "date", "refusal", NULL};

enum cq_code cq_numbers_add(struct cq_numbers *numbers, int64_t number)
{
    int64_t *list =
        cq_grow(numbers->list, numbers->count + 1, &numbers->room, sizeof *numbers->list);
    if (!list)
        return CQ_B_NOMEM;
    numbers->list = list;
    numbers->list[numbers->count++] = number;
    return CQ_OK;
}

void cq_numbers_free(struct cq_numbers *numbers)
{
    free(numbers->list);
    *numbers = (struct cq_numbers){0};
}
