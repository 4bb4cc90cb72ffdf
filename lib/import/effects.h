/* Whom a run would give or take an entitlement, found before it is committed. */
#ifndef CQ_IMPORT_EFFECTS_H
#define CQ_IMPORT_EFFECTS_H

#include "import/job.h"

/* Adds a person whose row a list changes or ends. Shape: columns are bits of the list's columns,
 * CQ_EFFECT_ABSENT and CQ_EFFECT_SOON; people come in the order of their IINs. Of a facility the
 * columns alone count. Errors: CQ_B_NOMEM. */
enum cq_code cq_import_touch(struct cq_import_job *job, int64_t key, uint64_t columns,
                             struct cq_err *err);

/* Beside the columns of a list, here only: the end of the row is by a month after the day of the list
 * and today, or was. */
#define CQ_EFFECT_SOON ((uint64_t)1 << 61)

/* That bit, where it is so and an end is among the columns that changed; else 0. Shape: was and is
 * are the values of the row before and after, with their ends. */
uint64_t cq_import_soon(const struct cq_import_job *job, uint64_t columns,
                        const struct cq_value *was, const struct cq_value *is);

/* Decides for the people touched and their families before and after the run, for outpatient and
 * inpatient care, on the day of the list and today, and of those whose rows end within a month, or
 * did, a month later too; of a list of facilities, for everybody.
 * Shape: in the run's transaction, with its rows written; fills job->result.
 * Errors: those of cq_people_decide. */
enum cq_code cq_import_find_effects(struct cq_import_job *job, struct cq_err *err);

#endif
