/* cq-refer verify: writes a row for each finding. */
#include "cq/verify.h"
#include "cq-refer_actions.h"
#include "cq/list.h"
#include "cq/refno.h"

static const char *const columns[] = {"number", "finding", "detail"};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct output {
    struct cq_refer *s;
    struct cq_out *rows;
};

static void write_finding(const struct cq_verify_finding *finding, void *context)
{
    struct output *output = context;
    struct cq_cli *cli = output->s->cli;
    char number[CQ_REFNO_LENGTH];
    bool known = finding->number > 0 && finding->number / 1000000 / 10000 <= 99;
    cq_out_text(output->rows, number, known ? cq_refno_write(number, finding->number) : 0);
    cq_out_string(output->rows, cq_verified_names[finding->kind]);
    cq_out_string(output->rows, finding->detail);
    cq_err_record(&cli->err, cq_out_end(output->rows, &cli->err), NULL);
    cli->findings = true;
}

static enum cq_code open_rows(struct cq_refer *s, struct cq_out **out)
{
    struct cq_cli *cli = s->cli;
    struct cq_text names[COLUMNS];
    int fd = cq_cli_output(cli);
    if (fd < 0)
        return cli->err.code;
    for (size_t i = 0; i < COLUMNS; i++)
        names[i] = cq_text_of(columns[i]);
    return cq_out_open_for(out, fd, cli->format, cq_cli_table_reader(cli, s->law), names, COLUMNS,
                           &cli->err);
}

static void report_counts(struct cq_refer *s, const struct cq_verify *verify)
{
    char link[CQ_HASH_HEX + 1];
    int64_t events = 0;
    cq_cli_verbose(s->cli, _("%lld referrals verified, %lld findings"),
                   (long long)verify->referrals, (long long)verify->findings);
    if (verify->other_law > 0)
        cq_cli_info(s->cli,
                    _("%lld referrals were decided under other law tables, and now again "
                      "under these"),
                    (long long)verify->other_law);
    if (verify->earlier > 0)
        cq_cli_info(
            s->cli,
            _("%lld referrals were decided on the facts of earlier law tables: seals, moves "
              "and lists are verified, the decisions cannot be made again"),
            (long long)verify->earlier);
    if (s->cli->verbose && !cq_referral_chain(&s->db, &events, link, NULL))
        cq_cli_verbose(s->cli, _("%lld events, the last link is %s"), (long long)events, link);
}

enum cq_code cq_refer_verify(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    struct output output = {.s = s};
    struct cq_verify verify = {.law = s->law, .report = write_finding, .context = &output};
    bool all = cli->operand_count == 0;
    enum cq_code code = all ? CQ_OK : cq_refer_numbers(s, &numbers);
    if (!code)
        code = cq_cli_registry(cli, &s->db, CQ_DB_READ, CQ_REFER_WAIT_MS, &cli->err);
    if (!code)
        code = open_rows(s, &output.rows);
    if (!code)
        code = cq_db_begin_read(&s->db, &cli->err);
    if (!code)
        code = cq_referrals_verify(&s->db, &verify, all ? NULL : &numbers, &cli->err);
    if (!code)
        report_counts(s, &verify);
    cq_db_rollback(&s->db);
    if (!code)
        code = cli->err.code; /* of a row */
    if (code)
        cq_out_abandon(output.rows);
    else
        code = cq_out_close(output.rows, &cli->err);
    cq_numbers_free(&numbers);
    return code;
}
