/* External sort of rows by integer key. */
#include "store/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "cq/fd.h"
#include "cq/str.h"

enum { AHEAD = 12, RUN_BUFFER = 1 << 18, RADIX_BITS = 11, RADIX_PASSES = 4 };

/* The header of each payload, in memory and on file. */
struct head {
    int64_t key, hash, line_hash, offset;
    uint32_t line, size;
};

struct entry {
    int64_t key;
    size_t at; /* of the head in bytes */
};

/* A sorted run on file, and the part of it in memory. */
struct run {
    int64_t next, end; /* on file, not yet read */
    unsigned char *buffer;
    size_t used, filled;
    bool done;
    struct cq_record record;
};

struct cq_sorter {
    size_t limit;
    char *folder;
    int fd;
    int64_t written;
    struct cq_str bytes;
    struct entry *entries, *spare;
    size_t count, room;
    size_t next; /* entry to return, where all are in memory */
    int64_t total;
    struct run *runs;
    size_t run_count, run_room;
    size_t last; /* run of the last record, to be advanced before the next */
    bool started;
    struct cq_record record;
};

enum cq_code cq_sorter_open(struct cq_sorter **result, size_t limit, const char *folder,
                            struct cq_err *err)
{
    struct cq_sorter *sorter = calloc(1, sizeof *sorter);
    *result = NULL;
    if (!sorter || !(sorter->folder = strdup(folder))) {
        free(sorter);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sorter->limit = limit;
    sorter->fd = -1;
    *result = sorter;
    return CQ_OK;
}

void cq_sorter_close(struct cq_sorter *sorter)
{
    if (!sorter)
        return;
    for (size_t i = 0; i < sorter->run_count; i++)
        free(sorter->runs[i].buffer);
    if (sorter->fd >= 0)
        close(sorter->fd);
    free(sorter->runs);
    free(sorter->entries);
    free(sorter->spare);
    free(sorter->folder);
    cq_str_free(&sorter->bytes);
    free(sorter);
}

/* Sorts the entries by key, eleven bits at a time, keeping the order of equal keys. */
static enum cq_code sort_entries(struct cq_sorter *sorter, struct cq_err *err)
{
    struct entry *from = sorter->entries, *to;
    if (sorter->count == 0)
        return CQ_OK;
    to = realloc(sorter->spare, sorter->room * sizeof *to);
    if (!to)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    sorter->spare = to;
    for (int pass = 0; pass < RADIX_PASSES; pass++) {
        static const int64_t mask = (1 << RADIX_BITS) - 1;
        size_t starts[1 << RADIX_BITS] = {0};
        size_t sum = 0;
        for (size_t i = 0; i < sorter->count; i++)
            starts[from[i].key >> (pass * RADIX_BITS) & mask]++;
        for (size_t i = 0; i < 1 << RADIX_BITS; i++) {
            size_t n = starts[i];
            starts[i] = sum;
            sum += n;
        }
        for (size_t i = 0; i < sorter->count; i++)
            to[starts[from[i].key >> (pass * RADIX_BITS) & mask]++] = from[i];
        struct entry *swap = from;
        from = to;
        to = swap;
    }
    sorter->entries = from; /* unchanged: the number of passes is even */
    sorter->spare = to;
    return CQ_OK;
}

/* Appends bytes to the file. */
static enum cq_code append(struct cq_sorter *sorter, const void *bytes, size_t len,
                           struct cq_err *err)
{
    enum cq_code code = cq_fd_write_at(sorter->fd, bytes, len, sorter->written, err);
    if (!code)
        sorter->written += (int64_t)len;
    return code;
}

/* Writes what is in memory as one sorted run. */
static enum cq_code spill(struct cq_sorter *sorter, struct cq_err *err)
{
    enum cq_code code = sort_entries(sorter, err);
    if (!code && sorter->fd < 0 && (sorter->fd = cq_fd_temporary(sorter->folder)) < 0)
        code = cq_err_set(err, CQ_O_WRITE, "%s", cq_system_text(errno));
    if (code)
        return code;
    struct run *runs =
        cq_grow(sorter->runs, sorter->run_count + 1, &sorter->run_room, sizeof *runs);
    if (runs)
        sorter->runs = runs;
    unsigned char *buffer = runs ? malloc(RUN_BUFFER) : NULL;
    if (!buffer)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    struct run run = {.next = sorter->written, .buffer = buffer};
    size_t used = 0;
    for (size_t i = 0; i < sorter->count && !code; i++) {
        const char *at = sorter->bytes.ptr + sorter->entries[i].at;
        struct head head;
        memcpy(&head, at, sizeof head);
        size_t len = sizeof head + head.size;
        if (used + len > RUN_BUFFER) {
            code = append(sorter, buffer, used, err);
            used = 0;
        }
        memcpy(buffer + used, at, len);
        used += len;
    }
    if (!code)
        code = append(sorter, buffer, used, err);
    run.end = sorter->written;
    sorter->runs[sorter->run_count++] = run;
    sorter->count = 0;
    cq_str_clear(&sorter->bytes);
    return code;
}

enum cq_code cq_sorter_add(struct cq_sorter *sorter, const struct cq_record *record,
                           struct cq_err *err)
{
    struct head head = {record->key,    record->hash, record->line_hash,
                        record->offset, record->line, record->size};
    if (sizeof head + record->size > RUN_BUFFER)
        return cq_err_set(err, CQ_B_BUG, "sorter: a row of %u bytes", record->size);
    size_t order = 2 * (sorter->count + 1) * sizeof *sorter->entries; /* entries and spare */
    if (sorter->bytes.len + sizeof head + record->size + order > sorter->limit &&
        sorter->count > 0) {
        enum cq_code code = spill(sorter, err);
        if (code)
            return code;
    }
    struct entry *entries =
        cq_grow(sorter->entries, sorter->count + 1, &sorter->room, sizeof *entries);
    if (!entries)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    sorter->entries = entries;
    entries[sorter->count] = (struct entry){record->key, sorter->bytes.len};
    cq_str_put(&sorter->bytes, (const char *)&head, sizeof head);
    cq_str_put(&sorter->bytes, (const char *)record->payload, record->size);
    if (sorter->bytes.failed)
        return cq_err_set(err, sorter->bytes.failed, NULL);
    sorter->count++;
    sorter->total++;
    return CQ_OK;
}

static void unpack(struct cq_record *record, const unsigned char *at)
{
    struct head head;
    memcpy(&head, at, sizeof head);
    *record = (struct cq_record){head.key,  head.hash, head.line_hash,  head.offset,
                                 head.line, head.size, at + sizeof head};
}

/* Reads the next record of a run. */
static enum cq_code advance(struct cq_sorter *sorter, struct run *run, struct cq_err *err)
{
    struct head head;
    for (;;) {
        size_t have = run->filled - run->used;
        if (have >= sizeof head) {
            memcpy(&head, run->buffer + run->used, sizeof head);
            if (have >= sizeof head + head.size) {
                unpack(&run->record, run->buffer + run->used);
                run->used += sizeof head + head.size;
                return CQ_OK;
            }
        }
        if (run->next == run->end) {
            run->done = true;
            return CQ_OK;
        }
        memmove(run->buffer, run->buffer + run->used, have);
        run->used = 0;
        run->filled = have;
        size_t want = RUN_BUFFER - have;
        if ((int64_t)want > run->end - run->next)
            want = (size_t)(run->end - run->next);
        size_t got;
        enum cq_code code =
            cq_fd_read_at(sorter->fd, run->buffer + have, want, run->next, &got, err);
        if (code)
            return code;
        if (got == 0)
            return cq_err_set(err, CQ_O_READ, "spill");
        run->filled += got;
        run->next += (int64_t)got;
    }
}

enum cq_code cq_sorter_sort(struct cq_sorter *sorter, struct cq_err *err)
{
    enum cq_code code;
    if (sorter->run_count == 0)
        return sort_entries(sorter, err);
    code = spill(sorter, err);
    cq_str_free(&sorter->bytes);
    free(sorter->entries);
    free(sorter->spare);
    sorter->entries = sorter->spare = NULL;
    sorter->room = 0;
    for (size_t i = 0; i < sorter->run_count && !code; i++)
        code = advance(sorter, &sorter->runs[i], err);
    return code;
}

enum cq_code cq_sorter_next(struct cq_sorter *sorter, const struct cq_record **record,
                            struct cq_err *err)
{
    *record = NULL;
    if (sorter->run_count == 0) {
        if (sorter->next < sorter->count) {
            const char *at = sorter->bytes.ptr + sorter->entries[sorter->next++].at;
            if (sorter->next + AHEAD <
                sorter->count) /* records in key order are scattered in memory */
                __builtin_prefetch(sorter->bytes.ptr + sorter->entries[sorter->next + AHEAD].at);
            unpack(&sorter->record, (const unsigned char *)at);
            *record = &sorter->record;
        }
        return CQ_OK;
    }
    if (sorter->started) {
        enum cq_code code = advance(sorter, &sorter->runs[sorter->last], err);
        if (code)
            return code;
    }
    sorter->started = true;
    struct run *best = NULL;
    for (size_t i = 0; i < sorter->run_count; i++) /* runs are in the order of the list */
        if (!sorter->runs[i].done && (!best || sorter->runs[i].record.key < best->record.key)) {
            best = &sorter->runs[i];
            sorter->last = i;
        }
    *record = best ? &best->record : NULL;
    return CQ_OK;
}

int64_t cq_sorter_count(const struct cq_sorter *sorter)
{
    return sorter->total;
}
