/* Reads words.csv: the codes of the programs and their labels in three languages. Rules may use the
 * words of some kinds only. */
#include "engine/law_words.h"

#include <stdlib.h>
#include <string.h>

#include "cq/list.h"

const char *const cq_language_names[] = {
    [CQ_KK] = "kk", [CQ_RU] = "ru", [CQ_EN] = "en", [CQ_LANGUAGES] = NULL};

const char *const cq_law_words_columns[] = {"kind", "word", CQ_LAW_NAME_COLUMNS("label"), NULL};

/* Rules name a payer, a referral and reasons. */
static const char *const rule_kinds[] = {"payer", "referral", "reason", NULL};

/* Reasons that only programs use, not rules. */
static const char *const program_reasons[] = {"missing_facts", "bad_iin", "bad_fact", NULL};

static const char *const label_kinds[] = {
    "action",   "answer",        "answered",    "at_hand",       "bearer",       "body",
    "case",     "case_kind",     "category",    "category_many", "cause",        "certainty",
    "change",   "checked",       "claim",       "column",        "consent",      "destination",
    "document", "effect",        "empty",       "fact",          "form2",        "found",
    "group",    "home",          "implemented", "join",          "kin",          "label",
    "lack",     "list",          "measure",     "mode",          "need",         "occasion",
    "outcome",  "owner",         "package",     "paid_by",       "place",        "profile",
    "provider", "quality",       "refusal",     "registered",    "registration", "relation",
    "replay",   "requirement",   "result",      "review",        "service",      "severity",
    "sex",      "source",        "source_read", "sponsor",       "stage",        "status",
    "trigger",  "unimplemented", "urgency",     "verdict",       "verified",     "where",
    NULL};

/* Sentences of letters to people. */
static const char *const letter_kinds[] = {"letter",
                                           "letter_articles",
                                           "letter_cite",
                                           "letter_fact",
                                           "letter_mend",
                                           "letter_need",
                                           "letter_outcome",
                                           "letter_payer",
                                           "letter_reason",
                                           "letter_referral",
                                           "letter_service",
                                           "letter_source",
                                           NULL};

/* What else people say for the codes of a kind: "also_category". */
static const char *const also_kinds[] = {
    "answer",  "agency",  "body",     "category", "destination", "document", "home",
    "kin",     "measure", "occasion", "paid_by",  "refusal",     "owner",    "package",
    "payer",   "place",   "region",   "relation", "service",     "sex",      "special_rank",
    "sponsor", "urgency", "verdict",  NULL};

static bool is_in(const char *const *list, struct cq_text text)
{
    while (*list && !cq_text_is(text, *list))
        list++;
    return *list;
}

static bool is_also(struct cq_text kind)
{
    static const char also[] = "also_";
    size_t len = sizeof also - 1;
    return kind.len > len && memcmp(kind.ptr, also, len) == 0 &&
           is_in(also_kinds, (struct cq_text){kind.ptr + len, kind.len - len});
}

/* Compares a kind and code with those of a word. */
static int compare(const char *kind, const char *code, size_t len, const struct cq_word *word)
{
    size_t own = strlen(word->code);
    int order = strcmp(kind, word->kind);

    if (order == 0)
        order = memcmp(code, word->code, len < own ? len : own);
    return order != 0 ? order : (len > own) - (len < own);
}

static int compare_words(const void *a, const void *b)
{
    const struct cq_word *word = a;

    return compare(word->kind, word->code, strlen(word->code), b);
}

/* The kind of the previous row, which is that of most rows. */
struct kind {
    const char *name;
    bool in_rules;
};

static void find_kind(struct cq_law_cells *r, struct kind *kind)
{
    const char *name = cq_law_cells_string(r, 0);
    struct cq_text text = cq_law_cells_text(r, 0);

    if (name == kind->name)
        return;
    kind->in_rules = is_in(rule_kinds, text);
    kind->name = kind->in_rules || is_in(label_kinds, text) || is_in(letter_kinds, text) ||
                         is_also(text)
                     ? name
                     : NULL;
    if (!kind->name)
        cq_law_cells_bad(r, 0, "%s", name);
}

static void read_word(struct cq_law_cells *r, struct kind *kind, struct cq_word *word)
{
    find_kind(r, kind);
    word->kind = cq_law_cells_string(r, 0);
    word->code = cq_law_cells_required(r, 1);
    word->in_rules = kind->in_rules && !is_in(program_reasons, cq_law_cells_text(r, 1));
    cq_law_cells_names(r, 2, word->label);
}

/* Strings are interned: equal strings have equal addresses. */
static bool same_word(const struct cq_word *a, const struct cq_word *b)
{
    return a->code == b->code && a->kind == b->kind;
}

/* Reports a word that has two rows, at the second. */
static void check_unique(struct cq_law_cells *r, const struct cq_word *word)
{
    for (size_t i = r->word_count; i > 0; i--)
        if (same_word(&r->words[i - 1], word)) {
            if (cq_law_cells_row(r, i))
                cq_law_cells_bad(r, 1, "%s", word->code);
            return;
        }
}

void cq_law_words_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_word *sorted;
    struct kind kind = {0};

    r->words = cq_law_cells_alloc(r, rows, sizeof *r->words);
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        read_word(r, &kind, &r->words[i]);
        r->word_count = i + 1;
    }
    sorted = cq_law_cells_alloc(r, r->word_count, sizeof *sorted);
    if (!sorted || r->word_count == 0)
        return;
    memcpy(sorted, r->words, r->word_count * sizeof *sorted);
    qsort(sorted, r->word_count, sizeof *sorted, compare_words);
    for (size_t i = 1; i < r->word_count; i++)
        if (same_word(&sorted[i - 1], &sorted[i]))
            check_unique(r, &sorted[i]);
    r->law->words = sorted;
    r->law->word_count = r->word_count;
}

const struct cq_word *cq_law_word(const struct cq_law *law, const char *kind, const char *code,
                                  size_t len)
{
    size_t from = 0, to = law->word_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(kind, code, len, &law->words[middle]);

        if (order == 0)
            return &law->words[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

const char *cq_law_label(const struct cq_law *law, const char *kind, const char *code,
                         enum cq_language language)
{
    const struct cq_word *word = cq_law_word(law, kind, code, strlen(code));

    return word ? word->label[language] : code;
}

const char *cq_law_fact_label(const struct cq_law *law, enum cq_fact fact,
                              enum cq_language language)
{
    return cq_law_label(law, "fact", cq_fact_name(fact), language);
}

const char *cq_law_value_label(const struct cq_law *law, enum cq_fact fact, int value,
                               enum cq_language language)
{
    const char *code = cq_fact_value_name(fact, value);
    const struct cq_word *word = cq_law_word(law, cq_fact_name(fact), code, strlen(code));

    return word ? word->label[language] : cq_law_label(law, "answer", code, language);
}
