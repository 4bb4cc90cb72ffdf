/* Writes drafts as referrals: finds duplicates, assigns numbers and days, writes rows and first
 * events, all inside the caller's transaction. */
#include "cq/issue.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "cq/refno.h"
#include "referrals/chain.h"
#include "referrals/drafts.h"
#include "referrals/duplicates.h"
#include "referrals/states.h"

/* The last serial given in one region and year; read once from the registry. */
struct last_serial {
    int region, year, serial;
};

struct job {
    struct cq_db *db;
    sqlite3_stmt *duplicate, *last, *insert;
    struct cq_referral_reader *reader; /* of duplicates */
    struct cq_chain chain;
    struct cq_bookings *bookings;
    struct last_serial *serials;
    size_t serial_count, serial_room;
    int64_t now;
    struct cq_text actor;
    cq_finding_fn *report;
    void *context;
};

static const char duplicate_sql[] =
    "SELECT id FROM referral WHERE iin = ?1 AND issued_on = ?2 AND service = ?3"
    " AND destination = ?4 AND profile IS ?5 AND ?6 >> status & 1"
    " AND ifnull(urgency, ?7) = ?8 ORDER BY id LIMIT 1";
static const char last_sql[] = "SELECT max(id) FROM referral WHERE id BETWEEN ?1 AND ?2";

static enum cq_code prepare(struct job *w, struct cq_err *err)
{
    struct cq_str sql = {0};
    cq_str_puts(&sql, "INSERT INTO referral (id, status, " CQ_RC_AFTER_STATUS ") VALUES (?1");
    for (int i = 1; i < CQ_RC_COUNT; i++)
        cq_str_printf(&sql, ", ?%d", i + 1);
    cq_str_puts(&sql, ")");
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_db_prepare(w->db, &w->insert, sql.ptr, err);
    if (!code)
        code = cq_db_prepare(w->db, &w->duplicate, duplicate_sql, err);
    if (!code)
        code = cq_db_prepare(w->db, &w->last, last_sql, err);
    if (!code)
        code = cq_referral_reader_open(&w->reader, w->db, INT64_MAX, err);
    if (!code)
        code = cq_bookings_open(&w->bookings, w->db, err);
    if (!code)
        code = cq_chain_open(&w->chain, w->db, err);
    cq_str_free(&sql);
    return code;
}

static void close_job(struct job *w)
{
    sqlite3_finalize(w->duplicate);
    sqlite3_finalize(w->last);
    sqlite3_finalize(w->insert);
    cq_referral_reader_close(w->reader);
    cq_chain_abandon(&w->chain);
    cq_bookings_close(w->bookings);
    free(w->serials);
}

/* Finds the number of an open referral for the same request, 0 if there is none. */
static enum cq_code find_duplicate(struct job *w, const struct cq_referral *r, int64_t *number,
                                   struct cq_err *err)
{
    const struct cq_text *profile = &r->text[CQ_REFERRAL_PROFILE];
    bool row;
    *number = 0;
    sqlite3_bind_int64(w->duplicate, 1, r->iin);
    sqlite3_bind_int(w->duplicate, 2, r->issued_on);
    sqlite3_bind_int(w->duplicate, 3, r->service);
    sqlite3_bind_int(w->duplicate, 4, r->destination);
    cq_db_bind_text(w->duplicate, 5, profile->len ? profile->ptr : NULL, profile->len);
    sqlite3_bind_int64(w->duplicate, 6, cq_states_open());
    sqlite3_bind_int(w->duplicate, 7, CQ_URGENCY_PLANNED);
    sqlite3_bind_int(w->duplicate, 8, r->urgency == CQ_UNKNOWN ? CQ_URGENCY_PLANNED : r->urgency);
    enum cq_code code = cq_db_step(w->db, w->duplicate, &row, err);
    if (!code && row)
        *number = sqlite3_column_int64(w->duplicate, 0);
    sqlite3_reset(w->duplicate);
    return code;
}

static enum cq_code find_last(struct job *w, int region, int year, struct last_serial **found,
                              struct cq_err *err)
{
    bool row;
    for (size_t i = 0; i < w->serial_count; i++)
        if (w->serials[i].region == region && w->serials[i].year == year) {
            *found = &w->serials[i];
            return CQ_OK;
        }
    struct last_serial *serials =
        cq_grow(w->serials, w->serial_count + 1, &w->serial_room, sizeof *serials);
    if (!serials)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    w->serials = serials;
    sqlite3_bind_int64(w->last, 1, cq_refno_make(region, year, 0));
    sqlite3_bind_int64(w->last, 2, cq_refno_make(region, year, CQ_SERIAL_MAX));
    enum cq_code code = cq_db_step(w->db, w->last, &row, err);
    if (!code) {
        int64_t serial = sqlite3_column_int64(w->last, 0) % (CQ_SERIAL_MAX + 1);
        *found = &w->serials[w->serial_count++];
        **found = (struct last_serial){region, year, (int)serial};
    }
    sqlite3_reset(w->last);
    return code;
}

/* The next number of the draft's region and year, 0 if all are given out. */
static enum cq_code next_number(struct job *w, const struct cq_draft *draft, int64_t *number,
                                struct cq_err *err)
{
    int year, month, day;
    struct last_serial *last = NULL;
    cq_date_split(draft->referral.issued_on, &year, &month, &day);
    enum cq_code code = find_last(w, draft->region, year, &last, err);
    if (!code)
        *number =
            last->serial == CQ_SERIAL_MAX ? 0 : cq_refno_make(draft->region, year, ++last->serial);
    return code;
}

static void report_draft(struct job *w, enum cq_code finding, const struct cq_draft *draft,
                         const char *detail)
{
    struct cq_err err = {0};
    if (detail)
        cq_err_record(&err, finding, "%s", detail);
    else
        cq_err_record(&err, finding, NULL);
    cq_err_at(&err, NULL, draft->line, NULL);
    w->report(&err, w->context);
}

/* Books the facility with the soonest free day. A referral that can wait moves to that day,
 * whatever was planned, and is valid as much longer. An emergency keeps its day, as does every
 * referral if no day of two years has room. */
static enum cq_code book_day(struct job *w, const struct cq_drafts *drafts,
                             const struct cq_draft *draft, struct cq_referral *r,
                             struct cq_err *err)
{
    const struct cq_choice *choices = &drafts->choices[draft->choice], *best = NULL;
    const struct cq_text *profile = &r->text[CQ_REFERRAL_PROFILE];
    int32_t from = r->planned_on > r->issued_on ? r->planned_on : r->issued_on;
    int32_t soonest = from;
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < draft->choices && !code; i++) {
        int32_t day;
        code = cq_bookings_find_day(w->bookings, &choices[i], r->service, profile, from, &day, err);
        if (!best || day < soonest) {
            best = &choices[i];
            soonest = day;
        }
    }
    if (code)
        return code;
    bool waits = r->urgency != CQ_URGENCY_EMERGENCY && soonest != CQ_DAY_MAX;
    if (soonest > from && (r->planned_on != CQ_DAY_MIN || !waits)) {
        char text[11] = "?";
        cq_date_write(text, waits ? soonest : from);
        report_draft(w, CQ_W_FULL, draft, text);
    }
    r->expected_on = waits ? soonest : from;
    r->valid_until += r->expected_on - from;
    if (!best)
        return CQ_OK;
    r->text[CQ_REFERRAL_FACILITY] = cq_text_of(best->facility);
    return cq_bookings_add(w->bookings, best, r->service, profile, r->expected_on, err);
}

static enum cq_code insert_referral(struct job *w, const struct cq_referral *r, struct cq_err *err)
{
    struct cq_stored cells[CQ_RC_COUNT];
    unsigned char seal[CQ_HASH_BYTES];
    const struct cq_event event = {.id = r->number << CQ_EVENT_BITS | 1,
                                   .at = r->issued_at,
                                   .day = r->issued_on,
                                   .status = CQ_ISSUED,
                                   .actor = w->actor,
                                   .consent = CQ_UNKNOWN,
                                   .planned_on = CQ_DAY_MIN,
                                   .commission_on = CQ_DAY_MIN};
    cq_referral_cells(r, cells);
    cq_referral_seal(cells, seal);
    for (int i = 0; i < CQ_RC_COUNT; i++)
        cq_stored_bind(w->insert, i + 1, &cells[i]);
    for (int i = CQ_RC_PROVENANCE; i < CQ_RC_SEAL; i++)
        sqlite3_bind_blob(w->insert, i + 1, cells[i].bytes.ptr, CQ_PROVENANCE_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(w->insert, CQ_RC_SEAL + 1, seal, CQ_HASH_BYTES, SQLITE_STATIC);
    enum cq_code code = cq_db_run(w->db, w->insert, err);
    return code ? code : cq_chain_add(&w->chain, &event, seal, err);
}

/* Says what a draft states otherwise than the referral that it is given. */
static enum cq_code report_differences(struct job *w, const struct cq_draft *draft, int64_t number,
                                       struct cq_err *err)
{
    struct cq_referral open;
    struct cq_str columns = {0};
    bool found;
    enum cq_code code = cq_referral_read(w->reader, number, &open, &found, err);
    if (!code && found)
        cq_draft_differs(&open, draft, &columns);
    if (!code && columns.failed)
        code = cq_err_set(err, columns.failed, NULL);
    if (!code && columns.len > 0)
        report_draft(w, CQ_W_ALREADY_ISSUED, draft, columns.ptr);
    cq_str_free(&columns);
    return code;
}

/* *number becomes that of the draft, 0 where none is left. */
static enum cq_code write_draft(struct job *w, const struct cq_drafts *drafts,
                                const struct cq_draft *draft, int64_t *number, struct cq_err *err)
{
    struct cq_referral r = draft->referral;
    enum cq_code code = find_duplicate(w, &r, number, err);
    if (code)
        return code;
    if (*number != 0)
        return report_differences(w, draft, *number, err);
    code = next_number(w, draft, number, err);
    if (!code && *number == 0)
        report_draft(w, CQ_R_SERIALS, draft, NULL);
    if (code || *number == 0)
        return code;
    r.number = *number;
    r.status = CQ_ISSUED;
    r.issued_at = w->now;
    code = book_day(w, drafts, draft, &r, err);
    return code ? code : insert_referral(w, &r, err);
}

enum cq_code cq_drafts_write(struct cq_db *db, const struct cq_drafts *drafts, int64_t now,
                             const char *actor, cq_finding_fn *report, void *context,
                             struct cq_numbers *numbers, struct cq_err *err)
{
    struct job w = {
        .db = db, .now = now, .actor = cq_text_of(actor), .report = report, .context = context};
    enum cq_code code = prepare(&w, err);
    for (size_t i = 0; i < drafts->count && !code; i++) {
        int64_t number = 0;
        code = write_draft(&w, drafts, &drafts->list[i], &number, err);
        if (!code && number != 0 && cq_numbers_add(numbers, number))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (!code)
        code = cq_chain_close(&w.chain, err);
    close_job(&w);
    return code;
}
