/* Receipts: a decision as a short text that can be replayed years later. */
#ifndef CQ_ENGINE_RECEIPT_H
#define CQ_ENGINE_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/decide.h"
#include "cq/law.h"
#include "cq/str.h"

/* 2:FACTS:ASKED:DAY:RUN:LAW:RULES:OUTCOME:CELLS:CHECK. FACTS is the word in hexadecimal, ASKED what
 * was asked about a person (empty for a row of facts), RUN the last run that was known (0 where no
 * registry was asked), RULES ids joined by '+', CELLS a digest of each cell of the row, CHECK a hash
 * of what is before it. Digests find slips and alterations, not forgers: anyone can make a receipt.
 * Version 1 was of the first law contract, whose facts were others. */

#define CQ_RECEIPT_LAW 12            /* hexadecimal digits of the law's fingerprint */
#define CQ_RECEIPT_ASKED 5           /* facts of a request, beside the service */
#define CQ_RECEIPT_DECIDED 9         /* cells of a decision, beside the rule and the outcome */
#define CQ_RECEIPT_DECIDED_REASONS 4 /* their position of the reasons */

extern const enum cq_fact cq_receipt_asked[CQ_RECEIPT_ASKED];
/* The names of the decided cells, in the order of their digests. */
extern const char *const cq_receipt_decided[CQ_RECEIPT_DECIDED];

/* What a receipt is written from. */
struct cq_receipt_source {
    const struct cq_law *law;
    int32_t day;
    int64_t run;
    uint64_t facts;
    const struct cq_decision *decision;
    const int *asked; /* a value of each of cq_receipt_asked, CQ_UNKNOWN for none; NULL: facts */
    const struct cq_text *more; /* other cells of the row; their order is the caller's */
    size_t more_count;          /* a cell whose ptr is NULL gets no digest */
};

/* Appends the receipt of a decision. Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_write(const struct cq_receipt_source *source, struct cq_str *out);

/* A receipt that was read. */
struct cq_receipt {
    uint64_t facts;
    bool of_person;              /* else of a row of facts */
    int asked[CQ_RECEIPT_ASKED]; /* CQ_UNKNOWN where nothing was asked */
    int32_t day;
    int64_t run;
    struct cq_text version, law, rules, outcome, cells; /* inside the text that was read */
};

enum cq_receipt_state {
    CQ_RECEIPT_GOOD,
    CQ_RECEIPT_DAMAGED, /* not a receipt, or not as it was written */
    CQ_RECEIPT_FIRST,   /* undamaged, of version 1 */
    CQ_RECEIPT_NEWER    /* undamaged, of a version that is not known here */
};

/* Reads a receipt; only version is read of those that are not good. */
enum cq_receipt_state cq_receipt_read(const char *text, size_t len, struct cq_receipt *receipt);

/* The other cells that a receipt has places for. */
size_t cq_receipt_more(const struct cq_receipt *receipt);

/* Whether a digest is that of a text: 0 the decided cells, from CQ_RECEIPT_DECIDED on the others.
 * A cell without a digest is like any text. */
bool cq_receipt_agrees(const struct cq_receipt *receipt, size_t cell, struct cq_text text);

/* The differences that a replay finds, as bits. */
enum {
    CQ_REPLAY_DAMAGED = 1,  /* not a receipt as it was written */
    CQ_REPLAY_ALTERED = 2,  /* a cell of the row is not the one that was decided */
    CQ_REPLAY_LAW = 4,      /* made under other law tables */
    CQ_REPLAY_DATA = 8,     /* the registry gives other facts for that day and run */
    CQ_REPLAY_ENGINE = 16,  /* same law and facts, another decision */
    CQ_REPLAY_MISSING = 32, /* a decision without its receipt */
    CQ_REPLAY_FIRST = 64,   /* of the first law contract */
    CQ_REPLAY_NEWER = 128   /* of a newer cq */
};

/* Appends a difference as name:then>now, joined by ';'; lists in a value are joined by '+'.
 * Errors: in differs->failed. */
void cq_replay_difference(const char *name, struct cq_text then, struct cq_text now,
                          struct cq_str *differs);

/* Replays a receipt: decides its facts again and compares, with the decided cells of the row too.
 * Shape: row has CQ_RECEIPT_DECIDED texts, ptr NULL where the row has no such cell. Differences are
 * appended: altered cells, then law, rule, outcome and cells that are decided otherwise now. What
 * cannot be known is '?'. The bits above are set in *found. Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_replay(const struct cq_law *law, const struct cq_receipt *receipt,
                               const struct cq_text *row, unsigned *found, struct cq_str *differs);

/* Compares facts that were read again; appends those that differ in the same way.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_compare(uint64_t then, uint64_t now, unsigned *found,
                                struct cq_str *differs);

#endif
