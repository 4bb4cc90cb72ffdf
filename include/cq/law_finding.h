/* Findings about the law tables. */
#ifndef CQ_LAW_FINDING_H
#define CQ_LAW_FINDING_H

#include "cq/law.h"

/* What can be wrong with the tables. Loading finds the first three, cq_law_check (lawcheck.h) finds
 * all. */
enum cq_finding_kind {
    CQ_FINDING_HOLE,            /* cases that no rule decides */
    CQ_FINDING_OVERLAP,         /* cases that two rules decide */
    CQ_FINDING_CELL,            /* a cell that cannot be read */
    CQ_FINDING_ACT,             /* a citation of an act that acts.csv does not list */
    CQ_FINDING_CITATION,        /* a citation without a row in paragraphs.csv */
    CQ_FINDING_GAP,             /* a gap that gaps.csv does not list */
    CQ_FINDING_UNUSED,          /* a row that nothing refers to */
    CQ_FINDING_NEVER_DECIDES,   /* a row that never decides anything */
    CQ_FINDING_NO_EFFECT,       /* a cell of which all or part has no effect */
    CQ_FINDING_OUTSIDE_EDITION, /* days of a rule on which a paragraph it cites has no row */
    CQ_FINDING_NO_EDITION,      /* days of a paragraph on which no edition of its act holds */
    CQ_FINDING_TWO_EDITIONS,    /* two editions of one act on the same days */
    CQ_FINDING_UNCONFIRMED,     /* an edition that a rule cites and was not confirmed for */
    CQ_FINDING_IMPLEMENTATION,  /* a paragraph that is not implemented as its row says */
    CQ_FINDING_NO_CLAUSE,       /* a clause without a row for some cases of a rule */
    CQ_FINDING_BINDING,         /* cases of a rule that bindings.csv binds twice, or not */
    CQ_FINDING_UNPROVED,        /* cells must be corrected before the proof can be tried */
    CQ_FINDINGS
};

/* A finding. Shape: texts are "", rules NULL and facts 0 where there are none. */
struct cq_law_finding {
    enum cq_finding_kind kind;
    int32_t since, until; /* days that it applies to */
    const struct cq_rule *rule, *other;
    uint64_t facts;   /* the combinations: a box, several values a field */
    const char *file; /* the table that it is in; NULL from the proof */
    long line;
    const char *column, *detail;
};

/* Receives a finding; its texts are valid during the call. */
typedef void cq_law_finding_fn(const struct cq_law_finding *finding, void *context);

#endif
