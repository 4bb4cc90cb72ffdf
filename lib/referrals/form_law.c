/* The ground of a form: who pays, the paragraphs in words, what they bind the referral to. */
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/citation.h"
#include "referrals/bindings.h"
#include "referrals/form_parts.h"

/* "paragraph 13, part 1", in bold; before it the act, where the citation before is of another. */
static void put_citation(struct cq_form *f, const struct cq_act *act, const struct cq_act *before,
                         struct cq_text citation, enum cq_language language)
{
    struct cq_str text = {0};
    if (act != before)
        cq_citation_title(act, language, &text);
    size_t title = text.len;
    if (title && memchr(citation.ptr, ':', citation.len))
        cq_str_puts(&text, ", ");
    cq_citation_place(f->law, act, citation, language, &text);
    f->failed = f->failed || text.failed;
    if (!text.failed && text.len)
        cq_html_leaf(&f->html, "b", text.ptr, CQ_HTML_END);
    cq_str_free(&text);
}

/* Each citation with its summary, where there is room for it. */
static void write_basis(struct cq_form *f, struct cq_text basis, int32_t day)
{
    for (int i = 0; i < f->count && basis.len; i++) {
        const struct cq_act *before = NULL;
        struct cq_text rest = basis, citation;
        cq_form_open_part(f, "ground", i, CQ_FORM_WIDE);
        cq_html_open(&f->html, "ul", CQ_HTML_END);
        while (cq_text_next(&rest, ';', &citation)) {
            const struct cq_act *act = cq_citation_act(f->law, citation);
            const struct cq_paragraph *p =
                cq_law_paragraph(f->law, citation.ptr, citation.len, day);
            cq_html_open(&f->html, "li", CQ_HTML_END);
            if (act)
                put_citation(f, act, before, citation, f->languages[i]);
            if (p && !(act && f->brief)) {
                cq_html_text(&f->html, act ? ". " : "");
                cq_html_text(&f->html, p->summary[f->languages[i]]);
            }
            cq_html_close(&f->html);
            before = act;
        }
        cq_html_close(&f->html);
        cq_form_close_row(f);
    }
}

static void write_gaps(struct cq_form *f, struct cq_text gaps)
{
    for (int i = 0; i < f->count && gaps.len; i++) {
        struct cq_text rest = gaps, id;
        cq_form_open_part(f, "gaps", i, CQ_FORM_WIDE);
        cq_html_open(&f->html, "ul", CQ_HTML_END);
        while (cq_text_next(&rest, ';', &id))
            for (size_t g = 0; g < f->law->gap_count; g++)
                if (cq_text_is(id, f->law->gaps[g].id))
                    cq_html_leaf(&f->html, "li", f->law->gaps[g].open[f->languages[i]],
                                 CQ_HTML_END);
        cq_html_close(&f->html);
        cq_form_close_row(f);
    }
}

/* The decision of the sanatorium selection commission (R78:16). */
static void write_commission(struct cq_form *f, const struct cq_referral *r)
{
    const struct cq_text number = r->text[CQ_REFERRAL_COMMISSION_NO];
    if (number.len == 0) {
        if (cq_referral_binding(f->law, r, CQ_REQUIREMENT_COMMISSION))
            cq_form_blank(f, "commission", CQ_FORM_WIDE);
        return;
    }
    cq_form_open_row(f, "commission", CQ_FORM_WIDE);
    cq_html_text(&f->html, "№ ");
    cq_html_part(&f->html, number.ptr, number.len);
    if (r->commission_on != CQ_DAY_MIN) {
        cq_html_text(&f->html, ", ");
        cq_form_put_day(f, r->commission_on);
    }
    cq_form_close_row(f);
}

/* What the acts bind the referral to; what is not recorded yet is a line to be filled in. */
static void write_bindings(struct cq_form *f, const struct cq_referral *r)
{
    const struct cq_text bureau = r->text[CQ_REFERRAL_BUREAU_CODE];
    if (bureau.len)
        cq_form_text(f, "bureau", bureau, CQ_FORM_WIDE);
    else if (cq_referral_binding(f->law, r, CQ_REQUIREMENT_BUREAU_CODE))
        cq_form_blank(f, "bureau", CQ_FORM_WIDE);
    write_commission(f, r);
    if (r->consent != CQ_UNKNOWN)
        cq_form_codes(f, "consent", "consent", cq_text_of(r->consent == CQ_YES ? "yes" : "no"));
    else if (cq_referral_binding(f->law, r, CQ_REQUIREMENT_CONSENT))
        cq_form_blank(f, "consent", CQ_FORM_WIDE);
}

void cq_form_law(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    cq_form_section(f, "law");
    cq_form_codes(f, "payer", "payer", r->text[CQ_REFERRAL_PAYER]);
    if (r->paid_by != CQ_UNKNOWN)
        cq_form_codes(f, "paid_by", "paid_by", cq_text_of(cq_paid_by_names[r->paid_by]));
    write_basis(f, r->text[CQ_REFERRAL_BASIS], r->issued_on);
    cq_form_codes(f, "conditions", "reason", r->text[CQ_REFERRAL_REASONS]);
    write_bindings(f, r);
    cq_form_codes(f, "certainty", "certainty", r->text[CQ_REFERRAL_CERTAINTY]);
    write_gaps(f, r->text[CQ_REFERRAL_GAPS]);
    cq_form_papers(f, "documents", r->text[CQ_REFERRAL_DOCUMENTS]);
    cq_html_close(&f->html);
}
