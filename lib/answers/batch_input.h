/* One run over many questions: the request of a row, and its answers. */
#ifndef CQ_ANSWERS_BATCH_INPUT_H
#define CQ_ANSWERS_BATCH_INPUT_H

#include "answers/claims.h"
#include "answers/receipt_columns.h"
#include "cq/batch.h"
#include "cq/whynot.h"

/* Columns of the input: the facts by number, then these. */
enum {
    CQ_IN_AS_OF = CQ_FACTS,
    CQ_IN_IIN,
    CQ_IN_PROFILE,
    CQ_IN_AGENCY,
    CQ_IN_PAYER,
    CQ_IN_AMOUNT,
    CQ_IN_COLUMNS
};

/* Facts that a row about a person may state; the others come from the registry. */
enum { CQ_REQUEST_FACTS = 6 };
extern const enum cq_fact cq_batch_request_facts[CQ_REQUEST_FACTS];

/* A cell that was read before, and the values it states. */
struct cq_batch_cell {
    enum cq_fact fact;
    uint64_t bits; /* 0 where the slot is empty */
    size_t len;
    char text[64];
};
enum { CQ_BATCH_CELLS = 512 };

/* A run. */
struct cq_batch_run {
    const struct cq_batch *batch;
    const char *name;
    bool *bad;

    /* the input */
    int map[CQ_IN_COLUMNS]; /* field of each input column, -1 for none */
    struct cq_batch_cell cells[CQ_BATCH_CELLS];

    /* the output */
    size_t *passed; /* fields passed through, in order */
    size_t passed_count, header_count;
    int repeated[CQ_REQUEST_FACTS + 1]; /* request columns written at the end: CQ_IN_* */
    size_t repeated_count;
    int filled[CQ_REQUEST_FACTS + 1]; /* those of the input whose empty cells are filled */
    size_t filled_count;
    struct cq_out *out;
    struct cq_answers *answers, *second_answers;
    struct cq_whynot *whynot;
    struct cq_claims *claims;          /* NULL where the rows are no claims */
    struct cq_str effect, needs, cell; /* scratch of the output */
    char until[11];
    struct cq_text more[CQ_MORE_COLUMNS]; /* cells of the row being written, for its receipt */
    int32_t *law_days;
    size_t law_day_count;
    int32_t *days; /* of the person being compared */
    size_t day_room;
};

/* One question and its answers. */
struct cq_batch_item {
    const struct cq_row *row;
    bool plain; /* the row's raw bytes need no quotes */
    struct cq_text iin;
    int64_t person;
    struct cq_request request; /* rows of facts: the day and the service alone */
    bool given[CQ_FACTS];
    struct cq_answer answers[CQ_ROLES_MAX];
    int count; /* 0: not decided yet */
    struct cq_claim claim;
    struct cq_answer second; /* under the second law */
    int32_t until;           /* of two laws: the day after those of the answers */
};

/* The name of an input column. Owner: static strings. */
const char *cq_batch_column(int column);

/* Finds the columns that matter in the header. Errors: those of cq_columns_map. */
enum cq_code cq_batch_map_columns(struct cq_batch_run *run, const struct cq_row *header,
                                  struct cq_err *err);

/* Reports a cell that is wrong, or a row that could not be read. */
void cq_batch_report_row(struct cq_batch_run *run, enum cq_code code, long line, int column);
void cq_batch_report_bad(struct cq_batch_run *run, const struct cq_csvin *in,
                         const struct cq_row *row, enum cq_code bad);

/* Answers item->row; under two laws a row about a person is only read, for cq_batch_compare.
 * Errors: those of cq_people_decide. */
enum cq_code cq_batch_answer(struct cq_batch_run *run, struct cq_batch_item *item,
                             struct cq_err *err);

/* Answers for item->person under item->request. Errors: as above. */
enum cq_code cq_batch_decide(struct cq_batch_run *run, struct cq_batch_item *item,
                             struct cq_err *err);

/* The value of a fact that a row does not state: that of an option, else the default. */
int cq_batch_default(const struct cq_batch *batch, enum cq_fact fact);

#endif
