/* English words for codes that answers and reports share; the catalogues translate them. Words that
 * only one of them says stand there. */
#ifndef CQ_WORDS_H
#define CQ_WORDS_H

#include <stddef.h>

struct cq_word {
    const char *kind; /* "cause", "payer": what the code is of */
    const char *code;
    const char *text; /* N_() */
};

/* The word for a code, NULL where there is none. Owner: static data. */
const struct cq_word *cq_word_find(const char *kind, const char *code, size_t len);

#endif
