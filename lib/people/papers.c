/* Papers seen at registration against those that the law asks for. */
#include "people/papers.h"

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
