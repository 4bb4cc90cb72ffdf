/* How a rule reads: the table's row with its clause replaced by the citations it stands for. */
#ifndef CQ_REPORTS_LAW_READINGS_H
#define CQ_REPORTS_LAW_READINGS_H

#include <stddef.h>
#include <stdint.h>

#include "cq/law.h"

/* A rule between two days, for the category and body of a row of its clause. */
struct cq_law_reading {
    int32_t since, until;
    const char *basis; /* Owner: the law. */
    uint64_t gaps;
    enum cq_certainty certainty; /* the weakest of these days */
    uint64_t category, body;     /* as bits of their fields; all without a clause */
};

#define CQ_LAW_READINGS_MAX 256

/* The readings of a rule, by first day. Where day is not CQ_DAY_MIN, those of that day have its
 * certainty, not the weakest. Returns how many. */
size_t cq_law_readings(const struct cq_law *law, const struct cq_rule *rule, int32_t day,
                       struct cq_law_reading *readings);

#endif
