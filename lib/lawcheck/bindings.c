/* Compares bindings.csv with the rules. */
#include "lawcheck/bindings.h"

#include "engine/law_bindings.h"

static void report_rule(const struct cq_rule *rule, const char *what, void *context)
{
    struct cq_lawcheck *check = context;
    size_t index = (size_t)(rule - check->reader.law->rules);

    cq_lawcheck_rule(check, CQ_FINDING_BINDING, index, "", what);
}

void cq_lawcheck_bindings(struct cq_lawcheck *check)
{
    const struct cq_law *law = check->reader.law;

    cq_law_bindings_faults(law, report_rule, check);
    for (size_t i = 0; i < law->binding_count; i++)
        if (!cq_law_binding_is_called(law, &law->bindings[i]))
            cq_lawcheck_row(check, CQ_FINDING_UNUSED, CQ_LAW_TABLE_BINDINGS, i, "requirement",
                            cq_requirement_names[law->bindings[i].requirement]);
}
