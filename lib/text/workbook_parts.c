/* Relationships and the list of sheets. */
#include "text/workbook_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/num.h"
#include "cq/utf8.h"
#include "text/workbook_xml.h"

static const int64_t part_max = (int64_t)16 << 20;
enum { SHEETS_MAX = 4096, RELATIONS_MAX = 16384 };

/* A relationship of a part with another. */
struct relation {
    char *id, *type, *target; /* type without its namespace; target is the name of a part */
};

struct relations {
    const char *folder; /* of the part, with '/' at its end; targets count from there */
    size_t folder_len;
    struct relation *list;
    size_t count, room;
};

static void free_relations(struct relations *relations)
{
    for (size_t i = 0; i < relations->count; i++) {
        free(relations->list[i].id);
        free(relations->list[i].type);
        free(relations->list[i].target);
    }
    free(relations->list);
    *relations = (struct relations){0};
}

/* Appends the segments of a path; ".." takes one away. Returns false above the package's root. */
static bool add_segments(struct cq_str *path, const char *at, size_t len)
{
    const char *end = at + len;
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        size_t n = (size_t)((slash ? slash : end) - at);
        if (n == 2 && memcmp(at, "..", 2) == 0) {
            if (path->len == 0)
                return false;
            do
                path->len--;
            while (path->len > 0 && path->ptr[path->len - 1] != '/');
        } else if (n > 0 && !(n == 1 && *at == '.')) {
            cq_str_put(path, at, n);
            cq_str_put(path, "/", slash ? 1 : 0);
        }
        at = slash ? slash + 1 : end;
    }
    return true;
}

/* The name of the part that a target means; NULL with *inside false outside the package. */
static char *resolve(const struct relations *relations, const char *target, bool *inside)
{
    struct cq_str path = {0};
    char *name = NULL;
    *inside = *target == '/' || add_segments(&path, relations->folder, relations->folder_len);
    *inside = *inside && add_segments(&path, target, strlen(target));
    if (*inside && !path.failed)
        name = strndup(path.ptr ? path.ptr : "", path.len);
    cq_str_free(&path);
    return name;
}

/* What follows the last slash of a type. */
static const char *short_type(const char *type)
{
    const char *slash = strrchr(type, '/');
    return slash ? slash + 1 : type;
}

static void add_relation(struct cq_xml *xml, const char *name, const char **attributes,
                         void *context)
{
    struct relations *relations = context;
    const char *id = cq_xml_attribute(attributes, "Id");
    const char *type = cq_xml_attribute(attributes, "Type");
    const char *target = cq_xml_attribute(attributes, "Target");
    const char *mode = cq_xml_attribute(attributes, "TargetMode");
    bool inside = true;
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0))
        return;
    if (relations->count == RELATIONS_MAX) {
        cq_xml_fail(xml, CQ_F_WORKBOOK_LIMIT, 0, NULL);
        return;
    }
    struct relation *list =
        cq_grow(relations->list, relations->count + 1, &relations->room, sizeof *list);
    if (!list) {
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
        return;
    }
    relations->list = list;
    struct relation *added = &list[relations->count++];
    *added = (struct relation){strdup(id), strdup(short_type(type)),
                               resolve(relations, target, &inside)};
    if (!inside || !added->id || !added->type || !added->target)
        cq_xml_fail(xml, inside ? CQ_B_NOMEM : CQ_F_WORKBOOK, 0, NULL);
}

static void ignore_end(struct cq_xml *xml, const char *name, void *context)
{
    (void)xml;
    (void)name;
    (void)context;
}

/* Reads the relationships of a part; "" for those of the package. */
static enum cq_code read_relations(struct relations *relations, const struct cq_package *package,
                                   const char *part, struct cq_err *err)
{
    static const struct cq_xml_handler handler = {add_relation, ignore_end, NULL};
    const char *slash = strrchr(part, '/');
    struct cq_str name = {0};
    relations->folder = part;
    relations->folder_len = slash ? (size_t)(slash - part) + 1 : 0;
    cq_str_printf(&name, "%.*s_rels/%s.rels", (int)relations->folder_len, part,
                  part + relations->folder_len);
    enum cq_code code = name.failed ? cq_err_set(err, name.failed, NULL)
                                    : cq_xml_read(package, name.ptr, "relationships", part_max,
                                                  &handler, relations, err);
    cq_str_free(&name);
    return code;
}

static const struct relation *find_type(const struct relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->list[i].type, type) == 0)
            return &relations->list[i];
    return NULL;
}

static const struct relation *find_id(const struct relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->list[i].id, id) == 0)
            return &relations->list[i];
    return NULL;
}

static void add_sheet(struct cq_xml *xml, struct cq_workbook_parts *parts, const char **attributes)
{
    const char *name = cq_xml_attribute(attributes, "name");
    const char *state = cq_xml_attribute(attributes, "state");
    const char *id = cq_xml_relationship(attributes);
    if (!name || !id || parts->count == SHEETS_MAX) {
        cq_xml_fail(xml, name && id ? CQ_F_WORKBOOK_LIMIT : CQ_F_WORKBOOK, 0, NULL);
        return;
    }
    struct cq_workbook_sheet *sheets =
        cq_grow(parts->sheets, parts->count + 1, &parts->room, sizeof *sheets);
    if (!sheets) {
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
        return;
    }
    parts->sheets = sheets;
    struct cq_workbook_sheet *added = &sheets[parts->count++];
    *added = (struct cq_workbook_sheet){
        .name = strdup(name), .id = strdup(id), .hidden = state && strcmp(state, "visible") != 0};
    if (!added->name || !added->id)
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
}

static void on_start(struct cq_xml *xml, const char *name, const char **attributes, void *context)
{
    struct cq_workbook_parts *parts = context;
    if (strcmp(name, "sheet") == 0)
        add_sheet(xml, parts, attributes);
    else if (strcmp(name, "workbookPr") == 0)
        parts->date1904 = cq_xml_boolean(cq_xml_attribute(attributes, "date1904"));
}

/* Takes the name of the part that a relationship means. */
static enum cq_code take_part(const struct relation *relation, char **part, struct cq_err *err)
{
    if (!relation)
        return CQ_OK;
    *part = strdup(relation->target);
    return *part ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

/* Finds the parts of the sheets, and those that all sheets share. */
static enum cq_code find_parts(struct cq_workbook_parts *parts, const struct relations *relations,
                               struct cq_err *err)
{
    enum cq_code code = take_part(find_type(relations, "sharedStrings"), &parts->strings, err);
    if (!code)
        code = take_part(find_type(relations, "styles"), &parts->styles, err);
    for (size_t i = 0; i < parts->count && !code; i++) {
        const struct relation *relation = find_id(relations, parts->sheets[i].id);
        if (!relation)
            code = cq_err_set(err, CQ_F_WORKBOOK, "relationships");
        else if (strcmp(relation->type, "worksheet") == 0)
            code = take_part(relation, &parts->sheets[i].part, err);
    }
    return code;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* Finds the part that lists the sheets, or says what the package is instead. */
static enum cq_code find_workbook(const struct cq_package *package, char **name, struct cq_err *err)
{
    struct relations relations = {0};
    enum cq_code code = CQ_OK;
    if (!cq_package_has(package, "_rels/.rels"))
        return cq_package_has(package, "content.xml") && cq_package_has(package, "mimetype")
                   ? cq_err_set(err, CQ_F_OTHER_WORKBOOK, ".ods")
                   : cq_err_set(err, CQ_F_ARCHIVE, NULL);
    code = read_relations(&relations, package, "", err);
    const struct relation *document = code ? NULL : find_type(&relations, "officeDocument");
    if (!code && !document)
        code = cq_err_set(err, CQ_F_ARCHIVE, NULL);
    else if (!code && ends_with(document->target, ".bin"))
        code = cq_err_set(err, CQ_F_OTHER_WORKBOOK, ".xlsb");
    if (!code)
        code = take_part(document, name, err);
    free_relations(&relations);
    return code;
}

enum cq_code cq_workbook_parts_read(struct cq_workbook_parts *parts,
                                    const struct cq_package *package, struct cq_err *err)
{
    static const struct cq_xml_handler handler = {on_start, ignore_end, NULL};
    struct relations relations = {0};
    char *workbook = NULL;
    enum cq_code code = find_workbook(package, &workbook, err);
    if (!code)
        code = read_relations(&relations, package, workbook, err);
    if (!code)
        code = cq_xml_read(package, workbook, "workbook", part_max, &handler, parts, err);
    if (!code && parts->count == 0) /* another kind of document */
        code = cq_err_set(err, CQ_F_ARCHIVE, NULL);
    if (!code)
        code = find_parts(parts, &relations, err);
    free_relations(&relations);
    free(workbook);
    return code;
}

void cq_workbook_parts_fini(struct cq_workbook_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        free(parts->sheets[i].name);
        free(parts->sheets[i].id);
        free(parts->sheets[i].part);
    }
    free(parts->sheets);
    free(parts->strings);
    free(parts->styles);
    *parts = (struct cq_workbook_parts){0};
}

static bool same_name(const char *a, const char *b)
{
    struct cq_str folded[2] = {{0}, {0}};
    bool same = !cq_utf8_fold(&folded[0], a, strlen(a)) &&
                !cq_utf8_fold(&folded[1], b, strlen(b)) && folded[0].len == folded[1].len &&
                folded[0].len > 0 && memcmp(folded[0].ptr, folded[1].ptr, folded[0].len) == 0;
    cq_str_free(&folded[0]);
    cq_str_free(&folded[1]);
    return same;
}

enum cq_code cq_workbook_parts_choose(const struct cq_workbook_parts *parts, const char *sheet,
                                      size_t *index, struct cq_err *err)
{
    int64_t number;
    for (size_t i = 0; i < parts->count; i++) {
        const struct cq_workbook_sheet *s = &parts->sheets[i];
        *index = i;
        if (s->part && (sheet ? same_name(s->name, sheet) : !s->hidden))
            return CQ_OK;
    }
    if (!sheet)
        return cq_err_set(err, CQ_F_SHEET_HIDDEN, NULL);
    if (cq_num_parse(sheet, strlen(sheet), 1, INT64_MAX, &number) ||
        (size_t)number > parts->count || !parts->sheets[number - 1].part)
        return cq_err_set(err, CQ_F_SHEET, "%zu", parts->count);
    *index = (size_t)number - 1;
    return CQ_OK;
}
