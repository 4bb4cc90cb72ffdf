/* A batch of transitions at work, and the checks of single actions. */
#ifndef CQ_REFERRALS_TRANSITION_JOB_H
#define CQ_REFERRALS_TRANSITION_JOB_H

#include "cq/calendar.h"
#include "cq/person.h"
#include "cq/transition.h"
#include "referrals/chain.h"

struct cq_transition_job {
    struct cq_db *db;
    const struct cq_transition_options *options;
    struct cq_referral_reader *reader;
    struct cq_people *people;    /* admission only */
    struct cq_calendar calendar; /* answers only, else without law */
    struct cq_chain chain;
    sqlite3_stmt *last, *set;
    struct cq_str differs; /* what of the right is not as it was frozen */
};

/* One of them: of a referral as it is, on a day. */
struct cq_transition_case {
    const struct cq_transition *transition;
    const struct cq_referral *referral;
    int32_t day;
};

/* What a check says: the transition is made; it is refused; its row is wrong. */
enum cq_transition_check { CQ_TRANSITION_GOOD, CQ_TRANSITION_REFUSED, CQ_TRANSITION_WRONG };

/* Reports a finding about a transition. Shape: column and detail NULL for none. */
void cq_transition_report(const struct cq_transition_job *job,
                          const struct cq_transition *transition, enum cq_code code,
                          const char *column, const char *detail);

/* Whether the person may be admitted: what the acts bind the referral to is recorded, and the right
 * on that day is as it was frozen. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_transition_check_admission(struct cq_transition_job *job,
                                           const struct cq_transition_case *c,
                                           enum cq_transition_check *check, struct cq_err *err);

/* Whether the receiving organisation may answer so, and whether it may refuse without a reason.
 * Errors: none. */
enum cq_transition_check cq_transition_check_answer(const struct cq_transition_job *job,
                                                    const struct cq_transition_case *c);
enum cq_transition_check cq_transition_check_refusal(const struct cq_transition_job *job,
                                                     const struct cq_transition_case *c);

/* The reason of a refusal, as its code where it has one; others as they are. */
struct cq_text cq_transition_reason(const struct cq_transition_job *job,
                                    const struct cq_transition_case *c);

/* Says that an answer came after the last day for it (O281:7). */
void cq_transition_warn_late(const struct cq_transition_job *job,
                             const struct cq_transition_case *c);

/* Warns of a stay that was accepted, and not answered with a day. */
void cq_transition_warn_dayless(const struct cq_transition_job *job,
                                const struct cq_transition_case *c);

/* Says where the person goes, if that reason asks for it. */
void cq_transition_warn_onward(const struct cq_transition_job *job,
                               const struct cq_transition_case *c);

#endif
