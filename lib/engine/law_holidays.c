/* Reads holidays.csv, and finds the holiday of a day. */
#include "engine/law_holidays.h"

#include "cq/date.h"
#include "cq/list.h"

enum { MONTH, MDAY, SINCE, UNTIL, MOVES, BASIS, NAME };
const char *const cq_law_holidays_columns[] = {
    "month", "day", "since", "until", "moves", "basis", CQ_LAW_NAME_COLUMNS("name"), NULL};

/* More rows are a mistake, and would leave too few days to work on. */
enum { HOLIDAYS_MAX = 60, LEAP_YEAR = 2000 };

static bool read_moves(struct cq_law_cells *r)
{
    struct cq_text cell = cq_law_cells_text(r, MOVES);

    if (!cq_text_is(cell, "yes") && !cq_text_is(cell, "no"))
        cq_law_cells_bad(r, MOVES, "%s", cell.len == 0 ? "-" : cq_law_cells_string(r, MOVES));
    return cq_text_is(cell, "yes");
}

static bool overlap(const struct cq_holiday *a, const struct cq_holiday *b)
{
    return a->month == b->month && a->mday == b->mday && a->since < b->until && b->since < a->until;
}

void cq_law_holidays_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_holiday *holidays = cq_law_cells_alloc(r, rows, sizeof *holidays);

    r->law->holidays = holidays;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_holiday *h = &holidays[i];

        if (i == HOLIDAYS_MAX) {
            cq_law_cells_bad(r, MONTH, "> %d", HOLIDAYS_MAX);
            return;
        }
        h->month = (int)cq_law_cells_number(r, MONTH, 1, 12);
        h->mday = (int)cq_law_cells_number(r, MDAY, 1, 31);
        if (!cq_date_valid(LEAP_YEAR, h->month, h->mday))
            cq_law_cells_bad(r, MDAY, "%d", h->mday);
        h->since = cq_law_cells_day(r, SINCE, CQ_DAY_MIN);
        h->until = cq_law_cells_day(r, UNTIL, CQ_DAY_MAX);
        if (h->until <= h->since)
            cq_law_cells_bad(r, UNTIL, "-");
        for (size_t j = 0; j < i; j++)
            if (overlap(h, &holidays[j]))
                cq_law_cells_bad(r, MDAY, "%d", h->mday);
        h->moves = read_moves(r);
        h->basis = cq_law_cells_basis(r, BASIS);
        cq_law_cells_names(r, NAME, h->name);
        r->law->holiday_count = i + 1;
    }
}

const struct cq_holiday *cq_law_holiday(const struct cq_law *law, int32_t day)
{
    int year, month, mday;

    cq_date_split(day, &year, &month, &mday);
    for (size_t i = 0; i < law->holiday_count; i++) {
        const struct cq_holiday *h = &law->holidays[i];

        if (h->month == month && h->mday == mday && h->since <= day && day < h->until)
            return h;
    }
    return NULL;
}
