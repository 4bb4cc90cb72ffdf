/* cq-refer show, list, print: writes existing referrals as rows, FHIR or forms. */
#include "cq-refer_actions.h"
#include "cq-refer_output.h"
#include "cq/date.h"

static enum cq_code open_registry(struct cq_refer *s)
{
    return cq_cli_registry(s->cli, &s->db, CQ_DB_READ, CQ_REFER_WAIT_MS, &s->cli->err);
}

static enum cq_code write_referrals(struct cq_refer *s, const struct cq_numbers *numbers)
{
    struct cq_cli *cli = s->cli;
    struct cq_referral_output output;
    if (cli->format != CQ_FORMAT_FHIR)
        return cq_refer_write_rows(s, numbers, cli->known_at, false);
    enum cq_code code = cq_refer_output_open(s, cli->known_at, &output);
    return code ? code : cq_referrals_write_fhir(&output, numbers, &cli->err);
}

enum cq_code cq_refer_show(struct cq_refer *s)
{
    struct cq_numbers numbers = {0};
    enum cq_code code = cq_refer_numbers(s, &numbers);
    if (!code)
        code = open_registry(s);
    if (!code)
        code = write_referrals(s, &numbers);
    cq_numbers_free(&numbers);
    return code;
}

enum cq_code cq_refer_list(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    const struct cq_referral_filter filter = {
        .states = s->state < 0 ? 0 : 1u << s->state,
        .facility = s->given[CQ_REQUEST_FACILITY],
        .overdue_on = s->overdue ? cli->as_of : CQ_DAY_MIN,
    };
    enum cq_code code = open_registry(s);
    if (!code)
        code = cq_referrals_find(&s->db, &filter, cli->known_at, &numbers, &cli->err);
    if (!code)
        code = write_referrals(s, &numbers);
    cq_numbers_free(&numbers);
    return code;
}

/* Forms are in Kazakh and Russian unless English is asked for. */
enum cq_code cq_refer_print(struct cq_refer *s)
{
    static const enum cq_language languages[] = {CQ_KK, CQ_RU, CQ_EN};
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    struct cq_referral_output output;
    bool english = cli->language_given && cli->language == CQ_EN;
    enum cq_code code = cq_refer_numbers(s, &numbers);
    if (!code)
        code = open_registry(s);
    if (!code)
        code = cq_refer_output_open(s, cli->known_at, &output);
    if (!code)
        code = cq_referrals_write_form(&output, &numbers, english ? &languages[2] : languages,
                                       english ? 1 : 2, &cli->err);
    cq_numbers_free(&numbers);
    return code;
}
