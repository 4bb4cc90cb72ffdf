/* The schema of the registry and its numbered steps. */
#ifndef CQ_STORE_MIGRATE_H
#define CQ_STORE_MIGRATE_H

#include "cq/db.h"

#define CQ_SCHEMA_VERSION 1

/* Checks what the file is, and where writing is allowed makes or upgrades it, each step in its own
 * transaction. A file with nothing in it is no registry yet: another program may be about to make
 * it. Errors: CQ_D_MISSING, CQ_D_NOT_REGISTRY, CQ_D_NEWER, CQ_D_OLDER, those of cq_db_fail. */
enum cq_code cq_migrate(struct cq_db *db, enum cq_db_mode mode, struct cq_err *err);

#endif
