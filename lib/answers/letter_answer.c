/* Sections of a letter: what was asked, the answer, and what follows from it. */
#include <string.h>

#include "answers/letter_words.h"
#include "cq/kato.h"

/* Letters of a profile that the law has no word for, and of the name of an organisation. */
enum { PROFILE_MOST = 60, NAME_MOST = 200, NAME_BRIEF = 100 };

static const struct cq_answer *answer_of(const struct cq_letter_page *p)
{
    return &p->letter->question->answers[0];
}

/* " Residence: Astana." */
static void put_asked(struct cq_letter_page *p, enum cq_fact fact, int value,
                      enum cq_language language)
{
    if (value == CQ_UNKNOWN)
        return;
    cq_letter_capital(p, cq_law_fact_label(p->letter->law, fact, language));
    cq_letter_put(p, ": ");
    cq_letter_put(p, cq_law_value_label(p->letter->law, fact, value, language));
    cq_letter_put(p, ". ");
}

/* The word for the profile, else what was asked. */
static void put_profile(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_text *profile = &p->letter->question->request->profile;
    const struct cq_word *word = cq_law_word(p->letter->law, "profile", profile->ptr, profile->len);
    if (word)
        cq_letter_put(p, word->label[language]);
    else
        cq_letter_short(&p->body, profile->ptr, profile->len, PROFILE_MOST);
}

/* What the question itself states. */
void cq_letter_asked(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_request *r = p->letter->question->request;
    char day[11];
    if (r->service != CQ_UNKNOWN) {
        cq_letter_capital(
            p, cq_law_value_label(p->letter->law, CQ_FACT_SERVICE, r->service, language));
        cq_letter_put(p, ". ");
    }
    put_asked(p, CQ_FACT_URGENCY, r->urgency, language);
    if (r->profile.len) {
        cq_letter_put(p, cq_letter_word(p, "label", "profile", strlen("profile"), language));
        cq_letter_put(p, ": ");
        put_profile(p, language);
        cq_letter_put(p, ". ");
    }
    put_asked(p, CQ_FACT_DESTINATION, r->destination, language);
    put_asked(p, CQ_FACT_INDICATED, r->indicated, language);
    put_asked(p, CQ_FACT_PACKAGE, r->package, language);
    put_asked(p, CQ_FACT_DUTY_INJURY, r->duty_injury ? CQ_YES : CQ_UNKNOWN, language);
    cq_letter_put(p, cq_letter_fixed(p, "day", language));
    cq_letter_put(p, ": ");
    cq_letter_put(p, cq_letter_day(day, r->day));
    cq_letter_put(p, ".");
}

static void put_reasons(struct cq_letter_page *p, const char *cell, enum cq_language language)
{
    while (*cell) {
        size_t len = strcspn(cell, ";");
        cq_letter_put(p, " ");
        cq_letter_put(p, cq_letter_either(p, "letter_reason", "reason", cell, len, language));
        cell += len + (cell[len] == ';');
    }
}

static void put_missing(struct cq_letter_page *p, uint32_t missing, enum cq_language language)
{
    const char *between = " ";
    cq_letter_put(p, " ");
    cq_letter_put(p, cq_letter_fixed(p, "missing", language));
    for (int f = 0; f < CQ_FACTS; f++)
        if (missing >> f & 1) {
            cq_letter_put(p, between);
            cq_letter_put(p, cq_letter_fact_name(p, (enum cq_fact)f, language));
            between = "; ";
        }
    cq_letter_put(p, ".");
}

void cq_letter_answer(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_decision *d = &answer_of(p)->decision;
    int service = p->letter->question->request->service;
    const char *sentence =
        cq_letter_either(p, "letter_outcome", "outcome", d->outcome, strlen(d->outcome), language);
    const char *name = service == CQ_UNKNOWN ? NULL : cq_fact_value_name(CQ_FACT_SERVICE, service);
    cq_html_open(&p->body, "strong", CQ_HTML_END);
    cq_letter_fill(
        p, sentence,
        name ? cq_letter_either(p, "letter_service", "service", name, strlen(name), language)
             : cq_letter_fixed(p, "unknown", language));
    if (d->entitled && d->reasons[0]) {
        cq_letter_put(p, " ");
        cq_letter_put(p, cq_letter_fixed(p, "unless", language));
    }
    if (d->missing == 0)
        put_reasons(p, d->reasons, language);
    else
        put_missing(p, d->missing, language);
    cq_html_close(&p->body);
}

void cq_letter_payer(struct cq_letter_page *p, enum cq_language language)
{
    const char *payer = answer_of(p)->decision.payer;
    if (*payer)
        cq_letter_capital(
            p, cq_letter_either(p, "letter_payer", "payer", payer, strlen(payer), language));
}

/* The name of the facility in the language, else in any. */
static const struct cq_str *facility_name(const struct cq_letter *letter, enum cq_language language)
{
    const struct cq_str *name = &letter->facility.name[language];
    for (int i = 0; i < CQ_LANGUAGES && name->len == 0; i++)
        name = &letter->facility.name[i];
    return name;
}

static void put_region(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_region *region =
        letter->facility.kato ? cq_law_region(letter->law, cq_kato_region(letter->facility.kato))
                              : NULL;
    if (!region)
        return;
    cq_letter_put(p, ", ");
    cq_letter_put(p, region->name[language]);
}

void cq_letter_where(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_answer *answer = answer_of(p);
    const char *provider = answer->decision.provider;
    const struct cq_str *name = facility_name(p->letter, language);
    if (!*provider)
        return;
    if (name->len) {
        cq_letter_short(&p->body, name->ptr, name->len, p->brief ? NAME_BRIEF : NAME_MOST);
        put_region(p, language);
        cq_letter_put(p, " - ");
        cq_letter_put(p, cq_letter_word(p, "provider", provider, strlen(provider), language));
    } else {
        cq_letter_capital(p, cq_letter_word(p, "provider", provider, strlen(provider), language));
        put_region(p, language);
    }
    cq_letter_put(p, ".");
    if (!answer->facility[0]) {
        cq_letter_put(p, " ");
        cq_letter_put(p, cq_letter_fixed(p, "no_facility", language));
    }
    cq_letter_far(p, language);
}

void cq_letter_referral(struct cq_letter_page *p, enum cq_language language)
{
    const char *referral = answer_of(p)->decision.referral;
    if (*referral)
        cq_letter_capital(p, cq_letter_either(p, "letter_referral", "referral", referral,
                                              strlen(referral), language));
}

void cq_letter_papers(struct cq_letter_page *p, enum cq_language language)
{
    const char *documents = answer_of(p)->decision.documents;
    if (!*documents)
        return;
    cq_letter_cell(p, "document", documents, language);
    cq_letter_put(p, ".");
}

void cq_letter_until(struct cq_letter_page *p, enum cq_language language)
{
    const struct cq_answer *answer = answer_of(p);
    char day[11];
    if (!answer->facts)
        return;
    if (answer->changes_on == CQ_DAY_MAX) {
        cq_letter_put(p, cq_letter_fixed(p, "same_later", language));
        return;
    }
    cq_letter_fill(p, cq_letter_fixed(p, "changes_on", language),
                   cq_letter_day(day, answer->changes_on));
    cq_letter_put(p, " ");
    cq_letter_put(p, cq_letter_word(p, "cause", answer->change_cause, strlen(answer->change_cause),
                                    language));
    cq_letter_put(p, ".");
}
