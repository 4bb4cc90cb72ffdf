/* Sections of a letter for those who check it: the paragraphs in words, what the acts leave open, and
 * the answer as that may be read. */
#include <string.h>

#include "answers/letter_words.h"
#include "engine/citation.h"

static const struct cq_act *act_of(const struct cq_law *law, const char *citation, size_t len)
{
    return cq_citation_act(law, (struct cq_text){citation, len});
}

static void put_place(struct cq_letter_page *p, const struct cq_act *act, const char *citation,
                      size_t len, enum cq_language language)
{
    struct cq_str text = {0};
    cq_citation_place(p->letter->law, act, (struct cq_text){citation, len}, language, &text);
    if (text.failed)
        p->failed = text.failed;
    else if (text.len)
        cq_letter_put(p, text.ptr);
    cq_str_free(&text);
}

/* "paragraph 4, part 2: Where there is no such organisation …" */
static void put_citation(struct cq_letter_page *p, const struct cq_act *act, const char *citation,
                         size_t len, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_paragraph *paragraph =
        cq_law_paragraph(letter->law, citation, len, letter->question->request->day);
    cq_letter_put(p, " ");
    if (len > strlen(act->id)) {
        cq_html_open(&p->body, "i", CQ_HTML_END);
        put_place(p, act, citation, len, language);
        cq_html_close(&p->body);
        cq_letter_put(p, ": ");
    }
    if (paragraph)
        cq_letter_put(p, paragraph->summary[language]);
}

/* An act with all its citations; its title is what stands before the colon. */
static void put_act(struct cq_letter_page *p, const struct cq_act *act, const char *basis,
                    enum cq_language language)
{
    cq_html_open(&p->body, "li", CQ_HTML_END);
    cq_html_open(&p->body, "b", CQ_HTML_END);
    cq_html_part(&p->body, act->title[language], strcspn(act->title[language], ":"));
    cq_letter_put(p, ".");
    cq_html_close(&p->body);
    for (size_t len; *basis; basis += len + (basis[len] == ';')) {
        len = strcspn(basis, ";");
        if (act_of(p->letter->law, basis, len) == act)
            put_citation(p, act, basis, len, language);
    }
    cq_html_close(&p->body);
}

void cq_letter_cite(struct cq_letter_page *p, const char *basis, enum cq_language language)
{
    const struct cq_law *law = p->letter->law;
    const char *at = basis;
    for (size_t len; *at; at += len + (at[len] == ';')) {
        const char *before = basis;
        len = strcspn(at, ";");
        const struct cq_act *act = act_of(law, at, len);
        while (before < at && act_of(law, before, strcspn(before, ";")) != act)
            before += strcspn(before, ";") + 1;
        if (act && before == at)
            put_act(p, act, basis, language);
    }
}

void cq_letter_refer(struct cq_letter_page *p, const char *basis, enum cq_language language)
{
    const struct cq_act *act = act_of(p->letter->law, basis, strcspn(basis, ";"));
    size_t len;
    if (!act)
        return;
    cq_html_part(&p->body, act->title[language], strcspn(act->title[language], ":"));
    for (; *basis; basis += len + (basis[len] == ';')) {
        len = strcspn(basis, ";");
        cq_letter_put(p, "; ");
        put_place(p, act, basis, len, language);
    }
}

void cq_letter_law(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_decision *d = &p->letter->question->answers[0].decision;
    if (!*d->basis)
        return;
    cq_html_open(&p->body, "ul", CQ_HTML_END);
    cq_letter_cite(p, d->basis, language);
    if (*d->certainty) {
        cq_html_open(&p->body, "li", CQ_HTML_END);
        cq_letter_put(p, cq_letter_word(p, "label", "certainty", 9, language));
        cq_letter_put(p, ": ");
        cq_letter_put(p,
                      cq_letter_word(p, "certainty", d->certainty, strlen(d->certainty), language));
        cq_letter_put(p, ".");
        cq_html_close(&p->body);
    }
    cq_html_close(&p->body);
}

void cq_letter_open(struct cq_letter_page *p, enum cq_language language)
{
    if (!p->letter->gaps)
        return;
    cq_html_open(&p->body, "ul", CQ_HTML_END);
    for (uint64_t gaps = p->letter->gaps; gaps; gaps &= gaps - 1) {
        const struct cq_gap *gap = &p->letter->law->gaps[__builtin_ctzll(gaps)];
        cq_html_leaf(&p->body, "li", gap->open[language], CQ_HTML_END);
    }
    cq_html_close(&p->body);
}

static void put_label(struct cq_letter_page *p, const char *kind, const char *code,
                      enum cq_language language)
{
    if (!*code)
        return;
    cq_letter_put(p, "; ");
    cq_letter_put(p, cq_letter_word(p, kind, code, strlen(code), language));
}

/* A reading with what it gives: the answer, its reasons, and of who gives the care and who pays what
 * differs from the other readings of the gap. */
static void put_reading(struct cq_letter_page *p, const struct cq_reading_answer *answer,
                        unsigned differ, enum cq_language language)
{
    const struct cq_decision *d = &answer->decision;
    cq_html_open(&p->body, "li", CQ_HTML_END);
    cq_letter_put(p, answer->reading->words[language]);
    cq_letter_put(p, " ");
    cq_html_open(&p->body, "b", CQ_HTML_END);
    cq_letter_cell(p, "outcome", d->outcome, language);
    for (const char *reason = d->reasons; *reason;) {
        size_t len = strcspn(reason, ";");
        cq_letter_put(p, "; ");
        cq_letter_put(p, cq_letter_word(p, "reason", reason, len, language));
        reason += len + (reason[len] == ';');
    }
    for (int f = 0; f < CQ_FACTS; f++)
        if (d->missing >> f & 1) {
            cq_letter_put(p, "; ");
            cq_letter_put(p, cq_letter_fact_name(p, (enum cq_fact)f, language));
        }
    if (differ >> CQ_READING_PROVIDER & 1)
        put_label(p, "provider", d->provider, language);
    if (differ >> CQ_READING_PAYER & 1)
        put_label(p, "payer", d->payer, language);
    cq_letter_put(p, ".");
    cq_html_close(&p->body);
    cq_html_close(&p->body);
}

void cq_letter_readings(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_reading_answer *readings = p->letter->readings;
    const size_t count = p->letter->reading_count;
    if (!count)
        return;
    cq_html_open(&p->body, "ul", CQ_HTML_END);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && readings[end].reading->gap == readings[i].reading->gap; end++)
            ;
        unsigned differ = cq_gap_readings_differ(readings + i, end - i);
        for (size_t k = i; k < end; k++)
            put_reading(p, &readings[k], differ, language);
    }
    cq_html_close(&p->body);
}
