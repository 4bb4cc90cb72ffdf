/* Services that employees may require of MVD-MOs, and what the MVD-MOs of each region have for
 * them. */
#ifndef CQ_REPORTS_FACILITIES_REQUIREMENTS_H
#define CQ_REPORTS_FACILITIES_REQUIREMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/db.h"

enum { PROFILES = 32, REGIONS = 100, REQUIREMENTS = 3 + PROFILES };

/* A service and profile in a region: what the MVD-MOs that serve it have and lack. */
struct served {
    bool any, able, department, specialist, equipment; /* the last three: one lacks it */
};

struct requirement {
    int service;
    char profile[64]; /* "" for any */
    struct served regions[REGIONS];
    int64_t absent[REGIONS],
        unknown[REGIONS]; /* employees without a place; not known well enough */
};

struct requirements {
    struct requirement list[REQUIREMENTS];
    size_t count;
    bool any[REGIONS]; /* some MVD-MO serves part of the region, with any service */
};

/* Adds a service and profile unless it is there, or there is no room. */
void cq_requirements_add(struct requirements *requirements, int service, const char *profile);

/* Adds what an MVD-MO has, a row of cq_facilities_select. Shape: all requirements are added. */
void cq_requirements_add_facility(struct requirements *requirements, sqlite3_stmt *stmt);

#endif
