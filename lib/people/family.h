/* What a role has from the sponsor and from the kinship to the sponsor: facts of the family and of
 * children of the fallen. Source: R78:1.2, R78:3. */
#ifndef CQ_PEOPLE_FAMILY_H
#define CQ_PEOPLE_FAMILY_H

#include "people/people_read.h"
#include "people/view.h"

/* The value of CQ_FACT_SPONSOR of a family member. */
int cq_role_sponsor(const struct cq_history *history, const struct cq_role *role,
                    const struct cq_input_days *on);

/* The possible values of CQ_FACT_BODY, as bits: of the agency; of roles that rest on a sponsor, the
 * sponsor's, all where no list names the sponsor. */
uint64_t cq_role_body(const struct cq_view *view, const struct cq_history *history,
                      const struct cq_role *role, const struct cq_input_days *on);

/* The possible values of CQ_FACT_KIN of a family member, as bits: what is not stated leaves several
 * possible. */
uint64_t cq_role_kin(const struct cq_view *view, const struct cq_role *role,
                     const struct cq_input_days *on);

#endif
