/* The cells of referrals as they are stored, and their seals, which show later changes. Cells are
 * hashed with type and length, so that no two rows hash alike. */
#include "referrals/seal.h"

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

int cq_stored_yes_no(sqlite3_stmt *stmt, int column)
{
    int value = cq_db_column_int(stmt, column, CQ_UNKNOWN);
    return value == CQ_UNKNOWN ? CQ_UNKNOWN : value ? CQ_YES : CQ_NO;
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

void cq_stored_hash_added(struct cq_hash *hash, const struct cq_stored *cells, int count)
{
    for (int i = 0; i < count; i++) {
        const struct cq_stored place = cq_stored_number(i, true);
        if (cells[i].type == CQ_STORED_NULL)
            continue;
        cq_stored_hash(hash, &place);
        cq_stored_hash(hash, &cells[i]);
    }
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
        {CQ_RC_OCCASION, r->occasion, r->occasion != CQ_UNKNOWN},
        {CQ_RC_PAID_BY, r->paid_by, r->paid_by != CQ_UNKNOWN},
        {CQ_RC_COMMISSION_ON, r->commission_on, r->commission_on != CQ_DAY_MIN},
        {CQ_RC_FOUND_IN, r->found_in, r->found_in != 0},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cells[numbers[i].column] = cq_stored_number(numbers[i].value, numbers[i].present);
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++)
        cells[cq_referral_text_column(i)] = cq_stored_text(&r->text[i]);
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
    cq_stored_hash_added(&hash, &cells[CQ_RC_SEAL + 1], CQ_RC_COUNT - CQ_RC_SEAL - 1);
    cq_hash_done(&hash, seal);
}
