/* Random histories of lists and undos, day by day against the model of time_model.h. The seeds are
 * fixed; CQ_STEPS says how many steps, and CQ_HISTORY=N tells the lists of the N-th history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "time_lists.h"

#include "cq/iin.h"

enum { STEPS = 2600, STEPS_OF_HISTORY = 13, LISTS = 3 };

static int numbers[AGENCIES]; /* of the agencies */

static uint64_t history; /* that is under way */
static bool told;        /* every step is printed */
static struct calendar after;

/* How often each thing came about; histories without some of them would prove little. */
static struct tally {
    long steps, added, changed, unchanged, ended, rejected, older, back;
    long guarded, ahead, undone, blocked, undone_twice, redone;
} tally;

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
    fail_msg("person %d, %s, %s: the registry says%s, the model%s", key / AGENCIES,
             agencies[key % AGENCIES],
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

static void add_to_tally(const struct counts *counts, enum cq_code refusal)
{
    tally.older += refusal == CQ_F_OLDER;
    tally.guarded += refusal == CQ_F_GUARD;
    tally.ahead += refusal == CQ_F_AHEAD;
    tally.added += counts->added;
    tally.changed += counts->changed;
    tally.unchanged += counts->unchanged;
    tally.ended += counts->ended;
    tally.rejected += counts->rejected;
    tally.back += counts->back;
}

static void tell_list(const struct list *list, const char *text)
{
    if (told)
        fprintf(stderr, "run %d: %s list, %s, %s\n%s", model.runs + 1,
                list->full ? "full" : "delta", list->agency < 0 ? "joint" : agencies[list->agency],
                date_text(list->day), text);
}

/* A refused list changes nothing; its token lets it through, once. */
static void approve(struct world *w, const char *text)
{
    char token[sizeof w->result.token];
    memcpy(token, w->result.token, sizeof token);
    compare_days(w, INT64_MAX - 1, &model.now);
    w->import.approve = token;
    assert_int_equal(import_text(w, text), CQ_OK);
    const struct cq_import_result result = w->result;
    w->result = (struct cq_import_result){0};
    assert_int_equal(import_text(w, text), CQ_F_APPROVAL);
    cq_import_result_fini(&w->result);
    w->result = result;
    w->import.approve = NULL;
}

static void step_import(struct world *w, struct list *list, struct cq_str *text)
{
    bool of[AGENCIES];
    write_list(list, text);
    tell_list(list, text->ptr);
    w->import.full = list->full;
    w->import.agency = list->agency < 0 ? 0 : numbers[list->agency];
    w->import.list_date = epoch + list->day;
    w->import.today = epoch + list->today;
    w->import.max_removals = list->strict ? 0 : 100;
    enum cq_code wanted = model_import(&model, list, &after, of);
    assert_string_equal(cq_code_id(import_text(w, text->ptr)), cq_code_id(wanted));
    compare_codes(w, list);
    compare_counts(w);
    if (wanted)
        approve(w, text->ptr);
    compare_days(w, INT64_MAX - 1, &after);
    model_keep(&model, list, &after, of);
    add_to_tally(&model.counts, wanted);
}

static void step_undo(struct world *w)
{
    struct undo undo;
    char detail[40] = "";
    int run = 1 + (one_in(2) ? random_below(model.runs + 1) : model.runs - random_below(3));
    run = run < 1 ? 1 : run;
    enum cq_code wanted = model_undo(&model, run, &after, &undo);
    if (told)
        fprintf(stderr, "undo of run %d\n", run);
    w->err = (struct cq_err){0};
    cq_import_result_fini(&w->result);
    enum cq_code code = cq_import_undo(&w->db, &w->import, run, &w->result, &w->err);
    assert_string_equal(cq_code_id(code), cq_code_id(wanted));
    if (code == CQ_F_UNDO) {
        snprintf(detail, sizeof detail, "%d / %d (--undo=%d)", undo.conflicts,
                 undo.conflicts + undo.rows, undo.later);
        assert_string_equal(w->err.detail, detail);
    }
    if (!code)
        assert_int_equal(w->result.changed, undo.rows);
    compare_days(w, INT64_MAX - 1, &model.now);
    tally.undone += !code;
    tally.blocked += code == CQ_F_UNDO;
    tally.undone_twice += code == CQ_F_UNDONE;
    tally.redone += !code && model.undoes[run];
}

/* An empty registry and an empty model. */
static void begin_history(struct world *w)
{
    cq_db_close(&w->db);
    assert_int_equal(cq_db_open(&w->db, NULL, CQ_DB_MEMORY, 0, &w->err), CQ_OK);
    memset(&model.now, 0, sizeof model.now);
    model.runs = model.statement_count = 0;
}

/* A new list, or the bytes of an earlier one on a later day. */
static void next_list(struct list *lists, int clock)
{
    struct list *list = &lists[random_below(LISTS)];
    if (list->count && one_in(3))
        list->day = list->today = clamp_day(clock);
    else
        make_list(list, clock);
    lists[LISTS] = *list;
}

static void run_history(struct world *w, uint64_t number)
{
    struct cq_str text = {0};
    struct list lists[LISTS + 1] = {0};
    seed = number * 1000003;
    history = number;
    begin_history(w);
    int clock = FIRST_DAY + 300 + random_below(1500);
    for (int i = 0; i < STEPS_OF_HISTORY; i++) {
        clock += random_below(5) ? random_below(40) : random_below(300);
        w->import.now += 1000;
        next_list(lists, clock);
        if (model.runs && one_in(3))
            step_undo(w);
        else
            step_import(w, &lists[LISTS], &text);
        tally.steps++;
    }
    for (int run = 1; run <= model.runs; run++) /* what was known stays known */
        compare_days(w, run, &model.known[run]);
    cq_str_free(&text);
    history = 0;
}

/* After a history that failed: how to see it. */
static int tell_history(void **state)
{
    if (history)
        print_error("CQ_HISTORY=%d tells its steps\n", (int)history);
    return close_world(state);
}

static void find_names(const struct cq_law *law)
{
    struct cq_list list;
    cq_list_init(&list, CQ_KIND_CONTINGENT, law);
    for (int i = 0; i < AGENCIES; i++)
        for (int k = 0; list.agencies[k]; k++)
            if (strcmp(list.agencies[k], agencies[i]) == 0)
                numbers[i] = list.agency_numbers[k];
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
    struct world *w = *state;
    find_names(w->law);
    told = only;
    if (only) {
        run_history(w, strtoull(only, NULL, 10));
        return;
    }
    for (uint64_t number = 1; tally.steps < wanted; number++)
        run_history(w, number);
    /* The histories have all of these in them, else they prove little. */
    const long counts[] = {tally.ahead,     tally.guarded, tally.added,    tally.changed,
                           tally.unchanged, tally.ended,   tally.rejected, tally.older,
                           tally.back,      tally.undone,  tally.blocked,  tally.undone_twice,
                           tally.redone};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] * 200 < tally.steps)
            fail_msg("count %zu is only %ld in %ld steps", i, counts[i], tally.steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_histories, open_world, tell_history)};
    return cmocka_run_group_tests_name("time model", tests, NULL, NULL);
}
