/* Drafts: referrals that were decided and have no numbers yet. */
#ifndef CQ_REFERRALS_DRAFTS_H
#define CQ_REFERRALS_DRAFTS_H

#include "cq/referral.h"
#include "referrals/bookings.h"
#include "referrals/texts.h"

struct cq_draft {
    struct cq_referral referral;
    int region;
    long line;
    size_t choice, choices; /* among those of the drafts */
    bool names_facility;    /* the request does, and the registry has no choice */
};

struct cq_drafts {
    struct cq_draft *list;
    size_t count, room;
    struct cq_choice *choices;
    size_t choice_count, choice_room;
    struct cq_texts *texts;
};

/* Owner: caller, cq_drafts_free. Errors: NULL without memory. */
struct cq_drafts *cq_drafts_new(void);
void cq_drafts_free(struct cq_drafts *drafts);

/* Keeps a copy of a referral that is to be issued, texts included.
 * Shape: number, status, expected_on and issued_at are not set yet; region 0-99 goes into the
 * number; line is for messages. Errors: CQ_B_NOMEM. */
enum cq_code cq_drafts_add(struct cq_drafts *drafts, const struct cq_referral *referral, int region,
                           long line);

/* Notes that the last draft's facility is one that the request named. */
void cq_drafts_name_facility(struct cq_drafts *drafts);

/* Adds a facility that the last draft may be sent to. Without any, its facility stays
 * and every day is free. Shape: choice->facility outlives the drafts. Errors: CQ_B_NOMEM. */
enum cq_code cq_drafts_add_choice(struct cq_drafts *drafts, const struct cq_choice *choice);

#endif
