/* Finds referrals by a filter and reads them by number, as the registry was at a moment. */
#include "referrals/find.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/refno.h"
#include "cq/refno.h"
#include "engine/receipt.h"
#include "referrals/chain.h"
#include "referrals/moves.h"
#include "referrals/states.h"

/* The state at moment ?1: that of the last event until then. */
#define STATUS_THEN                                                                                \
    "(SELECT e.status FROM referral_event AS e WHERE e.id" CQ_EVENTS_OF(                           \
        "referral.id") "AND e.at <= ?1 ORDER BY e.id DESC LIMIT 1)"

static void write_sql(const struct cq_referral_filter *filter, int64_t known_at, struct cq_str *sql)
{
    cq_str_puts(sql,
                known_at == INT64_MAX
                    ? "SELECT id FROM referral WHERE issued_at <= ?1"
                    : "SELECT id FROM (SELECT id, issued_at, facility, valid_until, " STATUS_THEN
                      " AS status FROM referral) WHERE issued_at <= ?1");
    if (filter->states)
        cq_str_puts(sql, " AND ?2 >> status & 1");
    if (filter->facility)
        cq_str_puts(sql, " AND facility = ?3");
    if (filter->overdue_on != CQ_DAY_MIN)
        cq_str_puts(sql, " AND valid_until < ?4 AND ?5 >> status & 1");
    cq_str_puts(sql, " ORDER BY id");
}

/* Adds the first column of every row. */
static enum cq_code add_numbers(struct cq_db *db, sqlite3_stmt *stmt, struct cq_numbers *numbers,
                                struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    bool row = true;
    while (!code && !(code = cq_db_step(db, stmt, &row, err)) && row)
        if (cq_numbers_add(numbers, sqlite3_column_int64(stmt, 0)))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    return code;
}

enum cq_code cq_referrals_find(struct cq_db *db, const struct cq_referral_filter *filter,
                               int64_t known_at, struct cq_numbers *numbers, struct cq_err *err)
{
    struct cq_str sql = {0};
    sqlite3_stmt *stmt = NULL;
    write_sql(filter, known_at, &sql);
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_db_prepare(db, &stmt, sql.ptr, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, known_at);
        sqlite3_bind_int64(stmt, 2, filter->states);
        if (filter->facility)
            sqlite3_bind_text(stmt, 3, filter->facility, -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 4, filter->overdue_on);
        sqlite3_bind_int64(stmt, 5, cq_states_before("expire"));
    }
    if (!code)
        code = add_numbers(db, stmt, numbers, err);
    sqlite3_finalize(stmt);
    cq_str_free(&sql);
    return code;
}

enum cq_code cq_referrals_led_to(struct cq_db *db, const struct cq_referral *r, int64_t known_at,
                                 struct cq_numbers *numbers, struct cq_err *err)
{
    static const char sql[] = "SELECT id FROM referral WHERE iin = ?1 AND found_in = ?2"
                              " AND issued_at <= ?3 ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, r->iin);
    sqlite3_bind_int64(stmt, 2, r->number);
    sqlite3_bind_int64(stmt, 3, known_at);
    code = add_numbers(db, stmt, numbers, err);
    sqlite3_finalize(stmt);
    return code;
}

struct cq_referral_reader {
    struct cq_db *db;
    sqlite3_stmt *stmt;
    struct cq_moves_reader *moves;
    struct cq_str bytes; /* texts of the last one read: no lock is held for them */
    bool lenient;
};

enum cq_code cq_referral_reader_open(struct cq_referral_reader **result, struct cq_db *db,
                                     int64_t known_at, struct cq_err *err)
{
    static const char now[] = "SELECT id, status, " CQ_RC_AFTER_STATUS
                              " FROM referral WHERE id = ?2 AND issued_at <= ?1";
    static const char then[] = "SELECT id, " STATUS_THEN ", " CQ_RC_AFTER_STATUS
                               " FROM referral WHERE id = ?2 AND issued_at <= ?1";
    *result = NULL;
    struct cq_referral_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    reader->db = db;
    enum cq_code code = cq_db_prepare(db, &reader->stmt, known_at == INT64_MAX ? now : then, err);
    if (!code)
        code = cq_moves_reader_open(&reader->moves, db, known_at, err);
    if (code) {
        cq_referral_reader_close(reader);
        return code;
    }
    sqlite3_bind_int64(reader->stmt, 1, known_at);
    *result = reader;
    return CQ_OK;
}

void cq_referral_reader_close(struct cq_referral_reader *reader)
{
    if (!reader)
        return;
    sqlite3_finalize(reader->stmt);
    cq_moves_reader_close(reader->moves);
    cq_str_free(&reader->bytes);
    free(reader);
}

static enum cq_code copy_texts(struct cq_referral_reader *reader, struct cq_referral *r)
{
    sqlite3_stmt *s = reader->stmt;
    size_t start = 0;
    cq_str_clear(&reader->bytes);
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++) {
        int column = cq_referral_text_column(i);
        const char *text = (const char *)sqlite3_column_text(s, column);
        if (!text && sqlite3_column_type(s, column) != SQLITE_NULL)
            return CQ_B_NOMEM;
        r->text[i].len = (size_t)sqlite3_column_bytes(s, column);
        cq_str_put(&reader->bytes, text, r->text[i].len);
    }
    if (reader->bytes.failed)
        return reader->bytes.failed;
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++) {
        r->text[i].ptr = reader->bytes.ptr + start;
        start += r->text[i].len;
    }
    return CQ_OK;
}

static void read_row(sqlite3_stmt *s, struct cq_referral *r)
{
    *r = (struct cq_referral){
        .number = sqlite3_column_int64(s, CQ_RC_ID),
        .status = (enum cq_state)sqlite3_column_int(s, CQ_RC_STATUS),
        .iin = sqlite3_column_int64(s, CQ_RC_IIN),
        .service = sqlite3_column_int(s, CQ_RC_SERVICE),
        .destination = sqlite3_column_int(s, CQ_RC_DESTINATION),
        .indicated = cq_stored_yes_no(s, CQ_RC_INDICATED),
        .package = cq_db_column_int(s, CQ_RC_PACKAGE, CQ_UNKNOWN),
        .duty_injury = sqlite3_column_int(s, CQ_RC_DUTY_INJURY) != 0,
        .paid = sqlite3_column_int(s, CQ_RC_PAID) != 0,
        .consent = cq_stored_yes_no(s, CQ_RC_CONSENT),
        .measure = cq_db_column_int(s, CQ_RC_MEASURE, CQ_UNKNOWN),
        .urgency = cq_db_column_int(s, CQ_RC_URGENCY, CQ_UNKNOWN),
        .occasion = cq_db_column_int(s, CQ_RC_OCCASION, CQ_UNKNOWN),
        .paid_by = cq_db_column_int(s, CQ_RC_PAID_BY, CQ_UNKNOWN),
        .commission_on = cq_db_column_int(s, CQ_RC_COMMISSION_ON, CQ_DAY_MIN),
        .found_in = sqlite3_column_int64(s, CQ_RC_FOUND_IN),
        .planned_on = cq_db_column_int(s, CQ_RC_PLANNED_ON, CQ_DAY_MIN),
        .expected_on = sqlite3_column_int(s, CQ_RC_EXPECTED_ON),
        .category = sqlite3_column_int(s, CQ_RC_CATEGORY),
        .agency = cq_db_column_int(s, CQ_RC_AGENCY, 0),
        .version = sqlite3_column_int64(s, CQ_RC_VERSION),
        .facts = (uint64_t)sqlite3_column_int64(s, CQ_RC_FACTS),
        .run = sqlite3_column_int64(s, CQ_RC_RUN),
        .issued_on = sqlite3_column_int(s, CQ_RC_ISSUED_ON),
        .issued_at = sqlite3_column_int64(s, CQ_RC_ISSUED_AT),
        .valid_until = sqlite3_column_int(s, CQ_RC_VALID_UNTIL),
    };
    for (int i = 0; i < CQ_PROVENANCE_KINDS; i++)
        if (sqlite3_column_bytes(s, CQ_RC_PROVENANCE + i) == CQ_PROVENANCE_BYTES)
            memcpy(r->provenance[i], sqlite3_column_blob(s, CQ_RC_PROVENANCE + i),
                   CQ_PROVENANCE_BYTES);
}

void cq_referral_reader_lenient(struct cq_referral_reader *reader)
{
    reader->lenient = true;
}

bool cq_referral_is_earlier(const struct cq_referral *r)
{
    struct cq_receipt receipt;
    struct cq_text text = r->text[CQ_REFERRAL_RECEIPT];
    return cq_receipt_read(text.ptr, text.len, &receipt) == CQ_RECEIPT_FIRST;
}

bool cq_referral_in_range(const struct cq_referral *r)
{
    bool facts = (r->facts & ~cq_facts_all) == 0 && cq_facts_empty(r->facts) == 0;
    return (unsigned)r->status < CQ_STATES && (unsigned)r->service < CQ_SERVICES &&
           (unsigned)r->destination < (unsigned)cq_fact_count(CQ_FACT_DESTINATION) &&
           (unsigned)(r->package + 1) <= (unsigned)cq_fact_count(CQ_FACT_PACKAGE) &&
           (unsigned)(r->urgency + 1) < sizeof cq_urgency_names / sizeof *cq_urgency_names &&
           (unsigned)(r->measure + 1) < sizeof cq_measure_names / sizeof *cq_measure_names &&
           (unsigned)(r->occasion + 1) < sizeof cq_occasion_names / sizeof *cq_occasion_names &&
           (unsigned)(r->paid_by + 1) < sizeof cq_paid_by_names / sizeof *cq_paid_by_names &&
           r->found_in >= 0 && r->found_in <= CQ_REFNO_MAX &&
           (unsigned)r->category < CQ_CATEGORIES && (facts || cq_referral_is_earlier(r));
}

enum cq_code cq_referral_read(struct cq_referral_reader *reader, int64_t number,
                              struct cq_referral *referral, bool *found, struct cq_err *err)
{
    sqlite3_bind_int64(reader->stmt, 2, number);
    enum cq_code code = cq_db_step(reader->db, reader->stmt, found, err);
    if (!code && *found) {
        read_row(reader->stmt, referral);
        code = copy_texts(reader, referral);
        if (code)
            cq_err_record(err, code, NULL);
        else if (!reader->lenient && !cq_referral_in_range(referral))
            code = cq_err_set(err, CQ_D_CORRUPT, "referral");
    }
    sqlite3_reset(reader->stmt);
    return code || !*found ? code : cq_moves_read(reader->moves, referral, err);
}
