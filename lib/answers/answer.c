/* Answers as rows. The cells between the day and the next change depend on few values, so their CSV
 * is cached. */
#include "cq/answer.h"

#include <stdlib.h>
#include <string.h>

#include "engine/fact_cells.h"

enum { PARTS = 4 };
enum { SLOTS = 8192 }; /* direct-mapped; far more than there are different answers at a time */

const char *const cq_answer_columns[CQ_ANSWER_COLUMNS] = {
    "as_of",    "service", "outcome",   "category",  "agency",     "provider",
    "facility", "payer",   "referral",  "documents", "reasons",    "missing",
    "rule",     "basis",   "certainty", "gaps",      "changes_on", "change_cause"};

/* What the cached cells depend on. Texts belong to the law and to the people, so equal texts have
 * equal addresses. */
struct key {
    const struct cq_rule *rules[CQ_RULES_MAX];
    int rule_count;
    int service, agency;
    uint64_t category; /* the values that a row of facts leaves open */
    const char *reasons, *basis, *certainty, *documents, *facility;
    uint64_t gaps;
    uint32_t missing;
};

struct slot {
    struct key key;
    struct cq_str text;
};

struct cq_answers {
    const struct cq_law *law;
    struct slot **slots;
    struct cq_str parts[PARTS]; /* scratch: missing, rule, gaps, category */
};

enum cq_code cq_answers_new(struct cq_answers **result, const struct cq_law *law,
                            struct cq_err *err)
{
    struct cq_answers *answers = calloc(1, sizeof *answers);
    *result = NULL;
    if (!answers || !(answers->slots = calloc(SLOTS, sizeof *answers->slots))) {
        free(answers);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    answers->law = law;
    *result = answers;
    return CQ_OK;
}

void cq_answers_free(struct cq_answers *answers)
{
    if (!answers)
        return;
    for (size_t i = 0; i < SLOTS; i++) {
        if (answers->slots[i])
            cq_str_free(&answers->slots[i]->text);
        free(answers->slots[i]);
    }
    for (size_t i = 0; i < PARTS; i++)
        cq_str_free(&answers->parts[i]);
    free(answers->slots);
    free(answers);
}

void cq_answer_refuse(struct cq_answer *answer, const char *reason)
{
    *answer = (struct cq_answer){.category = CQ_UNKNOWN,
                                 .birth = CQ_DAY_MIN,
                                 .facility = "",
                                 .changes_on = CQ_DAY_MAX,
                                 .change_cause = ""};
    answer->decision = (struct cq_decision){.outcome = "undetermined",
                                            .provider = "",
                                            .payer = "",
                                            .referral = "",
                                            .reasons = reason,
                                            .basis = "",
                                            .certainty = "",
                                            .documents = ""};
}

/* The categories of an answer, as bits: a row of facts may leave several. */
static uint64_t category_of(const struct cq_answer *answer)
{
    return answer->category != CQ_UNKNOWN ? cq_fact_bit(CQ_FACT_CATEGORY, answer->category)
                                          : answer->facts & cq_fact_field(CQ_FACT_CATEGORY);
}

static void make_key(struct key *key, int service, const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    for (int i = 0; i < d->rule_count; i++)
        key->rules[i] = d->rules[i];
    key->rule_count = d->rule_count;
    key->reasons = d->reasons;
    key->basis = d->basis;
    key->certainty = d->certainty;
    key->documents = d->documents;
    key->facility = answer->facility;
    key->gaps = d->gaps;
    key->missing = d->missing;
    key->service = service;
    key->category = category_of(answer);
    key->agency = answer->agency;
}

static bool same_key(const struct key *a, const struct key *b)
{
    if (a->rule_count != b->rule_count || a->service != b->service || a->category != b->category ||
        a->agency != b->agency || a->reasons != b->reasons || a->basis != b->basis ||
        a->certainty != b->certainty || a->documents != b->documents ||
        a->facility != b->facility || a->gaps != b->gaps || a->missing != b->missing)
        return false;
    for (int i = 0; i < a->rule_count; i++)
        if (a->rules[i] != b->rules[i])
            return false;
    return true;
}

/* Two keys may share a slot: that only costs time. */
static size_t slot_of(const struct key *key)
{
    uint64_t mixed = (uint64_t)(uintptr_t)key->facility;
    if (key->rule_count > 0)
        mixed = mixed * 31 + (uint64_t)(uintptr_t)key->rules[0];
    mixed = mixed * 31 + (uint64_t)(uintptr_t)key->basis;
    mixed = mixed * 31 + key->gaps;
    mixed = mixed * 31 + key->missing;
    mixed = mixed * 31 + (uint64_t)key->rule_count;
    mixed = mixed * 31 + (uint64_t)(key->service + 1);
    mixed = mixed * 31 + key->category;
    mixed = mixed * 31 + (uint64_t)key->agency;
    return (size_t)(mixed * UINT64_C(0x9E3779B97F4A7C15) >> 51) % SLOTS;
}

enum cq_code cq_answers_cells(struct cq_answers *answers, int service,
                              const struct cq_answer *answer, const char *cells[CQ_ANSWER_CELLS])
{
    const struct cq_decision *d = &answer->decision;
    const struct cq_agency *agency = cq_law_agency_number(answers->law, answer->agency);
    struct cq_str *missing = &answers->parts[0], *rules = &answers->parts[1];
    struct cq_str *gaps = &answers->parts[2], *category = &answers->parts[3];
    for (size_t i = 0; i < PARTS; i++)
        cq_str_clear(&answers->parts[i]);
    cq_fact_cell_write(category_of(answer), CQ_FACT_CATEGORY, category);
    if (category->failed || cq_decision_missing(d->missing, missing) ||
        cq_decision_rules(d, rules) || cq_decision_gaps(answers->law, d->gaps, gaps))
        return CQ_B_NOMEM;
    const char *all[CQ_ANSWER_CELLS] = {
        service == CQ_UNKNOWN ? "" : cq_fact_value_name(CQ_FACT_SERVICE, service),
        d->outcome,
        category->ptr ? category->ptr : "",
        agency ? agency->id : "",
        d->provider,
        answer->facility,
        d->payer,
        d->referral,
        d->documents,
        d->reasons,
        missing->ptr ? missing->ptr : "",
        rules->ptr ? rules->ptr : "",
        d->basis,
        d->certainty,
        gaps->ptr ? gaps->ptr : ""};
    memcpy(cells, all, sizeof all);
    return CQ_OK;
}

/* Returns the cached cells as CSV, composed if they are not in their slot. */
static enum cq_code find_tail(struct cq_answers *answers, int service,
                              const struct cq_answer *answer, const struct cq_str **tail)
{
    struct key key;
    const char *cells[CQ_ANSWER_CELLS];
    make_key(&key, service, answer);
    size_t at = slot_of(&key);
    struct slot *slot = answers->slots[at];
    if (slot && same_key(&slot->key, &key)) {
        *tail = &slot->text;
        return CQ_OK;
    }
    if (!slot && !(slot = answers->slots[at] = calloc(1, sizeof *slot)))
        return CQ_B_NOMEM;
    enum cq_code code = cq_answers_cells(answers, service, answer, cells);
    cq_str_clear(&slot->text);
    for (int i = 0; i < CQ_ANSWER_CELLS && !code; i++) {
        if (i)
            cq_str_put(&slot->text, ",", 1);
        cq_out_quote(&slot->text, cells[i], strlen(cells[i]));
        code = slot->text.failed;
    }
    slot->key = key;
    if (code)
        slot->key.service = INT32_MIN; /* matches no key */
    *tail = &slot->text;
    return code;
}

enum cq_code cq_answers_write(struct cq_answers *answers, struct cq_out *out, enum cq_format format,
                              int32_t day, int service, const struct cq_answer *answer,
                              struct cq_err *err)
{
    enum cq_code code;
    cq_out_day(out, day);
    if (format == CQ_FORMAT_CSV) {
        const struct cq_str *tail;
        code = find_tail(answers, service, answer, &tail);
        if (!code)
            cq_out_raw(out, tail->ptr, tail->len, CQ_ANSWER_CELLS);
    } else {
        const char *cells[CQ_ANSWER_CELLS];
        code = cq_answers_cells(answers, service, answer, cells);
        for (int i = 0; i < CQ_ANSWER_CELLS && !code; i++)
            cq_out_string(out, cells[i]);
    }
    if (format == CQ_FORMAT_CSV && answer->changes_on == CQ_DAY_MAX) {
        cq_out_raw(out, ",", 1, 2); /* two empty cells */
    } else {
        cq_out_day(out, answer->changes_on);
        cq_out_string(out, answer->change_cause);
    }
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}
