/* What an agency's lists and the registry do not agree about: findings of the report reconcile. */
#ifndef CQ_REPORTS_RECONCILE_FIND_H
#define CQ_REPORTS_RECONCILE_FIND_H

#include "cq/registry.h"
#include "cq/result.h"
#include "cq/str.h"

enum cq_reconcile_kind {
    CQ_REJECTED,     /* a row that was not taken */
    CQ_NOT_NAMED,    /* a person whom the registry holds and the list does not name */
    CQ_CONTRADICTED, /* a row with which another list does not agree */
    CQ_RECONCILE_KINDS
};

/* What the sender does about a finding. */
enum cq_reconcile_step {
    CQ_STEP_MEND,       /* correct the row and send it again */
    CQ_STEP_ADD_OR_END, /* name the person, or send the row with an end */
    CQ_STEP_CORRECT,    /* write the other value */
    CQ_STEP_END,        /* write the other value as the end */
    CQ_STEP_SPONSOR,    /* correct the sponsor's IIN, or send the sponsor's row */
    CQ_RECONCILE_STEPS
};

/* A finding. Owner of the texts: the result, the law, or static. */
struct cq_reconcile_finding {
    enum cq_reconcile_kind kind;
    enum cq_reconcile_step step;
    int64_t run, line, iin; /* 0 where not known */
    const char *last_name, *first_name;
    const char *field, *code;   /* NULL for none */
    const char *yours, *theirs; /* values as lists write them; NULL where not stated */
    int agency;                 /* that says otherwise; 0 for none, or where `source` is set */
    const char *source;         /* another kind of list that does */
    int32_t since;              /* held since, or the day of the list that says otherwise */
    int64_t days;               /* since a list named the person; -1 if not known */
    const char *text;           /* N_(): what is wrong */
};

/* What is asked of one person after the other. */
enum cq_reconcile_query {
    CQ_ASK_HOLDER,
    CQ_ASK_VERDICT,
    CQ_ASK_SPONSOR,
    CQ_ASK_PRESIDENTIAL,
    CQ_ASK_SINCE,
    CQ_ASK_LIST_DAY,
    CQ_RECONCILE_QUERIES
};

/* An employee of whom a list says that he or she was killed. */
struct cq_reconcile_fallen {
    int64_t iin;
    int32_t end; /* the day after */
    int agency;  /* whose list says so */
};

struct cq_reconcile {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    int agency;
    int64_t last, whole; /* the last list in force, and the last whole one; 0 for none */
    int64_t held;        /* people of the agency in force on the day */
    int64_t *named;      /* IINs that lists since the whole one name or reject, in order */
    size_t named_count, named_room;
    struct cq_reconcile_fallen *fallen; /* in the order of IIN */
    size_t fallen_count, fallen_room;
    struct cq_reconcile_finding *findings;
    size_t count, room;
    sqlite3_stmt *queries[CQ_RECONCILE_QUERIES]; /* prepared when first asked */
};

enum { CQ_RECONCILE_NAMES = 3 };

/* A row in force on the day. */
struct cq_reconcile_row {
    int64_t iin, sponsor; /* 0 for none */
    int agency, category;
    int32_t birth, from, to;          /* CQ_DAY_MIN, CQ_DAY_MAX where open */
    int sex, presidential;            /* -1 where not stated */
    int64_t run, line;                /* line 0 where not known */
    size_t names[CQ_RECONCILE_NAMES]; /* last, first, middle: where they begin in the text */
};

struct cq_reconcile_person {
    struct cq_reconcile_row *rows; /* one an agency */
    size_t count, room;
    struct cq_str text; /* names, each with a zero at its end */
};

/* A new finding of a kind. Owner: r. NULL without memory: then r->result->failed is set. */
struct cq_reconcile_finding *cq_reconcile_add(struct cq_reconcile *r, enum cq_reconcile_kind kind,
                                              enum cq_reconcile_step step);

/* A finding about a row. As cq_reconcile_add. */
struct cq_reconcile_finding *cq_reconcile_add_row(struct cq_reconcile *r,
                                                  const struct cq_reconcile_person *p,
                                                  const struct cq_reconcile_row *row,
                                                  enum cq_reconcile_kind kind,
                                                  enum cq_reconcile_step step);

/* Binds the numbers ?1 to ?count of a query, whose rows are then stepped through. Shape: sql is the same
 * at each call with a query. Errors: those of cq_db_fail. Owner: r; until the next call. */
enum cq_code cq_reconcile_ask(struct cq_reconcile *r, enum cq_reconcile_query query,
                              const char *sql, const int64_t *params, int count,
                              sqlite3_stmt **stmt, struct cq_err *err);

/* The same where the answer is one number; *number stays where there is no row or it is NULL. */
enum cq_code cq_reconcile_ask_number(struct cq_reconcile *r, enum cq_reconcile_query query,
                                     const char *sql, const int64_t *params, int count,
                                     int64_t *number, struct cq_err *err);

#endif
