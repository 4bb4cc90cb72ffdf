/* Gathers what a letter says: the parts of an explanation, and what the answer rests on. */
#include "answers/letter.h"

#include "cq/decide.h"
#include "engine/law_masks.h"

/* The facts that a rule restricts which accepts the word: all the others may be anything. */
static uint32_t bearing(const struct cq_law *law, int32_t day, uint64_t word)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    uint32_t facts = 0;
    for (size_t i = 0; i < interval->count; i++) {
        uint64_t mask = interval->masks[i].facts;
        if (cq_facts_empty(mask & word))
            continue;
        for (int f = 0; f < CQ_FACTS; f++)
            if (~mask & cq_fact_field((enum cq_fact)f))
                facts |= 1u << f;
    }
    return facts;
}

/* Whether the same care would be given in an emergency. */
static bool in_emergency(const struct cq_letter *letter, uint64_t word)
{
    int service = cq_facts_get(word, CQ_FACT_SERVICE);
    struct cq_decision decision;
    if ((service != CQ_SERVICE_OUTPATIENT && service != CQ_SERVICE_INPATIENT) ||
        cq_facts_get(word, CQ_FACT_URGENCY) != CQ_URGENCY_PLANNED)
        return false;
    cq_facts_set(&word, CQ_FACT_URGENCY, CQ_URGENCY_EMERGENCY);
    cq_decide(letter->law, letter->question->request->day, word, &decision);
    return decision.entitled;
}

void cq_letter_decide(struct cq_letter *letter)
{
    const struct cq_answer *answer = &letter->question->answers[0];
    int32_t day = letter->question->request->day;
    letter->bearing = answer->facts ? bearing(letter->law, day, answer->facts) : 0;
    letter->emergency = answer->facts && !answer->decision.entitled &&
                        in_emergency(letter, answer->facts);
    letter->gaps = answer->decision.gaps;
    if (answer->facts)
        letter->gaps |= cq_answers_told_gaps(letter->law, day, letter->question->answers,
                                             letter->question->count);
}

/* Roles, bodies, posts and homes are what they are; an emergency has a sentence of its own. */
uint64_t cq_letter_beyond(void)
{
    static const enum cq_fact facts[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY, CQ_FACT_PRESIDENTIAL,
                                         CQ_FACT_HOME, CQ_FACT_URGENCY};
    uint64_t values = 0;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        values |= cq_fact_field(facts[i]);
    return values;
}

static enum cq_code read_needs(struct cq_letter *letter, struct cq_people *people,
                               struct cq_whynot *whynot, struct cq_err *err)
{
    const struct cq_question *q = letter->question;
    const struct cq_answer *answer = &q->answers[0];
    const struct cq_need *needs;
    uint64_t no_stay = 0;
    size_t count = 0;
    enum cq_code code = cq_people_no_stay(people, q->person, q->request, answer, &no_stay, err);
    if (!code)
        code = cq_whynot_find(whynot, q->request->day, answer->facts,
                              cq_whynot_fixed(answer->facts, false) | cq_letter_beyond() | no_stay,
                              &needs, &count, err);
    for (size_t i = 0; !code && i < count && letter->need_count < CQ_LETTER_NEEDS; i++)
        letter->needs[letter->need_count++] = needs[i];
    return code;
}

static enum cq_code read_far(struct cq_letter *letter, struct cq_people *people, struct cq_err *err)
{
    const struct cq_question *q = letter->question;
    const char *codes[3];
    bool any;
    enum cq_code code =
        cq_people_far(people, q->person, q->request, &q->answers[0], codes, &any, err);
    for (int city = 0; city < 3 && !code; city++)
        letter->far[city] = codes[city];
    return code;
}

enum cq_code cq_letter_read(struct cq_letter *letter, struct cq_people *people,
                            struct cq_whynot *whynot, struct cq_err *err)
{
    const struct cq_question *q = letter->question;
    const struct cq_answer *answer = &q->answers[0];
    enum cq_code code = CQ_OK;
    letter->need_count = letter->reading_count = 0;
    for (int city = 0; city < 3; city++)
        letter->far[city] = false;
    cq_letter_decide(letter);
    code = cq_people_person_names(people, q->person, answer->version, &letter->person, err);
    if (!code)
        code = cq_people_facility_names(people, answer->facility, &letter->facility, err);
    if (code || !answer->facts)
        return code;
    code = cq_people_explain(people, q->person, q->request, q->given, answer, letter->sources, err);
    if (!code)
        code = cq_people_readings(people, q->person, q->request, answer, letter->readings,
                                  &letter->reading_count, err);
    if (!code)
        code = read_far(letter, people, err);
    return code || answer->decision.entitled ? code : read_needs(letter, people, whynot, err);
}

void cq_letter_fini(struct cq_letter *letter)
{
    cq_str_free(&letter->person.full);
    for (int i = 0; i < CQ_LANGUAGES; i++)
        cq_str_free(&letter->facility.name[i]);
}
