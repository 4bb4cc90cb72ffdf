/* The sections of a form, from top to bottom. */
#ifndef CQ_REFERRALS_FORM_PARTS_H
#define CQ_REFERRALS_FORM_PARTS_H

#include "text/html.h"
#include "cq/law.h"
#include "cq/referral.h"
#include "referrals/parties.h"

struct cq_form {
    struct cq_html html;
    const struct cq_law *law;
    const enum cq_language *languages;
    int count;   /* of languages */
    bool failed; /* a code could not be drawn, or a text not be made */
};

/* Writes a label in the form's languages: "Төлеуші / Плательщик". */
void cq_form_label(struct cq_form *form, const char *code);

/* Writes a label as a line for each of the languages. */
void cq_form_lines(struct cq_form *form, const char *code);

/* Opens the page, to its body. Shape: title is the code of a label. */
void cq_form_open_page(struct cq_form *form, const char *title, const char *style);

/* Opens a section with its heading; the caller closes its list. */
void cq_form_section(struct cq_form *form, const char *code);

/* Opens a row of a section, with its label; the caller closes it. */
void cq_form_row(struct cq_form *form, const char *code);

/* A row with a text, with a code in words, with papers in words ("id_card+service_id"), with a facility;
 * none where it is empty. */
void cq_form_text(struct cq_form *form, const char *code, const struct cq_text *text);
void cq_form_code(struct cq_form *form, const char *name, const char *kind,
                  const struct cq_text *code);
void cq_form_papers(struct cq_form *form, const char *code, const struct cq_text *papers);
void cq_form_party(struct cq_form *form, const char *code, const struct cq_party *party);

void cq_form_person(struct cq_form *form, const struct cq_referral *referral,
                    const struct cq_patient *patient);
void cq_form_places(struct cq_form *form, const struct cq_referral *referral,
                    const struct cq_party *from, const struct cq_party *to);
void cq_form_care(struct cq_form *form, const struct cq_referral *referral);
void cq_form_law(struct cq_form *form, const struct cq_referral *referral);
void cq_form_dates(struct cq_form *form, const struct cq_referral *referral);

#endif
