/* The list of reports. */
#include "reports/report_private.h"

#include <string.h>

const struct cq_report cq_reports[] = {
    {.name = "contingent",
     .title = N_("The contingent"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_BY | CQ_TAKES_SUPPRESS,
     .sums = CQ_SUMS_ALL,
     .fill = cq_report_contingent},
    {.name = "changes",
     .title = N_("Who joined, changed or left"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_SINCE | CQ_TAKES_MASK,
     .fill = cq_report_changes},
    {.name = "leaving",
     .title = N_("Who loses cover soon"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_DAYS | CQ_TAKES_SERVICE | CQ_TAKES_MASK,
     .fill = cq_report_leaving},
    {.name = "eligibility",
     .title = N_("What people are entitled to"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_SERVICE | CQ_TAKES_SUPPRESS,
     .sums = CQ_SUMS_GROUPS,
     .fill = cq_report_eligibility},
    {.name = "quality",
     .title = N_("Quality of the lists"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_MASK | CQ_TAKES_REVIEW,
     .fill = cq_report_quality},
    {.name = "referrals",
     .title = N_("Referrals"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_SUPPRESS,
     .fill = cq_report_referrals},
    {.name = "overdue",
     .title = N_("Overdue referrals"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_DAYS | CQ_TAKES_MASK,
     .fill = cq_report_overdue},
    {.name = "payers",
     .title = N_("Who pays"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_SUPPRESS,
     .fill = cq_report_payers},
    {.name = "overtaken",
     .title = N_("Decided otherwise now"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_MASK,
     .fill = cq_report_overtaken},
    {.name = "facilities",
     .title = N_("Facilities and their load"),
     .registry = CQ_REGISTRY_READ,
     .fill = cq_report_facilities},
    {.name = "law",
     .title = N_("The rules of law"),
     .registry = CQ_REGISTRY_NONE,
     .formats = 1u << CQ_FORMAT_SQL,
     .fill = cq_report_law},
    {.name = "law",
     .by = "paragraph",
     .title = N_("The acts, paragraph by paragraph"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_SERVICE,
     .fill = cq_report_law_paragraphs},
    {.name = "law",
     .by = "gap",
     .title = N_("What the acts leave open, and whom it concerns"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_SERVICE,
     .fill = cq_report_law_gaps},
    {.name = "runs",
     .title = N_("Imports into the registry"),
     .registry = CQ_REGISTRY_READ,
     .fill = cq_report_runs},
    {.name = "audit",
     .title = N_("Who did what"),
     .registry = CQ_REGISTRY_READ,
     .takes = CQ_TAKES_VERIFY | CQ_TAKES_MASK,
     .fill = cq_report_audit},
    {.name = "check",
     .title = N_("Checks of registry and law"),
     .registry = CQ_REGISTRY_READ,
     .formats = 1u << CQ_FORMAT_PROMETHEUS,
     .fill = cq_report_check},
    {.name = "person",
     .title = N_("One person's history"),
     .registry = CQ_REGISTRY_LOG,
     .takes = CQ_TAKES_IIN,
     .fill = cq_report_person},
    {.name = NULL},
};

const struct cq_report *cq_report_find(const char *name, const char *by)
{
    const struct cq_report *plain = NULL;
    for (const struct cq_report *report = cq_reports; report->name; report++) {
        if (strcmp(report->name, name) != 0)
            continue;
        if (!report->by)
            plain = report;
        else if (by && strcmp(report->by, by) == 0)
            return report;
    }
    return plain;
}
