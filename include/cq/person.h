/* A person of the registry, a service and a day: the roles the person has, the facts of each, the
 * decision, and the facility that can serve. */
#ifndef CQ_PERSON_H
#define CQ_PERSON_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/decide.h"
#include "cq/law.h"

#define CQ_ROLES_MAX 16

/* A request for a service. */
struct cq_request {
    int service;             /* value of CQ_FACT_SERVICE */
    int urgency;             /* value of CQ_FACT_URGENCY */
    int destination;         /* value of CQ_FACT_DESTINATION; CQ_UNKNOWN: not asked for, so the city
                               of the facility, or of the MVD-MO that would serve */
    struct cq_text facility; /* the facility asked for, by code; empty for any */
    int indicated;           /* CQ_YES, CQ_NO or CQ_UNKNOWN */
    int package;             /* CQ_UNKNOWN: the default of the service */
    bool duty_injury;        /* requested as care after a duty injury */
    struct cq_text profile;  /* empty for any */
    int32_t day;
};

/* The answer for one role of a person. */
struct cq_answer {
    struct cq_decision decision;
    uint64_t facts;                   /* the word decided on */
    int category;                     /* value of CQ_FACT_CATEGORY */
    int agency;                       /* number, 0 if none */
    int64_t version;                  /* id in table person; 0 for category none */
    int32_t residence, service_place; /* KATO, 0 if not stated; service_place: employees only */
    int32_t birth;                    /* CQ_DAY_MIN if not known */
    const char *facility; /* code of the nearest that can serve, "" if none; the people's */
    int32_t changes_on;   /* of cq_people_next_change; CQ_DAY_MAX if nothing is known to change */
    const char *change_cause; /* a static word, "" if nothing changes */
};

struct cq_people;

/* Opens the registry for questions, as it was after a run.
 * Shape: known_run from cq_run_known. Facilities are read here, once.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_people_close. */
enum cq_code cq_people_open(struct cq_people **people, struct cq_db *db, const struct cq_law *law,
                            int64_t known_run, struct cq_err *err);
void cq_people_close(struct cq_people *people);

/* Begin and end a read transaction: a program must not block an import while it waits for input
 * between questions. The data stay those of the known run. Both may be called repeatedly.
 * Errors of begin: those of cq_db_fail. */
enum cq_code cq_people_begin(struct cq_people *people, struct cq_err *err);
void cq_people_end(struct cq_people *people);

/* Decides for one person. Shape: answers has CQ_ROLES_MAX entries; answers[0] is the one that
 * answers, the other roles follow in the order of roles.csv (gap A-17). A person in no list on that
 * day has one role, category none.
 * Errors: those of cq_db_fail. */
enum cq_code cq_people_decide(struct cq_people *people, int64_t iin,
                              const struct cq_request *request, struct cq_answer *answers,
                              int *count, struct cq_err *err);

/* Finds for each of these answers the first later day on which a cell from outcome to gaps changes,
 * as far as is known. answers[0] is the person's answer, of whichever role; another entry is that
 * of its role. Shape: answers are those of cq_people_decide for the same person and request. The
 * cause is of_age, entitlement_ends, entitlement_begins, entry_changes, insurance_ends,
 * insurance_begins, presidential_list, facility or law. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_people_next_change(struct cq_people *people, int64_t iin,
                                   const struct cq_request *request, struct cq_answer *answers,
                                   int count, struct cq_err *err);

/* Set a second law, which outlives the people, and decide under it.
 * Errors: CQ_B_NOMEM; as cq_people_decide. */
enum cq_code cq_people_set_second_law(struct cq_people *people, const struct cq_law *law,
                                      struct cq_err *err);
enum cq_code cq_people_decide_second(struct cq_people *people, int64_t iin,
                                     const struct cq_request *request, struct cq_answer *answers,
                                     int *count, struct cq_err *err);

/* The days after that of the request and before `until` on which an answer of the person may
 * change, under the own law or the second. Shape: ascending, each once. Owner: the people, until
 * the next call of this or of cq_people_next_change. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_people_periods(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, int32_t until,
                               const int32_t **days, size_t *count, struct cq_err *err);

/* The next person in order of IIN after the given one (0 to begin) who has a version known and
 * valid on a day from first to before until; *iin is 0 at the end. Errors: those of cq_db_fail. */
enum cq_code cq_people_next(struct cq_people *people, int64_t after, int32_t first, int32_t until,
                            int64_t *iin, struct cq_err *err);

/* A request with defaults: planned, no city or facility asked for, indication unknown, default
 * package. */
struct cq_request cq_request_default(int service, int32_t day);

#endif
