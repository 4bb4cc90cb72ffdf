/* The words beside headline numbers. */
#ifndef CQ_RESULT_FIGURE_WORDS_H
#define CQ_RESULT_FIGURE_WORDS_H

#include "cq/result.h"

/* The label of a figure as it stands below its number: "21 checks", "1 check", in the language of the
 * request. Shape: a hidden number takes the word of many. */
const char *cq_figure_words(const struct cq_report_request *request,
                            const struct cq_report_figure *figure);

#endif
