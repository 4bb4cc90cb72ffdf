/* The session of cq-refer: findings, operands, and who acts. */
#include "cq-refer_session.h"
#include "cq-refer_words.h"

#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/refno.h"

void cq_refer_report(const struct cq_err *finding, void *context)
{
    struct cq_refer *s = context;
    struct cq_str words = {0};
    cq_refer_words(s->law, s->cli->language, finding, &words);
    cq_cli_report_as(s->cli, finding, !words.failed && words.len > 0 ? words.ptr : NULL);
    cq_str_free(&words);
    if (cq_code_status(finding->code) != 0)
        s->cli->findings = true;
}

void cq_refer_report_missing(int64_t number, void *context)
{
    struct cq_err finding = {0};
    char text[CQ_REFNO_LENGTH + 1] = "";
    cq_refno_write(text, number);
    cq_err_record(&finding, CQ_R_NO_REFERRAL, NULL);
    cq_err_at(&finding, text, 0, NULL);
    cq_refer_report(&finding, context);
}

/* An operand that is not a number may be anything, so it is reported by its position only. */
static enum cq_code read_operands(struct cq_refer *s, struct cq_transitions *transitions)
{
    struct cq_cli *cli = s->cli;
    for (int i = 0; i < cli->operand_count; i++) {
        const char *text = cli->operands[i];
        struct cq_transition transition = cq_transition_of(0);
        enum cq_code code = cq_refno_parse(text, strlen(text), &transition.number);
        if (code) {
            struct cq_err finding = {0};
            cq_err_record(&finding, code, NULL);
            cq_err_at(&finding, NULL, i + 1, "number");
            cq_refer_report(&finding, s);
        } else if (cq_transitions_add(transitions, &transition)) {
            return cq_err_set(&cli->err, CQ_B_NOMEM, NULL);
        }
    }
    return CQ_OK;
}

enum cq_code cq_refer_read(struct cq_refer *s, unsigned reads, struct cq_transitions *transitions)
{
    struct cq_cli *cli = s->cli;
    struct cq_csv_input input;
    bool input_only = cli->operand_count == 1 && strcmp(cli->operands[0], "-") == 0;
    if (cli->operand_count > 0 && !input_only)
        return read_operands(s, transitions);
    if (!cq_cli_list(cli, NULL, &input))
        return cli->err.code;
    enum cq_code code =
        cq_transitions_read(transitions, reads, &input, cq_refer_report, s, &cli->err);
    cq_cli_passed(cli, transitions->blank, transitions->skipped);
    return code;
}

enum cq_code cq_refer_numbers(struct cq_refer *s, struct cq_numbers *numbers)
{
    struct cq_transitions transitions = {0};
    enum cq_code code = cq_refer_read(s, 0, &transitions);
    for (size_t i = 0; i < transitions.count && !code; i++)
        if (cq_numbers_add(numbers, transitions.list[i].number))
            code = cq_err_set(&s->cli->err, CQ_B_NOMEM, NULL);
    cq_transitions_free(&transitions);
    return code;
}

const char *cq_refer_actor(const struct cq_refer *s)
{
    const char *referrer = s->takes & CQ_TAKES_ACTOR ? s->given[CQ_REQUEST_REFERRER] : NULL;
    return referrer ? referrer : cq_cli_actor(s->cli);
}
