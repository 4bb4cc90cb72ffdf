/* The states of referrals and the actions that lead from one to another. */
#ifndef CQ_REFERRALS_STATES_H
#define CQ_REFERRALS_STATES_H

#include "cq/referral.h"

/* The state that an action ("accept", "reject", "admit", "complete", "cancel", "expire") leads to,
 * -1 where that transition is not allowed. */
int cq_state_after(enum cq_state state, const char *action);

/* Appends the actions that a state allows, with ", " between. Errors: in out->failed. */
void cq_state_actions(enum cq_state state, struct cq_str *out);

/* Whether an action is allowed only once the last day of the referral has passed. */
bool cq_action_needs_overdue(const char *action);

/* Whether some action leads from one state to the other. */
bool cq_state_precedes(int from, int to);

/* States that some action leads out of, as bits 1 << state: such referrals are open. And those that
 * one action leads out of. */
unsigned cq_states_open(void);
unsigned cq_states_before(const char *action);

#endif
