/* The checks of one registration: day, polyclinic, person, papers, and the card the person has. */
#include "referrals/register_judge.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "cq/person.h"
#include "cq/registry.h"

/* The cards of a person that hold on a day or later. */
static const char cards_sql[] =
    "SELECT facility, card_no, valid_from, papers, registered_on FROM card"
    " WHERE id >= ?1 AND id < ?2 AND run_to IS NULL AND (valid_to IS NULL OR valid_to > ?3)"
    " ORDER BY id";

/* Whether another person has or had a number: what is written under it stays on paper, as does the
 * number of a registration that was taken back. */
#define TAKEN                                                                                      \
    "FROM card AS other WHERE other.facility = ?1 AND other.id >> 23 <> ?3"                        \
    " AND (other.run_to IS NULL OR other.registered_on IS NOT NULL)"
static const char taken_sql[] = "SELECT 1 " TAKEN " AND other.card_no = ?2 LIMIT 1";

/* The last card that the person had at a polyclinic until a day. */
static const char earlier_sql[] =
    "SELECT card_no, papers FROM card WHERE id >= ?3 << 23 AND id < (?3 + 1) << 23"
    " AND facility = ?1 AND run_to IS NULL AND valid_to <= ?2"
    " AND NOT EXISTS (SELECT 1 " TAKEN " AND other.card_no = card.card_no)"
    " ORDER BY valid_to DESC, id DESC LIMIT 1";

enum cq_code cq_register_judge_open(struct cq_register_judge *judge, struct cq_registrations *batch,
                                    struct cq_db *db, struct cq_err *err)
{
    const struct cq_register_options *options = batch->options;
    *judge = (struct cq_register_judge){
        .batch = batch, .db = db, .owner = cq_facilities_owner(cq_law_owner(options->law, "mvd"))};
    enum cq_code code = cq_people_open(&judge->people, db, options->law, options->known_run, err);
    if (!code)
        code = cq_facilities_read(&judge->facilities, db, options->known_run, err);
    if (!code)
        code = cq_db_prepare(db, &judge->cards, cards_sql, err);
    if (!code)
        code = cq_db_prepare(db, &judge->taken, taken_sql, err);
    return code ? code : cq_db_prepare(db, &judge->earlier, earlier_sql, err);
}

void cq_register_judge_close(struct cq_register_judge *judge)
{
    sqlite3_finalize(judge->cards);
    sqlite3_finalize(judge->taken);
    sqlite3_finalize(judge->earlier);
    cq_facilities_free(judge->facilities);
    cq_people_close(judge->people);
}

static void refuse(struct cq_register_judge *judge, enum cq_code code, int column,
                   struct cq_registration *r)
{
    cq_registrations_report(judge->batch, code, r->line, column, NULL, r);
}

/* The person's role on that day, and the papers that it asks for. Care is no question here: of the
 * roles the one that answers for outpatient care counts. */
static enum cq_code judge_person(struct cq_register_judge *judge, struct cq_registration *r,
                                 struct cq_err *err)
{
    const struct cq_request request = cq_request_default(CQ_SERVICE_OUTPATIENT, r->on);
    struct cq_answer answers[CQ_ROLES_MAX];
    int count;
    enum cq_code code = cq_people_decide(judge->people, r->iin, &request, answers, &count, err);
    if (code)
        return code;
    if (answers[0].category == CQ_CATEGORY_NONE) {
        refuse(judge, CQ_R_UNLISTED, CQ_REGISTER_IIN, r);
        return CQ_OK;
    }
    const struct cq_documents *documents =
        cq_law_documents(judge->batch->options->law, r->on, answers[0].facts);
    r->documents = documents ? documents->documents : "";
    r->category = answers[0].category;
    r->agency = answers[0].agency;
    r->version = answers[0].version;
    return CQ_OK;
}

static struct cq_text column_text(sqlite3_stmt *stmt, int column)
{
    return (struct cq_text){(const char *)sqlite3_column_text(stmt, column),
                            (size_t)sqlite3_column_bytes(stmt, column)};
}

/* The card that the person has at this polyclinic: its number stays, and what was seen before. */
static enum cq_code take_over(struct cq_register_judge *judge, struct cq_registration *r,
                              struct cq_err *err)
{
    struct cq_text number = column_text(judge->cards, 1);
    int64_t seen = sqlite3_column_int64(judge->cards, 3);
    int32_t day = cq_db_column_int(judge->cards, 4, CQ_DAY_MIN);
    bool other = r->card_no.len > 0 && !cq_text_equal(r->card_no, number);
    if (cq_db_column_int(judge->cards, 2, CQ_DAY_MIN) > judge->batch->options->day) {
        refuse(judge, CQ_R_CARD_LATER, CQ_REGISTER_ON, r);
        return CQ_OK;
    }
    if (other) {
        refuse(judge, CQ_R_CARD_OTHER, CQ_REGISTER_CARD_NO, r);
        return CQ_OK;
    }
    r->card_no = (struct cq_text){cq_texts_copy(judge->batch->texts, &number), number.len};
    if (!r->card_no.ptr)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    r->state = (r->papers & ~seen) != 0 || day == CQ_DAY_MIN ? CQ_REGISTERED_ADDED
                                                             : CQ_REGISTERED_UNCHANGED;
    r->papers |= seen;
    r->opened_on = cq_db_column_int(judge->cards, 2, CQ_DAY_MIN);
    if (day != CQ_DAY_MIN)
        r->registered_on = day;
    return CQ_OK;
}

/* The person's cards that are not the one here. */
struct elsewhere {
    struct cq_str facility; /* of one at another place */
    bool later;             /* one was opened after the day there */
    bool moved;             /* and is open today */
    bool twice;             /* there is another one here */
};

static void note_elsewhere(struct elsewhere *elsewhere, sqlite3_stmt *stmt, int32_t on,
                           int32_t today)
{
    int32_t opened = cq_db_column_int(stmt, 2, CQ_DAY_MIN);
    struct cq_text facility = column_text(stmt, 0);
    cq_str_clear(&elsewhere->facility);
    cq_str_put(&elsewhere->facility, facility.ptr, facility.len);
    elsewhere->later = elsewhere->later || opened > on;
    elsewhere->moved = elsewhere->moved || (opened > on && opened <= today);
}

/* The card elsewhere ends with a new one here; one that was opened later stays the person's, and until
 * it is opened papers are recorded with the one here. */
static void leave(struct cq_register_judge *judge, struct cq_registration *r,
                  const struct elsewhere *elsewhere, bool here)
{
    if (elsewhere->twice || elsewhere->moved || (elsewhere->later && !here))
        refuse(judge, CQ_R_CARD_LATER, CQ_REGISTER_ON, r);
    else if (!here && elsewhere->facility.len > 0)
        cq_registrations_report(judge->batch, CQ_W_CARD_MOVED, r->line, CQ_REGISTER_FACILITY,
                                elsewhere->facility.ptr, r);
}

/* Finds the person's cards. */
static enum cq_code judge_card(struct cq_register_judge *judge, struct cq_registration *r,
                               struct cq_err *err)
{
    struct elsewhere elsewhere = {0};
    bool row = false, here = false;
    enum cq_code code = CQ_OK;
    sqlite3_reset(judge->cards);
    sqlite3_bind_int64(judge->cards, 1, r->iin << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(judge->cards, 2, (r->iin + 1) << CQ_GROUP_SHIFT);
    sqlite3_bind_int(judge->cards, 3, r->on);
    while (!code && !(code = cq_db_step(judge->db, judge->cards, &row, err)) && row) {
        if (!cq_text_equal(column_text(judge->cards, 0), r->facility)) {
            note_elsewhere(&elsewhere, judge->cards, r->on, judge->batch->options->day);
        } else if (here) {
            elsewhere.twice = true;
        } else {
            code = take_over(judge, r, err);
            here = true;
        }
    }
    if (!code && elsewhere.facility.failed)
        code = cq_err_set(err, elsewhere.facility.failed, NULL);
    if (!code && r->state != CQ_REGISTERED_REFUSED)
        leave(judge, r, &elsewhere, here);
    cq_str_free(&elsewhere.facility);
    return code;
}

/* Who comes back to a polyclinic has the number of before, if no other is given, and what was seen. */
static enum cq_code come_back(struct cq_register_judge *judge, struct cq_registration *r,
                              struct cq_err *err)
{
    bool row = false;
    if (r->state != CQ_REGISTERED_OPENED)
        return CQ_OK;
    sqlite3_reset(judge->earlier);
    cq_db_bind_text(judge->earlier, 1, r->facility.ptr, r->facility.len);
    sqlite3_bind_int(judge->earlier, 2, r->on);
    sqlite3_bind_int64(judge->earlier, 3, r->iin);
    enum cq_code code = cq_db_step(judge->db, judge->earlier, &row, err);
    if (code || !row)
        return code;
    r->papers |= sqlite3_column_int64(judge->earlier, 1);
    if (r->card_no.len > 0)
        return CQ_OK;
    struct cq_text number = column_text(judge->earlier, 0);
    r->card_no = (struct cq_text){cq_texts_copy(judge->batch->texts, &number), number.len};
    return r->card_no.ptr ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

/* Whether a number that was given is another person's. */
static enum cq_code judge_number(struct cq_register_judge *judge, struct cq_registration *r,
                                 struct cq_err *err)
{
    bool row = false;
    if (r->state != CQ_REGISTERED_OPENED || r->card_no.len == 0)
        return CQ_OK;
    sqlite3_reset(judge->taken);
    cq_db_bind_text(judge->taken, 1, r->facility.ptr, r->facility.len);
    cq_db_bind_text(judge->taken, 2, r->card_no.ptr, r->card_no.len);
    sqlite3_bind_int64(judge->taken, 3, r->iin);
    enum cq_code code = cq_db_step(judge->db, judge->taken, &row, err);
    if (!code && row)
        refuse(judge, CQ_R_CARD_TAKEN, CQ_REGISTER_CARD_NO, r);
    return code;
}

enum cq_code cq_register_judge_one(struct cq_register_judge *judge, struct cq_registration *r,
                                   struct cq_err *err)
{
    if (r->on > judge->batch->options->day)
        refuse(judge, CQ_R_DATE_FUTURE, CQ_REGISTER_ON, r);
    else if (!cq_facilities_known(judge->facilities, r->facility))
        refuse(judge, CQ_R_UNKNOWN_FACILITY, CQ_REGISTER_FACILITY, r);
    else if (!cq_facilities_polyclinic(judge->facilities, judge->owner, r->on, r->facility))
        refuse(judge, CQ_R_POLYCLINIC, CQ_REGISTER_FACILITY, r);
    if (r->state == CQ_REGISTERED_REFUSED)
        return CQ_OK;
    enum cq_code code = judge_person(judge, r, err);
    if (!code && r->state != CQ_REGISTERED_REFUSED)
        code = judge_card(judge, r, err);
    if (!code)
        code = come_back(judge, r, err);
    if (!code && r->state != CQ_REGISTERED_REFUSED)
        code = judge_number(judge, r, err);
    return code;
}
