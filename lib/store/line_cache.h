/* A cache of the lines of current rows: from the hash of a line's bytes to the key of its row. Most
 * lines of a nightly list are the same as the night before and need not be parsed again. */
#ifndef CQ_STORE_LINE_CACHE_H
#define CQ_STORE_LINE_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/registry.h"

struct cq_line_cache;

/* Reads the lines of a table's current rows in one scan. Shape: *cache is NULL where there are
 * none, or more than 2 million: then every line is parsed, which is slower but gives the same
 * result.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_line_cache_free. */
enum cq_code cq_line_cache_read(struct cq_line_cache **cache, struct cq_db *db,
                                const struct cq_table *table, struct cq_err *err);
void cq_line_cache_free(struct cq_line_cache *cache);

/* Finds the key for a line's hash. Another program may have written since, so the caller must
 * compare with the registry. A NULL cache is empty. */
bool cq_line_cache_find(const struct cq_line_cache *cache, int64_t line, int64_t *key);

#endif
