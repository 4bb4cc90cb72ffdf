/* The columns of a referral, its cells as they are stored and hashed, and its seal. */
#ifndef CQ_REFERRALS_SEAL_H
#define CQ_REFERRALS_SEAL_H

#include "cq/hash.h"
#include "cq/referral.h"

/* Columns of the table as they are written and read; texts in the order of CQ_REFERRAL_*, of which
 * those before the commission's number lie before the seal. All from CQ_RC_IIN on are frozen. The
 * seal covers those before it, and of those after it the ones that are stated, each with its place:
 * a row of an earlier program, which has none of them, keeps its seal. */
enum {
    CQ_RC_ID,
    CQ_RC_STATUS,
    CQ_RC_IIN,
    CQ_RC_SERVICE,
    CQ_RC_DESTINATION,
    CQ_RC_INDICATED,
    CQ_RC_PACKAGE,
    CQ_RC_DUTY_INJURY,
    CQ_RC_PAID,
    CQ_RC_CONSENT,
    CQ_RC_MEASURE,
    CQ_RC_URGENCY,
    CQ_RC_PLANNED_ON,
    CQ_RC_EXPECTED_ON,
    CQ_RC_CATEGORY,
    CQ_RC_AGENCY,
    CQ_RC_VERSION,
    CQ_RC_FACTS,
    CQ_RC_RUN,
    CQ_RC_ISSUED_ON,
    CQ_RC_ISSUED_AT,
    CQ_RC_VALID_UNTIL,
    CQ_RC_TEXT,
    CQ_RC_PROVENANCE = CQ_RC_TEXT + CQ_REFERRAL_COMMISSION_NO,
    CQ_RC_SEAL = CQ_RC_PROVENANCE + CQ_PROVENANCE_KINDS,
    CQ_RC_OCCASION,
    CQ_RC_PAID_BY,
    CQ_RC_COMMISSION_NO,
    CQ_RC_COMMISSION_ON,
    CQ_RC_FOUND_IN,
    CQ_RC_COUNT
};
#define CQ_RC_AFTER_STATUS                                                                         \
    "iin, service, destination, indicated, package, duty_injury, paid, consent, measure, "         \
    "urgency, planned_on, expected_on, category, agency, version, facts, run, issued_on, "         \
    "issued_at, valid_until, profile, diagnosis, indication, from_facility, referrer, "            \
    "bureau_code, outcome, provider, facility, payer, referral, basis, rule, reasons, certainty, " \
    "documents, gaps, fallback, receipt, law, engine, people_hash, facilities_hash, runs_hash, "   \
    "seal, occasion, paid_by, commission_no, commission_on, found_in"

/* The column of a text. */
static inline int cq_referral_text_column(int text)
{
    return text < CQ_REFERRAL_COMMISSION_NO ? CQ_RC_TEXT + text : CQ_RC_COMMISSION_NO;
}

/* A cell: what is hashed is what is stored. */
struct cq_stored {
    enum { CQ_STORED_NULL, CQ_STORED_INTEGER, CQ_STORED_BYTES } type;
    int64_t number;
    struct cq_text bytes;
};

struct cq_stored cq_stored_number(int64_t number, bool present);
/* An empty text is NULL. */
struct cq_stored cq_stored_text(const struct cq_text *text);
struct cq_stored cq_stored_read(sqlite3_stmt *stmt, int column);
/* A cell of yes, no or nothing, as CQ_YES, CQ_NO or CQ_UNKNOWN. */
int cq_stored_yes_no(sqlite3_stmt *stmt, int column);
void cq_stored_bind(sqlite3_stmt *stmt, int index, const struct cq_stored *cell);
void cq_stored_hash(struct cq_hash *hash, const struct cq_stored *cell);
/* Hashes the cells that are stated among those that later schemas added, each with its place. */
void cq_stored_hash_added(struct cq_hash *hash, const struct cq_stored *cells, int count);

/* The cells of a referral. Shape: CQ_RC_COUNT of them; the seal is left NULL. */
void cq_referral_cells(const struct cq_referral *referral, struct cq_stored *cells);

/* The seal of these cells, whatever the seal's cell holds. */
void cq_referral_seal(const struct cq_stored *cells, unsigned char seal[CQ_HASH_BYTES]);

#endif
