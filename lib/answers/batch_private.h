/* Inside the modules of batch only: one run over many questions. */
#ifndef CQ_BATCH_PRIVATE_H
#define CQ_BATCH_PRIVATE_H

#include "cq/batch.h"
#include "cq/whynot.h"

/* Columns that say what is asked, after the facts: the first ones are the facts by number. */
enum { CQ_IN_AS_OF = CQ_FACTS, CQ_IN_IIN, CQ_IN_PROFILE, CQ_IN_COLUMNS };

/* A value of a fact as cells say it. */
struct cq_said {
    const char *name;
    size_t len;
    uint64_t bit;
};
enum { CQ_SAID_MAX = 8 };

struct cq_work {
    const struct cq_batch *batch;
    const char *name;
    bool *bad;

    /* the input */
    int map[CQ_IN_COLUMNS];                     /* field of each input column, -1 for none */
    struct cq_said said[CQ_FACTS][CQ_SAID_MAX]; /* name NULL at the end */

    /* the output */
    size_t *passed; /* fields handed through, in order */
    size_t passed_count, header_count;
    int repeated[6]; /* request columns written at the end: CQ_IN_* */
    size_t repeated_count;
    int filled[6]; /* those of the input whose empty cells are filled */
    size_t filled_count;
    struct cq_out *out;
    struct cq_answers *answers, *answers_against;
    struct cq_whynot *whynot;
    struct cq_str cell; /* scratch of put */
    int32_t *law_days;
    size_t law_day_count;
};

/* One question and its answers. */
struct cq_item {
    const struct cq_row *row;
    bool plain; /* the row's raw bytes need no quotes */
    struct cq_text iin;
    int64_t person;
    struct cq_request request; /* rows of facts: the day and the service alone */
    bool given[CQ_FACTS];
    struct cq_answer answers[CQ_ROLES_MAX];
    int count;
    struct cq_answer against; /* under the second law */
};

const char *cq_work_column(int column);

/* Finds the columns that matter in the header. Errors: those of cq_columns_map. */
enum cq_code cq_work_map(struct cq_work *work, const struct cq_row *header, struct cq_err *err);

/* Tells of a row that is wrong; column -1 for the row as a whole. */
void cq_work_find_bad(struct cq_work *work, enum cq_code code, long line, int column);

/* Answers item->row. Errors: those of cq_people_decide. */
enum cq_code cq_work_answer(struct cq_work *work, struct cq_item *item, struct cq_err *err);

/* Answers for item->person under item->request. Errors: as above. */
enum cq_code cq_work_decide(struct cq_work *work, struct cq_item *item, struct cq_err *err);

/* What options say of a fact, where one was given; else what it is if nobody says. */
int cq_work_default(const struct cq_batch *batch, enum cq_fact fact);

/* Opens what is written to, writes an item, closes. Errors: O, CQ_B_NOMEM. */
enum cq_code cq_work_open(struct cq_work *work, const struct cq_row *header, int fd,
                          struct cq_err *err);
enum cq_code cq_work_put(struct cq_work *work, struct cq_item *item, struct cq_err *err);
enum cq_code cq_work_close(struct cq_work *work, enum cq_code code, struct cq_err *err);

#endif
