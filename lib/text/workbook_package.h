/* The package of a workbook: the parts of a zip archive, read through libzip. The library is loaded
 * when the first workbook is read: most runs read none, and loading it takes longer than they do.
 * Source: ECMA-376 part 2 (open packaging conventions). */
#ifndef CQ_TEXT_WORKBOOK_PACKAGE_H
#define CQ_TEXT_WORKBOOK_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* What no honest list exceeds. Units: bytes, parts, bytes out of one. */
#define CQ_PACKAGE_BYTES ((int64_t)256 << 20)
#define CQ_PACKAGE_PARTS 10000
#define CQ_PART_RATIO 200
#define CQ_PART_RATIO_FROM ((int64_t)16 << 20) /* smaller parts may have any */

struct cq_package;

/* Opens the package in a file. Shape: fd is a regular file; it is not closed, but its offset moves.
 * Errors: CQ_F_WORKBOOK (the zip archive is damaged or not whole), CQ_F_WORKBOOK_LIMIT, CQ_O_READ (also
 * where libzip is not installed), CQ_B_NOMEM. Owner: caller, cq_package_close; NULL is legal. */
enum cq_code cq_package_open(struct cq_package **package, int fd, struct cq_err *err);
void cq_package_close(struct cq_package *package);

/* Whether there is a part. Case does not matter in its name. */
bool cq_package_has(const struct cq_package *package, const char *name);

struct cq_part;

/* Opens a part. Shape: what is its name in messages; limit is its greatest size.
 * Errors: CQ_F_WORKBOOK (it is missing or damaged), CQ_F_WORKBOOK_LIMIT, CQ_F_WORKBOOK_PASSWORD,
 * CQ_B_NOMEM. Owner: caller, cq_part_close, before the package; NULL is legal. */
enum cq_code cq_part_open(struct cq_part **part, const struct cq_package *package, const char *name,
                          const char *what, int64_t limit, struct cq_err *err);
void cq_part_close(struct cq_part *part);

/* Reads the next bytes. Shape: *len is 0 at the end only.
 * Errors: CQ_F_WORKBOOK (also where the archive states another size). */
enum cq_code cq_part_read(struct cq_part *part, void *bytes, size_t room, size_t *len,
                          struct cq_err *err);

/* The name of a part in messages. */
const char *cq_part_what(const struct cq_part *part);

#endif
