/* Finds the run that told what overtook a referral: the last one before which the answer was not
 * yet as it is now. Only runs that touched a row of the person, of a sponsor, or of a facility can
 * be it; they are tried from the latest back, all referrals of one run together. */
#include "reports/overtaken_tell.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/registry.h"
#include "result/result_private.h"

/* A run that may have told one of those overtaken. */
struct candidate {
    int64_t run, line;
    size_t row;
    unsigned told;
};

/* A row of a facility that a run brought or ended. */
struct opened {
    int64_t run, line; /* line 0 where it was ended */
    int service;
    const char *facility; /* the result's */
};

struct telling {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_overtaken_list *found;
    struct candidate *candidates;
    size_t candidate_count, candidate_room;
    struct opened *opened; /* latest run first */
    size_t opened_count, opened_room;
    sqlite3_stmt *touched, *run;
};

/* ?1 and ?2 are the ids of the person, ?3 and ?4 the runs: after the first, to the second. */
#define BROUGHT "run_from > ?3 AND run_from <= ?4"
#define ENDED "run_to > ?3 AND run_to <= ?4"
#define OF_PERSON "id >= ?1 AND id < ?2"
#define OF_SPONSORS                                                                                \
    "id IN (SELECT p.id FROM person AS o CROSS JOIN person AS p ON p.id >= o.sponsor_iin << 23"    \
    " AND p.id < (o.sponsor_iin + 1) << 23 WHERE o.id >= ?1 AND o.id < ?2)"
#define TOUCHED(told, table, whose)                                                                \
    "SELECT run_from AS run, " told " AS told, list_line AS line FROM " table " WHERE " whose      \
    " AND " BROUGHT " UNION ALL SELECT run_to, " told ", NULL FROM " table " WHERE " whose         \
    " AND " ENDED

static const char touched_sql[] =
    "SELECT * FROM (" TOUCHED("0", "person", OF_PERSON) " UNION ALL " TOUCHED(
        "1", "person",
        OF_SPONSORS) " UNION ALL " TOUCHED("2", "insurance",
                                           OF_PERSON) " UNION ALL " TOUCHED("3", "presidential",
                                                                            OF_PERSON) ") ORDER BY "
                                                                                       "run, told, "
                                                                                       "line IS "
                                                                                       "NULL, line";
static const char facilities_sql[] =
    "SELECT * FROM (SELECT run_from AS run, list_line AS line, service, facility FROM facility"
    " WHERE " BROUGHT " UNION ALL SELECT run_to, NULL, service, facility FROM facility WHERE " ENDED
    ") ORDER BY run DESC, line IS NULL, line";

_Static_assert(CQ_TOLD_PERSON == 0 && CQ_TOLD_SPONSOR == 1 && CQ_TOLD_INSURANCE == 2 &&
                   CQ_TOLD_PRESIDENTIAL == 3 && CQ_GROUP_SHIFT == 23,
               "the queries write these numbers");

/* --- candidates --- */

/* Adds a candidate; those of one run and row, which follow each other, are one. */
static enum cq_code add(struct telling *t, struct candidate one)
{
    struct candidate *last = t->candidate_count ? &t->candidates[t->candidate_count - 1] : NULL;
    if (last && last->row == one.row && last->run == one.run) {
        last->told |= one.told;
        if (last->line == 0)
            last->line = one.line;
        return CQ_OK;
    }
    struct candidate *grown =
        cq_grow(t->candidates, t->candidate_count + 1, &t->candidate_room, sizeof *grown);
    if (!grown)
        return CQ_B_NOMEM;
    t->candidates = grown;
    t->candidates[t->candidate_count++] = one;
    return CQ_OK;
}

static enum cq_code add_opened(struct telling *t, sqlite3_stmt *stmt)
{
    struct opened *grown = cq_grow(t->opened, t->opened_count + 1, &t->opened_room, sizeof *grown);
    if (!grown)
        return CQ_B_NOMEM;
    t->opened = grown;
    t->opened[t->opened_count++] = (struct opened){
        .run = sqlite3_column_int64(stmt, 0),
        .line = sqlite3_column_int64(stmt, 1),
        .service = sqlite3_column_int(stmt, 2),
        .facility = cq_result_column(t->result, stmt, 3),
    };
    return CQ_OK;
}

/* Reads the rows of facilities that came or ended after what the first of all knew. */
static enum cq_code read_facilities(struct telling *t, struct cq_err *err)
{
    int64_t first = t->result->run;
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    for (size_t i = 0; i < t->found->count; i++)
        if (t->found->list[i].known < first)
            first = t->found->list[i].known;
    enum cq_code code = cq_db_prepare(t->request->db, &stmt, facilities_sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 3, first);
        sqlite3_bind_int64(stmt, 4, t->result->run);
    }
    while (!code && row) {
        code = cq_db_step(t->request->db, stmt, &row, err);
        if (!code && row && add_opened(t, stmt))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* The runs that touched rows of the person or of a sponsor. */
static enum cq_code add_touched(struct telling *t, size_t row, struct cq_err *err)
{
    const struct cq_overtaken *one = &t->found->list[row];
    bool more = true;
    enum cq_code code = CQ_OK;
    sqlite3_bind_int64(t->touched, 1, one->iin << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(t->touched, 2, (one->iin + 1) << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(t->touched, 3, one->known);
    sqlite3_bind_int64(t->touched, 4, t->result->run);
    while (!code && more) {
        code = cq_db_step(t->request->db, t->touched, &more, err);
        if (!code && more &&
            add(t, (struct candidate){.run = sqlite3_column_int64(t->touched, 0),
                                      .line = sqlite3_column_int64(t->touched, 2),
                                      .row = row,
                                      .told = 1u << sqlite3_column_int(t->touched, 1)}))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_reset(t->touched);
    return code;
}

/* The runs that touched facilities; of the places that served or serve, the line is known. */
static enum cq_code add_facility_runs(struct telling *t, size_t row, struct cq_err *err)
{
    const struct cq_overtaken *one = &t->found->list[row];
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < t->opened_count && !code && t->opened[i].run > one->known; i++) {
        const struct opened *o = &t->opened[i];
        bool served = o->service == one->request.service &&
                      (strcmp(o->facility, one->now.facility) == 0 ||
                       strcmp(o->facility, one->then.facility) == 0);
        code = add(t, (struct candidate){.run = o->run,
                                         .line = served ? o->line : 0,
                                         .row = row,
                                         .told = 1u << CQ_TOLD_FACILITY});
    }
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

static int latest_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->run != y->run)
        return x->run > y->run ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static enum cq_code find_candidates(struct telling *t, struct cq_err *err)
{
    enum cq_code code = read_facilities(t, err);
    for (size_t i = 0; i < t->found->count && !code; i++) {
        code = add_touched(t, i, err);
        if (!code)
            code = add_facility_runs(t, i, err);
    }
    if (!code && t->candidate_count > 0)
        qsort(t->candidates, t->candidate_count, sizeof *t->candidates, latest_first);
    return code;
}

/* --- the run that told --- */

/* Sets the run of a referral, and what is known of that run. */
static enum cq_code set_run(struct telling *t, const struct candidate *c, struct cq_err *err)
{
    struct cq_overtaken *one = &t->found->list[c->row];
    bool row = false;
    one->run = c->run;
    one->told = c->told;
    one->line = c->line;
    sqlite3_bind_int64(t->run, 1, c->run);
    enum cq_code code = cq_db_step(t->request->db, t->run, &row, err);
    if (!code && row) {
        one->list = cq_result_column(t->result, t->run, 0);
        one->list_date = cq_db_column_int(t->run, 1, CQ_DAY_MIN);
        if (sqlite3_column_type(t->run, 2) != SQLITE_NULL)
            one->told |= 1u << CQ_TOLD_UNDO;
    }
    sqlite3_reset(t->run);
    return code;
}

/* Sets the run of a referral, if it was not yet decided as now before that run; people are those of
 * the run before. */
static enum cq_code try_run(struct telling *t, struct cq_people *people, const struct candidate *c,
                            struct cq_err *err)
{
    const struct cq_overtaken *one = &t->found->list[c->row];
    struct cq_answer answers[CQ_ROLES_MAX];
    int count = 0;
    enum cq_code code = cq_people_decide(people, one->iin, &one->request, answers, &count, err);
    if (code)
        return code;
    const struct cq_overtaken_side before = cq_overtaken_side_of(&answers[0]);
    return cq_overtaken_same(&before, &one->now) ? CQ_OK : set_run(t, c, err);
}

/* Tries the candidates of one run, from `from` to before `end`. */
static enum cq_code try_candidates(struct telling *t, size_t from, size_t end, struct cq_err *err)
{
    struct cq_people *people = NULL;
    enum cq_code code = CQ_OK;
    for (size_t i = from; i < end && !code; i++) {
        const struct candidate *c = &t->candidates[i];
        if (t->found->list[c->row].run != 0)
            continue;
        if (!people)
            code = cq_people_open(&people, t->request->db, t->request->law, c->run - 1, err);
        if (!code)
            code = try_run(t, people, c, err);
    }
    cq_people_close(people);
    return code;
}

enum cq_code cq_overtaken_tell(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_overtaken_list *found,
                               struct cq_err *err)
{
    struct telling t = {.request = request, .result = result, .found = found};
    if (found->count == 0)
        return CQ_OK;
    enum cq_code code = cq_db_prepare(request->db, &t.touched, touched_sql, err);
    if (!code)
        code = cq_db_prepare(request->db, &t.run,
                             "SELECT file_hash, list_date, undoes FROM run WHERE id = ?1", err);
    if (!code)
        code = find_candidates(&t, err);
    for (size_t i = 0, end; i < t.candidate_count && !code; i = end) {
        for (end = i; end < t.candidate_count && t.candidates[end].run == t.candidates[i].run;)
            end++;
        code = try_candidates(&t, i, end, err);
    }
    sqlite3_finalize(t.touched);
    sqlite3_finalize(t.run);
    free(t.candidates);
    free(t.opened);
    return code;
}
