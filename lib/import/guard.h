/* Refusals of an import that would take much from many, unless it has been approved. */
#ifndef CQ_IMPORT_GUARD_H
#define CQ_IMPORT_GUARD_H

#include "import/job.h"

/* Makes the token that approves a refusal: a hash of what is asked for and of the state of the
 * registry. A run changes the registry, so no token serves twice. Shape: before the run is started;
 * in job->result. Errors: those of cq_db_fail. */
enum cq_code cq_import_token(struct cq_import_job *job, const char *what, struct cq_err *err);

/* Finds the effects of the run and decides whether it may be committed.
 * Errors: CQ_F_APPROVAL, CQ_F_AHEAD, CQ_F_OLDER, CQ_F_GUARD, CQ_F_LOSSES, CQ_F_IDENTITIES; those of
 * cq_import_find_effects. */
enum cq_code cq_import_guard(struct cq_import_job *job, struct cq_err *err);

#endif
