/* Shared strings, one after the other in memory. */
#include "text/workbook_strings.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/num.h"
#include "text/workbook_text.h"
#include "text/workbook_xml.h"

/* The texts of a million people are some 60 MB, in a few million strings. */
static const int64_t bytes_max = (int64_t)256 << 20;
enum { STRINGS_MAX = 1 << 24 };

struct reader {
    struct cq_shared_strings *strings;
    struct cq_cell_text text;
    bool inside;
};

static void on_start(struct cq_xml *xml, const char *name, const char **attributes, void *context)
{
    struct reader *reader = context;
    (void)xml;
    if (reader->inside) {
        cq_cell_text_start(&reader->text, name, attributes);
    } else if (strcmp(name, "si") == 0) {
        reader->inside = true;
        cq_cell_text_begin(&reader->text);
    }
}

static void add_string(struct cq_xml *xml, struct reader *reader)
{
    struct cq_shared_strings *strings = reader->strings;
    const struct cq_str *text = &reader->text.str;
    if (strings->count == STRINGS_MAX) {
        cq_xml_fail(xml, CQ_F_WORKBOOK_LIMIT, 0, NULL);
        return;
    }
    size_t *ends =
        cq_grow(strings->ends, strings->count + 1, &strings->room, sizeof *strings->ends);
    if (ends)
        strings->ends = ends;
    if (text->len)
        cq_str_put(&strings->bytes, text->ptr, text->len);
    if (!ends || text->failed || strings->bytes.failed)
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
    else
        strings->ends[strings->count++] = strings->bytes.len;
}

static void on_end(struct cq_xml *xml, const char *name, void *context)
{
    struct reader *reader = context;
    if (!reader->inside)
        return;
    if (strcmp(name, "si") == 0) {
        reader->inside = false;
        add_string(xml, reader);
    } else {
        cq_cell_text_end(&reader->text, name);
    }
}

static void on_text(const char *text, size_t len, void *context)
{
    struct reader *reader = context;
    cq_cell_text_add(&reader->text, text, len);
}

enum cq_code cq_shared_strings_read(struct cq_shared_strings *strings,
                                    const struct cq_package *package, const char *name,
                                    struct cq_err *err)
{
    static const struct cq_xml_handler handler = {on_start, on_end, on_text};
    struct reader reader = {.strings = strings};
    enum cq_code code =
        cq_xml_read(package, name, "sharedStrings", bytes_max, &handler, &reader, err);
    cq_str_free(&reader.text.str);
    return code;
}

void cq_shared_strings_fini(struct cq_shared_strings *strings)
{
    cq_str_free(&strings->bytes);
    free(strings->ends);
    *strings = (struct cq_shared_strings){0};
}

bool cq_shared_strings_find(const struct cq_shared_strings *strings, const char *text, size_t len,
                            struct cq_text *string)
{
    int64_t number;
    if (cq_num_parse(text, len, 0, INT64_MAX, &number) || (size_t)number >= strings->count)
        return false;
    size_t start = number ? strings->ends[number - 1] : 0;
    *string = (struct cq_text){strings->bytes.ptr ? strings->bytes.ptr + start : "",
                               strings->ends[number] - start};
    return true;
}
