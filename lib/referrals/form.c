/* Referrals as forms to print. One HTML file, an A4 page a referral, in Kazakh and Russian side by
 * side, or in English; the number as a QR code and as text. No script, no external resources. */
#include "cq/referral_output.h"

#include <string.h>

#include "cq/fd.h"
#include "cq/refno.h"
#include "referrals/form_parts.h"
#include "referrals/states.h"
#include "text/html_qr.h"

static const char style[] =
    "@page{size:A4;margin:10mm 14mm 9mm}\n"
    "*{box-sizing:border-box}\n"
    "html{color-scheme:light}\n"
    "body{margin:0;background:#e9ecef;color:#000;font:9pt/1.22 'Noto Sans','Segoe UI',"
    "'Liberation Sans','DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums lining-nums}\n"
    "main{width:210mm;min-height:297mm;margin:6mm auto;padding:10mm 14mm 9mm;background:#fff}\n"
    "header{display:grid;grid-template-columns:1fr auto;gap:0 8mm;align-items:end;"
    "padding-bottom:1mm;border-bottom:.6mm solid #000}\n"
    "h1{font-size:19pt;line-height:1.15;font-weight:600;margin:0 0 1.5mm}\n"
    ".number{font-size:13pt;font-weight:600;letter-spacing:.03em;margin:0 0 2mm}\n"
    ".closed{font-size:11pt;font-weight:600;margin:0 0 2mm}\n"
    "svg{display:block;width:27mm;height:27mm;margin:-3mm -3mm 0 0}\n"
    "h2{font-size:8.6pt;line-height:1.3;font-weight:600;margin:2.2mm 0 .5mm;break-after:avoid}\n"
    "dl{display:grid;grid-template-columns:50mm 1fr;margin:0;border-top:.25mm solid #555}\n"
    "dt,dd{margin:0;padding:.5mm 0;border-bottom:.1mm solid #aaa}\n"
    "dt{font-size:7.3pt;line-height:1.2;padding:.65mm 4mm .4mm 0}\n"
    "dd{overflow-wrap:anywhere}\n"
    "dd p{margin:0}\n"
    ".two{display:grid;grid-template-columns:1fr 1fr;gap:0 6mm}\n"
    ".soft{font-size:7.5pt;line-height:1.2}\n"
    ".soft p+p+p{margin-top:.6mm}\n"
    ".days{grid-template-columns:repeat(4,1fr)}\n"
    ".days div{padding:.6mm 4mm .6mm 0}\n"
    ".days dt,.days dd{border:0;padding:0}\n"
    ".days dd{font-weight:600}\n"
    ".sign{display:grid;grid-template-columns:repeat(3,1fr);gap:8mm;margin-top:11mm;"
    "break-inside:avoid}\n"
    ".sign p{margin:0;padding-top:1mm;border-top:.25mm solid #000;font-size:7.8pt;"
    "line-height:1.25}\n"
    "footer{margin-top:3mm;font-size:6.6pt;line-height:1.3;overflow-wrap:anywhere}\n"
    "@media print{body{background:#fff}main{width:auto;min-height:0;margin:0;padding:0;"
    "break-after:page}main:last-child{break-after:auto}}\n";

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

static void write_footer(struct cq_form *f, const struct cq_referral *r)
{
    static const char *const lines[] = {"signed_by", "headed_by", "taken_by"};
    const struct cq_text *receipt = &r->text[CQ_REFERRAL_RECEIPT];
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

static enum cq_code write_form(struct cq_form *f, struct cq_parties *parties,
                               const struct cq_referral *r, struct cq_err *err)
{
    struct cq_patient patient;
    struct cq_party from, to;
    char number[CQ_REFNO_LENGTH + 1] = "";
    cq_parties_clear(parties);
    enum cq_code code = cq_parties_read_patient(parties, r->version, &patient, err);
    if (!code)
        code = cq_parties_read_facility(parties, r->run, &r->text[CQ_REFERRAL_FROM_FACILITY], &from,
                                        err);
    if (!code)
        code = cq_parties_read_facility(parties, r->run, &r->text[CQ_REFERRAL_FACILITY], &to, err);
    if (code)
        return code;
    cq_refno_write(number, r->number);
    cq_html_open(&f->html, "main", CQ_HTML_END);
    write_header(f, r, number);
    cq_form_person(f, r, &patient);
    cq_form_places(f, r, &from, &to);
    cq_form_care(f, r);
    cq_form_law(f, r);
    cq_form_dates(f, r);
    write_footer(f, r);
    cq_html_close(&f->html);
    return CQ_OK;
}

static enum cq_code flush(struct cq_html *html, int fd, struct cq_err *err)
{
    enum cq_code code = cq_fd_write(fd, html->out.ptr, html->out.len, err);
    cq_str_clear(&html->out);
    return code;
}

/* Writes form by form: no lock is held while the output blocks. */
static enum cq_code write_forms(struct cq_form *f, const struct cq_referral_output *output,
                                const struct cq_numbers *numbers, struct cq_err *err)
{
    struct cq_referral_reader *reader = NULL;
    struct cq_parties *parties = NULL;
    struct cq_referral referral;
    bool found;
    enum cq_code code = cq_referral_reader_open(&reader, output->db, output->known_at, err);
    if (!code)
        code = cq_parties_open(&parties, output->db, err);
    for (size_t i = 0; i < numbers->count && !code; i++) {
        code = cq_db_begin_read(output->db, err);
        if (!code)
            code = cq_referral_read(reader, numbers->list[i], &referral, &found, err);
        if (!code && found)
            code = write_form(f, parties, &referral, err);
        else if (!code)
            output->missing(numbers->list[i], output->context);
        cq_db_rollback(output->db);
        if (!code)
            code = flush(&f->html, output->fd, err);
    }
    cq_referral_reader_close(reader);
    cq_parties_close(parties);
    return code;
}

enum cq_code cq_referrals_write_form(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers,
                                     const enum cq_language *languages, int language_count,
                                     struct cq_err *err)
{
    struct cq_form f = {.law = output->law, .languages = languages, .count = language_count};
    cq_form_open_page(&f, "title", style);
    enum cq_code code = write_forms(&f, output, numbers, err);
    cq_html_close(&f.html);
    cq_html_close(&f.html);
    if (!code && f.failed)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_html_done(&f.html, err);
    if (!code)
        code = flush(&f.html, output->fd, err);
    cq_html_fini(&f.html);
    return code;
}
