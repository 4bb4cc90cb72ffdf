/* The numbers of new outpatient cards. */
#ifndef CQ_REFERRALS_CARD_NUMBERS_H
#define CQ_REFERRALS_CARD_NUMBERS_H

#include "referrals/registrations.h"

/* Gives each new card that has no number the next free one of its polyclinic: one more than the
 * greatest that was ever given there, as wide as that; words beside digits do not count. A number
 * that two requests name is refused for the later one. Shape: inside the writer's transaction, so
 * that nobody else gives the same number. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_card_numbers_give(struct cq_registrations *batch, struct cq_db *db,
                                  struct cq_err *err);

#endif
