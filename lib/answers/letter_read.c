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

/* Roles, bodies, posts and homes are what they are; an emergency has a sentence of its own. Of a fact
 * of which several values are possible, the others are not. */
static uint64_t cannot_be(uint64_t word)
{
    static const enum cq_fact facts[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY, CQ_FACT_PRESIDENTIAL,
                                         CQ_FACT_HOME, CQ_FACT_URGENCY};
    uint64_t values = 0;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        values |= cq_fact_field(facts[i]);
    for (int f = 0; f < CQ_FACTS; f++) {
        uint64_t field = cq_fact_field((enum cq_fact)f);
        if ((word & field) != field && cq_facts_get(word, (enum cq_fact)f) == CQ_UNKNOWN)
            values |= field & ~word;
    }
    return values;
}

/* The facts to which every set gives the same value. */
static uint32_t common_facts(const struct cq_need *needs, size_t count)
{
    uint32_t common = count ? needs[0].facts : 0;
    for (size_t i = 1; i < count; i++)
        for (int f = 0; f < CQ_FACTS; f++) {
            uint64_t field = cq_fact_field((enum cq_fact)f);
            if ((needs[i].values & field) != (needs[0].values & field))
                common &= ~(1u << f);
        }
    return common;
}

enum cq_code cq_letter_find_needs(struct cq_letter *letter, struct cq_whynot *whynot,
                                  uint64_t no_stay, struct cq_err *err)
{
    const uint64_t word = letter->question->answers[0].facts;
    const int32_t day = letter->question->request->day;
    const uint64_t without = cq_whynot_fixed(word, false) | cannot_be(word) | no_stay;
    /* Which package a service is in and where organisations stand is nobody's choice: that is named
     * where nothing else helps, an organisation at one of the places before one at both. Where they
     * stand may only be unknown, and be found out: that comes before another package. */
    const uint64_t package = cq_fact_field(CQ_FACT_PACKAGE), place = cq_fact_field(CQ_FACT_PLACE);
    const uint64_t both = cq_fact_bit(CQ_FACT_PLACE, CQ_PLACE_AVAILABLE);
    const bool unknown = cq_facts_get(word, CQ_FACT_PLACE) == CQ_UNKNOWN;
    const uint64_t not_chosen[] = {package | place, unknown ? package | both : place, place, both,
                                   0};
    const struct cq_need *needs;
    size_t count = 0;
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < sizeof not_chosen / sizeof *not_chosen && count == 0 && !code; i++)
        code = cq_whynot_find(whynot, day, word, without | not_chosen[i], &needs, &count, err);
    letter->need_count = 0;
    letter->common = code ? 0 : common_facts(needs, count);
    for (size_t i = 0; !code && i < count && letter->need_count < CQ_LETTER_NEEDS; i++)
        letter->needs[letter->need_count++] = needs[i];
    return code;
}

static enum cq_code read_needs(struct cq_letter *letter, struct cq_people *people,
                               struct cq_whynot *whynot, struct cq_err *err)
{
    const struct cq_question *q = letter->question;
    uint64_t no_stay = 0;
    enum cq_code code =
        cq_people_no_stay(people, q->person, q->request, &q->answers[0], &no_stay, err);
    return code ? code : cq_letter_find_needs(letter, whynot, no_stay, err);
}

static enum cq_code read_far(struct cq_letter *letter, struct cq_people *people, struct cq_err *err)
{
    const struct cq_question *q = letter->question;
    const char *codes[3];
    bool any,
        is_near = cq_facts_get(q->answers[0].facts, CQ_FACT_DESTINATION) == CQ_DESTINATION_LOCAL;
    enum cq_code code =
        cq_people_far(people, q->person, q->request, &q->answers[0], codes, &any, err);
    for (int city = 0; city < 3 && !code; city++)
        letter->far[city] = codes[city] && is_near;
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
