/* Compares the tables that give people their facts. No answer to known facts depends on them, and
 * yet people may be answered differently. */
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

enum cq_code cq_law_compare_sources(const struct cq_law *first, const struct cq_law *second,
                                    struct cq_str *tables, struct cq_err *err)
{
    static const struct {
        const char *name;
        bool (*same)(const struct cq_law *a, const struct cq_law *b);
    } sources[] = {{"services.csv", same_services},
                   {"agencies.csv", same_agencies},
                   {"regions.csv", same_regions},
                   {"providers.csv", same_providers},
                   {"presumptions.csv", same_presumptions},
                   {"parameters.csv", same_parameters},
                   {"roles.csv", same_roles}};

    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!sources[i].same(first, second))
            cq_str_printf(tables, "%s%s", tables->len == 0 ? "" : ", ", sources[i].name);
    return tables->failed ? cq_err_set(err, tables->failed, NULL) : CQ_OK;
}
