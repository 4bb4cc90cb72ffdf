/* The versions of one key. */
#include "import/key_versions.h"

enum cq_code cq_import_read_version(struct cq_import_job *job, const struct cq_version *version,
                                    struct cq_value *stored, struct cq_value *values,
                                    struct cq_err *err)
{
    enum cq_code code = cq_versions_read(job->versions, version->id, stored, err);
    if (code)
        return code;
    for (size_t i = 0; i < job->list.count; i++)
        values[i] = (struct cq_value){0};
    for (size_t i = 0; i < job->list.table.count; i++)
        values[job->list.stored[i]] = stored[i];
    return CQ_OK;
}
