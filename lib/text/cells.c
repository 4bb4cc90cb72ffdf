/* Cells to values, and back. */
#include "cq/columns.h"

#include <string.h>

#include "cq/date.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/num.h"
#include "cq/utf8.h"
#include "text/choice.h"

enum { TEXT_MAX = 1000 };

static bool has_control(const char *text, size_t len)
{
    unsigned char found = 0;
    for (size_t i = 0; i < len; i++)
        found |= (unsigned char)((unsigned char)text[i] < 0x20) | (text[i] == 0x7f);
    return found != 0;
}

/* Replaces confusable Latin letters; without any the text is not copied. */
static enum cq_code replace_confusables(struct cq_value *value, struct cq_str *scratch)
{
    size_t start = scratch->len;
    unsigned char latin = 0;
    for (size_t i = 0; i < value->text.len; i++)
        latin |= (unsigned char)(((value->text.ptr[i] | 0x20) >= 'a' &&
                                  (value->text.ptr[i] | 0x20) <= 'z') ||
                                 value->text.ptr[i] == '\xC6' || value->text.ptr[i] == '\xC9');
    if (!latin)
        return CQ_OK;
    value->corrected = cq_utf8_replace_confusables(scratch, value->text.ptr, value->text.len);
    if (value->corrected && !scratch->failed)
        value->text = (struct cq_text){scratch->ptr + start, scratch->len - start};
    return scratch->failed;
}

static enum cq_code parse_text(enum cq_type type, const struct cq_text *text,
                               struct cq_value *value, struct cq_str *scratch)
{
    if (text->len > TEXT_MAX)
        return CQ_R_LONG;
    if (has_control(text->ptr, text->len))
        return CQ_R_CONTROL_CHARACTER;
    if (type == CQ_TYPE_NAME && memchr(text->ptr, '?', text->len))
        return CQ_R_NAME_QUESTION;
    value->text = *text;
    if (cq_utf8_ascii(text->ptr, text->len))
        return CQ_OK;
    size_t start = scratch->len;
    /* The row's texts must not move once they are returned: one reservation is made for the whole
     * row. */
    if (scratch->cap == 0 && cq_str_reserve(scratch, 1 << 20))
        return CQ_B_NOMEM;
    if (scratch->cap - scratch->len < 6 * TEXT_MAX)
        return CQ_R_LONG;
    if (cq_utf8_nfc(scratch, text->ptr, text->len))
        return CQ_B_NOMEM;
    value->text = (struct cq_text){scratch->ptr + start, scratch->len - start};
    if (type == CQ_TYPE_NAME && replace_confusables(value, scratch))
        return CQ_B_NOMEM;
    return value->text.len > TEXT_MAX ? CQ_R_LONG : CQ_OK; /* some characters get longer */
}

static enum cq_code parse_katos(const struct cq_text *text, struct cq_value *value)
{
    for (size_t i = 0; i < text->len;) {
        size_t end = i;
        int32_t kato;
        while (end < text->len && text->ptr[end] != ' ')
            end++;
        if (end > i && cq_kato_parse(text->ptr + i, end - i, &kato))
            return CQ_R_KATO;
        i = end + 1;
    }
    value->text = *text;
    return CQ_OK;
}

static enum cq_code parse_boolean(const struct cq_text *text, int64_t *number)
{
    static const char *const words[] = {"0|no|жоқ|нет", "1|yes|иә|да", NULL};
    if (text->len == 3 && memcmp(text->ptr, "yes", 3) == 0) {
        *number = 1;
        return CQ_OK;
    }
    if (text->len == 2 && memcmp(text->ptr, "no", 2) == 0) {
        *number = 0;
        return CQ_OK;
    }
    *number = cq_choice_find(words, text->ptr, text->len);
    return *number < 0 ? CQ_R_BOOLEAN : CQ_OK;
}

enum cq_code cq_column_parse(const struct cq_column *column, const struct cq_text *field,
                             struct cq_value *value, struct cq_str *scratch)
{
    struct cq_text text = cq_text_trim(*field);
    enum cq_code code = CQ_OK;
    int32_t small = 0;
    *value = (struct cq_value){0};
    if (text.len == 0)
        return column->required ? CQ_R_MISSING : CQ_OK;
    value->present = true;
    switch (column->type) {
    case CQ_TYPE_IIN: return cq_iin_parse(text.ptr, text.len, &value->number);
    case CQ_TYPE_DATE:
        code = cq_date_parse(text.ptr, text.len, &small);
        value->number = small;
        return code;
    case CQ_TYPE_KATO:
        code = cq_kato_parse(text.ptr, text.len, &small);
        value->number = small;
        return code;
    case CQ_TYPE_BOOLEAN: return parse_boolean(&text, &value->number);
    case CQ_TYPE_CHOICE:
        value->number = cq_choice_find(column->values, text.ptr, text.len);
        return value->number < 0 ? CQ_R_VALUE : CQ_OK;
    case CQ_TYPE_NUMBER: return cq_num_parse(text.ptr, text.len, 0, 1000000, &value->number);
    case CQ_TYPE_KATOS: return parse_katos(&text, value);
    case CQ_TYPE_NAME:
    case CQ_TYPE_TEXT: return parse_text(column->type, &text, value, scratch);
    }
    return CQ_B_BUG;
}

/* Appends the name of a choice, its first word. */
static void append_choice_name(const char *choice, struct cq_str *out)
{
    struct cq_text name = cq_choice_name(choice);
    cq_str_put(out, name.ptr, name.len);
}

void cq_column_print(const struct cq_column *column, const struct cq_value *value,
                     struct cq_str *out)
{
    char text[20];
    if (!value->present)
        return;
    switch (column->type) {
    case CQ_TYPE_IIN: cq_str_put(out, text, cq_iin_write(text, value->number)); break;
    case CQ_TYPE_DATE: cq_str_put(out, text, cq_date_write(text, (int32_t)value->number)); break;
    case CQ_TYPE_KATO:
    case CQ_TYPE_NUMBER: cq_str_put(out, text, cq_num_write(text, value->number)); break;
    case CQ_TYPE_BOOLEAN: cq_str_puts(out, value->number ? "yes" : "no"); break;
    case CQ_TYPE_CHOICE: append_choice_name(column->values[value->number], out); break;
    default: cq_str_put(out, value->text.ptr, value->text.len);
    }
}
