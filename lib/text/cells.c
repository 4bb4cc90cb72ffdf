/* Cells to values, and back. */
#include "cq/columns.h"

#include <string.h>

#include "cq/date.h"
#include "cq/digits.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/utf8.h"
#include "text/choice.h"

enum { TEXT_MAX = 1000, NUMBER_MAX = 1000000 };

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

enum cq_code cq_column_reserve(struct cq_str *scratch)
{
    if (scratch->cap == 0 && cq_str_reserve(scratch, 1 << 20))
        return CQ_B_NOMEM;
    return scratch->cap - scratch->len < 6 * TEXT_MAX ? CQ_R_LONG : CQ_OK;
}

static enum cq_code parse_text(enum cq_type type, const struct cq_text *text,
                               struct cq_value *value, struct cq_str *scratch)
{
    if (text->len > TEXT_MAX)
        return CQ_R_LONG;
    if (has_control(text->ptr, text->len))
        return CQ_R_CONTROL_CHARACTER;
    if (type == CQ_TYPE_NAME && memchr(text->ptr, '?', text->len) && text->ptr[0] != '#')
        return CQ_R_NAME_QUESTION;
    value->text = *text;
    if (cq_utf8_ascii(text->ptr, text->len))
        return CQ_OK;
    size_t start = scratch->len;
    enum cq_code code = cq_column_reserve(scratch);
    if (code)
        return code;
    if (cq_utf8_nfc(scratch, text->ptr, text->len))
        return CQ_B_NOMEM;
    value->text = (struct cq_text){scratch->ptr + start, scratch->len - start};
    if (type == CQ_TYPE_NAME && replace_confusables(value, scratch))
        return CQ_B_NOMEM;
    return value->text.len > TEXT_MAX ? CQ_R_LONG : CQ_OK; /* some characters get longer */
}

/* Reads a KATO code as spreadsheets write it. In groups it must be whole: part of a code and a blank
 * may be two codes. */
static bool read_kato_digits(struct cq_text text, int32_t *kato)
{
    char digits[9];
    bool grouped;
    size_t count = cq_digits_read(text.ptr, text.len, digits, sizeof digits, &grouped);
    return count > 0 && (!grouped || count == sizeof digits) && !cq_kato_parse(digits, count, kato);
}

/* Reads a number, also with .0 behind it. */
static enum cq_code parse_number(struct cq_text text, int64_t *number)
{
    char digits[7];
    bool grouped = false;
    enum cq_code code = cq_num_parse(text.ptr, text.len, 0, NUMBER_MAX, number);
    size_t count = code ? cq_digits_read(text.ptr, text.len, digits, sizeof digits, &grouped) : 0;
    return count > 0 && !grouped ? cq_num_parse(digits, count, 0, NUMBER_MAX, number) : code;
}

/* Reads a day; programs write midnight behind one. */
static enum cq_code parse_day(struct cq_text text, int32_t *day)
{
    static const char *const midnights[] = {" 00:00:00", "T00:00:00", " 0:00:00", " 00:00",
                                            " 0:00"};
    for (size_t i = 0; i < sizeof midnights / sizeof *midnights && text.len > 10; i++) {
        size_t len = strlen(midnights[i]);
        if (text.len == 10 + len && memcmp(text.ptr + 10, midnights[i], len) == 0)
            text.len = 10;
    }
    return cq_date_parse(text.ptr, text.len, day);
}

/* Reads a place: a KATO code, or the name of a place that has one. */
static enum cq_code parse_kato(const struct cq_column *column, struct cq_text text, int32_t *kato)
{
    int64_t number = 0;
    enum cq_code code = cq_kato_parse(text.ptr, text.len, kato);
    if (code && read_kato_digits(text, kato))
        return CQ_OK;
    int place = code && column->values ? cq_choice_find(column->values, text.ptr, text.len) : -1;
    if (place < 0)
        return code;
    struct cq_text digits = cq_choice_name(column->values[place]);
    code = cq_num_parse(digits.ptr, digits.len, 0, 999999999, &number);
    *kato = (int32_t)number;
    return code;
}

/* Whether text is KATO codes with blanks between. */
static bool is_katos(struct cq_text text)
{
    struct cq_text part;
    int32_t kato;
    while (cq_text_next(&text, ' ', &part))
        if (part.len > 0 && cq_kato_parse(part.ptr, part.len, &kato))
            return false;
    return true;
}

/* Reads places with blanks between, or names of places and codes with commas or semicolons between;
 * names are rewritten as codes. */
static enum cq_code parse_katos(const struct cq_column *column, const struct cq_text *text,
                                struct cq_value *value, struct cq_str *scratch)
{
    size_t start = scratch->len;
    value->text = *text;
    if (is_katos(*text))
        return CQ_OK;
    enum cq_code code = cq_column_reserve(scratch);
    for (size_t i = 0; i < text->len && !code;) {
        size_t end = i;
        int32_t kato;
        char digits[20];
        while (end < text->len && !strchr(",;", text->ptr[end]))
            end++;
        struct cq_text part = cq_text_trim((struct cq_text){text->ptr + i, end - i});
        i = end + 1;
        if (part.len == 0)
            continue;
        cq_str_put(scratch, " ", scratch->len > start ? 1 : 0);
        if (is_katos(part))
            cq_str_put(scratch, part.ptr, part.len);
        else if (!(code = parse_kato(column, part, &kato)))
            cq_str_put(scratch, digits, cq_num_write(digits, kato));
    }
    if (scratch->failed)
        return CQ_B_NOMEM;
    value->text = (struct cq_text){scratch->ptr + start, scratch->len - start};
    return code;
}

static enum cq_code parse_boolean(const struct cq_column *column, const struct cq_text *text,
                                  int64_t *number)
{
    static const char *const words[] = {"no|жоқ|нет", "yes|иә|да", NULL};
    bool yes = cq_text_is(*text, "yes") || cq_text_is(*text, "1") || cq_text_is(*text, "1.0");
    *number = yes;
    if (yes || cq_text_is(*text, "no") || cq_text_is(*text, "0") || cq_text_is(*text, "0.0"))
        return CQ_OK;
    *number = cq_choice_find(column->values ? column->values : words, text->ptr, text->len);
    return *number < 0 ? CQ_R_BOOLEAN : CQ_OK;
}

/* Reads several values of a list: a bit each, so that their order and repetition do not count. */
static enum cq_code parse_choices(const struct cq_column *column, struct cq_text text,
                                  int64_t *number)
{
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && !strchr("+;,", text.ptr[end]))
            end++;
        struct cq_text part = cq_text_trim((struct cq_text){text.ptr + i, end - i});
        i = end + 1;
        if (part.len == 0)
            continue;
        int choice = cq_choice_find(column->values, part.ptr, part.len);
        if (choice < 0)
            return CQ_R_VALUE;
        *number |= (int64_t)1 << choice;
    }
    return *number ? CQ_OK : CQ_R_VALUE;
}

enum cq_code cq_column_parse(const struct cq_column *column, const struct cq_text *field,
                             struct cq_value *value, struct cq_str *scratch)
{
    struct cq_text text = cq_text_trim(*field);
    if (text.len > 0 && text.ptr[0] == '=')
        text = cq_text_trim(cq_digits_unwrap(text));
    enum cq_code code = CQ_OK;
    int32_t small = 0;
    *value = (struct cq_value){0};
    if (text.len == 0)
        return column->required ? CQ_R_MISSING : CQ_OK;
    value->present = true;
    switch (column->type) {
    case CQ_TYPE_IIN: return cq_iin_parse(text.ptr, text.len, &value->number);
    case CQ_TYPE_DATE:
        code = parse_day(text, &small);
        value->number = small;
        return code;
    case CQ_TYPE_KATO:
        code = parse_kato(column, text, &small);
        value->number = small;
        return code;
    case CQ_TYPE_BOOLEAN: return parse_boolean(column, &text, &value->number);
    case CQ_TYPE_CHOICE:
        value->number = cq_choice_find(column->values, text.ptr, text.len);
        return value->number < 0 ? CQ_R_VALUE : CQ_OK;
    case CQ_TYPE_CHOICES: return parse_choices(column, text, &value->number);
    case CQ_TYPE_NUMBER: return parse_number(text, &value->number);
    case CQ_TYPE_KATOS: return parse_katos(column, &text, value, scratch);
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

static void append_choices(const struct cq_column *column, int64_t bits, struct cq_str *out)
{
    bool first = true;
    for (int i = 0; column->values[i]; i++) {
        if (!(bits >> i & 1))
            continue;
        cq_str_puts(out, first ? "" : "+");
        append_choice_name(column->values[i], out);
        first = false;
    }
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
    case CQ_TYPE_CHOICES: append_choices(column, value->number, out); break;
    default: cq_str_put(out, value->text.ptr, value->text.len);
    }
}

void cq_column_allowed(const struct cq_column *column, int first, struct cq_str *out)
{
    for (int i = first; column->values && column->values[i]; i++) {
        cq_str_puts(out, i > first ? ", " : "");
        append_choice_name(column->values[i], out);
    }
}
