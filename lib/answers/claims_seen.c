/* A table of claims with open addressing. It holds each claim itself, 32 bytes and its profile, not
 * only a hash of it. */
#include "answers/claims_seen.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    int64_t person; /* 0 where the slot is free */
    size_t profile; /* where its text begins */
    int32_t day;
    uint32_t profile_len;
    int service;
};

struct cq_claims_seen {
    struct slot *slots;
    size_t count, room;     /* room: a power of two */
    struct cq_str profiles; /* one after the other; runs of the same one are kept once */
    size_t last, last_len;  /* the profile that was kept last */
};

enum cq_code cq_claims_seen_new(struct cq_claims_seen **result, struct cq_err *err)
{
    struct cq_claims_seen *seen = calloc(1, sizeof *seen);
    *result = seen;
    if (seen) {
        seen->room = 1024;
        seen->slots = calloc(seen->room, sizeof *seen->slots);
    }
    if (seen && seen->slots)
        return CQ_OK;
    free(seen);
    *result = NULL;
    return cq_err_set(err, CQ_B_NOMEM, NULL);
}

void cq_claims_seen_free(struct cq_claims_seen *seen)
{
    if (!seen)
        return;
    cq_str_free(&seen->profiles);
    free(seen->slots);
    free(seen);
}

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static size_t hash_of(int64_t person, int32_t day, int service, struct cq_text profile)
{
    uint64_t h = mix((uint64_t)person);
    h = mix(h ^ ((uint64_t)(uint32_t)day << 8) ^ (uint64_t)(unsigned)service);
    for (size_t i = 0; i < profile.len; i++)
        h = (h ^ (unsigned char)profile.ptr[i]) * 0x100000001B3u;
    return (size_t)mix(h);
}

static struct cq_text profile_of(const struct cq_claims_seen *seen, const struct slot *slot)
{
    return slot->profile_len
               ? (struct cq_text){seen->profiles.ptr + slot->profile, slot->profile_len}
               : (struct cq_text){"", 0};
}

static bool same(const struct cq_claims_seen *seen, const struct slot *slot,
                 const struct cq_claim_care *care)
{
    struct cq_text profile = profile_of(seen, slot);
    return slot->person == care->person && slot->day == care->day &&
           slot->service == care->service && profile.len == care->profile.len &&
           memcmp(profile.ptr, care->profile.ptr, profile.len) == 0;
}

/* Doubles the table. */
static enum cq_code grow(struct cq_claims_seen *seen, struct cq_err *err)
{
    size_t room = seen->room * 2;
    struct slot *slots = calloc(room, sizeof *slots);
    if (!slots)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < seen->room; i++) {
        const struct slot *slot = &seen->slots[i];
        if (slot->person == 0)
            continue;
        size_t at = hash_of(slot->person, slot->day, slot->service, profile_of(seen, slot));
        for (at &= room - 1; slots[at].person != 0;)
            at = (at + 1) & (room - 1);
        slots[at] = *slot;
    }
    free(seen->slots);
    seen->slots = slots;
    seen->room = room;
    return CQ_OK;
}

/* Keeps the text of a profile. Errors: in seen->profiles.failed. */
static size_t keep_profile(struct cq_claims_seen *seen, struct cq_text profile)
{
    if (profile.len != seen->last_len ||
        (profile.len && memcmp(seen->profiles.ptr + seen->last, profile.ptr, profile.len) != 0)) {
        seen->last = seen->profiles.len;
        seen->last_len = profile.len;
        cq_str_put(&seen->profiles, profile.ptr, profile.len);
    }
    return seen->last;
}

enum cq_code cq_claims_seen_add(struct cq_claims_seen *seen, const struct cq_claim_care *care,
                                bool *before, struct cq_err *err)
{
    enum cq_code code = seen->count * 3 >= seen->room * 2 ? grow(seen, err) : CQ_OK;
    if (code)
        return code;
    size_t at = hash_of(care->person, care->day, care->service, care->profile) & (seen->room - 1);
    while (seen->slots[at].person != 0 && !same(seen, &seen->slots[at], care))
        at = (at + 1) & (seen->room - 1);
    *before = seen->slots[at].person != 0;
    if (*before)
        return CQ_OK;
    struct slot slot = {.person = care->person,
                        .day = care->day,
                        .service = care->service,
                        .profile_len = (uint32_t)care->profile.len};
    slot.profile = keep_profile(seen, care->profile);
    if (seen->profiles.failed)
        return cq_err_set(err, seen->profiles.failed, NULL);
    seen->slots[at] = slot;
    seen->count++;
    return CQ_OK;
}
