/* What is particular to the import of verdicts. */
#ifndef CQ_IMPORT_VERDICTS_H
#define CQ_IMPORT_VERDICTS_H

#include "import/job.h"

/* Whether a row of the list of verdicts has none: it is passed over. */
bool cq_import_is_unsettled(const struct cq_import_job *job, const struct cq_row *row);

/* Whether a header is a column of `cq-report quality --review`, in a list of verdicts. */
bool cq_import_is_review_column(const struct cq_import_job *job, struct cq_text header);

/* Checks a verdict against the registry. Shape: stated is its version in force, NULL for none;
 * *rejected, as is reported: an IIN that no list names, one with itself that neither a row to be
 * reviewed nor the list of a second agency contradicts, or an agency to be believed whose lists name
 * neither; *outdated: it was made on other facts than those of now, so that the same verdict is a
 * new one. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_import_check_verdict(struct cq_import_job *job, const struct cq_record *record,
                                     const struct cq_value *values, const struct cq_version *stated,
                                     bool *rejected, bool *outdated, struct cq_err *err);

void cq_import_close_verdicts(struct cq_import_job *job);

#endif
