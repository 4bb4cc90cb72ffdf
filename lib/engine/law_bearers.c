/* Reads bearers.csv. For each payer the first row that fits counts, so its last row must fit always:
 * then every referral has one bearer, on every day. */
#include "engine/law_bearers.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

enum { SINCE, UNTIL, PAYER, CITES, BEARER, BASIS };
const char *const cq_law_bearers_columns[] = {"since",  "until", "payer", "cites",
                                              "bearer", "basis", NULL};

static bool fits_always(const struct cq_bearer *bearer)
{
    return bearer->since == CQ_DAY_MIN && bearer->until == CQ_DAY_MAX &&
           strcmp(bearer->cites, "*") == 0;
}

/* The payers of a row: each is a word, and no earlier row fits it always. */
static void check_payers(struct cq_law_cells *r, const struct cq_bearer *before, size_t count)
{
    struct cq_text payers = cq_law_cells_text(r, PAYER), payer;

    while (payers.len > 0 && cq_text_next(&payers, '|', &payer)) {
        bool bad = !cq_law_word(r->law, "payer", payer.ptr, payer.len);

        for (size_t i = 0; i < count; i++)
            bad = bad || (fits_always(&before[i]) &&
                          cq_text_has(cq_text_of(before[i].payers), '|',
                                      cq_law_cells_intern(r, payer.ptr, payer.len)));
        if (bad)
            cq_law_cells_unknown(r, CQ_FINDING_CELL, PAYER, payer);
    }
}

static void check_complete(struct cq_law_cells *r, const struct cq_bearer *bearers, size_t count)
{
    for (size_t w = 0; w < r->law->word_count && count > 0; w++) {
        const struct cq_word *word = &r->law->words[w];
        bool found = strcmp(word->kind, "payer") != 0;

        for (size_t i = 0; i < count && !found; i++)
            found = fits_always(&bearers[i]) &&
                    cq_text_has(cq_text_of(bearers[i].payers), '|', word->code);
        if (!found)
            cq_law_cells_bad(r, PAYER, "%s", word->code);
    }
}

void cq_law_bearers_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_bearer *bearers = cq_law_cells_alloc(r, rows, sizeof *bearers);

    r->law->bearers = bearers;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_bearer *b = &bearers[i];
        struct cq_text bearer = cq_law_cells_text(r, BEARER);

        b->since = cq_law_cells_day(r, SINCE, CQ_DAY_MIN);
        b->until = cq_law_cells_day(r, UNTIL, CQ_DAY_MAX);
        if (b->until <= b->since)
            cq_law_cells_bad(r, UNTIL, "-");
        b->payers = cq_law_cells_required(r, PAYER);
        check_payers(r, bearers, i);
        b->cites = cq_text_is(cq_law_cells_text(r, CITES), "*") ? "*"
                                                                : cq_law_cells_basis(r, CITES);
        if (*b->cites == '\0' || strchr(b->cites, ';'))
            cq_law_cells_bad(r, CITES, "%s", b->cites);
        b->bearer = cq_law_cells_required(r, BEARER);
        if (!cq_law_word(r->law, "bearer", bearer.ptr, bearer.len))
            cq_law_cells_bad(r, BEARER, "%s", b->bearer);
        b->basis = cq_law_cells_basis(r, BASIS);
        r->law->bearer_count = i + 1;
    }
    check_complete(r, bearers, r->law->bearer_count);
}
