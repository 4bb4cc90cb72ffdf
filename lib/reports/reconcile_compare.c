/* Contradictions of one row with others. */
#include "reports/reconcile_compare.h"

#include <string.h>

#include "base/name_match.h"
#include "cq/facts.h"
#include "cq/iin.h"
#include "reports/reconcile_fallen.h"
#include "result/result_private.h"

/* What lists of several agencies state of one person. */
enum field { LAST_NAME, FIRST_NAME, MIDDLE_NAME, BIRTH_DATE, SEX, FIELDS };
static const char *const field_names[FIELDS] = {"last_name", "first_name", "middle_name",
                                                "birth_date", "sex"};

static const char *day_text(struct cq_reconcile *r, int32_t day)
{
    char text[32];
    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX)
        return NULL;
    return cq_result_copy(r->result, text, cq_date_write(text, day));
}

static const char *iin_text(struct cq_reconcile *r, int64_t iin)
{
    char digits[12];
    return cq_result_copy(r->result, digits, cq_iin_write(digits, iin));
}

/* A value as a number that is equal where two lists mean the same; 0 where nothing is stated. */
static int64_t value_of(const struct cq_reconcile_person *p, const struct cq_reconcile_row *row,
                        enum field field)
{
    if (field == BIRTH_DATE)
        return (int64_t)row->birth - CQ_DAY_MIN;
    if (field == SEX)
        return row->sex + 1;
    const char *name = p->text.ptr + row->names[field];
    return *name != '\0' ? cq_name_match_key(name, strlen(name), "", 0) : 0;
}

static const char *value_text(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                              const struct cq_reconcile_row *row, enum field field)
{
    if (field == BIRTH_DATE)
        return day_text(r, row->birth);
    if (field == SEX)
        return row->sex == 0 ? "m" : "f";
    const char *name = p->text.ptr + row->names[field];
    return cq_result_copy(r->result, name, strlen(name));
}

/* How many other lists state a value. */
static int count_votes(const struct cq_reconcile_person *p, const struct cq_reconcile_row *own,
                       enum field field, int64_t value)
{
    int votes = 0;
    for (size_t i = 0; i < p->count; i++)
        votes += &p->rows[i] != own && value_of(p, &p->rows[i], field) == value;
    return votes;
}

/* The row whose value most of the other lists state, and more than state the agency's own; of equal
 * ones the latest. NULL for none. */
static const struct cq_reconcile_row *find_other(const struct cq_reconcile_person *p,
                                                 const struct cq_reconcile_row *own,
                                                 enum field field)
{
    const struct cq_reconcile_row *other = NULL;
    int64_t mine = value_of(p, own, field);
    int most = count_votes(p, own, field, mine);
    for (size_t i = 0; i < p->count && mine; i++) {
        const struct cq_reconcile_row *row = &p->rows[i];
        int64_t value = value_of(p, row, field);
        int votes = count_votes(p, own, field, value);
        if (row == own || !value || value == mine || votes < most ||
            (votes == most && (!other || row->run < other->run)))
            continue;
        other = row;
        most = votes;
    }
    return other;
}

/* The agency whose words a verdict holds to be right; 0 for none. */
static enum cq_code find_verdict(struct cq_reconcile *r, int64_t iin, int *whose,
                                 struct cq_err *err)
{
    static const char sql[] = "SELECT whose FROM verdict WHERE iin = ?3 AND other_iin = ?3"
                              " AND whose IS NOT NULL AND" CQ_SQL_NOW " ORDER BY id DESC LIMIT 1";
    const int64_t params[] = {r->result->run, r->request->day, iin};
    int64_t number = 0;
    enum cq_code code = cq_reconcile_ask_number(r, CQ_ASK_VERDICT, sql, params, 3, &number, err);
    *whose = (int)number;
    return code;
}

/* A contradiction with the row of another agency, and the day of the list that states it. */
static enum cq_code add_other(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                              const struct cq_reconcile_row *own,
                              const struct cq_reconcile_row *other, enum cq_reconcile_step step,
                              struct cq_reconcile_finding **finding, struct cq_err *err)
{
    int64_t since = CQ_DAY_MIN;
    enum cq_code code = cq_reconcile_ask_number(
        r, CQ_ASK_LIST_DAY, "SELECT list_date FROM run WHERE id = ?1", &other->run, 1, &since, err);
    if (code)
        return code;
    *finding = cq_reconcile_add_row(r, p, own, CQ_CONTRADICTED, step);
    if (!*finding)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    (*finding)->since = (int32_t)since;
    (*finding)->agency = other->agency;
    return CQ_OK;
}

/* The row of the agency that a verdict believes, where it states another value. */
static const struct cq_reconcile_row *find_believed(const struct cq_reconcile_person *p,
                                                    const struct cq_reconcile_row *own,
                                                    enum field field, int whose)
{
    const struct cq_reconcile_row *row = NULL;
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].agency == whose)
            row = &p->rows[i];
    if (!row)
        return find_other(p, own, field);
    int64_t mine = value_of(p, own, field), right = value_of(p, row, field);
    return mine && right && mine != right ? row : NULL;
}

static enum cq_code compare_identity(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                     const struct cq_reconcile_row *own, int whose,
                                     struct cq_err *err)
{
    for (int i = 0; i < FIELDS; i++) {
        enum field field = (enum field)i;
        const struct cq_reconcile_row *other = find_believed(p, own, field, whose);
        struct cq_reconcile_finding *f;
        enum cq_code code = other ? add_other(r, p, own, other, CQ_STEP_CORRECT, &f, err) : CQ_OK;
        if (code)
            return code;
        if (!other)
            continue;
        f->field = field_names[field];
        f->yours = value_text(r, p, own, field);
        f->theirs = value_text(r, p, other, field);
        f->text = N_("another list states another value");
    }
    return CQ_OK;
}

/* An employee of two agencies at once has moved to the one where the service began later; where it
 * began on the same day, each is asked to end its row. */
static enum cq_code compare_service(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                    const struct cq_reconcile_row *own, struct cq_err *err)
{
    const struct cq_reconcile_row *other = NULL;
    for (size_t i = 0; i < p->count && own->category == CQ_CATEGORY_EMPLOYEE; i++) {
        const struct cq_reconcile_row *row = &p->rows[i];
        if (row != own && row->category == CQ_CATEGORY_EMPLOYEE && row->from >= own->from &&
            (!other || row->from > other->from))
            other = row;
    }
    int32_t end = other && other->from > own->from ? other->from : r->request->day;
    if (!other || end <= own->from)
        return CQ_OK;
    struct cq_reconcile_finding *f;
    enum cq_code code = add_other(r, p, own, other, CQ_STEP_END, &f, err);
    if (code)
        return code;
    f->field = "valid_to";
    f->code = cq_code_id(CQ_W_TWO_AGENCIES);
    f->yours = day_text(r, own->to);
    f->theirs = day_text(r, end);
    f->text = N_("an employee of two agencies at once");
    return CQ_OK;
}

/* What the registry knows of a sponsor. */
struct sponsor {
    bool known, serves;
    int agency;   /* of the row that ends last */
    int32_t left; /* the last end of service up to the day; CQ_DAY_MIN for none */
};

static enum cq_code find_sponsor(struct cq_reconcile *r, int64_t iin, struct sponsor *s,
                                 struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, category, valid_from, valid_to FROM person WHERE id >= ?2 AND id < ?3"
        " AND" CQ_SQL_KNOWN;
    const int64_t params[] = {r->result->run, iin << CQ_GROUP_SHIFT, (iin + 1) << CQ_GROUP_SHIFT};
    sqlite3_stmt *stmt;
    bool row = false;
    int32_t day = r->request->day, last = CQ_DAY_MIN;
    enum cq_code code = cq_reconcile_ask(r, CQ_ASK_SPONSOR, sql, params, 3, &stmt, err);
    *s = (struct sponsor){.left = CQ_DAY_MIN};
    while (!code && !(code = cq_db_step(r->request->db, stmt, &row, err)) && row) {
        bool employee = sqlite3_column_int(stmt, 1) == CQ_CATEGORY_EMPLOYEE;
        int32_t from = cq_db_column_int(stmt, 2, CQ_DAY_MIN),
                to = cq_db_column_int(stmt, 3, CQ_DAY_MAX);
        s->serves = s->serves || (employee && from <= day && day < to);
        if (employee && to <= day && to > s->left)
            s->left = to;
        if (!s->known || to >= last)
            s->agency = cq_id_agency(sqlite3_column_int64(stmt, 0));
        last = !s->known || to > last ? to : last;
        s->known = true;
    }
    const struct cq_reconcile_fallen *fallen = cq_reconcile_find_fallen(r, iin);
    if (!code && fallen && s->serves) {
        s->serves = false;
        s->left = fallen->end;
        s->agency = fallen->agency;
    }
    return code;
}

/* An employee in service of whom a list says that he or she was killed. */
static enum cq_code compare_fallen(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                   const struct cq_reconcile_row *own, struct cq_err *err)
{
    const struct cq_reconcile_fallen *fallen =
        own->category == CQ_CATEGORY_EMPLOYEE ? cq_reconcile_find_fallen(r, own->iin) : NULL;
    if (!fallen || fallen->end <= own->from)
        return CQ_OK;
    struct cq_reconcile_finding *f = cq_reconcile_add_row(r, p, own, CQ_CONTRADICTED, CQ_STEP_END);
    if (!f)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->agency = fallen->agency;
    f->field = "valid_to";
    f->yours = day_text(r, own->to);
    f->theirs = day_text(r, fallen->end);
    f->text = N_("in service, and a child's row says that this employee was killed");
    return CQ_OK;
}

/* A family member's sponsor serves; a child's of the fallen is known to some list. */
static enum cq_code compare_sponsor(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                    const struct cq_reconcile_row *own, struct cq_err *err)
{
    struct sponsor s;
    if (!own->sponsor || !cq_category_has_sponsor(own->category))
        return CQ_OK;
    enum cq_code code = find_sponsor(r, own->sponsor, &s, err);
    if (code || s.serves || (s.known && own->category != CQ_CATEGORY_FAMILY))
        return code;
    bool ends = s.known && s.left > own->from;
    struct cq_reconcile_finding *f =
        cq_reconcile_add_row(r, p, own, CQ_CONTRADICTED, ends ? CQ_STEP_END : CQ_STEP_SPONSOR);
    if (!f)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->agency = s.agency;
    f->field = ends ? "valid_to" : "sponsor_iin";
    enum cq_code why = s.known ? CQ_W_SPONSOR_NOT_EMPLOYEE : CQ_W_SPONSOR_UNKNOWN;
    f->code = cq_code_id(why);
    f->text = cq_code_text(why);
    f->yours = ends ? day_text(r, own->to) : iin_text(r, own->sponsor);
    f->theirs = ends ? day_text(r, s.left) : NULL;
    return CQ_OK;
}

static enum cq_code compare_presidential(struct cq_reconcile *r,
                                         const struct cq_reconcile_person *p,
                                         const struct cq_reconcile_row *own, struct cq_err *err)
{
    const int64_t params[] = {r->result->run, r->request->day, own->iin << CQ_GROUP_SHIFT,
                              (own->iin + 1) << CQ_GROUP_SHIFT};
    int64_t named = 0;
    enum cq_code code =
        own->presidential != 0
            ? CQ_OK
            : cq_reconcile_ask_number(r, CQ_ASK_PRESIDENTIAL,
                                      "SELECT count(*) FROM presidential WHERE id >= ?3"
                                      " AND id < ?4 AND" CQ_SQL_NOW,
                                      params, 4, &named, err);
    if (code || !named)
        return code;
    struct cq_reconcile_finding *f =
        cq_reconcile_add_row(r, p, own, CQ_CONTRADICTED, CQ_STEP_CORRECT);
    if (!f)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->source = "presidential";
    f->field = "presidential";
    f->yours = "no";
    f->theirs = "yes";
    f->text = N_("the list of the President's Affairs Administration names the person");
    return CQ_OK;
}

/* Whether rows of several agencies can contradict each other. */
static bool do_rows_differ(const struct cq_reconcile_person *p)
{
    bool differ = false;
    for (size_t i = 1; i < p->count; i++) {
        for (int field = 0; field < FIELDS; field++)
            differ = differ || value_of(p, &p->rows[0], (enum field)field) !=
                                   value_of(p, &p->rows[i], (enum field)field);
        for (size_t k = 0; k < i; k++)
            differ = differ || (p->rows[i].category == CQ_CATEGORY_EMPLOYEE &&
                                p->rows[k].category == CQ_CATEGORY_EMPLOYEE);
    }
    return differ;
}

enum cq_code cq_reconcile_compare(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                  const struct cq_reconcile_row *own, struct cq_err *err)
{
    int whose = 0;
    bool differs = do_rows_differ(p);
    enum cq_code code = differs ? find_verdict(r, own->iin, &whose, err) : CQ_OK;
    if (!code && differs && whose != r->agency) {
        code = compare_identity(r, p, own, whose, err);
        if (!code)
            code = compare_service(r, p, own, err);
    }
    if (!code)
        code = compare_sponsor(r, p, own, err);
    if (!code)
        code = compare_fallen(r, p, own, err);
    return code ? code : compare_presidential(r, p, own, err);
}
