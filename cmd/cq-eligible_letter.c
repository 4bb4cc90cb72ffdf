/* --letter: a page for each person, of words that the law tables have in every language. */
#include "cq-eligible_letter.h"

#include "cq/letter.h"

bool cq_eligible_letter_open(const struct cq_eligible *session, struct cq_batch *batch, int fd)
{
    static const enum cq_language languages[] = {CQ_KK, CQ_RU, CQ_EN};
    struct cq_cli *cli = session->cli;
    struct cq_letters *letters;
    bool english = cli->language_given && cli->language == CQ_EN;
    if (cq_letters_open(&letters, session->people, session->law, session->run,
                        english ? &languages[CQ_EN] : languages, english ? 1 : 2, fd, &cli->err))
        return false;
    batch->roles = batch->receipt = true;
    batch->explain = cq_letters_add;
    batch->explain_context = letters;
    return true;
}

bool cq_eligible_letter_close(const struct cq_eligible *session, struct cq_batch *batch)
{
    struct cq_cli *cli = session->cli;
    return !cq_letters_close(batch->explain_context, cli->err.code != CQ_OK, &cli->err);
}
