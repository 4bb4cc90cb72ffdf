/* Compares the tables by which people may be answered differently though no answer to known facts
 * differs: those that give people their facts, and those whose rows ask for every possible value of
 * a fact, or for one. */
#include "cq/law_compare.h"

#include <string.h>

static bool same_services(const struct cq_law *a, const struct cq_law *b)
{
    for (int i = 0; i < CQ_SERVICES; i++)
        if (a->services[i].package != b->services[i].package)
            return false;
    return true;
}

static bool same_agencies(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->agency_count; i++) {
        const struct cq_agency *other = cq_law_agency_number(b, a->agencies[i].number);

        if (!other || other->body != a->agencies[i].body ||
            strcmp(other->id, a->agencies[i].id) != 0)
            return false;
    }
    return a->agency_count == b->agency_count;
}

static bool same_regions(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->region_count; i++) {
        const struct cq_region *other = cq_law_region(b, a->regions[i].number);

        if (!other || other->home != a->regions[i].home)
            return false;
    }
    return a->region_count == b->region_count;
}

static bool same_providers(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->provider_count; i++) {
        const char *other = cq_law_owner(b, a->providers[i].id);

        if (!other || strcmp(other, a->providers[i].owner) != 0)
            return false;
    }
    return a->provider_count == b->provider_count;
}

static bool same_presumptions(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->presumption_count && i < b->presumption_count; i++)
        if (a->presumptions[i].facts != b->presumptions[i].facts ||
            a->presumptions[i].insured != b->presumptions[i].insured)
            return false;
    return a->presumption_count == b->presumption_count;
}

static bool same_parameters(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->parameter_count && i < b->parameter_count; i++) {
        const struct cq_parameter *x = &a->parameters[i], *y = &b->parameters[i];

        if (strcmp(x->id, y->id) != 0 || x->since != y->since || x->until != y->until ||
            x->value != y->value)
            return false;
    }
    return a->parameter_count == b->parameter_count;
}

static bool same_roles(const struct cq_law *a, const struct cq_law *b)
{
    return memcmp(a->role_order, b->role_order, sizeof a->role_order) == 0;
}

/* Whether two sets of gaps have the same ids; their places in gaps.csv may differ. */
static bool same_gaps(const struct cq_law *a, uint64_t gaps, const struct cq_law *b,
                      uint64_t others)
{
    for (; gaps != 0 && others != 0; gaps &= gaps - 1, others &= others - 1)
        if (strcmp(a->gaps[__builtin_ctzll(gaps)].id, b->gaps[__builtin_ctzll(others)].id) != 0)
            return false;
    return gaps == others;
}

static bool same_late_row(const struct cq_law *a, const struct cq_late *x, const struct cq_law *b,
                          const struct cq_late *y)
{
    return same_gaps(a, x->gap, b, y->gap) && x->certainty == y->certainty &&
           x->since == y->since && x->until == y->until && strcmp(x->basis, y->basis) == 0 &&
           strcmp(x->outcomes, y->outcomes) == 0 && x->rests_on == y->rests_on &&
           x->facts == y->facts && x->possible == y->possible;
}

/* Their order has no effect. */
static bool same_late(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->late_count; i++) {
        size_t j = 0;

        while (j < b->late_count && !same_late_row(a, &a->late[i], b, &b->late[j]))
            j++;
        if (j == b->late_count)
            return false;
    }
    return a->late_count == b->late_count;
}

/* The first row that can apply counts. */
static bool same_documents(const struct cq_law *a, const struct cq_law *b)
{
    for (size_t i = 0; i < a->documents_count && i < b->documents_count; i++) {
        const struct cq_documents *x = &a->documents[i], *y = &b->documents[i];

        if (x->since != y->since || x->until != y->until || x->facts != y->facts ||
            strcmp(x->documents, y->documents) != 0 || !same_gaps(a, x->gaps, b, y->gaps))
            return false;
    }
    return a->documents_count == b->documents_count;
}

typedef bool same_fn(const struct cq_law *a, const struct cq_law *b);

struct source {
    const char *name;
    same_fn *same;
};

static enum cq_code append_differing(const struct source *sources, size_t count,
                                     const struct cq_law *first, const struct cq_law *second,
                                     struct cq_str *tables, struct cq_err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!sources[i].same(first, second))
            cq_str_printf(tables, "%s%s", tables->len == 0 ? "" : ", ", sources[i].name);
    return tables->failed ? cq_err_set(err, tables->failed, NULL) : CQ_OK;
}

enum cq_code cq_law_compare_sources(const struct cq_law *first, const struct cq_law *second,
                                    struct cq_str *tables, struct cq_err *err)
{
    static const struct source sources[] = {{"services.csv", same_services},
                                            {"agencies.csv", same_agencies},
                                            {"regions.csv", same_regions},
                                            {"providers.csv", same_providers},
                                            {"presumptions.csv", same_presumptions},
                                            {"parameters.csv", same_parameters},
                                            {"roles.csv", same_roles}};

    return append_differing(sources, sizeof sources / sizeof *sources, first, second, tables, err);
}

enum cq_code cq_law_compare_unknown(const struct cq_law *first, const struct cq_law *second,
                                    struct cq_str *tables, struct cq_err *err)
{
    static const struct source sources[] = {{"late.csv", same_late},
                                            {"documents.csv", same_documents}};

    return append_differing(sources, sizeof sources / sizeof *sources, first, second, tables, err);
}
