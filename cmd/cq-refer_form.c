/* cq-refer print: referrals on paper. One HTML file, an A4 page a referral, in Kazakh and Russian
 * side by side, or in English; the number as a QR code and as text. No script, nothing from
 * outside. */
#include <qrencode.h>
#include <string.h>

#include "cq-refer.h"
#include "cq-refer_words.h"
#include "cq/date.h"
#include "cq/html.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/refno.h"

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

struct form {
    struct cq_html html;
    const struct cq_law *law;
    enum cq_language languages[2];
    int count;               /* of languages */
    bool failed;             /* a code could not be drawn */
};

static const char *const language_codes[CQ_LANGUAGES] = {"kk", "ru", "en"};

static const char *word(const char *group, const char *code, size_t len,
                        enum cq_language language)
{
    const char *const *words = cq_refer_words(group, code, len);
    return words ? words[language] : NULL;
}

/* "Төлеуші / Плательщик" */
static void label(struct form *f, const char *code)
{
    for (int i = 0; i < f->count; i++) {
        const char *text = word("label", code, strlen(code), f->languages[i]);
        const char *before = i ? word("label", code, strlen(code), f->languages[0]) : NULL;
        if (before && strcmp(before, text) == 0)
            continue;
        if (i)
            cq_html_text(&f->html, " / ");
        cq_html_leaf(&f->html, "span", text, "lang", language_codes[f->languages[i]],
                     CQ_HTML_END);
    }
}

static void heading(struct form *f, const char *code)
{
    cq_html_open(&f->html, "h2", CQ_HTML_END);
    label(f, code);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "dl", CQ_HTML_END);
}

static void put_label(struct form *f, const char *code)
{
    cq_html_open(&f->html, "dt", CQ_HTML_END);
    label(f, code);
    cq_html_close(&f->html);
}

static void open_row(struct form *f, const char *code)
{
    put_label(f, code);
    cq_html_open(&f->html, "dd", CQ_HTML_END);
}

/* A row with a line in each language, side by side. */
static void open_lines(struct form *f, const char *code, bool soft)
{
    put_label(f, code);
    const char *class = f->count > 1 ? (soft ? "two soft" : "two") : soft ? "soft" : NULL;
    cq_html_open(&f->html, "dd", "class", class, CQ_HTML_END);
}

static void row_text(struct form *f, const char *code, const struct cq_text *text)
{
    if (text->len == 0)
        return;
    open_row(f, code);
    cq_html_part(&f->html, text->ptr, text->len);
    cq_html_close(&f->html);
}

static void open_line(struct form *f, enum cq_language language)
{
    cq_html_open(&f->html, "p", "lang", language_codes[language], CQ_HTML_END);
}

/* A code in each language; the code itself where no words are known for it. */
static void row_code(struct form *f, const char *name, const char *group,
                     const struct cq_text *code)
{
    if (code->len == 0)
        return;
    open_lines(f, name, strcmp(name, "certainty") == 0);
    for (int i = 0; i < f->count; i++) {
        const char *text = word(group, code->ptr, code->len, f->languages[i]);
        open_line(f, f->languages[i]);
        if (text)
            cq_html_text(&f->html, text);
        else
            cq_html_part(&f->html, code->ptr, code->len);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

static struct cq_text text_of(const char *string)
{
    return (struct cq_text){string, strlen(string)};
}

/* The next part of a list joined by ';'. */
static bool next_part(struct cq_text *rest, struct cq_text *part)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, ';', rest->len);
    *part = (struct cq_text){rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    size_t taken = part->len + (end != NULL);
    rest->ptr += taken;
    rest->len -= taken;
    return true;
}

/* --- the parts of a form --- */

static void put_person(struct form *f, const struct cq_referral *r, const struct cq_patient *p)
{
    const struct cq_agency *agency = cq_law_agency_number(f->law, r->agency);
    const struct cq_text names[] = {p->last_name, p->first_name, p->middle_name};
    const struct cq_text category = text_of(cq_fact_value_name(CQ_FACT_CATEGORY, r->category));
    char iin[12], day[10];
    heading(f, "person");
    open_row(f, "name");
    for (int i = 0; i < 3; i++) {
        if (i && names[i].len)
            cq_html_text(&f->html, " ");
        cq_html_part(&f->html, names[i].ptr, names[i].len);
    }
    cq_html_close(&f->html);
    put_label(f, p->birth == CQ_DAY_MIN ? "iin" : "iin_birth");
    cq_html_open(&f->html, "dd", "class", "two", CQ_HTML_END);
    cq_html_open(&f->html, "p", CQ_HTML_END);
    cq_html_part(&f->html, iin, cq_iin_write(iin, r->iin));
    cq_html_close(&f->html);
    cq_html_open(&f->html, "p", CQ_HTML_END);
    cq_html_part(&f->html, day, cq_date_write(day, p->birth));
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    row_code(f, "category", "category", &category);
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
static void row_party(struct form *f, const char *code, const struct cq_party *party)
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

static void put_places(struct form *f, const struct cq_referral *r, const struct cq_party *from,
                       const struct cq_party *to)
{
    heading(f, "places");
    row_party(f, "from", from);
    row_text(f, "referrer", &r->text[CQ_REFERRAL_REFERRER]);
    if (to->code.len)
        row_party(f, "to", to);
    else
        row_code(f, "to", "provider", &r->text[CQ_REFERRAL_PROVIDER]);
    cq_html_close(&f->html);
}

/* "service:no_specialist;service:no_equipment;residence:no_organisation": each place once. */
static void put_fallback(struct form *f, struct cq_text rest, enum cq_language language)
{
    struct cq_text part, before = {"", 0};
    bool first = true;
    while (next_part(&rest, &part)) {
        const char *colon = memchr(part.ptr, ':', part.len);
        if (!colon)
            continue;
        const struct cq_text place = {part.ptr, (size_t)(colon - part.ptr)};
        const char *lack = word("lack", colon + 1, part.len - place.len - 1, language);
        bool same = place.len == before.len && memcmp(place.ptr, before.ptr, place.len) == 0;
        const char *where = word("place", place.ptr, place.len, language);
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

static void row_fallback(struct form *f, const struct cq_text *fallback)
{
    if (fallback->len == 0)
        return;
    open_lines(f, "fallback", true);
    for (int i = 0; i < f->count; i++) {
        open_line(f, f->languages[i]);
        put_fallback(f, *fallback, f->languages[i]);
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

static void put_care(struct form *f, const struct cq_referral *r)
{
    const struct cq_text service = text_of(cq_fact_value_name(CQ_FACT_SERVICE, r->service));
    heading(f, "care");
    row_code(f, "service", "service", &service);
    row_text(f, "profile", &r->text[CQ_REFERRAL_PROFILE]);
    if (r->measure != CQ_UNKNOWN) {
        const struct cq_text measure = text_of(cq_measure_names[r->measure]);
        row_code(f, "measure", "measure", &measure);
    }
    if (r->urgency != CQ_UNKNOWN) {
        const struct cq_text urgency = text_of(cq_urgency_names[r->urgency]);
        row_code(f, "urgency", "urgency", &urgency);
    }
    row_text(f, "diagnosis", &r->text[CQ_REFERRAL_DIAGNOSIS]);
    row_text(f, "indication", &r->text[CQ_REFERRAL_INDICATION]);
    row_fallback(f, &r->text[CQ_REFERRAL_FALLBACK]);
    row_text(f, "bureau", &r->text[CQ_REFERRAL_BUREAU_CODE]);
    if (r->consent != CQ_UNKNOWN) {
        const struct cq_text answer = text_of(r->consent == CQ_YES ? "yes" : "no");
        row_code(f, "consent", "answer", &answer);
    }
    cq_html_close(&f->html);
}

/* Each citation with what it says. */
static void row_basis(struct form *f, const struct cq_text *basis)
{
    struct cq_text rest = *basis, part;
    if (basis->len == 0)
        return;
    open_lines(f, "ground", true);
    while (next_part(&rest, &part)) {
        const struct cq_citation *citation = cq_law_citation(f->law, part.ptr, part.len);
        for (int i = 0; i < f->count; i++) {
            open_line(f, f->languages[i]);
            if (i == 0) {
                cq_html_open(&f->html, "b", CQ_HTML_END);
                cq_html_part(&f->html, part.ptr, part.len);
                cq_html_close(&f->html);
                cq_html_text(&f->html, " ");
            }
            if (citation)
                cq_html_text(&f->html, citation->summary[f->languages[i]]);
            cq_html_close(&f->html);
        }
    }
    cq_html_close(&f->html);
}

static void row_gaps(struct form *f, const struct cq_text *gaps)
{
    struct cq_text rest = *gaps, part;
    if (gaps->len == 0)
        return;
    open_lines(f, "gaps", true);
    while (next_part(&rest, &part))
        for (size_t g = 0; g < f->law->gap_count; g++) {
            const struct cq_gap *gap = &f->law->gaps[g];
            if (strlen(gap->id) != part.len || memcmp(gap->id, part.ptr, part.len) != 0)
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

/* "id_card+service_id", "birth_certificate/id_card" */
static void row_documents(struct form *f, const struct cq_text *documents)
{
    if (documents->len == 0)
        return;
    open_lines(f, "documents", false);
    for (int i = 0; i < f->count; i++) {
        const char *at = documents->ptr, *end = at + documents->len;
        open_line(f, f->languages[i]);
        while (at < end) {
            size_t len = 0;
            while (at + len < end && at[len] != '+' && at[len] != '/')
                len++;
            const char *text = word("document", at, len, f->languages[i]);
            if (text)
                cq_html_text(&f->html, text);
            else
                cq_html_part(&f->html, at, len);
            at += len;
            const char *join = at < end ? word("join", at, 1, f->languages[i]) : NULL;
            if (join)
                cq_html_text(&f->html, join);
            at += at < end;
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
}

static void put_law(struct form *f, const struct cq_referral *r)
{
    heading(f, "law");
    row_code(f, "payer", "payer", &r->text[CQ_REFERRAL_PAYER]);
    row_basis(f, &r->text[CQ_REFERRAL_BASIS]);
    row_code(f, "conditions", "reason", &r->text[CQ_REFERRAL_REASONS]);
    row_code(f, "certainty", "certainty", &r->text[CQ_REFERRAL_CERTAINTY]);
    row_gaps(f, &r->text[CQ_REFERRAL_GAPS]);
    row_documents(f, &r->text[CQ_REFERRAL_DOCUMENTS]);
    cq_html_close(&f->html);
}

static void put_day(struct form *f, const char *code, int32_t day)
{
    char text[10];
    size_t len = cq_date_write(text, day);
    if (len == 0)
        return;
    cq_html_open(&f->html, "div", CQ_HTML_END);
    open_row(f, code);
    cq_html_part(&f->html, text, len);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
}

static void put_dates(struct form *f, const struct cq_referral *r)
{
    cq_html_open(&f->html, "h2", CQ_HTML_END);
    label(f, "dates");
    cq_html_close(&f->html);
    cq_html_open(&f->html, "dl", "class", "days", CQ_HTML_END);
    put_day(f, "issued_on", r->issued_on);
    put_day(f, "planned_on", r->planned_on);
    put_day(f, "expected_on", r->expected_on);
    put_day(f, "valid_until", r->valid_until);
    cq_html_close(&f->html);
}

/* The dark modules as one path, with the quiet zone of four that the standard asks for. */
static void put_qr(struct form *f, const char *text)
{
    enum { QUIET = 4 };
    QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    struct cq_str path = {0}, box = {0};
    enum cq_code code = qr ? CQ_OK : CQ_B_NOMEM;
    for (int y = 0; !code && y < qr->width; y++)
        for (int x = 0; !code && x < qr->width; x++)
            if (qr->data[y * qr->width + x] & 1)
                code = cq_str_addf(&path, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    if (!code)
        code = cq_str_addf(&box, "0 0 %d %d", qr->width + 2 * QUIET, qr->width + 2 * QUIET);
    if (!code) {
        cq_html_open(&f->html, "svg", "viewBox", box.ptr, "role", "img", "aria-label", text,
                     "shape-rendering", "crispEdges", CQ_HTML_END);
        cq_html_leaf(&f->html, "path", "", "d", path.ptr, CQ_HTML_END);
        cq_html_close(&f->html);
    }
    f->failed = f->failed || code;
    QRcode_free(qr);
    cq_str_free(&path);
    cq_str_free(&box);
}

static void put_header(struct form *f, const struct cq_referral *r, const char *number)
{
    bool open = cq_states_open() >> r->status & 1;
    cq_html_open(&f->html, "header", CQ_HTML_END);
    cq_html_open(&f->html, "div", CQ_HTML_END);
    cq_html_open(&f->html, "h1", CQ_HTML_END);
    label(f, "title");
    cq_html_close(&f->html);
    cq_html_leaf(&f->html, "p", number, "class", "number", CQ_HTML_END);
    if (!open) {
        const char *state = cq_state_names[r->status];
        cq_html_open(&f->html, "p", "class", "closed", CQ_HTML_END);
        for (int i = 0; i < f->count; i++) {
            cq_html_text(&f->html, i ? " / " : "");
            cq_html_text(&f->html, word("state", state, strlen(state), f->languages[i]));
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
    put_qr(f, number);
    cq_html_close(&f->html);
}

static void put_end(struct form *f, const struct cq_referral *r)
{
    static const char *const lines[] = {"signed_by", "headed_by", "taken_by"};
    const struct cq_text *receipt = &r->text[CQ_REFERRAL_RECEIPT];
    cq_html_open(&f->html, "div", "class", "sign", CQ_HTML_END);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cq_html_open(&f->html, "p", CQ_HTML_END);
        label(f, lines[i]);
        if (i == 1) {
            cq_html_text(&f->html, " · ");
            label(f, "seal");
        }
        cq_html_close(&f->html);
    }
    cq_html_close(&f->html);
    cq_html_open(&f->html, "footer", CQ_HTML_END);
    label(f, "receipt");
    cq_html_text(&f->html, ": ");
    cq_html_part(&f->html, receipt->ptr, receipt->len);
    cq_html_close(&f->html);
}

/* --- the file --- */

static enum cq_code put_form(struct cq_refer *s, struct form *f, struct cq_paper *paper,
                             const struct cq_referral *r)
{
    struct cq_patient patient;
    struct cq_party from, to;
    char number[CQ_REFNO_LENGTH + 1] = "";
    struct cq_err *err = &s->cli->err;
    cq_paper_clear(paper);
    enum cq_code code = cq_paper_patient(paper, r, &patient, err);
    if (!code)
        code = cq_paper_party(paper, r, &r->text[CQ_REFERRAL_FROM_FACILITY], &from, err);
    if (!code)
        code = cq_paper_party(paper, r, &r->text[CQ_REFERRAL_FACILITY], &to, err);
    if (code)
        return code;
    cq_refno_write(number, r->number);
    cq_html_open(&f->html, "main", CQ_HTML_END);
    put_header(f, r, number);
    put_person(f, r, &patient);
    put_places(f, r, &from, &to);
    put_care(f, r);
    put_law(f, r);
    put_dates(f, r);
    put_end(f, r);
    cq_html_close(&f->html);
    return CQ_OK;
}

static void open_page(struct form *f)
{
    cq_html_raw(&f->html, "<!DOCTYPE html>\n");
    cq_html_open(&f->html, "html", "lang", language_codes[f->languages[0]], CQ_HTML_END);
    cq_html_open(&f->html, "head", CQ_HTML_END);
    cq_html_void(&f->html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(&f->html, "meta", "name", "viewport", "content", "width=device-width",
                 CQ_HTML_END);
    cq_html_leaf(&f->html, "title", word("label", "title", strlen("title"), f->languages[0]),
                 CQ_HTML_END);
    cq_html_open(&f->html, "style", CQ_HTML_END);
    cq_html_raw(&f->html, style);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "body", CQ_HTML_END);
}

static enum cq_code write_out(struct cq_cli *cli, struct cq_html *html)
{
    enum cq_code code = cq_refer_write(cli, html->out.ptr, html->out.len);
    cq_str_clear(&html->out);
    return code;
}

/* Form by form: no lock is held while a reader of our output is waited for. */
static enum cq_code put_forms(struct cq_refer *s, struct form *f, const struct cq_numbers *numbers)
{
    struct cq_cli *cli = s->cli;
    struct cq_referral_reader *reader = NULL;
    struct cq_paper *paper = NULL;
    struct cq_referral referral;
    bool found;
    enum cq_code code = cq_referral_reader_open(&reader, &s->db, cli->known_at, &cli->err);
    if (!code)
        code = cq_paper_open(&paper, &s->db, &cli->err);
    for (size_t i = 0; i < numbers->count && !code; i++) {
        code = cq_db_begin_read(&s->db, &cli->err);
        if (!code)
            code = cq_referral_read(reader, numbers->list[i], &referral, &found, &cli->err);
        if (!code && found)
            code = put_form(s, f, paper, &referral);
        else if (!code)
            cq_refer_tell_missing(s, numbers->list[i]);
        cq_db_rollback(&s->db);
        if (!code)
            code = write_out(cli, &f->html);
    }
    cq_referral_reader_close(reader);
    cq_paper_close(paper);
    return code;
}

void cq_refer_form(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    struct form f = {.law = s->law, .languages = {CQ_KK, CQ_RU}, .count = 2};
    if (cli->language_given && cli->language == CQ_EN) {
        f.languages[0] = CQ_EN;
        f.count = 1;
    }
    enum cq_code code = cq_refer_numbers(s, &numbers);
    if (!code)
        code = cq_db_open(&s->db, cli->db, CQ_DB_READ, CQ_REFER_WAIT_MS, &cli->err);
    open_page(&f);
    if (!code)
        code = put_forms(s, &f, &numbers);
    cq_html_close(&f.html);
    cq_html_close(&f.html);
    if (!code && f.failed)
        code = cq_err_set(&cli->err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_html_done(&f.html, &cli->err);
    if (!code)
        write_out(cli, &f.html);
    cq_html_fini(&f.html);
    cq_numbers_free(&numbers);
}
