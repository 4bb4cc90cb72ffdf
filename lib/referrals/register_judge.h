/* The checks of one registration. */
#ifndef CQ_REFERRALS_REGISTER_JUDGE_H
#define CQ_REFERRALS_REGISTER_JUDGE_H

#include "people/facilities_find.h"
#include "referrals/registrations.h"

/* What requests are judged by. */
struct cq_register_judge {
    struct cq_registrations *batch;
    struct cq_db *db;
    struct cq_people *people;
    struct cq_facilities *facilities;
    int owner; /* of the polyclinics of the bodies */
    sqlite3_stmt *cards, *taken, *earlier;
};

/* Shape: inside the writer's transaction. Errors: those of cq_people_open. Owner: caller, close in any
 * case. */
enum cq_code cq_register_judge_open(struct cq_register_judge *judge, struct cq_registrations *batch,
                                    struct cq_db *db, struct cq_err *err);
void cq_register_judge_close(struct cq_register_judge *judge);

/* Judges the day, the polyclinic, the person and the card that the person has; reports what is
 * wrong. Errors: those of cq_people_decide. */
enum cq_code cq_register_judge_one(struct cq_register_judge *judge,
                                   struct cq_registration *registration, struct cq_err *err);

#endif
