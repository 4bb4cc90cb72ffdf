/* Drafts of referrals. Their texts have stable addresses, so that a draft can point to them. */
#include "referrals/drafts.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

struct cq_drafts *cq_drafts_new(void)
{
    struct cq_drafts *drafts = calloc(1, sizeof *drafts);
    if (drafts && !(drafts->texts = cq_texts_new())) {
        free(drafts);
        drafts = NULL;
    }
    return drafts;
}

void cq_drafts_free(struct cq_drafts *drafts)
{
    if (!drafts)
        return;
    cq_texts_free(drafts->texts);
    free(drafts->choices);
    free(drafts->list);
    free(drafts);
}

enum cq_code cq_drafts_add(struct cq_drafts *drafts, const struct cq_referral *referral, int region,
                           long line)
{
    struct cq_draft *list =
        cq_grow(drafts->list, drafts->count + 1, &drafts->room, sizeof *drafts->list);
    if (!list)
        return CQ_B_NOMEM;
    drafts->list = list;
    size_t len = 0;
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++)
        len += referral->text[i].len;
    char *to = cq_texts_alloc(drafts->texts, len);
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

void cq_drafts_name_facility(struct cq_drafts *drafts)
{
    drafts->list[drafts->count - 1].names_facility = true;
}

enum cq_code cq_drafts_add_choice(struct cq_drafts *drafts, const struct cq_choice *choice)
{
    struct cq_choice *choices = cq_grow(drafts->choices, drafts->choice_count + 1,
                                        &drafts->choice_room, sizeof *drafts->choices);
    if (!choices)
        return CQ_B_NOMEM;
    drafts->choices = choices;
    drafts->choices[drafts->choice_count++] = *choice;
    drafts->list[drafts->count - 1].choices++;
    return CQ_OK;
}
