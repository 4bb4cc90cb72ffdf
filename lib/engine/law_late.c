/* Reads late.csv, and finds which of its rows can apply to a ruling. */
#include "engine/law_late.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_rules.h"

enum { ADDS, SINCE, UNTIL, BASIS, OUTCOME, RESTS_ON, POSSIBLE, FACTS };
const char *const cq_law_late_columns[] = {"adds",    "since",    "until",    "basis",
                                           "outcome", "rests_on", "possible", CQ_LAW_FACT_COLUMNS,
                                           NULL};

/* What a row adds: a gap, or a certainty. */
static void read_adds(struct cq_law_cells *r, struct cq_late *late)
{
    struct cq_text cell = cq_law_cells_text(r, ADDS);

    for (int i = 1; i < CQ_CERTAINTIES; i++)
        if (cq_text_is(cell, cq_certainty_names[i]))
            late->certainty = (enum cq_certainty)i;
    if (!late->certainty)
        late->gap = cq_law_cells_gaps(r, ADDS);
    if (cell.len == 0 || (late->gap & (late->gap - 1)) != 0)
        cq_law_cells_bad(r, ADDS, "%s", cell.len == 0 ? "-" : cq_law_cells_string(r, ADDS));
}

/* Checks that each part of the basis is a known act, or begins with one. */
static const char *read_basis(struct cq_law_cells *r)
{
    struct cq_text rest = cq_law_cells_text(r, BASIS), part;

    if (cq_text_is(rest, "*"))
        return "*";
    while (cq_text_next(&rest, '|', &part)) {
        struct cq_text place = part, act;

        cq_text_next(&place, ':', &act);
        if (!cq_law_find_act(r->law, act))
            cq_law_cells_unknown(r, CQ_FINDING_ACT, BASIS, part);
    }
    return cq_law_cells_string(r, BASIS);
}

static int read_rests_on(struct cq_law_cells *r)
{
    struct cq_text cell = cq_law_cells_text(r, RESTS_ON);
    int fact = cell.len == 0 ? -1 : cq_fact_find(cell.ptr, cell.len);

    if (cell.len > 0 && fact < 0)
        cq_law_cells_unknown(r, CQ_FINDING_CELL, RESTS_ON, cell);
    return fact;
}

/* Names of facts joined by ';', or "*" for all, as their fields. */
static uint64_t read_possible(struct cq_law_cells *r)
{
    struct cq_text rest = cq_law_cells_text(r, POSSIBLE), part;
    uint64_t fields = 0;

    if (cq_text_is(rest, "*"))
        return cq_facts_all;
    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        int fact = cq_fact_find(part.ptr, part.len);

        if (fact < 0)
            cq_law_cells_unknown(r, CQ_FINDING_CELL, POSSIBLE, part);
        else
            fields |= cq_fact_field((enum cq_fact)fact);
    }
    return fields;
}

void cq_law_late_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_late *late = cq_law_cells_alloc(r, rows, sizeof *late);

    r->law->late = late;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        if (i == 63) {
            cq_law_cells_bad(r, ADDS, "> 63");
            return;
        }
        read_adds(r, &late[i]);
        late[i].since = cq_law_cells_day(r, SINCE, CQ_DAY_MIN);
        late[i].until = cq_law_cells_day(r, UNTIL, CQ_DAY_MAX);
        /* An empty range is allowed: the day of an edition may be corrected to the day on which
         * the row began. */
        if (late[i].until < late[i].since)
            cq_law_cells_bad(r, UNTIL, "-");
        late[i].basis = read_basis(r);
        late[i].outcomes = cq_law_cells_required(r, OUTCOME);
        late[i].rests_on = read_rests_on(r);
        late[i].possible = read_possible(r);
        for (int fact = 0; fact < CQ_FACTS; fact++)
            late[i].facts |= cq_law_cells_fact(r, FACTS + fact, (enum cq_fact)fact);
        r->law->late_count = i + 1;
    }
}

/* Whether a citation is the given place, or a part of it: "R78" and "R78:4" have "R78:4.2(1)". */
static bool is_of(struct cq_text citation, struct cq_text place)
{
    return citation.len >= place.len && memcmp(citation.ptr, place.ptr, place.len) == 0 &&
           (citation.len == place.len || strchr(":.(", citation.ptr[place.len]));
}

static bool basis_has(const char *basis, struct cq_text places)
{
    struct cq_text rest = cq_text_of(basis), citation;

    while (cq_text_next(&rest, ';', &citation)) {
        struct cq_text others = places, place;

        while (cq_text_next(&others, '|', &place))
            if (is_of(citation, place))
                return true;
    }
    return false;
}

uint64_t cq_law_late_of(const struct cq_law *law, const struct cq_interval *interval,
                        const struct cq_ruling *ruling, uint64_t facts)
{
    uint64_t rows = 0;

    for (size_t i = 0; i < law->late_count; i++) {
        const struct cq_late *late = &law->late[i];

        if (late->since >= interval->until || interval->since >= late->until)
            continue;
        if (strcmp(late->basis, "*") != 0 && !basis_has(ruling->basis, cq_text_of(late->basis)))
            continue;
        if (strcmp(late->outcomes, "*") != 0 &&
            !cq_text_has(cq_text_of(late->outcomes), '|', ruling->rule->outcome))
            continue;
        if (late->rests_on >= 0) {
            uint64_t field = cq_fact_field((enum cq_fact)late->rests_on);

            if ((facts & field) == field)
                continue;
        }
        rows |= UINT64_C(1) << i;
    }
    return rows;
}
