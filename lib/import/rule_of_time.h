/* The rule of time: from which day a row of a list holds. */
#ifndef CQ_IMPORT_RULE_OF_TIME_H
#define CQ_IMPORT_RULE_OF_TIME_H

#include "import/key_versions.h"

/* The row as it was known: as the last list stated it, else its last part; NULL where no version is
 * current. Owner: the versions. */
const struct cq_version *cq_rule_known(const struct cq_key_versions *s);

/* Whether two rows name a person in one role; rows of other lists have none and do. */
bool cq_rule_same_role(const struct cq_import_job *job, const struct cq_value *was,
                       const struct cq_value *is);

/* Whether a row brings somebody back who had left; one that states a past end does not. */
bool cq_rule_comes_back(const struct cq_import_job *job, const struct cq_version *known,
                        const struct cq_value *is);

/* Whether a row that a version was read from says something else now: the end that the version kept
 * from an earlier list, because the row's list has none, has passed. */
bool cq_rule_brings_back(const struct cq_import_job *job, const struct cq_version *version);

/* The day from which a row holds. Shape: known is that of cq_rule_known, back what
 * cq_rule_comes_back says, was the values of known. */
int32_t cq_rule_start(const struct cq_import_job *job, const struct cq_key_versions *s,
                      const struct cq_version *known, bool back, const struct cq_value *was,
                      const struct cq_value *is);

#endif
