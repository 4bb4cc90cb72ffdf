/* The keys of JSON objects, from the names of columns. */
#ifndef CQ_TEXT_JSON_KEYS_H
#define CQ_TEXT_JSON_KEYS_H

#include "cq/str.h"

/* Makes a key of each name: of those that are alike the second becomes NAME_2 and so on, since a reader
 * of JSON keeps one of two equal keys. Shape: keys has count entries, which point into bytes.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_json_keys(const struct cq_text *names, size_t count, struct cq_str *bytes,
                          struct cq_text *keys);

#endif
