/* Free days of facilities. */
#ifndef CQ_REFERRALS_BOOKINGS_H
#define CQ_REFERRALS_BOOKINGS_H

#include "cq/referral.h"

/* A facility that a draft may be sent to.
 * Shape: capacity is people a day, CQ_UNKNOWN for no limit; own_profile where it is that of the
 * draft's profile alone. */
struct cq_choice {
    const char *facility;
    int capacity;
    bool own_profile;
};

struct cq_bookings;

/* Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_bookings_close. */
enum cq_code cq_bookings_open(struct cq_bookings **bookings, struct cq_db *db, struct cq_err *err);
void cq_bookings_close(struct cq_bookings *bookings);

/* The first day from a day on with room at a facility; add counts one more there.
 * Shape: where no day of two years has room, it is CQ_DAY_MAX. Errors: as above. */
enum cq_code cq_bookings_find_day(struct cq_bookings *bookings, const struct cq_choice *choice,
                                  int service, const struct cq_text *profile, int32_t from,
                                  int32_t *day, struct cq_err *err);
enum cq_code cq_bookings_add(struct cq_bookings *bookings, const struct cq_choice *choice,
                             int service, const struct cq_text *profile, int32_t day,
                             struct cq_err *err);

#endif
