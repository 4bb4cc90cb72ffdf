/* Random histories of lists and undos, day by day against the model of time_model.h. The seeds are
 * fixed; CQ_STEPS says how many steps, and CQ_HISTORY=N tells the lists of the N-th history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "importing.h"
#include "time_model.h"

#include "cq/iin.h"

enum { STEPS = 3200, STEPS_OF_HISTORY = 16 };

static const char *const agencies[AGENCIES] = {"internal_affairs", "courier"};
static int numbers[AGENCIES]; /* of the agencies */

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

static uint64_t seed, history;
static bool told; /* every step is printed */
static struct model model;
static struct calendar after;
static int64_t iins[PEOPLE];
static int32_t epoch; /* the day before FIRST_DAY */

/* How often each thing came about; histories without some of them would prove little. */
static struct tally {
    long steps, added, changed, unchanged, ended, rejected, older, back;
    long undone, blocked, undone_twice, redone;
} tally;

/* A number from 0 to below - 1 (SplitMix64). */
static int random_below(int below)
{
    uint64_t z = seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (int)((z ^ (z >> 31)) % (uint64_t)below);
}

static bool one_in(int n)
{
    return random_below(n) == 0;
}

static int clamp_day(int number)
{
    return number < FIRST_DAY ? FIRST_DAY : number > LAST_DAY ? LAST_DAY : number;
}

/* A day near one that matters: that of the list, the start and the end of the last row. */
static int random_day(const struct list *list, int key)
{
    const uint16_t *days = model.now.of[key];
    int end = end_of(days), start = end ? model.statements[days[end - 1]].start : 0;
    int named = end ? model.statements[days[end - 1]].row.from : 0;
    int near[] = {list->day, start, end, named};
    int choice = random_below(6);
    if (choice < 4)
        return clamp_day(near[choice] + random_below(3) - 1);
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
    *list = (struct list){.full = one_in(3), .agency = one_in(4) ? -1 : random_below(AGENCIES)};
    list->day = clamp_day(one_in(8) ? clock - random_below(400) : clock);
    for (int i = 0; i < CELLS; i++)
        list->has.cells[i] = i <= CELL_CATEGORY || random_below(3) > 0;
    list->has.from = one_in(2);
    list->has.to = one_in(2);
    int skip = one_in(3) ? 2 : 6;
    for (int person = 0; person < PEOPLE; person++)
        if (!one_in(skip))
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
                      stranger ? "Daniyar" : "Name", agencies[row->agency]);
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

/* The cells of a statement as REGISTRY prints them. */
static const char *statement_text(const struct statement *statement)
{
    static char text[200];
    size_t length = 0;
    for (int i = 0; i < CELLS; i++) {
        const char *word = words[i][statement->cells[i]].stored;
        if (i == CELL_NAME && statement->cells[CELL_SOMEBODY_ELSE])
            word = statement->cells[i] == 1 ? "Zhumabekov" : "Zhumabekova";
        length += (size_t)snprintf(text + length, sizeof text - length, " %s", word);
    }
    return text;
}

#define REGISTRY                                                                                   \
    "SELECT id >> 23, agency, valid_from, valid_to, printf(' %s %s %s %s %s %s %s %s', last_name," \
    " birth_date, category, ifnull(residence, '-'), ifnull(special_rank, '-'), ifnull(rank, '-')," \
    " ifnull(sponsor_iin, '-'), ifnull(service_id, '-')) FROM person"                              \
    " WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1) ORDER BY id"

static int number_of(int32_t date)
{
    return date - epoch;
}

static int find(const int *list, int count, int value)
{
    for (int i = 0; i < count; i++)
        if (list[i] == value)
            return i;
    return -1;
}

/* The key of a row of the registry. */
static int key_in(sqlite3_stmt *stmt)
{
    int person = 0, agency = find(numbers, AGENCIES, sqlite3_column_int(stmt, 1));
    while (person < PEOPLE && iins[person] != sqlite3_column_int64(stmt, 0))
        person++;
    assert_true(person < PEOPLE && agency >= 0);
    return key_of(person, agency);
}

static void fail_day(int key, int day, const char *holds, const char *wanted)
{
    fail_msg("history %d, person %d, %s, %s: the registry says%s, the model%s", (int)history,
             key / AGENCIES, agencies[key % AGENCIES],
             day == BEFORE  ? "before"
             : day >= AFTER ? "after"
                            : date_text(day),
             holds, wanted);
}

/* Compares the days of one version. Returns: how many they are. */
static int compare_version(sqlite3_stmt *stmt, const uint16_t *days, int key)
{
    const char *holds = (const char *)sqlite3_column_text(stmt, 4);
    bool open = sqlite3_column_type(stmt, 2) == SQLITE_NULL;
    int from = open ? BEFORE : number_of(sqlite3_column_int(stmt, 2));
    int to = sqlite3_column_type(stmt, 3) == SQLITE_NULL ? FOREVER
                                                         : number_of(sqlite3_column_int(stmt, 3));
    uint16_t last = 0;
    assert_true(from < to && (open || from >= FIRST_DAY) && to <= FOREVER);
    for (int day = from; day < to; day++) {
        if (days[day] == last && last)
            continue;
        last = days[day];
        const char *wanted = last ? statement_text(&model.statements[last]) : " nothing";
        if (strcmp(holds, wanted) != 0)
            fail_day(key, day, holds, wanted);
        if (model.statements[last].start != from)
            fail_day(key, day, " another start", "");
    }
    return to - from;
}

/* Compares every day of every key, as a run left the registry: each version says what the model does
 * of its days, and the days of all versions of a key are as many as the model covers. */
static void compare_days(struct world *w, int64_t run, const struct calendar *wanted)
{
    int days[KEYS] = {0};
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(w->db.sqlite, REGISTRY, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, run);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        int key = key_in(stmt);
        days[key] += compare_version(stmt, wanted->of[key], key);
    }
    sqlite3_finalize(stmt);
    for (int key = 0; key < KEYS; key++) {
        for (int day = 0; day < DAYS; day++)
            days[key] -= wanted->of[key][day] != 0;
        if (days[key])
            fail_msg("person %d, %s: %d days more than in the model", key / AGENCIES,
                     agencies[key % AGENCIES], days[key]);
    }
}

/* Compares the codes of the rows that are rejected, in the order of lines. */
static void compare_codes(struct world *w, const struct list *list)
{
    for (int i = 0; i < list->count; i++) {
        char finding[40];
        if (!list->rows[i].code)
            continue;
        snprintf(finding, sizeof finding, "%d:%s", i + 2, cq_code_id(list->rows[i].code) + 3);
        if (!strstr(w->findings.ptr, finding))
            fail_msg("%s is not in %s", finding, w->findings.ptr);
    }
}

static void compare_counts(struct world *w)
{
    char is[120], wanted[120];
    const struct cq_import_result *r = &w->result;
    const struct counts *c = &model.counts;
    snprintf(is, sizeof is, "+%ld ~%ld =%ld -%ld !%ld", (long)r->added, (long)r->changed,
             (long)r->unchanged, (long)r->ended, (long)r->rejected);
    snprintf(wanted, sizeof wanted, "+%d ~%d =%d -%d !%d", c->added, c->changed, c->unchanged,
             c->ended, c->rejected);
    assert_string_equal(is, wanted);
}

static void add_to_tally(const struct counts *counts)
{
    tally.added += counts->added;
    tally.changed += counts->changed;
    tally.unchanged += counts->unchanged;
    tally.ended += counts->ended;
    tally.rejected += counts->rejected;
    tally.back += counts->back;
}

static void step_import(struct world *w, int clock, struct cq_str *text)
{
    struct list list;
    bool of[AGENCIES];
    make_list(&list, clock);
    write_list(&list, text);
    w->import.full = list.full;
    w->import.agency = list.agency < 0 ? 0 : numbers[list.agency];
    w->import.list_date = epoch + list.day;
    enum cq_code wanted = model_import(&model, &list, &after, of);
    if (told)
        fprintf(stderr, "run %d: %s list, %s, %s\n%s", model.runs + 1, list.full ? "full" : "delta",
                list.agency < 0 ? "joint" : agencies[list.agency], date_text(list.day), text->ptr);
    enum cq_code code = import_text(w, text->ptr);
    assert_string_equal(cq_code_id(code), cq_code_id(wanted));
    if (code == CQ_F_OLDER) {
        tally.older++;
        char token[sizeof w->result.token];
        memcpy(token, w->result.token, sizeof token);
        w->import.approve = token;
        assert_int_equal(import_text(w, text->ptr), CQ_OK);
        w->import.approve = NULL;
    }
    compare_days(w, INT64_MAX - 1, &after);
    compare_counts(w);
    compare_codes(w, &list);
    model_keep(&model, &list, &after);
    add_to_tally(&model.counts);
}

static void step_undo(struct world *w)
{
    int run = 1 + (one_in(2) ? random_below(model.runs + 1) : model.runs - random_below(3));
    if (run < 1)
        return;
    int rows;
    enum cq_code wanted = model_undo(&model, run, &after, &rows);
    if (told)
        fprintf(stderr, "undo of run %d\n", run);
    w->err = (struct cq_err){0};
    cq_import_result_fini(&w->result);
    enum cq_code code = cq_import_undo(&w->db, &w->import, run, &w->result, &w->err);
    assert_string_equal(cq_code_id(code), cq_code_id(wanted));
    tally.undone += !code;
    tally.blocked += code == CQ_F_UNDO;
    tally.undone_twice += code == CQ_F_UNDONE;
    tally.redone += !code && model.undoes[run];
    if (!code)
        assert_int_equal(w->result.changed, rows);
}

static void open_history(struct world *w)
{
    world_open(w);
    memset(&model.now, 0, sizeof model.now);
    model.runs = model.statement_count = 0;
}

static void run_history(uint64_t number)
{
    struct world w;
    struct cq_str text = {0};
    seed = number * 1000003;
    history = number;
    open_history(&w);
    int clock = FIRST_DAY + 300 + random_below(1500);
    for (int i = 0; i < STEPS_OF_HISTORY; i++) {
        clock += random_below(5) ? random_below(40) : random_below(300);
        w.import.now += 1000;
        if (model.runs && one_in(3))
            step_undo(&w);
        else
            step_import(&w, clock, &text);
        compare_days(&w, INT64_MAX - 1, &model.now);
        tally.steps++;
    }
    for (int run = 1; run <= model.runs; run++) /* what was known stays known */
        compare_days(&w, run, &model.known[run]);
    cq_str_free(&text);
    world_close(&w);
}

static void find_names(void)
{
    struct cq_law *law;
    struct cq_list list;
    struct cq_err err = {0};
    assert_int_equal(cq_law_load(&law, NULL, &err), CQ_OK);
    cq_list_init(&list, CQ_KIND_CONTINGENT, law);
    for (int i = 0; i < AGENCIES; i++)
        for (int k = 0; list.agencies[k]; k++)
            if (strcmp(list.agencies[k], agencies[i]) == 0)
                numbers[i] = list.agency_numbers[k];
    cq_law_free(law);
    epoch = day("2019-11-30");
    for (int i = 0; i < PEOPLE; i++) {
        iins[i] = 850315100200 + 20 * i;
        while (cq_iin_control(iins[i]) != iins[i] % 10)
            iins[i]++;
    }
}

static void test_histories(void **state)
{
    const char *steps = getenv("CQ_STEPS"), *only = getenv("CQ_HISTORY");
    long wanted = steps ? atol(steps) : STEPS;
    (void)state;
    find_names();
    told = only;
    if (only) {
        run_history(strtoull(only, NULL, 10));
        return;
    }
    for (uint64_t number = 1; tally.steps < wanted; number++)
        run_history(number);
    /* The histories have all of these in them, else they prove little. */
    const long counts[] = {tally.added,    tally.changed,      tally.unchanged, tally.ended,
                           tally.rejected, tally.older,        tally.back,      tally.undone,
                           tally.blocked,  tally.undone_twice, tally.redone};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] * 100 < tally.steps)
            fail_msg("count %zu is only %ld in %ld steps", i, counts[i], tally.steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_histories)};
    return cmocka_run_group_tests_name("time model", tests, NULL, NULL);
}
