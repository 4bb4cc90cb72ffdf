/* Rules and groups written out as masks. */
#ifndef CQ_ENGINE_LAW_EXPAND_H
#define CQ_ENGINE_LAW_EXPAND_H

#include "engine/law_cells.h"

/* Expands the rules into the intervals of the law, groups written out. Errors: in r->err. */
void cq_law_expand(struct cq_law_cells *r);

#endif
