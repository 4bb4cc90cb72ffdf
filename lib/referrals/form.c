/* Referrals as forms to print. One HTML file, an A4 page a referral, in Kazakh and Russian side by
 * side, or in English; the number as a QR code and as text. No script, no external resources. */
#include "cq/referral_output.h"

#include <string.h>

#include "cq/date.h"
#include "cq/fd.h"
#include "cq/refno.h"
#include "referrals/answer_by.h"
#include "referrals/form_parts.h"
#include "referrals/form_style.h"
#include "people/calendar.h"
#include "referrals/states.h"
#include "text/html_qr.h"

static void write_header(struct cq_form *f, const struct cq_referral *r, const char *number)
{
    bool open = cq_states_open() >> r->status & 1;
    cq_html_open(&f->html, "header", CQ_HTML_END);
    cq_html_open(&f->html, "div", CQ_HTML_END);
    cq_html_open(&f->html, "h1", CQ_HTML_END);
    cq_form_label(f, "title");
    cq_html_close(&f->html);
    cq_html_leaf(&f->html, "p", number, "class", "number", CQ_HTML_END);
    if (!open) {
        const char *state = cq_state_names[r->status];
        cq_html_open(&f->html, "p", "class", "closed", CQ_HTML_END);
        for (int i = 0; i < f->count; i++) {
            cq_html_text(&f->html, i ? " / " : "");
            cq_html_text(&f->html, cq_law_label(f->law, "status", state, f->languages[i]));
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
    f->failed = !cq_html_qr(&f->html, number) || f->failed;
    cq_html_close(&f->html);
}

/* What is filled in by hand, who signs, and the receipt. */
static void write_footer(struct cq_form *f, const struct cq_referral *r)
{
    static const char *const lines[] = {"signed_by", "headed_by", "taken_by"};
    const struct cq_text *receipt = &r->text[CQ_REFERRAL_RECEIPT];
    cq_form_hand(f, "extract", "hand");
    cq_form_hand(f, "mark", "hand small");
    cq_html_open(&f->html, "div", "class", "sign", CQ_HTML_END);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cq_html_open(&f->html, "p", CQ_HTML_END);
        cq_form_label(f, lines[i]);
        if (i == 1) {
            cq_html_text(&f->html, " · ");
            cq_form_label(f, "seal");
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
    cq_html_open(&f->html, "footer", CQ_HTML_END);
    cq_form_label(f, "receipt");
    cq_html_text(&f->html, ": ");
    cq_html_part(&f->html, receipt->ptr, receipt->len);
    cq_html_close(&f->html);
}

/* --- the file --- */

/* Sections of more bytes than this are set closely; of still more, paragraphs are named without what
 * they say, so that a form is one page. */
enum { ROOMY = 6300, CLOSE = 9400 };

struct writer {
    struct cq_form form;
    const struct cq_referral_output *output;
    struct cq_referral_reader *reader;
    struct cq_parties *parties;
    struct cq_calendar calendar;
};

/* Reads what a form shows beside the referral itself. */
static enum cq_code read_page(struct writer *w, struct cq_form_page *page,
                              struct cq_numbers *led_to, struct cq_err *err)
{
    const struct cq_referral *r = page->referral;
    cq_parties_clear(w->parties);
    enum cq_code code = cq_parties_read_patient(w->parties, r->version, &page->patient, err);
    if (!code)
        code = cq_parties_read_facility(w->parties, r->run, &r->text[CQ_REFERRAL_FROM_FACILITY],
                                        &page->from, err);
    if (!code)
        code = cq_parties_read_facility(w->parties, r->run, &r->text[CQ_REFERRAL_FACILITY],
                                        &page->to, err);
    if (!code)
        code = cq_referrals_led_to(w->output->db, r, w->output->known_at, led_to, err);
    page->led_to = led_to;
    page->answer_by = cq_referral_answer_by(&w->calendar, r);
    return code;
}

static void write_sections(struct cq_form *f, const struct cq_form_page *page)
{
    cq_form_person(f, page);
    cq_form_places(f, page);
    cq_form_care(f, page);
    cq_form_law(f, page);
    cq_form_dates(f, page);
}

/* Makes the sections apart from the page. Owner: caller, cq_html_fini. */
static struct cq_html make_sections(struct cq_form *f, const struct cq_form_page *page, bool brief)
{
    struct cq_html before = f->html;
    f->html = (struct cq_html){0};
    f->brief = brief;
    write_sections(f, page);
    struct cq_html sections = f->html;
    f->html = before;
    return sections;
}

/* Writes a page; the sections first, since their length says how closely it is set. */
static void write_form(struct cq_form *f, const struct cq_form_page *page)
{
    char number[CQ_REFNO_LENGTH + 1] = "";
    const struct cq_referral *r = page->referral;
    struct cq_html sections = make_sections(f, page, false);
    cq_refno_write(number, r->number);
    if (sections.out.len > CLOSE) {
        cq_html_fini(&sections);
        sections = make_sections(f, page, true);
    }
    cq_html_open(&f->html, "article", "class", sections.out.len > ROOMY ? "dense" : NULL,
                 CQ_HTML_END);
    write_header(f, r, number);
    f->failed = f->failed || sections.out.failed || sections.unbalanced;
    cq_html_raw(&f->html, f->failed ? "" : sections.out.ptr);
    cq_html_fini(&sections);
    write_footer(f, r);
    cq_html_close(&f->html);
    if (page->answer_by != CQ_DAY_MIN && r->answer != CQ_ANSWERED_NOTHING)
        cq_form_answer(f, page);
}

static enum cq_code flush(struct cq_html *html, int fd, struct cq_err *err)
{
    enum cq_code code = cq_fd_write(fd, html->out.ptr, html->out.len, err);
    cq_str_clear(&html->out);
    return code;
}

/* Writes one referral, read in a transaction of its own: no lock is held while the output blocks. */
static enum cq_code write_one(struct writer *w, int64_t number, struct cq_err *err)
{
    struct cq_referral referral;
    struct cq_form_page page = {.referral = &referral};
    struct cq_numbers led_to = {0};
    bool found = false;
    enum cq_code code = cq_db_begin_read(w->output->db, err);
    if (!code)
        code = cq_referral_read(w->reader, number, &referral, &found, err);
    if (!code && found)
        code = read_page(w, &page, &led_to, err);
    else if (!code)
        w->output->missing(number, w->output->context);
    cq_db_rollback(w->output->db);
    if (!code && found)
        write_form(&w->form, &page);
    cq_numbers_free(&led_to);
    return code ? code : flush(&w->form.html, w->output->fd, err);
}

static enum cq_code write_forms(struct writer *w, const struct cq_numbers *numbers,
                                struct cq_err *err)
{
    const struct cq_referral_output *output = w->output;
    enum cq_code code =
        cq_referral_calendar(&w->calendar, output->db, output->law, output->known_at, err);
    if (!code)
        code = cq_referral_reader_open(&w->reader, output->db, output->known_at, err);
    if (!code)
        code = cq_parties_open(&w->parties, output->db, err);
    for (size_t i = 0; i < numbers->count && !code; i++)
        code = write_one(w, numbers->list[i], err);
    cq_calendar_free(&w->calendar);
    cq_referral_reader_close(w->reader);
    cq_parties_close(w->parties);
    return code;
}

enum cq_code cq_referrals_write_form(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers,
                                     const enum cq_language *languages, int language_count,
                                     struct cq_err *err)
{
    struct writer w = {
        .form = {.law = output->law, .languages = languages, .count = language_count},
        .output = output};
    struct cq_form *f = &w.form;
    cq_form_open_page(f, "title", cq_form_style);
    cq_html_open(&f->html, "main", CQ_HTML_END);
    enum cq_code code = write_forms(&w, numbers, err);
    for (int i = 0; i < 3; i++) /* main, body, html */
        cq_html_close(&f->html);
    if (!code && f->failed)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_html_done(&f->html, err);
    if (!code)
        code = flush(&f->html, output->fd, err);
    cq_html_fini(&f->html);
    return code;
}
