/* Whom the lists name: sets of IINs, packed in ascending order, and what table run_agency keeps of
 * them. A whole list is kept as its difference from the whole list before it, so a list that names the
 * same people every night takes no room. */
#ifndef CQ_STORE_NAMED_H
#define CQ_STORE_NAMED_H

#include "cq/db.h"
#include "cq/str.h"

/* A set of IINs. Shape: zeroed when empty. Owner: caller, cq_named_fini. */
struct cq_named {
    struct cq_str bytes; /* each IIN as its distance from the one before, seven bits a byte */
    int64_t last, count;
};

void cq_named_fini(struct cq_named *set);

/* Adds an IIN. Shape: not below the last one; one that is there already is not added again.
 * Errors: in set->bytes.failed. */
void cq_named_add(struct cq_named *set, int64_t iin);

/* Reads a packed set in order. Shape: zeroed but for the bytes. Returns false at its end. */
struct cq_named_reader {
    const unsigned char *bytes;
    size_t size, at;
    int64_t iin;
};
bool cq_named_next(struct cq_named_reader *reader);

/* Of a list's rows, how many concern one agency. */
struct cq_agency_counts {
    int64_t read, rejected, warnings;
};

/* Writes what a list of a run brought of an agency, and whom it names; full lists are whole in any
 * case, others by how many they name and how many of their rows were rejected. Errors: those of
 * cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_named_write(struct cq_db *db, int64_t run, int agency, bool full,
                            const struct cq_agency_counts *counts, const struct cq_named *set,
                            struct cq_err *err);

/* Reads whom the whole list of an agency names that is of this run or the last before it; an empty
 * set where there is none. Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, in any case. */
enum cq_code cq_named_read(struct cq_db *db, int64_t run, int agency, struct cq_named *set,
                           struct cq_err *err);

#endif
