/* --explain: one answer as a page for people: what was decided, on which paragraphs, from which
 * facts and where each came from, what is open, and what would change it. */
#include "cq-eligible_explain.h"

#include <stdlib.h>
#include <string.h>

#include "cq-eligible_source.h"
#include "cq/date.h"
#include "cq/explain.h"
#include "cq/fd.h"
#include "cq/whynot.h"

enum { FLUSH = 1 << 16, NEAR_MAX = 6, NEEDS_MAX = 12 };

struct cq_eligible_explain {
    const struct cq_eligible *session;
    struct cq_whynot *whynot;
    bool all_facts, begun;
    int fd;
    struct cq_str text;
};

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
    return cq_law_fact_label(e->session->law, fact, e->session->cli->language);
}

static const char *value_label(const struct cq_eligible_explain *e, enum cq_fact fact, int value)
{
    return value == CQ_UNKNOWN
               ? _("unknown")
               : cq_law_value_label(e->session->law, fact, value, e->session->cli->language);
}

/* Appends the labels of the codes in a cell: "a;b" or "a+b/c". */
static void add_words(struct cq_eligible_explain *e, const char *kind, const char *cell)
{
    while (*cell) {
        size_t len = strcspn(cell, ";+/");
        const struct cq_word *word = cq_law_word(e->session->law, kind, cell, len);
        const struct cq_word *join =
            cq_law_word(e->session->law, "join", cell + len, cell[len] != '\0');
        if (word)
            cq_str_puts(&e->text, word->label[e->session->cli->language]);
        else
            cq_str_printf(&e->text, "%.*s", (int)len, cell);
        cell += len;
        if (join)
            cq_str_printf(&e->text, " %s ", join->label[e->session->cli->language]);
        else if (*cell)
            cq_str_puts(&e->text, ", ");
        cell += *cell != '\0';
    }
}

static void add_cell(struct cq_eligible_explain *e, const char *label, const char *kind,
                     const char *cell)
{
    if (*cell == '\0')
        return;
    cq_str_printf(&e->text, "    %s: ", label);
    add_words(e, kind, cell);
    cq_str_puts(&e->text, "\n");
}

static const char *agency_name(const struct cq_eligible_explain *e, int number)
{
    const struct cq_agency *agency = cq_law_agency_number(e->session->law, number);
    return agency ? agency->name[e->session->cli->language] : "";
}

static void add_role(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    cq_str_puts(&e->text, value_label(e, CQ_FACT_CATEGORY, answer->category));
    if (answer->agency)
        cq_str_printf(&e->text, ", %s", agency_name(e, answer->agency));
}

static void add_answer(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    struct cq_str rules = {0}, missing = {0};
    cq_str_printf(&e->text, "  %s: ", _("Answer"));
    add_words(e, "outcome", d->outcome);
    cq_str_puts(&e->text, "\n");
    if (d->reasons[0])
        add_cell(e, _("because"), "reason", d->reasons);
    if (cq_decision_missing(d->missing, &missing) || cq_decision_rules(d, &rules))
        e->text.failed = CQ_B_NOMEM;
    if (missing.len)
        add_cell(e, _("missing facts"), "fact", missing.ptr);
    if (answer->category != CQ_UNKNOWN && answer->category != CQ_CATEGORY_NONE) {
        cq_str_printf(&e->text, "    %s: ", _("as"));
        add_role(e, answer);
        cq_str_puts(&e->text, "\n");
    }
    add_cell(e, _("provider"), "provider", d->provider);
    if (answer->facility[0])
        cq_str_printf(&e->text, "    %s: %s\n", _("facility"), answer->facility);
    add_cell(e, _("payer"), "payer", d->payer);
    add_cell(e, _("referral by"), "referral", d->referral);
    add_cell(e, _("documents to bring"), "document", d->documents);
    if (rules.len)
        cq_str_printf(&e->text, "    %s: %s\n", _("rule"), rules.ptr);
    add_cell(e, _("certainty"), "certainty", d->certainty);
    cq_str_free(&rules);
    cq_str_free(&missing);
}

static void add_basis(struct cq_eligible_explain *e, const char *basis, int32_t day,
                      const char *indent)
{
    while (*basis) {
        size_t len = strcspn(basis, ";");
        const struct cq_paragraph *paragraph = cq_law_paragraph(e->session->law, basis, len, day);
        cq_str_printf(&e->text, "%s%.*s  %s\n", indent, (int)len, basis,
                      paragraph ? paragraph->summary[e->session->cli->language] : "");
        basis += len + (basis[len] == ';');
    }
}

static void add_gaps(struct cq_eligible_explain *e, uint64_t gaps)
{
    if (gaps)
        cq_str_printf(&e->text, "  %s:\n", _("What is open"));
    for (; gaps; gaps &= gaps - 1) {
        const struct cq_gap *gap = &e->session->law->gaps[__builtin_ctzll(gaps)];
        cq_str_printf(&e->text, "    %s  %s\n", gap->id, gap->open[e->session->cli->language]);
    }
}

static void add_values(struct cq_eligible_explain *e, enum cq_fact fact, uint64_t bits)
{
    const char *between = "";
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (bits & cq_fact_bit(fact, value)) {
            cq_str_printf(&e->text, "%s%s", between, value_label(e, fact, value));
            between = " / ";
        }
}

/* Only the family has a sponsor and kin. */
static bool bears(const struct cq_answer *answer, enum cq_fact fact)
{
    return (fact != CQ_FACT_SPONSOR && fact != CQ_FACT_KIN) || answer->category == CQ_UNKNOWN ||
           answer->category == CQ_CATEGORY_FAMILY;
}

/* The possible values of a fact of a word. */
static void add_possible(struct cq_eligible_explain *e, enum cq_fact fact, uint64_t word)
{
    uint64_t field = cq_fact_field(fact);
    if ((word & field) == field)
        cq_str_puts(&e->text, _("unknown"));
    else
        add_values(e, fact, word & field);
}

/* Where no organisation near can serve a stay and one in Astana or Almaty can. */
static enum cq_code add_far(struct cq_eligible_explain *e, const struct cq_question *question,
                            struct cq_err *err)
{
    const struct cq_answer *answer = &question->answers[0];
    const char *far[3];
    bool any = false;
    enum cq_code code = cq_people_far(e->session->people, question->person, question->request,
                                      answer, far, &any, err);
    if (code || !any)
        return code;
    cq_str_printf(&e->text, "  %s:\n",
                  _("No MVD-MO near can serve; on referral of a specialist one can in"));
    for (int city = 0; city < 3; city++)
        if (far[city])
            cq_str_printf(&e->text, "    %s: %s\n", value_label(e, CQ_FACT_DESTINATION, city),
                          far[city]);
    add_basis(e, "R78:13.1", question->request->day, "    ");
    return CQ_OK;
}

static enum cq_code add_facts(struct cq_eligible_explain *e, const struct cq_question *question,
                              struct cq_err *err)
{
    struct cq_fact_source sources[CQ_FACTS];
    const struct cq_answer *answer = &question->answers[0];
    enum cq_code code = CQ_OK;
    if (e->session->people)
        code = cq_people_explain(e->session->people, question->person, question->request,
                                 question->given, answer, sources, err);
    if (code)
        return code;
    cq_str_printf(&e->text, "  %s:\n", _("Facts"));
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        if (!bears(answer, fact))
            continue;
        cq_str_printf(&e->text, "    %s: ", fact_label(e, fact));
        add_possible(e, fact, answer->facts);
        if (e->session->people) {
            cq_str_puts(&e->text, " (");
            cq_eligible_add_source(&e->text, e->session->law, e->session->cli->language,
                                   &sources[i]);
            cq_str_puts(&e->text, ")");
        }
        cq_str_puts(&e->text, "\n");
    }
    return e->session->people ? add_far(e, question, err) : CQ_OK;
}

static void add_changes(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    char day[11];
    if (answer->changes_on == CQ_DAY_MAX) {
        cq_str_printf(&e->text, "  %s\n", _("Nothing that is known will change this answer."));
        return;
    }
    cq_str_puts(&e->text, "  ");
    cq_str_printf(&e->text, _("The answer changes on %s: "), day_text(day, answer->changes_on));
    add_words(e, "cause", answer->change_cause);
    cq_str_puts(&e->text, "\n");
}

static enum cq_code add_needs(struct cq_eligible_explain *e, const struct cq_question *question,
                              struct cq_err *err)
{
    const struct cq_answer *answer = &question->answers[0];
    const struct cq_need *needs;
    size_t count;
    enum cq_code code = cq_whynot_find(e->whynot, question->request->day, answer->facts,
                                       cq_whynot_fixed(answer->facts, e->all_facts), &needs, &count,
                                       err);
    if (code || answer->decision.entitled)
        return code;
    cq_str_printf(&e->text, "  %s:\n", _("What would turn the answer"));
    if (count == 0)
        cq_str_printf(&e->text, "    %s\n", _("no change of facts that anybody can change"));
    for (size_t i = 0; i < count && i < NEEDS_MAX; i++) {
        const char *before = "    - ";
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((needs[i].facts >> f & 1) == 0)
                continue;
            cq_str_printf(&e->text, "%s%s: %s", before, fact_label(e, fact),
                          value_label(e, fact, cq_facts_get(needs[i].values, fact)));
            before = "; ";
        }
        cq_str_puts(&e->text, "\n");
    }
    if (count > NEEDS_MAX)
        cq_str_printf(&e->text, "    %s\n", _("and more; --why-not lists them all"));
    return CQ_OK;
}

/* Rules that came nearest, and the fact on which each failed. */
static void add_near(struct cq_eligible_explain *e, const struct cq_question *question)
{
    struct cq_near_rule near[NEAR_MAX];
    uint64_t word = question->answers[0].facts;
    size_t count =
        question->answers[0].decision.entitled
            ? 0
            : cq_near_rules(e->session->law, question->request->day, word, near, NEAR_MAX);
    if (count)
        cq_str_printf(&e->text, "  %s:\n", _("Rules that came nearest"));
    for (size_t i = 0; i < count; i++) {
        cq_str_printf(&e->text, "    %s\n", near[i].rule->id);
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((near[i].failed >> f & 1) == 0)
                continue;
            cq_str_printf(&e->text, "      %s: ", fact_label(e, fact));
            add_possible(e, fact, word);
            cq_str_puts(&e->text, "; ");
            cq_str_printf(&e->text, "%s: ", _("the rule asks for"));
            add_values(e, fact, near[i].facts & cq_fact_field(fact));
            cq_str_puts(&e->text, "\n");
        }
        add_basis(e, near[i].basis, question->request->day, "      ");
    }
}

static void add_roles(struct cq_eligible_explain *e, const struct cq_question *question)
{
    if (question->count > 1)
        cq_str_printf(&e->text, "  %s:\n", _("Other roles of the person"));
    for (int i = 1; i < question->count; i++) {
        cq_str_puts(&e->text, "    ");
        add_role(e, &question->answers[i]);
        cq_str_puts(&e->text, ": ");
        add_words(e, "outcome", question->answers[i].decision.outcome);
        if (question->answers[i].decision.reasons[0]) {
            cq_str_puts(&e->text, " (");
            add_words(e, "reason", question->answers[i].decision.reasons);
            cq_str_puts(&e->text, ")");
        }
        cq_str_puts(&e->text, "\n");
    }
}

enum cq_code cq_eligible_explain(const struct cq_question *question, void *explain,
                                 struct cq_err *err)
{
    struct cq_eligible_explain *e = explain;
    const struct cq_answer *answer = &question->answers[0];
    char day[11];
    enum cq_code code = CQ_OK;
    if (e->begun)
        cq_str_puts(&e->text, "\n");
    e->begun = true;
    if (question->iin.len)
        cq_str_printf(&e->text, "%.*s: ", (int)question->iin.len, question->iin.ptr);
    if (question->request->service != CQ_UNKNOWN)
        cq_str_printf(&e->text, "%s, ",
                      value_label(e, CQ_FACT_SERVICE, question->request->service));
    cq_str_printf(&e->text, "%s\n", day_text(day, question->request->day));
    add_answer(e, answer);
    if (answer->facts) {
        if (answer->decision.basis[0])
            cq_str_printf(&e->text, "  %s:\n", _("Legal basis"));
        add_basis(e, answer->decision.basis, question->request->day, "    ");
        add_gaps(e, answer->decision.gaps |
                        cq_answers_told_gaps(e->session->law, question->request->day,
                                             question->answers, question->count));
        code = add_facts(e, question, err);
        add_roles(e, question);
        add_changes(e, answer);
        if (!code)
            code = add_needs(e, question, err);
        add_near(e, question);
    }
    if (e->text.failed)
        code = cq_err_set(err, e->text.failed, NULL);
    return !code && e->text.len > FLUSH ? flush(e, err) : code;
}

struct cq_eligible_explain *cq_eligible_explain_open(const struct cq_eligible *session,
                                                     bool all_facts, int fd)
{
    struct cq_eligible_explain *e = calloc(1, sizeof *e);
    if (!e || cq_whynot_new(&e->whynot, session->law, &session->cli->err)) {
        cq_err_record(&session->cli->err, CQ_B_NOMEM, NULL);
        free(e);
        return NULL;
    }
    e->session = session;
    e->all_facts = all_facts;
    e->fd = fd;
    return e;
}

bool cq_eligible_explain_close(struct cq_eligible_explain *e)
{
    if (!e)
        return true;
    bool ok = !e->session->cli->err.code && !flush(e, &e->session->cli->err);
    cq_whynot_free(e->whynot);
    cq_str_free(&e->text);
    free(e);
    return ok;
}
