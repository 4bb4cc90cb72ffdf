/* Transitions of referrals from state to state: each is checked against the referral as it is, and
 * made with its event or refused. Admission checks whether the person still has the right that was
 * frozen. */
#include "cq/transition.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "cq/person.h"
#include "cq/refno.h"
#include "referrals/asked.h"
#include "referrals/chain.h"
#include "referrals/find.h"
#include "referrals/states.h"

struct job {
    struct cq_db *db;
    const struct cq_transition_options *options;
    struct cq_referral_reader *reader;
    struct cq_people *people; /* admission only */
    struct cq_chain chain;
    sqlite3_stmt *last, *consents, *set;
    struct cq_str differs;
};

static enum cq_code prepare(struct job *m, struct cq_err *err)
{
    const struct cq_transition_options *options = m->options;
    enum cq_code code = cq_referral_reader_open(&m->reader, m->db, INT64_MAX, err);
    if (!code && options->law)
        code = cq_people_open(&m->people, m->db, options->law, options->known_run, err);
    if (!code)
        code = cq_chain_open(&m->chain, m->db, err);
    if (!code)
        code = cq_db_prepare(m->db, &m->last,
                             "SELECT e.id, e.at, e.day, r.seal FROM referral_event AS e"
                             " JOIN referral AS r ON r.id = ?1 WHERE e.id" CQ_EVENTS_OF(
                                 "?1") "ORDER BY e.id DESC LIMIT 1",
                             err);
    if (!code)
        code = cq_db_prepare(
            m->db, &m->consents,
            "SELECT 1 FROM referral_event WHERE id" CQ_EVENTS_OF("?1") "AND consent = 1 LIMIT 1",
            err);
    if (!code)
        code = cq_db_prepare(m->db, &m->set, "UPDATE referral SET status = ?2 WHERE id = ?1", err);
    return code;
}

static void close_job(struct job *m)
{
    cq_referral_reader_close(m->reader);
    if (m->people)
        cq_people_close(m->people);
    cq_chain_abandon(&m->chain);
    sqlite3_finalize(m->last);
    sqlite3_finalize(m->consents);
    sqlite3_finalize(m->set);
    cq_str_free(&m->differs);
}

static void report(const struct job *m, enum cq_code code, const struct cq_transition *transition,
                   const char *column, const char *detail)
{
    struct cq_err finding = {0};
    char number[CQ_REFNO_LENGTH + 1] = "";
    cq_refno_write(number, transition->number);
    if (detail)
        cq_err_record(&finding, code, "%s", detail);
    else
        cq_err_record(&finding, code, NULL);
    cq_err_at(&finding, number, 0, column);
    m->options->report(&finding, m->options->context);
}

/* --- admission --- */

static void compare_cell(struct cq_str *out, const char *name, struct cq_text then, const char *now)
{
    if (!cq_text_is(then, now))
        cq_str_printf(out, "%s%s: %.*s > %s", out->len ? "; " : "", name, (int)then.len, then.ptr,
                      now);
}

/* Finds what differs between the frozen right and the answer to a request. */
static enum cq_code compare_answer(struct job *m, const struct cq_referral *r,
                                   const struct cq_request *request, struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    int count = 0;
    cq_str_clear(&m->differs);
    enum cq_code code = cq_people_decide(m->people, r->iin, request, answers, &count, err);
    if (code)
        return code;
    const struct cq_decision *d = &answers[0].decision;
    compare_cell(&m->differs, "category",
                 cq_text_of(cq_fact_value_name(CQ_FACT_CATEGORY, r->category)),
                 cq_fact_value_name(CQ_FACT_CATEGORY, answers[0].category));
    compare_cell(&m->differs, "outcome", r->text[CQ_REFERRAL_OUTCOME], d->outcome);
    compare_cell(&m->differs, "reasons", r->text[CQ_REFERRAL_REASONS], d->reasons);
    compare_cell(&m->differs, "provider", r->text[CQ_REFERRAL_PROVIDER], d->provider);
    compare_cell(&m->differs, "payer", r->text[CQ_REFERRAL_PAYER], d->payer);
    return m->differs.failed ? cq_err_set(err, m->differs.failed, NULL) : CQ_OK;
}

/* Finds what differs between the right on the day of admission and the frozen one: nothing, if one of
 * the requests on which the referral may have been issued gives it. */
static enum cq_code compare_right(struct job *m, const struct cq_referral *r, int32_t day,
                                  struct cq_err *err)
{
    struct cq_request requests[CQ_ASKED_MAX];
    enum cq_code code = CQ_OK;
    int count = cq_referral_asked(r, day, requests);
    do
        code = compare_answer(m, r, &requests[--count], err);
    while (!code && count > 0 && m->differs.len > 0);
    return code;
}

/* Whether consent was recorded, where the right depends on that condition. */
static enum cq_code find_consent(struct job *m, const struct cq_transition *transition,
                                 const struct cq_referral *r, bool *consented, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    *consented = !cq_text_has(r->text[CQ_REFERRAL_REASONS], ';', "consent") ||
                 transition->consent == CQ_YES ||
                 (r->consent == CQ_YES && transition->consent != CQ_NO);
    if (!*consented && transition->consent == CQ_UNKNOWN) {
        sqlite3_bind_int64(m->consents, 1, r->number);
        code = cq_db_step(m->db, m->consents, consented, err);
        sqlite3_reset(m->consents);
    }
    return code;
}

static enum cq_code check_admission(struct job *m, const struct cq_transition *transition,
                                    const struct cq_referral *r, int32_t day, bool *good,
                                    struct cq_err *err)
{
    enum cq_code code = find_consent(m, transition, r, good, err);
    if (!code && !*good)
        report(m, CQ_F_MOVE, transition, NULL, "consent");
    if (code || !*good)
        return code;
    code = compare_right(m, r, day, err);
    if (!code && m->differs.len > 0) {
        *good = m->options->despite;
        report(m, CQ_F_CHANGED, transition, NULL, m->differs.ptr);
    }
    return code;
}

/* --- one transition --- */

/* Whether this referral may make the transition; reports the reasons against it. */
static enum cq_code check_transition(struct job *m, const struct cq_transition *transition,
                                     const struct cq_referral *r, int32_t day, bool *good,
                                     struct cq_err *err)
{
    const struct cq_transition_options *options = m->options;
    char detail[64];
    *good = false;
    cq_str_clear(&m->differs);
    if (cq_state_after(r->status, options->action) < 0) {
        snprintf(detail, sizeof detail, "%s, %s", options->action, cq_state_names[r->status]);
        report(m, CQ_F_MOVE, transition, NULL, detail);
        return CQ_OK;
    }
    if (cq_action_needs_overdue(options->action) && day <= r->valid_until) {
        report(m, CQ_F_MOVE, transition, NULL, "expire, valid_until");
        return CQ_OK;
    }
    *good = true;
    return m->people ? check_admission(m, transition, r, day, good, err) : CQ_OK;
}

static enum cq_code make_transition(struct job *m, const struct cq_transition *transition,
                                    const struct cq_referral *r, int32_t day, bool *made,
                                    struct cq_err *err)
{
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
    *made = transition->day == CQ_DAY_MIN || transition->day >= sqlite3_column_int(m->last, 2);
    memcpy(seal, sqlite3_column_blob(m->last, 3), CQ_HASH_BYTES);
    sqlite3_reset(m->last);
    if (!*made) {
        report(m, CQ_R_DATE_ORDER, transition, "on", NULL);
        return CQ_OK;
    }
    struct cq_event event = {.id = last + 1,
                             .at = options->now > at ? options->now : at,
                             .day = day,
                             .status = cq_state_after(r->status, options->action),
                             .actor = cq_text_of(options->actor),
                             .reason = transition->reason,
                             .consent = transition->consent,
                             .planned_on = CQ_DAY_MIN,
                             .commission_on = CQ_DAY_MIN,
                             .differs = {m->differs.ptr, m->differs.len}};
    if (m->differs.len > 0 && options->despite)
        event.despite = cq_text_of(options->despite);
    code = cq_chain_add(&m->chain, &event, seal, err);
    sqlite3_bind_int64(m->set, 1, transition->number);
    sqlite3_bind_int(m->set, 2, event.status);
    return code ? code : cq_db_run(m->db, m->set, err);
}

static enum cq_code run_transition(struct job *m, const struct cq_transition *transition,
                                   struct cq_numbers *made, bool *refused, struct cq_err *err)
{
    int32_t day = transition->day == CQ_DAY_MIN ? m->options->day : transition->day;
    struct cq_referral r;
    bool found, good = false;
    enum cq_code code = cq_referral_read(m->reader, transition->number, &r, &found, err);
    if (code)
        return code;
    if (!found) {
        report(m, CQ_R_NO_REFERRAL, transition, NULL, NULL);
        return CQ_OK;
    }
    code = check_transition(m, transition, &r, day, &good, err);
    if (!code && !good)
        *refused = true;
    if (!code && good)
        code = make_transition(m, transition, &r, day, &good, err);
    if (!code && good && cq_numbers_add(made, transition->number))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    return code;
}

enum cq_code cq_transitions_write(struct cq_db *db, const struct cq_transitions *transitions,
                                  const struct cq_transition_options *options,
                                  struct cq_numbers *made, bool *refused, struct cq_err *err)
{
    struct job m = {.db = db, .options = options};
    enum cq_code code = prepare(&m, err);
    for (size_t i = 0; i < transitions->count && !code; i++)
        code = run_transition(&m, &transitions->list[i], made, refused, err);
    if (!code)
        code = cq_chain_close(&m.chain, err);
    close_job(&m);
    return code;
}
