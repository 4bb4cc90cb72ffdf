/* Seals of referrals, and the chain of their events: what was stored can be told from what was
 * altered afterwards. Cells are hashed with type and length, so that no two rows hash alike. */
#include "referral_private.h"

#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"

struct cq_stored cq_stored_number(int64_t number, bool present)
{
    return (struct cq_stored){
        present ? CQ_STORED_INTEGER : CQ_STORED_NULL, present ? number : 0, {NULL, 0}};
}

struct cq_stored cq_stored_text(const struct cq_text *text)
{
    return (struct cq_stored){text->len ? CQ_STORED_BYTES : CQ_STORED_NULL, 0, *text};
}

struct cq_stored cq_stored_read(sqlite3_stmt *stmt, int column)
{
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_NULL: return cq_stored_number(0, false);
    case SQLITE_INTEGER: return cq_stored_number(sqlite3_column_int64(stmt, column), true);
    default:
        return (struct cq_stored){
            CQ_STORED_BYTES,
            0,
            {sqlite3_column_blob(stmt, column), (size_t)sqlite3_column_bytes(stmt, column)}};
    }
}

void cq_stored_bind(sqlite3_stmt *stmt, int index, const struct cq_stored *cell)
{
    if (cell->type == CQ_STORED_BYTES)
        cq_db_bind_text(stmt, index, cell->bytes.ptr, cell->bytes.len);
    else
        cq_db_bind_int(stmt, index, cell->number, cell->type == CQ_STORED_INTEGER);
}

void cq_stored_hash(struct cq_hash *hash, const struct cq_stored *cell)
{
    unsigned char head[9] = {(unsigned char)cell->type};
    uint64_t value = cell->type == CQ_STORED_BYTES ? cell->bytes.len : (uint64_t)cell->number;
    for (int i = 1; i < 9; i++, value >>= 8)
        head[i] = (unsigned char)value;
    cq_hash_add(hash, head, cell->type == CQ_STORED_NULL ? 1 : sizeof head);
    if (cell->type == CQ_STORED_BYTES)
        cq_hash_add(hash, cell->bytes.ptr, cell->bytes.len);
}

void cq_referral_cells(const struct cq_referral *r, struct cq_stored *cells)
{
    const struct {
        int column;
        int64_t value;
        bool present;
    } numbers[] = {
        {CQ_RC_ID, r->number, true},
        {CQ_RC_STATUS, (int64_t)r->status, true},
        {CQ_RC_IIN, r->iin, true},
        {CQ_RC_SERVICE, r->service, true},
        {CQ_RC_DESTINATION, r->destination, true},
        {CQ_RC_INDICATED, r->indicated == CQ_YES, r->indicated != CQ_UNKNOWN},
        {CQ_RC_PACKAGE, r->package, r->package != CQ_UNKNOWN},
        {CQ_RC_DUTY_INJURY, r->duty_injury, true},
        {CQ_RC_PAID, r->paid, true},
        {CQ_RC_CONSENT, r->consent == CQ_YES, r->consent != CQ_UNKNOWN},
        {CQ_RC_MEASURE, r->measure, r->measure != CQ_UNKNOWN},
        {CQ_RC_URGENCY, r->urgency, r->urgency != CQ_UNKNOWN},
        {CQ_RC_PLANNED_ON, r->planned_on, r->planned_on != CQ_DAY_MIN},
        {CQ_RC_EXPECTED_ON, r->expected_on, true},
        {CQ_RC_CATEGORY, r->category, true},
        {CQ_RC_AGENCY, r->agency, r->agency != 0},
        {CQ_RC_VERSION, r->version, r->version != 0},
        {CQ_RC_FACTS, (int64_t)r->facts, true},
        {CQ_RC_RUN, r->run, true},
        {CQ_RC_ISSUED_ON, r->issued_on, true},
        {CQ_RC_ISSUED_AT, r->issued_at, true},
        {CQ_RC_VALID_UNTIL, r->valid_until, true},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cells[numbers[i].column] = cq_stored_number(numbers[i].value, numbers[i].present);
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++)
        cells[CQ_RC_TEXT + i] = cq_stored_text(&r->text[i]);
    for (int i = 0; i < CQ_PROVENANCE_KINDS; i++)
        cells[CQ_RC_PROVENANCE + i] = (struct cq_stored){
            CQ_STORED_BYTES, 0, {(const char *)r->provenance[i], CQ_PROVENANCE_BYTES}};
    cells[CQ_RC_SEAL] = cq_stored_number(0, false);
}

void cq_referral_seal(const struct cq_stored *cells, unsigned char seal[CQ_HASH_BYTES])
{
    struct cq_hash hash;
    cq_hash_init(&hash);
    for (int i = 0; i < CQ_RC_SEAL; i++)
        if (i != CQ_RC_STATUS)
            cq_stored_hash(&hash, &cells[i]);
    cq_hash_done(&hash, seal);
}

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
    cq_hash_done(&hash, link);
}

/* --- the chain --- */

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
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
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
    };
    cq_event_link(chain->link, seal, cells, link);
    for (int i = 0; i < CQ_EC_LINK; i++)
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
