/* The words beside headline numbers, by how many there are. */
#include "result/figure_words.h"

#include <string.h>

#include "result/result_private.h"

/* Marks two texts for the catalogues, as N_ does one. */
#define NP_(one, many) one, many

/* Labels of figures that count; the others say what is so of them, and stay as they are. */
static const struct {
    const char *one, *many;
} words[] = {
    {NP_("person", "people")},
    {NP_("check", "checks")},
    {NP_("check with errors", "checks with errors")},
    {NP_("check with warnings", "checks with warnings")},
    {NP_("check with notices", "checks with notices")},
    {NP_("entry joined", "entries joined")},
    {NP_("entry changed", "entries changed")},
    {NP_("entry left", "entries left")},
    {NP_("entry", "entries")},
    {NP_("contradiction", "contradictions")},
    {NP_("decision", "decisions")},
    {NP_("edition", "editions")},
    {NP_("gap", "gaps")},
    {NP_("line", "lines")},
    {NP_("medical organisation", "medical organisations")},
    {NP_("person attached", "people attached")},
    {NP_("person in several rows", "people in several rows")},
    {NP_("person shown", "people shown")},
    {NP_("person loses cover within 30 days", "people lose cover within 30 days")},
    {NP_("referral overdue", "referrals overdue")},
    {NP_("referral overtaken", "referrals overtaken")},
    {NP_("single referral", "referrals")},
    {NP_("single stay", "stays")},
    {NP_("person in the days asked about", "people in the days asked about")},
    {NP_("stay overtaken", "stays overtaken")},
    {NP_("row that is not taken", "rows not taken")},
    {NP_("row of lists", "rows of lists")},
    {NP_("row read", "rows read")},
    {NP_("row rejected", "rows rejected")},
    {NP_("rule of the law", "rules")},
    {NP_("run", "runs")},
    {NP_("employee without an MVD-MO for outpatient care",
         "employees without an MVD-MO for outpatient care")},
    {NP_("probable duplicate", "probable duplicates")},
};

const char *cq_figure_words(const struct cq_report_request *request,
                            const struct cq_report_figure *figure)
{
    /* What is hidden is read as many; 5 takes the form of many in all three languages. */
    unsigned long count = figure->hidden || figure->number < 0 ? 5 : (unsigned long)figure->number;
    for (size_t i = 0; i < sizeof words / sizeof *words && request->translate_many; i++)
        if (strcmp(words[i].many, figure->label) == 0)
            return request->translate_many(words[i].one, words[i].many, count);
    return cq_report_translate(request, figure->label);
}
