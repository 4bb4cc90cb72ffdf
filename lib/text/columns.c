/* Finds the columns of a header. */
#include "cq/columns.h"

#include <string.h>

#include "cq/list.h"
#include "cq/nearest.h"
#include "cq/utf8.h"
#include "text/choice.h"
#include "text/header.h"

enum { NEAR = 3 };

/* The column of a folded header: name or alias, in a loose form by their letters. -1 for none. */
static int find_column(const struct cq_column *columns, size_t count, bool loose,
                       const struct cq_str *folded)
{
    struct cq_text want = cq_choice_text(folded);
    for (size_t i = 0; i < count; i++)
        if (loose ? cq_choice_has_letters(columns[i].name, want) ||
                        cq_choice_has_letters(columns[i].aliases, want)
                  : cq_choice_is_name(cq_text_of(columns[i].name), want) ||
                        cq_choice_has(columns[i].aliases, want))
            return (int)i;
    return -1;
}

/* The column whose name or alias is nearest to a folded header, NULL where none is near. */
static const char *nearest_column(const struct cq_column *columns, size_t count,
                                  const struct cq_str *folded)
{
    struct cq_nearest nearest = {0};
    const char *name = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *before = nearest.name;
        cq_nearest_offer(&nearest, folded->ptr, folded->len, columns[i].name, NEAR);
        cq_nearest_offer(&nearest, folded->ptr, folded->len, columns[i].aliases, NEAR);
        if (nearest.name != before)
            name = columns[i].name;
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

/* Records that a field or a header is not there, and which field was probably meant. */
static enum cq_code refuse_map(const struct cq_column *columns, size_t count, const char *given,
                               const char *equals, struct cq_err *err)
{
    struct cq_str field = {0};
    const char *nearest = NULL;
    enum cq_code code = cq_err_set(err, CQ_U_VALUE, "--map=%s", given);
    if (!cq_utf8_fold(&field, given, (size_t)(equals - given)) && field.len > 0)
        nearest = nearest_column(columns, count, &field);
    if (nearest && (strlen(nearest) != (size_t)(equals - given) ||
                    strncmp(nearest, given, strlen(nearest)) != 0))
        cq_err_nearest(err, nearest);
    cq_str_free(&field);
    return code;
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
            if (is_mapped(map, count, f) ||
                !cq_choice_is_name(header->fields[f], cq_choice_text(&want)))
                continue;
            map[c] = (int)f;
            code = CQ_OK;
        }
    }
    cq_str_free(&want);
    if (code == CQ_B_NOMEM)
        return cq_err_set(err, code, NULL);
    return code ? refuse_map(columns, count, given, equals, err) : CQ_OK;
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

/* The column that a header means in a form; -1 for none. Errors: in folded->failed. */
static int find_form(const struct cq_column *columns, size_t count, struct cq_text header,
                     enum cq_header_form form, struct cq_str *folded)
{
    cq_str_clear(folded);
    cq_header_fold(header, form, folded);
    return folded->len ? find_column(columns, count, form > CQ_HEADER_EXACT, folded) : -1;
}

/* The column that every part of a header means, as of one in two languages; -1 for none. */
static int find_parts(const struct cq_column *columns, size_t count, struct cq_text header,
                      enum cq_header_form form, struct cq_str *folded)
{
    struct cq_text part;
    int column = -1, parts = 0;
    while (cq_header_part(&header, &part)) {
        if (cq_text_trim(part).len == 0)
            continue;
        int found = find_form(columns, count, part, form, folded);
        if (found < 0 || (parts > 0 && found != column))
            return -1;
        column = found;
        parts++;
    }
    return parts > 1 ? column : -1;
}

/* Maps the headers that are names or aliases in a form. A surer form of another header counts
 * more; two headers alike are an error. */
static enum cq_code map_form(const struct cq_column *columns, size_t count,
                             const struct cq_row *header, const char *const *given,
                             enum cq_header_form form, int *map, struct cq_err *err)
{
    struct cq_str folded = {0};
    bool before[CQ_COLUMNS_MAX];
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < count; i++)
        before[i] = map[i] >= 0 && form > CQ_HEADER_EXACT;
    for (size_t f = 0; f < header->count && !code; f++) {
        if (is_mapped(map, count, f) || cq_header_is_number(header->fields[f]))
            continue;
        int column = find_form(columns, count, header->fields[f], form, &folded);
        if (column < 0 && form > CQ_HEADER_EXACT)
            column = find_parts(columns, count, header->fields[f], form, &folded);
        if (folded.failed)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
        else if (column < 0 || before[column] || is_given(given, columns[column].name))
            continue;
        else if (map[column] >= 0)
            code = cq_err_set(err, CQ_F_HEADER_TWICE, "%s", columns[column].name);
        else
            map[column] = (int)f;
    }
    cq_str_free(&folded);
    return code;
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
        if (is_mapped(map, count, f) || cq_header_is_number(header->fields[f]) ||
            cq_utf8_fold(&folded, header->fields[f].ptr, header->fields[f].len) || folded.len == 0)
            continue;
        const char *nearest = nearest_column(columns, count, &folded);
        if (all || nearest)
            unknown(&header->fields[f], f + 1, nearest, context);
    }
    cq_str_free(&folded);
}

enum cq_code cq_columns_map(const struct cq_column *columns, size_t count,
                            const struct cq_row *header, const char *const *given, int *map,
                            cq_column_unknown_fn *unknown, void *context, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < count; i++)
        map[i] = -1;
    for (const char *const *g = given; g && *g && !code; g++)
        code = map_given(columns, count, header, *g, map, err);
    for (int form = 0; form < CQ_HEADER_FORMS && !code; form++)
        code = map_form(columns, count, header, given, (enum cq_header_form)form, map, err);
    if (!code)
        code = check_required(columns, count, map, err);
    if (!code || code == CQ_F_HEADER_MISSING)
        report_unknown(columns, count, header, map, !code, unknown, context);
    return code;
}

int cq_columns_score(const struct cq_column *columns, size_t count, const char *const *given,
                     const struct cq_row *row, bool first)
{
    struct cq_err err = {0};
    int map[CQ_COLUMNS_MAX], known = 0, required = 0;
    enum cq_code code = cq_columns_map(columns, count, row, given, map, NULL, NULL, &err);
    for (size_t i = 0; i < count; i++) {
        known += map[i] >= 0;
        required += columns[i].required;
    }
    if (required == 0)
        return known >= (first ? 1 : 2) ? CQ_HEADER_WHOLE : 0;
    return !code || code == CQ_F_HEADER_TWICE ? CQ_HEADER_WHOLE : known;
}

struct wanted {
    const struct cq_column *columns;
    size_t count;
    const char *const *given;
};

static int judge_header(const struct cq_row *row, bool first, void *context)
{
    const struct wanted *wanted = context;
    return cq_columns_score(wanted->columns, wanted->count, wanted->given, row, first);
}

enum cq_code cq_columns_open(struct cq_csvin **in, const struct cq_csv_input *input,
                             const struct cq_column *columns, size_t count,
                             const char *const *given, struct cq_err *err)
{
    struct wanted wanted = {columns, count, given};
    const struct cq_header_search search = {judge_header, &wanted};
    return cq_csvin_open_at(in, input, &search, err);
}

/* Whether a header is a name as programs give it to columns, in small Latin letters: people's names
 * begin with capitals, and their numbers have digits. */
static bool is_identifier(const struct cq_text *header)
{
    for (size_t i = 0; i < header->len; i++)
        if (header->ptr[i] != '_' && (header->ptr[i] < 'a' || header->ptr[i] > 'z'))
            return false;
    return header->len > 0;
}

void cq_columns_unknown(const struct cq_text *header, size_t place, const char *nearest,
                        struct cq_str *out)
{
    if (nearest)
        cq_str_printf(out, "%.*s (%s?)", (int)header->len, header->ptr, nearest);
    else if (is_identifier(header))
        cq_str_put(out, header->ptr, header->len);
    else
        cq_str_printf(out, "№ %zu", place);
}
