/* Hashes over libsodium: BLAKE2b for files and chains, a short one for rows. */
#ifndef CQ_HASH_H
#define CQ_HASH_H

#include <stddef.h>
#include <stdint.h>

#define CQ_HASH_BYTES 32
#define CQ_HASH_HEX 64

/* A hash over many pieces (BLAKE2b-256). Plain data, no clean-up needed. */
struct cq_hash {
    _Alignas(64) unsigned char state[384];
};
void cq_hash_init(struct cq_hash *h);
void cq_hash_add(struct cq_hash *h, const void *bytes, size_t len);
void cq_hash_done(struct cq_hash *h, unsigned char out[CQ_HASH_BYTES]);

/* BLAKE2b-256 of one piece. */
void cq_hash_bytes(const void *bytes, size_t len, unsigned char out[CQ_HASH_BYTES]);

/* Lower-case hexadecimal at dst (2 * len bytes and a NUL). */
void cq_hash_hex(char *dst, const unsigned char *hash, size_t len);

/* A short hash of a row (SipHash-2-4 under a fixed key), which differs for a changed row. Always
 * positive, so that 0 can mark a row without a hash. */
int64_t cq_hash_row(const void *bytes, size_t len);

/* The same, keyed with the first 16 bytes of a context. */
int64_t cq_hash_line(const unsigned char context[CQ_HASH_BYTES], const void *bytes, size_t len);

#endif
