/* The rows that a run writes. */
#ifndef CQ_ANSWERS_BATCH_OUTPUT_H
#define CQ_ANSWERS_BATCH_OUTPUT_H

#include "answers/batch_input.h"

/* Opens the output; writes an item; closes, or abandons where code is not CQ_OK.
 * Errors: O, CQ_B_NOMEM; close returns code, else its own. */
enum cq_code cq_batch_open_output(struct cq_batch_run *run, const struct cq_row *header, int fd,
                                  struct cq_err *err);
enum cq_code cq_batch_write(struct cq_batch_run *run, struct cq_batch_item *item,
                            struct cq_err *err);
enum cq_code cq_batch_close_output(struct cq_batch_run *run, enum cq_code code, struct cq_err *err);

#endif
