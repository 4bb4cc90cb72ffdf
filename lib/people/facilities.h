/* The facilities of the registry in memory. */
#ifndef CQ_PEOPLE_FACILITIES_H
#define CQ_PEOPLE_FACILITIES_H

#include "cq/db.h"
#include "cq/facts.h"
#include "cq/str.h"
#include "people/people_read.h"

enum { CQ_NEARBY_SLOTS = 2048, CQ_NEARBY_ROWS = 120 };

struct cq_facility {
    const char *code;
    struct cq_text profile;
    int owner;
    int32_t kato;
    int64_t run, list_line; /* the run that wrote the row; 0 if it has no line */
    struct cq_span span;
    unsigned lacks; /* CQ_LACKS_* */
    int capacity;   /* a day; CQ_UNKNOWN if not stated */
    int32_t *serves;
    size_t serves_count;
};

/* The rows of a service that cover a place, cached. A negative place is a region. */
struct cq_nearby {
    int service; /* plus one, so that 0 is a free slot */
    int32_t place;
    int count; /* -1: too many to cache, all rows are scanned */
    uint16_t rows[CQ_NEARBY_ROWS];
    bool inside[CQ_NEARBY_ROWS]; /* else the place is too coarse to decide */
    int32_t last;                /* last day on which one of them begins or ends */
};

struct cq_facilities {
    struct cq_facility *rows[CQ_SERVICES];
    size_t counts[CQ_SERVICES];
    size_t rooms[CQ_SERVICES];
    struct cq_nearby nearby[CQ_NEARBY_SLOTS];
};

/* Reads the facilities as a run left them. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: caller, cq_facilities_free. */
enum cq_code cq_facilities_read(struct cq_facilities **facilities, struct cq_db *db,
                                int64_t known_run, struct cq_err *err);
void cq_facilities_free(struct cq_facilities *facilities);

/* The number of an owner of facilities ("mvd"); -1 for NULL or a name that is none. */
int cq_facilities_owner(const char *name);

#endif
