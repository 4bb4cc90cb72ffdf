/* Decision diagrams of facts and days. */
#include "lawcheck/compare_diagram.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { NOTHING = 0, LEAF = CQ_DIAGRAM_VARIABLES, CACHE = 1 << 14 };

/* A variable and the node of each of its values; of a leaf, the label comes first. */
struct node {
    int32_t variable, children[CQ_DIAGRAM_VALUES];
};

/* What is known of a node. */
struct summary {
    uint32_t support; /* the variables that matter, as bits */
    uint32_t boxes;   /* of a diagram read in the order of the variables */
};

/* Results of operations; a newer one takes the place of an older one. */
struct cached {
    int operation, a, b, result;
};
enum { NEITHER, UNION, RESTRICTION };

struct cq_diagram {
    struct cq_numbering nodes;
    struct summary *summaries;
    size_t summary_room;
    struct cached cache[CACHE];
    int root;
    int counts[CQ_DIAGRAM_VARIABLES]; /* of values */
    uint64_t lows[CQ_FACTS];          /* the bit of each fact's first value */
};

static const struct node *get(const struct cq_diagram *d, int number)
{
    return cq_numbering_get(&d->nodes, number);
}

static struct summary summarize(const struct cq_diagram *d, const struct node *node)
{
    struct summary s = {node->variable == LEAF ? 0 : 1u << node->variable, 0};

    if (node->variable == LEAF)
        return (struct summary){0, node->children[0] >= 0};
    for (int i = 0; i < d->counts[node->variable]; i++) {
        const struct summary *child = &d->summaries[node->children[i]];
        bool repeated = false;

        for (int k = 0; k < i && !repeated; k++)
            repeated = node->children[k] == node->children[i];
        s.support |= child->support;
        if (!repeated && s.boxes < UINT32_MAX / 2)
            s.boxes += child->boxes;
    }
    return s;
}

/* The number of a node: that of its children where they are all the same. */
static int add(struct cq_diagram *d, const struct node *node)
{
    size_t before = d->nodes.count;
    bool same = node->variable != LEAF;
    struct summary *grown;
    int number;

    for (int i = 1; same && i < d->counts[node->variable]; i++)
        same = node->children[i] == node->children[0];
    if (same)
        return node->children[0];
    number = cq_numbering_add(&d->nodes, node, sizeof *node);
    if (d->nodes.count == before)
        return number;
    grown = cq_grow(d->summaries, d->nodes.count, &d->summary_room, sizeof *grown);
    if (!grown) {
        d->nodes.bytes.failed = CQ_B_NOMEM;
        return NOTHING;
    }
    d->summaries = grown;
    d->summaries[number] = summarize(d, node);
    return number;
}

static int add_leaf(struct cq_diagram *d, int label)
{
    struct node leaf = {.variable = LEAF, .children = {label}};

    return add(d, &leaf);
}

/* Whether a value of a variable is in a box. */
static bool accepts(const struct cq_diagram *d, const struct cq_labelled *box, int variable,
                    int value)
{
    return variable == CQ_FACTS ? (box->days >> value & 1) != 0
                                : (box->facts & d->lows[variable] << value) != 0;
}

static int add_box(struct cq_diagram *d, const struct cq_labelled *box)
{
    int below = add_leaf(d, box->label);

    for (int variable = CQ_DIAGRAM_VARIABLES; variable-- > 0;) {
        struct node node = {.variable = variable};

        for (int value = 0; value < d->counts[variable]; value++)
            node.children[value] = accepts(d, box, variable, value) ? below : NOTHING;
        below = add(d, &node);
    }
    return below;
}

static struct cached *cached(struct cq_diagram *d, int operation, int a, int b)
{
    uint32_t hash = ((uint32_t)a * 0x9E3779B1u) ^ ((uint32_t)b * 0x85EBCA77u) ^
                    ((uint32_t)operation * 0xC2B2AE3Du);

    return &d->cache[(hash ^ hash >> 15) % CACHE];
}

static bool is(const struct cached *c, int operation, int a, int b)
{
    return c->operation == operation && c->a == a && c->b == b;
}

/* The union of two maps that have no case in common. */
static int unite(struct cq_diagram *d, int a, int b)
{
    struct cached *known = cached(d, UNION, a, b);
    struct node x, y, node = {0};
    int result;

    if (a == NOTHING || b == NOTHING)
        return a == NOTHING ? b : a;
    if (is(known, UNION, a, b))
        return known->result;
    x = *get(d, a);
    y = *get(d, b);
    if (d->nodes.bytes.failed || (x.variable == LEAF && y.variable == LEAF))
        return NOTHING;
    node.variable = x.variable < y.variable ? x.variable : y.variable;
    for (int i = 0; i < d->counts[node.variable]; i++)
        node.children[i] = unite(d, x.variable == node.variable ? x.children[i] : a,
                                 y.variable == node.variable ? y.children[i] : b);
    result = add(d, &node);
    *known = (struct cached){UNION, a, b, result};
    return result;
}

static int unite_all(struct cq_diagram *d, const struct cq_labelled *boxes, size_t count)
{
    if (count == 0)
        return NOTHING;
    if (count == 1)
        return add_box(d, boxes);
    return unite(d, unite_all(d, boxes, count / 2),
                 unite_all(d, boxes + count / 2, count - count / 2));
}

/* The part of a map in which a variable has a value. */
static int restrict_to(struct cq_diagram *d, int a, int variable, int value)
{
    const int b = variable * CQ_DIAGRAM_VALUES + value;
    struct cached *known = cached(d, RESTRICTION, a, b);
    struct node node = *get(d, a);
    int result;

    if (node.variable == variable)
        return node.children[value];
    if ((d->summaries[a].support >> variable & 1) == 0 || d->nodes.bytes.failed)
        return a;
    if (is(known, RESTRICTION, a, b))
        return known->result;
    for (int i = 0; i < d->counts[node.variable]; i++)
        node.children[i] = restrict_to(d, node.children[i], variable, value);
    result = add(d, &node);
    *known = (struct cached){RESTRICTION, a, b, result};
    return result;
}

enum cq_code cq_diagram_new(struct cq_diagram **result, const struct cq_labelled *boxes,
                            size_t count, struct cq_err *err)
{
    struct cq_diagram *d = calloc(1, sizeof *d);

    *result = d;
    if (!d)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        d->counts[fact] = cq_fact_count((enum cq_fact)fact);
        d->lows[fact] = cq_fact_bit((enum cq_fact)fact, 0);
    }
    d->counts[CQ_FACTS] = CQ_DIAGRAM_DAYS;
    add_leaf(d, -1); /* NOTHING */
    d->root = unite_all(d, boxes, count);
    return d->nodes.bytes.failed ? cq_err_set(err, CQ_B_NOMEM, NULL) : CQ_OK;
}

void cq_diagram_free(struct cq_diagram *d)
{
    if (!d)
        return;
    cq_numbering_free(&d->nodes);
    free(d->summaries);
    free(d);
}

/* The values of a variable with the same part of a map. */
struct part {
    int node;
    uint32_t values;
};

/* Splits a map by a variable. Returns the number of parts, those with nothing among them. */
static int split(struct cq_diagram *d, int a, int variable, struct part parts[CQ_DIAGRAM_VALUES])
{
    int count = 0;

    for (int value = 0; value < d->counts[variable]; value++) {
        int node = restrict_to(d, a, variable, value), at = 0;

        while (at < count && parts[at].node != node)
            at++;
        if (at == count)
            parts[count++] = (struct part){node, 0};
        parts[at].values |= 1u << value;
    }
    return count;
}

/* The variable whose parts need the fewest boxes. */
static int choose(struct cq_diagram *d, int a)
{
    uint64_t least = UINT64_MAX;
    int best = 0;

    for (int variable = 0; variable < CQ_DIAGRAM_VARIABLES; variable++) {
        struct part parts[CQ_DIAGRAM_VALUES];
        uint64_t cost = 0;

        if ((d->summaries[a].support >> variable & 1) == 0)
            continue;
        for (int i = split(d, a, variable, parts); i-- > 0;)
            cost += ((uint64_t)d->summaries[parts[i].node].boxes << 8) + 1;
        if (cost < least) {
            least = cost;
            best = variable;
        }
    }
    return best;
}

static uint64_t with_values(const struct cq_diagram *d, uint64_t facts, int fact, uint32_t values)
{
    return (facts & ~cq_fact_field((enum cq_fact)fact)) | d->lows[fact] * values;
}

static void append(struct cq_diagram *d, struct cq_labelled_list *boxes, struct cq_labelled box)
{
    struct cq_labelled *list = cq_grow(boxes->list, boxes->count + 1, &boxes->room, sizeof *list);

    if (!list) {
        d->nodes.bytes.failed = CQ_B_NOMEM;
        return;
    }
    boxes->list = list;
    boxes->list[boxes->count++] = box;
}

/* Appends the boxes of a part of the map, which lies in the given box. False at the limit. */
static bool add_boxes(struct cq_diagram *d, int a, struct cq_labelled box, size_t limit,
                      struct cq_labelled_list *boxes)
{
    struct part parts[CQ_DIAGRAM_VALUES];
    int variable, count;

    if (a == NOTHING || d->nodes.bytes.failed)
        return true;
    if (get(d, a)->variable == LEAF) {
        box.label = get(d, a)->children[0];
        append(d, boxes, box);
        return boxes->count <= limit;
    }
    variable = choose(d, a);
    count = split(d, a, variable, parts);
    for (int i = 0; i < count; i++) {
        struct cq_labelled part = box;

        if (variable == CQ_FACTS)
            part.days = parts[i].values;
        else
            part.facts = with_values(d, box.facts, variable, parts[i].values);
        if (!add_boxes(d, parts[i].node, part, limit, boxes))
            return false;
    }
    return true;
}

enum cq_code cq_diagram_boxes(struct cq_diagram *d, size_t limit, struct cq_labelled_list *boxes,
                              bool *complete, struct cq_err *err)
{
    struct cq_labelled all = {cq_facts_all, (1u << CQ_DIAGRAM_DAYS) - 1, 0};

    *complete = add_boxes(d, d->root, all, limit, boxes);
    return d->nodes.bytes.failed ? cq_err_set(err, CQ_B_NOMEM, NULL) : CQ_OK;
}
