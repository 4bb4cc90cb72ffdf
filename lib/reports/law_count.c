/* Counts the decisions that rest on each paragraph, and the people whom each gap concerns. A basis is
 * one of a few dozen strings of the law, so decisions are counted by its address first. */
#include "reports/law_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/list.h"
#include "cq/explain.h"

struct bases {
    struct {
        const char *basis;
        int64_t decisions;
    } * list;
    size_t count, room, last;
};

struct counting {
    const struct cq_report_request *request;
    struct cq_law_count *count;
    struct cq_request asks[CQ_SERVICES + 6];
    size_t ask_count;
    struct bases bases;
};

static void add_ask(struct counting *c, int service, int urgency, int destination)
{
    struct cq_request ask = cq_request_default(service, c->request->day);
    ask.urgency = urgency;
    if (destination != CQ_UNKNOWN)
        ask.destination = destination;
    c->asks[c->ask_count++] = ask;
}

/* What there is to ask about a service on one urgency. */
static void add_asks(struct counting *c, int service, int urgency)
{
    add_ask(c, service, urgency, CQ_UNKNOWN);
    if (service == CQ_SERVICE_INPATIENT) {
        add_ask(c, service, urgency, CQ_DESTINATION_ASTANA);
        add_ask(c, service, urgency, CQ_DESTINATION_ALMATY);
    }
}

static void list_asks(struct counting *c)
{
    for (int service = 0; service < CQ_SERVICES; service++) {
        if (c->request->service != CQ_UNKNOWN && c->request->service != service)
            continue;
        add_asks(c, service, CQ_URGENCY_PLANNED);
        if (service == CQ_SERVICE_OUTPATIENT || service == CQ_SERVICE_INPATIENT)
            add_asks(c, service, CQ_URGENCY_EMERGENCY);
    }
}

static enum cq_code count_basis(struct bases *bases, const char *basis)
{
    size_t i = bases->last;
    if (i >= bases->count || bases->list[i].basis != basis)
        for (i = 0; i < bases->count && bases->list[i].basis != basis;)
            i++;
    if (i == bases->count) {
        void *grown = cq_grow(bases->list, bases->count + 1, &bases->room, sizeof *bases->list);
        if (!grown)
            return CQ_B_NOMEM;
        bases->list = grown;
        bases->list[i].basis = basis;
        bases->list[i].decisions = 0;
        bases->count++;
    }
    bases->list[i].decisions++;
    bases->last = i;
    return CQ_OK;
}

static enum cq_code count_decision(struct counting *c, const struct cq_decision *decision,
                                   struct cq_err *err)
{
    for (uint64_t shown = decision->gaps; shown != 0; shown &= shown - 1)
        c->count->decisions[__builtin_ctzll(shown)]++;
    c->count->asked++;
    return count_basis(&c->bases, decision->basis) ? cq_err_set(err, CQ_B_NOMEM, NULL) : CQ_OK;
}

/* Asks about a person, and adds the gaps that concern the person. No list says who has medical
 * indications: where they decide, the question is asked with them and without. */
static enum cq_code count_ask(struct counting *c, struct cq_people *people, int64_t iin,
                              const struct cq_request *ask, uint64_t *gaps, struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    int count;
    enum cq_code code = cq_people_decide(people, iin, ask, answers, &count, err);
    if (code)
        return code;
    if ((answers[0].decision.missing >> CQ_FACT_INDICATED & 1) != 0) {
        struct cq_request indicated = *ask, other = *ask;
        indicated.indicated = CQ_YES;
        other.indicated = CQ_NO;
        code = count_ask(c, people, iin, &indicated, gaps, err);
        return code ? code : count_ask(c, people, iin, &other, gaps, err);
    }
    *gaps |= answers[0].decision.gaps |
             cq_answers_told_gaps(c->request->law, c->request->day, answers, count);
    return count_decision(c, &answers[0].decision, err);
}

static enum cq_code count_person(struct counting *c, struct cq_people *people, int64_t iin,
                                 struct cq_err *err)
{
    uint64_t gaps = 0;
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < c->ask_count && !code; i++)
        code = count_ask(c, people, iin, &c->asks[i], &gaps, err);
    if (code)
        return code;
    for (; gaps != 0; gaps &= gaps - 1)
        c->count->people[__builtin_ctzll(gaps)]++;
    c->count->all++;
    return CQ_OK;
}

/* Splits the counts of bases into those of their citations. */
static void split_bases(const struct counting *c)
{
    const struct cq_law *law = c->request->law;
    for (size_t i = 0; i < c->bases.count; i++) {
        struct cq_text rest = cq_text_of(c->bases.list[i].basis), part;
        while (cq_text_next(&rest, ';', &part)) {
            const struct cq_paragraph *p =
                cq_law_paragraph(law, part.ptr, part.len, c->request->day);
            if (p)
                c->count->paragraphs[p - law->paragraphs] += c->bases.list[i].decisions;
        }
    }
}

enum cq_code cq_law_count(const struct cq_report_request *request, int64_t run,
                          struct cq_law_count *count, struct cq_err *err)
{
    const struct cq_law *law = request->law;
    struct counting c = {.request = request, .count = count};
    struct cq_people *people = NULL;
    int64_t iin = 0;
    *count = (struct cq_law_count){.paragraphs = calloc(law->paragraph_count + 1, sizeof(int64_t))};
    if (!count->paragraphs)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    list_asks(&c);
    enum cq_code code = cq_people_open(&people, request->db, law, run, err);
    while (!code) {
        code = cq_people_next(people, iin, request->day, request->day + 1, &iin, err);
        if (code || iin == 0)
            break;
        code = count_person(&c, people, iin, err);
    }
    cq_people_close(people);
    if (!code)
        split_bases(&c);
    free(c.bases.list);
    return code;
}
