/* Look-ups in the law. The tables are short, so they are scanned. */
#include "engine/law_masks.h"

#include <assert.h>
#include <string.h>

#include "cq/list.h"

const char *const cq_certainty_names[] = {"", "text", "read", "superseded", "inferred", NULL};

static bool matches(const char *id, const char *text, size_t len)
{
    return strncmp(id, text, len) == 0 && id[len] == '\0';
}

const struct cq_interval *cq_law_interval(const struct cq_law *law, int32_t day)
{
    size_t i = law->interval_count - 1;

    while (i > 0 && day < law->intervals[i].since)
        i--;
    return &law->intervals[i];
}

bool cq_law_excludes(const struct cq_law *law, int32_t day, uint64_t word, enum cq_fact fact,
                     int value)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    uint64_t taken = 0;

    for (size_t i = 0; i < interval->count; i++)
        if (cq_facts_empty(interval->masks[i].facts & word) == 0)
            taken |= interval->masks[i].facts;
    return (taken & cq_fact_bit(fact, value)) == 0;
}

const struct cq_agency *cq_law_agency(const struct cq_law *law, const char *id, size_t len)
{
    for (size_t i = 0; i < law->agency_count; i++)
        if (matches(law->agencies[i].id, id, len))
            return &law->agencies[i];
    return NULL;
}

const struct cq_agency *cq_law_agency_number(const struct cq_law *law, int number)
{
    for (size_t i = 0; i < law->agency_count; i++)
        if (law->agencies[i].number == number)
            return &law->agencies[i];
    return NULL;
}

const struct cq_region *cq_law_region(const struct cq_law *law, int number)
{
    for (size_t i = 0; i < law->region_count; i++)
        if (law->regions[i].number == number)
            return &law->regions[i];
    return NULL;
}

const struct cq_paragraph *cq_law_paragraph(const struct cq_law *law, const char *id, size_t len,
                                            int32_t day)
{
    for (size_t i = 0; i < law->paragraph_count; i++) {
        const struct cq_paragraph *p = &law->paragraphs[i];

        if (p->since <= day && day < p->until && matches(p->id, id, len))
            return p;
    }
    return NULL;
}

const struct cq_paragraph *cq_law_implements(const struct cq_law *law, const char *what,
                                             int32_t day, const struct cq_paragraph *after)
{
    const struct cq_paragraph *p = after ? after + 1 : law->paragraphs;

    for (; p < law->paragraphs + law->paragraph_count; p++)
        if (p->since <= day && day < p->until &&
            cq_text_has(cq_text_of(p->implemented_by), ';', what))
            return p;
    return NULL;
}

const char *cq_law_bearer(const struct cq_law *law, const char *payer, const char *basis,
                          int32_t day)
{
    for (size_t i = 0; i < law->bearer_count; i++) {
        const struct cq_bearer *b = &law->bearers[i];

        if (b->since <= day && day < b->until && cq_text_has(cq_text_of(b->payers), '|', payer) &&
            (strcmp(b->cites, "*") == 0 || cq_text_has(cq_text_of(basis), ';', b->cites)))
            return b->bearer;
    }
    return NULL;
}

const char *cq_law_owner(const struct cq_law *law, const char *provider)
{
    for (size_t i = 0; i < law->provider_count; i++)
        if (strcmp(law->providers[i].id, provider) == 0)
            return law->providers[i].owner;
    return NULL;
}

int64_t cq_law_parameter(const struct cq_law *law, const char *id, int32_t day)
{
    const struct cq_parameter *p = law->parameters;
    const struct cq_parameter *end = p + law->parameter_count;

    while (p < end && (day < p->since || day >= p->until || strcmp(p->id, id) != 0))
        p++;
    assert(p < end);
    return p->value;
}

int cq_law_presumed_insured(const struct cq_law *law, uint64_t facts)
{
    uint64_t asked = facts & (cq_fact_field(CQ_FACT_CATEGORY) | cq_fact_field(CQ_FACT_MINOR));

    for (size_t i = 0; i < law->presumption_count; i++)
        if ((asked & ~law->presumptions[i].facts) == 0)
            return law->presumptions[i].insured;
    return CQ_UNKNOWN;
}
