/* Transitions of referrals from state to state: each is checked against the referral as it is, and
 * made with its event or refused. */
#include "cq/transition.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "people/calendar.h"
#include "referrals/answer_by.h"
#include "referrals/states.h"
#include "referrals/transition_job.h"

/* Whether an action can be the answer of a receiving organisation. */
static bool can_answer(const char *action)
{
    return strcmp(action, "answer") == 0 || strcmp(action, "accept") == 0 ||
           strcmp(action, "reject") == 0;
}

static enum cq_code prepare(struct cq_transition_job *m, struct cq_err *err)
{
    const struct cq_transition_options *options = m->options;
    enum cq_code code = cq_referral_reader_open(&m->reader, m->db, INT64_MAX, err);
    if (!code && options->law && strcmp(options->action, "admit") == 0)
        code = cq_people_open(&m->people, m->db, options->law, options->known_run, err);
    if (!code && options->law && can_answer(options->action))
        code = cq_referral_calendar(&m->calendar, m->db, options->law, INT64_MAX, err);
    if (!code)
        code = cq_chain_open(&m->chain, m->db, err);
    if (!code)
        code = cq_db_prepare(m->db, &m->last,
                             "SELECT e.id, e.at, e.day, r.seal FROM referral_event AS e"
                             " JOIN referral AS r ON r.id = ?1 WHERE e.id" CQ_EVENTS_OF(
                                 "?1") "ORDER BY e.id DESC LIMIT 1",
                             err);
    if (!code)
        code = cq_db_prepare(m->db, &m->set, "UPDATE referral SET status = ?2 WHERE id = ?1", err);
    return code;
}

static void close_job(struct cq_transition_job *m)
{
    cq_referral_reader_close(m->reader);
    if (m->people)
        cq_people_close(m->people);
    cq_calendar_free(&m->calendar);
    cq_chain_abandon(&m->chain);
    sqlite3_finalize(m->last);
    sqlite3_finalize(m->set);
    cq_str_free(&m->differs);
}

/* --- one transition --- */

/* The action of a transition: an answer that gives a day accepts, another one rejects. */
static const char *action_of(const struct cq_transition_job *m, const struct cq_transition_case *c)
{
    if (strcmp(m->options->action, "answer") != 0)
        return m->options->action;
    return c->transition->planned_on != CQ_DAY_MIN ? "accept" : "reject";
}

static bool rejects(const struct cq_transition_job *m, const struct cq_transition_case *c)
{
    return strcmp(action_of(m, c), "reject") == 0;
}

/* What the law asks of a transition that the state allows. */
static enum cq_code check_law(struct cq_transition_job *m, const struct cq_transition_case *c,
                              enum cq_transition_check *check, struct cq_err *err)
{
    *check = CQ_TRANSITION_GOOD;
    if (m->people)
        return cq_transition_check_admission(m, c, check, err);
    if (strcmp(m->options->action, "answer") == 0)
        *check = cq_transition_check_answer(m, c);
    else if (strcmp(m->options->action, "reject") == 0)
        *check = cq_transition_check_refusal(m, c);
    return CQ_OK;
}

/* "admit, admitted (complete)": the action, what speaks against it, and what the state allows. */
static void refuse_move(struct cq_transition_job *m, const struct cq_transition_case *c,
                        const char *against)
{
    struct cq_str detail = {0};
    cq_str_printf(&detail, "%s, %s (", m->options->action, against);
    cq_state_actions(c->referral->status, &detail);
    cq_str_puts(&detail, ")");
    cq_transition_report(m, c->transition, CQ_F_MOVE, NULL, detail.failed ? NULL : detail.ptr);
    cq_str_free(&detail);
}

/* Whether this referral may make the transition; reports the reasons against it. */
static enum cq_code check_transition(struct cq_transition_job *m,
                                     const struct cq_transition_case *c,
                                     enum cq_transition_check *check, struct cq_err *err)
{
    const char *action = m->options->action;
    *check = CQ_TRANSITION_REFUSED;
    cq_str_clear(&m->differs);
    if (cq_state_after(c->referral->status, action_of(m, c)) < 0) {
        refuse_move(m, c, cq_state_names[c->referral->status]);
        return CQ_OK;
    }
    if (cq_action_needs_overdue(action) && c->day <= c->referral->valid_until) {
        refuse_move(m, c, "valid_until");
        return CQ_OK;
    }
    return check_law(m, c, check, err);
}

/* Whether a transition can have happened on its day, which is not one of long ahead and, where
 * somebody named it, not before that of the last one; reports the reason against it. */
static bool is_day_possible(const struct cq_transition_job *m, const struct cq_transition_case *c,
                            int32_t last)
{
    bool stated = c->transition->day != CQ_DAY_MIN || m->options->day_stated;
    enum cq_code why = c->day > m->options->day + CQ_TRANSITION_DAYS_AHEAD ? CQ_R_MOVE_AHEAD
                       : stated && c->day < last                           ? CQ_R_DATE_ORDER
                                                                           : CQ_OK;
    if (why)
        cq_transition_report(m, c->transition, why, "on", NULL);
    return !why;
}

static enum cq_code make_transition(struct cq_transition_job *m, const struct cq_transition_case *c,
                                    bool *made, struct cq_err *err)
{
    const struct cq_transition *transition = c->transition;
    const struct cq_transition_options *options = m->options;
    unsigned char seal[CQ_HASH_BYTES] = {0};
    bool row = false;
    sqlite3_bind_int64(m->last, 1, transition->number);
    enum cq_code code = cq_db_step(m->db, m->last, &row, err);
    if (!code && (!row || sqlite3_column_bytes(m->last, 3) != CQ_HASH_BYTES))
        code = cq_err_set(err, CQ_D_CORRUPT, "referral_event");
    if (code) {
        sqlite3_reset(m->last);
        return code;
    }
    int64_t last = sqlite3_column_int64(m->last, 0), at = sqlite3_column_int64(m->last, 1);
    *made = is_day_possible(m, c, sqlite3_column_int(m->last, 2));
    memcpy(seal, sqlite3_column_blob(m->last, 3), CQ_HASH_BYTES);
    sqlite3_reset(m->last);
    if (!*made)
        return CQ_OK;
    struct cq_event event = {.id = last + 1,
                             .at = options->now > at ? options->now : at,
                             .day = c->day,
                             .status = cq_state_after(c->referral->status, action_of(m, c)),
                             .actor = cq_text_of(options->actor),
                             .reason = rejects(m, c) ? cq_transition_reason(m, c)
                                                     : transition->reason,
                             .consent = transition->consent,
                             .planned_on = transition->planned_on,
                             .commission_on = transition->commission_on,
                             .bureau_code = transition->bureau_code,
                             .commission_no = transition->commission_no,
                             .differs = {m->differs.ptr, m->differs.len}};
    if (m->differs.len > 0 && options->despite)
        event.despite = cq_text_of(options->despite);
    code = cq_chain_add(&m->chain, &event, seal, err);
    sqlite3_bind_int64(m->set, 1, transition->number);
    sqlite3_bind_int(m->set, 2, event.status);
    return code ? code : cq_db_run(m->db, m->set, err);
}

static enum cq_code run_transition(struct cq_transition_job *m,
                                   const struct cq_transition *transition, struct cq_numbers *made,
                                   bool *refused, struct cq_err *err)
{
    struct cq_referral r;
    const struct cq_transition_case c = {
        transition, &r, transition->day == CQ_DAY_MIN ? m->options->day : transition->day};
    enum cq_transition_check check = CQ_TRANSITION_GOOD;
    bool found, good = false;
    enum cq_code code = cq_referral_read(m->reader, transition->number, &r, &found, err);
    if (code)
        return code;
    if (!found) {
        cq_transition_report(m, transition, CQ_R_NO_REFERRAL, NULL, NULL);
        return CQ_OK;
    }
    code = check_transition(m, &c, &check, err);
    if (!code && check == CQ_TRANSITION_REFUSED)
        *refused = true;
    if (!code && check == CQ_TRANSITION_GOOD)
        code = make_transition(m, &c, &good, err);
    if (!code && good && rejects(m, &c))
        cq_transition_warn_onward(m, &c);
    if (!code && good && strcmp(m->options->action, "accept") == 0)
        cq_transition_warn_dayless(m, &c);
    if (!code && good)
        cq_transition_warn_late(m, &c);
    if (!code && good && cq_numbers_add(made, transition->number))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    return code;
}

enum cq_code cq_transitions_write(struct cq_db *db, const struct cq_transitions *transitions,
                                  const struct cq_transition_options *options,
                                  struct cq_numbers *made, bool *refused, struct cq_err *err)
{
    struct cq_transition_job m = {.db = db, .options = options};
    enum cq_code code = prepare(&m, err);
    for (size_t i = 0; i < transitions->count && !code; i++)
        code = run_transition(&m, &transitions->list[i], made, refused, err);
    if (!code)
        code = cq_chain_close(&m.chain, err);
    close_job(&m);
    return code;
}
