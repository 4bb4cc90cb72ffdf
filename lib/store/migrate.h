/* The schema of the registry: identified, created, upgraded. */
#ifndef CQ_STORE_MIGRATE_H
#define CQ_STORE_MIGRATE_H

#include "cq/db.h"

/* Checks the file; creates the registry where mode allows it. A registry of an older schema is
 * upgraded in one transaction, after a copy of it was written beside it: db->older and db->copy say
 * so. If another program upgrades it at the same time, this one waits and changes nothing. With
 * CQ_DB_READ it is not upgraded, but *older is set.
 * An empty file is CQ_D_MISSING: another program may be about to create the registry.
 * Errors: CQ_D_MISSING, CQ_D_NOT_REGISTRY, CQ_D_NEWER, CQ_D_OLDER (it may not be written),
 * CQ_D_COPY, those of cq_db_fail. The file is as before then, and there is no new copy. */
enum cq_code cq_migrate(struct cq_db *db, enum cq_db_mode mode, bool *older, struct cq_err *err);

#endif
