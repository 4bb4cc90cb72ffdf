/* The words of forms, in three languages at once: a form speaks two of them, which the catalogues
 * cannot. Terms follow the acts where they have one. */
#ifndef CQ_FORM_WORDS_H
#define CQ_FORM_WORDS_H

#include "cq/law.h"

/* The words for a code ("label.payer", "payer.budget"); NULL where there are none.
 * Shape: len may be that of a part of a longer text; languages in the order of enum cq_language. */
const char *const *cq_refer_words(const char *group, const char *code, size_t len);

#endif
