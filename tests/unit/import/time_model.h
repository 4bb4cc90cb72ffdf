/* A model of what cq-import(1) says about time, to compare the registry with: it has no versions of
 * rows, only days. For each person and agency it keeps which statement holds on each day of ten
 * years, and on the days before and after them. */
#ifndef TIME_MODEL_H
#define TIME_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cq/err.h"

enum { PEOPLE = 12, AGENCIES = 2, KEYS = PEOPLE * AGENCIES };
/* A day is a number from 1; BEFORE is all days before them, AFTER all days after. */
enum { BEFORE, FIRST_DAY, LAST_DAY = 3684, AFTER, FOREVER, DAYS = FOREVER };
enum { RUNS_MAX = 40, ROWS_MAX = 64, STATEMENTS_MAX = 4096 };

enum {
    CELL_NAME,
    CELL_SOMEBODY_ELSE, /* another name and another birth date */
    CELL_CATEGORY,
    CELL_RESIDENCE,
    CELL_SPECIAL_RANK,
    CELL_RANK,
    CELL_SPONSOR,
    CELL_SERVICE_ID,
    CELLS
};
enum { SPECIAL_RANK_YES = 1 };
enum { LEAVE_ALWAYS = 10, DAYS_AHEAD = 31 };

/* What a list wrote. A cell is 0 where it is empty; a day is 0 where it is not named, and
 * BEFORE is not among those that a list can name. */
struct row {
    int person, agency;
    int cells[CELLS];
    int from, to;
    bool damaged; /* a cell cannot be read */
    bool foreign; /* of another agency than the list */
    enum cq_code code;
    bool unread; /* rejected by itself: it says only that the person is there */
};

struct columns {
    bool cells[CELLS], from, to;
};

struct list {
    bool full;
    int agency; /* number from 0; -1 where the rows name theirs */
    int day;
    struct columns has;
    struct row rows[ROWS_MAX];
    int count;
    int today;   /* the day asked about */
    bool strict; /* no more than LEAVE_ALWAYS people may leave */
};

/* What holds: the cells as known, and the day from which. */
struct statement {
    int cells[CELLS];
    int start, end;
    struct row row; /* that said so last, with the columns of its list */
    struct columns has;
};

/* Days of every key: number of a statement, 0 where nothing holds. */
struct calendar {
    uint16_t of[KEYS][DAYS];
};

struct counts {
    int added, changed, unchanged, ended, rejected;
    int back;    /* of those changed, who had left */
    int leaving; /* who would be there no more on the day of the list */
};

struct model {
    struct statement statements[STATEMENTS_MAX];
    int statement_count;
    struct calendar now;
    struct calendar known[RUNS_MAX + 1]; /* after each run; [0] is empty */
    int runs;
    int undoes[RUNS_MAX + 1];
    bool in_force[RUNS_MAX + 1];
    bool names[RUNS_MAX + 1][AGENCIES]; /* whether the list was of the agency, or named it */
    int list_day[RUNS_MAX + 1];
    struct counts counts;
};

static inline int key_of(int person, int agency)
{
    return person * AGENCIES + agency;
}

static inline bool same_statement(const struct model *m, int a, int b)
{
    const struct statement *x = &m->statements[a], *y = &m->statements[b];
    return a == b ||
           (a && b && x->start == y->start && memcmp(x->cells, y->cells, sizeof x->cells) == 0);
}

/* Whether two calendars of a key say the same of every day. */
static inline bool same_days(const struct model *m, const uint16_t *a, const uint16_t *b)
{
    for (int day = 0; day < DAYS; day++)
        if (a[day] != b[day] && !same_statement(m, a[day], b[day]))
            return false;
    return true;
}

/* The day after the last one that is covered; 0 where none is. */
static inline int end_of(const uint16_t *days)
{
    int end = DAYS;
    while (end > 0 && !days[end - 1])
        end--;
    return end;
}

/* Whether two rows write the same. */
static inline bool same_row(const struct row *a, const struct row *b)
{
    return memcmp(a->cells, b->cells, sizeof a->cells) == 0 && a->from == b->from && a->to == b->to;
}

/* Whether a row says that the person, who had left, is there again. */
static inline bool comes_back(const struct list *list, const struct row *row, int old_end)
{
    if (row->to && row->to <= list->day)
        return false;
    return !row->from || row->from >= old_end || !list->has.to;
}

/* Whether a row names a start before days of absence, and the list does not say that there were
 * none. */
static inline bool is_before_absence(const struct list *list, const struct row *row,
                                     const uint16_t *days, int start)
{
    for (int day = row->from + 1; day < start && !list->has.to; day++)
        if (days[day - 1] && !days[day])
            return true;
    return false;
}

/* The day from which a row holds. Shape: old is the statement before it, NULL if none. */
static inline int start_of(const struct list *list, const struct row *row, const uint16_t *days,
                           const struct statement *old, bool same_role)
{
    int old_end = end_of(days);
    if (old && old_end <= list->day && comes_back(list, row, old_end))
        return row->from >= old_end ? row->from : list->day;
    if (row->from && !(old && is_before_absence(list, row, days, old->start)))
        return row->from;
    return !old ? BEFORE : same_role ? old->start : list->day;
}

/* Whether the last row was the same, and it does not bring back somebody who has left since: such a
 * row is not examined again. */
static inline bool is_known(const struct model *m, const struct list *list, const struct row *row,
                            const uint16_t *days)
{
    int end = end_of(days);
    const struct statement *old = end ? &m->statements[days[end - 1]] : NULL;
    return old && old->end == end && same_row(&old->row, row) &&
           memcmp(&old->has, &list->has, sizeof list->has) == 0 &&
           (end > list->day || list->has.to);
}

/* Puts a row into a calendar. Returns: whether its days are in order. */
static inline bool state_row(struct model *m, const struct list *list, const struct row *row,
                             uint16_t *days)
{
    int old_end = end_of(days);
    struct statement *old = old_end ? &m->statements[days[old_end - 1]] : NULL;
    bool same_role = old && old->cells[CELL_CATEGORY] == row->cells[CELL_CATEGORY];
    bool left = old && old_end <= list->day;
    struct statement *new = &m->statements[m->statement_count + 1];
    *new = (struct statement){.row = *row, .has = list->has};
    for (int i = 0; i < CELLS; i++)
        new->cells[i] = list->has.cells[i] ? row->cells[i] : same_role ? old->cells[i] : 0;
    if (row->cells[CELL_RANK] && !row->cells[CELL_SPECIAL_RANK])
        new->cells[CELL_SPECIAL_RANK] = SPECIAL_RANK_YES;
    new->start = start_of(list, row, days, old, same_role);
    new->end = row->to ? row->to : FOREVER;
    if (!list->has.to && same_role && !left && row->from < old_end)
        new->end = old_end;
    if (new->end <= new->start)
        return false;
    m->statement_count++;
    for (int day = new->start; day < DAYS; day++)
        days[day] = day < new->end ? (uint16_t)m->statement_count : 0;
    return true;
}

/* Whether the registry names somebody else by the IIN of a row. */
static inline bool is_somebody_else(const struct model *m, const struct row *row)
{
    for (int agency = 0; agency < AGENCIES; agency++) {
        const uint16_t *days = m->now.of[key_of(row->person, agency)];
        int end = end_of(days);
        if (end && m->statements[days[end - 1]].cells[CELL_SOMEBODY_ELSE] !=
                       row->cells[CELL_SOMEBODY_ELSE])
            return true;
    }
    return false;
}

static inline bool same_key(const struct row *a, const struct row *b)
{
    return a->person == b->person && a->agency == b->agency;
}

/* Rows that are wrong by themselves or beside others. */
static inline void judge_rows(struct list *list)
{
    for (int i = 0; i < list->count; i++) {
        struct row *row = &list->rows[i];
        row->code = row->damaged                                   ? CQ_R_DATE
                    : row->foreign                                 ? CQ_R_AGENCY
                    : row->from && row->to && row->to <= row->from ? CQ_R_DATE_ORDER
                                                                   : CQ_OK;
        row->unread = row->code != CQ_OK;
    }
    for (int i = 0; i < list->count; i++)
        for (int k = 0; k < list->count; k++) {
            struct row *a = &list->rows[i], *b = &list->rows[k];
            if (i != k && (!a->code || a->code == CQ_R_DUPLICATE) &&
                (!b->code || b->code == CQ_R_DUPLICATE) && same_key(a, b) && !same_row(a, b))
                a->code = b->code = CQ_R_DUPLICATE;
        }
}

/* Whether an earlier row of the list said the same of the same key. */
static inline bool said_before(const struct list *list, int index)
{
    for (int i = 0; i < index; i++)
        if (!list->rows[i].code && same_key(&list->rows[i], &list->rows[index]))
            return true;
    return false;
}

/* A row that changes no day is what the last statement says now, unless that had been cut short. */
static inline void said_again(struct model *m, const struct list *list, const struct row *row,
                              const uint16_t *now, uint16_t *days)
{
    int end = end_of(now);
    struct statement *old = &m->statements[now[end - 1]];
    m->counts.unchanged++;
    memcpy(days, now, DAYS * sizeof *days);
    if (old->end == end) {
        old->row = *row;
        old->has = list->has;
    }
}

static inline void count_change(struct model *m, const struct list *list, const uint16_t *was,
                                const uint16_t *is)
{
    m->counts.changed++;
    m->counts.back += end_of(was) <= list->day && end_of(is) > list->day;
    m->counts.leaving += end_of(was) > list->day && end_of(is) <= list->day;
}

static inline void take_row(struct model *m, const struct list *list, struct row *row,
                            struct calendar *after)
{
    uint16_t *now = m->now.of[key_of(row->person, row->agency)];
    uint16_t *days = after->of[key_of(row->person, row->agency)];
    if (is_known(m, list, row, now)) {
        m->counts.unchanged++;
        return;
    }
    if (is_somebody_else(m, row)) {
        row->code = CQ_R_CONFLICT;
        return;
    }
    if (!state_row(m, list, row, days)) {
        row->code = CQ_R_DATE_ORDER;
        return;
    }
    if (end_of(now) == 0)
        m->counts.added++;
    else if (same_days(m, now, days))
        said_again(m, list, row, now, days);
    else
        count_change(m, list, now, days);
}

/* Which agencies a list names: a full one speaks for them. */
static inline void named_agencies(const struct list *list, bool *agencies)
{
    for (int agency = 0; agency < AGENCIES; agency++)
        agencies[agency] = list->agency == agency;
    for (int i = 0; list->agency < 0 && i < list->count; i++)
        agencies[list->rows[i].agency] |= !list->rows[i].unread;
}

/* Ends whom a full list does not name. */
static inline void end_absent(struct model *m, const struct list *list, const bool *agencies,
                              struct calendar *after)
{
    bool here[KEYS] = {false};
    if (!list->full)
        return;
    for (int i = 0; i < list->count; i++)
        for (int agency = 0; agency < AGENCIES; agency++)
            if (agency == list->rows[i].agency || list->rows[i].unread)
                here[key_of(list->rows[i].person, agency)] = true;
    for (int key = 0; key < KEYS; key++) {
        if (here[key] || !agencies[key % AGENCIES] || end_of(after->of[key]) <= list->day)
            continue;
        for (int day = list->day; day < DAYS; day++)
            after->of[key][day] = 0;
        m->counts.ended++;
        m->counts.leaving++;
    }
}

/* Whether a newer list that names one of the agencies is in force. */
static inline bool is_older(const struct model *m, const struct list *list, const bool *agencies)
{
    for (int run = 1; run <= m->runs && list->full; run++)
        for (int agency = 0; agency < AGENCIES; agency++)
            if (m->in_force[run] && m->list_day[run] > list->day && agencies[agency] &&
                m->names[run][agency])
                return true;
    return false;
}

/* Why a list is refused that is not approved. */
static inline enum cq_code refusal_of(const struct model *m, const struct list *list,
                                      const bool *agencies)
{
    if (list->day > list->today + DAYS_AHEAD)
        return CQ_F_AHEAD;
    if (is_older(m, list, agencies))
        return CQ_F_OLDER;
    return list->full && list->strict && m->counts.leaving > LEAVE_ALWAYS ? CQ_F_GUARD : CQ_OK;
}

/* Works out what a list does; model_keep lets it happen. */
static inline enum cq_code model_import(struct model *m, struct list *list, struct calendar *after,
                                        bool *agencies)
{
    m->counts = (struct counts){0};
    *after = m->now;
    judge_rows(list);
    for (int i = 0; i < list->count; i++) {
        struct row *row = &list->rows[i];
        if (!row->code && said_before(list, i))
            m->counts.unchanged++;
        else if (!row->code)
            take_row(m, list, row, after);
    }
    for (int i = 0; i < list->count; i++)
        m->counts.rejected += list->rows[i].code != CQ_OK;
    named_agencies(list, agencies);
    end_absent(m, list, agencies, after);
    return refusal_of(m, list, agencies);
}

static inline int new_run(struct model *m, const struct calendar *after)
{
    int run = ++m->runs;
    m->now = *after;
    m->known[run] = *after;
    m->in_force[run] = true;
    m->undoes[run] = 0;
    memset(m->names[run], 0, sizeof m->names[run]);
    return run;
}

static inline void model_keep(struct model *m, const struct list *list,
                              const struct calendar *after, const bool *agencies)
{
    int run = new_run(m, after);
    memcpy(m->names[run], agencies, sizeof m->names[run]);
    m->list_day[run] = list->day;
}

/* An undo takes a run out of force, and what that run had taken back comes into force again. */
static inline void turn(struct model *m, int run)
{
    m->in_force[run] = !m->in_force[run];
    if (m->undoes[run])
        turn(m, m->undoes[run]);
}

/* The last run that changed a key. */
static inline int last_change(const struct model *m, int key)
{
    int run = m->runs;
    while (run > 0 && same_days(m, m->known[run - 1].of[key], m->known[run].of[key]))
        run--;
    return run;
}

/* The last list in force after a run that changed a key; 0 for none. */
static inline int later_list(const struct model *m, int key, int after)
{
    for (int run = m->runs; run > after; run--)
        if (m->in_force[run] && !m->undoes[run] &&
            !same_days(m, m->known[run - 1].of[key], m->known[run].of[key]))
            return run;
    return 0;
}

struct undo {
    int rows; /* that the run had changed and that are as it left them */
    int conflicts, later;
};

/* Takes a run back. */
static inline enum cq_code model_undo(struct model *m, int run, struct calendar *after,
                                      struct undo *undo)
{
    *undo = (struct undo){0};
    if (run > m->runs)
        return CQ_D_NO_RUN;
    if (!m->in_force[run])
        return CQ_F_UNDONE;
    *after = m->now;
    for (int key = 0; key < KEYS; key++) {
        if (same_days(m, m->known[run - 1].of[key], m->known[run].of[key]))
            continue;
        memcpy(after->of[key], m->known[run - 1].of[key], sizeof after->of[key]);
        int later = later_list(m, key, run);
        if (later == 0 && same_days(m, m->known[run].of[key], m->now.of[key])) {
            undo->rows++;
            continue;
        }
        undo->conflicts++;
        if (later == 0)
            later = last_change(m, key);
        if (later > undo->later)
            undo->later = later;
    }
    if (undo->conflicts)
        return CQ_F_UNDO;
    int number = new_run(m, after);
    turn(m, run);
    m->undoes[number] = run;
    return CQ_OK;
}

#endif
