/* All sponsors that the lists name, in memory: a scan of everybody asks for each of them. */
#ifndef CQ_PEOPLE_SPONSORS_H
#define CQ_PEOPLE_SPONSORS_H

#include "cq/db.h"
#include "people/history.h"

struct cq_sponsor_table;

/* The columns that cq_sponsor_row_of reads, first in a statement. */
#define CQ_SPONSOR_COLUMNS "id, run_from, valid_from, valid_to, list_line, category, birth_date"

/* A row of a statement with these columns. */
struct cq_sponsor_row cq_sponsor_row_of(sqlite3_stmt *stmt);

/* Reads the rows of everybody whom a row names as sponsor, in two scans, as a run left them.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_sponsor_table_free. */
enum cq_code cq_sponsor_table_read(struct cq_sponsor_table **table, struct cq_db *db, int64_t run,
                                   struct cq_err *err);
void cq_sponsor_table_free(struct cq_sponsor_table *table);

/* The rows of a sponsor in order of their ids; *count is 0 where there is none. */
const struct cq_sponsor_row *cq_sponsor_table_find(const struct cq_sponsor_table *table,
                                                   int64_t iin, size_t *count);

#endif
