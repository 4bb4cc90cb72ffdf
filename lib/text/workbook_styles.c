/* Styles of cells: only their number formats. */
#include "text/workbook_styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/num.h"
#include "text/workbook_xml.h"

static const int64_t styles_max = (int64_t)16 << 20;

/* More than any program makes. */
enum { FORMAT_IDS = 65536, FORMATS_MAX = 4096, STYLES_MAX = 65536 };

/* A format that the workbook spells out. */
struct custom {
    int64_t id;
    struct cq_number_format format;
};

struct reader {
    struct cq_cell_styles *styles;
    struct custom *customs;
    size_t count, room;
    bool inside; /* cellXfs: the styles of cells, not those they are derived from */
};

static int64_t number_of(const char *text)
{
    int64_t number = 0;
    if (text && cq_num_parse(text, strlen(text), 0, INT64_MAX, &number))
        number = -1;
    return number;
}

static void add_custom(struct cq_xml *xml, struct reader *reader, const char **attributes)
{
    const char *code = cq_xml_attribute(attributes, "formatCode");
    struct custom *customs =
        reader->count < FORMATS_MAX
            ? cq_grow(reader->customs, reader->count + 1, &reader->room, sizeof *customs)
            : NULL;
    if (!customs) {
        cq_xml_fail(xml, reader->count < FORMATS_MAX ? CQ_B_NOMEM : CQ_F_WORKBOOK_LIMIT, 0, NULL);
        return;
    }
    reader->customs = customs;
    customs[reader->count++] = (struct custom){number_of(cq_xml_attribute(attributes, "numFmtId")),
                                               cq_number_format_parse(code ? code : "")};
}

static struct cq_number_format find_format(const struct reader *reader, int64_t id)
{
    for (size_t i = 0; i < reader->count; i++)
        if (reader->customs[i].id == id)
            return reader->customs[i].format;
    return cq_number_format_builtin(id >= 0 && id < FORMAT_IDS ? (int)id : 0);
}

static void add_style(struct cq_xml *xml, struct reader *reader, const char **attributes)
{
    struct cq_cell_styles *styles = reader->styles;
    struct cq_number_format *formats =
        styles->count < STYLES_MAX
            ? cq_grow(styles->formats, styles->count + 1, &styles->room, sizeof *formats)
            : NULL;
    if (!formats) {
        cq_xml_fail(xml, styles->count < STYLES_MAX ? CQ_B_NOMEM : CQ_F_WORKBOOK_LIMIT, 0, NULL);
        return;
    }
    styles->formats = formats;
    formats[styles->count++] =
        find_format(reader, number_of(cq_xml_attribute(attributes, "numFmtId")));
}

static void on_start(struct cq_xml *xml, const char *name, const char **attributes, void *context)
{
    struct reader *reader = context;
    if (strcmp(name, "numFmt") == 0)
        add_custom(xml, reader, attributes);
    else if (strcmp(name, "cellXfs") == 0)
        reader->inside = true;
    else if (reader->inside && strcmp(name, "xf") == 0)
        add_style(xml, reader, attributes);
}

static void on_end(struct cq_xml *xml, const char *name, void *context)
{
    struct reader *reader = context;
    (void)xml;
    if (strcmp(name, "cellXfs") == 0)
        reader->inside = false;
}

enum cq_code cq_cell_styles_read(struct cq_cell_styles *styles, const struct cq_package *package,
                                 const char *name, struct cq_err *err)
{
    static const struct cq_xml_handler handler = {on_start, on_end, NULL};
    struct reader reader = {.styles = styles};
    enum cq_code code = cq_xml_read(package, name, "styles", styles_max, &handler, &reader, err);
    free(reader.customs);
    return code;
}

void cq_cell_styles_fini(struct cq_cell_styles *styles)
{
    free(styles->formats);
    *styles = (struct cq_cell_styles){0};
}

const struct cq_number_format *cq_cell_styles_find(const struct cq_cell_styles *styles,
                                                   const char *style)
{
    static const struct cq_number_format plain = {CQ_NUMBER_PLAIN, ""};
    int64_t number = number_of(style);
    return style && number >= 0 && (size_t)number < styles->count ? &styles->formats[number]
                                                                  : &plain;
}
