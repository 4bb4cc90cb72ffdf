/* What the parts of referrals tell each other: the columns of the table and the drafts. */
#ifndef CQ_REFER_PRIVATE_H
#define CQ_REFER_PRIVATE_H

#include "cq/refer.h"

/* Columns of the table as they are written and read; texts in the order of CQ_REFERRAL_*. */
enum {
    CQ_RC_ID, CQ_RC_STATUS, CQ_RC_IIN, CQ_RC_SERVICE, CQ_RC_DESTINATION, CQ_RC_INDICATED,
    CQ_RC_PACKAGE, CQ_RC_DUTY_INJURY, CQ_RC_URGENCY, CQ_RC_PLANNED_ON, CQ_RC_CATEGORY,
    CQ_RC_AGENCY, CQ_RC_FACTS, CQ_RC_RUN, CQ_RC_ISSUED_ON, CQ_RC_ISSUED_AT, CQ_RC_VALID_UNTIL,
    CQ_RC_TEXT, CQ_RC_COUNT = CQ_RC_TEXT + CQ_REFERRAL_TEXTS
};
#define CQ_RC_AFTER_STATUS                                                                         \
    "iin, service, destination, indicated, package, duty_injury, urgency, planned_on, category, " \
    "agency, facts, run, issued_on, issued_at, valid_until, profile, diagnosis, indication, "     \
    "from_facility, referrer, bureau_code, outcome, provider, facility, payer, referral, basis, " \
    "rule, reasons, certainty, documents, gaps, law, engine"

/* Moves are numbered from 1 in the low bits of an event's id. */
#define CQ_EVENT_BITS 8

struct cq_draft {
    struct cq_referral referral;
    int region;
    long line;
};

/* Texts lie in blocks that never move, so that drafts can point at them. */
struct cq_draft_block {
    struct cq_draft_block *before;
    size_t used, size;
    char bytes[];
};

struct cq_drafts {
    struct cq_draft *list;
    size_t count, room;
    struct cq_draft_block *block;
};

#endif
