/* Receipts: a decision as a short text that can be replayed years later. */
#ifndef CQ_ENGINE_RECEIPT_H
#define CQ_ENGINE_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/decide.h"
#include "cq/law.h"
#include "cq/str.h"

#define CQ_RECEIPT_LAW 12 /* hexadecimal digits of the law's fingerprint */

/* 1:FACTS:DAY:RUN:LAW:RULES:OUTCOME:CELLS:CHECK. FACTS is the word in hexadecimal, RUN the last
 * run that was known (0 where no registry was asked), RULES ids joined by '+', CELLS a hash of all
 * cells of the decision, CHECK a hash of what is before it. */
struct cq_receipt {
    uint64_t facts;
    int32_t day;
    int64_t run;
    struct cq_text law, rules, outcome, cells; /* inside the text that was read */
};

/* Appends the receipt of a decision. Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_write(const struct cq_law *law, int32_t day, int64_t run, uint64_t facts,
                              const struct cq_decision *decision, struct cq_str *out);

/* Reads a receipt; false where it is none or was damaged. */
bool cq_receipt_read(const char *text, size_t len, struct cq_receipt *receipt);

/* The differences that a replay finds, as bits. */
enum {
    CQ_REPLAY_DAMAGED = 1, /* not a receipt as it was written */
    CQ_REPLAY_LAW = 2,     /* made under other law tables */
    CQ_REPLAY_DATA = 4,    /* the registry gives other facts for that day and run */
    CQ_REPLAY_ENGINE = 8   /* same law and facts, another decision */
};

/* Replays a receipt: decides its facts again and compares. Shape: differences are appended to
 * differs as name:then>now, joined by ';': law, rule, outcome, cells. The bits above are set in
 * *found, none where a new receipt would have the same bytes. Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_replay(const struct cq_law *law, const struct cq_receipt *receipt,
                               unsigned *found, struct cq_str *differs);

/* Compares facts that were read again; appends those that differ in the same way.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_compare(uint64_t then, uint64_t now, unsigned *found,
                                struct cq_str *differs);

#endif
