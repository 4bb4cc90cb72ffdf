/* Reads the XML of a part through expat, piece by piece. Document types, and so entities, are
 * refused; memory is limited, however deep or strange the document. */
#ifndef CQ_TEXT_WORKBOOK_XML_H
#define CQ_TEXT_WORKBOOK_XML_H

#include <stdbool.h>
#include <stddef.h>
#include "text/workbook_package.h"

struct cq_xml;

#define CQ_XML_PIECE 65536 /* bytes that are read at once */

/* What a document tells: elements and text. Shape: name is that of the element without its
 * namespace; "" where that is not one of workbooks. attributes are names and values in turns, NULL at
 * the end. */
struct cq_xml_handler {
    void (*start)(struct cq_xml *xml, const char *name, const char **attributes, void *context);
    void (*end)(struct cq_xml *xml, const char *name, void *context);
    void (*text)(const char *text, size_t len, void *context); /* NULL to pass it over */
};

/* Opens the XML of a part. Owner: caller, cq_xml_close, before the part; NULL is legal. handler is
 * static. Errors: CQ_B_NOMEM. */
enum cq_code cq_xml_open(struct cq_xml **xml, struct cq_part *part,
                         const struct cq_xml_handler *handler, void *context, struct cq_err *err);
void cq_xml_close(struct cq_xml *xml);

/* Reads the next piece, or goes on where the handler paused. *more is false at the end.
 * Errors: CQ_F_WORKBOOK (not well-formed, a document type), CQ_F_WORKBOOK_LIMIT (its memory), those
 * of cq_part_read, what the handler set. */
enum cq_code cq_xml_next(struct cq_xml *xml, bool *more, struct cq_err *err);

/* Reads a whole part. Errors: those of cq_part_open and cq_xml_next. */
enum cq_code cq_xml_read(const struct cq_package *package, const char *name, const char *what,
                         int64_t limit, const struct cq_xml_handler *handler, void *context,
                         struct cq_err *err);

/* For handlers: ends reading with an error, its place in the sheet where it has one; pauses it until
 * the next call; ends it without an error. */
void cq_xml_fail(struct cq_xml *xml, enum cq_code code, long line, const char *column);
void cq_xml_pause(struct cq_xml *xml);
void cq_xml_stop(struct cq_xml *xml);

/* The value of an attribute without a namespace; NULL where it is not there. */
const char *cq_xml_attribute(const char **attributes, const char *name);

/* The same for one of the namespace of relationships: r:id. */
const char *cq_xml_relationship(const char **attributes);

/* A value of type xsd:boolean; false where it is not there. */
bool cq_xml_boolean(const char *value);

#endif
