/* Collects what a rule answers from the intervals of days: equal answers that follow each other
 * are one reading. A row of a clause that is about nobody whom the rule accepts is none. */
#include "reports/law_readings.h"

#include <stdbool.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "engine/law_masks.h"

static struct cq_law_reading read_ruling(const struct cq_interval *interval, size_t index)
{
    const struct cq_ruling *ruling = &interval->rulings[index];
    struct cq_law_reading reading = {.since = interval->since,
                                     .until = interval->until,
                                     .basis = ruling->basis,
                                     .gaps = ruling->gaps,
                                     .certainty = ruling->certainty};
    uint64_t facts = 0;

    for (size_t i = 0; i < interval->count; i++)
        if (interval->masks[i].ruling == (int)index)
            facts |= interval->masks[i].facts;
    if (!strchr(ruling->rule->basis, '@') && facts != 0)
        facts = cq_facts_all;
    reading.category = facts & cq_fact_field(CQ_FACT_CATEGORY);
    reading.body = facts & cq_fact_field(CQ_FACT_BODY);
    return reading;
}

static bool continues(const struct cq_law_reading *a, const struct cq_law_reading *b)
{
    return a->until == b->since && a->basis == b->basis && a->gaps == b->gaps &&
           a->category == b->category && a->body == b->body;
}

static size_t add(struct cq_law_reading *readings, size_t count, const struct cq_law_reading *next,
                  bool on_day)
{
    for (size_t i = 0; i < count; i++) {
        if (!continues(&readings[i], next))
            continue;
        readings[i].until = next->until;
        if (on_day || next->certainty > readings[i].certainty)
            readings[i].certainty = next->certainty;
        return count;
    }
    if (count < CQ_LAW_READINGS_MAX)
        readings[count++] = *next;
    return count;
}

size_t cq_law_readings(const struct cq_law *law, const struct cq_rule *rule, int32_t day,
                       struct cq_law_reading *readings)
{
    size_t count = 0;

    for (int32_t at = rule->since; at < rule->until;) {
        const struct cq_interval *interval = cq_law_interval(law, at);

        for (size_t i = 0; i < interval->ruling_count; i++) {
            if (interval->rulings[i].rule != rule)
                continue;
            struct cq_law_reading next = read_ruling(interval, i);

            if (next.category != 0)
                count = add(readings, count, &next, day != CQ_DAY_MIN && next.since <= day);
        }
        at = interval->until;
    }
    return count;
}
