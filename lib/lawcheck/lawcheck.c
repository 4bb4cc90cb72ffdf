/* The checks of the law tables, in order: reading, references, the proof, rows without effect. */
#include "lawcheck/lawcheck.h"

#include <string.h>

#include "cq/date.h"
#include "engine/law_expand.h"
#include "engine/law_prove.h"
#include "engine/law_tables.h"
#include "lawcheck/answers.h"
#include "lawcheck/basis.h"
#include "lawcheck/bindings.h"
#include "lawcheck/conditions.h"
#include "lawcheck/defaults.h"
#include "lawcheck/gap_readings.h"
#include "lawcheck/late.h"
#include "lawcheck/references.h"

/* Whether a wrong cell leaves unknown which cases a row decides. */
static bool affects_masks(enum cq_law_table table, const char *column)
{
    static const char *const answers[] = {"outcome", "provider", "payer",     "referral",
                                          "reasons", "basis",    "certainty", "gaps"};

    if (table == CQ_LAW_TABLE_EDITIONS || table == CQ_LAW_TABLE_GROUPS)
        return true;
    if (table != CQ_LAW_TABLE_RULES)
        return false;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (strcmp(answers[i], column) == 0)
            return false;
    return true;
}

static void report_cell(struct cq_law_cells *r, enum cq_finding_kind kind, const char *column,
                        const char *detail)
{
    struct cq_lawcheck *check = r->context;

    check->unproved |= kind == CQ_FINDING_CELL && affects_masks(r->table_id, column);
    cq_lawcheck_report_at(check, kind, r->table_id, r->row->line, NULL, column, detail);
}

/* Reports a finding of the proof, with rules.csv as its file. */
static void report_proof(const struct cq_law_finding *found, void *context)
{
    struct cq_lawcheck *check = context;
    struct cq_law_finding finding = *found;
    char file[CQ_LAW_FILE];

    cq_law_cells_file(&check->reader, CQ_LAW_TABLE_RULES, file);
    finding.file = file;
    finding.line = !found->other ? 0 : found->other->line;
    finding.column = "";
    finding.detail = "";
    cq_lawcheck_report(check, &finding);
}

/* The checks that follow reading. */
static void check_rules(struct cq_lawcheck *check)
{
    struct cq_law_cells *r = &check->reader;

    cq_lawcheck_references(check);
    if (check->unproved) {
        cq_lawcheck_report_at(check, CQ_FINDING_UNPROVED, CQ_LAW_TABLE_RULES, 0, NULL, "", "");
        return;
    }
    cq_law_expand(r);
    if (r->err.code)
        return;
    if (check->count < check->limit) /* the findings are reported; the code is that of the first */
        (void)cq_law_prove(r->law, check->limit - check->count, report_proof, check, NULL);
    cq_lawcheck_bindings(check);
    cq_lawcheck_conditions(check);
    cq_lawcheck_answers(check);
    cq_lawcheck_basis(check);
    cq_lawcheck_late(check);
    cq_lawcheck_gap_readings(check);
    cq_lawcheck_defaults(check);
}

enum cq_code cq_lawcheck_files(const struct cq_law_files *files, const char *dir, size_t limit,
                               cq_law_finding_fn *report, void *context,
                               struct cq_law_checked *checked, struct cq_err *err)
{
    struct cq_lawcheck check = {.report = report, .context = context, .limit = limit};
    struct cq_law_cells *r = &check.reader;
    enum cq_code code;

    r->report = report_cell;
    r->context = &check;
    r->law = cq_law_cells_alloc(r, 1, sizeof *r->law);
    cq_law_tables_read(r, files, dir);
    if (!r->err.code)
        check_rules(&check);
    code = r->err.code;
    /* A table that cannot be read at all: only the place can be reported. */
    if (code == CQ_L_CELL) {
        cq_lawcheck_report(&check, &(struct cq_law_finding){.kind = CQ_FINDING_CELL,
                                                            .since = CQ_DAY_MIN,
                                                            .until = CQ_DAY_MAX,
                                                            .file = r->err.file,
                                                            .line = r->err.line,
                                                            .column = r->err.column,
                                                            .detail = r->err.detail});
        cq_lawcheck_report_at(&check, CQ_FINDING_UNPROVED, CQ_LAW_TABLE_RULES, 0, NULL, "", "");
        code = CQ_OK;
    }
    checked->rules = !r->law ? 0 : r->law->rule_count;
    checked->findings = check.count;
    if (code && err && !err->code)
        *err = r->err;
    cq_law_cells_free(r->arena);
    return code;
}

enum cq_code cq_law_check(const char *dir, size_t limit, cq_law_finding_fn *report, void *context,
                          struct cq_law_checked *checked, struct cq_err *err)
{
    struct cq_law_files files;
    enum cq_code code = CQ_OK;

    *checked = (struct cq_law_checked){0};
    if (!dir)
        cq_law_files_embedded(&files);
    else
        code = cq_law_files_read(&files, dir, err);
    if (!code)
        code = cq_lawcheck_files(&files, dir, limit, report, context, checked, err);
    cq_law_files_fini(&files);
    return code;
}
