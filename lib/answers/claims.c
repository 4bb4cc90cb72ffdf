/* The verdict on a claim. The order of its questions: was this claimed before, can it be decided, is
 * it due as claimed, was it as known on its day, do the acts leave it open, who else is due. */
#include "answers/claims.h"

#include <stdlib.h>
#include <string.h>

#include "answers/claims_seen.h"
#include "cq/columns.h"
#include "cq/terms.h"
#include "cq/utf8.h"
#include "people/known.h"
#include "people/links.h"
#include "people/people.h"

#define DAY_MS INT64_C(86400000)

const char *const cq_claim_verdict_names[CQ_CLAIM_VERDICTS + 1] = {
    "agrees", "other_payer", "not_entitled", "then_entitled", "unknown", "twice", NULL};

struct cq_claims {
    const struct cq_law *law;
    int64_t run; /* what is known now */
    struct cq_claim_sums *sums;
    const char **payers; /* the codes of the law, NULL at the end */
    struct cq_terms words;
    struct cq_known *known;
    struct cq_claims_seen *seen;
    struct cq_links links;
    struct cq_str profile; /* folded */
};

/* All payers that decisions may name. */
static enum cq_code read_payers(struct cq_claims *claims, struct cq_err *err)
{
    const struct cq_law *law = claims->law;
    size_t count = 0;
    claims->payers = calloc(law->word_count + 1, sizeof *claims->payers);
    if (!claims->payers)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < law->word_count; i++)
        if (strcmp(law->words[i].kind, "payer") == 0)
            claims->payers[count++] = law->words[i].code;
    return cq_terms_read(&claims->words, law, "payer", claims->payers, err);
}

enum cq_code cq_claims_open(struct cq_claims **result, struct cq_people *people,
                            struct cq_claim_sums *sums, int32_t day, struct cq_err *err)
{
    struct cq_claims *claims = calloc(1, sizeof *claims);
    struct cq_db *db = people->reader.db;
    *result = NULL;
    if (!claims)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    claims->law = people->own.law;
    claims->run = people->reader.run;
    claims->sums = sums;
    enum cq_code code = read_payers(claims, err);
    if (!code)
        code = cq_known_open(&claims->known, db, claims->law, claims->run, err);
    if (!code)
        code = cq_links_read(&claims->links, db, claims->run, day, err);
    if (!code)
        code = cq_claims_seen_new(&claims->seen, err);
    if (code)
        cq_claims_close(claims);
    else
        *result = claims;
    return code;
}

void cq_claims_close(struct cq_claims *claims)
{
    if (!claims)
        return;
    cq_known_close(claims->known);
    cq_claims_seen_free(claims->seen);
    cq_terms_free(&claims->words);
    cq_str_free(&claims->profile);
    free(claims->links.list);
    free(claims->payers);
    free(claims);
}

enum cq_code cq_claims_payer(const struct cq_claims *claims, struct cq_text text, int *payer)
{
    if (text.len == 0)
        return CQ_X_NO_PAYER;
    *payer = cq_choice_find(claims->words.values, text.ptr, text.len);
    return *payer < 0 ? CQ_X_PAYER : CQ_OK;
}

/* Whether the same care stood in an earlier row, for the same person under any IIN. */
static enum cq_code is_twice(struct cq_claims *claims, int64_t person,
                             const struct cq_request *request, bool *twice, struct cq_err *err)
{
    int64_t linked = cq_links_find(&claims->links, person);
    cq_str_clear(&claims->profile);
    enum cq_code code = cq_utf8_fold(&claims->profile, request->profile.ptr, request->profile.len);
    if (code)
        return cq_err_set(err, code, NULL);
    const struct cq_claim_care care = {
        .person = linked ? linked : person,
        .day = request->day,
        .service = request->service,
        .profile = {claims->profile.ptr ? claims->profile.ptr : "", claims->profile.len}};
    return cq_claims_seen_add(claims->seen, &care, twice, err);
}

static bool is_due(const struct cq_claims *claims, const struct cq_answer *answer,
                   const struct cq_claim *claim)
{
    return answer->decision.entitled &&
           strcmp(answer->decision.payer, claims->payers[claim->payer]) == 0;
}

/* Whether it was due as claimed, as known at the end of its day. */
static enum cq_code was_due(struct cq_claims *claims, int64_t person,
                            const struct cq_request *request, const struct cq_claim *claim,
                            bool *due, struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    int count = 0;
    int64_t run = cq_known_run(claims->known, (request->day + 1) * DAY_MS - 1);
    *due = false;
    if (run == claims->run)
        return CQ_OK;
    enum cq_code code = cq_known_decide(claims->known, run, person, request, answers, &count, err);
    *due = !code && is_due(claims, &answers[0], claim);
    return code;
}

/* Whether the acts entitle, but do not say who pays. */
static bool names_no_payer(const struct cq_claims *claims, const struct cq_decision *d, int32_t day)
{
    const char *bearer = d->entitled ? cq_law_bearer(claims->law, d->payer, d->basis, day) : NULL;
    return bearer && strcmp(bearer, "not_stated") == 0;
}

/* Shape: the claim is not due as claimed, now or then. */
static enum cq_claim_verdict judge_not_due(const struct cq_claims *claims,
                                           const struct cq_decision *d, int32_t day)
{
    if (strcmp(d->outcome, "not_regulated") == 0 || names_no_payer(claims, d, day))
        return CQ_CLAIM_UNKNOWN;
    return d->entitled ? CQ_CLAIM_OTHER_PAYER : CQ_CLAIM_NOT_ENTITLED;
}

static void add_up(struct cq_claim_sum *sum, const struct cq_claim *claim)
{
    sum->claims++;
    sum->unstated += !claim->has_amount;
    if (claim->has_amount && !sum->overflow)
        sum->overflow = __builtin_add_overflow(sum->amount, claim->amount, &sum->amount);
}

enum cq_code cq_claims_judge(struct cq_claims *claims, int64_t person,
                             const struct cq_request *request, const struct cq_answer *answer,
                             struct cq_claim *claim, struct cq_err *err)
{
    bool twice = false, due = false;
    enum cq_code code = is_twice(claims, person, request, &twice, err);
    if (code)
        return code;
    if (twice)
        claim->verdict = CQ_CLAIM_TWICE;
    else if (strcmp(answer->decision.outcome, "undetermined") == 0)
        claim->verdict = CQ_CLAIM_UNKNOWN;
    else if (is_due(claims, answer, claim))
        claim->verdict = CQ_CLAIM_AGREES;
    else {
        code = was_due(claims, person, request, claim, &due, err);
        claim->verdict = due ? CQ_CLAIM_THEN_ENTITLED
                             : (int)judge_not_due(claims, &answer->decision, request->day);
    }
    if (!code)
        add_up(&claims->sums->by_verdict[claim->verdict], claim);
    return code;
}

void cq_claims_unread(struct cq_claims *claims, struct cq_claim *claim)
{
    claim->verdict = CQ_CLAIM_UNJUDGED;
    claims->sums->unread++;
}
