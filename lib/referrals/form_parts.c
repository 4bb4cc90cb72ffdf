/* The sections of a form: the person, from and to, care, ground and payer, dates. */
#include "referrals/form_parts.h"

#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/list.h"

/* The label of a code, NULL where there is none. */
static const char *label_of(const struct cq_form *f, const char *kind, const char *code, size_t len,
                            enum cq_language language)
{
    const struct cq_word *word = cq_law_word(f->law, kind, code, len);
    return word ? word->label[language] : NULL;
}

/* "Төлеуші / Плательщик" */
void cq_form_label(struct cq_form *f, const char *code)
{
    for (int i = 0; i < f->count; i++) {
        const char *text = cq_law_label(f->law, "label", code, f->languages[i]);
        if (i && strcmp(cq_law_label(f->law, "label", code, f->languages[0]), text) == 0)
            continue;
        if (i)
            cq_html_text(&f->html, " / ");
        cq_html_leaf(&f->html, "span", text, "lang", cq_language_names[f->languages[i]],
                     CQ_HTML_END);
    }
}

void cq_form_lines(struct cq_form *f, const char *code)
{
    for (int i = 0; i < f->count; i++)
        cq_html_leaf(&f->html, "span", cq_law_label(f->law, "label", code, f->languages[i]), "lang",
                     cq_language_names[f->languages[i]], CQ_HTML_END);
}

void cq_form_open_page(struct cq_form *f, const char *title, const char *style)
{
    cq_html_raw(&f->html, "<!DOCTYPE html>\n");
    cq_html_open(&f->html, "html", "lang", cq_language_names[f->languages[0]], CQ_HTML_END);
    cq_html_open(&f->html, "head", CQ_HTML_END);
    cq_html_void(&f->html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(&f->html, "meta", "name", "viewport", "content", "width=device-width",
                 CQ_HTML_END);
    cq_html_leaf(&f->html, "title", cq_law_label(f->law, "label", title, f->languages[0]),
                 CQ_HTML_END);
    cq_html_open(&f->html, "style", CQ_HTML_END);
    cq_html_raw(&f->html, style);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "body", CQ_HTML_END);
}

void cq_form_section(struct cq_form *f, const char *code)
{
    cq_html_open(&f->html, "h2", CQ_HTML_END);
    cq_form_label(f, code);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "dl", CQ_HTML_END);
}

static void write_label(struct cq_form *f, const char *code)
{
    cq_html_open(&f->html, "dt", CQ_HTML_END);
    cq_form_label(f, code);
    cq_html_close(&f->html);
}

void cq_form_row(struct cq_form *f, const char *code)
{
    write_label(f, code);
    cq_html_open(&f->html, "dd", CQ_HTML_END);
}

/* A row with a line in each language, side by side. */
static void open_lines(struct cq_form *f, const char *code, bool soft)
{
    write_label(f, code);
    const char *class = f->count > 1 ? (soft ? "two soft" : "two") : soft ? "soft" : NULL;
    cq_html_open(&f->html, "dd", "class", class, CQ_HTML_END);
}

void cq_form_text(struct cq_form *f, const char *code, const struct cq_text *text)
{
    if (text->len == 0)
        return;
    cq_form_row(f, code);
    cq_html_part(&f->html, text->ptr, text->len);
    cq_html_close(&f->html);
}

static void open_line(struct cq_form *f, enum cq_language language)
{
    cq_html_open(&f->html, "p", "lang", cq_language_names[language], CQ_HTML_END);
}

/* A code in each language; the code itself where no words are known for it. */
void cq_form_code(struct cq_form *f, const char *name, const char *kind, const struct cq_text *code)
{
    if (code->len == 0)
        return;
    open_lines(f, name, strcmp(name, "certainty") == 0);
    for (int i = 0; i < f->count; i++) {
        const char *text = label_of(f, kind, code->ptr, code->len, f->languages[i]);
        open_line(f, f->languages[i]);
        if (text)
            cq_html_text(&f->html, text);
        else
            cq_html_part(&f->html, code->ptr, code->len);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

void cq_form_person(struct cq_form *f, const struct cq_referral *r, const struct cq_patient *p)
{
    const struct cq_agency *agency = cq_law_agency_number(f->law, r->agency);
    const struct cq_text names[] = {p->last_name, p->first_name, p->middle_name};
    const struct cq_text category = cq_text_of(cq_fact_value_name(CQ_FACT_CATEGORY, r->category));
    char iin[12], day[10];
    cq_form_section(f, "person");
    cq_form_row(f, "name");
    for (int i = 0; i < 3; i++) {
        if (i && names[i].len)
            cq_html_text(&f->html, " ");
        cq_html_part(&f->html, names[i].ptr, names[i].len);
    }
    cq_html_close(&f->html);
    write_label(f, p->birth == CQ_DAY_MIN ? "iin" : "iin_birth");
    cq_html_open(&f->html, "dd", "class", "two", CQ_HTML_END);
    cq_html_open(&f->html, "p", CQ_HTML_END);
    cq_html_part(&f->html, iin, cq_iin_write(iin, r->iin));
    cq_html_close(&f->html);
    cq_html_open(&f->html, "p", CQ_HTML_END);
    cq_html_part(&f->html, day, cq_date_write(day, p->birth));
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    cq_form_code(f, "category", "category", &category);
    if (agency) {
        open_lines(f, "agency", false);
        for (int i = 0; i < f->count; i++) {
            open_line(f, f->languages[i]);
            cq_html_text(&f->html, agency->name[f->languages[i]]);
            cq_html_close(&f->html);
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

/* Its name and region in each language, and its code. */
void cq_form_party(struct cq_form *f, const char *code, const struct cq_party *party)
{
    const struct cq_region *region =
        party->kato ? cq_law_region(f->law, cq_kato_region(party->kato)) : NULL;
    if (party->code.len == 0)
        return;
    open_lines(f, code, false);
    for (int i = 0; i < f->count; i++) {
        enum cq_language language = f->languages[i];
        const struct cq_text *name = &party->name[language];
        for (int other = 0; other < CQ_LANGUAGES && name->len == 0; other++)
            name = &party->name[other];
        open_line(f, language);
        cq_html_part(&f->html, name->ptr, name->len);
        if (region) {
            cq_html_text(&f->html, name->len ? ", " : "");
            cq_html_text(&f->html, region->name[language]);
        }
        if (i == 0) {
            cq_html_text(&f->html, name->len || region ? " · " : "");
            cq_html_part(&f->html, party->code.ptr, party->code.len);
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

void cq_form_places(struct cq_form *f, const struct cq_referral *r, const struct cq_party *from,
                    const struct cq_party *to)
{
    cq_form_section(f, "places");
    cq_form_party(f, "from", from);
    cq_form_text(f, "referrer", &r->text[CQ_REFERRAL_REFERRER]);
    if (to->code.len)
        cq_form_party(f, "to", to);
    else
        cq_form_code(f, "to", "provider", &r->text[CQ_REFERRAL_PROVIDER]);
    cq_html_close(&f->html);
}

/* "service:no_specialist;service:no_equipment;residence:no_organisation": each place once. */
static void write_lacks(struct cq_form *f, struct cq_text rest, enum cq_language language)
{
    struct cq_text part, before = {"", 0};
    bool first = true;
    while (cq_text_next(&rest, ';', &part)) {
        const char *colon = memchr(part.ptr, ':', part.len);
        if (!colon)
            continue;
        const struct cq_text place = {part.ptr, (size_t)(colon - part.ptr)};
        const char *lack = label_of(f, "lack", colon + 1, part.len - place.len - 1, language);
        bool same = place.len == before.len && memcmp(place.ptr, before.ptr, place.len) == 0;
        const char *where = label_of(f, "where", place.ptr, place.len, language);
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
    if (fallback->len == 0)
        return;
    open_lines(f, "fallback", true);
    for (int i = 0; i < f->count; i++) {
        open_line(f, f->languages[i]);
        write_lacks(f, *fallback, f->languages[i]);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

void cq_form_care(struct cq_form *f, const struct cq_referral *r)
{
    const struct cq_text service = cq_text_of(cq_fact_value_name(CQ_FACT_SERVICE, r->service));
    cq_form_section(f, "care");
    cq_form_code(f, "service", "service", &service);
    cq_form_code(f, "profile", "profile", &r->text[CQ_REFERRAL_PROFILE]);
    if (r->measure != CQ_UNKNOWN) {
        const struct cq_text measure = cq_text_of(cq_measure_names[r->measure]);
        cq_form_code(f, "measure", "measure", &measure);
    }
    if (r->urgency != CQ_UNKNOWN) {
        const struct cq_text urgency = cq_text_of(cq_urgency_names[r->urgency]);
        cq_form_code(f, "urgency", "urgency", &urgency);
    }
    cq_form_text(f, "diagnosis", &r->text[CQ_REFERRAL_DIAGNOSIS]);
    cq_form_text(f, "indication", &r->text[CQ_REFERRAL_INDICATION]);
    write_fallback(f, &r->text[CQ_REFERRAL_FALLBACK]);
    cq_form_text(f, "bureau", &r->text[CQ_REFERRAL_BUREAU_CODE]);
    if (r->consent != CQ_UNKNOWN) {
        const struct cq_text answer = cq_text_of(r->consent == CQ_YES ? "yes" : "no");
        cq_form_code(f, "consent", "consent", &answer);
    }
    cq_html_close(&f->html);
}

/* Each citation with its summary. */
static void write_basis(struct cq_form *f, const struct cq_text *basis, int32_t day)
{
    struct cq_text rest = *basis, part;
    if (basis->len == 0)
        return;
    open_lines(f, "ground", true);
    while (cq_text_next(&rest, ';', &part)) {
        const struct cq_paragraph *paragraph = cq_law_paragraph(f->law, part.ptr, part.len, day);
        for (int i = 0; i < f->count; i++) {
            open_line(f, f->languages[i]);
            if (i == 0) {
                cq_html_open(&f->html, "b", CQ_HTML_END);
                cq_html_part(&f->html, part.ptr, part.len);
                cq_html_close(&f->html);
                cq_html_text(&f->html, " ");
            }
            if (paragraph)
                cq_html_text(&f->html, paragraph->summary[f->languages[i]]);
            cq_html_close(&f->html);
        }
    }
    cq_html_close(&f->html);
}

static void write_gaps(struct cq_form *f, const struct cq_text *gaps)
{
    struct cq_text rest = *gaps, part;
    if (gaps->len == 0)
        return;
    open_lines(f, "gaps", true);
    while (cq_text_next(&rest, ';', &part))
        for (size_t g = 0; g < f->law->gap_count; g++) {
            const struct cq_gap *gap = &f->law->gaps[g];
            if (!cq_text_is(part, gap->id))
                continue;
            for (int i = 0; i < f->count; i++) {
                open_line(f, f->languages[i]);
                if (i == 0)
                    cq_html_leaf(&f->html, "b", gap->id, CQ_HTML_END);
                cq_html_text(&f->html, i == 0 ? " " : "");
                cq_html_text(&f->html, gap->open[f->languages[i]]);
                cq_html_close(&f->html);
            }
        }
    cq_html_close(&f->html);
}

/* Papers as documents.csv writes them, in words. */
static void write_papers(struct cq_form *f, const struct cq_text *papers, enum cq_language language)
{
    const char *at = papers->ptr, *end = at + papers->len;
    while (at < end) {
        size_t len = 0;
        while (at + len < end && at[len] != '+' && at[len] != '/')
            len++;
        const char *text = label_of(f, "document", at, len, language);
        if (text)
            cq_html_text(&f->html, text);
        else
            cq_html_part(&f->html, at, len);
        at += len;
        const char *join = at < end ? label_of(f, "join", at, 1, language) : NULL;
        if (join) {
            cq_html_text(&f->html, " ");
            cq_html_text(&f->html, join);
            cq_html_text(&f->html, " ");
        }
        at += at < end;
    }
}

void cq_form_papers(struct cq_form *f, const char *code, const struct cq_text *papers)
{
    if (papers->len == 0)
        return;
    open_lines(f, code, false);
    for (int i = 0; i < f->count; i++) {
        open_line(f, f->languages[i]);
        write_papers(f, papers, f->languages[i]);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

void cq_form_law(struct cq_form *f, const struct cq_referral *r)
{
    cq_form_section(f, "law");
    cq_form_code(f, "payer", "payer", &r->text[CQ_REFERRAL_PAYER]);
    write_basis(f, &r->text[CQ_REFERRAL_BASIS], r->issued_on);
    cq_form_code(f, "conditions", "reason", &r->text[CQ_REFERRAL_REASONS]);
    cq_form_code(f, "certainty", "certainty", &r->text[CQ_REFERRAL_CERTAINTY]);
    write_gaps(f, &r->text[CQ_REFERRAL_GAPS]);
    cq_form_papers(f, "documents", &r->text[CQ_REFERRAL_DOCUMENTS]);
    cq_html_close(&f->html);
}

static void write_day(struct cq_form *f, const char *code, int32_t day)
{
    char text[10];
    size_t len = cq_date_write(text, day);
    if (len == 0)
        return;
    cq_html_open(&f->html, "div", CQ_HTML_END);
    cq_form_row(f, code);
    cq_html_part(&f->html, text, len);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
}

void cq_form_dates(struct cq_form *f, const struct cq_referral *r)
{
    cq_html_open(&f->html, "h2", CQ_HTML_END);
    cq_form_label(f, "dates");
    cq_html_close(&f->html);
    cq_html_open(&f->html, "dl", "class", "days", CQ_HTML_END);
    write_day(f, "issued_on", r->issued_on);
    write_day(f, "planned_on", r->planned_on);
    write_day(f, "expected_on", r->expected_on);
    write_day(f, "valid_until", r->valid_until);
    cq_html_close(&f->html);
}
