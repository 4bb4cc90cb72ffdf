/* Referrals as rows of a table. */
#include "cq/referral_output.h"

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "cq/refno.h"
#include "people/calendar.h"
#include "referrals/answer_by.h"

/* Referrals read in one transaction and written before the next: a slow reader of the output does
 * not block writers of the registry. */
enum { CHUNK = 500 };

static const char *const columns[] = {
    "number",   "status",        "iin",           "service",    "profile",     "destination",
    "provider", "facility",      "payer",         "referral",   "basis",       "rule",
    "gaps",     "issued_on",     "valid_until",   "category",   "agency",      "certainty",
    "reasons",  "documents",     "diagnosis",     "indication", "urgency",     "from_facility",
    "referrer", "planned_on",    "bureau_code",   "measure",    "consent",     "occasion",
    "paid_by",  "commission_no", "commission_on", "found_in",   "answer_by",   "answered_on",
    "answer",   "appointed_on",  "refusal",       "fallback",   "expected_on", "receipt",
};

enum { COLUMNS = sizeof columns / sizeof *columns };

/* A table of referrals that is written. */
struct rows {
    const struct cq_referral_output *output;
    struct cq_out *out;
    struct cq_calendar calendar;
};

static void write_texts(struct cq_out *out, const struct cq_referral *r, const int *which,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        cq_out_text(out, r->text[which[i]].ptr, r->text[which[i]].len);
}
#define WRITE_TEXTS(out, r, ...)                                                                   \
    write_texts(out, r, (const int[]){__VA_ARGS__},                                                \
                sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

/* What the acts bind some referrals to. */
static void write_bindings(const struct rows *rows, const struct cq_referral *r)
{
    struct cq_out *out = rows->out;
    char number[CQ_REFNO_LENGTH];
    cq_out_string(out, r->occasion == CQ_UNKNOWN ? "" : cq_occasion_names[r->occasion]);
    cq_out_string(out, r->paid_by == CQ_UNKNOWN ? "" : cq_paid_by_names[r->paid_by]);
    WRITE_TEXTS(out, r, CQ_REFERRAL_COMMISSION_NO);
    cq_out_day(out, r->commission_on);
    cq_out_text(out, number, r->found_in ? cq_refno_write(number, r->found_in) : 0);
    cq_out_day(out, cq_referral_answer_by(&rows->calendar, r));
    cq_out_day(out, r->answered_on);
    cq_out_string(out, cq_answered_names[r->answer]);
    cq_out_day(out, r->appointed_on);
    cq_out_text(out, r->refusal.ptr, r->refusal.len);
}

/* One row, in the order of columns. */
static enum cq_code write_row(const struct rows *rows, const struct cq_referral *r,
                              struct cq_err *err)
{
    struct cq_out *out = rows->out;
    const struct cq_agency *agency = cq_law_agency_number(rows->output->law, r->agency);
    char number[CQ_REFNO_LENGTH], iin[12];
    cq_out_text(out, number, cq_refno_write(number, r->number));
    cq_out_string(out, cq_state_names[r->status]);
    cq_out_text(out, iin, cq_iin_write(iin, r->iin));
    cq_out_string(out, cq_fact_value_name(CQ_FACT_SERVICE, r->service));
    WRITE_TEXTS(out, r, CQ_REFERRAL_PROFILE);
    cq_out_string(out, cq_fact_value_name(CQ_FACT_DESTINATION, r->destination));
    WRITE_TEXTS(out, r, CQ_REFERRAL_PROVIDER, CQ_REFERRAL_FACILITY, CQ_REFERRAL_PAYER,
                CQ_REFERRAL_REFERRAL, CQ_REFERRAL_BASIS, CQ_REFERRAL_RULE, CQ_REFERRAL_GAPS);
    cq_out_day(out, r->issued_on);
    cq_out_day(out, r->valid_until);
    cq_out_string(out, cq_fact_value_name(CQ_FACT_CATEGORY, r->category));
    cq_out_string(out, agency ? agency->id : "");
    WRITE_TEXTS(out, r, CQ_REFERRAL_CERTAINTY, CQ_REFERRAL_REASONS, CQ_REFERRAL_DOCUMENTS,
                CQ_REFERRAL_DIAGNOSIS, CQ_REFERRAL_INDICATION);
    cq_out_string(out, r->urgency == CQ_UNKNOWN ? "" : cq_urgency_names[r->urgency]);
    WRITE_TEXTS(out, r, CQ_REFERRAL_FROM_FACILITY, CQ_REFERRAL_REFERRER);
    cq_out_day(out, r->planned_on);
    WRITE_TEXTS(out, r, CQ_REFERRAL_BUREAU_CODE);
    cq_out_string(out, r->measure == CQ_UNKNOWN ? "" : cq_measure_names[r->measure]);
    cq_out_string(out, r->consent == CQ_UNKNOWN ? "" : r->consent == CQ_YES ? "yes" : "no");
    write_bindings(rows, r);
    WRITE_TEXTS(out, r, CQ_REFERRAL_FALLBACK);
    cq_out_day(out, r->expected_on);
    WRITE_TEXTS(out, r, CQ_REFERRAL_RECEIPT);
    return cq_out_end(out, err);
}

static enum cq_code open_rows(struct cq_out **out, const struct cq_referral_output *output,
                              enum cq_format format, struct cq_err *err)
{
    struct cq_text names[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        names[i] = cq_text_of(columns[i]);
    return cq_out_open_for(out, output->fd, format, output->reader, names, COLUMNS, err);
}

/* Ends the transaction of a chunk, writes what was read in it, and begins the next. */
static enum cq_code next_chunk(struct cq_db *db, struct cq_out *out, bool first, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (!first) {
        cq_db_rollback(db);
        code = cq_out_flush(out, err);
    }
    return code ? code : cq_db_begin_read(db, err);
}

enum cq_code cq_referrals_write_rows(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers, enum cq_format format,
                                     bool inside_transaction, struct cq_err *err)
{
    struct cq_referral_reader *reader = NULL;
    struct rows rows = {.output = output};
    struct cq_referral referral;
    bool found = false;
    enum cq_code code = open_rows(&rows.out, output, format, err);
    if (!code)
        code = cq_referral_calendar(&rows.calendar, output->db, output->law, output->known_at, err);
    if (!code)
        code = cq_referral_reader_open(&reader, output->db, output->known_at, err);
    for (size_t i = 0; i < numbers->count && !code; i++) {
        if (!inside_transaction && i % CHUNK == 0)
            code = next_chunk(output->db, rows.out, i == 0, err);
        if (!code)
            code = cq_referral_read(reader, numbers->list[i], &referral, &found, err);
        if (!code && found)
            code = write_row(&rows, &referral, err);
        else if (!code)
            output->missing(numbers->list[i], output->context);
    }
    if (!inside_transaction)
        cq_db_rollback(output->db);
    cq_calendar_free(&rows.calendar);
    cq_referral_reader_close(reader);
    if (code)
        cq_out_abandon(rows.out);
    else
        code = cq_out_close(rows.out, err);
    return code;
}
