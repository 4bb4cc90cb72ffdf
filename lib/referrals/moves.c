/* What the moves of a referral recorded: the last that states it counts. */
#include "referrals/moves.h"

#include <stdlib.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "referrals/bindings.h"
#include "referrals/chain.h"

enum { BUREAU_CODE, COMMISSION_NO, REFUSAL, KEPT };

struct cq_moves_reader {
    struct cq_db *db;
    sqlite3_stmt *stmt;
    struct cq_str kept[KEPT]; /* texts of the last one read */
};

enum cq_code cq_moves_reader_open(struct cq_moves_reader **result, struct cq_db *db,
                                  int64_t known_at, struct cq_err *err)
{
    static const char sql[] = "SELECT " CQ_EC_COLUMNS(
        "") " FROM referral_event WHERE id" CQ_EVENTS_OF("?1") "AND at <= ?2 ORDER BY id";
    *result = NULL;
    struct cq_moves_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    reader->db = db;
    enum cq_code code = cq_db_prepare(db, &reader->stmt, sql, err);
    if (code) {
        cq_moves_reader_close(reader);
        return code;
    }
    sqlite3_bind_int64(reader->stmt, 2, known_at);
    *result = reader;
    return CQ_OK;
}

void cq_moves_reader_close(struct cq_moves_reader *reader)
{
    if (!reader)
        return;
    sqlite3_finalize(reader->stmt);
    for (int i = 0; i < KEPT; i++)
        cq_str_free(&reader->kept[i]);
    free(reader);
}

/* Takes a cell over, if it is stated. */
static void keep_text(struct cq_str *kept, sqlite3_stmt *stmt, int column, struct cq_text *text)
{
    const struct cq_stored cell = cq_stored_read(stmt, column);
    if (cell.type != CQ_STORED_BYTES || !cell.bytes.len)
        return;
    cq_str_clear(kept);
    cq_str_put(kept, cell.bytes.ptr, cell.bytes.len);
    if (!kept->failed)
        *text = (struct cq_text){kept->ptr, kept->len};
}

/* An answer is a refusal, or an acceptance that gives a day. */
static void read_answer(struct cq_moves_reader *reader, struct cq_referral *r)
{
    sqlite3_stmt *s = reader->stmt;
    int32_t appointed = cq_db_column_int(s, CQ_EC_PLANNED_ON, CQ_DAY_MIN);
    bool refused = sqlite3_column_int(s, CQ_EC_STATUS) == CQ_REJECTED;
    if (!refused && appointed == CQ_DAY_MIN)
        return;
    r->answer = refused ? CQ_ANSWERED_REFUSAL : CQ_ANSWERED_DATE;
    r->answered_on = sqlite3_column_int(s, CQ_EC_DAY);
    r->appointed_on = appointed;
    if (refused)
        keep_text(&reader->kept[REFUSAL], s, CQ_EC_REASON, &r->refusal);
}

static void read_admission(sqlite3_stmt *s, struct cq_referral *r)
{
    r->admitted_on = sqlite3_column_int(s, CQ_EC_DAY);
    r->admitted_with = 0;
    for (unsigned i = 0; i < CQ_REQUIREMENTS; i++)
        if (cq_referral_states(r, (enum cq_requirement)i))
            r->admitted_with |= 1u << i;
}

static void read_move(struct cq_moves_reader *reader, struct cq_referral *r)
{
    sqlite3_stmt *s = reader->stmt;
    int consent = cq_stored_yes_no(s, CQ_EC_CONSENT);
    keep_text(&reader->kept[BUREAU_CODE], s, CQ_EC_BUREAU_CODE, &r->text[CQ_REFERRAL_BUREAU_CODE]);
    keep_text(&reader->kept[COMMISSION_NO], s, CQ_EC_COMMISSION_NO,
              &r->text[CQ_REFERRAL_COMMISSION_NO]);
    r->commission_on = cq_db_column_int(s, CQ_EC_COMMISSION_ON, r->commission_on);
    if (consent != CQ_UNKNOWN)
        r->consent = consent;
    read_answer(reader, r);
    if (sqlite3_column_int(s, CQ_EC_STATUS) == CQ_ADMITTED)
        read_admission(s, r);
}

enum cq_code cq_moves_read(struct cq_moves_reader *reader, struct cq_referral *r,
                           struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    bool row = true;
    r->answer = CQ_ANSWERED_NOTHING;
    r->answered_on = r->appointed_on = r->admitted_on = CQ_DAY_MIN;
    r->admitted_with = 0;
    r->refusal = cq_text_of("");
    for (int i = 0; i < KEPT; i++)
        cq_str_clear(&reader->kept[i]);
    sqlite3_bind_int64(reader->stmt, 1, r->number);
    while (!code && !(code = cq_db_step(reader->db, reader->stmt, &row, err)) && row)
        read_move(reader, r);
    sqlite3_reset(reader->stmt);
    for (int i = 0; i < KEPT && !code; i++)
        if (reader->kept[i].failed)
            code = cq_err_set(err, reader->kept[i].failed, NULL);
    return code;
}
