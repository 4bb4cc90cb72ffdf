/* Codes of a finding as words: why somebody is not referred, which move a state allows, who has to
 * refer. */
#include "cq-refer_words.h"

#include <string.h>

/* The moves as things; the codes are what cq-refer is given. */
static const struct {
    const char *code, *word;
} moves[] = {
    {"accept", N_("acceptance")},   {"reject", N_("refusal")},
    {"answer", N_("answer")},       {"admit", N_("admission")},
    {"complete", N_("completion")}, {"cancel", N_("cancellation")},
    {"expire", N_("expiry")},       {"valid_until", N_("the last day has not passed")},
};

static const char *move_word(const char *code, size_t len)
{
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (strlen(moves[i].code) == len && strncmp(moves[i].code, code, len) == 0)
            return _(moves[i].word);
    return NULL;
}

/* The word for a code of one of these kinds; NULL where none has it. */
static const char *law_word(const struct cq_law *law, enum cq_language language,
                            const char *const *kinds, const char *code, size_t len)
{
    for (; *kinds; kinds++) {
        const struct cq_word *word = cq_law_word(law, *kinds, code, len);
        if (word)
            return word->label[language];
    }
    return NULL;
}

/* Appends the detail with each code replaced by its word. Returns whether one was. */
static bool put_words(const struct cq_law *law, enum cq_language language, const char *const *kinds,
                      const char *detail, struct cq_str *out)
{
    bool any = false;
    while (*detail) {
        size_t len = strspn(detail, "abcdefghijklmnopqrstuvwxyz_0123456789");
        const char *word = len ? law_word(law, language, kinds, detail, len) : NULL;
        if (len && !word && strcmp(kinds[0], "status") == 0)
            word = move_word(detail, len);
        any = any || word;
        if (word)
            cq_str_puts(out, word);
        else
            cq_str_put(out, detail, len ? len : 1);
        detail += len ? len : 1;
    }
    return any;
}

void cq_refer_words(const struct cq_law *law, enum cq_language language,
                    const struct cq_err *finding, struct cq_str *out)
{
    static const char *const refusal[] = {"outcome", "reason", "fact", NULL};
    static const char *const state[] = {"status", NULL};
    static const char *const referral[] = {"referral", "provider", "owner", NULL};
    static const char *const change[] = {"category", "outcome", "reason",
                                         "provider", "payer",   NULL};
    const char *const *kinds = finding->code == CQ_R_NOT_ENTITLED                ? refusal
                               : finding->code == CQ_F_MOVE && language != CQ_EN ? state
                               : finding->code == CQ_R_REFERRER || finding->code == CQ_R_FACILITY
                                   ? referral
                               : finding->code == CQ_F_CHANGED ? change
                                                               : NULL;
    if (!law || !kinds || finding->detail[0] == '\0')
        return;
    if (!put_words(law, language, kinds, finding->detail, out)) {
        cq_str_clear(out);
        return;
    }
    /* Moves have brackets of their own. */
    cq_str_printf(out, kinds == state ? " – %s" : " (%s)", finding->detail);
}
