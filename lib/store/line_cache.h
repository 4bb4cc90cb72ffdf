/* The lines that a registry has read before: from the hash of a line's bytes to the key of its row.
 * Most lines of a nightly list are those of the night before, and need not be parsed again. */
#ifndef CQ_STORE_LINE_CACHE_H
#define CQ_STORE_LINE_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/registry.h"

struct cq_line_cache;

/* Reads the lines of a table's current rows in one scan. Shape: *cache is NULL where there are
 * none, or more than it may hold (2 million): every line is parsed then, which costs time and
 * changes nothing.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_line_cache_free. */
enum cq_code cq_line_cache_read(struct cq_line_cache **cache, struct cq_db *db,
                                const struct cq_table *table, struct cq_err *err);
void cq_line_cache_free(struct cq_line_cache *cache);

/* Finds the key of a line's hash. Another program may have written since: the caller compares with
 * the registry again. A NULL cache is empty. */
bool cq_line_cache_find(const struct cq_line_cache *cache, int64_t line, int64_t *key);

#endif
