/* The sections of a form, from top to bottom. */
#ifndef CQ_REFERRALS_FORM_PARTS_H
#define CQ_REFERRALS_FORM_PARTS_H

#include "cq/referral.h"
#include "referrals/form_rows.h"
#include "referrals/parties.h"

/* A referral with what a form shows beside it. */
struct cq_form_page {
    const struct cq_referral *referral;
    struct cq_patient patient;
    struct cq_party from, to;
    int32_t answer_by;               /* CQ_DAY_MIN where nobody has to answer */
    const struct cq_numbers *led_to; /* the referrals that name this one as found_in */
};

void cq_form_person(struct cq_form *form, const struct cq_form_page *page);
void cq_form_places(struct cq_form *form, const struct cq_form_page *page);
void cq_form_care(struct cq_form *form, const struct cq_form_page *page);
void cq_form_law(struct cq_form *form, const struct cq_form_page *page);
void cq_form_dates(struct cq_form *form, const struct cq_form_page *page);

/* "Қасымов Дәурен Әлиұлы"; its name and region, the code where it has no name. */
void cq_form_put_name(struct cq_form *form, const struct cq_patient *patient);
void cq_form_put_party(struct cq_form *form, const struct cq_party *party,
                       enum cq_language language);
/* A row with a facility; none where it is empty. */
void cq_form_party(struct cq_form *form, const char *label, const struct cq_party *party,
                   enum cq_form_width width);
void cq_form_put_number(struct cq_form *form, int64_t number);

/* The letter in which the receiving organisation answers. Shape: the referral has an answer. */
void cq_form_answer(struct cq_form *form, const struct cq_form_page *page);

#endif
