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

/* Judges a list by its first bytes, as soon as there are enough of them: what it refuses is not read
 * to its end. Shape: fd is at the start of what is there so far, which may end within a line; not
 * called for a workbook, nor for a list that is short. Errors: those that refuse the list. */
typedef enum cq_code cq_source_probe_fn(int fd, void *context, struct cq_err *err);
struct cq_source_probe {
    cq_source_probe_fn *judge;
    void *context;
};

/* Opens a list. Shape: a list that cannot be rewound, is in another encoding or is a workbook is copied
 * to an unlinked file in input's folder; of a workbook the copy is the text of its sheet.
 * probe may be NULL.
 * Errors: CQ_O_READ, CQ_O_DIRECTORY, CQ_O_WRITE (the copy), those of cq_detector_end,
 * cq_decoder_next and cq_workbook_read, CQ_F_SHEET_OPTION, those of cq_early_check and of probe. Owner: caller, cq_source_close. */
enum cq_code cq_source_open(struct cq_source *source, const struct cq_csv_input *input,
                            const struct cq_source_probe *probe, struct cq_err *err);
void cq_source_close(struct cq_source *source);

/* Goes back to the start. Errors: CQ_O_READ. */
enum cq_code cq_source_rewind(struct cq_source *source, struct cq_err *err);

#endif
