/* Inside the report facilities only: services of MVD-MOs by region, and employees by place. */
#ifndef CQ_REPORT_FACILITIES_H
#define CQ_REPORT_FACILITIES_H

#include "report_private.h"

enum { PROFILES = 32, REGIONS = 100, WANTS = 3 + PROFILES };

/* A service and profile of an MVD-MO in a region: what the ones that serve it have and lack. */
struct served {
    bool any, able, department, specialist, equipment; /* the last three: one lacks it */
};

struct want {
    int service;
    char profile[64]; /* "" for any */
    struct served regions[REGIONS];
    int64_t absent[REGIONS], unknown[REGIONS];
};

/* Employees of one residence and one place of service. */
struct places {
    int32_t residence, service_place;
    int64_t employees;
};

struct load {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows, *work, *fallback;
    struct want wants[WANTS];
    size_t want_count;
    bool any[REGIONS];     /* some MVD-MO serves part of the region, whatever it does */
    struct places *places; /* a table by hash */
    size_t room, used;
    int owner; /* MVD's */
};

/* Counts in each want, by region, the employees who have no place, and of whom it is not known.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_load_concerned(struct load *l, struct cq_err *err);

#endif
