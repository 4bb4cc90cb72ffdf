/* cq-refer accept, reject, answer, admit, complete, cancel, expire: one transaction for all transitions. */
#include "cq-refer_actions.h"
#include "cq-refer_output.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "cq/lists.h"
#include "cq/registry.h"

/* The text of an option: nothing where it states nothing, such as a dash. */
static struct cq_text text_of(const char *argument)
{
    struct cq_text text = cq_text_trim(cq_text_of(argument ? argument : ""));
    return cq_text_states_nothing(text) ? cq_text_of("") : text;
}

/* The values of options, as a transition of its own. */
static bool read_options(struct cq_refer *s, struct cq_transition *given)
{
    const char *consent = s->given[CQ_REQUEST_CONSENT];
    const char *bureau_code = s->given[CQ_REQUEST_BUREAU_CODE];
    const char *commission_no = s->given[CQ_REQUEST_COMMISSION_NO];
    const char *commission_on = s->given[CQ_REQUEST_COMMISSION_ON];
    bool yes = false;
    const char *planned_on = s->given[CQ_REQUEST_PLANNED_ON];
    *given = cq_transition_of(0);
    given->day = s->on;
    if (consent && !cq_cli_yes_no(s->cli, "consent", consent, &yes))
        return false;
    if (commission_on && !cq_cli_day(s->cli, "commission-on", commission_on, &given->commission_on))
        return false;
    if (planned_on && !cq_cli_day(s->cli, "planned-on", planned_on, &given->planned_on))
        return false;
    if (consent)
        given->consent = yes ? CQ_YES : CQ_NO;
    given->reason = text_of(s->reason);
    given->bureau_code = text_of(bureau_code);
    given->commission_no = text_of(commission_no);
    return true;
}

static void take_day(int32_t *day, int32_t given)
{
    if (*day == CQ_DAY_MIN)
        *day = given;
}

static void take_text(struct cq_text *text, struct cq_text given)
{
    if (text->len == 0)
        *text = given;
}

/* Whether a row answers by itself: a day or a reason, of which the options give no other. */
static bool states_answer(const struct cq_refer *s, const struct cq_transition *transition)
{
    return s->takes & CQ_TAKES_ANSWER &&
           (transition->planned_on != CQ_DAY_MIN || transition->reason.len > 0);
}

/* Applies the options to every transition; the cells of a row take precedence. */
static bool add_options(struct cq_refer *s, struct cq_transitions *transitions)
{
    struct cq_transition given;
    if (!read_options(s, &given))
        return false;
    for (size_t i = 0; i < transitions->count; i++) {
        struct cq_transition *transition = &transitions->list[i];
        take_day(&transition->day, given.day);
        take_day(&transition->commission_on, given.commission_on);
        if (!states_answer(s, transition)) {
            take_day(&transition->planned_on, given.planned_on);
            take_text(&transition->reason, given.reason);
        }
        take_text(&transition->bureau_code, given.bureau_code);
        take_text(&transition->commission_no, given.commission_no);
        if (transition->consent == CQ_UNKNOWN)
            transition->consent = given.consent;
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
        const struct cq_transition transition = cq_transition_of(numbers.list[i]);
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
                                            .law = s->law,
                                            .day = cli->as_of,
                                            .day_stated = cli->as_of_given,
                                            .now = cli->now,
                                            .actor = cq_refer_actor(s),
                                            .despite = text_of(s->despite).len > 0 ? s->despite
                                                                                   : NULL,
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

static unsigned reads_of(const struct cq_refer *s)
{
    return CQ_READS_MOVE | (s->takes & CQ_TAKES_ADMISSION ? CQ_READS_ADMISSION : 0u) |
           (s->takes & CQ_TAKES_ANSWER ? CQ_READS_ANSWER : 0u);
}

enum cq_code cq_refer_transitions(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_transitions transitions = {0};
    bool all_overdue = s->takes & CQ_TAKES_OVERDUE && cli->operand_count == 0;
    enum cq_code code = cq_cli_output(cli) < 0 ? cli->err.code : CQ_OK;
    if (!code && !all_overdue)
        code = cq_refer_read(s, reads_of(s), &transitions);
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
