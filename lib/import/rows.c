/* An import of rows that a program made, in its own transaction: what a file's rows become once they
 * are read. */
#include <string.h>

#include "cq/hash.h"
#include "import/job.h"

/* Bytes of rows held in memory; beyond it the sorter uses a file. */
static const size_t memory_limit = (size_t)16 << 20;

static enum cq_code add_row(struct cq_import_job *job, const struct cq_import_row *row,
                            struct cq_hash *hash, struct cq_err *err)
{
    enum cq_code code = cq_import_pack(job, row->values, err);
    if (code)
        return code;
    const struct cq_record record = {
        .key = cq_list_key(&job->list, row->values, job->import->agency),
        .hash = cq_hash_row(job->packed.ptr, job->packed.len),
        .line = row->line,
        .size = (uint32_t)job->packed.len,
        .payload = (const unsigned char *)job->packed.ptr,
    };
    cq_hash_add(hash, job->packed.ptr, job->packed.len);
    return cq_sorter_add(job->sorter, &record, err);
}

/* Sorts the rows; the hash of the run's file is that of their values. */
static enum cq_code sort_rows(struct cq_import_job *job, const struct cq_import_row *rows,
                              size_t count, struct cq_err *err)
{
    struct cq_hash hash;
    unsigned char digest[CQ_HASH_BYTES];
    cq_hash_init(&hash);
    enum cq_code code = cq_sorter_open(&job->sorter, memory_limit, job->import->folder, err);
    for (size_t i = 0; i < count && !code; i++)
        code = add_row(job, &rows[i], &hash, err);
    cq_hash_done(&hash, digest);
    cq_hash_hex(job->source.hash, digest, sizeof digest);
    return code ? code : cq_sorter_sort(job->sorter, err);
}

enum cq_code cq_import_rows(struct cq_db *db, const struct cq_import *import,
                            const struct cq_import_row *rows, size_t count, const char *name,
                            struct cq_import_result *result, struct cq_err *err)
{
    struct cq_import_job job = {.import = import,
                                .result = result,
                                .name = name,
                                .db = db,
                                .source = {.fd = -1, .encoding = CQ_ENCODING_UTF8}};
    *result = (struct cq_import_result){.kind = import->kind,
                                        .read = (int64_t)count,
                                        .encoding = cq_encoding_names[CQ_ENCODING_UTF8]};
    cq_list_init(&job.list, import->kind, import->law);
    for (size_t i = 0; i < job.list.in_file; i++)
        job.stated |= (uint32_t)1 << i;
    enum cq_code code = sort_rows(&job, rows, count, err);
    memcpy(result->file_hash, job.source.hash, sizeof result->file_hash);
    if (!code)
        code = cq_import_write_run(&job, err);
    result->run = code ? 0 : job.run.id;
    cq_import_close_job(&job);
    return code;
}
