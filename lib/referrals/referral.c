/* Referrals: their states and transitions, and the drafts that wait to be written. Deciding stands in
 * refer_desk.c, the registry in refer_write.c and refer_find.c. */
#include "referral_private.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 18 };

/* Positions are kept in the registry: add at the end only. */
const char *const cq_state_names[CQ_STATES + 1] = {
    "issued", "accepted", "rejected", "admitted", "completed", "cancelled", "expired", NULL,
};
const char *const cq_urgency_names[3] = {"planned", "emergency", NULL};
const char *const cq_measure_names[4] = {"consultation", "training", "psycho_correction", NULL};

/* Every transition there is. Source: interface section 4. */
static const struct {
    const char *action;
    enum cq_state from, to;
} legal[] = {
    {"accept", CQ_ISSUED, CQ_ACCEPTED},  {"reject", CQ_ISSUED, CQ_REJECTED},
    {"admit", CQ_ACCEPTED, CQ_ADMITTED}, {"complete", CQ_ADMITTED, CQ_COMPLETED},
    {"cancel", CQ_ISSUED, CQ_CANCELLED}, {"cancel", CQ_ACCEPTED, CQ_CANCELLED},
    {"expire", CQ_ISSUED, CQ_EXPIRED},   {"expire", CQ_ACCEPTED, CQ_EXPIRED},
};

enum { TRANSITIONS = sizeof legal / sizeof *legal };

int cq_state_after(enum cq_state state, const char *action)
{
    for (size_t i = 0; i < TRANSITIONS; i++)
        if (legal[i].from == state && strcmp(legal[i].action, action) == 0)
            return (int)legal[i].to;
    return -1;
}

unsigned cq_states_open(void)
{
    unsigned open = 0;
    for (size_t i = 0; i < TRANSITIONS; i++)
        open |= 1u << legal[i].from;
    return open;
}

unsigned cq_states_before(const char *action)
{
    unsigned before = 0;
    for (size_t i = 0; i < TRANSITIONS; i++)
        if (strcmp(legal[i].action, action) == 0)
            before |= 1u << legal[i].from;
    return before;
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
    free(drafts->choices);
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

const char *cq_drafts_keep(struct cq_drafts *drafts, const struct cq_text *text)
{
    char *to = take_room(drafts, text->len + 1);
    if (!to)
        return NULL;
    if (text->len)
        memcpy(to, text->ptr, text->len);
    to[text->len] = '\0';
    return to;
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
    *draft = (struct cq_draft){
        .referral = *referral, .region = region, .line = line, .choice = drafts->choice_count};
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++) {
        struct cq_text *text = &draft->referral.text[i];
        if (text->len)
            memcpy(to, text->ptr, text->len);
        text->ptr = to;
        to += text->len;
    }
    return CQ_OK;
}

enum cq_code cq_drafts_choose(struct cq_drafts *drafts, const struct cq_choice *choice)
{
    if (drafts->choice_count == drafts->choice_room) {
        size_t room = drafts->choice_room ? drafts->choice_room * 2 : 16;
        struct cq_choice *choices = realloc(drafts->choices, room * sizeof *choices);
        if (!choices)
            return CQ_B_NOMEM;
        drafts->choices = choices;
        drafts->choice_room = room;
    }
    drafts->choices[drafts->choice_count++] = *choice;
    drafts->list[drafts->count - 1].choices++;
    return CQ_OK;
}

enum cq_code cq_transitions_add(struct cq_transitions *transitions,
                                const struct cq_transition *transition)
{
    if (!transitions->texts && !(transitions->texts = cq_drafts_new()))
        return CQ_B_NOMEM;
    if (transitions->count == transitions->room) {
        size_t room = transitions->room ? transitions->room * 2 : 64;
        struct cq_transition *list = realloc(transitions->list, room * sizeof *list);
        if (!list)
            return CQ_B_NOMEM;
        transitions->list = list;
        transitions->room = room;
    }
    struct cq_transition copy = *transition;
    if (copy.reason.len &&
        !(copy.reason.ptr = cq_drafts_keep(transitions->texts, &transition->reason)))
        return CQ_B_NOMEM;
    transitions->list[transitions->count++] = copy;
    return CQ_OK;
}

void cq_transitions_free(struct cq_transitions *transitions)
{
    free(transitions->list);
    cq_drafts_free(transitions->texts);
    *transitions = (struct cq_transitions){0};
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
