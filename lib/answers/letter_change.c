/* Sections of a letter: what would change a refusal, and what is possible all the same. */
#include <stdio.h>
#include <string.h>

#include "answers/letter_words.h"

/* What everybody has by general law. Source: HC:196.3, HC:123. */
static const char general_care[] = "HC:196.3;HC:123";

static void put_need(struct cq_letter_page *p, const struct cq_need *need,
                     enum cq_language language)
{
    const char *between = "";
    cq_html_open(&p->body, "li", CQ_HTML_END);
    for (int f = 0; f < CQ_FACTS; f++) {
        enum cq_fact fact = (enum cq_fact)f;
        char code[48];
        if ((need->facts >> f & 1) == 0)
            continue;
        int value = cq_facts_get(need->values, fact);
        int len = snprintf(code, sizeof code, "%s_%s", cq_fact_name(fact),
                           cq_fact_value_name(fact, value));
        cq_letter_put(p, between);
        between = " + ";
        if (cq_law_word(p->letter->law, "letter_need", code, (size_t)len))
            cq_letter_put(p, cq_letter_word(p, "letter_need", code, (size_t)len, language));
        else
            cq_letter_fact(p, fact, need->values, language);
    }
    cq_letter_put(p, ";");
    cq_html_close(&p->body);
}

/* "There is no such organisation near, but one in: Astana." */
static void put_far(struct cq_letter_page *p, enum cq_language language)
{
    const char *between = " ";
    if (!p->letter->far[CQ_DESTINATION_ASTANA] && !p->letter->far[CQ_DESTINATION_ALMATY])
        return;
    cq_html_open(&p->body, "p", CQ_HTML_END);
    cq_letter_put(p, cq_letter_fixed(p, "far", language));
    for (int city = CQ_DESTINATION_ASTANA; city <= CQ_DESTINATION_ALMATY; city++)
        if (p->letter->far[city]) {
            cq_letter_put(p, between);
            cq_letter_put(p,
                          cq_law_value_label(p->letter->law, CQ_FACT_DESTINATION, city, language));
            between = ", ";
        }
    cq_letter_put(p, ".");
    cq_html_close(&p->body);
}

void cq_letter_change(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_answer *answer = &letter->question->answers[0];
    put_far(p, language);
    if (answer->decision.entitled || !answer->facts)
        return;
    if (letter->need_count == 0) {
        cq_letter_put(p, cq_letter_fixed(p, "nothing", language));
        return;
    }
    cq_letter_put(p, cq_letter_fixed(p, "would", language));
    cq_html_open(&p->body, "ul", CQ_HTML_END);
    for (size_t i = 0; i < letter->need_count; i++)
        put_need(p, &letter->needs[i], language);
    cq_html_close(&p->body);
}

/* Whether the paragraphs on general care were read as they hold on the day. */
static bool is_general_care_known(const struct cq_letter *letter)
{
    const struct cq_paragraph *paragraph = cq_law_paragraph(
        letter->law, general_care, strcspn(general_care, ";"), letter->question->request->day);
    return paragraph && !*paragraph->cited_as;
}

void cq_letter_still(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_answer *answer = &letter->question->answers[0];
    bool general = answer->facts && !answer->decision.entitled && is_general_care_known(letter);
    if (letter->emergency)
        cq_letter_put(p, cq_letter_fixed(p, "emergency", language));
    if (!general)
        return;
    cq_html_open(&p->body, "ul", CQ_HTML_END);
    cq_letter_cite(p, general_care, language);
    cq_html_close(&p->body);
}
