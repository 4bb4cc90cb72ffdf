/* The chain of events: each is linked to the one before it and to the seal of its referral. */
#include "referrals/chain.h"

#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/transition.h"

void cq_event_link(const unsigned char before[CQ_HASH_BYTES],
                   const unsigned char seal[CQ_HASH_BYTES], const struct cq_stored *cells,
                   unsigned char link[CQ_HASH_BYTES])
{
    struct cq_hash hash;
    cq_hash_init(&hash);
    cq_hash_add(&hash, before, CQ_HASH_BYTES);
    cq_hash_add(&hash, seal, CQ_HASH_BYTES);
    for (int i = 0; i < CQ_EC_LINK; i++)
        cq_stored_hash(&hash, &cells[i]);
    cq_stored_hash_added(&hash, &cells[CQ_EC_LINK + 1], CQ_EC_COUNT - CQ_EC_LINK - 1);
    cq_hash_done(&hash, link);
}

static enum cq_code read_head(struct cq_db *db, int64_t *events, unsigned char link[CQ_HASH_BYTES],
                              struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code =
        cq_db_prepare(db, &stmt, "SELECT events, link FROM referral_chain WHERE id = 1", err);
    if (!code)
        code = cq_db_step(db, stmt, &row, err);
    if (!code && (!row || sqlite3_column_bytes(stmt, 1) != CQ_HASH_BYTES))
        code = cq_err_set(err, CQ_D_CORRUPT, "referral_chain");
    if (!code) {
        *events = sqlite3_column_int64(stmt, 0);
        memcpy(link, sqlite3_column_blob(stmt, 1), CQ_HASH_BYTES);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_chain_open(struct cq_chain *chain, struct cq_db *db, struct cq_err *err)
{
    *chain = (struct cq_chain){.db = db};
    enum cq_code code = read_head(db, &chain->events, chain->link, err);
    return code ? code
                : cq_db_prepare(db, &chain->insert,
                                "INSERT INTO referral_event (" CQ_EC_COLUMNS(
                                    "") ")"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                                        "?12, ?13, ?14, ?15)",
                                err);
}

enum cq_code cq_chain_add(struct cq_chain *chain, const struct cq_event *e,
                          const unsigned char seal[CQ_HASH_BYTES], struct cq_err *err)
{
    unsigned char link[CQ_HASH_BYTES];
    const struct cq_stored cells[CQ_EC_COUNT] = {
        [CQ_EC_ID] = cq_stored_number(e->id, true),
        [CQ_EC_PLACE] = cq_stored_number(chain->events + 1, true),
        [CQ_EC_AT] = cq_stored_number(e->at, true),
        [CQ_EC_DAY] = cq_stored_number(e->day, true),
        [CQ_EC_STATUS] = cq_stored_number(e->status, true),
        [CQ_EC_ACTOR] = {CQ_STORED_BYTES, 0, e->actor},
        [CQ_EC_REASON] = cq_stored_text(&e->reason),
        [CQ_EC_CONSENT] = cq_stored_number(e->consent == CQ_YES, e->consent != CQ_UNKNOWN),
        [CQ_EC_DIFFERS] = cq_stored_text(&e->differs),
        [CQ_EC_DESPITE] = cq_stored_text(&e->despite),
        [CQ_EC_PLANNED_ON] = cq_stored_number(e->planned_on, e->planned_on != CQ_DAY_MIN),
        [CQ_EC_BUREAU_CODE] = cq_stored_text(&e->bureau_code),
        [CQ_EC_COMMISSION_NO] = cq_stored_text(&e->commission_no),
        [CQ_EC_COMMISSION_ON] = cq_stored_number(e->commission_on, e->commission_on != CQ_DAY_MIN),
    };
    cq_event_link(chain->link, seal, cells, link);
    for (int i = 0; i < CQ_EC_COUNT; i++)
        cq_stored_bind(chain->insert, i + 1, &cells[i]);
    sqlite3_bind_blob(chain->insert, CQ_EC_LINK + 1, link, CQ_HASH_BYTES, SQLITE_TRANSIENT);
    enum cq_code code = cq_db_run(chain->db, chain->insert, err);
    if (!code) {
        chain->events++;
        memcpy(chain->link, link, sizeof link);
    }
    return code;
}

enum cq_code cq_chain_close(struct cq_chain *chain, struct cq_err *err)
{
    static const char sql[] = "UPDATE referral_chain SET events = ?1, link = ?2 WHERE id = 1";
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(chain->db, &stmt, sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, chain->events);
        sqlite3_bind_blob(stmt, 2, chain->link, CQ_HASH_BYTES, SQLITE_STATIC);
        code = cq_db_run(chain->db, stmt, err);
    }
    sqlite3_finalize(stmt);
    cq_chain_abandon(chain);
    return code;
}

void cq_chain_abandon(struct cq_chain *chain)
{
    sqlite3_finalize(chain->insert);
    chain->insert = NULL;
}

enum cq_code cq_referral_chain(struct cq_db *db, int64_t *events, char link[CQ_HASH_HEX + 1],
                               struct cq_err *err)
{
    unsigned char bytes[CQ_HASH_BYTES];
    enum cq_code code = read_head(db, events, bytes, err);
    if (!code)
        cq_hash_hex(link, bytes, sizeof bytes);
    return code;
}
