/* Names in one spelling, however Kazakh letters were typed; name_sound.h goes further. */
#ifndef CQ_BASE_NAME_MATCH_H
#define CQ_BASE_NAME_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number that is equal for names that differ only in case, blanks, hyphens, signs, and in whether
 * Kazakh letters were written as Russian ones (Қанат, Канат; Әсел, Асель).
 * Shape: valid UTF-8. */
int64_t cq_name_match_key(const char *last, size_t last_len, const char *first, size_t first_len);

/* Whether a name has a letter of Kazakh that Russian lacks. Shape: valid UTF-8. */
bool cq_name_has_kazakh(const char *name, size_t len);

#endif
