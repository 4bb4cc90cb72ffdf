/* The lines that a registry has read before: from the hash of a line's bytes to the key of the row
 * they said. A nightly list says mostly what it said the night before, and such a line need not be
 * parsed again. */
#ifndef CQ_KNOWN_H
#define CQ_KNOWN_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/registry.h"

struct cq_known;

/* Reads the lines of a table's standing rows in one scan. Shape: *known is NULL where there are
 * none, or more than the set may hold (2 million): every line is read then, which costs time and
 * changes nothing.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_known_free. */
enum cq_code cq_known_read(struct cq_known **known, struct cq_db *db, const struct cq_table *table,
                           struct cq_err *err);
void cq_known_free(struct cq_known *known);

/* The key that a line's hash stands for. Another program may have written since: who acts on it
 * compares with the registry again. NULL knows nothing. */
bool cq_known_find(const struct cq_known *known, int64_t line, int64_t *key);

#endif
