/* Hashes of lines: equal for the same bytes that are read in the same way. */
#include <string.h>

#include "cq/hash.h"
#include "import/job.h"

/* Adds what checks depend on: the regions of the day and the agencies that have moved. */
static void add_day(struct cq_hash *hash, const struct cq_law *law, int32_t day)
{
    for (size_t i = 0; i < law->region_count; i++) {
        const struct cq_region *region = &law->regions[i];
        char era = (char)((day < region->since) | (day >= region->until) << 1 |
                          (day < region->split) << 2);
        cq_hash_add(hash, &era, 1);
    }
    for (size_t i = 0; i < law->agency_count; i++) {
        char moved = day >= law->agencies[i].until;
        cq_hash_add(hash, &moved, 1);
    }
}

/* Grows whenever the same bytes may be read otherwise than before. */
enum { READING = 2 };

void cq_import_hash_context(struct cq_import_job *job)
{
    const struct cq_row *header = cq_csvin_header(job->in);
    const int reading = READING;
    const char *const *map = job->import->map;
    char delimiter = cq_csvin_delimiter(job->in);
    size_t width = cq_csvin_width(job->in);
    struct cq_hash hash;
    cq_hash_init(&hash);
    for (size_t i = 0; i < header->count; i++) {
        cq_hash_add(&hash, header->fields[i].ptr, header->fields[i].len);
        cq_hash_add(&hash, "\n", 1);
    }
    for (; map && *map; map++)
        cq_hash_add(&hash, *map, strlen(*map) + 1);
    cq_hash_add(&hash, &delimiter, 1);
    if (width != 0 && width != header->count)
        cq_hash_add(&hash, &width, sizeof width);
    cq_hash_add(&hash, &job->import->kind, sizeof job->import->kind);
    cq_hash_add(&hash, &job->import->agency, sizeof job->import->agency);
    add_day(&hash, job->import->law, job->import->list_date);
    cq_hash_add(&hash, job->import->law->fingerprint, CQ_HASH_HEX);
    cq_hash_add(&hash, CQ_VERSION, sizeof CQ_VERSION);
    cq_hash_add(&hash, &reading, sizeof reading);
    cq_hash_done(&hash, job->context);
}

int64_t cq_import_hash_line(const struct cq_import_job *job, struct cq_text line)
{
    while (line.len > 0 && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
        line.len--;
    return cq_hash_line(job->context, line.ptr, line.len);
}
