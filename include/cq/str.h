/* A growing byte string. */
#ifndef CQ_STR_H
#define CQ_STR_H

#include <stddef.h>
#include "cq/err.h"

/* Zero-initialise before use; ptr is NUL-terminated whenever it is not NULL. A failure sticks: from
 * then on nothing is appended, and failed holds the code. Check it once before the bytes are
 * used. */
struct cq_str {
    char *ptr;
    size_t len;
    size_t cap;
    enum cq_code failed; /* CQ_B_NOMEM, or CQ_OK */
};

/* Bytes that are owned elsewhere; not NUL-terminated. */
struct cq_text {
    const char *ptr;
    size_t len;
};

/* Makes room for extra more bytes. Errors: CQ_B_NOMEM, which sticks. */
enum cq_code cq_str_reserve(struct cq_str *s, size_t extra);

/* Append len bytes, a C string, or printf output. Errors: in s->failed. */
void cq_str_put(struct cq_str *s, const char *bytes, size_t len);
void cq_str_puts(struct cq_str *s, const char *text);
void cq_str_printf(struct cq_str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Clear empties the string, resets a failure and keeps the memory; free frees it. */
void cq_str_clear(struct cq_str *s);
void cq_str_free(struct cq_str *s);

#endif
