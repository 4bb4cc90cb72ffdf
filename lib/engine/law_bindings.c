/* Reads bindings.csv and finds what of it a decision calls for. */
#include "engine/law_bindings.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

enum {
    REQUIREMENT,
    SINCE,
    UNTIL,
    STAGE,
    NEED,
    ACCEPTS,
    SERVICE,
    URGENCY,
    REASON,
    REFERRAL,
    CITES,
    BASIS
};
const char *const cq_law_bindings_columns[] = {
    "requirement", "since",  "until",    "stage", "need",  "accepts", "service",
    "urgency",     "reason", "referral", "cites", "basis", NULL};

const char *const cq_requirement_names[CQ_REQUIREMENTS + 1] = {
    "from_facility", "referrer",   "indication", "occasion", "measure", "found_in", "paid_by",
    "bureau_code",   "commission", "consent",    "answer",   "refusal", NULL};
static const char *const stages[] = {"issue", "admission", "answer", NULL};
static const char *const needs[] = {"required", "recorded", "allowed", NULL};

/* The position of a cell among the names that it may hold. */
static int read_name(struct cq_law_cells *r, int column, const char *const *names)
{
    struct cq_text cell = cq_law_cells_text(r, column);

    for (int i = 0; names[i]; i++)
        if (cq_text_is(cell, names[i]))
            return i;
    cq_law_cells_unknown(r, CQ_FINDING_CELL, column, cell);
    return 0;
}

/* Who may refer, by owner; of which service a referral may be that is named. */
static const char *read_accepts(struct cq_law_cells *r, enum cq_requirement requirement)
{
    struct cq_text rest = cq_law_cells_text(r, ACCEPTS), part;
    bool some = requirement == CQ_REQUIREMENT_FROM_FACILITY ||
                requirement == CQ_REQUIREMENT_FOUND_IN;

    if (some != (rest.len > 0))
        cq_law_cells_bad(r, ACCEPTS, "%s", some ? "-" : cq_law_cells_string(r, ACCEPTS));
    while (some && rest.len > 0 && cq_text_next(&rest, '|', &part)) {
        bool known = requirement == CQ_REQUIREMENT_FOUND_IN
                         ? cq_fact_value_find(CQ_FACT_SERVICE, part.ptr, part.len) >= 0
                         : cq_law_word(r->law, "owner", part.ptr, part.len) != NULL;

        if (!known)
            cq_law_cells_unknown(r, CQ_FINDING_CELL, ACCEPTS, part);
    }
    return cq_law_cells_string(r, ACCEPTS);
}

/* A word of a kind that rules use, or "*" for any. */
static const char *read_word(struct cq_law_cells *r, int column, const char *kind)
{
    struct cq_text cell = cq_law_cells_text(r, column);

    if (!cq_text_is(cell, "*") && !cq_law_word(r->law, kind, cell.ptr, cell.len))
        cq_law_cells_unknown(r, CQ_FINDING_CELL, column, cell);
    return cq_law_cells_required(r, column);
}

void cq_law_bindings_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_binding *bindings = cq_law_cells_alloc(r, rows, sizeof *bindings);

    r->law->bindings = bindings;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_binding *b = &bindings[i];

        b->requirement = (enum cq_requirement)read_name(r, REQUIREMENT, cq_requirement_names);
        b->since = cq_law_cells_day(r, SINCE, CQ_DAY_MIN);
        b->until = cq_law_cells_day(r, UNTIL, CQ_DAY_MAX);
        if (b->until <= b->since)
            cq_law_cells_bad(r, UNTIL, "-");
        b->stage = (enum cq_stage)read_name(r, STAGE, stages);
        b->need = (enum cq_binding_need)read_name(r, NEED, needs);
        b->accepts = read_accepts(r, b->requirement);
        b->facts = cq_facts_all & ~cq_fact_field(CQ_FACT_SERVICE) & ~cq_fact_field(CQ_FACT_URGENCY);
        b->facts |= cq_law_cells_fact(r, SERVICE, CQ_FACT_SERVICE) |
                    cq_law_cells_fact(r, URGENCY, CQ_FACT_URGENCY);
        b->reason = read_word(r, REASON, "reason");
        b->referral = read_word(r, REFERRAL, "referral");
        b->cites = cq_text_is(cq_law_cells_text(r, CITES), "*") ? "*"
                                                                : cq_law_cells_basis(r, CITES);
        if (*b->cites == '\0')
            cq_law_cells_bad(r, CITES, "-");
        b->basis = cq_law_cells_basis(r, BASIS);
        r->law->binding_count = i + 1;
    }
}

bool cq_law_binding_fits(const struct cq_binding *binding, struct cq_text reasons,
                         struct cq_text referral, struct cq_text basis)
{
    struct cq_text rest = cq_text_of(binding->cites), citation;
    bool any = strcmp(binding->cites, "*") == 0;

    if (strcmp(binding->reason, "*") != 0 && !cq_text_has(reasons, ';', binding->reason))
        return false;
    if (strcmp(binding->referral, "*") != 0 && !cq_text_is(referral, binding->referral))
        return false;
    while (!any && cq_text_next(&rest, ';', &citation)) {
        struct cq_text cited = basis, one;

        while (!any && cited.len > 0 && cq_text_next(&cited, ';', &one))
            any = one.len == citation.len && memcmp(one.ptr, citation.ptr, one.len) == 0;
    }
    return any;
}

const struct cq_binding *cq_law_binding(const struct cq_law *law, enum cq_requirement requirement,
                                        const struct cq_bound *decision)
{
    uint64_t facts = cq_fact_bit(CQ_FACT_SERVICE, decision->service) |
                     cq_fact_bit(CQ_FACT_URGENCY, decision->urgency);

    for (size_t i = 0; i < law->binding_count; i++) {
        const struct cq_binding *b = &law->bindings[i];

        if (b->requirement == requirement && b->since <= decision->day &&
            decision->day < b->until && (facts & ~b->facts) == 0 &&
            cq_law_binding_fits(b, decision->reasons, decision->referral, decision->basis))
            return b;
    }
    return NULL;
}
