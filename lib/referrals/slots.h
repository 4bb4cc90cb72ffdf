/* Free days of facilities. */
#ifndef CQ_REFERRALS_SLOTS_H
#define CQ_REFERRALS_SLOTS_H

#include "cq/referral.h"

/* A facility that a draft may be sent to.
 * Shape: capacity is people a day, CQ_UNKNOWN for no limit; own_profile where it is that of the
 * draft's profile alone. */
struct cq_choice {
    const char *facility;
    int capacity;
    bool own_profile;
};

struct cq_slots_taken;

/* Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_slots_taken_close. */
enum cq_code cq_slots_taken_open(struct cq_slots_taken **taken, struct cq_db *db,
                                 struct cq_err *err);
void cq_slots_taken_close(struct cq_slots_taken *taken);

/* The first day from a day on with room at a facility; add counts one more there.
 * Shape: where no day of two years has room, it is CQ_DAY_MAX. Errors: as above. */
enum cq_code cq_slots_taken_find(struct cq_slots_taken *taken, const struct cq_choice *choice,
                                 int service, const struct cq_text *profile, int32_t from,
                                 int32_t *day, struct cq_err *err);
enum cq_code cq_slots_taken_add(struct cq_slots_taken *taken, const struct cq_choice *choice,
                                int service, const struct cq_text *profile, int32_t day,
                                struct cq_err *err);

#endif
