/* Values of cells. */
#include "text/workbook_cell.h"

#include <string.h>

#include "text/workbook_number.h"
#include "cq/list.h"

static enum cq_cell_type read_type(const char *type)
{
    static const char *const names[] = {"n", "s", "str", "inlineStr", "b", "d", "e"};
    if (!type)
        return CQ_SHEET_NUMBER;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(type, names[i]) == 0)
            return (enum cq_cell_type)i;
    return CQ_SHEET_STRING;
}

void cq_sheet_cell_begin(struct cq_sheet_cell *cell, const struct cq_cell_context *context,
                         const char *type, const char *style)
{
    cell->type = read_type(type);
    cell->format = cq_cell_styles_find(context->styles, style);
    cell->formula = cell->is_inline = false;
    cq_cell_text_begin(&cell->text);
}

void cq_sheet_cell_start(struct cq_sheet_cell *cell, const char *name, const char **attributes)
{
    if (strcmp(name, "v") == 0)
        cell->text.reading = true;
    else if (strcmp(name, "f") == 0)
        cell->formula = true;
    else if (strcmp(name, "is") == 0)
        cell->is_inline = true;
    else if (cell->is_inline)
        cq_cell_text_start(&cell->text, name, attributes);
}

void cq_sheet_cell_end(struct cq_sheet_cell *cell, const char *name)
{
    if (strcmp(name, "v") == 0)
        cell->text.reading = false;
    else if (cell->is_inline)
        cq_cell_text_end(&cell->text, name);
}

/* A day with its time, 2024-01-15T00:00:00, as numbers of days are written. */
static struct cq_text iso_date(struct cq_str *str)
{
    char *t = memchr(str->ptr, 'T', str->len);
    if (!t)
        return (struct cq_text){str->ptr, str->len};
    if (strncmp(t, "T00:00:00", strlen("T00:00:00")) == 0)
        return (struct cq_text){str->ptr, (size_t)(t - str->ptr)};
    *t = ' ';
    return (struct cq_text){str->ptr, str->len};
}

enum cq_code cq_sheet_cell_value(struct cq_sheet_cell *cell, const struct cq_cell_context *context,
                                 struct cq_text *value)
{
    struct cq_str *str = &cell->text.str;
    *value = (struct cq_text){"", 0};
    if (str->failed)
        return CQ_B_NOMEM;
    if (str->len == 0)
        return cell->formula && cell->type == CQ_SHEET_NUMBER ? CQ_F_FORMULA : CQ_OK;
    switch (cell->type) {
    case CQ_SHEET_NUMBER:
        cq_str_clear(&cell->number);
        cq_number_write(cell->format, str->ptr, str->len, context->date1904, &cell->number);
        if (cell->number.failed)
            return CQ_B_NOMEM;
        *value = (struct cq_text){cell->number.ptr, cell->number.len};
        return CQ_OK;
    case CQ_SHEET_SHARED:
        return cq_shared_strings_find(context->strings, str->ptr, str->len, value) ? CQ_OK
                                                                                   : CQ_F_WORKBOOK;
    case CQ_SHEET_BOOLEAN: *value = cq_text_of(*str->ptr == '1' ? "yes" : "no"); return CQ_OK;
    case CQ_SHEET_ISO_DATE: *value = iso_date(str); return CQ_OK;
    case CQ_SHEET_STRING: cq_cell_text_unescape(str, 0); break;
    default: break;
    }
    *value = (struct cq_text){str->ptr, str->len};
    return CQ_OK;
}

void cq_sheet_cell_fini(struct cq_sheet_cell *cell)
{
    cq_str_free(&cell->text.str);
    cq_str_free(&cell->number);
}
