/* Writes one row of a list, or its absence, to the registry. Has the types that it shares with
 * compare.c, which calls it. */
#ifndef CQ_IMPORT_APPLY_H
#define CQ_IMPORT_APPLY_H

#include "import/key_versions.h"

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

/* Writes one row of the list to the registry, or rejects it: then item->rejected is set and the row
 * reported. Errors: those of cq_versions_read and cq_versions_insert, O of the changes, CQ_B_NOMEM. */
enum cq_code cq_merge_row(struct cq_merge *m, struct cq_merge_item *item,
                          const struct cq_key_versions *versions, struct cq_err *err);

/* Ends the row of a key that a full list no longer names, unless a rejected row is that person's.
 * Errors: as above. */
enum cq_code cq_merge_absence(struct cq_import_job *job, int64_t key,
                              const struct cq_key_versions *versions, struct cq_err *err);

#endif
