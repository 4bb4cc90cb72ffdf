/* Hashes over libsodium. They protect no secret: the keys are fixed, so that results are the same
 * on every machine. */
#include "cq/hash.h"

#include <sodium.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(((struct cq_hash *)0)->state),
               "the state of libsodium's hash fits");
_Static_assert(_Alignof(crypto_generichash_state) <= _Alignof(struct cq_hash),
               "the state of libsodium's hash is aligned");
_Static_assert(CQ_HASH_BYTES == crypto_generichash_BYTES, "BLAKE2b-256 is the default size");
_Static_assert(crypto_shorthash_BYTES == 8, "the short hash fills 64 bits");

static crypto_generichash_state *state_of(struct cq_hash *h)
{
    return (crypto_generichash_state *)(void *)h->state;
}

void cq_hash_init(struct cq_hash *h)
{
    crypto_generichash_init(state_of(h), NULL, 0, CQ_HASH_BYTES);
}

void cq_hash_add(struct cq_hash *h, const void *bytes, size_t len)
{
    if (len > 0)
        crypto_generichash_update(state_of(h), bytes, len);
}

void cq_hash_done(struct cq_hash *h, unsigned char out[CQ_HASH_BYTES])
{
    crypto_generichash_final(state_of(h), out, CQ_HASH_BYTES);
}

void cq_hash_bytes(const void *bytes, size_t len, unsigned char out[CQ_HASH_BYTES])
{
    struct cq_hash h;
    cq_hash_init(&h);
    cq_hash_add(&h, bytes, len);
    cq_hash_done(&h, out);
}

void cq_hash_hex(char *dst, const unsigned char *hash, size_t len)
{
    sodium_bin2hex(dst, 2 * len + 1, hash, len);
}

static int64_t short_hash(const unsigned char *key, const void *bytes, size_t len)
{
    unsigned char out[crypto_shorthash_BYTES];
    crypto_shorthash(out, bytes, len, key);
    /* Little-endian whatever the machine: the registry file may move. */
    uint64_t value = 0;
    for (int i = crypto_shorthash_BYTES - 1; i >= 0; i--)
        value = value << 8 | out[i];
    value &= INT64_MAX;
    return value == 0 ? 1 : (int64_t)value;
}

int64_t cq_hash_row(const void *bytes, size_t len)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "cq row, short 1";
    return short_hash(key, bytes, len);
}

_Static_assert(crypto_shorthash_KEYBYTES <= CQ_HASH_BYTES, "a context is long enough for a key");

int64_t cq_hash_line(const unsigned char context[CQ_HASH_BYTES], const void *bytes, size_t len)
{
    return short_hash(context, bytes, len);
}
