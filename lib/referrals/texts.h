/* An arena of texts: copies have stable addresses until all are freed together. */
#ifndef CQ_REFERRALS_TEXTS_H
#define CQ_REFERRALS_TEXTS_H

#include "cq/str.h"

struct cq_texts;

/* Owner: caller, cq_texts_free. Errors: NULL without memory. */
struct cq_texts *cq_texts_new(void);
void cq_texts_free(struct cq_texts *texts);

/* Allocates len bytes, or copies a text with a NUL behind it. Owner: the texts.
 * Errors: NULL without memory. */
char *cq_texts_alloc(struct cq_texts *texts, size_t len);
const char *cq_texts_copy(struct cq_texts *texts, const struct cq_text *text);

/* Reuses the memory for the next copies. */
void cq_texts_clear(struct cq_texts *texts);

#endif
