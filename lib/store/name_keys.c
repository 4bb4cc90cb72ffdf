/* The keys of names. A million people bear some ten thousand names, so most are found and not heard
 * again. */
#include "store/name_keys.h"

#include <stdlib.h>

#include "base/name_parts.h"
#include "cq/hash.h"

enum { FIRST_SIZE = 1024 };

void cq_name_keys_fini(struct cq_name_keys *keys)
{
    free(keys->known);
    *keys = (struct cq_name_keys){0};
}

static struct cq_name_known *place_of(const struct cq_name_keys *keys, int64_t hash)
{
    size_t at = (size_t)hash & (keys->size - 1);
    while (keys->known[at].hash != 0 && keys->known[at].hash != hash)
        at = (at + 1) & (keys->size - 1);
    return &keys->known[at];
}

static bool grow(struct cq_name_keys *keys)
{
    struct cq_name_keys grown = {.count = keys->count,
                                 .size = keys->size ? keys->size * 2 : FIRST_SIZE};
    grown.known = calloc(grown.size, sizeof *grown.known);
    if (!grown.known)
        return false;
    for (size_t i = 0; i < keys->size; i++)
        if (keys->known[i].hash != 0)
            *place_of(&grown, keys->known[i].hash) = keys->known[i];
    free(keys->known);
    *keys = grown;
    return true;
}

static enum cq_code hear(struct cq_text name, struct cq_name_known *known)
{
    struct cq_name_part parts[CQ_NAME_KEYS - 1];
    char sound[CQ_SOUND_MAX], whole[CQ_SOUND_MAX];
    size_t count;
    enum cq_code code = cq_name_parts(name, parts, CQ_NAME_KEYS - 1, &count);
    for (size_t i = 0; i < count && !code; i++)
        known->keys[i] = cq_sound_key(parts[i].whole, NULL);
    if (!code && count > 1) {
        code = cq_name_sound(name.ptr, name.len, sound, whole);
        known->keys[count] = cq_sound_key(whole, NULL);
    }
    return code;
}

const struct cq_name_known *cq_name_keys_find(struct cq_name_keys *keys, struct cq_text name)
{
    int64_t hash = cq_hash_row(name.ptr, name.len);
    if (keys->count * 2 >= keys->size && !grow(keys))
        return NULL;
    struct cq_name_known *known = place_of(keys, hash);
    if (known->hash == hash)
        return known;
    *known = (struct cq_name_known){0};
    if (hear(name, known))
        return NULL;
    known->hash = hash;
    keys->count++;
    return known;
}
