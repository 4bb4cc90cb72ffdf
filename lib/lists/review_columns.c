/* The columns of the table that people fill in with verdicts. */
#include "cq/lists.h"

const char *const cq_review_columns[CQ_REVIEW_COLUMNS + 1] = {
    [CQ_REVIEW_KIND] = "kind",
    [CQ_REVIEW_REASON] = "reason",
    [CQ_REVIEW_IIN] = "iin",
    [CQ_REVIEW_AGENCY] = "agency",
    [CQ_REVIEW_LAST_NAME] = "last_name",
    [CQ_REVIEW_FIRST_NAME] = "first_name",
    [CQ_REVIEW_MIDDLE_NAME] = "middle_name",
    [CQ_REVIEW_BIRTH_DATE] = "birth_date",
    [CQ_REVIEW_OTHER_IIN] = "other_iin",
    [CQ_REVIEW_OTHER_AGENCY] = "other_agency",
    [CQ_REVIEW_OTHER_LAST_NAME] = "other_last_name",
    [CQ_REVIEW_OTHER_FIRST_NAME] = "other_first_name",
    [CQ_REVIEW_OTHER_MIDDLE_NAME] = "other_middle_name",
    [CQ_REVIEW_OTHER_BIRTH_DATE] = "other_birth_date",
    [CQ_REVIEW_RUN] = "run",
    [CQ_REVIEW_LINE] = "line",
    [CQ_REVIEW_VERDICT] = "verdict",
    [CQ_REVIEW_WHOSE] = "whose",
    [CQ_REVIEW_COLUMNS] = NULL,
};
