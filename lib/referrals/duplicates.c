/* The same request twice on a day gives the first number back. What the second states besides is not
 * written, so that it has to be told. */
#include "referrals/duplicates.h"

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"

static const struct {
    int text;
    const char *column;
} texts[] = {
    {CQ_REFERRAL_DIAGNOSIS, "diagnosis"},         {CQ_REFERRAL_INDICATION, "indication"},
    {CQ_REFERRAL_FROM_FACILITY, "from_facility"}, {CQ_REFERRAL_REFERRER, "referrer"},
    {CQ_REFERRAL_BUREAU_CODE, "bureau_code"},     {CQ_REFERRAL_COMMISSION_NO, "commission_no"},
};

static void add(struct cq_str *out, const char *column)
{
    cq_str_printf(out, "%s%s", out->len > 0 ? ", " : "", column);
}

static void compare(struct cq_str *out, const char *column, bool stated, int64_t open,
                    int64_t draft)
{
    if (stated && open != draft)
        add(out, column);
}

static bool texts_differ(const struct cq_referral *open, const struct cq_referral *draft, int text)
{
    return draft->text[text].len > 0 && !cq_text_equal(draft->text[text], open->text[text]);
}

void cq_draft_differs(const struct cq_referral *open, const struct cq_draft *given,
                      struct cq_str *out)
{
    const struct cq_referral *draft = &given->referral;
    /* An indication in words counts as indicated, and is compared itself. */
    bool indicated = draft->indicated != CQ_UNKNOWN && draft->text[CQ_REFERRAL_INDICATION].len == 0;
    if (given->names_facility && texts_differ(open, draft, CQ_REFERRAL_FACILITY))
        add(out, "facility");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts_differ(open, draft, texts[i].text))
            add(out, texts[i].column);
    compare(out, "indicated", indicated, open->indicated, draft->indicated);
    compare(out, "package", draft->package != CQ_UNKNOWN, open->package, draft->package);
    compare(out, "duty_injury", draft->duty_injury, open->duty_injury, draft->duty_injury);
    compare(out, "measure", draft->measure != CQ_UNKNOWN, open->measure, draft->measure);
    compare(out, "occasion", draft->occasion != CQ_UNKNOWN, open->occasion, draft->occasion);
    compare(out, "paid_by", draft->paid_by != CQ_UNKNOWN, open->paid_by, draft->paid_by);
    compare(out, "consent", draft->consent != CQ_UNKNOWN, open->consent, draft->consent);
    compare(out, "planned_on", draft->planned_on != CQ_DAY_MIN, open->planned_on,
            draft->planned_on);
    compare(out, "commission_on", draft->commission_on != CQ_DAY_MIN, open->commission_on,
            draft->commission_on);
    compare(out, "found_in", draft->found_in != 0, open->found_in, draft->found_in);
}
