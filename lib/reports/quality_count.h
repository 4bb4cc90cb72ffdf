/* What the report quality counts: the rows of the lists, and what is wrong with them. */
#ifndef CQ_REPORTS_QUALITY_COUNT_H
#define CQ_REPORTS_QUALITY_COUNT_H

#include "cq/registry.h"
#include "cq/result.h"
#include "people/verdicts.h"

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
    NO_CARD,
    TWIN,
    FINDINGS
};

/* What the score is made of: a measure that hits every row costs its weight. */
enum { MISSING, WARNED, CONFLICTS, ORPHANS, LOOKALIKES, CARDLESS, TWINS, MEASURES };

struct entry {
    int64_t id, sponsor;
    uint32_t findings;
};

struct worst {
    int64_t id;
    uint32_t findings;
};

struct agency {
    int64_t rows, measures[MEASURES];
    int64_t run, read;
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
    struct agency agencies[AGENCIES];
};

/* Fills entries and agencies for the run of the result and the request's day. Shape: both are empty
 * at first. Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, free(q->entries) in any case. */
enum cq_code cq_quality_count(struct quality *q, struct cq_err *err);

#endif
