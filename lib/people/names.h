/* Names for people: of a person, and of a facility. */
#ifndef CQ_PEOPLE_NAMES_H
#define CQ_PEOPLE_NAMES_H

#include "cq/person.h"
#include "cq/str.h"

struct cq_person_names {
    struct cq_str full; /* last, first, middle; empty where no list names the person */
    int32_t birth;      /* CQ_DAY_MIN likewise */
};

struct cq_facility_names {
    struct cq_str name[CQ_LANGUAGES]; /* empty where not stated */
    int32_t kato;                     /* 0 where the facility is not in the registry */
};

/* The names in a row of the person; version 0: in the one that holds longest. Shape: texts are
 * overwritten. Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_str_free of the texts. */
enum cq_code cq_people_person_names(struct cq_people *people, int64_t iin, int64_t version,
                                    struct cq_person_names *names, struct cq_err *err);

/* The names of a facility by its code, as they are known. Shape, Errors, Owner: as above. */
enum cq_code cq_people_facility_names(struct cq_people *people, const char *code,
                                      struct cq_facility_names *names, struct cq_err *err);

#endif
