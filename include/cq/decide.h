/* The decision: facts, law and day in, an answer out. A pure function: no registry, clock, I/O or
 * allocation. */
#ifndef CQ_DECIDE_H
#define CQ_DECIDE_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/facts.h"
#include "cq/law.h"
#include "cq/str.h"

#define CQ_RULES_MAX 8 /* rules that a decision lists */

/* A decision. Shape: strings are "" where a cell is empty. Owner: the law, or static. */
struct cq_decision {
    const char *outcome, *provider, *payer, *referral, *reasons, *basis, *certainty, *documents;
    uint64_t gaps;                             /* bits: indices in law->gaps */
    uint32_t missing;                          /* bits: 1 << enum cq_fact */
    bool entitled;                             /* eligible or conditional */
    int rule_count;                            /* 0 if facts are missing */
    const struct cq_rule *rules[CQ_RULES_MAX]; /* that give the answer, in order of the table */
};

/* Decides. Shape: the law is proved (cq_law_load); word has at least one bit in every field and
 * exactly one for service and destination; unknown facts have all their bits.
 * Source: cq-law(5). */
void cq_decide(const struct cq_law *law, int32_t day, uint64_t word, struct cq_decision *decision);

/* The documents that registration and care ask for, whatever the answer. NULL where the tables name
 * none, or possible categories or bodies need different ones; of a family member who may be a
 * minor, they are those of a minor: the first row. Shape: as cq_decide. Source: R78:14.2. */
const struct cq_documents *cq_law_documents(const struct cq_law *law, int32_t day, uint64_t word);

/* Append a cell, parts joined by ';': gaps and rules in order of id, facts by name.
 * Shape: gaps and missing are those of a decision. Errors: CQ_B_NOMEM, also in out->failed. */
enum cq_code cq_decision_gaps(const struct cq_law *law, uint64_t gaps, struct cq_str *out);
enum cq_code cq_decision_missing(uint32_t missing, struct cq_str *out);
enum cq_code cq_decision_rules(const struct cq_decision *decision, struct cq_str *out);

#endif
