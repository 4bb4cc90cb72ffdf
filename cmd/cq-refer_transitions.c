/* cq-refer accept, reject, admit, complete, cancel, expire: one transaction for all transitions. */
#include "cq-refer_actions.h"
#include "cq-refer_output.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "cq/registry.h"

/* Applies the options to every transition; the cells of a row take precedence. */
static bool add_options(struct cq_refer *s, struct cq_transitions *transitions)
{
    bool consent = false;
    if (s->given[CQ_REQUEST_CONSENT] &&
        !cq_cli_yes_no(s->cli, "consent", s->given[CQ_REQUEST_CONSENT], &consent))
        return false;
    for (size_t i = 0; i < transitions->count; i++) {
        struct cq_transition *transition = &transitions->list[i];
        if (transition->day == CQ_DAY_MIN)
            transition->day = s->on;
        if (transition->reason.len == 0 && s->reason)
            transition->reason = cq_text_of(s->reason);
        if (transition->consent == CQ_UNKNOWN && s->given[CQ_REQUEST_CONSENT])
            transition->consent = consent ? CQ_YES : CQ_NO;
    }
    return true;
}

/* Finds all that are overdue, inside the transaction. */
static enum cq_code find_overdue(struct cq_refer *s, struct cq_transitions *transitions)
{
    const struct cq_referral_filter filter = {.overdue_on = s->cli->as_of};
    struct cq_numbers numbers = {0};
    enum cq_code code = cq_referrals_find(&s->db, &filter, INT64_MAX, &numbers, &s->cli->err);
    for (size_t i = 0; i < numbers.count && !code; i++) {
        const struct cq_transition transition = {
            .number = numbers.list[i], .day = CQ_DAY_MIN, .consent = CQ_UNKNOWN};
        if (cq_transitions_add(transitions, &transition))
            code = cq_err_set(&s->cli->err, CQ_B_NOMEM, NULL);
    }
    cq_numbers_free(&numbers);
    return code;
}

/* Inside the transaction. */
static enum cq_code write_transitions(struct cq_refer *s, struct cq_transitions *transitions)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers made = {0};
    char link[CQ_HASH_HEX + 1];
    int64_t events = 0;
    struct cq_transition_options options = {.action = s->action,
                                            .law = s->takes & CQ_TAKES_ADMISSION ? s->law : NULL,
                                            .day = cli->as_of,
                                            .now = cli->now,
                                            .actor = cq_refer_actor(s),
                                            .despite = s->despite,
                                            .report = cq_refer_report,
                                            .context = s};
    enum cq_code code = cq_run_known(&s->db, cli->known_at, &options.known_run, &cli->err);
    if (!code && s->takes & CQ_TAKES_OVERDUE && cli->operand_count == 0)
        code = find_overdue(s, transitions);
    if (!code && !add_options(s, transitions))
        code = cli->err.code;
    if (!code)
        code = cq_referral_chain(&s->db, &events, link, &cli->err);
    if (!code)
        code = cq_transitions_write(&s->db, transitions, &options, &made, &s->refused, &cli->err);
    if (!code)
        code = cq_refer_commit(s, &made, events);
    cq_numbers_free(&made);
    return code;
}

enum cq_code cq_refer_transitions(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_transitions transitions = {0};
    bool all_overdue = s->takes & CQ_TAKES_OVERDUE && cli->operand_count == 0;
    enum cq_code code = cq_cli_output(cli) < 0 ? cli->err.code : CQ_OK;
    if (!code && !all_overdue)
        code = cq_refer_read(s, false, &transitions);
    if (!code)
        code = cq_cli_registry(cli, &s->db, CQ_DB_WRITE, CQ_REFER_WAIT_MS, &cli->err);
    if (!code)
        code = cq_db_begin(&s->db, &cli->err);
    if (!code)
        code = write_transitions(s, &transitions);
    cq_db_rollback(&s->db);
    cq_transitions_free(&transitions);
    return code;
}
