/* What a workbook consists of: its sheets in order, and the names of the parts that hold them.
 * Source: ECMA-376 part 1, 12.3 and 18.2; part 2, 6.5 (relationships). */
#ifndef CQ_TEXT_WORKBOOK_PARTS_H
#define CQ_TEXT_WORKBOOK_PARTS_H

#include <stdbool.h>
#include "cq/str.h"
#include "text/workbook_package.h"

struct cq_workbook_sheet {
    char *name; /* on its tab */
    char *id;   /* of its relationship */
    char *part; /* NULL for a sheet that is no table: a chart, a dialog */
    bool hidden;
};

struct cq_workbook_parts {
    struct cq_workbook_sheet *sheets;
    size_t count, room;
    char *strings, *styles; /* parts; NULL where there are none */
    bool date1904;
};

/* Reads what a package says about itself.
 * Errors: CQ_F_OTHER_WORKBOOK (.ods, .xlsb), CQ_F_ARCHIVE (not a workbook at all), CQ_F_WORKBOOK,
 * those of cq_xml_read. Owner: caller, cq_workbook_parts_fini, after an error too. */
enum cq_code cq_workbook_parts_read(struct cq_workbook_parts *parts,
                                    const struct cq_package *package, struct cq_err *err);
void cq_workbook_parts_fini(struct cq_workbook_parts *parts);

/* Chooses a sheet: by its name, else by its number from 1; NULL chooses the first that is not hidden.
 * Shape: *index is its place from 0. Errors: CQ_F_SHEET, CQ_F_SHEET_HIDDEN (all of them are). */
enum cq_code cq_workbook_parts_choose(const struct cq_workbook_parts *parts, const char *sheet,
                                      size_t *index, struct cq_err *err);

#endif
