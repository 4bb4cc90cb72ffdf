/* Why not, exactly. A word is entitled to something when it lies inside the region of one verdict
 * that entitles; unknown facts may make it lie across several masks of that region. Every box
 * inside a region lies inside one of its largest boxes, so a refused word is turned by changing
 * exactly the facts in which it lies outside such a box, and by no fewer: the smallest sets are
 * the smallest among those. The largest boxes are found by joining boxes pairwise in one fact
 * until nothing new comes of it. */
#include "cq/whynot.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/decide.h"
#include "engine/law_masks.h"

struct boxes {
    uint64_t *list;
    size_t count, room;
};

struct cq_whynot {
    const struct cq_law *law;
    struct boxes *largest; /* for each interval, all verdicts together; list NULL: not yet found */
    struct boxes found;    /* sets of one question, as tops */
    struct cq_need *needs;
    size_t need_count, need_room;
};

enum cq_code cq_whynot_new(struct cq_whynot **result, const struct cq_law *law, struct cq_err *err)
{
    struct cq_whynot *whynot = calloc(1, sizeof *whynot);
    *result = NULL;
    if (!whynot || !(whynot->largest = calloc(law->interval_count, sizeof *whynot->largest))) {
        free(whynot);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    whynot->law = law;
    *result = whynot;
    return CQ_OK;
}

void cq_whynot_free(struct cq_whynot *whynot)
{
    if (!whynot)
        return;
    for (size_t i = 0; i < whynot->law->interval_count; i++)
        free(whynot->largest[i].list);
    free(whynot->largest);
    free(whynot->found.list);
    free(whynot->needs);
    free(whynot);
}

uint64_t cq_whynot_fixed(uint64_t word, bool all)
{
    uint64_t fixed = cq_fact_field(CQ_FACT_SERVICE) | cq_fact_field(CQ_FACT_MINOR);
    if (all)
        return 0;
    if (cq_facts_get(word, CQ_FACT_CATEGORY) == CQ_CATEGORY_NONE)
        fixed |= cq_fact_field(CQ_FACT_CATEGORY);
    return fixed;
}

static bool push(struct boxes *boxes, uint64_t box)
{
    uint64_t *list = cq_grow(boxes->list, boxes->count + 1, &boxes->room, sizeof *list);
    if (!list)
        return false;
    boxes->list = list;
    boxes->list[boxes->count++] = box;
    return true;
}

/* Adds a box to those from start on unless one of them contains it; those that it contains become
 * empty. *added becomes whether it was added. Returns false without memory. */
static bool insert_largest(struct boxes *boxes, size_t start, uint64_t box)
{
    for (size_t i = start; i < boxes->count; i++)
        if ((box & ~boxes->list[i]) == 0)
            return true;
    for (size_t i = start; i < boxes->count; i++)
        if ((boxes->list[i] & ~box) == 0)
            boxes->list[i] = 0;
    return push(boxes, box);
}

/* Joins two boxes that overlap, or are disjoint in one fact only: the result has the values of
 * either in one fact and the common values in the others. Returns false without memory. */
static bool join(struct boxes *boxes, size_t start, uint64_t a, uint64_t b)
{
    uint64_t both = a & b, empty = cq_facts_empty(both);
    if ((empty & (empty - 1)) != 0)
        return true;
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        uint64_t field = cq_fact_field((enum cq_fact)fact);
        uint64_t box = (both & ~field) | ((a | b) & field);
        if ((empty == 0 || cq_fact_top((enum cq_fact)fact) == empty) && (box & ~a) != 0 &&
            (box & ~b) != 0 && !insert_largest(boxes, start, box))
            return false;
    }
    return true;
}

/* Grows the boxes from start on into the largest ones of their union. Each pair is joined once: new
 * boxes are at the end, those that others contain are empty until all is done. */
static bool enlarge(struct boxes *boxes, size_t start)
{
    size_t kept = start;
    for (size_t i = start; i < boxes->count; i++)
        for (size_t j = start; j < i && boxes->list[i] != 0; j++)
            if (boxes->list[j] != 0 && !join(boxes, start, boxes->list[i], boxes->list[j]))
                return false;
    for (size_t i = start; i < boxes->count; i++)
        if (boxes->list[i] != 0)
            boxes->list[kept++] = boxes->list[i];
    boxes->count = kept;
    return true;
}

/* The largest boxes of every verdict that entitles. */
static bool find_largest(const struct cq_interval *interval, struct boxes *boxes)
{
    for (size_t i = 0; i < interval->count; i++) {
        int verdict = interval->rulings[interval->masks[i].ruling].verdict;
        bool earlier = false;
        for (size_t j = 0; j < i && !earlier; j++)
            earlier = interval->rulings[interval->masks[j].ruling].verdict == verdict;
        if (earlier || !interval->rulings[interval->masks[i].ruling].rule->entitled)
            continue;
        size_t start = boxes->count;
        for (size_t j = i; j < interval->count; j++)
            if (interval->rulings[interval->masks[j].ruling].verdict == verdict &&
                !insert_largest(boxes, start, interval->masks[j].facts))
                return false;
        if (!enlarge(boxes, start))
            return false;
    }
    return boxes->list || push(boxes, 0); /* so that an empty list counts as found */
}

/* The facts in which a word lies outside a box, as their tops. */
static uint64_t fields_outside(uint64_t word, uint64_t box)
{
    return cq_facts_filled(word & ~box);
}

static bool add_need(struct cq_whynot *whynot, uint32_t facts, uint64_t values)
{
    struct cq_need *needs =
        cq_grow(whynot->needs, whynot->need_count + 1, &whynot->need_room, sizeof *needs);
    if (!needs)
        return false;
    whynot->needs = needs;
    whynot->needs[whynot->need_count++] = (struct cq_need){facts, values};
    return true;
}

/* Adds every choice of one value for each of the facts from a box. */
static bool add_choices(struct cq_whynot *whynot, uint32_t facts, uint32_t left, uint64_t box,
                        uint64_t values)
{
    if (left == 0)
        return add_need(whynot, facts, values);
    int fact = __builtin_ctz(left);
    for (int value = 0; value < cq_fact_count((enum cq_fact)fact); value++) {
        uint64_t bit = cq_fact_bit((enum cq_fact)fact, value);
        if ((box & bit) != 0 && !add_choices(whynot, facts, left & (left - 1), box, values | bit))
            return false;
    }
    return true;
}

static int by_need(const void *a, const void *b)
{
    const struct cq_need *x = a, *y = b;
    int more = __builtin_popcount(x->facts) - __builtin_popcount(y->facts);
    if (more != 0)
        return more;
    if (x->facts != y->facts) /* the one whose first differing fact comes first */
        return (x->facts & (x->facts ^ y->facts) & -(x->facts ^ y->facts)) != 0 ? -1 : 1;
    return (x->values > y->values) - (x->values < y->values);
}

/* Adds a set of facts unless it has one of the others as a subset; supersets of it are removed. */
static bool insert_smallest(struct boxes *sets, uint64_t tops)
{
    size_t kept = 0;
    for (size_t i = 0; i < sets->count; i++)
        if ((sets->list[i] & ~tops) == 0)
            return true;
    for (size_t i = 0; i < sets->count; i++)
        if ((tops & ~sets->list[i]) != 0)
            sets->list[kept++] = sets->list[i];
    sets->count = kept;
    return push(sets, tops);
}

static enum cq_code collect(struct cq_whynot *whynot, const struct boxes *largest, uint64_t word,
                            uint64_t without)
{
    struct boxes *sets = &whynot->found;
    sets->count = 0;
    whynot->need_count = 0;
    for (size_t i = 0; i < largest->count; i++) {
        uint64_t tops = fields_outside(word, largest->list[i]);
        uint64_t choices = cq_facts_filled(largest->list[i] & ~without);
        if ((tops & ~choices) == 0 && largest->list[i] != 0 && !insert_smallest(sets, tops))
            return CQ_B_NOMEM;
    }
    for (size_t k = 0; k < sets->count; k++) {
        uint32_t facts = cq_facts_numbers(sets->list[k]);
        for (size_t i = 0; i < largest->count; i++)
            if (fields_outside(word, largest->list[i]) == sets->list[k] &&
                !add_choices(whynot, facts, facts, largest->list[i] & ~without, 0))
                return CQ_B_NOMEM;
    }
    return CQ_OK;
}

enum cq_code cq_whynot_find(struct cq_whynot *whynot, int32_t day, uint64_t word, uint64_t without,
                            const struct cq_need **needs, size_t *count, struct cq_err *err)
{
    const struct cq_interval *interval = cq_law_interval(whynot->law, day);
    struct boxes *largest = &whynot->largest[interval - whynot->law->intervals];
    struct cq_decision now;
    *needs = NULL;
    *count = 0;
    cq_decide(whynot->law, day, word, &now);
    if (now.entitled)
        return CQ_OK;
    if ((!largest->list && !find_largest(interval, largest)) ||
        collect(whynot, largest, word, without))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    if (whynot->need_count > 1)
        qsort(whynot->needs, whynot->need_count, sizeof *whynot->needs, by_need);
    for (size_t i = 0; i < whynot->need_count; i++) /* boxes can have the same choice */
        if (*count == 0 || by_need(&whynot->needs[*count - 1], &whynot->needs[i]) != 0)
            whynot->needs[(*count)++] = whynot->needs[i];
    *needs = whynot->needs;
    return CQ_OK;
}

enum cq_code cq_needs_write(const struct cq_need *needs, size_t count, struct cq_str *out)
{
    for (size_t i = 0; i < count; i++) {
        const char *before = i ? ";" : "";
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((needs[i].facts >> f & 1) == 0)
                continue;
            cq_str_printf(out, "%s%s=%s", before, cq_fact_name(fact),
                          cq_fact_value_name(fact, cq_facts_get(needs[i].values, fact)));
            before = "+";
        }
    }
    return out->failed;
}
