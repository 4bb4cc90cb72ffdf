/* The law read from bytes, without the proof. */
#ifndef CQ_ENGINE_LAW_H
#define CQ_ENGINE_LAW_H

#include "cq/law.h"
#include "engine/law_files.h"

/* Reads the tables without proving them. Shape: as cq_law_load.
 * Errors: as cq_law_load but for those of the proof. Owner: caller, cq_law_free. */
enum cq_code cq_law_read(struct cq_law **law, const char *dir, struct cq_err *err);

/* The same from bytes. Shape: dir is for messages only, NULL for the embedded tables. */
enum cq_code cq_law_build(struct cq_law **law, const struct cq_law_files *files, const char *dir,
                          struct cq_err *err);

#endif
