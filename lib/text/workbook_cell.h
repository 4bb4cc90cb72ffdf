/* One cell of a sheet while it is read, and its value as a list writes it. */
#ifndef CQ_TEXT_WORKBOOK_CELL_H
#define CQ_TEXT_WORKBOOK_CELL_H

#include "text/workbook_strings.h"
#include "text/workbook_styles.h"
#include "text/workbook_text.h"

/* What the sheet's cells refer to. */
struct cq_cell_context {
    const struct cq_shared_strings *strings;
    const struct cq_cell_styles *styles;
    bool date1904;
};

/* Source: ECMA-376 part 1, 18.18.11. */
enum cq_cell_type {
    CQ_SHEET_NUMBER,
    CQ_SHEET_SHARED,
    CQ_SHEET_STRING, /* of a formula */
    CQ_SHEET_INLINE,
    CQ_SHEET_BOOLEAN,
    CQ_SHEET_ISO_DATE,
    CQ_SHEET_ERROR
};

struct cq_sheet_cell {
    enum cq_cell_type type;
    const struct cq_number_format *format;
    bool formula, is_inline;
    struct cq_cell_text text;
    struct cq_str number; /* as it is written */
};

/* Begins a cell. Shape: type and style are its attributes t and s, or NULL. */
void cq_sheet_cell_begin(struct cq_sheet_cell *cell, const struct cq_cell_context *context,
                         const char *type, const char *style);

/* Elements inside it. Shape: as in workbook_xml.h. */
void cq_sheet_cell_start(struct cq_sheet_cell *cell, const char *name, const char **attributes);
void cq_sheet_cell_end(struct cq_sheet_cell *cell, const char *name);

/* Its value: dates in ISO form, yes and no, errors as the sheet shows them; "" for an empty one.
 * Shape: valid until the next cell.
 * Errors, not recorded: CQ_F_WORKBOOK (a shared string that is not there), CQ_F_FORMULA (a formula
 * without its value), CQ_B_NOMEM. */
enum cq_code cq_sheet_cell_value(struct cq_sheet_cell *cell, const struct cq_cell_context *context,
                                 struct cq_text *value);

void cq_sheet_cell_fini(struct cq_sheet_cell *cell);

#endif
