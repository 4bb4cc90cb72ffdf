/* A list as a stream of UTF-8 that can be read more than once, with the hash of its bytes. */
#ifndef CQ_TEXT_SOURCE_H
#define CQ_TEXT_SOURCE_H

#include <stdbool.h>
#include "cq/encoding.h"
#include "cq/err.h"
#include "cq/hash.h"
#include "cq/csvin.h"

struct cq_source {
    int fd;                     /* UTF-8, seekable, at its start */
    bool owned;                 /* fd is our own copy */
    char hash[CQ_HASH_HEX + 1]; /* BLAKE2b-256 of the original bytes */
    enum cq_encoding encoding;
    int64_t bytes;         /* of the original list */
    struct cq_sheet sheet; /* whose text the list is; its number is 0 where it is no workbook */
};

/* Opens a list. Shape: a list that cannot be rewound, is in another encoding or is a workbook is copied
 * to an unlinked file in input's folder; of a workbook the copy is the text of its sheet.
 * Errors: CQ_O_READ, CQ_O_DIRECTORY, CQ_O_WRITE (the copy), those of cq_detector_end,
 * cq_decoder_next and cq_workbook_read, CQ_F_SHEET_OPTION. Owner: caller, cq_source_close. */
enum cq_code cq_source_open(struct cq_source *source, const struct cq_csv_input *input,
                            struct cq_err *err);
void cq_source_close(struct cq_source *source);

/* Goes back to the start. Errors: CQ_O_READ. */
enum cq_code cq_source_rewind(struct cq_source *source, struct cq_err *err);

#endif
