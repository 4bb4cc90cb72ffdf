/* Questions in rows: a CSV of people or of facts in, the same rows with answers out. */
#ifndef CQ_BATCH_H
#define CQ_BATCH_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/answer_diff.h"
#include "cq/answer.h"
#include "cq/claims.h"
#include "cq/csvin.h"

/* A question with its answers. */
struct cq_question {
    struct cq_text iin; /* as given; empty for a row of facts */
    int64_t person;     /* the IIN as a number, 0 where it is invalid or not given */
    const struct cq_request *request;
    bool given[CQ_FACTS];            /* facts that the question itself states */
    const struct cq_answer *answers; /* the first is the person's answer */
    int count;
    struct cq_text receipt; /* of the first, where the batch has `receipt` and it was decided */
};

/* Receives a question instead of writing its rows. Errors: any; they end the run. */
typedef enum cq_code cq_batch_explain_fn(const struct cq_question *question, void *context,
                                         struct cq_err *err);

/* What is the same for every row, and the defaults of its cells. */
struct cq_batch {
    const struct cq_law *law;
    struct cq_people *people;  /* NULL: the rows are facts */
    int64_t run;               /* the last known run, for receipts; 0 for facts */
    struct cq_request request; /* of the options */
    bool given[CQ_FACTS];      /* facts that an option gave: destination, indicated, package, … */
    bool profile_given;
    bool roles;     /* a row for every role */
    bool why_not;   /* a column would_need */
    bool all_facts; /* would_need may name facts that cannot be changed */
    bool receipt;   /* a column receipt */
    enum cq_format format;
    const struct cq_table_reader *reader; /* of a table; NULL for codes as they are */

    /* If set, the rows are claims of care for people: each gets a verdict, which is added up here. */
    struct cq_claim_sums *claims;
    bool day_given; /* request.day was asked for: claims without a day of their own may mean it */

    /* A second law, also given to people: only rows whose answer differs are written. */
    const struct cq_law *second_law;
    bool all_services; /* of people: every service, but where a row states one */
    int32_t until;     /* of people: every day before this one; 0: the day of the request alone */
    struct cq_answer_diff_counts *counts; /* of those rows; may be NULL */

    /* If set, it is called for each question and nothing is written. */
    cq_batch_explain_fn *explain;
    void *explain_context;

    /* Receives each row that could not be read or has a bad IIN or fact. */
    cq_finding_fn *report;
    void *context;
};

/* What the rows of a CSV are. */
enum cq_batch_rows { CQ_BATCH_FACTS, CQ_BATCH_PEOPLE, CQ_BATCH_CLAIMS };

/* Opens a CSV of such rows.
 * Errors: those of cq_columns_open. Owner: caller, cq_csvin_close. */
enum cq_code cq_batch_open(const struct cq_law *law, enum cq_batch_rows rows, struct cq_csvin **in,
                           const struct cq_csv_input *input, struct cq_err *err);

/* Answers every row of a CSV. Shape: in was opened above; the rows are written to fd, in order;
 * name is for errors. *bad becomes true if a row could not be read or had a bad IIN or fact; rows
 * that could be split are written with outcome undetermined, reason bad_iin or bad_fact.
 * Errors: CQ_F_HEADER_MISSING (no iin), CQ_F_HEADER_TWICE, O, D, CQ_B_NOMEM, those of explain. */
enum cq_code cq_batch_csv(const struct cq_batch *batch, struct cq_csvin *in, const char *name,
                          int fd, bool *bad, struct cq_err *err);

/* Answers for a list of IINs as text, or, where count is 0, for every person of the registry on
 * the day. Shape: first column iin. *refused becomes true if an answer entitles to nothing.
 * Errors: as above. */
enum cq_code cq_batch_iins(const struct cq_batch *batch, char *const *iins, int count, int fd,
                           bool *refused, struct cq_err *err);

#endif
