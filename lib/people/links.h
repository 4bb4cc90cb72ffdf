/* IINs that verdicts say are one person's. No row is touched: who counts people asks here. */
#ifndef CQ_PEOPLE_LINKS_H
#define CQ_PEOPLE_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "people/verdicts.h"

struct cq_link {
    int64_t iin, person; /* the lowest IIN of the same person */
};

/* In the order of IIN. */
struct cq_links {
    struct cq_link *list;
    size_t count, room;
};

/* Reads the links by verdicts known at a run and in force on a day; who is one with a second is one
 * with the third whom that is one with. Shape: links is zeros. Errors: those of cq_db_fail,
 * CQ_B_NOMEM. Owner: caller, free(links->list) in any case. */
enum cq_code cq_links_read(struct cq_links *links, struct cq_db *db, int64_t run, int32_t day,
                           struct cq_err *err);

/* The lowest IIN of the same person, which may be iin itself; 0 if iin is not linked. */
int64_t cq_links_find(const struct cq_links *links, int64_t iin);

/* Whether two IINs are one person's, by a verdict or through a third one. */
bool cq_links_same(const struct cq_links *links, int64_t iin, int64_t other_iin);

/* Whether it is still to be settled that two IINs are one person's, or what lists say of one:
 * there is no verdict, not through a third IIN either, or it was made on other facts.
 * Shape: links may be NULL where the IINs are equal. */
bool cq_links_open(const struct cq_links *links, const struct cq_verdicts *verdicts, int64_t iin,
                   int64_t other_iin);

#endif
