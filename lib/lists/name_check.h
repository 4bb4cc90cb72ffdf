/* Whether a value is the name of a person: not what stands in its place when there is none, nor what
 * spreadsheets and wrong encodings leave in it. */
#ifndef CQ_LISTS_NAME_CHECK_H
#define CQ_LISTS_NAME_CHECK_H

#include "cq/err.h"
#include "cq/str.h"

/* Checks a name, or one part of it.
 * Shape: valid UTF-8 in normal form C, not empty, without blanks at its ends.
 * Errors: CQ_R_NAME_LETTER (a letter that neither Kazakh nor Russian has, a control character of
 * eight bits or the replacement character: a wrong encoding), CQ_R_CONTROL_CHARACTER (one that is not
 * seen, such as a mark of direction), CQ_R_NAME_ERROR (of a spreadsheet), CQ_R_NAME_PLACEHOLDER,
 * CQ_R_NAME_EMPTY (no letter), CQ_R_NAME_SIGN (a digit or another sign), CQ_R_NAME_CASE (a small
 * letter before capitals). Source: cq-csv(5), RK1048. */
enum cq_code cq_name_check(struct cq_text name);

#endif
