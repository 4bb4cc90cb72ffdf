/* --check-law: what is wrong with the law tables, as rows. */
#include <string.h>

#include "cq-eligible.h"
#include "cq/lawcheck.h"

enum {
    FINDING,
    FILE_NAME,
    LINE,
    SINCE,
    UNTIL,
    RULE,
    OTHER,
    FACTS,
    MESSAGE = FACTS + CQ_FACTS,
    COLUMNS
};

#define FINDINGS_MAX 1000 /* rows that somebody may still read */

struct check {
    struct cq_out *out;
    struct cq_err *err;
    bool failed;
};

static void put_values(struct cq_out *out, uint64_t facts, enum cq_fact fact)
{
    struct cq_str cell = {0};
    if (facts && (facts & cq_fact_field(fact)) == cq_fact_field(fact)) {
        cq_out_text(out, "*", 1);
        return;
    }
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (facts & cq_fact_bit(fact, value))
            cq_str_addf(&cell, "%s%s", cell.len ? "|" : "", cq_fact_value_name(fact, value));
    cq_out_text(out, cell.ptr ? cell.ptr : "", cell.len);
    cq_str_free(&cell);
}

/* "basis: R99:1: acts.csv does not list this act" */
static void put_message(struct cq_out *out, const struct cq_law_finding *finding)
{
    struct cq_str cell = {0};
    const char *text = _(cq_law_finding_text(finding->kind));
    cq_str_addf(&cell, "%s%s%s%s%s", finding->column, *finding->column ? ": " : "", finding->detail,
                *finding->detail ? ": " : "", text);
    cq_out_text(out, cell.ptr ? cell.ptr : "", cell.len);
    cq_str_free(&cell);
}

static void on_finding(const struct cq_law_finding *finding, void *context)
{
    struct check *check = context;
    cq_out_string(check->out, cq_law_finding_name(finding->kind));
    cq_out_string(check->out, finding->file);
    if (finding->line > 0)
        cq_out_number(check->out, finding->line);
    else
        cq_out_string(check->out, "");
    cq_out_day(check->out, finding->since);
    cq_out_day(check->out, finding->until);
    cq_out_string(check->out, finding->rule ? finding->rule->id : "");
    cq_out_string(check->out, finding->other ? finding->other->id : "");
    for (int i = 0; i < CQ_FACTS; i++)
        put_values(check->out, finding->facts, (enum cq_fact)i);
    put_message(check->out, finding);
    if (cq_out_end(check->out, check->err))
        check->failed = true;
}

void cq_eligible_check_law(struct cq_cli *cli)
{
    static const char *const heads[] = {"finding", "file", "line", "since",
                                        "until",   "rule", "other"};
    struct cq_text names[COLUMNS] = {[MESSAGE] = {"message", 7}};
    struct cq_law_checked checked;
    struct check check = {.err = &cli->err};
    for (int i = 0; i < FACTS; i++)
        names[i] = (struct cq_text){heads[i], strlen(heads[i])};
    for (int i = 0; i < CQ_FACTS; i++) {
        const char *name = cq_fact_name((enum cq_fact)i);
        names[FACTS + i] = (struct cq_text){name, strlen(name)};
    }
    int fd = cq_cli_output(cli);
    if (fd < 0 || cq_out_open(&check.out, fd, cli->format, names, COLUMNS, &cli->err) ||
        cq_law_check(cli->law_dir, FINDINGS_MAX, on_finding, &check, &checked, &cli->err))
        goto done;
    if (checked.findings > 0)
        cli->findings = true;
    else
        cq_cli_verbose(cli, _("%zu rules: every combination of facts on every day has exactly one"),
                       checked.rules);
done:
    if (check.failed || cli->err.code)
        cq_out_abandon(check.out);
    else
        cq_out_close(check.out, &cli->err);
}
