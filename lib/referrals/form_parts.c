/* The sections of a form: the person, from and to, care, dates. form_law.c has the ground. */
#include "referrals/form_parts.h"

#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/list.h"
#include "cq/refno.h"

void cq_form_put_name(struct cq_form *f, const struct cq_patient *p)
{
    const struct cq_text names[] = {p->last_name, p->first_name, p->middle_name};
    for (int i = 0; i < 3; i++) {
        if (i && names[i].len)
            cq_html_text(&f->html, " ");
        cq_html_part(&f->html, names[i].ptr, names[i].len);
    }
}

void cq_form_put_number(struct cq_form *f, int64_t number)
{
    char text[CQ_REFNO_LENGTH];
    cq_html_part(&f->html, text, cq_refno_write(text, number));
}

void cq_form_person(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    const struct cq_agency *agency = cq_law_agency_number(f->law, r->agency);
    char iin[12];
    cq_form_section(f, "person");
    cq_form_open_row(f, "name", CQ_FORM_WIDE);
    cq_form_put_name(f, &page->patient);
    cq_form_close_row(f);
    cq_form_open_row(f, "iin", CQ_FORM_HALF);
    cq_html_part(&f->html, iin, cq_iin_write(iin, r->iin));
    cq_form_close_row(f);
    cq_form_day(f, "born", page->patient.birth);
    cq_form_codes(f, "category", "category",
                  cq_text_of(cq_fact_value_name(CQ_FACT_CATEGORY, r->category)));
    for (int i = 0; i < f->count && agency; i++) {
        cq_form_open_part(f, "agency", i, CQ_FORM_HALF);
        cq_html_text(&f->html, agency->name[f->languages[i]]);
        cq_form_close_row(f);
    }
    cq_html_close(&f->html);
}

void cq_form_put_party(struct cq_form *f, const struct cq_party *party, enum cq_language language)
{
    const struct cq_region *region =
        party->kato ? cq_law_region(f->law, cq_kato_region(party->kato)) : NULL;
    const struct cq_text *name = &party->name[language];
    for (int other = 0; other < CQ_LANGUAGES && name->len == 0; other++)
        name = &party->name[other];
    if (name->len == 0)
        name = &party->code;
    cq_html_part(&f->html, name->ptr, name->len);
    if (region) {
        cq_html_text(&f->html, ", ");
        cq_html_text(&f->html, region->name[language]);
    }
}

void cq_form_party(struct cq_form *f, const char *label, const struct cq_party *party,
                   enum cq_form_width width)
{
    for (int i = 0; i < f->count && party->code.len; i++) {
        cq_form_open_part(f, label, i, width);
        cq_form_put_party(f, party, f->languages[i]);
        cq_form_close_row(f);
    }
}

void cq_form_places(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    const struct cq_text *referrer = &r->text[CQ_REFERRAL_REFERRER];
    cq_form_section(f, "places");
    if (page->from.code.len)
        cq_form_party(f, "from", &page->from, CQ_FORM_HALF);
    else
        cq_form_blank(f, "from", CQ_FORM_WIDE);
    if (referrer->len)
        cq_form_text(f, "referrer", *referrer, CQ_FORM_WIDE);
    else
        cq_form_blank(f, "referrer", CQ_FORM_WIDE);
    if (page->to.code.len)
        cq_form_party(f, "to", &page->to, CQ_FORM_HALF);
    else
        cq_form_blank(f, "to", CQ_FORM_WIDE);
    cq_html_close(&f->html);
}

/* "residence:no_department;service:no_organisation" as words. */
static void put_lacks(struct cq_form *f, struct cq_text rest, enum cq_language language)
{
    struct cq_text part, before = {"", 0};
    bool first = true;
    while (cq_text_next(&rest, ';', &part)) {
        const char *colon = memchr(part.ptr, ':', part.len);
        if (!colon)
            continue;
        const struct cq_text place = {part.ptr, (size_t)(colon - part.ptr)};
        const struct cq_text what = {colon + 1, part.len - place.len - 1};
        const char *lack = cq_form_word(f, "lack", what, language);
        const char *where = cq_form_word(f, "where", place, language);
        bool same = place.len == before.len && memcmp(place.ptr, before.ptr, place.len) == 0;
        cq_html_text(&f->html, first ? "" : same ? ", " : "; ");
        if (!same && where) {
            cq_html_text(&f->html, where);
            cq_html_text(&f->html, " ");
        }
        cq_html_text(&f->html, lack ? lack : "");
        before = place;
        first = false;
    }
}

static void write_fallback(struct cq_form *f, const struct cq_text *fallback)
{
    for (int i = 0; i < f->count && fallback->len; i++) {
        cq_form_open_part(f, "fallback", i, CQ_FORM_WIDE);
        put_lacks(f, *fallback, f->languages[i]);
        cq_form_close_row(f);
    }
}

/* One of a list of codes, if it is stated. */
static void write_choice(struct cq_form *f, const char *label, const char *kind,
                         const char *const *names, int index)
{
    if (index != CQ_UNKNOWN)
        cq_form_codes(f, label, kind, cq_text_of(names[index]));
}

/* The referral in which a disorder was found, or those to which this one led (O61:12). */
static void write_found(struct cq_form *f, const struct cq_form_page *page)
{
    if (page->referral->found_in) {
        cq_form_open_row(f, "found_in", CQ_FORM_WIDE);
        cq_form_put_number(f, page->referral->found_in);
        cq_form_close_row(f);
    }
    if (page->led_to->count == 0)
        return;
    cq_form_open_row(f, "led_to", CQ_FORM_WIDE);
    for (size_t i = 0; i < page->led_to->count; i++) {
        cq_html_text(&f->html, i ? ", " : "");
        cq_form_put_number(f, page->led_to->list[i]);
    }
    cq_form_close_row(f);
}

void cq_form_care(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    cq_form_section(f, "care");
    cq_form_codes(f, "service", "service",
                  cq_text_of(cq_fact_value_name(CQ_FACT_SERVICE, r->service)));
    write_choice(f, "measure", "measure", cq_measure_names, r->measure);
    write_choice(f, "occasion", "occasion", cq_occasion_names, r->occasion);
    write_choice(f, "urgency", "urgency", cq_urgency_names, r->urgency);
    cq_form_code_or_text(f, "profile", "profile", r->text[CQ_REFERRAL_PROFILE]);
    cq_form_text(f, "diagnosis", r->text[CQ_REFERRAL_DIAGNOSIS], CQ_FORM_HALF);
    cq_form_text(f, "indication", r->text[CQ_REFERRAL_INDICATION], CQ_FORM_WIDE);
    write_fallback(f, &r->text[CQ_REFERRAL_FALLBACK]);
    write_found(f, page);
    cq_html_close(&f->html);
}

/* "20.03.2026, a day is given, 01.04.2026": the whole answer, with the reason of a refusal. */
static void write_answer(struct cq_form *f, const struct cq_referral *r)
{
    const struct cq_text answer = cq_text_of(cq_answered_names[r->answer]);
    for (int i = 0; i < f->count; i++) {
        const char *word = cq_form_word(f, "answered", answer, f->languages[i]);
        cq_form_open_part(f, "answered", i, CQ_FORM_HALF);
        cq_form_put_day(f, r->answered_on);
        cq_html_text(&f->html, ", ");
        cq_html_text(&f->html, word ? word : "");
        if (r->appointed_on != CQ_DAY_MIN) {
            cq_html_text(&f->html, ": ");
            cq_form_put_day(f, r->appointed_on);
        }
        cq_form_close_row(f);
    }
}

void cq_form_dates(struct cq_form *f, const struct cq_form_page *page)
{
    const struct cq_referral *r = page->referral;
    cq_form_section(f, "dates");
    cq_form_day(f, "issued_on", r->issued_on);
    cq_form_day(f, "valid_until", r->valid_until);
    cq_form_day(f, "planned_on", r->planned_on);
    cq_form_day(f, "expected_on", r->expected_on);
    cq_form_day(f, "answer_by", page->answer_by);
    if (r->answer != CQ_ANSWERED_NOTHING && page->answer_by != CQ_DAY_MIN)
        write_answer(f, r);
    else if (page->answer_by != CQ_DAY_MIN)
        cq_form_blank(f, "answered", CQ_FORM_HALF);
    cq_html_close(&f->html);
}
