/* Whether a row is about the person whom the registry holds under its IIN. */
#ifndef CQ_IMPORT_IDENTITY_H
#define CQ_IMPORT_IDENTITY_H

#include "import/key_versions.h"

/* Compares a new or changed row with the current rows of the same IIN, in this agency's list and in
 * others: another name and another birth date are another person. Former names are not compared:
 * people marry, and a birth date is corrected after that. Shape: versions are those of the IIN, in the
 * order of their keys; *conflict is set where the row is reported and kept for review.
 * Errors: those of cq_versions_read, cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_import_check_identity(struct cq_import_job *job, const struct cq_record *record,
                                      const struct cq_value *is, const struct cq_version *versions,
                                      size_t count, bool *conflict, struct cq_err *err);

#endif
