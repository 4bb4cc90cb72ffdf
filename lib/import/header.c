/* The header of a list, and which columns it has. */
#include "import/job.h"

enum cq_code cq_import_open(struct cq_import_job *job, struct cq_csvin **in, struct cq_err *err)
{
    return cq_columns_open(in, job->source.fd, job->name, job->import->delimiter, job->list.columns,
                           job->list.in_file, job->import->map, err);
}
