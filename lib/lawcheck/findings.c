/* Findings: their names, and how they are reported. */
#include "lawcheck/findings.h"

#include "cq/date.h"
#include "cq/lawcheck.h"

static const struct {
    const char *name, *text;
} kinds[CQ_FINDINGS] = {
    [CQ_FINDING_HOLE] = {"missing", N_("no rule decides these cases")},
    [CQ_FINDING_OVERLAP] = {"overlap", N_("two rules decide the same cases")},
    [CQ_FINDING_CELL] = {"wrong_cell", N_("this is not understood")},
    [CQ_FINDING_ACT] = {"unknown_act", N_("acts.csv does not list this act")},
    [CQ_FINDING_CITATION] = {"unknown_citation", N_("paragraphs.csv has no row for this place")},
    [CQ_FINDING_GAP] = {"unknown_gap", N_("gaps.csv does not list this gap")},
    [CQ_FINDING_UNUSED] = {"unused", N_("nothing refers to this row")},
    [CQ_FINDING_NEVER_DECIDES] = {"never_decides", N_("this row never decides anything")},
    [CQ_FINDING_NO_EFFECT] = {"no_effect", N_("all or part of this has no effect")},
    [CQ_FINDING_OUTSIDE_EDITION] = {"outside_edition",
                                    N_("on some of these days this paragraph has no row")},
    [CQ_FINDING_NO_EDITION] = {"no_edition",
                               N_("on some of these days no edition of the act holds")},
    [CQ_FINDING_TWO_EDITIONS] = {"two_editions",
                                 N_("two editions of one act hold on the same days")},
    [CQ_FINDING_UNCONFIRMED] = {"unconfirmed",
                                N_("the rule cites this edition and was not confirmed for it")},
    [CQ_FINDING_IMPLEMENTATION] =
        {"implementation", N_("what the row says and what implements the paragraph differ")},
    [CQ_FINDING_NO_CLAUSE] = {"no_clause", N_("the clause has no row for some cases of the rule")},
    [CQ_FINDING_BINDING] = {"binding", N_("bindings.csv binds some cases of this rule twice, or "
                                          "leaves out who refers or what a condition is met by")},
    [CQ_FINDING_UNPROVED] = {"unproved",
                             N_("wrong cells must be mended before the rules can be proved")},
};

const char *cq_law_finding_name(enum cq_finding_kind kind)
{
    return kinds[kind].name;
}

const char *cq_law_finding_text(enum cq_finding_kind kind)
{
    return kinds[kind].text;
}

void cq_lawcheck_report(struct cq_lawcheck *check, const struct cq_law_finding *finding)
{
    if (check->report && check->count < check->limit)
        check->report(finding, check->context);
    check->count++;
}

void cq_lawcheck_report_at(struct cq_lawcheck *check, enum cq_finding_kind kind,
                           enum cq_law_table table, long line, const struct cq_rule *rule,
                           const char *column, const char *detail)
{
    char file[CQ_LAW_FILE];

    cq_law_cells_file(&check->reader, table, file);
    cq_lawcheck_report(check, &(struct cq_law_finding){.kind = kind,
                                                       .since = !rule ? CQ_DAY_MIN : rule->since,
                                                       .until = !rule ? CQ_DAY_MAX : rule->until,
                                                       .rule = rule,
                                                       .file = file,
                                                       .line = line,
                                                       .column = column,
                                                       .detail = detail});
}

void cq_lawcheck_row(struct cq_lawcheck *check, enum cq_finding_kind kind, enum cq_law_table table,
                     size_t row, const char *column, const char *detail)
{
    cq_lawcheck_report_at(check, kind, table, check->reader.lines[table][row], NULL, column,
                          detail);
}

void cq_lawcheck_rule(struct cq_lawcheck *check, enum cq_finding_kind kind, size_t rule,
                      const char *column, const char *detail)
{
    const struct cq_rule *r = &check->reader.law->rules[rule];

    cq_lawcheck_report_at(check, kind, CQ_LAW_TABLE_RULES, r->line, r, column, detail);
}
