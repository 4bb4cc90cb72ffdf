/* Two laws compared: the facts and days on which they answer differently. */
#ifndef CQ_LAW_COMPARE_H
#define CQ_LAW_COMPARE_H

#include <stdbool.h>
#include "cq/law.h"
#include "cq/str.h"

/* The cells of an answer that are compared: those of the decision, then what is added to it. */
enum cq_compared {
    CQ_COMPARED_OUTCOME,
    CQ_COMPARED_PROVIDER,
    CQ_COMPARED_PAYER,
    CQ_COMPARED_REFERRAL,
    CQ_COMPARED_REASONS,
    CQ_COMPARED_BASIS,
    CQ_COMPARED_GAPS, /* of the rule */
    CQ_COMPARED_CERTAINTY,
    CQ_COMPARED_DOCUMENTS,
    CQ_COMPARED_LATE_GAPS, /* that the rule does not have; only those of one law alone */
    CQ_COMPARED
};
#define CQ_COMPARED_DECISION CQ_COMPARED_CERTAINTY       /* cells of the decision */
extern const char *const cq_compared_names[CQ_COMPARED]; /* "outcome" */

/* Days and facts on which answers differ. A cell holds the values of all its combinations, joined
 * by '|', "-" for an empty one among others. */
struct cq_law_difference {
    int32_t since, until;
    uint64_t facts;        /* a box: several values a field */
    uint64_t combinations; /* of the box that differ, on each of the days */
    uint64_t among;        /* of the box; more than differ in an outline */
    unsigned changed;      /* cells that differ, as bits 1 << enum cq_compared */
    const char *first[CQ_COMPARED], *second[CQ_COMPARED];
};

/* Differences: no two have a combination in common on a day, outlines aside. */
struct cq_law_comparison {
    struct cq_law_difference *rows; /* those of decisions first, then in order of days and facts */
    size_t count;
    bool merged;     /* rows hold several answers */
    size_t outlines; /* rows that are outlines */
    void *memory;
};

/* Compares the answers to every combination of known facts on every day.
 * Shape: both laws are proved. wanted is the number of rows to merge them to: the first of these
 * ways that needs no more is taken, the last one in any case. A row for each old and new answer;
 * for each change of cells; for each set of cells that change; for decisions that differ, and for
 * certainty, documents and late gaps alone; for decisions that differ, and outlines of the latter,
 * that is boxes of which a part differs. wanted 0: the first.
 * Errors: CQ_B_NOMEM. Owner: caller, cq_law_comparison_fini in any case. */
enum cq_code cq_law_compare(const struct cq_law *first, const struct cq_law *second, size_t wanted,
                            struct cq_law_comparison *comparison, struct cq_err *err);
void cq_law_comparison_fini(struct cq_law_comparison *comparison);

/* Appends the names of the tables, joined by ", ", by which people have other facts under the
 * second law: answers to known facts do not depend on them. Errors: CQ_B_NOMEM. */
enum cq_code cq_law_compare_sources(const struct cq_law *first, const struct cq_law *second,
                                    struct cq_str *tables, struct cq_err *err);

/* Appends the names of the tables, joined by ", ", of which the second law has other rows and by
 * which answers to facts that are partly unknown may differ, even where those to all values that
 * they could have do not. Errors: CQ_B_NOMEM. */
enum cq_code cq_law_compare_unknown(const struct cq_law *first, const struct cq_law *second,
                                    struct cq_str *tables, struct cq_err *err);

#endif
