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
    bool failed; /* a code could not be drawn */
};

/* Writes a label in the form's languages: "Төлеуші / Плательщик". */
void cq_form_label(struct cq_form *form, const char *code);

void cq_form_person(struct cq_form *form, const struct cq_referral *referral,
                    const struct cq_patient *patient);
void cq_form_places(struct cq_form *form, const struct cq_referral *referral,
                    const struct cq_party *from, const struct cq_party *to);
void cq_form_care(struct cq_form *form, const struct cq_referral *referral);
void cq_form_law(struct cq_form *form, const struct cq_referral *referral);
void cq_form_dates(struct cq_form *form, const struct cq_referral *referral);

#endif
