/* Whom a run would give or take an entitlement, found before it is committed. */
#ifndef CQ_IMPORT_EFFECTS_H
#define CQ_IMPORT_EFFECTS_H

#include "import/job.h"

/* Adds a person whose row a list changes or ends. Shape: columns are bits of the list's columns
 * and CQ_EFFECT_ABSENT; people come in the order of their IINs. Of a facility the columns alone
 * count. Errors: CQ_B_NOMEM. */
enum cq_code cq_import_touch(struct cq_import_job *job, int64_t key, uint64_t columns,
                             struct cq_err *err);

/* Decides for the people touched and their families before and after the run, for outpatient and
 * inpatient care, on the day of the list and today, and a month later where an end was stated; of a list of facilities, for everybody.
 * Shape: in the run's transaction, with its rows written; fills job->result.
 * Errors: those of cq_people_decide. */
enum cq_code cq_import_find_effects(struct cq_import_job *job, struct cq_err *err);

#endif
