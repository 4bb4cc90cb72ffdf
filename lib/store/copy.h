/* The copy of a registry that is kept before a step changes it. */
#ifndef CQ_STORE_COPY_H
#define CQ_STORE_COPY_H

#include "cq/db.h"

/* Zero-initialise before use. */
struct cq_copy {
    char *part; /* the file until it has its name */
    char *path; /* its name, once it has one */
};

/* Writes what is committed to a file beside the registry, with mode 0600, and syncs it. What a
 * killed program left of one is replaced. Nothing is written for a registry in memory.
 * Shape: the caller has the registry's write lock and has changed nothing yet.
 * Errors: CQ_D_COPY, CQ_D_CORRUPT, CQ_B_NOMEM. Owner: caller, cq_copy_free. */
enum cq_code cq_copy_write(struct cq_copy *copy, struct cq_db *db, struct cq_err *err);

/* Gives it its name, FILE.vVERSION, or FILE.vVERSION.2 and so on where there is such a file, and
 * syncs the folder. Errors: CQ_D_COPY, CQ_B_NOMEM. */
enum cq_code cq_copy_name(struct cq_copy *copy, struct cq_db *db, int64_t version,
                          struct cq_err *err);

/* Removes the file, under whichever name it has. */
void cq_copy_remove(struct cq_copy *copy);
void cq_copy_free(struct cq_copy *copy);

#endif
