/* The cells of a header as people write them. */
#ifndef CQ_TEXT_HEADER_H
#define CQ_TEXT_HEADER_H

#include "cq/csvin.h"

/* The column that numbers the rows; -1 where there is none. */
int cq_header_number(const struct cq_row *header);

/* Whether a cell of the header is that of such a column. */
bool cq_header_is_number(struct cq_text cell);

#endif
