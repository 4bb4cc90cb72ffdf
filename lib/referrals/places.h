/* The places of a case: who refers and where to, what is missing nearby, who keeps the card. */
#ifndef CQ_REFERRALS_PLACES_H
#define CQ_REFERRALS_PLACES_H

#include "referrals/case.h"

/* Reads all facilities known at the run. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_intake_read_facilities(struct cq_intake *intake, struct cq_err *err);

/* The facility with that code, NULL where there is none. */
const struct cq_intake_facility *cq_intake_find_facility(const struct cq_intake *intake,
                                                         const struct cq_text *code);

/* Fills in where the person may be sent: the facility named, else the nearest. Returns false where
 * the one named cannot serve, which is reported. */
bool cq_intake_choose_facilities(struct cq_intake *intake, struct cq_case *c);

/* Appends what the bodies' organisations lack, where the rule that decided rests on that:
 * "service:no_specialist;residence:no_organisation". */
void cq_intake_append_lacks(struct cq_intake *intake, const struct cq_case *c, struct cq_str *out);

/* Warns where a person without an outpatient card is sent to an organisation of the bodies.
 * Errors: those of cq_db_fail. */
enum cq_code cq_intake_check_card(struct cq_intake *intake, const struct cq_case *c,
                                  struct cq_err *err);

#endif
