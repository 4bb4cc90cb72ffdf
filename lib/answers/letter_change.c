/* Sections of a letter: what would change a refusal, and what is possible all the same. */
#include <stdio.h>
#include <string.h>

#include "answers/letter_words.h"
#include "cq/list.h"

/* One change, as something that can be done or shown. */
static void put_change(struct cq_letter_page *p, const struct cq_need *need, enum cq_fact fact,
                       enum cq_language language)
{
    char code[48];
    int value = cq_facts_get(need->values, fact);
    size_t len = (size_t)snprintf(code, sizeof code, "%s_%s", cq_fact_name(fact),
                                  cq_fact_value_name(fact, value));
    if (cq_law_word(p->letter->law, "letter_need", code, len))
        cq_letter_put(p, cq_letter_word(p, "letter_need", code, len, language));
    else
        cq_letter_fact(p, fact, need->values, language);
}

static void put_changes(struct cq_letter_page *p, const struct cq_need *need, uint32_t facts,
                        enum cq_language language)
{
    const char *between = "";
    cq_html_open(&p->body, "li", CQ_HTML_END);
    for (int f = 0; f < CQ_FACTS; f++)
        if (facts >> f & 1) {
            cq_letter_put(p, between);
            put_change(p, need, (enum cq_fact)f, language);
            between = " + ";
        }
    cq_letter_put(p, ";");
    cq_html_close(&p->body);
}

static void open_changes(struct cq_letter_page *p, const char *code, enum cq_language language)
{
    cq_letter_put(p, cq_letter_fixed(p, code, language));
    cq_letter_put(p, " ");
    cq_html_open(&p->body, "ul", CQ_HTML_END);
}

void cq_letter_far(struct cq_letter_page *p, enum cq_language language)
{
    const char *between = " ";
    for (int city = CQ_DESTINATION_ASTANA; city <= CQ_DESTINATION_ALMATY; city++) {
        if (!p->letter->far[city])
            continue;
        if (*between == ' ') {
            cq_letter_put(p, " ");
            cq_letter_put(p, cq_letter_fixed(p, "far", language));
        }
        cq_letter_put(p, between);
        cq_letter_put(p, cq_law_value_label(p->letter->law, CQ_FACT_DESTINATION, city, language));
        between = ", ";
    }
    if (*between != ' ')
        cq_letter_put(p, ".");
}

void cq_letter_change(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_answer *answer = &letter->question->answers[0];
    if (answer->decision.entitled || !letter->bearing)
        return;
    if (letter->need_count == 0) {
        /* Who is in no list may ask to be listed: the section on mistakes says so. */
        if (answer->category != CQ_CATEGORY_NONE)
            cq_letter_put(p, cq_letter_fixed(p, "nothing", language));
        return;
    }
    uint32_t common = letter->common;
    if (common) {
        bool one = letter->needs[0].facts == common && (common & (common - 1)) == 0;
        open_changes(p, one ? "would_one" : "would_all", language);
        for (int f = 0; f < CQ_FACTS; f++)
            if (common >> f & 1)
                put_changes(p, &letter->needs[0], 1u << f, language);
        cq_html_close(&p->body);
    }
    if (letter->needs[0].facts == common)
        return;
    open_changes(p, common ? "would_also" : "would", language);
    for (size_t i = 0; i < letter->need_count; i++)
        put_changes(p, &letter->needs[i], letter->needs[i].facts & ~common, language);
    cq_html_close(&p->body);
}

/* The paragraphs on what everybody has by general law, as far as they were read as they hold on the
 * day, joined by ';'. */
static void find_general_care(const struct cq_letter *letter, struct cq_str *basis)
{
    const struct cq_paragraph *p = NULL;
    int32_t day = letter->question->request->day;
    while ((p = cq_law_implements(letter->law, "letter:general", day, p)))
        if (strcmp(p->cited_as, p->id) == 0)
            cq_str_printf(basis, "%s%s", basis->len > 0 ? ";" : "", p->id);
}

static void put_general_care(struct cq_letter_page *p, const char *basis, enum cq_language language)
{
    cq_letter_put(p, " ");
    cq_letter_put(p, cq_letter_fixed(p, "general", language));
    cq_letter_put(p, " (");
    cq_letter_refer(p, basis, language);
    cq_letter_put(p, ").");
}

void cq_letter_still(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_answer *answer = &letter->question->answers[0];
    struct cq_str general = {0};
    if (letter->emergency)
        cq_letter_put(p, cq_letter_fixed(p, "emergency", language));
    if (!answer->decision.entitled)
        cq_letter_far(p, language);
    if (answer->facts && !answer->decision.entitled)
        find_general_care(letter, &general);
    if (general.failed)
        p->body.out.failed = true;
    else if (general.len > 0)
        put_general_care(p, general.ptr, language);
    cq_str_free(&general);
}
