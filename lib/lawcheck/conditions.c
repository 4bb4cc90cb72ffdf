#include "lawcheck/conditions.h"

void cq_lawcheck_conditions(struct cq_lawcheck *check)
{
    (void)check;
}
