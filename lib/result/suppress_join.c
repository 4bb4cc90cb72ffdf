/* Two tables that count the same people become one ring of sums: from the rows of the first through
 * the sums that both have to the rows of the second, and through the total back. */
#include "result/suppress_sums.h"

#include <string.h>

/* One count for two: the first stays, with the places of both. */
static void merge(struct cq_sums *sums, size_t stays, size_t goes)
{
    struct cq_suppression *graph = &sums->graph;
    struct cq_suppression_count *a = &graph->counts[stays], *b = &graph->counts[goes];
    a->small = a->small || b->small;
    a->number = a->number < b->number ? a->number : b->number;
    if (a->kind == CQ_COUNT_FREE || a->kind == CQ_COUNT_KNOWN)
        a->kind = b->kind;
    for (size_t i = 0; i < sums->spot_count; i++)
        if (sums->spots[i].count == goes)
            sums->spots[i].count = stays;
    for (size_t i = 0; i < graph->count; i++)
        for (int k = 0; k < 2; k++)
            if (graph->counts[i].roof[k] == goes + 1)
                graph->counts[i].roof[k] = stays + 1;
    *b = (struct cq_suppression_count){.from = 0, .to = 0}; /* an edge that leads nowhere */
}

static void move_node(struct cq_sums *sums, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < sums->graph.count; i++) {
        struct cq_suppression_count *count = &sums->graph.counts[i];
        count->from = count->from == from ? to : count->from;
        count->to = count->to == from ? to : count->to;
    }
}

static const char *word_of(const struct cq_group_key *key, const char *name)
{
    int column = cq_section_column(key->section, name);
    return column < 0 ? "" : cq_section_cell(key->section, key->row, (size_t)column)->text;
}

void cq_sums_join(struct cq_sums *sums, struct cq_sum_table *a, struct cq_sum_table *b)
{
    struct cq_suppression_count *counts = sums->graph.counts;
    const struct cq_sum_side *right = &a->right, *left = &b->left;
    const struct cq_groups *all = right->count > 0 ? &right->levels[right->count - 1] : NULL;
    const struct cq_groups *own = left->count > 0 ? &left->levels[left->count - 1] : NULL;
    if (sums->failed)
        return;
    for (uint32_t g = 0; all && own && g < all->count; g++)
        for (uint32_t h = 0; h < own->count; h++) {
            size_t i = right->first_count[right->count - 1] + g,
                   k = left->first_count[left->count - 1] + h;
            if (strcmp(word_of(&all->keys[g], a->link), word_of(&own->keys[h], a->link)) != 0)
                continue;
            counts[i].to = counts[k].to;
            merge(sums, i, k);
        }
    move_node(sums, left->root, right->root);
    counts[b->whole].to = a->left.root;
    counts[b->whole].from = b->right.root;
    merge(sums, b->whole, a->whole);
}
