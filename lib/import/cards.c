/* Checks the outpatient cards that a run wrote: where each is kept, whether its number is another
 * person's there, and whether any list names its person. Source: R78:14.1, R78:14.3. */
#include "import/job.h"
#include "people/facilities_find.h"

/* The questions about a card. */
struct checks {
    struct cq_import_job *job;
    struct cq_facilities *facilities;
    int owner;
    sqlite3_stmt *read, *twice, *person;
};

static const char read_sql[] = "SELECT facility FROM card WHERE id = ?1";

/* Cards of others with the same number there, on any day on which this one holds. */
static const char twice_sql[] =
    "SELECT 1 FROM card AS own JOIN card AS other"
    " ON other.facility = own.facility AND other.card_no = own.card_no"
    " WHERE own.id = ?1 AND other.run_to IS NULL AND other.id >> 23 <> own.id >> 23"
    " AND (own.valid_to IS NULL OR other.valid_from IS NULL OR other.valid_from < own.valid_to)"
    " AND (other.valid_to IS NULL OR own.valid_from IS NULL OR own.valid_from < other.valid_to)"
    " LIMIT 1";

static const char person_sql[] =
    "SELECT 1 FROM person WHERE run_to IS NULL AND id >= ?1 >> 23 << 23"
    " AND id < ((?1 >> 23) + 1) << 23 LIMIT 1";

/* Whether a question about a card has an answer. */
static enum cq_code ask(struct checks *c, sqlite3_stmt *stmt, int64_t id, bool *row,
                        struct cq_err *err)
{
    sqlite3_reset(stmt);
    sqlite3_bind_int64(stmt, 1, id);
    return cq_db_step(c->job->db, stmt, row, err);
}

static struct cq_text facility_of(sqlite3_stmt *stmt)
{
    return (struct cq_text){(const char *)sqlite3_column_text(stmt, 0),
                            (size_t)sqlite3_column_bytes(stmt, 0)};
}

static enum cq_code check_card(struct checks *c, const struct cq_card_link *card,
                               struct cq_err *err)
{
    struct cq_import_job *job = c->job;
    bool row = false;
    job->key = card->id >> CQ_VERSION_BITS;
    enum cq_code code = ask(c, c->read, card->id, &row, err);
    if (code)
        return code;
    if (!cq_facilities_polyclinic(c->facilities, c->owner, job->import->list_date,
                                  facility_of(c->read)))
        cq_import_report(job, CQ_W_CARD_PLACE, card->line, CQ_C_FACILITY);
    code = ask(c, c->twice, card->id, &row, err);
    if (!code && row)
        cq_import_report(job, CQ_W_CARD_TWICE, card->line, CQ_C_CARD_NO);
    if (!code)
        code = ask(c, c->person, card->id, &row, err);
    if (!code && !row)
        cq_import_report(job, CQ_W_CARD_PERSON, card->line, CQ_C_IIN);
    return code;
}

enum cq_code cq_import_check_cards(struct cq_import_job *job, struct cq_err *err)
{
    struct checks c = {.job = job,
                       .owner = cq_facilities_owner(cq_law_owner(job->import->law, "mvd"))};
    if (job->card_count == 0)
        return CQ_OK;
    enum cq_code code = cq_facilities_read(&c.facilities, job->db, INT64_MAX, err);
    if (!code)
        code = cq_db_prepare(job->db, &c.read, read_sql, err);
    if (!code)
        code = cq_db_prepare(job->db, &c.twice, twice_sql, err);
    if (!code)
        code = cq_db_prepare(job->db, &c.person, person_sql, err);
    for (size_t i = 0; i < job->card_count && !code; i++)
        code = check_card(&c, &job->cards[i], err);
    sqlite3_finalize(c.read);
    sqlite3_finalize(c.twice);
    sqlite3_finalize(c.person);
    cq_facilities_free(c.facilities);
    return code;
}
