/* The differences of two laws as a table for people. */
#include "cq-eligible_compare_words.h"

#include <string.h>

#include "cli.h"
#include "cq/list.h"

#define VALUES_MAX 4 /* of a cell that are shown */

struct writer {
    const struct cq_law *law;
    enum cq_language language;
    struct cq_out *out;
    struct cq_str cell;
};

static void write_cell(struct writer *w)
{
    cq_out_text(w->out, w->cell.ptr ? w->cell.ptr : "", w->cell.len);
}

/* Appends values of a fact: "a, b". */
static void add_values(struct writer *w, enum cq_fact fact, uint64_t values)
{
    const char *between = "";

    for (int value = 0; value < cq_fact_count(fact); value++)
        if (values & cq_fact_bit(fact, value)) {
            cq_str_printf(&w->cell, "%s%s", between,
                          cq_law_value_label(w->law, fact, value, w->language));
            between = ", ";
        }
}

/* Writes the facts that are restricted: "category: pensioner; kin: all but other". */
static void write_facts(struct writer *w, uint64_t facts)
{
    cq_str_clear(&w->cell);
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        uint64_t field = cq_fact_field(fact), values = facts & field;
        int count = __builtin_popcountll(values), others = cq_fact_count(fact) - count;

        if (values == field)
            continue;
        cq_str_printf(&w->cell, "%s%s: ", w->cell.len == 0 ? "" : "; ",
                      cq_law_fact_label(w->law, fact, w->language));
        if (count > others + 1)
            cq_str_printf(&w->cell, "%s ", _("all but"));
        add_values(w, fact, count > others + 1 ? field & ~values : values);
    }
    if (w->cell.len == 0)
        cq_str_puts(&w->cell, _("everyone, every service"));
    write_cell(w);
}

/* Appends the words of one value of a cell: codes joined by ';', '+' or '/'. */
static void add_codes(struct writer *w, const char *kind, struct cq_text value)
{
    while (value.len > 0) {
        size_t len = 0;
        const struct cq_word *word;

        while (len < value.len && !strchr(";+/", value.ptr[len]))
            len++;
        word = kind ? cq_law_word(w->law, kind, value.ptr, len) : NULL;
        if (word)
            cq_str_puts(&w->cell, word->label[w->language]);
        else
            cq_str_put(&w->cell, value.ptr, len);
        if (len < value.len) {
            cq_str_printf(&w->cell, kind ? "%s%c " : "%s%c", value.ptr[len] == ';' ? "" : " ",
                          value.ptr[len]);
            len++;
        }
        value.ptr += len;
        value.len -= len;
    }
}

/* Appends the values of a cell under one law: the first ones, and how many more there are. */
static void add_cell(struct writer *w, const char *kind, const char *text)
{
    struct cq_text rest = cq_text_of(text), value;
    int shown = 0, more = 0;

    if (rest.len == 0)
        cq_str_puts(&w->cell, "-");
    while (rest.len > 0 && cq_text_next(&rest, '|', &value)) {
        if (shown == VALUES_MAX) {
            more++;
            continue;
        }
        cq_str_puts(&w->cell, shown++ > 0 ? " | " : "");
        add_codes(w, kind, value);
    }
    if (more > 0)
        cq_str_printf(&w->cell, " | +%d", more);
}

/* Writes the cells that change: "outcome: eligible > ineligible". */
static void write_changes(struct writer *w, const struct cq_law_difference *row)
{
    static const char *const kinds[CQ_COMPARED] = {
        [CQ_COMPARED_OUTCOME] = "outcome",    [CQ_COMPARED_PROVIDER] = "provider",
        [CQ_COMPARED_PAYER] = "payer",        [CQ_COMPARED_REFERRAL] = "referral",
        [CQ_COMPARED_REASONS] = "reason",     [CQ_COMPARED_CERTAINTY] = "certainty",
        [CQ_COMPARED_DOCUMENTS] = "document",
    };

    cq_str_clear(&w->cell);
    for (int i = 0; i < CQ_COMPARED; i++) {
        if ((row->changed >> i & 1) == 0)
            continue;
        cq_str_printf(&w->cell, "%s%s: ", w->cell.len == 0 ? "" : "; ",
                      i == CQ_COMPARED_LATE_GAPS
                          ? _("gaps added afterwards")
                          : cq_law_label(w->law, "case", cq_compared_names[i], w->language));
        add_cell(w, kinds[i], row->first[i]);
        cq_str_puts(&w->cell, " > ");
        add_cell(w, kinds[i], row->second[i]);
    }
    write_cell(w);
}

enum cq_code cq_eligible_compare_words(const struct cq_table_reader *reader,
                                       const struct cq_law_comparison *comparison, int fd,
                                       struct cq_err *err)
{
    const struct cq_text names[] = {
        cq_text_of(_("since")), cq_text_of(_("until")), cq_text_of(_("combinations")),
        cq_text_of(_("among")), cq_text_of(_("where")), cq_text_of(_("what changes")),
    };
    struct writer w = {.law = reader->law, .language = (enum cq_language)reader->language};
    enum cq_code code = cq_out_open_for(&w.out, fd, CQ_FORMAT_TABLE, reader, names,
                                        sizeof names / sizeof *names, err);

    for (size_t i = 0; i < comparison->count && !code; i++) {
        const struct cq_law_difference *row = &comparison->rows[i];

        cq_out_day(w.out, row->since);
        cq_out_day(w.out, row->until);
        cq_out_number(w.out, (int64_t)row->combinations);
        cq_out_number(w.out, (int64_t)row->among);
        write_facts(&w, row->facts);
        write_changes(&w, row);
        code = w.cell.failed ? cq_err_set(err, w.cell.failed, NULL) : cq_out_end(w.out, err);
    }
    if (!code)
        code = cq_out_close(w.out, err);
    else
        cq_out_abandon(w.out);
    cq_str_free(&w.cell);
    return code;
}
