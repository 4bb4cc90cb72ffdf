/* --check-law: findings in the law tables, as rows. */
#include "cq-eligible_check.h"

#include "cq/lawcheck.h"
#include "cq/list.h"

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

#define FINDINGS_MAX 1000 /* rows; enough for a reader */

struct check {
    struct cq_out *out;
    struct cq_str cell;
    struct cq_law *words; /* of a table */
    struct cq_err *err;
    bool failed;
};

/* Writes the composed cell. */
static void write_cell(struct check *check)
{
    if (check->cell.failed) {
        cq_err_record(check->err, check->cell.failed, NULL);
        check->failed = true;
    }
    cq_out_text(check->out, check->cell.ptr ? check->cell.ptr : "", check->cell.len);
    cq_str_clear(&check->cell);
}

static void write_values(struct check *check, uint64_t facts, enum cq_fact fact)
{
    if (facts && (facts & cq_fact_field(fact)) == cq_fact_field(fact)) {
        cq_out_text(check->out, "*", 1);
        return;
    }
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (facts & cq_fact_bit(fact, value))
            cq_str_printf(&check->cell, "%s%s", check->cell.len ? "|" : "",
                          cq_fact_value_name(fact, value));
    write_cell(check);
}

/* "basis: R99:1: acts.csv does not list this act" */
static void write_message(struct check *check, const struct cq_law_finding *finding)
{
    const char *text = _(cq_law_finding_text(finding->kind));
    cq_str_printf(&check->cell, "%s%s%s%s%s", finding->column, *finding->column ? ": " : "",
                  finding->detail, *finding->detail ? ": " : "", text);
    write_cell(check);
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
        write_values(check, finding->facts, (enum cq_fact)i);
    write_message(check, finding);
    if (cq_out_end(check->out, check->err))
        check->failed = true;
}

/* Opens the rows. The words of a table are those of the built-in law: the other one may be broken. */
static enum cq_code open_rows(struct cq_cli *cli, struct check *check, const struct cq_text *names,
                              int fd)
{
    const struct cq_table_reader *reader = NULL;
    if (cli->format == CQ_FORMAT_TABLE && cq_law_load(&check->words, NULL, &cli->err))
        return cli->err.code;
    if (check->words)
        reader = cq_cli_table_reader(cli, check->words);
    return cq_out_open_for(&check->out, fd, cli->format, reader, names, COLUMNS, &cli->err);
}

bool cq_eligible_check_law(struct cq_cli *cli)
{
    static const char *const heads[] = {"finding", "file", "line", "since",
                                        "until",   "rule", "other"};
    struct cq_text names[COLUMNS] = {[MESSAGE] = {"message", 7}};
    struct cq_law_checked checked;
    struct check check = {.err = &cli->err};
    bool ok = false;
    for (int i = 0; i < FACTS; i++)
        names[i] = cq_text_of(heads[i]);
    for (int i = 0; i < CQ_FACTS; i++)
        names[FACTS + i] = cq_text_of(cq_fact_name((enum cq_fact)i));
    int fd = cq_cli_output(cli);
    if (fd < 0 || open_rows(cli, &check, names, fd) ||
        cq_law_check(cli->law_dir, FINDINGS_MAX, on_finding, &check, &checked, &cli->err))
        goto done;
    if (checked.findings > 0)
        cli->findings = true;
    else
        cq_cli_verbose(
            cli,
            ngettext("%zu rule: every combination of facts on every day has exactly one",
                     "%zu rules: every combination of facts on every day has exactly one",
                     checked.rules),
            checked.rules);
    ok = !check.failed;
done:
    if (ok)
        ok = !cq_out_close(check.out, &cli->err);
    else
        cq_out_abandon(check.out);
    cq_str_free(&check.cell);
    cq_law_free(check.words);
    return ok;
}
