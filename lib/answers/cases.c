/* A run over cases: each row is decided and compared; then what the cases reach is counted, and
 * cases for what they do not reach are proposed. */
#include "cq/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers/batch_input.h"
#include "answers/cases_columns.h"
#include "answers/cases_propose.h"
#include "cq/date.h"
#include "cq/list.h"
#include "engine/fact_cells.h"
#include "engine/law_masks.h"

enum { KIND, NAME, CASES, VERDICT, DIFFERS, LEADING };

struct run {
    const struct cq_batch *batch;
    const struct cq_law *law; /* of the batch */
    const char *name;
    struct cq_case_counts *counts;
    struct cq_case_columns columns;
    struct cq_coverage coverage;
    struct cq_out *out;
    struct cq_str lists[2], differs, cell;
};

static enum cq_code open_output(struct run *r, int fd, struct cq_err *err)
{
    static const char *const leading[LEADING] = {"kind", "name", "cases", "verdict", "differs"};
    struct cq_text names[LEADING + CQ_CASE_COLUMNS];
    size_t count = 0;
    for (int i = 0; i < LEADING; i++)
        names[count++] = cq_text_of(leading[i]);
    names[count++] = cq_text_of("as_of");
    for (int i = 0; i < CQ_FACTS; i++)
        names[count++] = cq_text_of(cq_fact_name((enum cq_fact)i));
    for (int i = 0; i < CQ_WANTS; i++)
        names[count++] = cq_text_of(r->columns.names[CQ_CASE_WANT + i].ptr);
    return cq_out_open_for(&r->out, fd, r->batch->format, r->batch->reader, names, count, err);
}

/* Writes the leading cells of a row; cases below 0 leave that cell empty. */
static void write_leading(struct run *r, const char *kind, struct cq_text name, int64_t cases,
                          const char *verdict, const char *differs)
{
    cq_out_string(r->out, kind);
    cq_out_text(r->out, name.ptr, name.len);
    if (cases < 0)
        cq_out_string(r->out, "");
    else
        cq_out_number(r->out, cases);
    cq_out_string(r->out, verdict);
    cq_out_string(r->out, differs);
}

/* Writes the values of each fact; an open fact is empty. */
static void write_facts(struct run *r, int32_t day, uint64_t word)
{
    cq_out_day(r->out, day);
    for (int i = 0; i < CQ_FACTS; i++) {
        cq_str_clear(&r->cell);
        cq_fact_cell_write(word, (enum cq_fact)i, &r->cell);
        cq_out_text(r->out, r->cell.len ? r->cell.ptr : "", r->cell.len);
    }
}

static void report_cell(struct run *r, enum cq_code code, long line, int column, const char *detail)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, "%s", detail);
    cq_err_at(&finding, r->name, line, column < 0 ? NULL : r->columns.names[column].ptr);
    r->batch->report(&finding, r->batch->context);
}

/* Reads the values of a fact; an empty cell is read as in any rows of facts. 0 for a wrong cell. */
static uint64_t read_fact(struct run *r, const struct cq_row *row, enum cq_fact fact)
{
    struct cq_text text = cq_case_cell(&r->columns, row, (int)fact);
    int value = text.len == 0 ? cq_batch_default(r->batch, fact) : CQ_UNKNOWN;
    uint64_t bits = value == CQ_UNKNOWN ? cq_fact_cell_read(r->law, fact, text)
                                        : cq_fact_bit(fact, value);
    bool single = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
    if (bits != 0 && (!single || (bits & (bits - 1)) == 0))
        return bits;
    report_cell(r, bits ? CQ_X_ONE_VALUE : CQ_X_BAD_FACT, row->line, (int)fact, "");
    return 0;
}

/* Reads the day and the facts of a case. Returns whether every cell is valid. */
static bool read_case(struct run *r, const struct cq_row *row, int32_t *day, uint64_t *word)
{
    struct cq_text text = cq_case_cell(&r->columns, row, CQ_CASE_AS_OF);
    bool good = true;
    *day = r->batch->request.day;
    *word = 0;
    if (text.len > 0 && cq_date_parse(text.ptr, text.len, day)) {
        report_cell(r, CQ_X_BAD_FACT, row->line, CQ_CASE_AS_OF, "");
        good = false;
    }
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t bits = read_fact(r, row, (enum cq_fact)i);
        good = good && bits != 0;
        *word |= bits;
    }
    return good;
}

/* Compares the expected cells; what differs is listed as "payer:budget>fund_osms". */
static enum cq_code compare(struct run *r, const struct cq_row *row, const struct cq_decision *d,
                            struct cq_err *err)
{
    const char *cells[CQ_WANTS];
    cq_str_clear(&r->differs);
    if (cq_case_cells(r->law, d, r->lists, cells))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int i = 0; i < CQ_WANTS; i++) {
        struct cq_text expected = cq_case_cell(&r->columns, row, CQ_CASE_WANT + i);
        if (r->columns.map[CQ_CASE_WANT + i] < 0 ||
            cq_case_agrees(r->law, (enum cq_want)i, expected, cells[i]))
            continue;
        cq_str_printf(&r->differs, "%s%s:%.*s>%s", r->differs.len ? " " : "", cq_want_names[i],
                      (int)expected.len, expected.ptr, cells[i]);
    }
    return r->differs.failed ? cq_err_set(err, CQ_B_NOMEM, NULL) : CQ_OK;
}

static enum cq_code run_case(struct run *r, const struct cq_row *row, struct cq_err *err)
{
    struct cq_text name = cq_case_cell(&r->columns, row, CQ_CASE_NAME);
    struct cq_decision d;
    char line[24];
    int32_t day;
    uint64_t word;
    bool good = read_case(r, row, &day, &word);
    if (name.len == 0) {
        snprintf(line, sizeof line, "%ld", row->line);
        name = cq_text_of(line);
    }
    r->counts->cases++;
    cq_str_clear(&r->differs);
    if (good) {
        cq_decide(r->law, day, word, &d);
        cq_coverage_add(&r->coverage, day, word, &d);
        if (compare(r, row, &d, err))
            return err->code;
    }
    *(!good            ? &r->counts->unreadable
      : r->differs.len ? &r->counts->differed
                       : &r->counts->agreed) += 1;
    write_leading(r, "case", name, -1,
                  !good            ? "unreadable"
                  : r->differs.len ? "differs"
                                   : "agrees",
                  r->differs.len ? r->differs.ptr : "");
    write_facts(r, day, good ? word : cq_facts_all);
    for (int i = 0; i < CQ_WANTS; i++) {
        struct cq_text cell = cq_case_cell(&r->columns, row, CQ_CASE_WANT + i);
        cq_out_text(r->out, cell.ptr, cell.len);
    }
    return cq_out_end(r->out, err);
}

static enum cq_code run_cases(struct run *r, struct cq_csvin *in, struct cq_err *err)
{
    const struct cq_row *row;
    char detail[CQ_CSVIN_DETAIL];
    enum cq_code bad, code = CQ_OK;
    while (!(code = cq_csvin_next(in, &row, &bad, err)) && row) {
        if (bad) {
            report_cell(r, bad, row->line, -1, cq_csvin_detail(in, row, bad, detail));
            r->counts->cases++;
            r->counts->unreadable++;
        } else {
            code = run_case(r, row, err);
        }
        if (code)
            break;
    }
    return code;
}

static enum cq_code write_count(struct run *r, const char *kind, const char *name, int64_t cases,
                                struct cq_err *err)
{
    write_leading(r, kind, cq_text_of(name), cases, "", "");
    for (int i = 0; i < 1 + CQ_FACTS + CQ_WANTS; i++)
        cq_out_string(r->out, "");
    return cq_out_end(r->out, err);
}

/* Whether a rule cites a paragraph on some day: others cannot be reached. */
static bool is_cited(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->interval_count; i++) {
        const struct cq_interval *interval = &law->intervals[i];
        if (interval->since >= p->until || p->since >= interval->until)
            continue;
        for (size_t k = 0; k < interval->ruling_count; k++)
            if (cq_text_has(cq_text_of(interval->rulings[k].basis), ';', p->id))
                return true;
    }
    return false;
}

/* Writes how many cases reach each rule, and each paragraph in each of its editions. */
static enum cq_code write_coverage(struct run *r, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < r->law->rule_count && !code; i++) {
        r->counts->rules++;
        r->counts->rules_reached += r->coverage.rules[i] > 0;
        code = write_count(r, "rule", r->law->rules[i].id, r->coverage.rules[i], err);
    }
    for (size_t i = 0; i < r->law->paragraph_count && !code; i++) {
        const struct cq_paragraph *p = &r->law->paragraphs[i];
        if (!is_cited(r->law, p))
            continue;
        r->counts->paragraphs++;
        r->counts->paragraphs_reached += r->coverage.paragraphs[i] > 0;
        cq_str_clear(&r->cell);
        cq_str_printf(&r->cell, "%s %s", p->id, p->edition);
        code = write_count(r, "paragraph", r->cell.ptr ? r->cell.ptr : "",
                           r->coverage.paragraphs[i], err);
    }
    return code;
}

static enum cq_code write_proposal(const struct cq_proposal *proposal, void *context,
                                   struct cq_err *err)
{
    struct run *r = context;
    const char *cells[CQ_WANTS];
    struct cq_decision d;
    cq_decide(r->law, proposal->day, proposal->facts, &d);
    if (cq_case_cells(r->law, &d, r->lists, cells))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    r->counts->proposed++;
    write_leading(r, "proposed", cq_text_of(proposal->rule), -1, "proposed", "");
    write_facts(r, proposal->day, proposal->facts);
    for (int i = 0; i < CQ_WANTS; i++)
        cq_out_string(r->out, cells[i]);
    return cq_out_end(r->out, err);
}

static enum cq_code open_run(struct run *r, struct cq_csvin *in, int fd, struct cq_err *err)
{
    enum cq_code code = cq_coverage_init(&r->coverage, r->law, err);
    if (code)
        return code;
    code = cq_case_columns_init(&r->columns, r->law, err);
    if (!code)
        code = cq_case_columns_map(&r->columns, cq_csvin_header(in), err);
    if (code)
        cq_err_at(err, r->name, cq_csvin_header(in)->line, NULL);
    return code ? code : open_output(r, fd, err);
}

enum cq_code cq_cases_open(const struct cq_law *law, struct cq_csvin **in,
                           const struct cq_csv_input *input, struct cq_err *err)
{
    struct cq_case_columns columns = {0};
    *in = NULL;
    enum cq_code code = cq_case_columns_init(&columns, law, err);
    if (!code)
        code = cq_columns_open(in, input, columns.column, CQ_CASE_COLUMNS, NULL, err);
    if (!code)
        cq_csvin_keep_all(*in); /* an empty cell is an unknown fact */
    cq_case_columns_fini(&columns);
    return code;
}

enum cq_code cq_cases_run(const struct cq_batch *batch, struct cq_csvin *in, const char *name,
                          int fd, struct cq_case_counts *counts, struct cq_err *err)
{
    struct run r = {.batch = batch, .law = batch->law, .name = name, .counts = counts};
    *counts = (struct cq_case_counts){0};
    enum cq_code code = open_run(&r, in, fd, err);
    if (!code)
        code = run_cases(&r, in, err);
    if (!code)
        code = write_coverage(&r, err);
    if (!code)
        code = cq_cases_propose(&r.coverage, write_proposal, &r, err);
    if (code)
        cq_out_abandon(r.out);
    else
        code = cq_out_close(r.out, err);
    cq_case_columns_fini(&r.columns);
    cq_coverage_fini(&r.coverage);
    cq_str_free(&r.lists[0]);
    cq_str_free(&r.lists[1]);
    cq_str_free(&r.differs);
    cq_str_free(&r.cell);
    return code;
}
