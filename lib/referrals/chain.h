/* The events of referrals and the chain that links them. */
#ifndef CQ_REFERRALS_CHAIN_H
#define CQ_REFERRALS_CHAIN_H

#include "referrals/seal.h"

_Static_assert(CQ_STATES < 255, "the events of a referral fit into the low bits of their ids");

/* The events of a referral are numbered from 1 in the low bits of their ids. */
#define CQ_EVENT_BITS 8
#define CQ_EVENTS_OF(number) " BETWEEN " number " << 8 AND (" number " << 8 | 255) "

struct cq_event {
    int64_t id, at;
    int32_t day;
    int status;
    struct cq_text actor, reason, differs, despite;
    int consent;                       /* CQ_YES, CQ_NO, CQ_UNKNOWN */
    int32_t planned_on, commission_on; /* CQ_DAY_MIN where not stated */
    struct cq_text bureau_code, commission_no;
};

/* Columns of the table in their order; the link covers those before it, and those after it that
 * are stated. */
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
    CQ_EC_PLANNED_ON,
    CQ_EC_BUREAU_CODE,
    CQ_EC_COMMISSION_NO,
    CQ_EC_COMMISSION_ON,
    CQ_EC_COUNT
};
#define CQ_EC_COLUMNS(t)                                                                           \
    t "id, " t "place, " t "at, " t "day, " t "status, " t "actor, " t "reason, " t "consent, " t  \
      "differs, " t "despite, " t "link, " t "planned_on, " t "bureau_code, " t                    \
      "commission_no, " t "commission_on"

/* Computes the link of an event from the link before it, the seal and the cells. */
void cq_event_link(const unsigned char before[CQ_HASH_BYTES],
                   const unsigned char seal[CQ_HASH_BYTES], const struct cq_stored *cells,
                   unsigned char link[CQ_HASH_BYTES]);

/* Appends events to the chain, inside one writer's transaction. */
struct cq_chain {
    struct cq_db *db;
    sqlite3_stmt *insert;
    int64_t events;
    unsigned char link[CQ_HASH_BYTES];
};
enum cq_code cq_chain_open(struct cq_chain *chain, struct cq_db *db, struct cq_err *err);
/* Appends an event; its place is the next one. */
enum cq_code cq_chain_add(struct cq_chain *chain, const struct cq_event *event,
                          const unsigned char seal[CQ_HASH_BYTES], struct cq_err *err);
/* Writes the end of the chain and frees; abandon only frees. */
enum cq_code cq_chain_close(struct cq_chain *chain, struct cq_err *err);
void cq_chain_abandon(struct cq_chain *chain);

#endif
