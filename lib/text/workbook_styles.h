/* The number formats of a workbook's cells, by the number of their style. */
#ifndef CQ_TEXT_WORKBOOK_STYLES_H
#define CQ_TEXT_WORKBOOK_STYLES_H

#include "text/workbook_format.h"
#include "text/workbook_package.h"

struct cq_cell_styles {
    struct cq_number_format *formats; /* one a style */
    size_t count, room;
};

/* Reads the part of that name. Errors: those of cq_xml_read. Owner: caller, cq_cell_styles_fini,
 * after an error too. */
enum cq_code cq_cell_styles_read(struct cq_cell_styles *styles, const struct cq_package *package,
                                 const char *name, struct cq_err *err);
void cq_cell_styles_fini(struct cq_cell_styles *styles);

/* The number format of a cell. Shape: style is its attribute s, or NULL. */
const struct cq_number_format *cq_cell_styles_find(const struct cq_cell_styles *styles,
                                                   const char *style);

#endif
