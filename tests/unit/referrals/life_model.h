/* What the acts bind referrals to, as a plain state machine over facts. It knows no tables: who sends,
 * what is recorded and when a move is possible stand here as the acts say it.
 * Sources: R78:13.1, R78:16, O61:3, O61:6(3), O61:8, O61:10, O61:12, O281:7-O281:12, O781:31,
 * O781:33, HC:166.2. */
#ifndef LIFE_MODEL_H
#define LIFE_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/referral.h"

enum { NO_OWNER, OWNER_MVD, OWNER_PHC, OWNER_PRESIDENTIAL, OWNER_OTHER };

/* What somebody asks for. Texts are stated or not: false. */
struct life_request {
    int32_t day;
    int service;
    bool emergency;
    int sender; /* owner of the facility that refers, NO_OWNER if none is stated */
    bool referrer, bureau, commission_no;
    int32_t commission_on; /* CQ_DAY_MIN if not stated */
    int consent, occasion, measure, paid_by;
    int found_in; /* a life, -1 if not stated, -2 for a number that is nobody's */
};

/* What was decided of it. */
struct life_decision {
    bool entitled;
    int category, destination, home;
    bool mvd;                                            /* an organisation of the bodies treats */
    bool specialist, mvd_or_phc, presidential;           /* who is to refer */
    bool wants_consent, wants_commission, wants_payment; /* conditions */
};

struct life {
    int person;
    struct life_request asked;
    struct life_decision decided;
    int64_t number;
    enum cq_state state;
    int32_t last_day, valid_until;
    bool bureau, commission_no;
    int32_t commission_on;
    int consent;
    enum cq_answered answer;
    int32_t answered_on, appointed_on;
    bool reason; /* of a refusal */
};

struct life_move {
    const char *action;
    int32_t day;
    bool reason, bureau, commission_no;
    int32_t commission_on, planned_on;
    int consent;
};

static inline int32_t life_day(int year, int month, int dom)
{
    return cq_date_make(year, month, dom);
}

/* A planned stay of somebody who lives elsewhere in one of the two cities. */
static inline bool life_is_far(const struct life_request *q, const struct life_decision *d)
{
    return q->service == CQ_SERVICE_INPATIENT && !q->emergency &&
           d->destination != CQ_DESTINATION_LOCAL && d->home == CQ_HOME_ELSEWHERE;
}

static inline bool life_needs_bureau(const struct life_request *q, const struct life_decision *d)
{
    bool family = d->category == CQ_CATEGORY_FAMILY || d->category == CQ_CATEGORY_PENSIONER ||
                  d->category == CQ_CATEGORY_CHILD_OF_FALLEN;
    if (!family || !d->mvd || q->emergency || q->service != CQ_SERVICE_INPATIENT)
        return false;
    return life_is_far(q, d) || q->day >= life_day(2020, 12, 2);
}

static inline bool life_is_answered(const struct life_request *q, const struct life_decision *d)
{
    return d->mvd && life_is_far(q, d);
}

/* Whether a referral of the first life can be the one during which a disorder was found. */
static inline bool life_was_found(const struct life *lives, const struct life_request *q,
                                  int person)
{
    if (q->found_in == -1)
        return true;
    if (q->service != CQ_SERVICE_MENTAL_HEALTH || q->found_in < 0)
        return false;
    const struct life *first = &lives[q->found_in];
    return first->person == person && first->asked.day <= q->day &&
           first->asked.service == CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION &&
           first->state != CQ_REJECTED && first->state != CQ_CANCELLED &&
           first->state != CQ_EXPIRED;
}

/* Whether it is issued. */
static inline bool life_is_issued(const struct life *lives, int person,
                                  const struct life_request *q, const struct life_decision *d)
{
    bool rules = q->day >= life_day(2022, 3, 7); /* the rules of rehabilitation are in force */
    if (!d->entitled || !life_was_found(lives, q, person))
        return false;
    if (d->specialist && (q->sender != OWNER_MVD || !q->referrer))
        return false;
    if (d->mvd_or_phc && q->sender != NO_OWNER && q->sender != OWNER_MVD && q->sender != OWNER_PHC)
        return false;
    if (d->presidential && q->sender != NO_OWNER && q->sender != OWNER_PRESIDENTIAL)
        return false;
    if (q->occasion >= 0 && (q->service != CQ_SERVICE_MEDICAL_REHABILITATION || !rules))
        return false;
    if (q->measure >= 0 && (q->service != CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION || !rules))
        return false;
    if ((q->paid_by >= 0) != d->wants_payment || (q->found_in >= 0 && !rules))
        return false;
    if ((q->commission_no || q->commission_on != CQ_DAY_MIN) && !d->wants_commission)
        return false;
    if (q->commission_on != CQ_DAY_MIN && q->commission_on > q->day)
        return false;
    return !(d->wants_consent && q->consent == CQ_NO);
}

static inline void life_begin(struct life *l, int person, const struct life_request *q,
                              const struct life_decision *d, int64_t number, int32_t valid_until)
{
    *l = (struct life){.person = person,
                       .asked = *q,
                       .decided = *d,
                       .number = number,
                       .state = CQ_ISSUED,
                       .last_day = q->day,
                       .valid_until = valid_until,
                       .bureau = q->bureau,
                       .commission_no = q->commission_no,
                       .commission_on = q->commission_on,
                       .consent = q->consent,
                       .answered_on = CQ_DAY_MIN,
                       .appointed_on = CQ_DAY_MIN};
}

enum life_outcome { LIFE_MADE, LIFE_REFUSED, LIFE_WRONG };

/* The state that a move leads to, -1 for none. */
static inline int life_next(const struct life *l, const struct life_move *m)
{
    bool issued = l->state == CQ_ISSUED, accepted = l->state == CQ_ACCEPTED;
    if (strcmp(m->action, "answer") == 0)
        return !issued ? -1 : m->planned_on != CQ_DAY_MIN ? CQ_ACCEPTED : CQ_REJECTED;
    if (strcmp(m->action, "accept") == 0)
        return issued ? CQ_ACCEPTED : -1;
    if (strcmp(m->action, "reject") == 0)
        return issued ? CQ_REJECTED : -1;
    if (strcmp(m->action, "admit") == 0)
        return accepted ? CQ_ADMITTED : -1;
    if (strcmp(m->action, "complete") == 0)
        return l->state == CQ_ADMITTED ? CQ_COMPLETED : -1;
    if (strcmp(m->action, "cancel") == 0)
        return issued || accepted ? CQ_CANCELLED : -1;
    return (issued || accepted) && m->day > l->valid_until ? CQ_EXPIRED : -1;
}

static inline enum life_outcome life_try_answer(const struct life *l, const struct life_move *m)
{
    if (!life_is_answered(&l->asked, &l->decided))
        return LIFE_REFUSED;
    if ((m->planned_on != CQ_DAY_MIN) == m->reason)
        return LIFE_WRONG;
    return m->planned_on != CQ_DAY_MIN && m->planned_on < m->day ? LIFE_WRONG : LIFE_MADE;
}

static inline enum life_outcome life_try_admission(const struct life *l, const struct life_move *m)
{
    const struct life_decision *d = &l->decided;
    int32_t on = m->commission_on != CQ_DAY_MIN ? m->commission_on : l->commission_on;
    int consent = m->consent != CQ_UNKNOWN ? m->consent : l->consent;
    if (!d->wants_commission && (m->commission_no || m->commission_on != CQ_DAY_MIN))
        return LIFE_WRONG;
    if (on != CQ_DAY_MIN && on > m->day)
        return LIFE_WRONG;
    if (life_needs_bureau(&l->asked, d) && !l->bureau && !m->bureau)
        return LIFE_REFUSED;
    if (d->wants_commission && (on == CQ_DAY_MIN || !(l->commission_no || m->commission_no)))
        return LIFE_REFUSED;
    return d->wants_consent && consent != CQ_YES ? LIFE_REFUSED : LIFE_MADE;
}

/* Makes a move, if it can be made. */
static inline enum life_outcome life_move(struct life *l, const struct life_move *m)
{
    bool answers = strcmp(m->action, "answer") == 0, rejects = strcmp(m->action, "reject") == 0;
    bool admits = strcmp(m->action, "admit") == 0;
    int next = life_next(l, m);
    enum life_outcome outcome = next < 0 ? LIFE_REFUSED : LIFE_MADE;
    if (outcome == LIFE_MADE && answers)
        outcome = life_try_answer(l, m);
    if (outcome == LIFE_MADE && rejects && !m->reason && life_is_answered(&l->asked, &l->decided))
        outcome = LIFE_REFUSED;
    if (outcome == LIFE_MADE && admits)
        outcome = life_try_admission(l, m);
    if (outcome == LIFE_MADE && m->day < l->last_day)
        outcome = LIFE_WRONG;
    if (outcome != LIFE_MADE)
        return outcome;
    l->state = (enum cq_state)next;
    l->last_day = m->day;
    l->bureau = l->bureau || m->bureau;
    l->commission_no = l->commission_no || m->commission_no;
    if (m->commission_on != CQ_DAY_MIN)
        l->commission_on = m->commission_on;
    if (m->consent != CQ_UNKNOWN)
        l->consent = m->consent;
    if (l->state == CQ_REJECTED || (answers && l->state == CQ_ACCEPTED)) {
        l->answer = l->state == CQ_REJECTED ? CQ_ANSWERED_REFUSAL : CQ_ANSWERED_DATE;
        l->answered_on = m->day;
        l->appointed_on = answers ? m->planned_on : CQ_DAY_MIN;
        l->reason = l->state == CQ_REJECTED && m->reason;
    }
    return LIFE_MADE;
}

#endif
