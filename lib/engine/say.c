/* Cells of tables in words. A cell holds codes and marks between them: reasons "a;b", documents
 * "a+b/c", values "a|b", conditions "category=family;gobmp", needs "place=one;kin=spouse+minor=no",
 * lacks "service:no_equipment", differences "payer:a>b". */
#include "cq/say.h"

#include <string.h>

#include "cq/list.h"

/* The kinds of words that a column's codes have; a later one where those before have no word. */
static const struct {
    const char *column, *kinds[3];
} codes[] = {
    {"able", {"answer"}},
    {"accepts", {"owner", "paid_by", "service"}},
    {"adds", {"certainty"}},
    {"answer", {"answered"}},
    {"body", {"body"}},
    {"category", {"category", "category_many"}},
    {"certainty", {"certainty"}},
    {"change_cause", {"cause"}},
    {"consent", {"consent"}},
    {"coresident", {"answer"}},
    {"destination", {"destination"}},
    {"documents", {"document"}},
    {"duty_injury", {"answer"}},
    {"effect", {"effect"}},
    {"fact", {"fact"}},
    {"finding", {"verified", "checked"}},
    {"home", {"home"}},
    {"indicated", {"answer"}},
    {"insured", {"answer"}},
    {"kin", {"kin"}},
    {"kind", {"case_kind", "list"}},
    {"lacking", {"document"}},
    {"lacks", {"trigger"}},
    {"measure", {"measure"}},
    {"minor", {"answer"}},
    {"missing", {"column", "fact"}},
    {"need", {"need"}},
    {"occasion", {"occasion"}},
    {"outcome", {"outcome"}},
    {"owner", {"owner"}},
    {"package", {"package"}},
    {"paid_by", {"paid_by"}},
    {"papers", {"document"}},
    {"payer", {"payer"}},
    {"place", {"place"}},
    {"presidential", {"answer"}},
    {"profile", {"profile"}},
    {"provider", {"provider", "owner"}},
    {"reason", {"reason", "occasion"}},
    {"reasons", {"reason"}},
    {"referral", {"referral"}},
    {"refusal", {"refusal"}},
    {"relation", {"relation"}},
    {"replay", {"replay"}},
    {"requirement", {"requirement"}},
    {"rests_on", {"column", "fact"}},
    {"service", {"service"}},
    {"sex", {"sex"}},
    {"special_rank", {"answer"}},
    {"sponsor", {"sponsor"}},
    {"stage", {"stage"}},
    {"state", {"registered"}},
    {"status", {"status"}},
    {"trigger", {"trigger"}},
    {"urgency", {"urgency"}},
    {"verdict", {"claim", "verdict"}},
};

/* Columns whose cells name columns, groups of facts, or places, before their codes. */
static const char *const compound[] = {"conditions", "differs", "would_need",
                                       "fallback",   "changed", "fields",
                                       "field",      "group",   "implemented_by"};

/* What a column is called beside another of the same codes: "against_payer", "payer_now". */
static const char *const before[] = {"against_", "due_", "want_"};
static const char *const after[] = {"_now"};

struct saying {
    const struct cq_law *law;
    enum cq_language language;
    struct cq_str *out;
    bool implements; /* the cell tells what implements a paragraph: "rules;list:kin;action:issue" */
};

static const char *word_of(const struct saying *s, const char *kind, struct cq_text code)
{
    const struct cq_word *word = kind ? cq_law_word(s->law, kind, code.ptr, code.len) : NULL;
    return word ? word->label[s->language] : NULL;
}

/* Takes what tells a column from another off its name. Returns it; empty for none. */
static struct cq_text strip(struct cq_text *column)
{
    struct cq_text affix = {column->ptr, 0};
    for (size_t i = 0; i < sizeof before / sizeof *before && affix.len == 0; i++) {
        size_t len = strlen(before[i]);
        if (column->len > len && memcmp(column->ptr, before[i], len) == 0) {
            affix.len = len;
            *column = (struct cq_text){column->ptr + len, column->len - len};
        }
    }
    for (size_t i = 0; i < sizeof after / sizeof *after && affix.len == 0; i++) {
        size_t len = strlen(after[i]);
        if (column->len > len && memcmp(column->ptr + column->len - len, after[i], len) == 0) {
            column->len -= len;
            affix = (struct cq_text){column->ptr + column->len, len};
        }
    }
    return affix;
}

/* The row of a column's codes; -1 for a column without. */
static int find_column(struct cq_text column)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (cq_text_is(column, codes[i].column))
            return (int)i;
    return -1;
}

/* Appends the word of one code; the code where it has none. */
static void say_code(const struct saying *s, struct cq_text column, struct cq_text code)
{
    int row = find_column(column);
    const char *word = NULL;
    for (size_t i = 0; i < sizeof codes->kinds / sizeof *codes->kinds && row >= 0 && !word; i++)
        word = word_of(s, codes[row].kinds[i], code);
    if (!word && cq_text_is(column, "agency")) {
        const struct cq_agency *agency = cq_law_agency(s->law, code.ptr, code.len);
        word = agency ? agency->name[s->language] : NULL;
    }
    if (!word && cq_text_is(code, "*"))
        word = word_of(s, "column", cq_text_of("*"));
    if (word)
        cq_str_puts(s->out, word);
    else
        cq_str_put(s->out, code.ptr, code.len);
}

/* Appends what a mark between codes says. */
static void say_mark(const struct saying *s, char mark)
{
    const char *word = NULL;
    switch (mark) {
    case '+': word = word_of(s, "join", cq_text_of("+")); break;
    case '/':
    case '|': word = word_of(s, "join", cq_text_of("/")); break;
    case '>': word = "→"; break;
    case ':':
    case '=': cq_str_puts(s->out, ": "); return;
    case ' ': cq_str_puts(s->out, "; "); return;
    default: cq_str_printf(s->out, "%c ", mark); return;
    }
    cq_str_printf(s->out, " %s ", word ? word : (char[]){mark, '\0'});
}

/* Takes the next code off a cell. */
static struct cq_text next_code(struct cq_text *rest, const char *marks)
{
    struct cq_text code = {rest->ptr, 0};
    while (code.len < rest->len && !strchr(marks, code.ptr[code.len]))
        code.len++;
    rest->ptr += code.len;
    rest->len -= code.len;
    return code;
}

/* Appends codes of one column. */
static void say_codes(const struct saying *s, struct cq_text column, struct cq_text cell)
{
    while (cell.len > 0) {
        struct cq_text code = next_code(&cell, ";+/|");
        if (code.len > 0)
            say_code(s, column, code);
        if (cell.len > 0) {
            say_mark(s, *cell.ptr);
            cell.ptr++;
            cell.len--;
        }
    }
}

/* Appends what a name in a compound cell says: a group, a place, a column. */
static void say_name(const struct saying *s, struct cq_text name)
{
    static const char *const kinds[] = {"implemented", "group", "where", "column", "fact"};
    const char *word = NULL;
    for (size_t i = s->implements ? 0 : 1; i < sizeof kinds / sizeof *kinds && !word; i++)
        word = word_of(s, kinds[i], name);
    if (word)
        cq_str_puts(s->out, word);
    else
        cq_str_put(s->out, name.ptr, name.len);
}

/* Appends parts of a compound cell: names alone, and names with codes. */
static void say_parts(const struct saying *s, struct cq_text cell)
{
    struct cq_text column = {"", 0};
    while (cell.len > 0) {
        struct cq_text name = next_code(&cell, ";+/|:=> ");
        char mark = cell.len > 0 ? *cell.ptr : '\0';
        if (name.len == 0) {
            cq_str_puts(s->out, column.len > 0 ? "–" : "");
        } else if (mark == '=' || mark == ':') {
            say_name(s, name);
            column = name;
            if (word_of(s, "where", name))
                column = cq_text_of("lack");
        } else if (column.len == 0 || cq_text_is(column, "list")) {
            say_name(s, name);
        } else if (cq_text_is(column, "lack")) {
            const char *word = word_of(s, "lack", name);
            cq_str_puts(s->out, word ? word : "");
        } else {
            say_code(s, column, name);
        }
        if (cell.len == 0)
            break;
        say_mark(s, mark);
        if (strchr(";+ ", mark))
            column.len = 0;
        cell.ptr++;
        cell.len--;
    }
}

bool cq_law_say(const struct cq_law *law, enum cq_language language, struct cq_text column,
                struct cq_text cell, struct cq_str *out)
{
    const struct saying s = {law, language, out, cq_text_is(column, "implemented_by")};
    strip(&column);
    for (size_t i = 0; i < sizeof compound / sizeof *compound; i++)
        if (cq_text_is(column, compound[i])) {
            say_parts(&s, cell);
            return true;
        }
    if (find_column(column) < 0 && !cq_text_is(column, "agency"))
        return false;
    say_codes(&s, column, cell);
    return true;
}

bool cq_law_say_column(const struct cq_law *law, enum cq_language language, struct cq_text column,
                       struct cq_str *out)
{
    const struct saying s = {law, language, out, false};
    const char *word = word_of(&s, "column", column);
    if (word) {
        cq_str_puts(out, word);
        return true;
    }
    struct cq_text affix = strip(&column);
    const char *form = affix.len > 0 ? word_of(&s, "column", affix) : NULL;
    word = word_of(&s, "column", column);
    if (!word || !form)
        return false;
    const char *mark = strstr(form, "{}");
    cq_str_put(out, form, mark ? (size_t)(mark - form) : strlen(form));
    cq_str_puts(out, mark ? word : "");
    cq_str_puts(out, mark ? mark + 2 : "");
    return true;
}

static bool head(const struct cq_table_reader *reader, struct cq_text column, struct cq_str *out)
{
    return cq_law_say_column(reader->law, (enum cq_language)reader->language, column, out);
}

static bool say(const struct cq_table_reader *reader, struct cq_text column, struct cq_text cell,
                struct cq_str *out)
{
    return cq_law_say(reader->law, (enum cq_language)reader->language, column, cell, out);
}

void cq_table_reader_init(struct cq_table_reader *reader, const struct cq_law *law,
                          enum cq_language language, size_t width)
{
    *reader = (struct cq_table_reader){head, say, law, (int)language, width};
}
