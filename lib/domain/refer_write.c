/* Drafts become referrals: duplicates are found, numbers given, rows and first events written,
 * all inside the caller's transaction. */
#include "refer_private.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/refno.h"

/* The last serial given in one region and year; read once from the registry. */
struct last {
    int region, year, serial;
};

struct writing {
    struct cq_db *db;
    sqlite3_stmt *same, *last, *insert, *event;
    struct last *lasts;
    size_t last_count, last_room;
};

static const char same_sql[] =
    "SELECT id FROM referral WHERE iin = ?1 AND issued_on = ?2 AND service = ?3"
    " AND destination = ?4 AND profile IS ?5 AND ?6 >> status & 1 ORDER BY id LIMIT 1";
static const char last_sql[] = "SELECT max(id) FROM referral WHERE id BETWEEN ?1 AND ?2";
static const char event_sql[] =
    "INSERT INTO referral_event (id, at, day, status, actor) VALUES (?1, ?2, ?3, ?4, ?5)";

static enum cq_code prepare(struct writing *w, struct cq_err *err)
{
    struct cq_str sql = {0};
    enum cq_code code =
        cq_str_adds(&sql, "INSERT INTO referral (id, status, " CQ_RC_AFTER_STATUS ") VALUES (?1");
    for (int i = 1; i < CQ_RC_COUNT && !code; i++)
        code = cq_str_addf(&sql, ", ?%d", i + 1);
    if (!code)
        code = cq_str_adds(&sql, ")");
    code = code ? cq_err_set(err, code, NULL) : cq_db_prepare(w->db, &w->insert, sql.ptr, err);
    if (!code)
        code = cq_db_prepare(w->db, &w->same, same_sql, err);
    if (!code)
        code = cq_db_prepare(w->db, &w->last, last_sql, err);
    if (!code)
        code = cq_db_prepare(w->db, &w->event, event_sql, err);
    cq_str_free(&sql);
    return code;
}

static void bind_text(sqlite3_stmt *stmt, int index, const struct cq_text *text)
{
    cq_db_bind_text(stmt, index, text->len ? text->ptr : NULL, text->len);
}

/* The number of an open referral for the same request, 0 if there is none. */
static enum cq_code find_same(struct writing *w, const struct cq_referral *r, int64_t *number,
                              struct cq_err *err)
{
    bool row;
    *number = 0;
    sqlite3_bind_int64(w->same, 1, r->iin);
    sqlite3_bind_int(w->same, 2, r->issued_on);
    sqlite3_bind_int(w->same, 3, r->service);
    sqlite3_bind_int(w->same, 4, r->destination);
    bind_text(w->same, 5, &r->text[CQ_REFERRAL_PROFILE]);
    sqlite3_bind_int64(w->same, 6, cq_states_open());
    enum cq_code code = cq_db_step(w->db, w->same, &row, err);
    if (!code && row)
        *number = sqlite3_column_int64(w->same, 0);
    sqlite3_reset(w->same);
    return code;
}

static enum cq_code find_last(struct writing *w, int region, int year, struct last **found,
                              struct cq_err *err)
{
    bool row;
    for (size_t i = 0; i < w->last_count; i++)
        if (w->lasts[i].region == region && w->lasts[i].year == year) {
            *found = &w->lasts[i];
            return CQ_OK;
        }
    if (w->last_count == w->last_room) {
        size_t room = w->last_room ? w->last_room * 2 : 32;
        struct last *lasts = realloc(w->lasts, room * sizeof *lasts);
        if (!lasts)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        w->lasts = lasts;
        w->last_room = room;
    }
    sqlite3_bind_int64(w->last, 1, cq_refno_make(region, year, 0));
    sqlite3_bind_int64(w->last, 2, cq_refno_make(region, year, CQ_SERIAL_MAX));
    enum cq_code code = cq_db_step(w->db, w->last, &row, err);
    if (!code) {
        int64_t serial = sqlite3_column_int64(w->last, 0) % (CQ_SERIAL_MAX + 1);
        *found = &w->lasts[w->last_count++];
        **found = (struct last){region, year, (int)serial};
    }
    sqlite3_reset(w->last);
    return code;
}

/* The next number of the draft's region and year, 0 if all are given out. */
static enum cq_code next_number(struct writing *w, const struct cq_draft *draft, int64_t *number,
                                struct cq_err *err)
{
    int year, month, day;
    struct last *last = NULL;
    cq_date_split(draft->referral.issued_on, &year, &month, &day);
    enum cq_code code = find_last(w, draft->region, year, &last, err);
    if (!code)
        *number = last->serial == CQ_SERIAL_MAX
                      ? 0
                      : cq_refno_make(draft->region, year, ++last->serial);
    return code;
}

static enum cq_code insert(struct writing *w, int64_t number, const struct cq_referral *r,
                           int64_t now, struct cq_err *err)
{
    sqlite3_stmt *s = w->insert;
    const struct {
        int column;
        int64_t value;
        bool present;
    } numbers[] = {
        {CQ_RC_ID, number, true},
        {CQ_RC_STATUS, CQ_ISSUED, true},
        {CQ_RC_IIN, r->iin, true},
        {CQ_RC_SERVICE, r->service, true},
        {CQ_RC_DESTINATION, r->destination, true},
        {CQ_RC_INDICATED, r->indicated == CQ_YES, r->indicated != CQ_UNKNOWN},
        {CQ_RC_PACKAGE, r->package, r->package != CQ_UNKNOWN},
        {CQ_RC_DUTY_INJURY, r->duty_injury, true},
        {CQ_RC_URGENCY, r->urgency, r->urgency != CQ_UNKNOWN},
        {CQ_RC_PLANNED_ON, r->planned_on, r->planned_on != CQ_DAY_MIN},
        {CQ_RC_CATEGORY, r->category, true},
        {CQ_RC_AGENCY, r->agency, r->agency != 0},
        {CQ_RC_FACTS, (int64_t)r->facts, true},
        {CQ_RC_RUN, r->run, true},
        {CQ_RC_ISSUED_ON, r->issued_on, true},
        {CQ_RC_ISSUED_AT, now, true},
        {CQ_RC_VALID_UNTIL, r->valid_until, true},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cq_db_bind_int(s, numbers[i].column + 1, numbers[i].value, numbers[i].present);
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++)
        bind_text(s, CQ_RC_TEXT + i + 1, &r->text[i]);
    return cq_db_run(w->db, s, err);
}

static enum cq_code insert_event(struct writing *w, int64_t number, const struct cq_referral *r,
                                 int64_t now, const char *actor, struct cq_err *err)
{
    sqlite3_bind_int64(w->event, 1, number << CQ_EVENT_BITS | 1);
    sqlite3_bind_int64(w->event, 2, now);
    sqlite3_bind_int(w->event, 3, r->issued_on);
    sqlite3_bind_int(w->event, 4, CQ_ISSUED);
    cq_db_bind_text(w->event, 5, actor, strlen(actor));
    return cq_db_run(w->db, w->event, err);
}

enum cq_code cq_drafts_write(struct cq_db *db, const struct cq_drafts *drafts, int64_t now,
                             const char *actor,
                             void (*say)(const struct cq_err *finding, void *context),
                             void *context, struct cq_numbers *numbers, struct cq_err *err)
{
    struct writing w = {.db = db};
    enum cq_code code = prepare(&w, err);
    for (size_t i = 0; i < drafts->count && !code; i++) {
        const struct cq_draft *draft = &drafts->list[i];
        const struct cq_referral *r = &draft->referral;
        int64_t number = 0;
        code = find_same(&w, r, &number, err);
        if (!code && number == 0) {
            code = next_number(&w, draft, &number, err);
            if (!code && number == 0) {
                struct cq_err finding = {0};
                cq_err_set(&finding, CQ_R_SERIALS, NULL);
                cq_err_at(&finding, NULL, draft->line, NULL);
                say(&finding, context);
                continue;
            }
            if (!code)
                code = insert(&w, number, r, now, err);
            if (!code)
                code = insert_event(&w, number, r, now, actor, err);
        }
        if (!code && cq_numbers_add(numbers, number) != CQ_OK)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(w.same);
    sqlite3_finalize(w.last);
    sqlite3_finalize(w.insert);
    sqlite3_finalize(w.event);
    free(w.lasts);
    return code;
}
