/* Judges a list while it is read: what can never be one is not read, and copied, to its end. */
#ifndef CQ_TEXT_SOURCE_EARLY_H
#define CQ_TEXT_SOURCE_EARLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* Zeroed at the start. */
struct cq_early {
    bool passed; /* a workbook or UTF-16: other parts judge those */
    bool ended;  /* the end of a line was seen */
    bool nul;
    int64_t nul_at;  /* offset of the first NUL byte */
    int64_t line_at; /* offset of the line that has not ended */
};

/* Judges the last bytes that were read.
 * Shape: total counts all bytes so far, with these; fd can be read at any offset below it.
 * Errors: CQ_F_BINARY, with the line; CQ_F_HEADER_LONG (no line ends, and no row is so long);
 * CQ_F_LINE_LONG, with the line (a lower one that is so long that it may never end);
 * CQ_O_READ, CQ_B_NOMEM. */
enum cq_code cq_early_check(struct cq_early *early, int fd, int64_t total, const char *bytes,
                            size_t len, struct cq_err *err);

#endif
