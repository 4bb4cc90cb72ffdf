/* The law tables looked over: wrong cells with their places, the proof, and rows that say nothing.
 * Only the order of the looks stands here; each look has a file of its own. */
#include "lawcheck.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"

static const struct {
    const char *name, *text;
} kinds[CQ_FINDINGS] = {
    [CQ_FINDING_HOLE] = {"missing", N_("no rule decides these cases")},
    [CQ_FINDING_OVERLAP] = {"overlap", N_("two rules decide the same cases")},
    [CQ_FINDING_CELL] = {"wrong_cell", N_("this is not understood")},
    [CQ_FINDING_ACT] = {"unknown_act", N_("acts.csv does not list this act")},
    [CQ_FINDING_CITATION] = {"unknown_citation", N_("citations.csv has no summary of this place")},
    [CQ_FINDING_GAP] = {"unknown_gap", N_("gaps.csv does not list this gap")},
    [CQ_FINDING_UNUSED] = {"unused", N_("nothing refers to this row")},
    [CQ_FINDING_NEVER] = {"never_decides", N_("this row never decides anything")},
    [CQ_FINDING_IDLE] = {"no_effect", N_("all or part of this has no effect")},
    [CQ_FINDING_EDITION] = {"outside_edition",
                            N_("on these days no edition of an act in the basis holds")},
    [CQ_FINDING_TWICE] = {"two_editions", N_("two editions of one act hold on the same days")},
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

static void report(struct cq_lawcheck *check, const struct cq_law_finding *finding)
{
    if (check->found && check->count < check->limit)
        check->found(finding, check->context);
    check->count++;
}

/* Reports something that stands at a line of a table, true of all days unless a rule has fewer. */
static void report_at(struct cq_lawcheck *check, enum cq_finding_kind kind, enum cq_lawtable table,
                      long line, const struct cq_rule *rule, const char *column, const char *detail)
{
    char file[256];

    snprintf(file, sizeof file, "%s%s%s", !check->dir ? "" : check->dir, !check->dir ? "" : "/",
             cq_lawfiles_name(table));
    report(check, &(struct cq_law_finding){.kind = kind,
                                           .since = !rule ? CQ_DAY_MIN : rule->since,
                                           .until = !rule ? CQ_DAY_MAX : rule->until,
                                           .rule = rule,
                                           .file = file,
                                           .line = line,
                                           .column = column,
                                           .detail = detail});
}

void cq_lawcheck_row(struct cq_lawcheck *check, enum cq_finding_kind kind, enum cq_lawtable table,
                     size_t row, const char *column, const char *detail)
{
    report_at(check, kind, table, check->reader.lines[table][row], NULL, column, detail);
}

void cq_lawcheck_rule(struct cq_lawcheck *check, enum cq_finding_kind kind, size_t rule,
                      const char *column, const char *detail)
{
    const struct cq_rule *r = &check->reader.law->rules[rule];

    report_at(check, kind, CQ_LAWTABLE_RULES, r->line, r, column, detail);
}

/* Whether a wrong cell leaves open which cases a row decides. */
static bool misleads(enum cq_lawtable table, const char *column)
{
    static const char *const answers[] = {"outcome", "provider", "payer",     "referral",
                                          "reasons", "basis",    "certainty", "gaps"};

    if (table == CQ_LAWTABLE_EDITIONS || table == CQ_LAWTABLE_GROUPS)
        return true;
    if (table != CQ_LAWTABLE_RULES)
        return false;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(answers[i], column) == 0)
            return false;
    return true;
}

static void take_flaw(struct cq_lawreader *r, enum cq_finding_kind kind, const char *column,
                      const char *detail)
{
    struct cq_lawcheck *check = r->context;

    check->unproved |= kind == CQ_FINDING_CELL && misleads(r->table_id, column);
    report_at(check, kind, r->table_id, r->row->line, NULL, column, detail);
}

/* What the proof finds stands in rules.csv. */
static void take_proof(const struct cq_law_finding *found, void *context)
{
    struct cq_lawcheck *check = context;
    struct cq_law_finding finding = *found;
    char file[256];

    snprintf(file, sizeof file, "%s%s%s", !check->dir ? "" : check->dir, !check->dir ? "" : "/",
             cq_lawfiles_name(CQ_LAWTABLE_RULES));
    finding.file = file;
    finding.line = !found->other ? 0 : found->other->line;
    finding.column = "";
    finding.detail = "";
    report(check, &finding);
}

/* Everything behind reading. */
static void look(struct cq_lawcheck *check)
{
    struct cq_lawreader *r = &check->reader;

    cq_lawcheck_references(check);
    if (check->unproved) {
        report_at(check, CQ_FINDING_UNPROVED, CQ_LAWTABLE_RULES, 0, NULL, "", "");
        return;
    }
    cq_lawexpand(r);
    if (r->err.code)
        return;
    if (check->count < check->limit)
        cq_law_prove(r->law, check->limit - check->count, take_proof, check, NULL);
    cq_lawcheck_conditions(check);
    cq_lawcheck_defaults(check);
}

enum cq_code cq_lawcheck_files(const struct cq_lawfiles *files, const char *dir, size_t limit,
                               cq_law_found *found, void *context, struct cq_law_checked *checked,
                               struct cq_err *err)
{
    struct cq_lawcheck check = {.dir = dir, .found = found, .context = context, .limit = limit};
    struct cq_lawreader *r = &check.reader;
    enum cq_code code;

    r->flaw = take_flaw;
    r->context = &check;
    r->law = cq_lawreader_alloc(r, 1, sizeof *r->law);
    cq_lawreader_tables(r, files, dir);
    if (!r->err.code)
        look(&check);
    code = r->err.code;
    /* A table that cannot be read at all: the place is all there is to say. */
    if (code == CQ_L_CELL) {
        report(&check, &(struct cq_law_finding){.kind = CQ_FINDING_CELL,
                                                .since = CQ_DAY_MIN,
                                                .until = CQ_DAY_MAX,
                                                .file = r->err.file,
                                                .line = r->err.line,
                                                .column = r->err.column,
                                                .detail = r->err.detail});
        report_at(&check, CQ_FINDING_UNPROVED, CQ_LAWTABLE_RULES, 0, NULL, "", "");
        code = CQ_OK;
    }
    checked->rules = !r->law ? 0 : r->law->rule_count;
    checked->findings = check.count;
    if (code && err && !err->code)
        *err = r->err;
    cq_lawreader_free(r->arena);
    return code;
}

enum cq_code cq_law_check(const char *dir, size_t limit, cq_law_found *found, void *context,
                          struct cq_law_checked *checked, struct cq_err *err)
{
    struct cq_lawfiles files;
    enum cq_code code = CQ_OK;

    *checked = (struct cq_law_checked){0};
    if (!dir)
        cq_lawfiles_embedded(&files);
    else
        code = cq_lawfiles_read(&files, dir, err);
    if (!code)
        code = cq_lawcheck_files(&files, dir, limit, found, context, checked, err);
    cq_lawfiles_fini(&files);
    return code;
}
