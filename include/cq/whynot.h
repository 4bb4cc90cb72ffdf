/* What would change a refusal: the smallest sets of facts that make an answer eligible or
 * conditional. */
#ifndef CQ_WHYNOT_H
#define CQ_WHYNOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/law.h"
#include "cq/str.h"

/* One set: with these facts at these values, and all others as they are (unknown ones unknown),
 * the answer entitles; with fewer of them changed it does not, whatever their values. */
struct cq_need {
    uint32_t facts;  /* bits: 1 << enum cq_fact */
    uint64_t values; /* one bit in the field of each of those facts, 0 elsewhere */
};

struct cq_whynot;

/* Prepares questions under a law, which outlives them. Days are prepared when they are first
 * needed.
 * Errors: CQ_B_NOMEM. Owner: caller, cq_whynot_free. */
enum cq_code cq_whynot_new(struct cq_whynot **whynot, const struct cq_law *law, struct cq_err *err);
void cq_whynot_free(struct cq_whynot *whynot);

/* The facts that stay as they are, as all values of their fields: the service, which is the
 * question; minority, which follows from the birth; and the category of a person in no list. With
 * all, none. */
uint64_t cq_whynot_fixed(uint64_t word, bool all);

/* All the sets, smaller ones first, then in order of facts and values.
 * Shape: word as for cq_decide; without are the values that no set may name. *needs is the whynot's
 * until the next call; none where the answer entitles already, or where only such values could
 * change it.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_whynot_find(struct cq_whynot *whynot, int32_t day, uint64_t word, uint64_t without,
                            const struct cq_need **needs, size_t *count, struct cq_err *err);

/* Appends sets as a cell: "place=available;indicated=yes+insured=yes". Errors: CQ_B_NOMEM. */
enum cq_code cq_needs_write(const struct cq_need *needs, size_t count, struct cq_str *out);

#endif
