/* Writes one row of a list, or its absence, to the registry. Has the types that it shares with
 * compare.c, which calls it. */
#ifndef CQ_IMPORT_APPLY_H
#define CQ_IMPORT_APPLY_H

#include "import/job.h"

/* A record of the current group; its payload is in the group's own memory. */
struct cq_merge_item {
    struct cq_record record;
    size_t payload;
    bool rejected;
};

struct cq_merge {
    struct cq_import_job *job;
    struct cq_merge_item *items;
    size_t count, room;
    struct cq_str bytes;
    struct cq_str copied;              /* values that a row keeps from the one before */
    bool mentioned;                    /* a rejected row names the group's person */
    const struct cq_record *lookahead; /* read, not yet in the group */
    const struct cq_version *versions; /* of the group */
    size_t version_count;
};

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

/* Whether a row that a version was read from says something else now: the end that the version kept
 * from an earlier list, because the row's list has none, has passed. */
bool cq_merge_brings_back(const struct cq_import_job *job, const struct cq_version *version);

/* Writes one row of the list to the registry, or rejects it. */
enum cq_code cq_merge_row(struct cq_merge *m, struct cq_merge_item *item,
                          const struct cq_key_versions *versions, struct cq_err *err);

/* Ends the row of a key that a full list no longer names. */
enum cq_code cq_merge_absence(struct cq_import_job *job, int64_t key,
                              const struct cq_key_versions *versions, struct cq_err *err);

#endif
