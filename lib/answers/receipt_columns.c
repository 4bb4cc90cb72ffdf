/* The names of columns that a receipt has digests of. */
#include "answers/receipt_columns.h"

const char *const cq_more_columns[CQ_MORE_COLUMNS] = {
    "agency",          "facility",          "changes_on",
    "change_cause",    "profile",           "would_need",
    "effect",          "against_outcome",   "against_category",
    "against_agency",  "against_provider",  "against_facility",
    "against_payer",   "against_referral",  "against_documents",
    "against_reasons", "against_missing",   "against_rule",
    "against_basis",   "against_certainty", "against_gaps"};
