/* Registrations as slips to print: one HTML file, an A5 page a person, in Kazakh and Russian side by
 * side, or in English. No script, no external resources. */
#include "cq/date.h"
#include "cq/fd.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "people/papers.h"
#include "referrals/form_parts.h"
#include "referrals/registrations.h"

static const char style[] =
    "@page{size:A5;margin:11mm 12mm 10mm}\n"
    "*{box-sizing:border-box}\n"
    "html{color-scheme:light}\n"
    "body{margin:0;background:#e9ecef;color:#000;font:10.5pt/1.3 'Noto Sans','Segoe UI',"
    "'Liberation Sans','DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums lining-nums}\n"
    "main{width:148mm;min-height:210mm;margin:6mm auto;padding:11mm 12mm 10mm;background:#fff;"
    "display:flex;flex-direction:column}\n"
    "header{display:flex;justify-content:space-between;align-items:flex-end;gap:6mm;"
    "padding-bottom:2mm;border-bottom:.6mm solid #000}\n"
    "h1{font-size:14pt;line-height:1.2;font-weight:600;margin:0}\n"
    "h1 span{display:block}\n"
    ".card{font-size:10pt;text-align:right;margin:0}\n"
    ".card b{display:block;font-size:24pt;line-height:1.15;overflow-wrap:anywhere}\n"
    "dl{display:grid;grid-template-columns:1fr 1fr;gap:0 5mm;align-content:space-between;"
    "margin:2mm 0 0;flex:1}\n"
    "dl div{padding:1.4mm 0;border-bottom:.1mm solid #999;overflow-wrap:anywhere}\n"
    "dl .wide{grid-column:1/-1}\n"
    "dl .first{grid-column:1}\n"
    "dl .second{grid-column:2}\n"
    "dt{font-size:10pt;line-height:1.25;color:#444}\n"
    "dd{margin:0}\n"
    "dd b{font-size:13pt;font-weight:600;line-height:1.25}\n"
    ".trial{margin:2mm 0 0;padding:1.5mm 2mm;border:.6mm solid "
    "#000;font-size:11pt;font-weight:600}\n"
    ".trial span{display:block}\n"
    ".note{display:grid;grid-template-columns:1fr 1fr;gap:0 5mm;margin:3mm 0 0;font-size:10pt;"
    "line-height:1.25}\n"
    ".note p{margin:0}\n"
    ".sign{display:grid;grid-template-columns:1fr 1fr;gap:8mm;margin-top:14mm}\n"
    ".sign p{margin:0;padding-top:1mm;border-top:.25mm solid #000;font-size:10pt;"
    "line-height:1.25}\n"
    ".sign span{display:block}\n"
    "@media print{body{background:#fff}main{width:auto;min-height:187mm;margin:0;padding:0;"
    "break-after:page}main:last-child{break-after:auto}}\n";

static void write_header(struct cq_form *f, const struct cq_registration *r)
{
    cq_html_open(&f->html, "header", CQ_HTML_END);
    cq_html_open(&f->html, "h1", CQ_HTML_END);
    cq_form_lines(f, "slip");
    cq_html_close(&f->html);
    cq_html_open(&f->html, "p", "class", "card", CQ_HTML_END);
    cq_form_label(f, "card");
    cq_html_open(&f->html, "b", CQ_HTML_END);
    cq_html_part(&f->html, r->card_no.ptr, r->card_no.len);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
}

/* A slip of a trial looks like none that was given: no card was opened, and the number is free. */
static void write_trial(struct cq_form *f)
{
    cq_html_open(&f->html, "p", "class", "trial", CQ_HTML_END);
    cq_form_lines(f, "slip_trial");
    cq_html_close(&f->html);
}

static void write_name(struct cq_form *f, const struct cq_patient *p)
{
    cq_form_open_row(f, "name", CQ_FORM_WIDE);
    cq_html_open(&f->html, "b", CQ_HTML_END);
    cq_form_put_name(f, p);
    cq_html_close(&f->html);
    cq_form_close_row(f);
}

/* Papers in words, or the words that there are none. */
static void write_papers(struct cq_form *f, const char *code, const struct cq_str *papers,
                         const char *none)
{
    const struct cq_text text = {papers->ptr, papers->len}, nothing = cq_text_of(none);
    if (text.len > 0)
        cq_form_papers(f, code, text);
    else
        cq_form_codes(f, code, "label", nothing);
}

static void write_papers_rows(struct cq_form *f, const struct cq_registration *r)
{
    struct cq_str seen = {0}, lacking = {0};
    cq_papers_write(r->papers, &seen);
    cq_papers_lacking(r->documents, r->papers, &lacking);
    write_papers(f, "papers_seen", &seen, "papers_none");
    write_papers(f, "papers_lacking", &lacking, "papers_all");
    f->failed = f->failed || seen.failed || lacking.failed;
    cq_str_free(&seen);
    cq_str_free(&lacking);
}

/* A label in each language, side by side. */
static void write_note(struct cq_form *f, const char *code)
{
    cq_html_open(&f->html, "div", "class", f->count > 1 ? "note" : NULL, CQ_HTML_END);
    for (int i = 0; i < f->count; i++)
        cq_html_leaf(&f->html, "p", cq_law_label(f->law, "label", code, f->languages[i]), "lang",
                     cq_language_names[f->languages[i]], CQ_HTML_END);
    cq_html_close(&f->html);
}

static void write_signatures(struct cq_form *f)
{
    static const char *const lines[] = {"registrar_signs", "person_signs"};
    cq_html_open(&f->html, "div", "class", "sign", CQ_HTML_END);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cq_html_open(&f->html, "p", CQ_HTML_END);
        cq_form_lines(f, lines[i]);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

static enum cq_code write_slip(struct cq_form *f, struct cq_parties *parties,
                               const struct cq_registrations *batch,
                               const struct cq_registration *r, bool trial, struct cq_err *err)
{
    struct cq_patient patient;
    struct cq_party polyclinic;
    char iin[12];
    const char *actor = batch->options->actor ? batch->options->actor : "";
    const struct cq_text registrar = cq_text_of(actor);
    cq_parties_clear(parties);
    enum cq_code code = cq_parties_read_patient(parties, r->version, &patient, err);
    if (!code)
        code = cq_parties_read_facility(parties, INT64_MAX, &r->facility, &polyclinic, err);
    if (code)
        return code;
    cq_html_open(&f->html, "main", CQ_HTML_END);
    write_header(f, r);
    if (trial)
        write_trial(f);
    cq_html_open(&f->html, "dl", CQ_HTML_END);
    write_name(f, &patient);
    cq_form_text(f, "iin", (struct cq_text){iin, cq_iin_write(iin, r->iin)}, CQ_FORM_WIDE);
    cq_form_party(f, "polyclinic", &polyclinic, CQ_FORM_WIDE);
    cq_form_day(f, "registered_on", r->registered_on);
    write_papers_rows(f, r);
    cq_form_text(f, "registrar", registrar, CQ_FORM_WIDE);
    cq_html_close(&f->html);
    write_note(f, "papers_note");
    write_signatures(f);
    cq_html_close(&f->html);
    return CQ_OK;
}

static enum cq_code flush(struct cq_html *html, int fd, struct cq_err *err)
{
    enum cq_code code = cq_fd_write(fd, html->out.ptr, html->out.len, err);
    cq_str_clear(&html->out);
    return code;
}

/* Writes slip by slip. */
static enum cq_code write_slips(struct cq_form *f, const struct cq_registrations *batch,
                                struct cq_db *db, int fd, bool trial, struct cq_err *err)
{
    struct cq_parties *parties = NULL;
    enum cq_code code = cq_parties_open(&parties, db, err);
    for (size_t i = 0; i < batch->count && !code; i++) {
        if (batch->list[i].state == CQ_REGISTERED_REFUSED)
            continue;
        code = write_slip(f, parties, batch, &batch->list[i], trial, err);
        if (!code)
            code = flush(&f->html, fd, err);
    }
    cq_parties_close(parties);
    return code;
}

enum cq_code cq_registrations_write_slips(const struct cq_registrations *batch, struct cq_db *db,
                                          int fd, const enum cq_language *languages,
                                          int language_count, bool trial, struct cq_err *err)
{
    struct cq_form f = {
        .law = batch->options->law, .languages = languages, .count = language_count};
    cq_form_open_page(&f, "slip", style);
    enum cq_code code = write_slips(&f, batch, db, fd, trial, err);
    cq_html_close(&f.html);
    cq_html_close(&f.html);
    if (!code && f.failed)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_html_done(&f.html, err);
    if (!code)
        code = flush(&f.html, fd, err);
    cq_html_fini(&f.html);
    return code;
}
