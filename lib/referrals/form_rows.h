/* Rows of a form: a label and a value. A value that has words stands in each language, one beside the
 * other; one without language stands once. */
#ifndef CQ_REFERRALS_FORM_ROWS_H
#define CQ_REFERRALS_FORM_ROWS_H

#include "text/html.h"
#include "cq/law.h"
#include "cq/str.h"

struct cq_form {
    struct cq_html html;
    const struct cq_law *law;
    const enum cq_language *languages;
    int count;   /* of languages */
    bool brief;  /* paragraphs are named without what they say */
    bool failed; /* a code could not be drawn, or there was no memory */
};

/* How wide a row is: one of two columns, or both. */
enum cq_form_width { CQ_FORM_HALF, CQ_FORM_WIDE };

/* Writes a label in the form's languages: "Төлеуші / Плательщик". */
void cq_form_label(struct cq_form *form, const char *code);

/* Writes a label as a line for each of the languages. */
void cq_form_lines(struct cq_form *form, const char *code);

/* Opens the page, to its body. Shape: title is the code of a label. */
void cq_form_open_page(struct cq_form *form, const char *title, const char *style);

/* Begins a section with its heading; cq_html_close ends it. */
void cq_form_section(struct cq_form *form, const char *code);

/* Begins a row whose value has no language; cq_form_close_row ends it. */
void cq_form_open_row(struct cq_form *form, const char *label, enum cq_form_width width);
/* Begins the part of a row in one language, the first of them first. */
void cq_form_open_part(struct cq_form *form, const char *label, int language,
                       enum cq_form_width width);
void cq_form_close_row(struct cq_form *form);

/* Whole rows; nothing is written where the value is empty, or the day is open. */
void cq_form_text(struct cq_form *form, const char *label, struct cq_text text,
                  enum cq_form_width width);
void cq_form_day(struct cq_form *form, const char *label, int32_t day);
/* Codes joined by ';' as their words; a code without words is written as it is. */
void cq_form_codes(struct cq_form *form, const char *label, const char *kind, struct cq_text codes);
/* The words of a code, or the text as it was written. */
void cq_form_code_or_text(struct cq_form *form, const char *label, const char *kind,
                          struct cq_text text);
/* Papers ("id_card+service_id") in words. */
void cq_form_papers(struct cq_form *form, const char *label, struct cq_text papers);
/* A line to be filled in by hand. */
void cq_form_blank(struct cq_form *form, const char *label, enum cq_form_width width);

/* Lines to be filled in by hand, as many as the page has room for. */
void cq_form_hand(struct cq_form *form, const char *label, const char *class);

/* A day as DD.MM.YYYY; the words of a code in a language, NULL where there are none. */
void cq_form_put_day(struct cq_form *form, int32_t day);
const char *cq_form_word(const struct cq_form *form, const char *kind, struct cq_text code,
                         enum cq_language language);

#endif
