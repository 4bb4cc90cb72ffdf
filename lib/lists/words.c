/* Words that answers and reports share. */
#include "cq/words.h"

#include <string.h>

#include "cq/err.h"

static const struct cq_word words[] = {
    {"category", "none", N_("no category")},
    {"service", "outpatient", N_("outpatient care")},
    {"service", "inpatient", N_("inpatient care")},
    {"service", "medical_rehabilitation", N_("medical rehabilitation")},
    {"service", "psychological_rehabilitation", N_("psychological rehabilitation")},
    {"service", "sanatorium", N_("sanatorium treatment")},
    {"service", "mental_health", N_("mental health care")},
    {"outcome", "eligible", N_("entitled")},
    {"outcome", "conditional", N_("entitled on a condition")},
    {"outcome", "ineligible", N_("not entitled")},
    {"outcome", "not_contingent", N_("not of the contingent")},
    {"outcome", "not_regulated", N_("the acts are silent")},
    {"outcome", "undetermined", N_("cannot be told")},
    {"payer", "budget", N_("budget")},
    {"payer", "fund_gobmp", N_("Fund: guaranteed volume (GOBMP)")},
    {"payer", "fund_osms", N_("Fund: insurance (OSMS)")},
    {"payer", "own_funds", N_("own funds")},
    {"payer", "not_stated", N_("payer not stated in the acts")},
    {"payer", "presidential_rules", N_("rules of the President's Affairs")},
    {"cause", "of_age", N_("comes of age")},
    {"cause", "entitlement_ends", N_("entry in the list ends")},
    {"cause", "entitlement_begins", N_("another entry begins")},
    {"cause", "entry_changes", N_("entry in the list changes")},
    {"cause", "insurance_ends", N_("insurance runs out")},
    {"cause", "insurance_begins", N_("insurance begins")},
    {"cause", "presidential_list", N_("President's Affairs list")},
    {"cause", "facility", N_("facility opens or closes")},
    {"cause", "law", N_("the law changes")},
};

const struct cq_word *cq_word_find(const char *kind, const char *code, size_t len)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].kind, kind) == 0 && strlen(words[i].code) == len &&
            memcmp(words[i].code, code, len) == 0)
            return &words[i];
    return NULL;
}
