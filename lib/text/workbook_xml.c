/* Expat behind names without namespaces, errors and a limit of memory. */
#include "text/workbook_xml.h"

#include <expat.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEMORY = 32 << 20 /* of a parser; some hundred kilobytes are usual */
};

struct cq_xml {
    XML_Parser parser;
    struct cq_part *part;
    const struct cq_xml_handler *handler;
    void *context;
    struct cq_err err; /* of the handler */
    bool paused, stopped, ended;
};

/* The namespaces whose elements are read: transitional, strict, and of the relationships. */
#define NAMESPACE(uri)                                                                             \
    {                                                                                              \
        uri "\n", sizeof(uri)                                                                      \
    }
static const struct {
    const char *prefix;
    size_t len;
} namespaces[] = {
    NAMESPACE("http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    NAMESPACE("http://purl.oclc.org/ooxml/spreadsheetml/main"),
    NAMESPACE("http://schemas.openxmlformats.org/package/2006/relationships"),
};

/* Bytes that the parser of this thread holds. Expat's calls for memory have no context, and a
 * thread has one parser at a time. */
static _Thread_local size_t held;

static void *limited_realloc(void *old, size_t size)
{
    size_t before = old ? malloc_usable_size(old) : 0;
    if (size > MEMORY || held - before > MEMORY - size)
        return NULL;
    void *memory = realloc(old, size);
    if (memory)
        held += malloc_usable_size(memory) - before;
    return memory;
}

static void *limited_malloc(size_t size)
{
    return limited_realloc(NULL, size);
}

static void limited_free(void *memory)
{
    held -= memory ? malloc_usable_size(memory) : 0;
    free(memory);
}

static const char *local_name(const char *name)
{
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
        if (strncmp(name, namespaces[i].prefix, namespaces[i].len) == 0)
            return name + namespaces[i].len;
    return "";
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct cq_xml *xml = context;
    xml->handler->start(xml, local_name(name), attributes, xml->context);
}

static void on_end(void *context, const char *name)
{
    struct cq_xml *xml = context;
    xml->handler->end(xml, local_name(name), xml->context);
}

static void on_text(void *context, const char *text, int len)
{
    struct cq_xml *xml = context;
    xml->handler->text(text, (size_t)len, xml->context);
}

static enum cq_code fail_part(const struct cq_xml *xml, enum cq_code code, struct cq_err *err)
{
    return cq_err_set(err, code, "%s", cq_part_what(xml->part));
}

static void on_document_type(void *context, const char *name, const char *system,
                             const char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    cq_xml_fail(context, CQ_F_WORKBOOK, 0, NULL);
}

enum cq_code cq_xml_open(struct cq_xml **result, struct cq_part *part,
                         const struct cq_xml_handler *handler, void *context, struct cq_err *err)
{
    static const XML_Memory_Handling_Suite memory = {limited_malloc, limited_realloc, limited_free};
    struct cq_xml *xml = calloc(1, sizeof *xml);
    *result = NULL;
    if (xml)
        xml->parser = XML_ParserCreate_MM(NULL, &memory, "\n");
    if (!xml || !xml->parser) {
        free(xml);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    xml->part = part;
    xml->handler = handler;
    xml->context = context;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    if (handler->text)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_document_type);
    *result = xml;
    return CQ_OK;
}

void cq_xml_close(struct cq_xml *xml)
{
    if (!xml)
        return;
    XML_ParserFree(xml->parser);
    free(xml);
}

/* Reads bytes of the part into the parser's buffer and parses them. */
static enum cq_code parse_chunk(struct cq_xml *xml, enum XML_Status *status, struct cq_err *err)
{
    size_t len = 0;
    void *buffer = XML_GetBuffer(xml->parser, CQ_XML_PIECE);
    *status = XML_STATUS_ERROR;
    if (!buffer)
        return CQ_OK;
    enum cq_code code = cq_part_read(xml->part, buffer, CQ_XML_PIECE, &len, err);
    if (code)
        return code;
    xml->ended = len == 0;
    *status = XML_ParseBuffer(xml->parser, (int)len, xml->ended);
    return CQ_OK;
}

enum cq_code cq_xml_next(struct cq_xml *xml, bool *more, struct cq_err *err)
{
    enum XML_Status status;
    enum cq_code code = CQ_OK;
    *more = false;
    if (xml->paused) {
        xml->paused = false;
        status = XML_ResumeParser(xml->parser);
    } else {
        code = parse_chunk(xml, &status, err);
    }
    if (code || xml->stopped)
        return code;
    if (xml->err.code) {
        *err = xml->err;
        return err->code;
    }
    if (status == XML_STATUS_ERROR)
        return fail_part(xml,
                         XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY ? CQ_F_WORKBOOK_LIMIT
                                                                              : CQ_F_WORKBOOK,
                         err);
    *more = status == XML_STATUS_SUSPENDED || !xml->ended;
    return CQ_OK;
}

enum cq_code cq_xml_read(const struct cq_package *package, const char *name, const char *what,
                         int64_t limit, const struct cq_xml_handler *handler, void *context,
                         struct cq_err *err)
{
    struct cq_part *part = NULL;
    struct cq_xml *xml = NULL;
    bool more = true;
    enum cq_code code = cq_part_open(&part, package, name, what, limit, err);
    if (!code)
        code = cq_xml_open(&xml, part, handler, context, err);
    while (!code && more)
        code = cq_xml_next(xml, &more, err);
    cq_xml_close(xml);
    cq_part_close(part);
    return code;
}

void cq_xml_fail(struct cq_xml *xml, enum cq_code code, long line, const char *column)
{
    cq_err_record(&xml->err, code, "%s", cq_part_what(xml->part));
    cq_err_at(&xml->err, NULL, line, column);
    XML_StopParser(xml->parser, XML_FALSE);
}

void cq_xml_pause(struct cq_xml *xml)
{
    xml->paused = true;
    XML_StopParser(xml->parser, XML_TRUE);
}

void cq_xml_stop(struct cq_xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

const char *cq_xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(*attributes, name) == 0)
            return attributes[1];
    return NULL;
}

const char *cq_xml_relationship(const char **attributes)
{
    static const char *const names[] = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships\nid",
        "http://purl.oclc.org/ooxml/officeDocument/relationships\nid"};
    const char *id = cq_xml_attribute(attributes, names[0]);
    return id ? id : cq_xml_attribute(attributes, names[1]);
}

bool cq_xml_boolean(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}
