/* Verdicts. Versions are kept, so what a verdict was made on is not copied: the rows at its run are
 * compared with those of today. Who leaves and comes back is the same person; so the days on which
 * a row holds are no fact here. */
#include "people/verdicts.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/registry.h"

static int by_pair(const void *a, const void *b)
{
    const struct cq_verdict *x = a, *y = b;
    if (x->iin != y->iin)
        return x->iin < y->iin ? -1 : 1;
    return (x->other_iin > y->other_iin) - (x->other_iin < y->other_iin);
}

static enum cq_code add(struct cq_verdicts *verdicts, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct cq_verdict *grown =
        cq_grow(verdicts->list, verdicts->count + 1, &verdicts->room, sizeof *grown);
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    verdicts->list = grown;
    grown[verdicts->count++] = (struct cq_verdict){.iin = sqlite3_column_int64(stmt, 0),
                                                   .other_iin = sqlite3_column_int64(stmt, 1),
                                                   .verdict = sqlite3_column_int(stmt, 2),
                                                   .whose = sqlite3_column_int(stmt, 3),
                                                   .run = sqlite3_column_int64(stmt, 4)};
    return CQ_OK;
}

/* Compares each verdict with the facts of today. */
static enum cq_code compare_all(struct cq_verdicts *verdicts, struct cq_db *db, int64_t run,
                                struct cq_err *err)
{
    struct cq_verdict_facts *facts = NULL;
    enum cq_code code = verdicts->count ? cq_verdict_facts_open(&facts, db, err) : CQ_OK;
    for (size_t i = 0; i < verdicts->count && !code; i++) {
        struct cq_verdict *v = &verdicts->list[i];
        code = cq_verdict_facts_changed(facts, v->iin, v->other_iin, v->run, run, &v->changed, err);
    }
    cq_verdict_facts_close(facts);
    return code;
}

enum cq_code cq_verdicts_read(struct cq_verdicts *verdicts, struct cq_db *db, int64_t run,
                              int32_t day, struct cq_err *err)
{
    static const char sql[] =
        "SELECT iin, other_iin, verdict, whose, run_from FROM verdict WHERE run_from <= ?1 AND"
        " (run_to IS NULL OR run_to > ?1) AND (valid_from IS NULL OR valid_from <= ?2) AND"
        " (valid_to IS NULL OR valid_to > ?2) ORDER BY iin, other_iin";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int64(stmt, 2, day);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row)
            code = add(verdicts, stmt, err);
    }
    sqlite3_finalize(stmt);
    return code ? code : compare_all(verdicts, db, run, err);
}

void cq_verdicts_free(struct cq_verdicts *verdicts)
{
    free(verdicts->list);
    *verdicts = (struct cq_verdicts){0};
}

const struct cq_verdict *cq_verdicts_find(const struct cq_verdicts *verdicts, int64_t iin,
                                          int64_t other_iin)
{
    struct cq_verdict pair = {.iin = iin < other_iin ? iin : other_iin,
                              .other_iin = iin < other_iin ? other_iin : iin};
    return verdicts->count == 0
               ? NULL
               : bsearch(&pair, verdicts->list, verdicts->count, sizeof pair, by_pair);
}

_Static_assert(CQ_GROUP_SHIFT == 23, "the queries write this number");

struct cq_verdict_facts {
    struct cq_db *db;
    sqlite3_stmt *people, *review;
};

/* ?1 and ?2 the ids of one IIN, ?3 and ?4 of the other, ?5 since, ?6 now. */
#define FACTS(run)                                                                                 \
    "SELECT id >> 23, last_name, first_name, middle_name, birth_date, sex FROM person"             \
    " WHERE (id >= ?1 AND id < ?2 OR id >= ?3 AND id < ?4) AND run_from <= " run                   \
    " AND (run_to IS NULL OR run_to > " run ")"

enum cq_code cq_verdict_facts_open(struct cq_verdict_facts **result, struct cq_db *db,
                                   struct cq_err *err)
{
    static const char people[] = "SELECT EXISTS (" FACTS("?5") " EXCEPT " FACTS(
        "?6") ") OR EXISTS (" FACTS("?6") " EXCEPT " FACTS("?5") ")";
    static const char review[] =
        "SELECT EXISTS (SELECT agency, identity FROM review WHERE iin = ?1 AND run > ?2"
        " AND run <= ?3 EXCEPT SELECT agency, identity FROM review WHERE iin = ?1 AND run <= ?2)";
    struct cq_verdict_facts *facts = calloc(1, sizeof *facts);
    *result = NULL;
    if (!facts)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    facts->db = db;
    enum cq_code code = cq_db_prepare(db, &facts->people, people, err);
    if (!code)
        code = cq_db_prepare(db, &facts->review, review, err);
    if (code)
        cq_verdict_facts_close(facts);
    else
        *result = facts;
    return code;
}

void cq_verdict_facts_close(struct cq_verdict_facts *facts)
{
    if (!facts)
        return;
    sqlite3_finalize(facts->people);
    sqlite3_finalize(facts->review);
    free(facts);
}

static enum cq_code ask(struct cq_verdict_facts *facts, sqlite3_stmt *stmt, bool *changed,
                        struct cq_err *err)
{
    bool row = false;
    enum cq_code code = cq_db_step(facts->db, stmt, &row, err);
    *changed = !code && row && sqlite3_column_int(stmt, 0);
    sqlite3_reset(stmt);
    return code;
}

enum cq_code cq_verdict_facts_changed(struct cq_verdict_facts *facts, int64_t iin,
                                      int64_t other_iin, int64_t since, int64_t now, bool *changed,
                                      struct cq_err *err)
{
    const int64_t params[] = {iin << CQ_GROUP_SHIFT,
                              (iin + 1) << CQ_GROUP_SHIFT,
                              other_iin << CQ_GROUP_SHIFT,
                              (other_iin + 1) << CQ_GROUP_SHIFT,
                              since,
                              now};
    for (int i = 0; i < 6; i++)
        sqlite3_bind_int64(facts->people, i + 1, params[i]);
    enum cq_code code = ask(facts, facts->people, changed, err);
    if (code || *changed || iin != other_iin)
        return code;
    sqlite3_bind_int64(facts->review, 1, iin);
    sqlite3_bind_int64(facts->review, 2, since);
    sqlite3_bind_int64(facts->review, 3, now);
    return ask(facts, facts->review, changed, err);
}
