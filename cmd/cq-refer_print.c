/* cq-refer's output: one row a referral, the same columns for every action. */
#include "cq-refer.h"

#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/fd.h"
#include "cq/iin.h"
#include "cq/refno.h"

/* Referrals read in one transaction and written before the next: nobody who wants to write the
 * registry waits for a slow reader of our output. */
enum { CHUNK = 500 };

static const char *const columns[] = {
    "number",   "status",      "iin",         "service",    "profile", "destination",
    "provider", "facility",    "payer",       "referral",   "basis",   "rule",
    "gaps",     "issued_on",   "valid_until", "category",   "agency",  "certainty",
    "reasons",  "documents",   "diagnosis",   "indication", "urgency", "from_facility",
    "referrer", "planned_on",  "bureau_code", "measure",    "consent", "paid",
    "fallback", "expected_on", "receipt",
};

enum { COLUMNS = sizeof columns / sizeof *columns };

static void put_texts(struct cq_out *out, const struct cq_referral *r, const int *which,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        cq_out_text(out, r->text[which[i]].ptr, r->text[which[i]].len);
}
#define PUT_TEXTS(out, r, ...)                                                                     \
    put_texts(out, r, (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

/* One row, in the order of columns. */
static enum cq_code put_row(struct cq_out *out, const struct cq_law *law,
                            const struct cq_referral *r, struct cq_err *err)
{
    const struct cq_agency *agency = cq_law_agency_number(law, r->agency);
    char number[CQ_REFNO_LENGTH], iin[12];
    cq_out_text(out, number, cq_refno_write(number, r->number));
    cq_out_string(out, cq_state_names[r->status]);
    cq_out_text(out, iin, cq_iin_write(iin, r->iin));
    cq_out_string(out, cq_fact_value_name(CQ_FACT_SERVICE, r->service));
    PUT_TEXTS(out, r, CQ_REFERRAL_PROFILE);
    cq_out_string(out, cq_fact_value_name(CQ_FACT_DESTINATION, r->destination));
    PUT_TEXTS(out, r, CQ_REFERRAL_PROVIDER, CQ_REFERRAL_FACILITY, CQ_REFERRAL_PAYER,
              CQ_REFERRAL_REFERRAL, CQ_REFERRAL_BASIS, CQ_REFERRAL_RULE, CQ_REFERRAL_GAPS);
    cq_out_day(out, r->issued_on);
    cq_out_day(out, r->valid_until);
    cq_out_string(out, cq_fact_value_name(CQ_FACT_CATEGORY, r->category));
    cq_out_string(out, agency ? agency->id : "");
    PUT_TEXTS(out, r, CQ_REFERRAL_CERTAINTY, CQ_REFERRAL_REASONS, CQ_REFERRAL_DOCUMENTS,
              CQ_REFERRAL_DIAGNOSIS, CQ_REFERRAL_INDICATION);
    cq_out_string(out, r->urgency == CQ_UNKNOWN ? "" : cq_urgency_names[r->urgency]);
    PUT_TEXTS(out, r, CQ_REFERRAL_FROM_FACILITY, CQ_REFERRAL_REFERRER);
    cq_out_day(out, r->planned_on);
    PUT_TEXTS(out, r, CQ_REFERRAL_BUREAU_CODE);
    cq_out_string(out, r->measure == CQ_UNKNOWN ? "" : cq_measure_names[r->measure]);
    cq_out_string(out, r->consent == CQ_UNKNOWN ? "" : r->consent == CQ_YES ? "yes" : "no");
    cq_out_string(out, r->paid ? "yes" : "");
    PUT_TEXTS(out, r, CQ_REFERRAL_FALLBACK);
    cq_out_day(out, r->expected_on);
    PUT_TEXTS(out, r, CQ_REFERRAL_RECEIPT);
    return cq_out_end(out, err);
}

void cq_refer_tell_missing(struct cq_refer *s, int64_t number)
{
    struct cq_err finding = {0};
    char text[CQ_REFNO_LENGTH + 1] = "";
    cq_refno_write(text, number);
    cq_err_record(&finding, CQ_R_NO_REFERRAL, NULL);
    cq_err_at(&finding, text, 0, NULL);
    cq_refer_say(&finding, s);
}

enum cq_code cq_refer_write(struct cq_cli *cli, const char *bytes, size_t len)
{
    int fd = cq_cli_output(cli);
    return fd < 0 ? cli->err.code : cq_fd_write(fd, bytes, len, &cli->err);
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

enum cq_code cq_refer_print(struct cq_refer *s, const struct cq_numbers *numbers, int64_t known_at,
                            bool own_transactions)
{
    struct cq_cli *cli = s->cli;
    struct cq_db *db = &s->db;
    struct cq_referral_reader *reader = NULL;
    struct cq_out *out = NULL;
    struct cq_referral referral;
    bool found;
    enum cq_code code = open_out(cli, &out);
    if (!code)
        code = cq_referral_reader_open(&reader, db, known_at, &cli->err);
    for (size_t i = 0; i < numbers->count && !code; i++) {
        if (own_transactions && i % CHUNK == 0) {
            if (i > 0) {
                cq_db_rollback(db);
                code = cq_out_flush(out, &cli->err);
            }
            if (!code)
                code = cq_db_begin_read(db, &cli->err);
            if (code)
                break;
        }
        code = cq_referral_read(reader, numbers->list[i], &referral, &found, &cli->err);
        if (!code && found)
            code = put_row(out, s->law, &referral, &cli->err);
        else if (!code)
            cq_refer_tell_missing(s, numbers->list[i]);
    }
    if (own_transactions)
        cq_db_rollback(db);
    cq_referral_reader_close(reader);
    if (code)
        cq_out_abandon(out);
    else
        code = cq_out_close(out, &cli->err);
    return code;
}
