/* People as earlier runs left them, in any order of runs: going to another run costs no query, but
 * the facilities where a list changed them between. */
#include "people/known.h"

#include <stdlib.h>

#include "base/vec.h"
#include "people/people.h"

/* Of the facilities in memory; the one unused for longest gives way. Claims of a year come in any order
 * of days, so those of a list a day should fit. */
enum { STATES = 256 };

struct moment {
    int64_t run, at;
};

struct state {
    int64_t since; /* the run that changed the facilities to it; -1 where the slot is free */
    int64_t used;
    struct cq_facilities *facilities;
};

struct cq_known {
    struct cq_people *people; /* its facilities are those of a state */
    struct moment *runs;      /* ascending */
    size_t run_count, run_room;
    int64_t *changes; /* the runs that changed facilities, ascending */
    size_t change_count, change_room;
    struct state states[STATES];
    int64_t uses;
};

static enum cq_code read_runs(struct cq_known *known, struct cq_db *db, int64_t last_run,
                              struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code =
        cq_db_prepare(db, &stmt, "SELECT id, at FROM run WHERE id <= ?1 ORDER BY id", err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, last_run);
    while (!code) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        struct moment *runs =
            cq_grow(known->runs, known->run_count + 1, &known->run_room, sizeof *runs);
        if (!runs) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        known->runs = runs;
        runs[known->run_count++] =
            (struct moment){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)};
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code read_changes(struct cq_known *known, struct cq_db *db, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt,
                                      "SELECT run_from FROM facility UNION SELECT run_to"
                                      " FROM facility WHERE run_to IS NOT NULL ORDER BY 1",
                                      err);
    while (!code) {
        code = cq_db_step(db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t *changes =
            cq_grow(known->changes, known->change_count + 1, &known->change_room, sizeof *changes);
        if (!changes) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        known->changes = changes;
        changes[known->change_count++] = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Takes the facilities that the people were opened with as the state of run 0. */
static void take_facilities(struct cq_known *known)
{
    for (int i = 0; i < STATES; i++)
        known->states[i].since = -1;
    known->states[0] = (struct state){0, 0, known->people->facilities};
}

enum cq_code cq_known_open(struct cq_known **result, struct cq_db *db, const struct cq_law *law,
                           int64_t last_run, struct cq_err *err)
{
    struct cq_known *known = calloc(1, sizeof *known);
    *result = NULL;
    if (!known)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    enum cq_code code = cq_people_open(&known->people, db, law, 0, err);
    if (!code) {
        take_facilities(known);
        code = read_runs(known, db, last_run, err);
    }
    if (!code)
        code = read_changes(known, db, err);
    if (code)
        cq_known_close(known);
    else
        *result = known;
    return code;
}

void cq_known_close(struct cq_known *known)
{
    if (!known)
        return;
    if (known->people) {
        known->people->facilities = NULL; /* the states have them */
        for (int i = 0; i < STATES; i++)
            cq_facilities_free(known->states[i].facilities);
    }
    cq_people_close(known->people);
    free(known->runs);
    free(known->changes);
    free(known);
}

int64_t cq_known_run(const struct cq_known *known, int64_t at)
{
    size_t low = 0, high = known->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (known->runs[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? known->runs[low - 1].run : 0;
}

/* The run since which the facilities are as they are after a run; 0 before the first. */
static int64_t facilities_since(const struct cq_known *known, int64_t run)
{
    size_t low = 0, high = known->change_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (known->changes[middle] <= run)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? known->changes[low - 1] : 0;
}

static enum cq_code set_facilities(struct cq_known *known, int64_t since, struct cq_err *err)
{
    struct state *oldest = &known->states[0], *found = NULL;
    for (int i = 0; i < STATES && !found; i++) {
        struct state *state = &known->states[i];
        if (state->since == since)
            found = state;
        else if (state->since == -1 ? oldest->since != -1
                                    : oldest->since != -1 && state->used < oldest->used)
            oldest = state;
    }
    if (!found) {
        struct cq_facilities *facilities;
        enum cq_code code = cq_facilities_read(&facilities, known->people->reader.db, since, err);
        if (code)
            return code;
        cq_facilities_free(oldest->facilities);
        *oldest = (struct state){.since = since, .facilities = facilities};
        found = oldest;
    }
    found->used = ++known->uses;
    known->people->facilities = found->facilities;
    return CQ_OK;
}

enum cq_code cq_known_decide(struct cq_known *known, int64_t run, int64_t iin,
                             const struct cq_request *request, struct cq_answer *answers,
                             int *count, struct cq_err *err)
{
    struct cq_reader *reader = &known->people->reader;
    enum cq_code code = set_facilities(known, facilities_since(known, run), err);
    if (code)
        return code;
    if (reader->run != run)
        reader->person.iin = 0; /* what was read is of another run */
    reader->run = run;
    return cq_people_decide(known->people, iin, request, answers, count, err);
}
