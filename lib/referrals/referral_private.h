/* What the parts of referrals tell each other: columns of the table, seals and links, drafts. */
#ifndef CQ_REFER_PRIVATE_H
#define CQ_REFER_PRIVATE_H

#include "cq/hash.h"
#include "cq/refer.h"

_Static_assert(CQ_STATES < 255, "the transitions of a referral fit into the low bits of their ids");

/* Columns of the table as they are written and read; texts in the order of CQ_REFERRAL_*. All from
 * CQ_RC_IIN on are frozen, and all but the last are under the seal. */
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
    CQ_RC_PROVENANCE = CQ_RC_TEXT + CQ_REFERRAL_TEXTS,
    CQ_RC_SEAL = CQ_RC_PROVENANCE + CQ_PROVENANCE_KINDS,
    CQ_RC_COUNT
};
#define CQ_RC_AFTER_STATUS                                                                         \
    "iin, service, destination, indicated, package, duty_injury, paid, consent, measure, "         \
    "urgency, planned_on, expected_on, category, agency, version, facts, run, issued_on, "         \
    "issued_at, valid_until, profile, diagnosis, indication, from_facility, referrer, "            \
    "bureau_code, outcome, provider, facility, payer, referral, basis, rule, reasons, certainty, " \
    "documents, gaps, fallback, receipt, law, engine, people_hash, facilities_hash, runs_hash, "   \
    "seal"

/* Index in cq_urgency_names of what does not wait. */
enum { CQ_URGENCY_EMERGENCY = 1 };

/* --- cells of a row: what is hashed is what is stored --- */

struct cq_stored {
    enum { CQ_STORED_NULL, CQ_STORED_INTEGER, CQ_STORED_BYTES } type;
    int64_t number;
    struct cq_text bytes;
};

struct cq_stored cq_stored_number(int64_t number, bool present);
/* No bytes are NULL. */
struct cq_stored cq_stored_text(const struct cq_text *text);
struct cq_stored cq_stored_read(sqlite3_stmt *stmt, int column);
void cq_stored_bind(sqlite3_stmt *stmt, int index, const struct cq_stored *cell);
void cq_stored_hash(struct cq_hash *hash, const struct cq_stored *cell);

/* The cells of a referral. Shape: CQ_RC_COUNT of them; the seal is left NULL. */
void cq_referral_cells(const struct cq_referral *referral, struct cq_stored *cells);

/* The seal of these cells, whatever the seal's cell holds. */
void cq_referral_seal(const struct cq_stored *cells, unsigned char seal[CQ_HASH_BYTES]);

/* --- the chain of events --- */

/* Moves are numbered from 1 in the low bits of an event's id. */
#define CQ_EVENT_BITS 8
#define CQ_EVENTS_OF(number) " BETWEEN " number " << 8 AND (" number " << 8 | 255) "

struct cq_event {
    int64_t id, at;
    int32_t day;
    int status;
    struct cq_text actor, reason, differs, despite;
    int consent; /* CQ_YES, CQ_NO, CQ_UNKNOWN */
};

/* Columns of the table in their order; those before the link are under it. */
enum {
    CQ_EC_ID,
    CQ_EC_PLACE,
    CQ_EC_AT,
    CQ_EC_DAY,
    CQ_EC_STATUS,
    CQ_EC_ACTOR,
    CQ_EC_REASON,
    CQ_EC_CONSENT,
    CQ_EC_DIFFERS,
    CQ_EC_DESPITE,
    CQ_EC_LINK,
    CQ_EC_COUNT
};
#define CQ_EC_COLUMNS(t)                                                                           \
    t "id, " t "place, " t "at, " t "day, " t "status, " t "actor, " t "reason, " t "consent, " t  \
      "differs, " t "despite, " t "link"

void cq_event_link(const unsigned char before[CQ_HASH_BYTES],
                   const unsigned char seal[CQ_HASH_BYTES], const struct cq_stored *cells,
                   unsigned char link[CQ_HASH_BYTES]);

/* Adds events behind the last, inside one writer's transaction. */
struct cq_chain {
    struct cq_db *db;
    sqlite3_stmt *insert;
    int64_t events;
    unsigned char link[CQ_HASH_BYTES];
};
enum cq_code cq_chain_open(struct cq_chain *chain, struct cq_db *db, struct cq_err *err);
/* The event's place is given here. */
enum cq_code cq_chain_add(struct cq_chain *chain, const struct cq_event *event,
                          const unsigned char seal[CQ_HASH_BYTES], struct cq_err *err);
/* Writes down the end of the chain and frees; abandon only frees. */
enum cq_code cq_chain_close(struct cq_chain *chain, struct cq_err *err);
void cq_chain_abandon(struct cq_chain *chain);

/* --- the rows decided from --- */

struct cq_provenance;

/* Opens them as a run left them. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: caller, cq_provenance_close. */
enum cq_code cq_provenance_open(struct cq_provenance **provenance, struct cq_db *db, int64_t run,
                                struct cq_err *err);
void cq_provenance_close(struct cq_provenance *provenance);

/* The hashes for a person. Errors: those of cq_db_fail. */
enum cq_code cq_provenance_read(struct cq_provenance *provenance, int64_t iin,
                                unsigned char hashes[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES],
                                struct cq_err *err);

/* --- free days --- */

struct cq_slots_taken;

/* Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_slots_taken_close. */
enum cq_code cq_slots_taken_open(struct cq_slots_taken **taken, struct cq_db *db,
                                 struct cq_err *err);
void cq_slots_taken_close(struct cq_slots_taken *taken);

/* The first day from a day on with room at a facility; add counts one more there.
 * Shape: where no day of two years has room, it is CQ_DAY_MAX. Errors: as above. */
enum cq_code cq_slots_taken_find(struct cq_slots_taken *taken, const struct cq_choice *choice,
                                 int service, const struct cq_text *profile, int32_t from,
                                 int32_t *day, struct cq_err *err);
enum cq_code cq_slots_taken_add(struct cq_slots_taken *taken, const struct cq_choice *choice,
                                int service, const struct cq_text *profile, int32_t day,
                                struct cq_err *err);

/* --- reading --- */

/* Codes that stand for nothing are CQ_D_CORRUPT to a reader, unless it is lenient. */
void cq_referral_reader_lenient(struct cq_referral_reader *reader);
bool cq_referral_in_range(const struct cq_referral *referral);

/* --- drafts --- */

struct cq_draft {
    struct cq_referral referral;
    int region;
    long line;
    size_t choice, choices; /* among those of the drafts */
};

/* Texts lie in blocks that never transition, so that drafts can point at them. */
struct cq_draft_block {
    struct cq_draft_block *before;
    size_t used, size;
    char bytes[];
};

struct cq_drafts {
    struct cq_draft *list;
    size_t count, room;
    struct cq_choice *choices;
    size_t choice_count, choice_room;
    struct cq_draft_block *block;
};

/* A copy of a text that lives as long as the drafts; NULL without memory. */
const char *cq_drafts_keep(struct cq_drafts *drafts, const struct cq_text *text);

#endif
