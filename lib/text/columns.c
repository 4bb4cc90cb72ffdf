/* Maps headers to columns and parses fields into values. */
#include "cq/columns.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/utf8.h"

enum { TEXT_MAX = 1000, NEAR = 3 };

struct cq_text cq_text_trim(struct cq_text text)
{
    for (;;) {
        if (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t')) {
            text.ptr++;
            text.len--;
        } else if (text.len >= 2 && memcmp(text.ptr, "\xC2\xA0", 2) == 0) {
            text.ptr += 2;
            text.len -= 2;
        } else {
            break;
        }
    }
    for (;;)
        if (text.len && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t'))
            text.len--;
        else if (text.len >= 2 && memcmp(text.ptr + text.len - 2, "\xC2\xA0", 2) == 0)
            text.len -= 2;
        else
            return text;
}

static bool same_text(struct cq_text a, struct cq_text b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static struct cq_text text_of_str(const struct cq_str *s)
{
    return (struct cq_text){s->ptr ? s->ptr : "", s->len};
}

/* The first of the words in a '|' list. */
static struct cq_text first_word(const char *list)
{
    return (struct cq_text){list, strcspn(list, "|")};
}

/* Whether text is one of the words in a '|' list, which may be NULL. */
static bool is_in_list(const char *list, struct cq_text text)
{
    struct cq_text rest = list ? cq_text_of(list) : (struct cq_text){NULL, 0}, word;
    while (cq_text_next(&rest, '|', &word))
        if (same_text(word, text))
            return true;
    return false;
}

/* Whether a name, folded, is that folded text: names with '_' are found with blanks too. */
static bool is_folded_name(struct cq_text name, struct cq_text folded)
{
    struct cq_str own = {0};
    bool same = !cq_utf8_fold(&own, name.ptr, name.len) && same_text(text_of_str(&own), folded);
    cq_str_free(&own);
    return same;
}

int cq_choice_find(const char *const *values, const char *text, size_t len)
{
    for (int i = 0; values[i]; i++)
        if (same_text(first_word(values[i]), (struct cq_text){text, len}))
            return i;
    struct cq_str folded = {0};
    int found = -1;
    if (!cq_utf8_fold(&folded, text, len)) {
        struct cq_text want = text_of_str(&folded);
        for (int i = 0; values[i] && found < 0; i++)
            if (is_in_list(values[i], want) || is_folded_name(first_word(values[i]), want))
                found = i;
    }
    cq_str_free(&folded);
    return found;
}

/* The column of a folded header: exact name or alias. -1 for none. */
static int find_column(const struct cq_column *columns, size_t count, const struct cq_str *folded)
{
    struct cq_text want = text_of_str(folded);
    for (size_t i = 0; i < count; i++)
        if (is_folded_name(cq_text_of(columns[i].name), want) ||
            is_in_list(columns[i].aliases, want))
            return (int)i;
    return -1;
}

/* The column whose name or alias is nearest to a folded header, NULL where none is near. */
static const char *nearest_column(const struct cq_column *columns, size_t count,
                                  const struct cq_str *folded)
{
    size_t best = NEAR + 1;
    const char *name = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *word = columns[i].name;
        while (word) {
            size_t n = strcspn(word, "|");
            size_t far = cq_utf8_distance(word, n, folded->ptr, folded->len, NEAR);
            if (far < best && far * 2 < cq_utf8_count(word, n)) {
                best = far;
                name = columns[i].name;
            }
            word = word == columns[i].name ? columns[i].aliases : word[n] ? word + n + 1 : NULL;
        }
    }
    return name;
}

static bool is_mapped(const int *map, size_t count, size_t field)
{
    for (size_t i = 0; i < count; i++)
        if (map[i] == (int)field)
            return true;
    return false;
}

/* Applies "FIELD=HEADER", which takes precedence over the aliases. */
static enum cq_code map_given(const struct cq_column *columns, size_t count,
                              const struct cq_row *header, const char *given, int *map,
                              struct cq_err *err)
{
    const char *equals = strchr(given, '=');
    if (!equals)
        return cq_err_set(err, CQ_U_VALUE, "--map=%s", given);
    struct cq_str want = {0};
    enum cq_code code =
        cq_utf8_fold(&want, equals + 1, strlen(equals + 1)) == CQ_B_NOMEM ? CQ_B_NOMEM : CQ_U_VALUE;
    for (size_t c = 0; c < count && code == CQ_U_VALUE; c++) {
        if (strlen(columns[c].name) != (size_t)(equals - given) ||
            strncmp(columns[c].name, given, (size_t)(equals - given)) != 0)
            continue;
        for (size_t f = 0; f < header->count && code == CQ_U_VALUE && want.len; f++) {
            if (is_mapped(map, count, f) || !is_folded_name(header->fields[f], text_of_str(&want)))
                continue;
            map[c] = (int)f;
            code = CQ_OK;
        }
    }
    cq_str_free(&want);
    return code ? cq_err_set(err, code, "--map=%s", given) : CQ_OK;
}

static enum cq_code check_required(const struct cq_column *columns, size_t count, const int *map,
                                   struct cq_err *err)
{
    struct cq_str missing = {0};
    for (size_t i = 0; i < count; i++)
        if (columns[i].required && map[i] < 0)
            cq_str_printf(&missing, "%s%s", missing.len ? ", " : "", columns[i].name);
    enum cq_code code = CQ_OK;
    if (missing.failed)
        code = cq_err_set(err, missing.failed, NULL);
    else if (missing.len)
        code = cq_err_set(err, CQ_F_HEADER_MISSING, "%s", missing.ptr);
    cq_str_free(&missing);
    return code;
}

/* Whether the user named the header of a column: then its other headers are unknown. */
static bool is_given(const char *const *given, const char *name)
{
    size_t len = strlen(name);
    for (; given && *given; given++)
        if (strncmp(*given, name, len) == 0 && (*given)[len] == '=')
            return true;
    return false;
}

/* Maps the headers that are names or aliases. */
static enum cq_code map_known(const struct cq_column *columns, size_t count,
                              const struct cq_row *header, const char *const *given, int *map,
                              struct cq_str *folded, struct cq_err *err)
{
    for (size_t f = 0; f < header->count; f++) {
        cq_str_clear(folded);
        if (is_mapped(map, count, f))
            continue;
        if (cq_utf8_fold(folded, header->fields[f].ptr, header->fields[f].len))
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        int column = folded->len ? find_column(columns, count, folded) : -1;
        if (column < 0 || is_given(given, columns[column].name))
            continue;
        if (map[column] >= 0)
            return cq_err_set(err, CQ_F_HEADER_TWICE, "%s", columns[column].name);
        map[column] = (int)f;
    }
    return CQ_OK;
}

/* Reports unknown headers. Where a required column is missing the file may have no header: then
 * only those that are nearly a column's name, since the others may be a person's data. */
static void report_unknown(const struct cq_column *columns, size_t count,
                           const struct cq_row *header, const int *map, bool all,
                           cq_column_unknown_fn *unknown, void *context)
{
    struct cq_str folded = {0};
    for (size_t f = 0; f < header->count && unknown; f++) {
        cq_str_clear(&folded);
        if (is_mapped(map, count, f) ||
            cq_utf8_fold(&folded, header->fields[f].ptr, header->fields[f].len) || folded.len == 0)
            continue;
        const char *nearest = nearest_column(columns, count, &folded);
        if (all || nearest)
            unknown(&header->fields[f], nearest, context);
    }
    cq_str_free(&folded);
}

enum cq_code cq_columns_map(const struct cq_column *columns, size_t count,
                            const struct cq_row *header, const char *const *given, int *map,
                            cq_column_unknown_fn *unknown, void *context, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    struct cq_str folded = {0};
    for (size_t i = 0; i < count; i++)
        map[i] = -1;
    for (const char *const *g = given; g && *g && !code; g++)
        code = map_given(columns, count, header, *g, map, err);
    if (!code)
        code = map_known(columns, count, header, given, map, &folded, err);
    if (!code)
        code = check_required(columns, count, map, err);
    if (!code || code == CQ_F_HEADER_MISSING)
        report_unknown(columns, count, header, map, !code, unknown, context);
    cq_str_free(&folded);
    return code;
}

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
    struct cq_text name = first_word(choice);
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
