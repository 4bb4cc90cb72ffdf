/* Prints where a fact came from, for --explain. */
#include "cq-eligible_source.h"

#include "cli.h"
#include "cq/date.h"

struct writer {
    struct cq_str *out;
    const struct cq_law *law;
    enum cq_language language;
};

static const char *day_text(char text[11], int32_t day)
{
    text[cq_date_write(text, day)] = '\0';
    return text;
}

static const char *agency_name(const struct writer *w, int number)
{
    const struct cq_agency *agency = cq_law_agency_number(w->law, number);
    return agency ? agency->name[w->language] : "";
}

/* "HR list: courier service, 2026-11-01, run 3" */
static void add_list(struct writer *w, const char *name, const struct cq_fact_source *source)
{
    char day[11];
    cq_str_puts(w->out, name);
    if (source->agency)
        cq_str_printf(w->out, ": %s", agency_name(w, source->agency));
    if (source->list_date != CQ_DAY_MIN)
        cq_str_printf(w->out, ", %s", day_text(day, source->list_date));
    if (source->run) {
        cq_str_puts(w->out, ", ");
        cq_str_printf(w->out, _("run %lld"), (long long)source->run);
    }
    if (source->list_line) {
        cq_str_puts(w->out, ", ");
        cq_str_printf(w->out, _("line %lld"), (long long)source->list_line);
    }
}

/* "at the residence: no department, no specialist" */
static void add_lacks(struct writer *w, const char *place, unsigned lacks)
{
    static const char *const codes[] = {"no_organisation", "department", "specialist", "equipment"};
    const char *before = ": ";
    if (!lacks)
        return;
    cq_str_printf(w->out, "; %s", cq_law_label(w->law, "where", place, w->language));
    for (int i = 0; i < 4; i++)
        if (lacks >> i & 1) {
            cq_str_printf(w->out, "%s%s", before,
                          cq_law_label(w->law, "trigger", codes[i], w->language));
            before = ", ";
        }
}

/* "sponsor 850315100006; sponsor's HR list: courier service, run 3, line 2; until 2026-05-01" */
static void add_sponsor(struct writer *w, const struct cq_fact_source *s)
{
    char day[11];
    if (s->origin == CQ_ORIGIN_NO_SPONSOR && !s->sponsor) {
        cq_str_puts(w->out, _("no sponsor is stated"));
        return;
    }
    cq_str_printf(w->out, _("sponsor %012lld"), (long long)s->sponsor);
    cq_str_puts(w->out, "; ");
    if (s->origin == CQ_ORIGIN_NO_SPONSOR) {
        cq_str_puts(w->out, _("no list names the sponsor"));
        return;
    }
    add_list(w, _("sponsor's HR list"), s);
    if (s->day != CQ_DAY_MIN) {
        cq_str_puts(w->out, "; ");
        cq_str_printf(w->out, _("until %s"), day_text(day, s->day));
    }
}

/* "child; HR list: courier service, run 3, line 2; studies not stated" */
static void add_kin(struct writer *w, const struct cq_fact_source *s)
{
    static const char *const relations[] = {"spouse", "child", "parent", "other", "ward"};
    static const char *const unstated[] = {
        N_("whether and until when the child studies is not stated"),
        N_("disability before 18 is not stated"), N_("dependence is not stated")};
    char day[11];
    if (s->relation >= 0 && s->relation < 5)
        cq_str_printf(w->out, "%s; ",
                      cq_law_label(w->law, "relation", relations[s->relation], w->language));
    add_list(w, _("HR list"), s);
    if (s->day != CQ_DAY_MIN) {
        cq_str_puts(w->out, "; ");
        cq_str_printf(w->out, _("studies until %s"), day_text(day, s->day));
    }
    for (int i = 0; i < 3; i++)
        if (s->unstated >> i & 1)
            cq_str_printf(w->out, "; %s", _(unstated[i]));
}

static void add_departure(struct writer *w, const char *how, const struct cq_fact_source *s)
{
    char day[11];
    cq_str_printf(w->out, _("left on %s"), day_text(day, s->day));
    cq_str_printf(w->out, ", %s; ", how);
    add_list(w, _("HR list"), s);
}

static void add_source(struct writer *w, const struct cq_fact_source *s)
{
    char day[11];
    switch (s->origin) {
    case CQ_ORIGIN_UNKNOWN: cq_str_puts(w->out, _("nobody said")); break;
    case CQ_ORIGIN_QUESTION: cq_str_puts(w->out, _("as asked")); break;
    case CQ_ORIGIN_SERVICE_DEFAULT: cq_str_puts(w->out, _("default of the service")); break;
    case CQ_ORIGIN_DEFAULT: cq_str_puts(w->out, _("default")); break;
    case CQ_ORIGIN_LIST: add_list(w, _("HR list"), s); break;
    case CQ_ORIGIN_AGENCY: add_list(w, _("agency of the HR list"), s); break;
    case CQ_ORIGIN_SPONSOR:
    case CQ_ORIGIN_NO_SPONSOR: add_sponsor(w, s); break;
    case CQ_ORIGIN_KIN: add_kin(w, s); break;
    case CQ_ORIGIN_BIRTH:
        cq_str_printf(w->out, _("of age on %s"), day_text(day, s->day));
        cq_str_puts(w->out, "; ");
        add_list(w, _("birth date in the HR list"), s);
        break;
    case CQ_ORIGIN_RESIDENCE: add_list(w, _("residence in the HR list"), s); break;
    case CQ_ORIGIN_FACILITY: cq_str_printf(w->out, "%s: %s", _("facility"), s->facility); break;
    case CQ_ORIGIN_NO_FACILITY:
        cq_str_puts(w->out, _("list of facilities"));
        add_lacks(w, "residence", s->lacks[0]);
        add_lacks(w, "service", s->lacks[1]);
        break;
    case CQ_ORIGIN_FUND:
        add_list(w, _("Fund's list"), s);
        if (s->day != CQ_DAY_MAX) {
            cq_str_puts(w->out, "; ");
            cq_str_printf(w->out, _("cover ends on %s"), day_text(day, s->day));
        }
        break;
    case CQ_ORIGIN_PRESUMED:
        cq_str_puts(w->out, _("presumed: the Fund's list says nothing"));
        break;
    case CQ_ORIGIN_PRESIDENTIAL: add_list(w, _("President's Affairs list"), s); break;
    case CQ_ORIGIN_UNLISTED: cq_str_puts(w->out, _("no HR list names the person")); break;
    case CQ_ORIGIN_REMOVED:
        add_departure(w, _("the full list does not name the person any more"), s);
        break;
    case CQ_ORIGIN_ENDED: add_departure(w, _("the days that the list states are over"), s); break;
    }
}

void cq_eligible_add_source(struct cq_str *out, const struct cq_law *law, enum cq_language language,
                            const struct cq_fact_source *source)
{
    struct writer writer = {out, law, language};
    add_source(&writer, source);
}
