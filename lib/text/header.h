/* The cells of a header as people write them. Source: cq-csv(5). */
#ifndef CQ_TEXT_HEADER_H
#define CQ_TEXT_HEADER_H

#include "cq/csvin.h"

/* What a header may mean, the surest first: as it stands; without asterisks, a number before it and
 * the brackets around a remark; without the remark, unless that says that a day is the last. */
enum cq_header_form { CQ_HEADER_EXACT, CQ_HEADER_PLAIN, CQ_HEADER_SHORT, CQ_HEADER_FORMS };

/* Appends a form of a header, folded.
 * Errors: in out->failed. */
void cq_header_fold(struct cq_text cell, enum cq_header_form form, struct cq_str *out);

/* Splits the next part off a header that says the same in several languages: parts are divided by a
 * slash, a bar or a line end. Shape: as cq_text_next. */
bool cq_header_part(struct cq_text *rest, struct cq_text *part);

/* The column that numbers the rows; -1 where there is none. */
int cq_header_number(const struct cq_row *header);

/* Whether a cell of the header is that of such a column. */
bool cq_header_is_number(struct cq_text cell);

#endif
