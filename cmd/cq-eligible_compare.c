/* --check-law --against: the differences of two laws, as rows. */
#include "cq-eligible_compare.h"

#include <stdio.h>

#include "cq-eligible_compare_words.h"
#include "cq/law_compare.h"
#include "cq/list.h"

enum {
    SINCE,
    UNTIL,
    FACTS,
    COMBINATIONS = FACTS + CQ_FACTS,
    AMONG,
    CHANGED,
    FIRST,
    SECOND = FIRST + CQ_COMPARED,
    COLUMNS = SECOND + CQ_COMPARED
};

#define ROWS_WANTED 36 /* few enough to be read */

static enum cq_code open_out(struct cq_out **out, int fd, enum cq_format format, struct cq_err *err)
{
    struct cq_text names[COLUMNS] = {[SINCE] = {"since", 5},
                                     [UNTIL] = {"until", 5},
                                     [COMBINATIONS] = {"combinations", 12},
                                     [AMONG] = {"among", 5},
                                     [CHANGED] = {"changed", 7}};
    char against[CQ_COMPARED][32];

    for (int i = 0; i < CQ_FACTS; i++)
        names[FACTS + i] = cq_text_of(cq_fact_name((enum cq_fact)i));
    for (int i = 0; i < CQ_COMPARED; i++) {
        snprintf(against[i], sizeof against[i], "against_%s", cq_compared_names[i]);
        names[FIRST + i] = cq_text_of(cq_compared_names[i]);
        names[SECOND + i] = cq_text_of(against[i]);
    }
    return cq_out_open(out, fd, format, names, COLUMNS, err);
}

/* Writes the values of a fact: "a|b", or "*" for all. */
static void write_fact(struct cq_out *out, struct cq_str *cell, uint64_t facts, enum cq_fact fact)
{
    bool all = (facts & cq_fact_field(fact)) == cq_fact_field(fact);

    cq_str_clear(cell);
    cq_str_puts(cell, all ? "*" : "");
    for (int value = 0; value < cq_fact_count(fact) && !all; value++)
        if (facts & cq_fact_bit(fact, value))
            cq_str_printf(cell, "%s%s", cell->len == 0 ? "" : "|", cq_fact_value_name(fact, value));
    cq_out_text(out, cell->ptr, cell->len);
}

static void write_row(struct cq_out *out, struct cq_str *cell, const struct cq_law_difference *row)
{
    cq_out_day(out, row->since);
    cq_out_day(out, row->until);
    for (int i = 0; i < CQ_FACTS; i++)
        write_fact(out, cell, row->facts, (enum cq_fact)i);
    cq_out_number(out, (int64_t)row->combinations);
    cq_out_number(out, (int64_t)row->among);
    cq_str_clear(cell);
    for (int i = 0; i < CQ_COMPARED; i++)
        if (row->changed >> i & 1)
            cq_str_printf(cell, "%s%s", cell->len == 0 ? "" : ";", cq_compared_names[i]);
    cq_out_text(out, cell->ptr, cell->len);
    for (int i = 0; i < CQ_COMPARED; i++)
        cq_out_string(out, row->first[i]);
    for (int i = 0; i < CQ_COMPARED; i++)
        cq_out_string(out, row->second[i]);
}

static enum cq_code write_rows(const struct cq_law_comparison *comparison, int fd,
                               enum cq_format format, struct cq_err *err)
{
    struct cq_out *out = NULL;
    struct cq_str cell = {0};
    enum cq_code code = open_out(&out, fd, format, err);

    for (size_t i = 0; i < comparison->count && !code; i++) {
        write_row(out, &cell, &comparison->rows[i]);
        code = cell.failed ? cq_err_set(err, cell.failed, NULL) : cq_out_end(out, err);
    }
    if (!code)
        code = cq_out_close(out, err);
    else
        cq_out_abandon(out);
    cq_str_free(&cell);
    return code;
}

/* Reports on standard error what the rows do not say. What answers to unknown facts may differ by is
 * a finding, too. */
static enum cq_code report(struct cq_eligible *session, const struct cq_law_comparison *c)
{
    struct cq_cli *cli = session->cli;
    struct cq_str people = {0}, unknown = {0};
    enum cq_code code =
        cq_law_compare_sources(session->law, session->second_law, &people, &cli->err);

    if (!code)
        code = cq_law_compare_unknown(session->law, session->second_law, &unknown, &cli->err);
    if (c->count == 0)
        cq_cli_info(cli, unknown.len == 0 ? _("no answer differs")
                                          : _("no answer to known facts differs"));
    if (c->merged)
        cq_cli_info(cli, _("cells may hold several answers, joined by |; --all prints a row for "
                           "each change"));
    if (c->outlines > 0)
        cq_cli_info(cli, _("outlines, where not all combinations differ: %zu"), c->outlines);
    if (unknown.len > 0)
        cq_cli_info(cli, _("where facts are unknown, answers may differ by these tables: %s"),
                    unknown.ptr);
    if (people.len > 0)
        cq_cli_info(cli, _("people may have other facts by these tables: %s"), people.ptr);
    cli->findings = cli->findings || c->count > 0 || unknown.len > 0;
    cq_str_free(&people);
    cq_str_free(&unknown);
    return code;
}

bool cq_eligible_compare(struct cq_eligible *session, bool all)
{
    struct cq_cli *cli = session->cli;
    struct cq_law_comparison comparison = {0};
    int fd = cq_cli_output(cli);
    enum cq_code code = fd < 0 ? cli->err.code
                               : cq_law_compare(session->law, session->second_law,
                                                all ? 0 : ROWS_WANTED, &comparison, &cli->err);

    if (!code && cli->format == CQ_FORMAT_TABLE)
        code = cq_eligible_compare_words(cq_cli_table_reader(cli, session->law), &comparison, fd,
                                         &cli->err);
    else if (!code)
        code = write_rows(&comparison, fd, cli->format, &cli->err);
    if (!code)
        code = report(session, &comparison);
    cq_law_comparison_fini(&comparison);
    return !code;
}
