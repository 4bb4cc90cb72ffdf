/* The states of referrals. */
#include "referrals/states.h"

#include <string.h>

/* Positions are kept in the registry: add at the end only. */
const char *const cq_state_names[CQ_STATES + 1] = {
    "issued", "accepted", "rejected", "admitted", "completed", "cancelled", "expired", NULL,
};

/* Every transition that is allowed; cq-refer(1) has the same table. */
static const struct {
    const char *action;
    enum cq_state from, to;
    bool overdue; /* only once the last day has passed */
} allowed[] = {
    {"accept", CQ_ISSUED, CQ_ACCEPTED, false},  {"reject", CQ_ISSUED, CQ_REJECTED, false},
    {"admit", CQ_ACCEPTED, CQ_ADMITTED, false}, {"complete", CQ_ADMITTED, CQ_COMPLETED, false},
    {"cancel", CQ_ISSUED, CQ_CANCELLED, false}, {"cancel", CQ_ACCEPTED, CQ_CANCELLED, false},
    {"expire", CQ_ISSUED, CQ_EXPIRED, true},    {"expire", CQ_ACCEPTED, CQ_EXPIRED, true},
};

enum { ALLOWED = sizeof allowed / sizeof *allowed };

int cq_state_after(enum cq_state state, const char *action)
{
    for (size_t i = 0; i < ALLOWED; i++)
        if (allowed[i].from == state && strcmp(allowed[i].action, action) == 0)
            return (int)allowed[i].to;
    return -1;
}

void cq_state_actions(enum cq_state state, struct cq_str *out)
{
    const char *between = "";
    for (size_t i = 0; i < ALLOWED; i++) {
        if (allowed[i].from != state)
            continue;
        cq_str_printf(out, "%s%s", between, allowed[i].action);
        between = ", ";
    }
}

bool cq_action_needs_overdue(const char *action)
{
    for (size_t i = 0; i < ALLOWED; i++)
        if (strcmp(allowed[i].action, action) == 0)
            return allowed[i].overdue;
    return false;
}

bool cq_state_precedes(int from, int to)
{
    for (size_t i = 0; i < ALLOWED; i++)
        if ((int)allowed[i].from == from && (int)allowed[i].to == to)
            return true;
    return false;
}

unsigned cq_states_open(void)
{
    unsigned open = 0;
    for (size_t i = 0; i < ALLOWED; i++)
        open |= 1u << allowed[i].from;
    return open;
}

unsigned cq_states_before(const char *action)
{
    unsigned before = 0;
    for (size_t i = 0; i < ALLOWED; i++)
        if (strcmp(allowed[i].action, action) == 0)
            before |= 1u << allowed[i].from;
    return before;
}
