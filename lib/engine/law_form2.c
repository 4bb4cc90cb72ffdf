/* Reads form2.csv. A line is a part of another, so its conditions must lie inside those of that one,
 * and two parts of one line may not share a person: then sums can be checked. */
#include "engine/law_form2.h"

#include <string.h>

#include "cq/list.h"

enum { LINE, OF, KEPT, CATEGORY, AGENCY, WOMEN, LABEL };
const char *const cq_law_form2_columns[] = {
    "line", "of", "kept", "category", "agency", "women", CQ_LAW_NAME_COLUMNS("label"), NULL};

static bool read_yes(struct cq_law_cells *r, int column)
{
    bool yes = cq_text_is(cq_law_cells_text(r, column), "yes");

    if (!yes && !cq_text_is(cq_law_cells_text(r, column), "no"))
        cq_law_cells_bad(r, column, "%s", cq_law_cells_string(r, column));
    return yes;
}

/* The agencies, joined by '|', as bits of their numbers; all are "*". */
static unsigned read_agencies(struct cq_law_cells *r)
{
    struct cq_text rest = cq_law_cells_text(r, AGENCY), part;
    unsigned bits = 0;

    if (cq_text_is(rest, "*"))
        return ~0U;
    while (rest.len > 0 && cq_text_next(&rest, '|', &part)) {
        const struct cq_agency *agency = cq_law_agency(r->law, part.ptr, part.len);

        if (agency)
            bits |= 1U << agency->number;
        else
            cq_law_cells_unknown(r, CQ_FINDING_CELL, AGENCY, part);
    }
    if (bits == 0)
        cq_law_cells_bad(r, AGENCY, "%s", cq_law_cells_string(r, AGENCY));
    return bits;
}

static bool shares(const struct cq_form2_line *a, const struct cq_form2_line *b)
{
    return a->kept && b->kept && (a->facts & b->facts) != 0 && (a->agencies & b->agencies) != 0;
}

static bool lies_inside(const struct cq_form2_line *a, const struct cq_form2_line *whole)
{
    return !a->kept || (whole->kept && (a->facts & ~whole->facts) == 0 &&
                        (a->agencies & ~whole->agencies) == 0 && (a->women || !whole->women));
}

/* Checks a line against those before it. */
static void check_place(struct cq_law_cells *r, const struct cq_form2_line *lines, size_t at)
{
    const struct cq_form2_line *line = &lines[at], *whole = NULL;

    for (size_t i = 0; i < at; i++) {
        if (strcmp(lines[i].line, line->line) == 0)
            cq_law_cells_bad(r, LINE, "%s", line->line);
        if (strcmp(lines[i].line, line->of) == 0)
            whole = &lines[i];
        else if (strcmp(lines[i].of, line->of) == 0 && shares(&lines[i], line))
            cq_law_cells_bad(r, AGENCY, "%s", lines[i].line);
    }
    if (at == 0 ? *line->of != '\0' || !line->kept : !whole || !lies_inside(line, whole))
        cq_law_cells_bad(r, OF, "%s", line->of);
}

void cq_law_form2_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_form2_line *lines = cq_law_cells_alloc(r, rows, sizeof *lines);

    r->law->form2_lines = lines;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_form2_line *line = &lines[i];

        line->line = cq_law_cells_required(r, LINE);
        line->of = cq_law_cells_string(r, OF);
        line->kept = read_yes(r, KEPT);
        if (line->kept) {
            line->facts = cq_law_cells_fact(r, CATEGORY, CQ_FACT_CATEGORY);
            line->agencies = read_agencies(r);
        } else if (cq_law_cells_text(r, CATEGORY).len > 0 || cq_law_cells_text(r, AGENCY).len > 0) {
            cq_law_cells_bad(r, KEPT, "no"); /* who counts there is not known */
        }
        line->women = read_yes(r, WOMEN);
        cq_law_cells_names(r, LABEL, line->label);
        check_place(r, lines, i);
        r->law->form2_line_count = i + 1;
    }
}
