/* The proof that on every day every combination of facts has exactly one rule. It counts: two
 * masks overlap iff no field of their intersection is empty, and disjoint masks are complete iff
 * their combinations add up to all there are. */
#include "engine/law_prove.h"

#include <stdio.h>

#include "cq/date.h"
#include "engine/law_masks.h"

struct proof {
    const struct cq_law *law;
    size_t limit, reported;
    cq_law_finding_fn *report;
    void *context;
    struct cq_err *err;
    enum cq_code code;
    uint64_t fields[CQ_FACTS];
};

/* How many combinations a box of facts holds. */
static uint64_t combinations(const struct proof *p, uint64_t box)
{
    uint64_t product = 1;

    for (int fact = 0; fact < CQ_FACTS; fact++) {
        uint64_t bits = box & p->fields[fact];
        uint64_t count = 0;

        for (; bits != 0; bits &= bits - 1)
            count++;
        product *= count;
    }
    return product;
}

/* Writes the facts of a box that are restricted: "category=family, minor=yes|no". */
static void describe(const struct proof *p, uint64_t box, char *text, size_t size)
{
    size_t at = 0;

    text[0] = '\0';
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        const char *lead = at == 0 ? "" : ", ";
        int count = cq_fact_count((enum cq_fact)fact);

        if ((box & p->fields[fact]) == p->fields[fact])
            continue;
        for (int value = 0, shown = 0; value < count && at < size; value++) {
            if ((box & cq_fact_bit((enum cq_fact)fact, value)) == 0)
                continue;
            int wrote = shown++ == 0 ? snprintf(text + at, size - at, "%s%s=%s", lead,
                                                cq_fact_name((enum cq_fact)fact),
                                                cq_fact_value_name((enum cq_fact)fact, value))
                                     : snprintf(text + at, size - at, "|%s",
                                                cq_fact_value_name((enum cq_fact)fact, value));
            at += wrote < 0 ? 0 : (size_t)wrote;
        }
    }
}

static void report_finding(struct proof *p, const struct cq_law_finding *finding)
{
    char day[16] = "", box[200];

    if (!p->code) {
        p->code = finding->kind == CQ_FINDING_HOLE ? CQ_L_HOLE : CQ_L_OVERLAP;
        day[cq_date_write(day, finding->since)] = '\0';
        describe(p, finding->facts, box, sizeof box);
        if (finding->kind == CQ_FINDING_HOLE)
            cq_err_record(p->err, CQ_L_HOLE, "%s %s", day, box);
        else
            cq_err_record(p->err, CQ_L_OVERLAP, "%s %s + %s", day, finding->rule->id,
                          finding->other->id);
    }
    if (p->report && p->reported < p->limit)
        p->report(finding, p->context);
    p->reported++;
}

/* Whether the proof can stop: the code is known and no more findings can be reported. */
static bool is_done(const struct proof *p)
{
    return p->code && (!p->report || p->reported >= p->limit);
}

static bool find_overlaps(struct proof *p, const struct cq_interval *interval)
{
    const struct cq_ruling *rulings = interval->rulings;
    bool any = false;

    for (size_t i = 0; i < interval->count; i++)
        for (size_t j = i + 1; j < interval->count; j++) {
            uint64_t both = interval->masks[i].facts & interval->masks[j].facts;

            if (cq_facts_empty(both) != 0)
                continue;
            any = true;
            report_finding(
                p, &(struct cq_law_finding){.kind = CQ_FINDING_OVERLAP,
                                            .since = interval->since,
                                            .until = interval->until,
                                            .rule = rulings[interval->masks[i].ruling].rule,
                                            .other = rulings[interval->masks[j].ruling].rule,
                                            .facts = both});
            if (is_done(p))
                return true;
        }
    return any;
}

/* Subtracts the masks from the first-th on from a box and reports the rest. The rest after one mask
 * is split into disjoint boxes, one per field; each lacks a value that the box had, so the depth is
 * bounded by the number of values. */
static void find_holes(struct proof *p, const struct cq_interval *interval, size_t first,
                       uint64_t box)
{
    for (size_t i = first; i < interval->count; i++) {
        uint64_t mask = interval->masks[i].facts;

        if (cq_facts_empty(box & mask) != 0)
            continue;
        for (int fact = 0; fact < CQ_FACTS && !is_done(p); fact++) {
            uint64_t outside = box & p->fields[fact] & ~mask;

            if (outside != 0)
                find_holes(p, interval, i + 1, (box & ~p->fields[fact]) | outside);
            box &= ~p->fields[fact] | mask;
        }
        return;
    }
    report_finding(p, &(struct cq_law_finding){.kind = CQ_FINDING_HOLE,
                                               .since = interval->since,
                                               .until = interval->until,
                                               .facts = box});
}

/* Whether two intervals have the same masks in the same order: one proof serves both. */
static bool same_masks(const struct cq_interval *a, const struct cq_interval *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; i < a->count && same; i++)
        same = a->masks[i].facts == b->masks[i].facts;
    return same;
}

/* Proves one interval. Returns whether it has no finding. */
static bool prove_interval(struct proof *p, const struct cq_interval *interval)
{
    bool sound = !find_overlaps(p, interval);
    uint64_t sum = 0;

    for (size_t i = 0; i < interval->count; i++)
        sum += combinations(p, interval->masks[i].facts);
    sound = sound && sum == combinations(p, cq_facts_all);
    if (!sound && !is_done(p))
        find_holes(p, interval, 0, cq_facts_all);
    return sound;
}

enum cq_code cq_law_prove(const struct cq_law *law, size_t limit, cq_law_finding_fn *report,
                          void *context, struct cq_err *err)
{
    struct proof p = {.law = law, .limit = limit, .report = report, .context = context, .err = err};
    bool sound = false;

    for (int fact = 0; fact < CQ_FACTS; fact++)
        p.fields[fact] = cq_fact_field((enum cq_fact)fact);
    for (size_t i = 0; i < law->interval_count && !is_done(&p); i++)
        if (!sound || !same_masks(&law->intervals[i - 1], &law->intervals[i]))
            sound = prove_interval(&p, &law->intervals[i]);
    return p.code;
}
