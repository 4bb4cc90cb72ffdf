/* The words for codes. A word is compared folded; ё may be written е. */
#include "cq/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/columns.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/utf8.h"

/* Appends a word, folded, after a bar; once more with е for ё where it has one. */
static void add_word(struct cq_str *out, struct cq_text word)
{
    cq_str_put(out, "|", 1);
    size_t start = out->len;
    if (cq_utf8_fold(out, word.ptr, word.len))
        out->failed = CQ_B_NOMEM;
    size_t len = out->len - start;
    if (out->failed || !memmem(out->ptr + start, len, "ё", 2) || cq_str_reserve(out, len + 1))
        return;
    cq_str_put(out, "|", 1);
    cq_str_put(out, out->ptr + start, len); /* there is room: it does not move */
    for (char *at = out->ptr + start + len + 1; (at = strstr(at, "ё")); at += 2)
        memcpy(at, "е", 2);
}

static void add_words(struct cq_str *out, const char *const *labels)
{
    struct cq_text rest, word;
    for (int language = 0; language < CQ_LANGUAGES; language++)
        for (rest = cq_text_of(labels[language]); cq_text_next(&rest, '|', &word);)
            add_word(out, word);
}

/* Appends the words of one kind. */
static void add_kind(struct cq_str *out, const struct cq_law *law, const char *kind,
                     const char *code)
{
    const struct cq_word *word = cq_law_word(law, kind, code, strlen(code));
    if (word)
        add_words(out, word->label);
}

/* Appends a code and all that is said for it. */
static void add_code(struct cq_str *out, const struct cq_law *law, const char *kind,
                     const char *code)
{
    static const char *const forms[] = {"%s", "%s_many", "also_%s"};
    char name[40];
    cq_str_puts(out, code);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *mark = strchr(forms[i], '%');
        snprintf(name, sizeof name, "%.*s%s%s", (int)(mark - forms[i]), forms[i], kind, mark + 2);
        add_kind(out, law, name, code);
    }
    for (size_t i = 0; i < law->agency_count; i++)
        if (strcmp(kind, "agency") == 0 && strcmp(law->agencies[i].id, code) == 0)
            add_words(out, law->agencies[i].name);
    cq_str_put(out, "", 1); /* the end of the string */
}

/* Points to the strings that were built one after the other. */
static enum cq_code point_at(struct cq_terms *terms, size_t count, struct cq_err *err)
{
    if (!terms->bytes.failed)
        terms->values = calloc(count + 1, sizeof *terms->values);
    if (!terms->values)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    const char *at = terms->bytes.ptr;
    for (size_t i = 0; i < count; i++) {
        terms->values[i] = at;
        at += strlen(at) + 1;
    }
    return CQ_OK;
}

enum cq_code cq_terms_read(struct cq_terms *terms, const struct cq_law *law, const char *kind,
                           const char *const *codes, struct cq_err *err)
{
    size_t count = 0;
    *terms = (struct cq_terms){0};
    for (; codes[count]; count++)
        add_code(&terms->bytes, law, kind, codes[count]);
    return point_at(terms, count, err);
}

/* A name is written with a word before or after it; the percent sign stands for it. */
static void add_forms(struct cq_str *out, struct cq_text name, const char *const *forms)
{
    struct cq_str form = {0};
    for (; *forms; forms++) {
        const char *mark = strchr(*forms, '%');
        cq_str_clear(&form);
        cq_str_put(&form, *forms, (size_t)(mark - *forms));
        cq_str_put(&form, name.ptr, name.len);
        cq_str_puts(&form, mark + 1);
        if (form.failed)
            out->failed = form.failed;
        else
            add_word(out, (struct cq_text){form.ptr, form.len});
    }
    cq_str_free(&form);
}

/* Takes a word off the start or the end of a name. Returns whether it was there. */
static bool strip(struct cq_text *name, const char *before, const char *after)
{
    size_t front = strlen(before), back = strlen(after);
    if (name->len <= front + back || memcmp(name->ptr, before, front) != 0 ||
        memcmp(name->ptr + name->len - back, after, back) != 0)
        return false;
    *name = (struct cq_text){name->ptr + front, name->len - front - back};
    return true;
}

static bool ends_with(struct cq_text text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && memcmp(text.ptr + text.len - len, end, len) == 0;
}

/* Appends the forms of a city's names. */
static void add_city(struct cq_str *out, const struct cq_region *region)
{
    static const char *const forms[] = {"%",    "г. %",     "г.%",    "г %", "город %",
                                        "% қ.", "% қаласы", "% city", NULL};
    for (int language = 0; language < CQ_LANGUAGES; language++) {
        struct cq_text name = cq_text_of(region->name[language]);
        if (!strip(&name, "", " қаласы"))
            strip(&name, "г. ", "");
        add_forms(out, name, forms);
    }
}

/* Appends the forms of a region's names. One alone may be that of a city, but not an adjective. */
static void add_region(struct cq_str *out, const struct cq_region *region)
{
    static const char *const kk[] = {"% облысы", "% обл.", "% обл", NULL};
    static const char *const after[] = {"% область", "% обл.", "% обл", NULL};
    static const char *const before[] = {"область %", "обл. %", "обл.%", NULL};
    static const char *const en[] = {"% region", "% oblast", NULL};
    static const char *const alone[] = {"%", NULL};
    struct cq_text name = cq_text_of(region->name[CQ_KK]);
    if (strip(&name, "", " облысы"))
        add_forms(out, name, kk);
    name = cq_text_of(region->name[CQ_RU]);
    if (strip(&name, "область ", ""))
        add_forms(out, name, before);
    else if (strip(&name, "", " область"))
        add_forms(out, name, after);
    if (ends_with(name, "ая"))
        add_forms(out, name, alone);
    name = cq_text_of(region->name[CQ_EN]);
    if (strip(&name, "", " region"))
        add_forms(out, name, en);
}

enum cq_code cq_terms_places(struct cq_terms *terms, const struct cq_law *law, struct cq_err *err)
{
    char number[20];
    *terms = (struct cq_terms){0};
    for (size_t i = 0; i < law->region_count; i++) {
        const struct cq_region *region = &law->regions[i];
        number[cq_num_write(number, region->number)] = '\0';
        cq_str_puts(&terms->bytes, number);
        if (ends_with(cq_text_of(region->name[CQ_KK]), " қаласы"))
            add_city(&terms->bytes, region);
        else
            add_region(&terms->bytes, region);
        add_kind(&terms->bytes, law, "also_region", number);
        cq_str_put(&terms->bytes, "", 1);
    }
    return point_at(terms, law->region_count, err);
}

void cq_terms_free(struct cq_terms *terms)
{
    free(terms->values);
    cq_str_free(&terms->bytes);
    *terms = (struct cq_terms){0};
}

int cq_term_find(const struct cq_law *law, const char *kind, const char *const *codes,
                 struct cq_text text)
{
    struct cq_terms terms = {0};
    int found = -1;
    if (text.len > 0 && !cq_terms_read(&terms, law, kind, codes, NULL))
        found = cq_choice_find(terms.values, text.ptr, text.len);
    cq_terms_free(&terms);
    return found;
}
