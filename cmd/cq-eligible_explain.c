/* --explain: one answer as a page for people: what was decided, on which paragraphs, from which
 * facts and where each came from, what is open, and what would change it. */
#include "cq-eligible_explain.h"

#include <stdlib.h>
#include <string.h>

#include "cq-eligible_page.h"
#include "cq-eligible_readings.h"
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
    struct cq_page page;
};

static enum cq_code flush(struct cq_eligible_explain *e, struct cq_err *err)
{
    enum cq_code code = cq_fd_write(e->fd, e->page.text.ptr, e->page.text.len, err);
    cq_str_clear(&e->page.text);
    return code;
}

static const char *agency_name(const struct cq_eligible_explain *e, int number)
{
    const struct cq_agency *agency = cq_law_agency_number(e->page.law, number);
    return agency ? agency->name[e->page.language] : "";
}

static void add_role(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    cq_str_puts(&e->page.text, cq_page_value(&e->page, CQ_FACT_CATEGORY, answer->category));
    if (answer->agency)
        cq_str_printf(&e->page.text, ", %s", agency_name(e, answer->agency));
}

static void add_answer(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    struct cq_str rules = {0}, missing = {0};
    cq_str_printf(&e->page.text, "  %s: ", _("Answer"));
    cq_page_add_words(&e->page, "outcome", d->outcome);
    cq_str_puts(&e->page.text, "\n");
    if (d->reasons[0])
        cq_page_add_cell(&e->page, "    ", _("because"), "reason", d->reasons);
    if (cq_decision_missing(d->missing, &missing) || cq_decision_rules(d, &rules))
        e->page.text.failed = CQ_B_NOMEM;
    if (missing.len)
        cq_page_add_cell(&e->page, "    ", _("missing facts"), "fact", missing.ptr);
    if (answer->category != CQ_UNKNOWN && answer->category != CQ_CATEGORY_NONE) {
        cq_str_printf(&e->page.text, "    %s: ", _("as"));
        add_role(e, answer);
        cq_str_puts(&e->page.text, "\n");
    }
    cq_page_add_cell(&e->page, "    ", _("provider"), "provider", d->provider);
    if (answer->facility[0])
        cq_str_printf(&e->page.text, "    %s: %s\n", _("facility"), answer->facility);
    cq_page_add_cell(&e->page, "    ", _("payer"), "payer", d->payer);
    cq_page_add_cell(&e->page, "    ", _("referral by"), "referral", d->referral);
    cq_page_add_cell(&e->page, "    ", _("documents to bring"), "document", d->documents);
    if (rules.len)
        cq_str_printf(&e->page.text, "    %s: %s\n", _("rule"), rules.ptr);
    cq_page_add_cell(&e->page, "    ", _("certainty"), "certainty", d->certainty);
    cq_str_free(&rules);
    cq_str_free(&missing);
}

static void add_gaps(struct cq_eligible_explain *e, uint64_t gaps)
{
    if (gaps)
        cq_str_printf(&e->page.text, "  %s:\n", _("What is open"));
    for (; gaps; gaps &= gaps - 1) {
        const struct cq_gap *gap = &e->page.law->gaps[__builtin_ctzll(gaps)];
        cq_str_printf(&e->page.text, "    %s  %s\n", gap->id, gap->open[e->page.language]);
    }
}

/* Only the family has a sponsor and kin. */
static bool bears(const struct cq_answer *answer, enum cq_fact fact)
{
    return (fact != CQ_FACT_SPONSOR && fact != CQ_FACT_KIN) || answer->category == CQ_UNKNOWN ||
           answer->category == CQ_CATEGORY_FAMILY;
}

/* The answer for a stay in another city, in a line. */
static enum cq_code add_stay(struct cq_eligible_explain *e, const struct cq_question *question,
                             int city, const char *facility, struct cq_err *err)
{
    struct cq_request request = *question->request;
    struct cq_answer roles[CQ_ROLES_MAX];
    int count = 0;
    request.destination = city;
    enum cq_code code =
        cq_people_decide(e->session->people, question->person, &request, roles, &count, err);
    for (int i = 0; i < count; i++) {
        const struct cq_decision *d = &roles[i].decision;
        if (roles[i].version != question->answers[0].version)
            continue;
        cq_str_printf(&e->page.text,
                      "    %s, %s: ", cq_page_value(&e->page, CQ_FACT_DESTINATION, city), facility);
        cq_page_add_words(&e->page, "outcome", d->outcome);
        if (d->reasons[0]) {
            cq_str_puts(&e->page.text, " (");
            cq_page_add_words(&e->page, "reason", d->reasons);
            cq_str_puts(&e->page.text, ")");
        }
        cq_str_puts(&e->page.text, "\n");
        cq_page_add_cell(&e->page, "      ", _("payer"), "payer", d->payer);
        cq_page_add_cell(&e->page, "      ", _("referral by"), "referral", d->referral);
        cq_page_add_basis(&e->page, d->basis, request.day, "      ");
    }
    return code;
}

/* Where no organisation near can serve a stay and one in Astana or Almaty can. */
static enum cq_code add_far(struct cq_eligible_explain *e, const struct cq_question *question,
                            struct cq_err *err)
{
    const char *far[3];
    bool any = false;
    enum cq_code code = cq_people_far(e->session->people, question->person, question->request,
                                      &question->answers[0], far, &any, err);
    if (any)
        cq_str_printf(&e->page.text, "  %s:\n",
                      _("No MVD-MO near can serve this stay; one can in"));
    for (int city = 0; city < 3 && !code; city++)
        if (far[city])
            code = add_stay(e, question, city, far[city], err);
    return code;
}

/* What the answer would be as its gaps may be read. */
static enum cq_code add_readings(struct cq_eligible_explain *e, const struct cq_question *question,
                                 struct cq_err *err)
{
    struct cq_reading_answer answers[CQ_READINGS_MAX];
    const struct cq_answer *answer = &question->answers[0];
    enum cq_code code = CQ_OK;
    size_t count;
    if (e->session->people) {
        code = cq_people_readings(e->session->people, question->person, question->request, answer,
                                  answers, &count, err);
    } else {
        count = cq_gap_readings(e->page.law, answer->decision.gaps, answers);
        for (size_t i = 0; i < count; i++)
            answers[i].facts = answer->facts;
        count = cq_gap_readings_decide(e->page.law, question->request->day, answers, count);
    }
    if (!code)
        cq_eligible_add_readings(&e->page, question->request->day, answers, count);
    return code;
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
    cq_str_printf(&e->page.text, "  %s:\n", _("Facts"));
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        if (!bears(answer, fact))
            continue;
        cq_str_printf(&e->page.text, "    %s: ", cq_page_fact(&e->page, fact));
        cq_page_add_possible(&e->page, fact, answer->facts);
        if (e->session->people) {
            cq_str_puts(&e->page.text, " (");
            cq_eligible_add_source(&e->page, &sources[i]);
            cq_str_puts(&e->page.text, ")");
        }
        cq_str_puts(&e->page.text, "\n");
    }
    if (!e->session->people)
        return CQ_OK;
    cq_eligible_add_lists(&e->page, sources);
    return add_far(e, question, err);
}

static void add_changes(struct cq_eligible_explain *e, const struct cq_answer *answer)
{
    char day[11];
    if (answer->changes_on == CQ_DAY_MAX) {
        cq_str_printf(&e->page.text, "  %s\n",
                      _("As far as is known, the answer will be the same on later days."));
        return;
    }
    cq_str_puts(&e->page.text, "  ");
    cq_str_printf(&e->page.text, _("The answer changes on %s: "),
                  cq_page_day(day, answer->changes_on));
    cq_page_add_words(&e->page, "cause", answer->change_cause);
    cq_str_puts(&e->page.text, "\n");
}

static enum cq_code add_needs(struct cq_eligible_explain *e, const struct cq_question *question,
                              struct cq_err *err)
{
    const struct cq_answer *answer = &question->answers[0];
    const struct cq_need *needs;
    uint64_t no_stay = 0;
    size_t count;
    enum cq_code code = CQ_OK;
    if (answer->decision.entitled)
        return CQ_OK;
    if (e->session->people)
        code = cq_people_no_stay(e->session->people, question->person, question->request, answer,
                                 &no_stay, err);
    if (!code)
        code = cq_whynot_find(e->whynot, question->request->day, answer->facts,
                              cq_whynot_fixed(answer->facts, e->all_facts) | no_stay, &needs,
                              &count, err);
    if (code)
        return code;
    cq_str_printf(&e->page.text, "  %s:\n", _("What would turn the answer"));
    if (count == 0)
        cq_str_printf(&e->page.text, "    %s\n", _("no change of facts that anybody can change"));
    for (size_t i = 0; i < count && i < NEEDS_MAX; i++) {
        const char *before = "    - ";
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((needs[i].facts >> f & 1) == 0)
                continue;
            cq_str_printf(&e->page.text, "%s%s: %s", before, cq_page_fact(&e->page, fact),
                          cq_page_value(&e->page, fact, cq_facts_get(needs[i].values, fact)));
            before = "; ";
        }
        cq_str_puts(&e->page.text, "\n");
    }
    if (count > NEEDS_MAX)
        cq_str_printf(&e->page.text, "    %s\n", _("and more; --why-not lists them all"));
    return CQ_OK;
}

/* Rules that came nearest, and the fact on which each failed. */
static void add_near(struct cq_eligible_explain *e, const struct cq_question *question)
{
    struct cq_near_rule near[NEAR_MAX];
    uint64_t word = question->answers[0].facts;
    size_t count = question->answers[0].decision.entitled
                       ? 0
                       : cq_near_rules(e->page.law, question->request->day, word, near, NEAR_MAX);
    if (count)
        cq_str_printf(&e->page.text, "  %s:\n", _("Rules that came nearest"));
    for (size_t i = 0; i < count; i++) {
        cq_str_printf(&e->page.text, "    %s\n", near[i].rule->id);
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            if ((near[i].failed >> f & 1) == 0)
                continue;
            cq_str_printf(&e->page.text, "      %s: ", cq_page_fact(&e->page, fact));
            cq_page_add_possible(&e->page, fact, word);
            cq_str_puts(&e->page.text, "; ");
            cq_str_printf(&e->page.text, "%s: ", _("the rule asks for"));
            cq_page_add_values(&e->page, fact, near[i].facts & cq_fact_field(fact));
            cq_str_puts(&e->page.text, "\n");
        }
        cq_page_add_basis(&e->page, near[i].basis, question->request->day, "      ");
    }
}

static void add_roles(struct cq_eligible_explain *e, const struct cq_question *question)
{
    if (question->count > 1)
        cq_str_printf(&e->page.text, "  %s:\n", _("Other roles of the person"));
    for (int i = 1; i < question->count; i++) {
        cq_str_puts(&e->page.text, "    ");
        add_role(e, &question->answers[i]);
        cq_str_puts(&e->page.text, ": ");
        cq_page_add_words(&e->page, "outcome", question->answers[i].decision.outcome);
        if (question->answers[i].decision.reasons[0]) {
            cq_str_puts(&e->page.text, " (");
            cq_page_add_words(&e->page, "reason", question->answers[i].decision.reasons);
            cq_str_puts(&e->page.text, ")");
        }
        cq_str_puts(&e->page.text, "\n");
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
        cq_str_puts(&e->page.text, "\n");
    e->begun = true;
    if (question->iin.len)
        cq_str_printf(&e->page.text, "%.*s: ", (int)question->iin.len, question->iin.ptr);
    if (question->request->service != CQ_UNKNOWN)
        cq_str_printf(&e->page.text, "%s, ",
                      cq_page_value(&e->page, CQ_FACT_SERVICE, question->request->service));
    cq_str_printf(&e->page.text, "%s\n", cq_page_day(day, question->request->day));
    add_answer(e, answer);
    if (answer->facts) {
        if (answer->decision.basis[0])
            cq_str_printf(&e->page.text, "  %s:\n", _("Legal basis"));
        cq_page_add_basis(&e->page, answer->decision.basis, question->request->day, "    ");
        add_gaps(e,
                 answer->decision.gaps | cq_answers_told_gaps(e->page.law, question->request->day,
                                                              question->answers, question->count));
        code = add_readings(e, question, err);
        if (!code)
            code = add_facts(e, question, err);
        add_roles(e, question);
        add_changes(e, answer);
        if (!code)
            code = add_needs(e, question, err);
        add_near(e, question);
    }
    if (e->page.text.failed)
        code = cq_err_set(err, e->page.text.failed, NULL);
    return !code && e->page.text.len > FLUSH ? flush(e, err) : code;
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
    e->page.law = session->law;
    e->page.language = session->cli->language;
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
    cq_str_free(&e->page.text);
    free(e);
    return ok;
}
