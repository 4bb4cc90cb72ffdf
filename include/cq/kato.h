/* KATO codes, the classifier of administrative-territorial units: 2 to 9 digits, stored as an
 * integer (no code begins with 0). Region names and days are in the law tables (regions.csv). */
#ifndef CQ_KATO_H
#define CQ_KATO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* Reads 2 to 9 digits, the first not 0. Errors: CQ_R_KATO. */
enum cq_code cq_kato_parse(const char *text, size_t len, int32_t *kato);

/* First two digits: the region. */
int cq_kato_region(int32_t kato);

/* Whether place lies inside area. A nine-digit code names a whole region, district or rural
 * okrug when its last groups (2+2+3 after the region) are zeros; both sides are read so. */
enum cq_inside { CQ_OUTSIDE, CQ_INSIDE, CQ_MAYBE_INSIDE /* place is coarser than area */ };
enum cq_inside cq_kato_inside(int32_t place, int32_t area);

/* How many leading digits two codes share, 0-9; more digits are nearer. */
int cq_kato_shared(int32_t a, int32_t b);

#endif
