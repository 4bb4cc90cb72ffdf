/* What the comparison of a list with the registry shares: import_merge.c (groups and keys),
 * import_apply.c (one row, one absence). */
#ifndef CQ_IMPORT_MERGE_H
#define CQ_IMPORT_MERGE_H

#include "import_private.h"

/* A record of the group in hand; its payload lies in the group's own memory. */
struct cq_merge_item {
    struct cq_record record;
    size_t payload;
    bool rejected;
};

struct cq_merge {
    struct cq_importing *work;
    struct cq_merge_item *items;
    size_t count, room;
    struct cq_str bytes;
    struct cq_str kept;                /* values that a row keeps from the one before */
    bool mentioned;                    /* a rejected row names the group's person */
    const struct cq_record *ahead;     /* read, not yet in the group */
    const struct cq_version *versions; /* of the group */
    size_t version_count;
};

/* The versions of one key: what stands now, what the last list said, the next free id. */
struct cq_standing {
    const struct cq_version *all;
    size_t count;
    const struct cq_version *said; /* as the last list said; NULL if it was ended */
    bool any;
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

/* Brings one row of the list into the registry. */
enum cq_code cq_merge_row(struct cq_merge *m, const struct cq_merge_item *item,
                          const struct cq_standing *standing, struct cq_err *err);

/* Ends the row of a key that a full list no longer names. */
enum cq_code cq_merge_absence(struct cq_importing *work, int64_t key,
                              const struct cq_standing *standing, struct cq_err *err);

#endif
