/* A text is broken into lines as a page breaks it: between words, and inside a word that no line
 * holds. Capitals are wider than small letters. */
#include "answers/letter_lines.h"

#include <string.h>
#include <utf8proc.h>

enum { SMALL = 10, CAPITAL = 14 };

struct lines {
    int width, done, at; /* lines that are full, and how much of the last one is */
    int word;            /* since the last blank */
};

static void end_word(struct lines *l)
{
    if (l->at + l->word > l->width && l->at > 0) {
        l->done++;
        l->at = 0;
    }
    for (; l->word > l->width; l->word -= l->width)
        l->done++;
    l->at += l->word + SMALL;
    l->word = 0;
}

static void end_line(struct lines *l)
{
    end_word(l);
    l->done += l->at > SMALL;
    l->at = 0;
}

int cq_letter_lines(const char *html, size_t len, int width, bool items)
{
    struct lines l = {.width = width * SMALL};
    const utf8proc_uint8_t *text = (const utf8proc_uint8_t *)html;
    utf8proc_ssize_t size;
    bool tag = false;
    for (size_t i = 0; i < len; i += (size_t)size) {
        utf8proc_int32_t letter;
        size = utf8proc_iterate(text + i, (utf8proc_ssize_t)(len - i), &letter);
        if (size <= 0)
            size = 1;
        if (items && i + 4 < len && memcmp(html + i, "</li", 4) == 0)
            end_line(&l);
        tag = html[i] == '<' || (tag && html[i] != '>');
        if (tag || html[i] == '>')
            continue;
        if (html[i] == ' ' || html[i] == '\n')
            end_word(&l);
        else
            l.word += utf8proc_isupper(letter) ? CAPITAL : SMALL;
    }
    end_line(&l);
    return l.done;
}
