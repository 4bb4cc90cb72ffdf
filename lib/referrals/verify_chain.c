/* Verification of events: those of one referral, and the chain of all. */
#include "referrals/verify_chain.h"

#include <stdio.h>
#include <string.h>

#include "cq/refno.h"
#include "cq/transition.h"
#include "referrals/chain.h"
#include "referrals/states.h"

/* Each event with the link of the one before it in the chain. */
const char cq_verify_events_sql[] = "SELECT " CQ_EC_COLUMNS(
    "e.") ", p.link FROM referral_event AS e"
          " LEFT JOIN referral_event AS p ON p.place = e.place - 1 WHERE e.id" CQ_EVENTS_OF(
              "?1") "ORDER BY e.id";

/* Computes the link as it should be. Returns false if the one before is missing, which check_chain
 * reports. */
static bool compute_link(sqlite3_stmt *stmt, const unsigned char *seal,
                         unsigned char link[CQ_HASH_BYTES])
{
    static const unsigned char nothing[CQ_HASH_BYTES];
    struct cq_stored cells[CQ_EC_COUNT];
    const unsigned char *before = sqlite3_column_blob(stmt, CQ_EC_COUNT);
    int len = sqlite3_column_bytes(stmt, CQ_EC_COUNT);
    for (int i = 0; i < CQ_EC_COUNT; i++)
        cells[i] = cq_stored_read(stmt, i);
    if (cells[CQ_EC_PLACE].number == 1) {
        before = nothing;
        len = CQ_HASH_BYTES;
    }
    if (len != CQ_HASH_BYTES)
        return false;
    cq_event_link(before, seal, cells, link);
    return true;
}

enum cq_code cq_verify_events(struct cq_db *db, sqlite3_stmt *stmt, const struct cq_sealed *sealed,
                              struct cq_findings *findings, struct cq_err *err)
{
    unsigned char link[CQ_HASH_BYTES];
    int64_t at = sealed->issued_at;
    int last = -1;
    bool row = true, valid = true, linked = true, empty = true;
    enum cq_code code = CQ_OK;
    sqlite3_bind_int64(stmt, 1, sealed->number);
    while (!code) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        int status = sqlite3_column_int(stmt, CQ_EC_STATUS);
        int64_t then = sqlite3_column_int64(stmt, CQ_EC_AT);
        valid = valid && (empty ? status == CQ_ISSUED && then == sealed->issued_at &&
                                      sqlite3_column_int(stmt, CQ_EC_DAY) == sealed->issued_on
                                : cq_state_precedes(last, status) && then >= at);
        empty = false;
        at = then;
        last = status;
        if (compute_link(stmt, sealed->seal, link))
            linked = linked && sqlite3_column_bytes(stmt, CQ_EC_LINK) == CQ_HASH_BYTES &&
                     memcmp(sqlite3_column_blob(stmt, CQ_EC_LINK), link, sizeof link) == 0;
    }
    sqlite3_reset(stmt);
    if (!code && (empty || !valid))
        code = cq_findings_add(findings, sealed->number, CQ_VERIFIED_EVENTS, NULL);
    if (!code && !linked)
        code = cq_findings_add(findings, sealed->number, CQ_VERIFIED_LINK, NULL);
    if (!code && !empty && last != sealed->status)
        code = cq_findings_add(findings, sealed->number, CQ_VERIFIED_STATUS, NULL);
    return code;
}

/* --- all referrals together --- */

/* Serials that are left out within a region and year: the first of them and their number. */
static enum cq_code find_serial_gaps(struct cq_db *db, struct cq_findings *findings,
                                     struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    int64_t before = 0;
    char detail[32];
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, "SELECT id FROM referral ORDER BY id", err);
    while (!code) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t id = sqlite3_column_int64(stmt, 0), base = id - id % (CQ_SERIAL_MAX + 1);
        int64_t next = before > base ? before + 1 : base + 1;
        snprintf(detail, sizeof detail, "%lld", (long long)(id - next));
        if (next < id)
            code = cq_findings_add(findings, next, CQ_VERIFIED_MISSING, detail);
        before = id;
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code find_orphans(struct cq_db *db, struct cq_findings *findings, struct cq_err *err)
{
    static const char sql[] =
        "SELECT DISTINCT referral FROM referral_event AS e"
        " WHERE NOT EXISTS (SELECT 1 FROM referral AS r WHERE r.id = e.referral)";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    while (!code) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        code = cq_findings_add(findings, sqlite3_column_int64(stmt, 0), CQ_VERIFIED_ORPHAN, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Checks the places of all events for gaps, and the stored end of the chain. */
static enum cq_code check_chain(struct cq_db *db, struct cq_findings *findings, struct cq_err *err)
{
    char head[CQ_HASH_HEX + 1], last[CQ_HASH_HEX + 1] = "", detail[64];
    int64_t events = 0, place = 0, before = 0;
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    memset(last, '0', CQ_HASH_HEX);
    enum cq_code code = cq_referral_chain(db, &events, head, err);
    if (code == CQ_D_CORRUPT && err)
        *err = (struct cq_err){0};
    if (code == CQ_D_CORRUPT)
        return cq_findings_add(findings, 0, CQ_VERIFIED_CHAIN, "end");
    if (!code)
        code =
            cq_db_prepare(db, &stmt, "SELECT place, link FROM referral_event ORDER BY place", err);
    while (!code) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        before = place;
        place = sqlite3_column_int64(stmt, 0);
        if (sqlite3_column_bytes(stmt, 1) == CQ_HASH_BYTES)
            cq_hash_hex(last, sqlite3_column_blob(stmt, 1), CQ_HASH_BYTES);
        if (place == before + 1)
            continue;
        snprintf(detail, sizeof detail, "event %lld", (long long)before + 1);
        code = cq_findings_add(findings, 0, CQ_VERIFIED_CHAIN, detail);
    }
    if (!code && (place != events || strcmp(last, head) != 0))
        code = cq_findings_add(findings, 0, CQ_VERIFIED_CHAIN, "end");
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_verify_all(struct cq_db *db, struct cq_findings *findings, struct cq_err *err)
{
    enum cq_code code = find_serial_gaps(db, findings, err);
    if (!code)
        code = find_orphans(db, findings, err);
    return code ? code : check_chain(db, findings, err);
}
