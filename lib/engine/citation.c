/* Citations in words, by the words of the kinds letter_cite and letter_articles. */
#include "engine/citation.h"

#include <string.h>

#include "cq/list.h"
#include "engine/law_cells.h"

const struct cq_act *cq_citation_act(const struct cq_law *law, struct cq_text citation)
{
    struct cq_text id;

    return cq_text_next(&citation, ':', &id) ? cq_law_find_act(law, id) : NULL;
}

void cq_citation_title(const struct cq_act *act, enum cq_language language, struct cq_str *out)
{
    cq_str_put(out, act->title[language], strcspn(act->title[language], ":"));
}

/* Appends a label with a number in the place of its braces. */
static void put_step(const char *label, const char *number, size_t len, struct cq_str *out)
{
    const char *mark = strstr(label, "{}");

    cq_str_put(out, label, mark ? (size_t)(mark - label) : strlen(label));
    cq_str_put(out, number, mark ? len : 0);
    cq_str_puts(out, mark ? mark + 2 : "");
}

/* The label of a step that begins with a separator. */
static const char *label_of(const struct cq_law *law, const struct cq_act *act, char separator,
                            enum cq_language language)
{
    const struct cq_word *article = cq_law_word(law, "letter_articles", act->id, strlen(act->id));

    switch (separator) {
    case ':':
        return article ? article->label[language]
                       : cq_law_label(law, "letter_cite", "paragraph", language);
    case '.': return cq_law_label(law, "letter_cite", article ? "paragraph" : "part", language);
    default: return cq_law_label(law, "letter_cite", "subparagraph", language);
    }
}

void cq_citation_place(const struct cq_law *law, const struct cq_act *act, struct cq_text citation,
                       enum cq_language language, struct cq_str *out)
{
    const char *between = "";

    for (size_t at = strlen(act->id); at < citation.len;) {
        size_t size = 1;

        while (at + size < citation.len && !strchr(".()", citation.ptr[at + size]))
            size++;
        if (citation.ptr[at] != ')') {
            cq_str_puts(out, between);
            put_step(label_of(law, act, citation.ptr[at], language), citation.ptr + at + 1,
                     size - 1, out);
            between = ", ";
        }
        at += size;
    }
}
