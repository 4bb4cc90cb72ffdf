/* From names to the keys of the index; a name that came before is remembered. */
#ifndef CQ_STORE_NAME_KEYS_H
#define CQ_STORE_NAME_KEYS_H

#include <stdint.h>
#include "cq/str.h"

enum { CQ_NAME_KEYS = 4 };

/* The keys of one name: of its parts, and of all of it where it has several; 0 after the last. */
struct cq_name_known {
    int64_t hash; /* of the name; 0 for a free place */
    uint32_t keys[CQ_NAME_KEYS];
};

struct cq_name_keys {
    struct cq_name_known *known; /* open addressing, at most half full */
    size_t count, size;
};

/* Finds the keys of a name. Returns NULL without memory. Owner: keys, until the next call. */
const struct cq_name_known *cq_name_keys_find(struct cq_name_keys *keys, struct cq_text name);
void cq_name_keys_fini(struct cq_name_keys *keys);

#endif
