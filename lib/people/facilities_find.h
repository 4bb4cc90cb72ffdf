/* Questions to the facilities: where a service is to be had, and which is nearest. */
#ifndef CQ_PEOPLE_FACILITIES_FIND_H
#define CQ_PEOPLE_FACILITIES_FIND_H

#include "cq/explain.h"
#include "people/facilities.h"

/* What is wanted of a facility. */
struct cq_wanted {
    int owner;              /* of cq_facilities_owner */
    int service;            /* value of CQ_FACT_SERVICE */
    struct cq_text profile; /* empty for any */
    int32_t day;
    int32_t places[2]; /* KATO of residence and service place, 0 where not stated */
    int region;        /* where it must be; 0: it must serve one of the places */
};

/* Whether a facility of the owner, able in full, serves one of the places: CQ_PLACE_AVAILABLE,
 * CQ_PLACE_ABSENT, or CQ_UNKNOWN where no place is stated or a place is too coarse to tell.
 * Source: law.md 3 (place), A-04: at either place is enough. */
int cq_facilities_place(struct cq_facilities *facilities, const struct cq_wanted *wanted);

/* The code of the nearest facility that can serve: most leading KATO digits shared with one of the
 * places, then the code; NULL if there is none. */
const char *cq_facilities_nearest(struct cq_facilities *facilities, const struct cq_wanted *wanted);

/* The codes of all facilities that are as near as the nearest, in byte order, each once.
 * Shape: codes has room entries; more are left out. Returns how many there are. */
size_t cq_facilities_near(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                          const char **codes, size_t room);

/* How many people a facility takes a day. */
struct cq_slots {
    int capacity;     /* CQ_UNKNOWN where it is not stated */
    bool own_profile; /* there is a row for just the profile that is wanted */
};

/* Finds the capacity of a facility for a service: the row of the profile, else the one for every profile,
 * and all of them together where none is asked for. False where it cannot do what is wanted;
 * places and region of wanted are ignored. */
bool cq_facilities_slots(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                         const char *code, struct cq_slots *slots);

/* What is lacking at one place (CQ_LACKS_*): the organisation, where none of the owner serves it;
 * the department, where none of those offers the service and profile; else what their rows lack.
 * 0 where nothing is. Source: R78:4.2, O61:6. */
unsigned cq_facilities_lacking(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                               int32_t place);

/* Goes through the rows that begin or end on some day after that of wanted, and perhaps others,
 * among those that may matter to its places or region; the owner is ignored. Shape: *at is 0 to
 * begin; *span becomes the days of the next such row; false at the end. */
bool cq_facilities_dated(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                         size_t *at, struct cq_span *span);

#endif
