/* Random lists for the model of time_model.h: near the days that matter, with rows that are as known,
 * changed, wrong or twice. */
#ifndef TIME_LISTS_H
#define TIME_LISTS_H

#include "importing.h"
#include "../random.h"
#include "time_model.h"

#include "cq/date.h"
#include "cq/str.h"

static const char *const agencies[AGENCIES] = {"internal_affairs", "courier"};

/* What the cells may say, from 1, as a list writes it and as the registry stores it. */
struct word {
    const char *list, *stored;
};
static const struct word words[CELLS][5] = {
    [CELL_NAME] = {{0}, {"Ahmet", "Ahmet"}, {"Ahmed", "Ahmed"}},
    [CELL_SOMEBODY_ELSE] = {{"1885-03-15", "-30972"}, {"1886-04-16", "-30575"}},
    [CELL_CATEGORY] = {{0}, {"employee", "1"}, {"family", "2"}, {"pensioner", "3"}},
    [CELL_RESIDENCE] = {{"", "-"}, {"711110000", "711110000"}, {"75", "75"}, {"59", "59"}},
    [CELL_SPECIAL_RANK] = {{"", "-"}, {"yes", "1"}, {"no", "0"}},
    [CELL_RANK] = {{"", "-"}, {"майор", "майор"}, {"капитан", "капитан"}},
    [CELL_SPONSOR] = {{"", "-"}, {A, A}, {B, B}},
    [CELL_SERVICE_ID] = {{"", "-"}, {"S-1", "S-1"}, {"S-2", "S-2"}},
};
static const char *const columns[CELLS] = {"last_name",   "birth_date",   "category",
                                           "residence",   "special_rank", "rank",
                                           "sponsor_iin", "service_id"};

static struct model model;
static int64_t iins[PEOPLE];
static int32_t epoch; /* the day before FIRST_DAY */

static bool one_in(int n)
{
    return random_below(n) == 0;
}

static int clamp_day(int number)
{
    return number < FIRST_DAY ? FIRST_DAY : number > LAST_DAY ? LAST_DAY : number;
}

/* A day near one that matters, that of the list, the start and the end of the last row, or one that
 * will come soon. */
static int random_day(const struct list *list, int key)
{
    const uint16_t *days = model.now.of[key];
    int end = end_of(days), start = end ? model.statements[days[end - 1]].start : 0;
    int named = end ? model.statements[days[end - 1]].row.from : 0;
    int near[] = {list->day, start, end, named};
    int choice = random_below(8);
    if (choice < 4)
        return clamp_day(near[choice] + random_below(3) - 1);
    if (choice < 7)
        return clamp_day(list->day + random_below(200));
    return FIRST_DAY + random_below(LAST_DAY);
}

/* Cells: at times those of the row that is known, at times others. */
static void make_cells(struct row *row, const struct list *list)
{
    static const int kinds[CELLS] = {2, 1, 3, 4, 3, 3, 3, 3};
    const uint16_t *days = model.now.of[key_of(row->person, row->agency)];
    int end = end_of(days), change = random_below(3);
    const struct statement *old = end ? &model.statements[days[end - 1]] : NULL;
    for (int i = 0; i < CELLS; i++) {
        bool always = i == CELL_NAME || i == CELL_CATEGORY; /* cells that may not be empty */
        bool fresh = !old || (change && one_in(change == 1 ? 8 : 3));
        if (i == CELL_SOMEBODY_ELSE)
            row->cells[i] = old ? old->cells[i] : 0;
        else if (list->has.cells[i])
            row->cells[i] = !fresh   ? old->cells[i]
                            : always ? 1 + random_below(kinds[i])
                                     : random_below(kinds[i]);
    }
}

static void make_days(struct row *row, const struct list *list)
{
    int key = key_of(row->person, row->agency), end = end_of(model.now.of[key]);
    const struct statement *old = end ? &model.statements[model.now.of[key][end - 1]] : NULL;
    if (list->has.from && old && !one_in(3))
        row->from = old->row.from;
    else if (list->has.from && !one_in(3))
        row->from = random_day(list, key);
    if (list->has.to && old && end < FOREVER && one_in(2))
        row->to = end <= LAST_DAY ? end : 0;
    else if (list->has.to && one_in(4))
        row->to = random_day(list, key);
}

static void add_row(struct list *list, int person, bool stranger)
{
    struct row *row = &list->rows[list->count++];
    *row = (struct row){.person = person,
                        .agency = list->agency < 0 ? random_below(AGENCIES) : list->agency};
    make_cells(row, list);
    make_days(row, list);
    row->cells[CELL_SOMEBODY_ELSE] = stranger;
    row->damaged = one_in(40);
    row->foreign = list->agency >= 0 && one_in(40);
    if (one_in(16)) { /* once more, as it is or otherwise */
        struct row *twin = &list->rows[list->count++];
        *twin = *row;
        twin->damaged = one_in(6);
        if (one_in(2))
            twin->cells[CELL_NAME] = 3 - twin->cells[CELL_NAME];
    }
}

static void make_list(struct list *list, int clock)
{
    *list = (struct list){.full = random_below(5) < 2,
                          .agency = one_in(4) ? -1 : random_below(AGENCIES)};
    list->day = clamp_day(one_in(8) ? clock - random_below(400) : clock);
    for (int i = 0; i < CELLS; i++)
        list->has.cells[i] = i <= CELL_CATEGORY || random_below(3) > 0;
    list->has.from = one_in(2);
    list->has.to = one_in(2);
    list->strict = one_in(2);
    list->today = list->day - (one_in(20) ? DAYS_AHEAD + random_below(2) : 0);
    int named = one_in(3) ? 3 : one_in(6) ? 1 : 5; /* of six */
    if (named == 1)                                /* and many would leave */
        list->full = list->strict = true;
    for (int person = 0; person < PEOPLE; person++)
        if (random_below(6) < named)
            add_row(list, person, one_in(40));
}

/* A day as a list writes it. */
static const char *date_text(int number)
{
    static char text[16];
    text[cq_date_write(text, epoch + number)] = '\0';
    return text;
}

static void put_day(struct cq_str *out, int number)
{
    cq_str_printf(out, ",%s", number ? date_text(number) : "");
}

/* The list as text. */
static void write_list(const struct list *list, struct cq_str *out)
{
    cq_str_clear(out);
    cq_str_puts(out, "iin,first_name,agency");
    for (int i = 0; i < CELLS; i++)
        if (list->has.cells[i])
            cq_str_printf(out, ",%s", columns[i]);
    cq_str_printf(out, "%s%s\n", list->has.from ? ",valid_from" : "",
                  list->has.to ? ",valid_to" : "");
    for (int k = 0; k < list->count; k++) {
        const struct row *row = &list->rows[k];
        bool stranger = row->cells[CELL_SOMEBODY_ELSE];
        cq_str_printf(out, "%lld,%s,%s", (long long)iins[row->person],
                      stranger ? "Daniyar" : "Name",
                      agencies[row->foreign ? (row->agency + 1) % AGENCIES : row->agency]);
        for (int i = 0; i < CELLS; i++)
            if (list->has.cells[i])
                cq_str_printf(out, ",%s%s", i == CELL_NAME && stranger ? "Zhumabek" : "",
                              i == CELL_SOMEBODY_ELSE && row->damaged ? "1885-13-15"
                              : i == CELL_NAME && stranger ? (row->cells[i] == 1 ? "ov" : "ova")
                                                           : words[i][row->cells[i]].list);
        if (list->has.from)
            put_day(out, row->from);
        if (list->has.to)
            put_day(out, row->to);
        cq_str_puts(out, "\n");
    }
}

#endif
