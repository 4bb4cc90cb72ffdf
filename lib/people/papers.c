/* Papers seen at registration against those that the law asks for. */
#include "people/papers.h"

#include <string.h>

#include "cq/list.h"

/* Whether one of these papers was seen: "id_card/birth_certificate". */
static bool is_seen(struct cq_text either, int64_t seen)
{
    struct cq_text paper;
    while (cq_text_next(&either, '/', &paper))
        for (int i = 0; i < CQ_PAPERS; i++)
            if (seen >> i & 1 && cq_text_is(paper, cq_paper_names[i]))
                return true;
    return false;
}

void cq_papers_lacking(const char *documents, int64_t seen, struct cq_str *out)
{
    struct cq_text rest = cq_text_of(documents), part;
    const char *join = "";
    while (cq_text_next(&rest, '+', &part)) {
        if (part.len == 0 || is_seen(part, seen))
            continue;
        cq_str_puts(out, join);
        cq_str_put(out, part.ptr, part.len);
        join = "+";
    }
}

void cq_papers_write(int64_t seen, struct cq_str *out)
{
    const char *join = "";
    for (int i = 0; i < CQ_PAPERS; i++) {
        if (!(seen >> i & 1))
            continue;
        cq_str_puts(out, join);
        cq_str_puts(out, cq_paper_names[i]);
        join = "+";
    }
}

void cq_papers_words(const struct cq_law *law, enum cq_language language, const char *papers,
                     struct cq_str *out)
{
    while (*papers != '\0') {
        size_t len = strcspn(papers, "+/");
        const struct cq_word *word = cq_law_word(law, "document", papers, len);
        if (word)
            cq_str_puts(out, word->label[language]);
        else
            cq_str_put(out, papers, len);
        papers += len;
        if (*papers == '\0')
            return;
        const struct cq_word *join = cq_law_word(law, "join", papers, 1);
        cq_str_printf(out, " %s ", join ? join->label[language] : "+");
        papers++;
    }
}
