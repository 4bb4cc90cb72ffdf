/* The shared strings of a workbook: texts that cells name by number. They are all held in memory. */
#ifndef CQ_TEXT_WORKBOOK_STRINGS_H
#define CQ_TEXT_WORKBOOK_STRINGS_H

#include "cq/str.h"
#include "text/workbook_package.h"

struct cq_shared_strings {
    struct cq_str bytes;
    size_t *ends; /* of each string in bytes */
    size_t count, room;
};

/* Reads the part of that name. Errors: those of cq_xml_read. Owner: caller, cq_shared_strings_fini,
 * after an error too. */
enum cq_code cq_shared_strings_read(struct cq_shared_strings *strings,
                                    const struct cq_package *package, const char *name,
                                    struct cq_err *err);
void cq_shared_strings_fini(struct cq_shared_strings *strings);

/* The string of a number. Shape: text is the number as a cell has it. Returns false where there is
 * none. */
bool cq_shared_strings_find(const struct cq_shared_strings *strings, const char *text, size_t len,
                            struct cq_text *string);

#endif
