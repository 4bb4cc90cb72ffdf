/* Sections of a letter: the facts that the answer rests on with the lists behind them, and who mends
 * a mistake in them. */
#include <stdio.h>
#include <string.h>

#include "answers/letter_words.h"
#include "cq/date.h"

/* The words of an origin, and who mends what comes from it. */
struct source_words {
    const char *source; /* of the kind letter_source */
    const char *mend;   /* of the kind letter_mend; NULL for nobody */
    bool list;          /* it names the row of a list */
};

static struct source_words words_of(enum cq_origin origin)
{
    switch (origin) {
    case CQ_ORIGIN_QUESTION: return (struct source_words){"question", NULL, false};
    case CQ_ORIGIN_SERVICE_DEFAULT: return (struct source_words){"service_default", NULL, false};
    case CQ_ORIGIN_DEFAULT: return (struct source_words){"default", NULL, false};
    case CQ_ORIGIN_LIST:
    case CQ_ORIGIN_AGENCY:
    case CQ_ORIGIN_KIN:
    case CQ_ORIGIN_BIRTH:
    case CQ_ORIGIN_RESIDENCE: return (struct source_words){"hr", "hr", true};
    case CQ_ORIGIN_SPONSOR: return (struct source_words){"sponsor", "hr", true};
    case CQ_ORIGIN_NO_SPONSOR:
        return (struct source_words){"", "hr", false}; /* the value says it */
    case CQ_ORIGIN_FACILITY:
    case CQ_ORIGIN_NO_FACILITY: return (struct source_words){"facilities", "facilities", true};
    case CQ_ORIGIN_FUND: return (struct source_words){"fund", "fund", true};
    case CQ_ORIGIN_PRESUMED: return (struct source_words){"presumed", "fund", false};
    case CQ_ORIGIN_PRESIDENTIAL: return (struct source_words){"presidential", "presidential", true};
    case CQ_ORIGIN_UNLISTED: return (struct source_words){"unlisted", "hr_missing", false};
    case CQ_ORIGIN_LATER: return (struct source_words){"later", "hr", true};
    case CQ_ORIGIN_REMOVED: return (struct source_words){"removed", "hr_missing", true};
    case CQ_ORIGIN_ENDED: return (struct source_words){"ended", "hr_missing", true};
    default: return (struct source_words){"unknown", NULL, false};
    }
}

/* What is asked stands above; the body follows from the agency, which stands with the category. */
static bool is_shown(const struct cq_letter *letter, int fact)
{
    static const uint32_t elsewhere = 1u << CQ_FACT_SERVICE | 1u << CQ_FACT_URGENCY |
                                      1u << CQ_FACT_BODY | 1u << CQ_FACT_PACKAGE;
    if (fact == CQ_FACT_CATEGORY)
        return letter->bearing != 0;
    if (fact == CQ_FACT_DESTINATION && letter->question->given[fact])
        return false;
    return letter->bearing >> fact & 1 && (elsewhere >> fact & 1) == 0;
}

static const struct cq_fact_source *source_of(const struct cq_letter *letter, int fact)
{
    return &letter->sources[fact];
}

static bool same_row(const struct cq_fact_source *a, const struct cq_fact_source *b)
{
    return a->run == b->run && a->list_line == b->list_line;
}

static bool has_row(const struct cq_letter *letter, int fact)
{
    const struct cq_fact_source *s = source_of(letter, fact);
    return is_shown(letter, fact) && s->run && words_of(s->origin).list;
}

/* The number of a list's row among those named, from 1, in the order in which they are named first. */
static int number_of(const struct cq_letter *letter, int fact)
{
    int number = 0;
    for (int f = 0; f <= fact; f++) {
        int first = 0;
        while (first < f && !(has_row(letter, first) &&
                              same_row(source_of(letter, first), source_of(letter, f))))
            first++;
        if (!has_row(letter, f))
            continue;
        if (first == f)
            number++;
        if (same_row(source_of(letter, f), source_of(letter, fact)))
            return number;
    }
    return number;
}

/* Whether no fact before names the same row. */
static bool is_first(const struct cq_letter *letter, int fact)
{
    for (int f = 0; f < fact; f++)
        if (has_row(letter, f) && same_row(source_of(letter, f), source_of(letter, fact)))
            return false;
    return has_row(letter, fact);
}

/* "at the residence: no department, no specialist" */
static void put_lacks(struct cq_letter_page *p, const struct cq_fact_source *s,
                      enum cq_language language)
{
    static const char *const codes[] = {"no_organisation", "department", "specialist", "equipment"};
    static const char *const places[] = {"residence", "service"};
    for (int place = 0; place < 2; place++) {
        const char *before = ": ";
        if (!s->lacks[place])
            continue;
        cq_letter_put(p, ", ");
        cq_letter_put(p,
                      cq_letter_word(p, "where", places[place], strlen(places[place]), language));
        for (int i = 0; i < 4; i++)
            if (s->lacks[place] >> i & 1) {
                cq_letter_put(p, before);
                cq_letter_put(p,
                              cq_letter_word(p, "trigger", codes[i], strlen(codes[i]), language));
                before = ", ";
            }
    }
}

/* Where a fact comes from: the number of its list, or a few words. */
static void put_source(struct cq_letter_page *p, int fact, enum cq_language language)
{
    const struct cq_fact_source *s = source_of(p->letter, fact);
    const struct source_words words = words_of(s->origin);
    char text[24], day[11];
    bool dated = s->origin == CQ_ORIGIN_LATER || s->origin == CQ_ORIGIN_REMOVED ||
                 s->origin == CQ_ORIGIN_ENDED;
    if (s->origin == CQ_ORIGIN_FACILITY || s->origin == CQ_ORIGIN_NO_FACILITY)
        put_lacks(p, s, language);
    if (*words.source && (dated || !has_row(p->letter, fact))) {
        const char *label =
            cq_letter_word(p, "letter_source", words.source, strlen(words.source), language);
        cq_letter_put(p, " (");
        cq_letter_fill(p, label, dated ? cq_letter_day(day, s->day) : "");
        cq_letter_put(p, ")");
    }
    if (has_row(p->letter, fact)) {
        snprintf(text, sizeof text, " [%d]", number_of(p->letter, fact));
        cq_letter_put(p, text);
    }
    if (s->origin == CQ_ORIGIN_FUND && s->day != CQ_DAY_MAX && s->day != CQ_DAY_MIN) {
        cq_letter_put(p, ", ");
        cq_letter_fill(p, cq_letter_fixed(p, "until_day", language), cq_letter_day(day, s->day));
    }
}

static void put_agency(struct cq_letter_page *p, int number, enum cq_language language)
{
    const struct cq_agency *agency = cq_law_agency_number(p->letter->law, number);
    if (!agency)
        return;
    cq_letter_put(p, ", ");
    cq_letter_put(p, agency->name[language]);
}

static void put_number(struct cq_letter_page *p, const char *code, int64_t number,
                       enum cq_language language)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    cq_letter_put(p, ", ");
    cq_letter_fill(p, cq_letter_fixed(p, code, language), text);
}

/* "[2] HR list, courier service, of 01.11.2026, run 3, line 2" */
static void put_list(struct cq_letter_page *p, int fact, enum cq_language language)
{
    const struct cq_fact_source *s = source_of(p->letter, fact);
    const char *name = words_of(s->origin).source;
    char text[24], day[11];
    if (s->origin == CQ_ORIGIN_LATER || s->origin == CQ_ORIGIN_REMOVED ||
        s->origin == CQ_ORIGIN_ENDED)
        name = "hr";
    snprintf(text, sizeof text, "[%d] ", number_of(p->letter, fact));
    cq_html_open(&p->body, "li", CQ_HTML_END);
    cq_letter_put(p, text);
    cq_letter_put(p, cq_letter_word(p, "letter_source", name, strlen(name), language));
    put_agency(p, s->agency, language);
    if (s->list_date != CQ_DAY_MIN) {
        cq_letter_put(p, ", ");
        cq_letter_fill(p, cq_letter_fixed(p, "of_day", language), cq_letter_day(day, s->list_date));
    }
    put_number(p, "run", s->run, language);
    if (s->list_line)
        put_number(p, "line", s->list_line, language);
    cq_letter_put(p, ".");
    cq_html_close(&p->body);
}

/* The other roles of the person, with what they would give. */
static void put_roles(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_question *q = p->letter->question;
    if (q->count < 2)
        return;
    cq_html_open(&p->body, "li", CQ_HTML_END);
    cq_letter_put(p, cq_letter_fixed(p, "other_roles", language));
    for (int i = 1; i < q->count; i++) {
        const struct cq_answer *a = &q->answers[i];
        cq_letter_put(p, i > 1 ? "; " : " ");
        cq_letter_put(p,
                      cq_law_value_label(p->letter->law, CQ_FACT_CATEGORY, a->category, language));
        put_agency(p, a->agency, language);
        cq_letter_put(p, " - ");
        cq_letter_put(p, cq_letter_word(p, "outcome", a->decision.outcome,
                                        strlen(a->decision.outcome), language));
    }
    cq_letter_put(p, ".");
    cq_html_close(&p->body);
}

void cq_letter_facts(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_answer *answer = &letter->question->answers[0];
    if (!letter->bearing)
        return;
    cq_html_open(&p->body, "ul", CQ_HTML_END);
    for (int f = 0; f < CQ_FACTS; f++) {
        if (!is_shown(letter, f))
            continue;
        cq_html_open(&p->body, "li", CQ_HTML_END);
        cq_letter_fact(p, (enum cq_fact)f, answer->facts, language);
        if (f == CQ_FACT_CATEGORY)
            put_agency(p, answer->agency, language);
        put_source(p, f, language);
        cq_letter_put(p, ";");
        cq_html_close(&p->body);
    }
    put_roles(p, language);
    for (int f = 0; f < CQ_FACTS; f++)
        if (is_first(letter, f))
            put_list(p, f, language);
    cq_html_close(&p->body);
}

/* Who mends a fact: what nobody stated is for those who could. */
static const char *mender_of(const struct cq_letter *letter, int fact)
{
    enum cq_origin origin = source_of(letter, fact)->origin;
    if (fact == CQ_FACT_INDICATED)
        return "doctor";
    if (origin != CQ_ORIGIN_UNKNOWN)
        return words_of(origin).mend;
    return fact == CQ_FACT_INSURED ? "fund" : fact == CQ_FACT_PLACE ? "facilities" : "hr";
}

/* The agencies whose lists the facts rest on, each once. */
static void put_agencies(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const char *between = ": ";
    unsigned said = 0;
    for (int f = 0; f < CQ_FACTS; f++) {
        const char *mend = is_shown(letter, f) ? mender_of(letter, f) : NULL;
        if (!mend || strcmp(mend, "hr") != 0)
            continue;
        int number = source_of(letter, f)->agency;
        if (number == 0)
            number = letter->question->answers[0].agency;
        const struct cq_agency *agency = cq_law_agency_number(letter->law, number);
        if (!agency || said >> number & 1)
            continue;
        said |= 1u << number;
        cq_letter_put(p, between);
        cq_letter_put(p, agency->name[language]);
        between = ", ";
    }
    cq_letter_put(p, ".");
}

static void put_mend(struct cq_letter_page *p, const char *code, enum cq_language language)
{
    const char *text = cq_letter_word(p, "letter_mend", code, strlen(code), language);
    cq_letter_put(p, text);
    if (strcmp(code, "hr") == 0)
        put_agencies(p, language);
    cq_letter_put(p, " ");
}

/* Each of those who mend, once, in the order of the facts. */
void cq_letter_mend(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const char *reasons = letter->question->answers[0].decision.reasons;
    const char *said[CQ_FACTS] = {NULL};
    int count = 0;
    if (!letter->question->answers[0].facts)
        put_mend(p, strcmp(reasons, "bad_iin") == 0 ? "number" : "question", language);
    for (int f = 0; f < CQ_FACTS; f++) {
        int i = 0;
        const char *mend = NULL;
        if (is_shown(letter, f))
            mend = mender_of(letter, f);
        while (mend && i < count && strcmp(said[i], mend) != 0)
            i++;
        if (!mend || i < count)
            continue;
        said[count++] = mend;
        put_mend(p, mend, language);
    }
}
