/* The columns and cells of a file of cases. Headers and values are codes, or the words of words.csv
 * in any language, so that a lawyer can write a file by hand. */
#include <string.h>

#include "answers/cases_columns.h"
#include "cq/list.h"
#include "cq/utf8.h"
#include "engine/fact_cells.h"

const char *const cq_want_names[CQ_WANTS] = {
    [CQ_WANT_OUTCOME] = "outcome",     [CQ_WANT_PROVIDER] = "provider",
    [CQ_WANT_PAYER] = "payer",         [CQ_WANT_REFERRAL] = "referral",
    [CQ_WANT_REASONS] = "reasons",     [CQ_WANT_BASIS] = "basis",
    [CQ_WANT_MISSING] = "missing",     [CQ_WANT_GAPS] = "gaps",
    [CQ_WANT_CERTAINTY] = "certainty", [CQ_WANT_DOCUMENTS] = "documents",
};

/* The kind of words that a cell of the answer has; NULL where it has codes only. */
static const char *kind_of(enum cq_want want)
{
    static const char *const kinds[CQ_WANTS] = {
        [CQ_WANT_OUTCOME] = "outcome",     [CQ_WANT_PROVIDER] = "provider",
        [CQ_WANT_PAYER] = "payer",         [CQ_WANT_REFERRAL] = "referral",
        [CQ_WANT_REASONS] = "reason",      [CQ_WANT_MISSING] = "fact",
        [CQ_WANT_CERTAINTY] = "certainty",
    };
    return kinds[want];
}

static const struct cq_word *case_word(const struct cq_law *law, const char *code)
{
    return cq_law_word(law, "case", code, strlen(code));
}

static void name_columns(struct cq_case_columns *c, const struct cq_law *law)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        const char *name = cq_fact_name((enum cq_fact)i);
        cq_str_puts(&c->names[i], name);
        cq_label_aliases(NULL, cq_law_word(law, "fact", name, strlen(name)), &c->aliases[i]);
    }
    cq_str_puts(&c->names[CQ_CASE_AS_OF], "as_of");
    cq_label_aliases(NULL, case_word(law, "as_of"), &c->aliases[CQ_CASE_AS_OF]);
    cq_str_puts(&c->names[CQ_CASE_NAME], "case");
    cq_label_aliases(NULL, case_word(law, "case"), &c->aliases[CQ_CASE_NAME]);
    for (int i = 0; i < CQ_WANTS; i++) {
        cq_str_printf(&c->names[CQ_CASE_WANT + i], "want_%s", cq_want_names[i]);
        cq_label_aliases(case_word(law, "want"), case_word(law, cq_want_names[i]),
                         &c->aliases[CQ_CASE_WANT + i]);
    }
}

enum cq_code cq_case_columns_init(struct cq_case_columns *c, const struct cq_law *law,
                                  struct cq_err *err)
{
    name_columns(c, law);
    for (int i = 0; i < CQ_CASE_COLUMNS; i++) {
        if (c->names[i].failed || c->aliases[i].failed)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        c->column[i] = (struct cq_column){.name = c->names[i].ptr,
                                          .type = CQ_TYPE_TEXT,
                                          .required = i == CQ_CASE_WANT + CQ_WANT_OUTCOME,
                                          .aliases = c->aliases[i].ptr};
    }
    return CQ_OK;
}

enum cq_code cq_case_columns_map(struct cq_case_columns *c, const struct cq_row *header,
                                 struct cq_err *err)
{
    return cq_columns_map(c->column, CQ_CASE_COLUMNS, header, NULL, c->map, NULL, NULL, err);
}

void cq_case_columns_fini(struct cq_case_columns *c)
{
    for (int i = 0; i < CQ_CASE_COLUMNS; i++) {
        cq_str_free(&c->names[i]);
        cq_str_free(&c->aliases[i]);
    }
}

struct cq_text cq_case_cell(const struct cq_case_columns *c, const struct cq_row *row, int column)
{
    int field = c->map[column];
    return field < 0 ? (struct cq_text){"", 0} : cq_text_trim(row->fields[field]);
}

/* Whether two texts are the same word, case and blanks aside. */
static bool same_word(struct cq_text a, const char *b)
{
    struct cq_str x = {0}, y = {0};
    bool same = !cq_utf8_fold(&x, a.ptr, a.len) && !cq_utf8_fold(&y, b, strlen(b)) &&
                x.len == y.len && (x.len == 0 || memcmp(x.ptr, y.ptr, x.len) == 0);
    cq_str_free(&x);
    cq_str_free(&y);
    return same;
}

/* Whether a text is a code, or the label of the code in any language. */
static bool is_code(const struct cq_law *law, const char *kind, const char *code,
                    struct cq_text text)
{
    const struct cq_word *word;
    if (cq_text_is(text, code))
        return true;
    word = kind ? cq_law_word(law, kind, code, strlen(code)) : NULL;
    for (int language = 0; language < CQ_LANGUAGES && word; language++)
        if (same_word(text, word->label[language]))
            return true;
    return false;
}

bool cq_case_agrees(const struct cq_law *law, enum cq_want want, struct cq_text expected,
                    const char *got)
{
    struct cq_text rest = cq_text_of(got), code, text;
    bool more;
    if (cq_text_is(expected, "?") || cq_text_is(expected, got))
        return true;
    if (expected.len == 0 || rest.len == 0)
        return false;
    while ((more = cq_text_next(&rest, ';', &code)) && cq_text_next(&expected, ';', &text)) {
        char own[80];
        if (code.len >= sizeof own)
            return false;
        memcpy(own, code.ptr, code.len);
        own[code.len] = '\0';
        if (!is_code(law, kind_of(want), own, cq_text_trim(text)))
            return false;
    }
    return !more && !expected.ptr;
}

enum cq_code cq_case_cells(const struct cq_law *law, const struct cq_decision *d,
                           struct cq_str lists[2], const char *cells[CQ_WANTS])
{
    enum cq_code code = CQ_OK;
    for (int i = 0; i < 2; i++) {
        cq_str_clear(&lists[i]);
        cq_str_put(&lists[i], "", 0);
    }
    code = cq_decision_missing(d->missing, &lists[0]);
    if (!code)
        code = cq_decision_gaps(law, d->gaps, &lists[1]);
    cells[CQ_WANT_OUTCOME] = d->outcome;
    cells[CQ_WANT_PROVIDER] = d->provider;
    cells[CQ_WANT_PAYER] = d->payer;
    cells[CQ_WANT_REFERRAL] = d->referral;
    cells[CQ_WANT_REASONS] = d->reasons;
    cells[CQ_WANT_BASIS] = d->basis;
    cells[CQ_WANT_MISSING] = lists[0].ptr;
    cells[CQ_WANT_GAPS] = lists[1].ptr;
    cells[CQ_WANT_CERTAINTY] = d->certainty;
    cells[CQ_WANT_DOCUMENTS] = d->documents;
    return code;
}
