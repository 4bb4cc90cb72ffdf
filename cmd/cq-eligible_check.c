/* --check-law: the proof of the law tables, as rows. */
#include <string.h>

#include "cq-eligible.h"

/* One finding of the proof as a row: what, on which days, which rules, which combinations. */
struct check {
    struct cq_out *out;
    struct cq_err *err;
    bool failed;
};

static void put_values(struct cq_out *out, uint64_t facts, enum cq_fact fact)
{
    struct cq_str cell = {0};
    if ((facts & cq_fact_field(fact)) == cq_fact_field(fact)) {
        cq_out_text(out, "*", 1);
        return;
    }
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (facts & cq_fact_bit(fact, value))
            cq_str_addf(&cell, "%s%s", cell.len ? "|" : "", cq_fact_value_name(fact, value));
    cq_out_text(out, cell.ptr ? cell.ptr : "", cell.len);
    cq_str_free(&cell);
}

static void on_finding(const struct cq_law_finding *finding, void *context)
{
    struct check *check = context;
    cq_out_string(check->out, finding->kind == CQ_FINDING_HOLE ? "missing" : "overlap");
    cq_out_day(check->out, finding->since);
    cq_out_day(check->out, finding->until);
    cq_out_string(check->out, finding->rule ? finding->rule->id : "");
    cq_out_string(check->out, finding->other ? finding->other->id : "");
    for (int i = 0; i < CQ_FACTS; i++)
        put_values(check->out, finding->facts, (enum cq_fact)i);
    if (cq_out_end(check->out, check->err))
        check->failed = true;
}

void cq_eligible_check_law(struct cq_cli *cli)
{
    struct cq_text names[5 + CQ_FACTS] = {
        {"finding", 7}, {"since", 5}, {"until", 5}, {"rule", 4}, {"other", 5}};
    struct cq_err proof = {0};
    struct check check = {.err = &cli->err};
    struct cq_law *law = NULL;
    for (int i = 0; i < CQ_FACTS; i++) {
        const char *name = cq_fact_name((enum cq_fact)i);
        names[5 + i] = (struct cq_text){name, strlen(name)};
    }
    int fd = cq_cli_output(cli);
    if (fd < 0 || cq_law_read(&law, cli->law_dir, &cli->err) ||
        cq_out_open(&check.out, fd, cli->format, names, 5 + CQ_FACTS, &cli->err))
        goto done;
    enum cq_code code = cq_law_prove(law, 1000, on_finding, &check, &proof);
    if (code == CQ_L_OVERLAP || code == CQ_L_HOLE)
        cli->findings = true;
    else if (code)
        cli->err = proof;
    else
        cq_cli_tell(cli, _("%zu rules: every combination of facts on every day has exactly one"),
                    law->rule_count);
done:
    if (check.failed || cli->err.code)
        cq_out_abandon(check.out);
    else
        cq_out_close(check.out, &cli->err);
    cq_law_free(law);
}
