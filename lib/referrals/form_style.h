/* The style sheet of forms. */
#ifndef CQ_REFERRALS_FORM_STYLE_H
#define CQ_REFERRALS_FORM_STYLE_H

extern const char cq_form_style[];

#endif
