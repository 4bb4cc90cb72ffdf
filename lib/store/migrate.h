/* The schema of the registry and its numbered steps. */
#ifndef CQ_STORE_MIGRATE_H
#define CQ_STORE_MIGRATE_H

#include "cq/db.h"

#define CQ_SCHEMA_VERSION 1

/* Checks the file, and where mode allows writing creates or upgrades the registry, each step in its
 * own transaction. An empty file is CQ_D_MISSING: another program may be about to create the
 * registry. Errors: CQ_D_MISSING, CQ_D_NOT_REGISTRY, CQ_D_NEWER, CQ_D_OLDER, those of
 * cq_db_fail. */
enum cq_code cq_migrate(struct cq_db *db, enum cq_db_mode mode, struct cq_err *err);

#endif
