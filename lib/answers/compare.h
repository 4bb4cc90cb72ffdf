/* A person under two laws. */
#ifndef CQ_ANSWERS_COMPARE_H
#define CQ_ANSWERS_COMPARE_H

#include "answers/batch_input.h"

/* Decides for item->person under both laws, for every service and day that is asked about, and
 * writes a row for each period of days whose answers differ.
 * Shape: rows by service, then day; *refused becomes true where an answer under the first law
 * entitles to nothing. Errors: those of cq_people_decide, O, CQ_B_NOMEM. */
enum cq_code cq_batch_compare(struct cq_batch_run *run, struct cq_batch_item *item, bool *refused,
                              struct cq_err *err);

#endif
