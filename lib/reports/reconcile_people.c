/* The people of an agency: who is not named by its lists, and with whose row other lists do not
 * agree. One pass over the registry, person by person; sponsors are looked up.
 *
 * A contradiction is told to the side that can settle it: with one word against another to both,
 * else to the side that fewer lists support; a verdict decides before that. What is told names a
 * value, and with that value in the list nothing is left to tell. */
#include "reports/reconcile_people.h"

#include <stdlib.h>

#include "base/vec.h"
#include "reports/reconcile_compare.h"
#include "reports/reconcile_lists.h"
#include "result/result_private.h"

enum { ID, CATEGORY, BIRTH, SEX, SPONSOR, FROM, TO, PRESIDENTIAL, RUN, LINE, LAST, FIRST, MIDDLE };
static const char people_sql[] =
    "SELECT id, category, birth_date, sex, sponsor_iin, valid_from, valid_to, presidential,"
    " run_from, list_line, last_name, first_name, middle_name FROM person WHERE" CQ_SQL_NOW
    " ORDER BY id";

static enum cq_code read_row(struct cq_reconcile_person *p, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct cq_reconcile_row *rows = cq_grow(p->rows, p->count + 1, &p->room, sizeof *rows);
    if (!rows)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    p->rows = rows;
    struct cq_reconcile_row *row = &rows[p->count++];
    int64_t id = sqlite3_column_int64(stmt, ID);
    *row = (struct cq_reconcile_row){.iin = id >> CQ_GROUP_SHIFT,
                                     .agency = cq_id_agency(id),
                                     .category = sqlite3_column_int(stmt, CATEGORY),
                                     .birth = sqlite3_column_int(stmt, BIRTH),
                                     .sex = cq_db_column_int(stmt, SEX, -1),
                                     .sponsor = sqlite3_column_int64(stmt, SPONSOR),
                                     .from = cq_db_column_int(stmt, FROM, CQ_DAY_MIN),
                                     .to = cq_db_column_int(stmt, TO, CQ_DAY_MAX),
                                     .presidential = cq_db_column_int(stmt, PRESIDENTIAL, -1),
                                     .run = sqlite3_column_int64(stmt, RUN),
                                     .line = sqlite3_column_int64(stmt, LINE)};
    for (int i = 0; i < CQ_RECONCILE_NAMES; i++) {
        row->names[i] = p->text.len;
        cq_str_put(&p->text, (const char *)sqlite3_column_text(stmt, LAST + i),
                   (size_t)sqlite3_column_bytes(stmt, LAST + i));
        cq_str_put(&p->text, "", 1);
    }
    return p->text.failed ? cq_err_set(err, p->text.failed, NULL) : CQ_OK;
}

/* The day since which lists have held a person of the agency. */
static enum cq_code find_since(struct cq_reconcile *r, const struct cq_reconcile_row *row,
                               int32_t *since, struct cq_err *err)
{
    static const char sql[] =
        "SELECT list_date FROM run WHERE id = (SELECT min(run_from) FROM person"
        " WHERE id >= ?1 AND id < ?2)";
    int64_t key = cq_person_key(row->iin, r->agency), day = CQ_DAY_MIN;
    const int64_t params[] = {key << CQ_VERSION_BITS, (key + 1) << CQ_VERSION_BITS};
    enum cq_code code = cq_reconcile_ask_number(r, CQ_ASK_SINCE, sql, params, 2, &day, err);
    *since = (int32_t)day;
    return code;
}

static enum cq_code add_not_named(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                  const struct cq_reconcile_row *own, struct cq_err *err)
{
    struct cq_reconcile_finding *f =
        cq_reconcile_add_row(r, p, own, CQ_NOT_NAMED, CQ_STEP_ADD_OR_END);
    if (!f)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->line = 0; /* of another list than the last */
    f->text = N_("held in force, and the last list does not name the person");
    f->since = own->from;
    return own->from == CQ_DAY_MIN ? find_since(r, own, &f->since, err) : CQ_OK;
}

/* All rows of one person. */
static enum cq_code compare_person(struct cq_reconcile *r, struct cq_reconcile_person *p,
                                   struct cq_err *err)
{
    const struct cq_reconcile_row *own = NULL;
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].agency == r->agency)
            own = &p->rows[i];
    if (!own)
        return CQ_OK;
    r->held++;
    enum cq_code code = CQ_OK;
    if (r->whole > 0 && !cq_reconcile_is_named(r, own->iin))
        code = add_not_named(r, p, own, err);
    return code ? code : cq_reconcile_compare(r, p, own, err);
}

enum cq_code cq_reconcile_people(struct cq_reconcile *r, struct cq_err *err)
{
    struct cq_reconcile_person person = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(r->request->db, &stmt, people_sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, r->result->run);
        sqlite3_bind_int64(stmt, 2, r->request->day);
    }
    while (!code && row) {
        code = cq_db_step(r->request->db, stmt, &row, err);
        int64_t iin = !code && row ? sqlite3_column_int64(stmt, ID) >> CQ_GROUP_SHIFT : 0;
        if (!code && person.count > 0 && person.rows[0].iin != iin) {
            code = compare_person(r, &person, err);
            person.count = 0;
            cq_str_clear(&person.text);
        }
        if (!code && row)
            code = read_row(&person, stmt, err);
    }
    sqlite3_finalize(stmt);
    free(person.rows);
    cq_str_free(&person.text);
    return code;
}
