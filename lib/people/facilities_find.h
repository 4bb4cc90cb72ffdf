/* Questions to the facilities: which of them can serve a person, and which is nearest. */
#ifndef CQ_PEOPLE_FACILITIES_FIND_H
#define CQ_PEOPLE_FACILITIES_FIND_H

#include "cq/explain.h"
#include "people/facilities.h"

/* A question to the facilities. */
struct cq_facility_query {
    int owner;              /* of cq_facilities_owner */
    int service;            /* value of CQ_FACT_SERVICE */
    struct cq_text profile; /* empty for any */
    int32_t day;
    int32_t places[2]; /* KATO of residence and service place, 0 where not stated */
    int region;        /* region it must be in; 0: it must serve one of the places */
};

/* Whether facilities of the owner that lack nothing serve the places that are stated: the bits of
 * CQ_FACT_PLACE that are possible. All are where no place is stated; several where a place is too
 * coarse to decide. Source: R78:4.2, O61:6; gap A-04. */
uint64_t cq_facilities_place(struct cq_facilities *facilities,
                             const struct cq_facility_query *query);

/* The nearest facility that can serve: one that serves the first of the places, else the second;
 * most leading KATO digits shared with that place, then the code. In a region, the nearer place
 * counts. NULL if there is none. */
const struct cq_facility *cq_facilities_find_nearest(struct cq_facilities *facilities,
                                                     const struct cq_facility_query *query);

/* The code of the nearest; NULL if there is none. */
const char *cq_facilities_nearest(struct cq_facilities *facilities,
                                  const struct cq_facility_query *query);

/* The codes of all facilities that are as near as the nearest, in byte order, each once.
 * Shape: codes has room entries; more are left out. Returns how many there are. */
size_t cq_facilities_near(struct cq_facilities *facilities, const struct cq_facility_query *query,
                          const char **codes, size_t room);

/* A row of the facility with a code that can serve the query, wherever it is; NULL if there is
 * none. */
const struct cq_facility *cq_facilities_by_code(struct cq_facilities *facilities,
                                                const struct cq_facility_query *query,
                                                struct cq_text code);

/* Whether any list names a facility. */
bool cq_facilities_known(const struct cq_facilities *facilities, struct cq_text code);

/* Whether a facility is one of the owner with outpatient care on a day, whatever it lacks. */
bool cq_facilities_polyclinic(const struct cq_facilities *facilities, int owner, int32_t day,
                              struct cq_text code);

/* How many people a facility takes a day. */
struct cq_slots {
    int capacity;     /* CQ_UNKNOWN where it is not stated */
    bool own_profile; /* there is a row for the profile of the query itself */
};

/* Finds the capacity of a facility for a service: of the row with the profile, else of the rows
 * without one; of all rows together where the query has no profile. Returns false where the
 * facility cannot serve; places and region of the query are ignored. */
bool cq_facilities_slots(struct cq_facilities *facilities, const struct cq_facility_query *query,
                         const char *code, struct cq_slots *slots);

/* What is missing at one place (CQ_LACKS_*): the organisation, where none of the owner serves it;
 * the department, where none of those offers the service and profile; else what their rows lack. 0
 * where nothing is missing. Source: R78:4.2, O61:6. */
unsigned cq_facilities_lacking(struct cq_facilities *facilities,
                               const struct cq_facility_query *query, int32_t place);

/* Iterates over the rows that begin or end on a day after that of the query, and possibly others,
 * among those that cover its places or region; the owner is ignored. Shape: *at is 0 at first;
 * *span becomes the days of the next such row. Returns false at the end. */
bool cq_facilities_next_span(struct cq_facilities *facilities,
                             const struct cq_facility_query *query, size_t *at,
                             struct cq_span *span);

#endif
