/* cq-refer verify: what was found, a row each. */
#include <string.h>

#include "cq-refer.h"
#include "cq/refno.h"

static const char *const columns[] = {"number", "finding", "detail"};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct writing {
    struct cq_refer *s;
    struct cq_out *out;
};

static void put(const struct cq_verify_finding *finding, void *context)
{
    struct writing *w = context;
    char number[CQ_REFNO_LENGTH];
    bool known = finding->number > 0 && finding->number / 1000000 / 10000 <= 99;
    cq_out_text(w->out, number, known ? cq_refno_write(number, finding->number) : 0);
    cq_out_string(w->out, cq_verified_names[finding->kind]);
    cq_out_string(w->out, finding->detail);
    cq_out_end(w->out, &w->s->cli->err);
    w->s->cli->findings = true;
}

static enum cq_code open_out(struct cq_cli *cli, struct cq_out **out)
{
    struct cq_text names[COLUMNS];
    int fd = cq_cli_output(cli);
    if (fd < 0)
        return cli->err.code;
    for (size_t i = 0; i < COLUMNS; i++)
        names[i] = (struct cq_text){columns[i], strlen(columns[i])};
    return cq_out_open(out, fd, cli->format, names, COLUMNS, &cli->err);
}

static void tell(struct cq_refer *s, const struct cq_verify *verify)
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
    if (s->cli->verbose && !cq_referral_chain(&s->db, &events, link, NULL))
        cq_cli_verbose(s->cli, _("%lld events, the last link is %s"), (long long)events, link);
}

void cq_refer_verify(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    struct writing w = {.s = s};
    struct cq_verify verify = {.law = s->law, .found = put, .context = &w};
    bool all = cli->operand_count == 0;
    enum cq_code code = all ? CQ_OK : cq_refer_numbers(s, &numbers);
    if (!code)
        code = cq_db_open(&s->db, cli->db, CQ_DB_READ, CQ_REFER_WAIT_MS, &cli->err);
    if (!code)
        code = open_out(cli, &w.out);
    if (!code)
        code = cq_db_begin_read(&s->db, &cli->err);
    if (!code)
        code = cq_referrals_verify(&s->db, &verify, all ? NULL : &numbers, &cli->err);
    if (!code)
        tell(s, &verify);
    cq_db_rollback(&s->db);
    if (code || cli->err.code)
        cq_out_abandon(w.out);
    else
        cq_out_close(w.out, &cli->err);
    cq_numbers_free(&numbers);
}
