/* Codes of a finding as words. */
#ifndef CQ_REFER_WORDS_H
#define CQ_REFER_WORDS_H

#include "cli.h"

/* Writes what a finding says of codes of the law and of moves as words of the reader, with the codes
 * behind them. Shape: out is empty where the detail is not made of such codes. Errors: in
 * out->failed. */
void cq_refer_words(const struct cq_law *law, enum cq_language language,
                    const struct cq_err *finding, struct cq_str *out);

#endif
