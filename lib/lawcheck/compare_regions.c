/* Finds where two laws answer differently. On each day the masks of a law are disjoint and complete
 * (the proof), so the intersections of the masks of both are all cases, each with one ruling under
 * each law. Where documents or late rows depend on facts that a ruling leaves open, an intersection
 * is split by them. */
#include "lawcheck/compare_regions.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law_late.h"
#include "engine/law_masks.h"
#include "engine/next_change.h"

/* Late rows of both laws, as bits: rows that do the same are one. */
struct late_rows {
    uint64_t bits[2];
};

/* What a ruling of the day answers. */
struct ruled {
    int cells[CQ_COMPARED_DECISION]; /* numbers of texts */
    int decision;                    /* of all of these */
    struct late_rows late;
};

/* A law on a day. */
struct side {
    const struct cq_law *law;
    const struct cq_interval *interval;
    struct ruled rulings[CQ_RULINGS_MAX];
    int late[64]; /* the bit of each late row in struct late_rows; -1 on other days */
    int gaps[64]; /* the index of each gap under the other law; -1 where it has none */
};

/* What is added to the decision of a ruling. */
struct added {
    const char *certainty, *documents;
    uint64_t gaps; /* that the ruling does not have */
};

struct finder {
    struct cq_answer_regions *regions;
    struct side sides[2];
    struct cq_numbering late, decisions;
    int32_t day;
    bool same_documents;
    uint64_t *conditions; /* boxes that the answers of a pair of rulings depend on */
    struct cq_str text;   /* scratch */
};

/* What a late row does. Shape: no padding. */
struct late_row {
    uint64_t facts;
    int32_t gap, certainty;
};

static int text_number(struct finder *f, const char *text)
{
    return cq_numbering_add(&f->regions->texts, text, strlen(text) + 1);
}

static int gaps_number(struct finder *f, const struct cq_law *law, uint64_t gaps)
{
    if (gaps == 0)
        return text_number(f, "");
    cq_str_clear(&f->text);
    if (cq_decision_gaps(law, gaps, &f->text))
        f->regions->texts.bytes.failed = CQ_B_NOMEM;
    return f->text.ptr ? text_number(f, f->text.ptr) : 0;
}

static bool holds(int32_t since, int32_t until, int32_t day)
{
    return since <= day && day < until;
}

/* Finds the late rows of the day. */
static void start_late(struct finder *f, struct side *s)
{
    for (size_t i = 0; i < s->law->late_count; i++) {
        const struct cq_late *late = &s->law->late[i];
        struct late_row row = {late->facts, gaps_number(f, s->law, late->gap),
                               (int32_t)late->certainty};

        s->late[i] = holds(late->since, late->until, f->day)
                         ? cq_numbering_add(&f->late, &row, sizeof row)
                         : -1;
    }
}

/* Finds the gaps of a side under the other law. */
static void match_gaps(struct side *s, const struct cq_law *other)
{
    for (size_t i = 0; i < s->law->gap_count; i++) {
        s->gaps[i] = -1;
        for (size_t k = 0; k < other->gap_count; k++)
            if (strcmp(s->law->gaps[i].id, other->gaps[k].id) == 0)
                s->gaps[i] = (int)k;
    }
}

static void start_ruling(struct finder *f, struct side *s, size_t index)
{
    const struct cq_ruling *ruling = &s->interval->rulings[index];
    const struct cq_rule *rule = ruling->rule;
    const char *const texts[] = {rule->outcome,  rule->provider, rule->payer,
                                 rule->referral, rule->reasons,  ruling->basis};
    struct ruled *ruled = &s->rulings[index];

    for (int i = 0; i < CQ_COMPARED_GAPS; i++)
        ruled->cells[i] = text_number(f, texts[i]);
    ruled->cells[CQ_COMPARED_GAPS] = gaps_number(f, s->law, ruling->gaps);
    ruled->decision = cq_numbering_add(&f->decisions, ruled->cells, sizeof ruled->cells);
    ruled->late = (struct late_rows){{0, 0}};
    for (uint64_t left = ruling->late; left != 0; left &= left - 1) {
        int bit = s->late[__builtin_ctzll(left)];

        if (bit >= 0)
            ruled->late.bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

static void start_side(struct finder *f, struct side *s)
{
    s->interval = cq_law_interval(s->law, f->day);
    start_late(f, s);
    for (size_t i = 0; i < s->interval->ruling_count; i++)
        start_ruling(f, s, i);
}

/* The next row of the day's documents from the index on; NULL at the end. */
static const struct cq_documents *next_documents(const struct cq_law *law, int32_t day, size_t *at)
{
    while (*at < law->documents_count) {
        const struct cq_documents *row = &law->documents[(*at)++];

        if (holds(row->since, row->until, day))
            return row;
    }
    return NULL;
}

/* Whether both laws have the same rows for the day's documents. */
static bool same_documents(struct finder *f)
{
    const struct cq_law *laws[2] = {f->sides[0].law, f->sides[1].law};
    size_t at[2] = {0, 0};

    for (;;) {
        const struct cq_documents *a = next_documents(laws[0], f->day, &at[0]);
        const struct cq_documents *b = next_documents(laws[1], f->day, &at[1]);

        if (!a || !b)
            return !a && !b;
        if (a->facts != b->facts || strcmp(a->documents, b->documents) != 0 ||
            gaps_number(f, laws[0], a->gaps) != gaps_number(f, laws[1], b->gaps))
            return false;
    }
}

/* Documents of an entitled answer; their gaps are late ones. Shape: the box is within each row of
 * documents or disjoint from it. */
static const char *find_documents(const struct finder *f, const struct cq_law *law, uint64_t box,
                                  uint64_t *gaps)
{
    size_t at = 0;

    for (const struct cq_documents *row; (row = next_documents(law, f->day, &at));)
        if (cq_facts_empty(row->facts & box) == 0) {
            *gaps |= row->gaps;
            return row->documents;
        }
    return "";
}

/* What is added to a ruling. Shape: the box is within each condition or disjoint from it. */
static struct added find_added(const struct finder *f, const struct side *s, int index,
                               uint64_t box)
{
    const struct cq_ruling *ruling = &s->interval->rulings[index];
    enum cq_certainty certainty = ruling->certainty;
    struct added added = {.documents = ""};

    if (ruling->rule->entitled)
        added.documents = find_documents(f, s->law, box, &added.gaps);
    for (uint64_t left = ruling->late; left != 0; left &= left - 1) {
        const struct cq_late *late = &s->law->late[__builtin_ctzll(left)];

        if (!holds(late->since, late->until, f->day) || cq_facts_empty(late->facts & box) != 0)
            continue;
        added.gaps |= late->gap;
        if (certainty != CQ_CERTAINTY_NONE && late->certainty > certainty)
            certainty = late->certainty;
    }
    added.certainty = cq_certainty_names[certainty];
    added.gaps &= ~ruling->gaps;
    return added;
}

/* The gaps of a side that the other side does not have. */
static uint64_t gaps_alone(const struct side *s, uint64_t gaps, uint64_t others)
{
    uint64_t alone = gaps;

    for (uint64_t left = gaps; left != 0; left &= left - 1) {
        int other = s->gaps[__builtin_ctzll(left)];

        if (other >= 0 && (others >> other & 1) != 0)
            alone &= ~(left & -left);
    }
    return alone;
}

/* The number of an answer. */
static int answer_number(struct finder *f, const struct side *s, int index,
                         const struct added *added, uint64_t others)
{
    int cells[CQ_COMPARED];

    memcpy(cells, s->rulings[index].cells, sizeof s->rulings[index].cells);
    cells[CQ_COMPARED_CERTAINTY] = text_number(f, added->certainty);
    cells[CQ_COMPARED_DOCUMENTS] = text_number(f, added->documents);
    cells[CQ_COMPARED_LATE_GAPS] = gaps_number(f, s->law, gaps_alone(s, added->gaps, others));
    return cq_numbering_add(&f->regions->answers, cells, sizeof cells);
}

static void add_region(struct finder *f, struct cq_answer_region region)
{
    struct cq_answer_regions *r = f->regions;
    struct cq_answer_region *list = cq_grow(r->list, r->count + 1, &r->room, sizeof *list);

    if (!list) {
        r->texts.bytes.failed = CQ_B_NOMEM;
        return;
    }
    r->list = list;
    r->list[r->count++] = region;
}

/* Two rulings, one under each law, and the conditions that split their intersection. */
struct pair {
    int rulings[2];
    size_t conditions;
};

/* Splits a box by the conditions from the given one on, and adds what differs. */
static void split(struct finder *f, const struct pair *pair, size_t condition, uint64_t box)
{
    struct added a, b;
    int first, second;

    for (; condition < pair->conditions; condition++) {
        uint64_t facts = f->conditions[condition];

        if (cq_facts_empty(box & facts) != 0)
            continue;
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            uint64_t field = cq_fact_field((enum cq_fact)fact), outside = box & field & ~facts;

            if (outside == 0)
                continue;
            split(f, pair, condition + 1, (box & ~field) | outside);
            box &= ~field | facts;
        }
    }
    a = find_added(f, &f->sides[0], pair->rulings[0], box);
    b = find_added(f, &f->sides[1], pair->rulings[1], box);
    first = answer_number(f, &f->sides[0], pair->rulings[0], &a, b.gaps);
    second = answer_number(f, &f->sides[1], pair->rulings[1], &b, a.gaps);
    if (first != second)
        add_region(f, (struct cq_answer_region){box, (int)f->regions->day_count, first, second});
}

/* Collects the conditions of the answers of a ruling. */
static void add_conditions(struct finder *f, const struct side *s, int index, struct pair *pair)
{
    const struct cq_ruling *ruling = &s->interval->rulings[index];
    size_t at = 0;

    for (uint64_t left = ruling->late; left != 0; left &= left - 1)
        if (s->late[__builtin_ctzll(left)] >= 0)
            f->conditions[pair->conditions++] = s->law->late[__builtin_ctzll(left)].facts;
    if (ruling->rule->entitled)
        for (const struct cq_documents *row; (row = next_documents(s->law, f->day, &at));)
            f->conditions[pair->conditions++] = row->facts;
}

/* Whether two rulings give the same answer to any facts that both accept. */
static bool agree(const struct finder *f, const struct pair *pair)
{
    const struct side *s = f->sides;
    const struct ruled *a = &s[0].rulings[pair->rulings[0]], *b = &s[1].rulings[pair->rulings[1]];
    const struct cq_ruling *first = &s[0].interval->rulings[pair->rulings[0]];

    return a->decision == b->decision && a->late.bits[0] == b->late.bits[0] &&
           a->late.bits[1] == b->late.bits[1] &&
           first->certainty == s[1].interval->rulings[pair->rulings[1]].certainty &&
           (f->same_documents || !first->rule->entitled);
}

/* Adds the regions of the day. */
static void compare_day(struct finder *f)
{
    const struct side *s = f->sides;

    start_side(f, &f->sides[0]);
    start_side(f, &f->sides[1]);
    f->same_documents = same_documents(f);
    for (size_t i = 0; i < s[0].interval->count; i++)
        for (size_t j = 0; j < s[1].interval->count; j++) {
            const struct cq_mask *a = &s[0].interval->masks[i], *b = &s[1].interval->masks[j];
            struct pair pair = {{a->ruling, b->ruling}, 0};

            if (cq_facts_empty(a->facts & b->facts) != 0 || agree(f, &pair))
                continue;
            add_conditions(f, &s[0], a->ruling, &pair);
            add_conditions(f, &s[1], b->ruling, &pair);
            split(f, &pair, 0, a->facts & b->facts);
        }
}

/* Whether the regions from the index on are those of the days before. */
static bool same_as_before(const struct cq_answer_regions *r, size_t from)
{
    size_t count = r->count - from;

    if (count > from || (from > count && r->list[from - count - 1].days == (int)r->day_count - 1))
        return false;
    for (size_t i = from; i < r->count; i++) {
        const struct cq_answer_region *a = &r->list[i], *b = &r->list[i - count];

        if (b->days != a->days - 1 || a->facts != b->facts || a->first != b->first ||
            a->second != b->second)
            return false;
    }
    return true;
}

/* Adds the days since the given one; the last days are longer if nothing differs from them. */
static void add_days(struct cq_answer_regions *r, int32_t since, int32_t until, size_t from)
{
    struct cq_days *days;

    if (r->count == from)
        return;
    if (r->day_count > 0 && r->days[r->day_count - 1].until == since && same_as_before(r, from)) {
        r->days[r->day_count - 1].until = until;
        r->count = from;
        return;
    }
    days = cq_grow(r->days, r->day_count + 1, &r->day_room, sizeof *days);
    if (!days) {
        r->texts.bytes.failed = CQ_B_NOMEM;
        return;
    }
    r->days = days;
    r->days[r->day_count++] = (struct cq_days){since, until};
}

/* The days on which the answers under one of two laws may change, with the first day of all.
 * Errors: CQ_B_NOMEM. Owner: caller, free() in any case. */
static enum cq_code list_days(const struct cq_law *first, const struct cq_law *second,
                              int32_t **result, size_t *count, struct cq_err *err)
{
    int32_t *own = NULL, *other = NULL, *days = NULL;
    size_t own_count = 0, other_count = 0;
    enum cq_code code = cq_law_days(first, &own, &own_count, err);

    if (!code)
        code = cq_law_days(second, &other, &other_count, err);
    if (!code && !(days = malloc((own_count + other_count + 1) * sizeof *days)))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code) {
        days[0] = CQ_DAY_MIN;
        memcpy(days + 1, own, own_count * sizeof *days);
        memcpy(days + 1 + own_count, other, other_count * sizeof *days);
        *count = cq_days_sort(days, 1 + own_count + other_count);
    }
    *result = days;
    free(own);
    free(other);
    return code;
}

static bool failed(const struct finder *f)
{
    return f->regions->texts.bytes.failed || f->regions->answers.bytes.failed ||
           f->late.bytes.failed || f->decisions.bytes.failed;
}

enum cq_code cq_answer_regions_find(struct cq_answer_regions *regions, const struct cq_law *first,
                                    const struct cq_law *second, struct cq_err *err)
{
    struct finder *f = calloc(1, sizeof *f);
    size_t conditions = first->late_count + first->documents_count + second->late_count +
                        second->documents_count;
    int32_t *days = NULL;
    size_t count = 0;
    enum cq_code code = CQ_OK;

    if (!f || !(f->conditions = malloc((conditions + 1) * sizeof *f->conditions)))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = list_days(first, second, &days, &count, err);
    if (!code) {
        f->regions = regions;
        f->sides[0].law = first;
        f->sides[1].law = second;
        match_gaps(&f->sides[0], second);
        match_gaps(&f->sides[1], first);
    }
    for (size_t i = 0; i < count && !code; i++) {
        size_t from = regions->count;

        f->day = days[i];
        compare_day(f);
        add_days(regions, days[i], i + 1 < count ? days[i + 1] : CQ_DAY_MAX, from);
        if (failed(f))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    free(days);
    if (f) {
        cq_numbering_free(&f->late);
        cq_numbering_free(&f->decisions);
        cq_str_free(&f->text);
        free(f->conditions);
    }
    free(f);
    return code;
}

void cq_answer_regions_free(struct cq_answer_regions *r)
{
    free(r->list);
    free(r->days);
    cq_numbering_free(&r->answers);
    cq_numbering_free(&r->texts);
    *r = (struct cq_answer_regions){0};
}

unsigned cq_answer_region_changed(const struct cq_answer_regions *regions,
                                  const struct cq_answer_region *region)
{
    const int *first = cq_numbering_get(&regions->answers, region->first);
    const int *second = cq_numbering_get(&regions->answers, region->second);
    unsigned changed = 0;

    for (int i = 0; i < CQ_COMPARED; i++)
        changed |= (unsigned)(first[i] != second[i]) << i;
    return changed;
}

uint64_t cq_box_count(uint64_t facts)
{
    uint64_t product = 1;

    for (int fact = 0; fact < CQ_FACTS; fact++)
        product *= (uint64_t)__builtin_popcountll(facts & cq_fact_field((enum cq_fact)fact));
    return product;
}
