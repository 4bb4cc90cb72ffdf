/* Words and sentences of letters, all from the law tables. */
#include "answers/letter_words.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "cq/date.h"

const char *cq_letter_word(struct cq_letter_page *p, const char *kind, const char *code, size_t len,
                           enum cq_language language)
{
    const struct cq_word *word = cq_law_word(p->letter->law, kind, code, len);
    if (word)
        return word->label[language];
    if (!p->lacks_kind) {
        p->lacks_kind = kind;
        p->lacks = (struct cq_text){code, len};
    }
    return "";
}

const char *cq_letter_fixed(struct cq_letter_page *p, const char *code, enum cq_language language)
{
    return cq_letter_word(p, "letter", code, strlen(code), language);
}

const char *cq_letter_either(struct cq_letter_page *p, const char *kind, const char *other,
                             const char *code, size_t len, enum cq_language language)
{
    bool first = cq_law_word(p->letter->law, kind, code, len);
    return cq_letter_word(p, first ? kind : other, code, len, language);
}

void cq_letter_put(struct cq_letter_page *p, const char *text)
{
    cq_html_text(&p->body, text);
}

void cq_letter_capital(struct cq_letter_page *p, const char *text)
{
    utf8proc_uint8_t first[4];
    utf8proc_int32_t letter;
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &letter);
    if (len <= 0 || letter == 0)
        return;
    utf8proc_ssize_t size = utf8proc_encode_char(utf8proc_toupper(letter), first);
    cq_html_part(&p->body, (const char *)first, (size_t)size);
    cq_letter_put(p, text + len);
}

void cq_letter_fill(struct cq_letter_page *p, const char *template, const char *with)
{
    const char *mark = strstr(template, "{}");
    if (!mark) {
        cq_letter_put(p, template);
    } else if (mark == template) {
        cq_letter_capital(p, with);
        cq_letter_put(p, mark + 2);
    } else {
        cq_html_part(&p->body, template, (size_t)(mark - template));
        cq_letter_put(p, with);
        cq_letter_put(p, mark + 2);
    }
}

void cq_letter_short(struct cq_html *html, const char *text, size_t len, int letters)
{
    size_t at = 0;
    for (; at < len && letters > 0; letters--)
        for (at++; at < len && ((unsigned char)text[at] & 0xc0) == 0x80;)
            at++;
    cq_html_part(html, text, at);
    if (at < len)
        cq_html_text(html, "…");
}

const char *cq_letter_day(char text[11], int32_t day)
{
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    snprintf(text, 11, "%02u.%02u.%04u", (unsigned)mday % 100, (unsigned)month % 100,
             (unsigned)year % 10000);
    return text;
}

void cq_letter_cell(struct cq_letter_page *p, const char *kind, const char *cell,
                    enum cq_language language)
{
    for (bool first = true; *cell; first = false) {
        size_t len = strcspn(cell, ";+/");
        const char *label = cq_letter_word(p, kind, cell, len, language);
        if (first)
            cq_letter_capital(p, label);
        else
            cq_letter_put(p, label);
        cell += len;
        if (*cell == ';') {
            cq_letter_put(p, ", ");
        } else if (*cell) {
            cq_letter_put(p, " ");
            cq_letter_put(p, cq_letter_word(p, "join", cell, 1, language));
            cq_letter_put(p, " ");
        }
        cell += *cell != '\0';
    }
}

const char *cq_letter_fact_name(struct cq_letter_page *p, enum cq_fact fact,
                                enum cq_language language)
{
    const char *name = cq_fact_name(fact);
    return cq_letter_either(p, "letter_fact", "fact", name, strlen(name), language);
}

void cq_letter_fact(struct cq_letter_page *p, enum cq_fact fact, uint64_t word,
                    enum cq_language language)
{
    const char *between = "";
    uint64_t field = cq_fact_field(fact);
    cq_letter_put(p, cq_letter_fact_name(p, fact, language));
    cq_letter_put(p, ": ");
    if ((word & field) == field)
        cq_letter_put(p, cq_letter_fixed(p, "unknown", language));
    for (int value = 0; value < cq_fact_count(fact) && (word & field) != field; value++) {
        if ((word & cq_fact_bit(fact, value)) == 0)
            continue;
        cq_letter_put(p, between);
        cq_letter_put(p, cq_law_value_label(p->letter->law, fact, value, language));
        between = " / ";
    }
}
