/* Prints where a fact came from, for --explain. */
#include "cq-eligible_source.h"

#include "cli.h"
#include "cq/date.h"

static const char *agency_name(const struct cq_page *page, int number)
{
    const struct cq_agency *agency = cq_law_agency_number(page->law, number);
    return agency ? agency->name[page->language] : "";
}

/* "HR list: courier service, 2026-11-01, run 3" */
static void add_list(struct cq_page *page, const char *name, const struct cq_fact_source *source)
{
    char day[11];
    cq_str_puts(&page->text, name);
    if (source->agency)
        cq_str_printf(&page->text, ": %s", agency_name(page, source->agency));
    if (source->list_date != CQ_DAY_MIN)
        cq_str_printf(&page->text, ", %s", cq_page_day(day, source->list_date));
    if (source->run) {
        cq_str_puts(&page->text, ", ");
        cq_str_printf(&page->text, _("run %lld"), (long long)source->run);
    }
    if (source->list_line) {
        cq_str_puts(&page->text, ", ");
        cq_str_printf(&page->text, _("line %lld"), (long long)source->list_line);
    }
}

/* "at the residence: no department, no specialist" */
static void add_lacks(struct cq_page *page, const char *place, unsigned lacks)
{
    static const char *const codes[] = {"no_organisation", "department", "specialist", "equipment"};
    const char *before = ": ";
    if (!lacks)
        return;
    cq_str_printf(&page->text, "; %s", cq_law_label(page->law, "where", place, page->language));
    for (int i = 0; i < 4; i++)
        if (lacks >> i & 1) {
            cq_str_printf(&page->text, "%s%s", before,
                          cq_law_label(page->law, "trigger", codes[i], page->language));
            before = ", ";
        }
}

static void add_all_lacks(struct cq_page *page, const struct cq_fact_source *s)
{
    add_lacks(page, "residence", s->lacks[0]);
    add_lacks(page, "service", s->lacks[1]);
}

/* "sponsor 850315100006; sponsor's HR list: courier service, run 3, line 2; until 2026-05-01" */
static void add_sponsor(struct cq_page *page, const struct cq_fact_source *s)
{
    char day[11];
    if (s->origin == CQ_ORIGIN_NO_SPONSOR && !s->sponsor) {
        cq_str_puts(&page->text, _("no sponsor is stated"));
        return;
    }
    cq_str_printf(&page->text, _("sponsor %012lld"), (long long)s->sponsor);
    cq_str_puts(&page->text, "; ");
    if (s->origin == CQ_ORIGIN_NO_SPONSOR) {
        cq_str_puts(&page->text, _("no list names the sponsor"));
        return;
    }
    add_list(page, _("sponsor's HR list"), s);
    if (s->day != CQ_DAY_MIN) {
        cq_str_puts(&page->text, "; ");
        cq_str_printf(&page->text, _("until %s"), cq_page_day(day, s->day));
    }
}

/* "child; HR list: courier service, run 3, line 2; studies not stated" */
static void add_kin(struct cq_page *page, const struct cq_fact_source *s)
{
    static const char *const relations[] = {"spouse", "child", "parent", "other", "ward"};
    static const char *const unstated[] = {
        N_("whether and until when the child studies is not stated"),
        N_("disability before 18 is not stated"), N_("dependence is not stated")};
    char day[11];
    if (s->relation >= 0 && s->relation < 5)
        cq_str_printf(&page->text, "%s; ",
                      cq_law_label(page->law, "relation", relations[s->relation], page->language));
    add_list(page, _("HR list"), s);
    if (s->day != CQ_DAY_MIN) {
        cq_str_puts(&page->text, "; ");
        cq_str_printf(&page->text, _("studies until %s"), cq_page_day(day, s->day));
    }
    for (int i = 0; i < 3; i++)
        if (s->unstated >> i & 1)
            cq_str_printf(&page->text, "; %s", _(unstated[i]));
}

static void add_departure(struct cq_page *page, const char *how, const struct cq_fact_source *s)
{
    char day[11];
    cq_str_printf(&page->text, _("left on %s"), cq_page_day(day, s->day));
    cq_str_printf(&page->text, ", %s; ", how);
    add_list(page, _("HR list"), s);
}

void cq_eligible_add_source(struct cq_page *page, const struct cq_fact_source *s)
{
    char day[11];
    switch (s->origin) {
    case CQ_ORIGIN_UNKNOWN: cq_str_puts(&page->text, _("nobody said")); break;
    case CQ_ORIGIN_QUESTION: cq_str_puts(&page->text, _("as asked")); break;
    case CQ_ORIGIN_SERVICE_DEFAULT: cq_str_puts(&page->text, _("default of the service")); break;
    case CQ_ORIGIN_DEFAULT: cq_str_puts(&page->text, _("default")); break;
    case CQ_ORIGIN_LIST: add_list(page, _("HR list"), s); break;
    case CQ_ORIGIN_AGENCY: add_list(page, _("agency of the HR list"), s); break;
    case CQ_ORIGIN_SPONSOR:
    case CQ_ORIGIN_NO_SPONSOR: add_sponsor(page, s); break;
    case CQ_ORIGIN_KIN: add_kin(page, s); break;
    case CQ_ORIGIN_BIRTH:
        cq_str_printf(&page->text, _("of age on %s"), cq_page_day(day, s->day));
        cq_str_puts(&page->text, "; ");
        add_list(page, _("birth date in the HR list"), s);
        break;
    case CQ_ORIGIN_RESIDENCE: add_list(page, _("residence in the HR list"), s); break;
    case CQ_ORIGIN_LATER:
        cq_str_printf(&page->text, _("from %s on"), cq_page_day(day, s->day));
        cq_str_puts(&page->text, "; ");
        add_list(page, _("HR list"), s);
        break;
    case CQ_ORIGIN_FACILITY:
        cq_str_printf(&page->text, "%s: %s; ", _("facility"), s->facility);
        add_list(page, _("list of facilities"), s);
        add_all_lacks(page, s);
        break;
    case CQ_ORIGIN_NO_FACILITY:
        cq_str_puts(&page->text, _("list of facilities"));
        add_all_lacks(page, s);
        break;
    case CQ_ORIGIN_FUND:
        add_list(page, _("Fund's list"), s);
        if (s->day != CQ_DAY_MAX) {
            cq_str_puts(&page->text, "; ");
            cq_str_printf(&page->text, _("cover ends on %s"), cq_page_day(day, s->day));
        }
        break;
    case CQ_ORIGIN_PRESUMED:
        cq_str_puts(&page->text, _("presumed: the Fund's list says nothing"));
        break;
    case CQ_ORIGIN_PRESIDENTIAL: add_list(page, _("President's Affairs list"), s); break;
    case CQ_ORIGIN_UNLISTED:
        cq_str_puts(&page->text, _("no HR list names the person on that day"));
        break;
    case CQ_ORIGIN_REMOVED:
        add_departure(page, _("the full list does not name the person any more"), s);
        break;
    case CQ_ORIGIN_ENDED:
        add_departure(page, _("the days that the list states are over"), s);
        break;
    }
}

/* Whether an earlier source came from the same run. */
static bool is_repeated(const struct cq_fact_source *sources, int i)
{
    for (int k = 0; k < i; k++)
        if (sources[k].run == sources[i].run)
            return true;
    return false;
}

void cq_eligible_add_lists(struct cq_page *page, const struct cq_fact_source *sources)
{
    char day[11];
    const char *before = _("Lists that these facts came from");
    for (int i = 0; i < CQ_FACTS; i++) {
        if (sources[i].run == 0 || is_repeated(sources, i))
            continue;
        if (before)
            cq_str_printf(&page->text, "  %s:\n", before);
        before = NULL;
        cq_str_puts(&page->text, "    ");
        cq_str_printf(&page->text, _("run %lld"), (long long)sources[i].run);
        if (sources[i].list_date != CQ_DAY_MIN)
            cq_str_printf(&page->text, ", %s", cq_page_day(day, sources[i].list_date));
        if (sources[i].file_hash[0])
            cq_str_printf(&page->text, ", %s %.12s", _("file"), sources[i].file_hash);
        cq_str_puts(&page->text, "\n");
    }
}
