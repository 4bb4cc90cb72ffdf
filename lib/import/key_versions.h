/* The versions of one key, and the parts of a key. */
#ifndef CQ_IMPORT_KEY_VERSIONS_H
#define CQ_IMPORT_KEY_VERSIONS_H

#include "import/job.h"

/* The versions of one key, old ones too. */
struct cq_key_versions {
    const struct cq_version *all;
    size_t count;
    const struct cq_version *stated; /* the last one that is current, as a list stated it; NULL if
                                        it was ended since */
    bool current;                    /* whether a version is current */
    int64_t next_id;
};

static inline int64_t group_of(int64_t key)
{
    return key >> CQ_AGENCY_BITS;
}

static inline int64_t key_of(int64_t id)
{
    return id >> CQ_VERSION_BITS;
}

/* Reads the values of a version. Shape: stored has room for the table's columns; values gets those
 * of the list (CQ_LIST_COLUMNS), absent where the table has none, and the days are not among them.
 * Texts are valid until the next version is read. Errors: those of cq_versions_read. */
enum cq_code cq_import_read_version(struct cq_import_job *job, const struct cq_version *version,
                                    struct cq_value *stored, struct cq_value *values,
                                    struct cq_err *err);

#endif
