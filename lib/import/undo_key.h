/* Undoing a run, key by key. */
#ifndef CQ_IMPORT_UNDO_KEY_H
#define CQ_IMPORT_UNDO_KEY_H

#include "import/key_versions.h"

struct cq_undo {
    struct cq_import_job *job;
    int64_t run;       /* to be undone */
    int64_t touched;   /* keys */
    int64_t conflicts; /* keys that later runs changed */
    int64_t later;     /* the last run that did so */
    int64_t *lists;    /* runs after this one that are lists in force, ascending */
    size_t list_count, list_room;
    struct cq_str a, b; /* packed versions, for comparing */
    bool *matched;      /* by version of the key */
    size_t matched_room;
};

/* Restores a key as it was before the run, or counts it as a conflict; nothing is restored any more
 * once there is one. Shape: v are all versions of the key, in order. Errors: those of
 * cq_versions_read, CQ_B_NOMEM. */
enum cq_code cq_undo_key(struct cq_undo *u, const struct cq_version *v, size_t count,
                         struct cq_err *err);

void cq_undo_fini(struct cq_undo *u);

#endif
