/* The list of reports. */
#include "report_private.h"

#include <string.h>

const struct cq_report cq_reports[] = {
    {"contingent", N_("The contingent"), CQ_REGISTRY_READ, CQ_TAKES_BY | CQ_TAKES_SUPPRESS,
     cq_report_contingent},
    {"changes", N_("Who joined, changed or left"), CQ_REGISTRY_READ, CQ_TAKES_SINCE | CQ_TAKES_MASK,
     cq_report_changes},
    {"leaving", N_("Who loses cover soon"), CQ_REGISTRY_READ,
     CQ_TAKES_DAYS | CQ_TAKES_SERVICE | CQ_TAKES_MASK, cq_report_leaving},
    {"eligibility", N_("What people are entitled to"), CQ_REGISTRY_READ,
     CQ_TAKES_SERVICE | CQ_TAKES_SUPPRESS, cq_report_eligibility},
    {"quality", N_("Quality of the lists"), CQ_REGISTRY_READ, CQ_TAKES_MASK, cq_report_quality},
    {"referrals", N_("Referrals"), CQ_REGISTRY_READ, CQ_TAKES_SUPPRESS, cq_report_referrals},
    {"overdue", N_("Overdue referrals"), CQ_REGISTRY_READ, CQ_TAKES_DAYS | CQ_TAKES_MASK,
     cq_report_overdue},
    {"payers", N_("Who pays"), CQ_REGISTRY_READ, CQ_TAKES_SUPPRESS, cq_report_payers},
    {"facilities", N_("Facilities and their load"), CQ_REGISTRY_READ, 0, cq_report_facilities},
    {"law", N_("The rules of law"), CQ_REGISTRY_NONE, 0, cq_report_law},
    {"runs", N_("Imports into the registry"), CQ_REGISTRY_READ, 0, cq_report_runs},
    {"audit", N_("Who did what"), CQ_REGISTRY_READ, CQ_TAKES_VERIFY | CQ_TAKES_MASK,
     cq_report_audit},
    {"check", N_("Checks of registry and law"), CQ_REGISTRY_READ, 0, cq_report_check},
    {"person", N_("One person's history"), CQ_REGISTRY_LOG, CQ_TAKES_IIN, cq_report_person},
    {NULL, NULL, CQ_REGISTRY_NONE, 0, NULL},
};

const struct cq_report *cq_report_find(const char *name)
{
    for (const struct cq_report *report = cq_reports; report->name; report++)
        if (strcmp(report->name, name) == 0)
            return report;
    return NULL;
}
