/* The readers of all law tables. */
#ifndef CQ_ENGINE_LAW_TABLES_H
#define CQ_ENGINE_LAW_TABLES_H

#include "engine/law_cells.h"

/* Reads every table in order, up to the first error. Shape: dir is for messages only, may be NULL.
 * Errors: in r->err. */
void cq_law_tables_read(struct cq_law_cells *r, const struct cq_law_files *files, const char *dir);

#endif
