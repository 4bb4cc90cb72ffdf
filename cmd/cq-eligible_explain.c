/* --explain: one answer as a page for people: what was decided, on which paragraphs, from which
 * facts and where each came from, what is open, and what would change it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq-eligible.h"
#include "cq/date.h"
#include "cq/explain.h"
#include "cq/fd.h"
#include "cq/whynot.h"

enum { FLUSH = 1 << 16, NEAR_MAX = 6, NEEDS_MAX = 12 };

struct cq_eligible_explain {
    struct cq_cli *cli;
    const struct cq_law *law;
    struct cq_people *people;
    struct cq_whynot *whynot;
    bool all_facts, begun, failed; /* failed: out of memory */
    int fd;
    struct cq_str text;
};

static void add(struct cq_eligible_explain *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add(struct cq_eligible_explain *e, const char *format, ...)
{
    char *line = NULL;
    va_list list;
    va_start(list, format);
    int len = vasprintf(&line, format, list);
    va_end(list);
    if (len < 0 || cq_str_add(&e->text, line, (size_t)len))
        e->failed = true;
    if (len >= 0)
        free(line);
}

static enum cq_code flush(struct cq_eligible_explain *e, struct cq_err *err)
{
    enum cq_code code = cq_fd_write(e->fd, e->text.ptr, e->text.len, err);
    cq_str_clear(&e->text);
    return code;
}

static const char *day_text(char text[11], int32_t day)
{
    text[cq_date_write(text, day)] = '\0';
    return text;
}

static const char *fact_label(const struct cq_eligible_explain *e, enum cq_fact fact)
{
    return cq_law_fact_label(e->law, fact, e->cli->language);
}

static const char *value_label(const struct cq_eligible_explain *e, enum cq_fact fact, int value)
{
    return value == CQ_UNKNOWN ? _("unknown")
                               : cq_law_value_label(e->law, fact, value, e->cli->language);
}

/* The parts of a list cell as words: "a;b" or "a+b/c". */
static void add_words(struct cq_eligible_explain *e, const char *kind, const char *cell)
{
    while (*cell) {
        size_t len = strcspn(cell, ";+/");
        const struct cq_word *word = cq_law_word(e->law, kind, cell, len);
        const struct cq_word *join = cq_law_word(e->law, "join", cell + len, cell[len] != '\0');
        if (word)
            add(e, "%s", word->label[e->cli->language]);
        else
            add(e, "%.*s", (int)len, cell);
        cell += len;
        if (join)
            add(e, " %s ", join->label[e->cli->language]);
        else if (*cell)
            add(e, ", ");
        cell += *cell != '\0';
    }
}

static void add_cell(struct cq_eligible_explain *e, const char *label, const char *kind,
                     const char *cell)
{
    if (*cell == '\0')
        return;
    add(e, "    %s: ", label);
    add_words(e, kind, cell);
    add(e, "\n");
}

static const char *agency_name(const struct cq_eligible_explain *e, int number)
{
    const struct cq_agency *agency = cq_law_agency_number(e->law, number);
    return agency ? agency->name[e->cli->language] : "";
}

static void add_role(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    add(e, "%s", value_label(e, CQ_FACT_CATEGORY, answer->category));
    if (answer->agency)
        add(e, ", %s", agency_name(e, answer->agency));
}

static void add_answer(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    struct cq_str rules = {0}, missing = {0};
    add(e, "  %s: ", _("Answer"));
    add_words(e, "outcome", d->outcome);
    add(e, "\n");
    if (d->reasons[0])
        add_cell(e, _("because"), "reason", d->reasons);
    if (cq_decision_missing(d->missing, &missing) || cq_decision_rules(d, &rules))
        e->failed = true;
    if (missing.len)
        add_cell(e, _("missing facts"), "fact", missing.ptr);
    if (answer->category != CQ_UNKNOWN && answer->category != CQ_CATEGORY_NONE) {
        add(e, "    %s: ", _("as"));
        add_role(e, answer);
        add(e, "\n");
    }
    add_cell(e, _("provider"), "provider", d->provider);
    if (answer->facility[0])
        add(e, "    %s: %s\n", _("facility"), answer->facility);
    add_cell(e, _("payer"), "payer", d->payer);
    add_cell(e, _("referral by"), "referral", d->referral);
    add_cell(e, _("documents to bring"), "document", d->documents);
    if (rules.len)
        add(e, "    %s: %s\n", _("rule"), rules.ptr);
    add_cell(e, _("certainty"), "certainty", d->certainty);
    cq_str_free(&rules);
    cq_str_free(&missing);
}

static void add_basis(struct cq_eligible_explain *e, const char *basis, const char *indent)
{
    while (*basis) {
        size_t len = strcspn(basis, ";");
        const struct cq_citation *citation = cq_law_citation(e->law, basis, len);
        add(e, "%s%.*s  %s\n", indent, (int)len, basis,
            citation ? citation->summary[e->cli->language] : "");
        basis += len + (basis[len] == ';');
    }
}

static void add_gaps(struct cq_eligible_explain *e, uint64_t gaps)
{
    if (gaps)
        add(e, "  %s:\n", _("What is open"));
    for (; gaps; gaps &= gaps - 1) {
        const struct cq_gap *gap = &e->law->gaps[__builtin_ctzll(gaps)];
        add(e, "    %s  %s\n", gap->id, gap->open[e->cli->language]);
    }
}

static enum cq_code add_facts(struct cq_eligible_explain *e, const struct cq_asked *asked,
                              struct cq_err *err)
{
    struct cq_fact_source sources[CQ_FACTS];
    const struct cq_answer *answer = &asked->answers[0];
    enum cq_code code = CQ_OK;
    if (e->people)
        code = cq_people_explain(e->people, asked->person, asked->request, asked->given, answer,
                                 sources, err);
    if (code)
        return code;
    add(e, "  %s:\n", _("Facts"));
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        int value = cq_facts_get(answer->facts, fact);
        add(e, "    %s: %s", fact_label(e, fact), value_label(e, fact, value));
        if (e->people) {
            add(e, " (");
            if (cq_eligible_add_source(&e->text, e->law, e->cli->language, &sources[i]))
                e->failed = true;
            add(e, ")");
        }
        add(e, "\n");
    }
    return CQ_OK;
}

static void add_changes(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    char day[11];
    if (answer->changes_on == CQ_DAY_MAX) {
        add(e, "  %s\n", _("Nothing that is known will change this answer."));
        return;
    }
    add(e, "  ");
    add(e, _("The answer changes on %s: "), day_text(day, answer->changes_on));
    add_words(e, "cause", answer->change_cause);
    add(e, "\n");
}

static void add_values(struct cq_eligible_explain *e, enum cq_fact fact, uint64_t bits)
{
    const char *between = "";
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (bits & cq_fact_bit(fact, value)) {
            add(e, "%s%s", between, value_label(e, fact, value));
            between = " / ";
        }
}

static enum cq_code add_needs(struct cq_eligible_explain *e, const struct cq_asked *asked,
                              struct cq_err *err)
{
    const struct cq_answer *answer = &asked->answers[0];
    const struct cq_need *needs;
    size_t count;
    enum cq_code code = cq_whynot_find(e->whynot, asked->request->day, answer->facts,
                                       cq_whynot_fixed(answer->facts, e->all_facts), &needs, &count,
                                       err);
    if (code || answer->decision.entitled)
        return code;
    add(e, "  %s:\n", _("What would turn the answer"));
    if (count == 0)
        add(e, "    %s\n", _("no change of facts that anybody can change"));
    for (size_t i = 0; i < count && i < NEEDS_MAX; i++) {
        const char *before = "    - ";
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((needs[i].facts >> f & 1) == 0)
                continue;
            add(e, "%s%s: %s", before, fact_label(e, fact),
                value_label(e, fact, cq_facts_get(needs[i].values, fact)));
            before = "; ";
        }
        add(e, "\n");
    }
    if (count > NEEDS_MAX)
        add(e, "    %s\n", _("and more; --why-not lists them all"));
    return CQ_OK;
}

/* Rules that came nearest, and the fact on which each failed. */
static void add_near(struct cq_eligible_explain *e, const struct cq_asked *asked)
{
    struct cq_near_rule near[NEAR_MAX];
    uint64_t word = asked->answers[0].facts;
    size_t count = asked->answers[0].decision.entitled
                       ? 0
                       : cq_near_rules(e->law, asked->request->day, word, near, NEAR_MAX);
    if (count)
        add(e, "  %s:\n", _("Rules that came nearest"));
    for (size_t i = 0; i < count; i++) {
        add(e, "    %s\n", near[i].rule->id);
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((near[i].failed >> f & 1) == 0)
                continue;
            add(e, "      %s: %s; ", fact_label(e, fact),
                value_label(e, fact, cq_facts_get(word, fact)));
            add(e, "%s: ", _("the rule asks for"));
            add_values(e, fact, near[i].facts & cq_fact_field(fact));
            add(e, "\n");
        }
        add_basis(e, near[i].rule->basis, "      ");
    }
}

static void add_roles(struct cq_eligible_explain *e, const struct cq_asked *asked)
{
    if (asked->count > 1)
        add(e, "  %s:\n", _("Other roles of the person"));
    for (int i = 1; i < asked->count; i++) {
        add(e, "    ");
        add_role(e, &asked->answers[i]);
        add(e, ": ");
        add_words(e, "outcome", asked->answers[i].decision.outcome);
        if (asked->answers[i].decision.reasons[0]) {
            add(e, " (");
            add_words(e, "reason", asked->answers[i].decision.reasons);
            add(e, ")");
        }
        add(e, "\n");
    }
}

enum cq_code cq_eligible_explain(const struct cq_asked *asked, void *explain, struct cq_err *err)
{
    struct cq_eligible_explain *e = explain;
    const struct cq_answer *answer = &asked->answers[0];
    char day[11];
    enum cq_code code = CQ_OK;
    if (e->begun)
        add(e, "\n");
    e->begun = true;
    if (asked->iin.len)
        add(e, "%.*s: ", (int)asked->iin.len, asked->iin.ptr);
    if (asked->request->service != CQ_UNKNOWN)
        add(e, "%s, ", value_label(e, CQ_FACT_SERVICE, asked->request->service));
    add(e, "%s\n", day_text(day, asked->request->day));
    add_answer(e, answer);
    if (answer->facts) {
        if (answer->decision.basis[0])
            add(e, "  %s:\n", _("Legal basis"));
        add_basis(e, answer->decision.basis, "    ");
        add_gaps(e, answer->decision.gaps);
        code = add_facts(e, asked, err);
        add_roles(e, asked);
        add_changes(e, answer);
        if (!code)
            code = add_needs(e, asked, err);
        add_near(e, asked);
    }
    if (e->failed)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    return !code && e->text.len > FLUSH ? flush(e, err) : code;
}

struct cq_eligible_explain *cq_eligible_explain_open(struct cq_cli *cli, const struct cq_law *law,
                                                     struct cq_people *people, bool all_facts,
                                                     int fd)
{
    struct cq_eligible_explain *e = calloc(1, sizeof *e);
    if (!e || cq_whynot_new(&e->whynot, law, &cli->err)) {
        cq_err_record(&cli->err, CQ_B_NOMEM, NULL);
        free(e);
        return NULL;
    }
    e->cli = cli;
    e->law = law;
    e->people = people;
    e->all_facts = all_facts;
    e->fd = fd;
    return e;
}

void cq_eligible_explain_close(struct cq_eligible_explain *e)
{
    if (!e)
        return;
    if (!e->cli->err.code)
        flush(e, &e->cli->err);
    cq_whynot_free(e->whynot);
    cq_str_free(&e->text);
    free(e);
}
