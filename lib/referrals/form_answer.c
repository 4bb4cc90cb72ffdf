/* The answer of the receiving organisation as a letter: a page after the form of a referral that was
 * answered (O281:7, 8, 12). */
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/citation.h"
#include "referrals/bindings.h"
#include "referrals/form_parts.h"

static void write_party(struct cq_form *f, const char *label, const struct cq_party *party)
{
    cq_form_party(f, label, party, CQ_FORM_WIDE);
    if (party->code.len == 0)
        cq_form_blank(f, label, CQ_FORM_WIDE);
}

/* Which referral, of whom, on what. */
static void write_subject(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    cq_form_section(f, "answer_about");
    cq_form_open_row(f, "number", CQ_FORM_HALF);
    cq_form_put_number(f, r->number);
    cq_form_close_row(f);
    cq_form_day(f, "issued_on", r->issued_on);
    cq_form_open_row(f, "name", CQ_FORM_WIDE);
    cq_form_put_name(f, &page->patient);
    cq_form_close_row(f);
    cq_form_day(f, "born", page->patient.birth);
    cq_form_text(f, "diagnosis", r->text[CQ_REFERRAL_DIAGNOSIS], CQ_FORM_HALF);
    cq_form_code_or_text(f, "profile", "profile", r->text[CQ_REFERRAL_PROFILE]);
    cq_html_close(&f->html);
}

static void write_result(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    const struct cq_text answer = cq_text_of(cq_answered_names[r->answer]);
    cq_form_section(f, "answered");
    cq_form_codes(f, "answer_is", "answered", answer);
    if (r->answer == CQ_ANSWERED_DATE)
        cq_form_day(f, "appointed_on", r->appointed_on);
    else
        cq_form_code_or_text(f, "answer_reason", "refusal", r->refusal);
    cq_form_day(f, "answered_on", r->answered_on);
    cq_form_day(f, "answer_by", page->answer_by);
    cq_html_close(&f->html);
}

/* What the act says of it, in a sentence. */
static void write_rule(struct cq_form *f, const struct cq_referral *r, const char *citation,
                       int language)
{
    const enum cq_language lang = f->languages[language];
    const struct cq_text id = cq_text_of(citation);
    const struct cq_act *act = cq_citation_act(f->law, id);
    const struct cq_paragraph *p = cq_law_paragraph(f->law, id.ptr, id.len, r->answered_on);
    struct cq_str text = {0};
    if (act && p) {
        cq_citation_title(act, lang, &text);
        cq_str_puts(&text, ", ");
        cq_citation_place(f->law, act, id, lang, &text);
        cq_str_printf(&text, ". %s", p->summary[lang]);
    }
    f->failed = f->failed || text.failed;
    if (!text.failed && text.len)
        cq_html_leaf(&f->html, "li", text.ptr, CQ_HTML_END);
    cq_str_free(&text);
}

static void write_binding(struct cq_form *f, const struct cq_referral *r,
                          enum cq_requirement requirement, int language)
{
    const struct cq_binding *binding = cq_referral_binding(f->law, r, requirement);
    if (binding)
        write_rule(f, r, binding->basis, language);
}

/* What follows from a refusal whose reason has a code. */
static void write_reason(struct cq_form *f, const struct cq_referral *r, int language)
{
    const struct cq_paragraph *p = NULL;
    struct cq_str what = {0};
    cq_str_printf(&what, "refusal:%.*s", (int)r->refusal.len, r->refusal.ptr);
    f->failed = f->failed || what.failed;
    while (!what.failed && (p = cq_law_implements(f->law, what.ptr, r->answered_on, p)))
        write_rule(f, r, p->id, language);
    cq_str_free(&what);
}

static void write_rules(struct cq_form *f, const struct cq_referral *r)
{
    bool refused = r->answer == CQ_ANSWERED_REFUSAL;
    cq_html_open(&f->html, "dl", CQ_HTML_END);
    for (int i = 0; i < f->count; i++) {
        cq_form_open_part(f, "ground", i, CQ_FORM_WIDE);
        cq_html_open(&f->html, "ul", CQ_HTML_END);
        write_binding(f, r, CQ_REQUIREMENT_ANSWER, i);
        if (refused)
            write_binding(f, r, CQ_REQUIREMENT_REFUSAL, i);
        if (refused)
            write_reason(f, r, i);
        cq_html_close(&f->html);
        cq_form_close_row(f);
    }
    cq_html_close(&f->html);
}

void cq_form_answer(struct cq_form *f, const struct cq_form_page *page)
{
    static const char *const lines[] = {"answer_signed", "seal", "answer_day"};
    cq_html_open(&f->html, "article", "class", "letter", CQ_HTML_END);
    cq_html_open(&f->html, "header", CQ_HTML_END);
    cq_html_open(&f->html, "h1", CQ_HTML_END);
    cq_form_label(f, "answer_title");
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "dl", CQ_HTML_END);
    write_party(f, "answer_to", &page->from);
    write_party(f, "answer_from", &page->to);
    cq_html_close(&f->html);
    write_subject(f, page);
    write_result(f, page);
    write_rules(f, page->referral);
    cq_form_hand(f, "answer_remarks", "hand");
    cq_html_open(&f->html, "div", "class", "sign", CQ_HTML_END);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cq_html_open(&f->html, "p", CQ_HTML_END);
        cq_form_label(f, lines[i]);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
    cq_html_close(&f->html);
}
