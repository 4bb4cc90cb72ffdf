/* Verification of referrals: seals, events and their chain, and a replay of each decision. */
#ifndef CQ_VERIFY_H
#define CQ_VERIFY_H

#include "cq/law.h"
#include "cq/referral.h"

/* What verification can find. */
enum cq_verified {
    CQ_VERIFIED_SEAL,       /* a frozen column was altered */
    CQ_VERIFIED_NUMBER,     /* the number does not match the day of issue */
    CQ_VERIFIED_STATUS,     /* the state is not that of the last event */
    CQ_VERIFIED_EVENTS,     /* the sequence of events is not allowed */
    CQ_VERIFIED_LINK,       /* an event was altered or inserted */
    CQ_VERIFIED_PEOPLE,     /* rows of the person, sponsor or cover were altered */
    CQ_VERIFIED_FACILITIES, /* rows of facilities were altered */
    CQ_VERIFIED_RUNS,       /* rows of runs were altered */
    CQ_VERIFIED_FACTS,      /* the registry as known then gives other facts */
    CQ_VERIFIED_DECISION,   /* the law of that day decides otherwise; under other tables, too */
    CQ_VERIFIED_MISSING,    /* there is no such referral; detail: how many serials are missing */
    CQ_VERIFIED_ORPHAN,     /* events of a referral that does not exist */
    CQ_VERIFIED_CHAIN,      /* the chain of all events has a gap or another end */
    CQ_VERIFIED_BINDING,    /* what the acts bind it to is not recorded, or not in order */
    CQ_VERIFIED_KINDS
};

extern const char *const cq_verified_names[CQ_VERIFIED_KINDS + 1]; /* NULL at the end */

struct cq_verify_finding {
    int64_t number; /* 0 where no referral is concerned */
    enum cq_verified kind;
    const char *detail; /* codes only; "" for nothing */
};

typedef void cq_verify_finding_fn(const struct cq_verify_finding *finding, void *context);

struct cq_verify {
    const struct cq_law *law;
    cq_verify_finding_fn *report; /* called for each finding, in order of the numbers */
    void *context;
    int64_t referrals, findings; /* counts, set by the verification */
    int64_t other_law;           /* of the referrals, decided under other tables than these */
    int64_t earlier;             /* decided on the facts of earlier tables: not decided again */
};

/* Replays every decision as of its moment, from the rows of its run and the law of its day; checks
 * seals, numbers, events and their chain. Where the fingerprint of the law differs, the given
 * tables decide, and the detail says so; a decision on the facts of earlier tables is not replayed.
 * Shape: numbers NULL for all referrals; then the gaps between them and the chain are checked too.
 * Inside a reader's transaction. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_referrals_verify(struct cq_db *db, struct cq_verify *verify,
                                 const struct cq_numbers *numbers, struct cq_err *err);

#endif
