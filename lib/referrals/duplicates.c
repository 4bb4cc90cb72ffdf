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

void cq_referral_differs(const struct cq_referral *open, const struct cq_referral *draft,
                         struct cq_str *out)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct cq_text *text = &draft->text[texts[i].text];
        if (text->len > 0 && !cq_text_equal(*text, open->text[texts[i].text]))
            add(out, texts[i].column);
    }
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
