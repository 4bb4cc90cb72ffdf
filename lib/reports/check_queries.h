/* What a check is, and the checks that are a query. */
#ifndef CQ_REPORTS_CHECK_QUERIES_H
#define CQ_REPORTS_CHECK_QUERIES_H

enum cq_severity { CQ_ERROR, CQ_WARNING, CQ_NOTICE };

/* A check is a count that should be 0. Owner: static. */
struct cq_check {
    const char *name;
    enum cq_severity severity;
    const char *what;   /* N_(), what is counted */
    const char *advice; /* N_(), what to do */
    const char *sql;    /* returns the count; ?1 run, ?2 day, ?3 now */
};

/* Ends with a row whose name is NULL. Only law_changed has no sql: check.c counts it. */
extern const struct cq_check cq_checks[];

#endif
