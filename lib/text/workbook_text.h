/* The text of a cell or shared string: plain, or runs of different looks joined, without the
 * phonetic reading that may stand beside. Source: ECMA-376 part 1, 18.4. */
#ifndef CQ_TEXT_WORKBOOK_TEXT_H
#define CQ_TEXT_WORKBOOK_TEXT_H

#include <stdbool.h>
#include "cq/str.h"

/* More bytes than a field of a list may have are dropped: the row is too long with those there are
 * (CQ_R_LONG). */
struct cq_cell_text {
    struct cq_str str;
    size_t piece; /* where the piece being read begins in str */
    bool reading; /* inside an element whose text counts */
    bool preserve, phonetic;
};

/* Begins a text: empties it. */
void cq_cell_text_begin(struct cq_cell_text *text);

/* Elements inside it: t, rPh; others are passed over. Shape: as in workbook_xml.h. */
void cq_cell_text_start(struct cq_cell_text *text, const char *name, const char **attributes);
void cq_cell_text_end(struct cq_cell_text *text, const char *name);

/* Bytes of the document. Errors: in text->str.failed. */
void cq_cell_text_add(struct cq_cell_text *text, const char *bytes, size_t len);

/* Characters that XML cannot hold, written as _xHHHH_, become what they stand for, from `from` on. */
void cq_cell_text_unescape(struct cq_str *str, size_t from);

/* Appends text so that unescape gives it back: what begins like an escape is one itself, as
 * are the two characters that are none in XML (U+FFFE, U+FFFF). Controls are left to the writer of the XML.
 * Errors: in out->failed. */
void cq_cell_text_escape(struct cq_str *out, const char *text, size_t len);

#endif
