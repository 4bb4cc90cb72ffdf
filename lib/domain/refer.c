/* Referrals: their states and moves, and the drafts that wait to be written. Deciding stands in
 * refer_desk.c, the registry in refer_write.c and refer_find.c. */
#include "refer_private.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 18 };

/* Positions are kept in the registry: add at the end only. */
const char *const cq_state_names[CQ_STATES + 1] = {
    "issued", "accepted", "rejected", "admitted", "completed", "cancelled", "expired", NULL,
};
const char *const cq_urgency_names[3] = {"planned", "emergency", NULL};

/* Every move there is. Source: interface section 4. */
static const struct {
    const char *action;
    enum cq_state from, to;
} moves[] = {
    {"accept", CQ_ISSUED, CQ_ACCEPTED},    {"reject", CQ_ISSUED, CQ_REJECTED},
    {"admit", CQ_ACCEPTED, CQ_ADMITTED},   {"complete", CQ_ADMITTED, CQ_COMPLETED},
    {"cancel", CQ_ISSUED, CQ_CANCELLED},   {"cancel", CQ_ACCEPTED, CQ_CANCELLED},
    {"expire", CQ_ISSUED, CQ_EXPIRED},     {"expire", CQ_ACCEPTED, CQ_EXPIRED},
};

enum { MOVES = sizeof moves / sizeof *moves };

int cq_state_after(enum cq_state state, const char *action)
{
    for (size_t i = 0; i < MOVES; i++)
        if (moves[i].from == state && strcmp(moves[i].action, action) == 0)
            return (int)moves[i].to;
    return -1;
}

unsigned cq_states_open(void)
{
    unsigned open = 0;
    for (size_t i = 0; i < MOVES; i++)
        open |= 1u << moves[i].from;
    return open;
}

struct cq_drafts *cq_drafts_new(void)
{
    return calloc(1, sizeof(struct cq_drafts));
}

void cq_drafts_free(struct cq_drafts *drafts)
{
    if (!drafts)
        return;
    while (drafts->block) {
        struct cq_draft_block *before = drafts->block->before;
        free(drafts->block);
        drafts->block = before;
    }
    free(drafts->list);
    free(drafts);
}

/* Room for len bytes that stay where they are. */
static char *take_room(struct cq_drafts *drafts, size_t len)
{
    struct cq_draft_block *block = drafts->block;
    if (!block || block->size - block->used < len) {
        size_t size = len > BLOCK ? len : BLOCK;
        block = malloc(sizeof *block + size);
        if (!block)
            return NULL;
        *block = (struct cq_draft_block){.before = drafts->block, .size = size};
        drafts->block = block;
    }
    block->used += len;
    return block->bytes + block->used - len;
}

enum cq_code cq_drafts_add(struct cq_drafts *drafts, const struct cq_referral *referral, int region,
                           long line)
{
    if (drafts->count == drafts->room) {
        size_t room = drafts->room ? drafts->room * 2 : 16;
        struct cq_draft *list = realloc(drafts->list, room * sizeof *list);
        if (!list)
            return CQ_B_NOMEM;
        drafts->list = list;
        drafts->room = room;
    }
    size_t len = 0;
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++)
        len += referral->text[i].len;
    char *to = take_room(drafts, len);
    if (!to)
        return CQ_B_NOMEM;
    struct cq_draft *draft = &drafts->list[drafts->count++];
    *draft = (struct cq_draft){*referral, region, line};
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++) {
        struct cq_text *text = &draft->referral.text[i];
        if (text->len)
            memcpy(to, text->ptr, text->len);
        text->ptr = to;
        to += text->len;
    }
    return CQ_OK;
}

enum cq_code cq_numbers_add(struct cq_numbers *numbers, int64_t number)
{
    if (numbers->count == numbers->room) {
        size_t room = numbers->room ? numbers->room * 2 : 64;
        int64_t *list = realloc(numbers->list, room * sizeof *list);
        if (!list)
            return CQ_B_NOMEM;
        numbers->list = list;
        numbers->room = room;
    }
    numbers->list[numbers->count++] = number;
    return CQ_OK;
}

void cq_numbers_free(struct cq_numbers *numbers)
{
    free(numbers->list);
    *numbers = (struct cq_numbers){0};
}
