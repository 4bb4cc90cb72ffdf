/* What the report quality counts: the rows of the lists, and what is wrong with them. */
#ifndef CQ_REPORTS_QUALITY_COUNT_H
#define CQ_REPORTS_QUALITY_COUNT_H

#include <stdbool.h>
#include "cq/registry.h"
#include "cq/result.h"
#include "people/verdicts.h"
#include "reports/review_open.h"

enum { AGENCIES = 1 << CQ_AGENCY_BITS, WORST = 20 };

/* What can be wrong with a row, as bits. The first ones are fields that the decision or the
 * documents need and the row does not state. */
enum {
    RESIDENCE,
    SEX,
    SERVICE_PLACE,
    SERVICE_ID,
    CORESIDENT,
    SPECIAL_RANK,
    KILLED_ON,
    PENSION_CERTIFICATE,
    MISSING_FIELDS,
    ORPHAN = MISSING_FIELDS,
    LOOKALIKE,
    TWIN,
    DOUBTS, /* the ones from here are of a family member's relation */
    NO_SPONSOR = DOUBTS,
    OTHER_RELATION,
    FINDINGS
};

/* What the score is made of: a measure that hits everybody whom the agency names costs its weight.
 * All but the last hit entries or rows; STALE hits the list. */
enum { MISSING, CONFLICTS, ORPHANS, DOUBTFUL, LOOKALIKES, TWINS, STALE, MEASURES };

struct entry {
    int64_t id, sponsor;
    uint32_t findings;
    bool no_card;
};

struct worst {
    int64_t id;
    uint32_t findings;
};

/* What the last list was warned about, and how many rows it had, are -1 where it is not known by
 * agency. */
struct agency {
    int64_t rows, measures[MEASURES];
    int64_t no_card;
    int64_t run, read, warnings;
    int32_t list_date;
    struct worst worst[WORST];
    size_t worst_count;
};

struct quality {
    const struct cq_verdicts *verdicts;
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct entry *entries;
    size_t count, room;
    struct cq_contradiction *conflicts; /* those to settle, in the order of IIN and agency */
    size_t conflict_count, conflict_room;
    struct agency agencies[AGENCIES];
};

/* Fills entries, conflicts and agencies for the run of the result and the request's day. Shape: all
 * are empty at first. Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, free(q->entries) and
 * free(q->conflicts) in any case. */
enum cq_code cq_quality_count(struct quality *q, struct cq_err *err);

/* Of how many a measure is: everybody whom the agency names for contradictions, its entries for the
 * others, its list for STALE. Never less than the measure. */
int64_t cq_quality_base(const struct agency *a, int measure);

/* Thousandths of a point by which a measure lowers the score of 100. */
int64_t cq_quality_cost(const struct agency *a, int measure);

/* By how much the row's findings lower the score, in points of a list that has no other row. */
int cq_quality_weight(uint32_t findings);

#endif
