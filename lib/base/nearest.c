/* Which of the words that are allowed is nearest to one that is not. */
#include "cq/nearest.h"

#include <stdio.h>
#include <string.h>

#include "cq/str.h"
#include "cq/utf8.h"

void cq_nearest_offer(struct cq_nearest *nearest, const char *wanted, size_t wanted_len,
                      const char *words, size_t limit)
{
    struct cq_str folded = {0};
    for (const char *word = words; word;) {
        size_t len = strcspn(word, "|");
        cq_str_clear(&folded);
        if (!cq_utf8_fold(&folded, word, len) && folded.len > 0) {
            size_t distance = cq_utf8_distance(folded.ptr, folded.len, wanted, wanted_len, limit);
            if (distance <= limit && distance * 2 < cq_utf8_count(folded.ptr, folded.len) &&
                (!nearest->name || distance < nearest->distance)) {
                nearest->name = words;
                nearest->name_len = strcspn(words, "|");
                nearest->distance = distance;
            }
        }
        word = word[len] ? word + len + 1 : NULL;
    }
    cq_str_free(&folded);
}

const char *cq_nearest_of(const char *const *values, const char *wanted, char *out, size_t size)
{
    struct cq_nearest nearest = {0};
    struct cq_str folded = {0};
    out[0] = '\0';
    if (!cq_utf8_fold(&folded, wanted, strlen(wanted)) && folded.len > 0)
        for (size_t i = 0; values[i]; i++)
            cq_nearest_offer(&nearest, folded.ptr, folded.len, values[i], CQ_NEAR_WORD);
    if (nearest.name && nearest.name_len < size)
        snprintf(out, size, "%.*s", (int)nearest.name_len, nearest.name);
    cq_str_free(&folded);
    return out;
}
