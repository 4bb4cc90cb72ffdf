/* Reads the parties of a paper: the person, and the facilities with their names. */
#include "referrals/parties.h"

#include <stdlib.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/lists.h"
#include "referrals/texts.h"

_Static_assert(CQ_LANGUAGES == 3, "a facility has a column for its name in each language");

struct cq_parties {
    struct cq_db *db;
    sqlite3_stmt *person, *facility;
    struct cq_texts *texts;
};

enum cq_code cq_parties_open(struct cq_parties **result, struct cq_db *db, struct cq_err *err)
{
    static const char person[] =
        "SELECT last_name, first_name, middle_name, birth_date, sex, residence FROM person"
        " WHERE id = ?1";
    static const char facility[] =
        "SELECT name_kk, name_ru, name_en, kato, owner FROM facility WHERE facility = ?1"
        " AND run_from <= ?2 AND (run_to IS NULL OR run_to > ?2)"
        " ORDER BY name_kk IS NULL AND name_ru IS NULL AND name_en IS NULL, id LIMIT 1";
    struct cq_parties *parties = calloc(1, sizeof *parties);
    *result = NULL;
    if (!parties)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    parties->db = db;
    parties->texts = cq_texts_new();
    enum cq_code code = parties->texts ? cq_db_prepare(db, &parties->person, person, err)
                                       : cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_db_prepare(db, &parties->facility, facility, err);
    if (code)
        cq_parties_close(parties);
    else
        *result = parties;
    return code;
}

void cq_parties_close(struct cq_parties *parties)
{
    if (!parties)
        return;
    sqlite3_finalize(parties->person);
    sqlite3_finalize(parties->facility);
    cq_texts_free(parties->texts);
    free(parties);
}

void cq_parties_clear(struct cq_parties *parties)
{
    cq_texts_clear(parties->texts);
}

static bool copy_text(struct cq_parties *parties, sqlite3_stmt *stmt, int column,
                      struct cq_text *text)
{
    const struct cq_text read = {(const char *)sqlite3_column_text(stmt, column),
                                 (size_t)sqlite3_column_bytes(stmt, column)};
    *text = (struct cq_text){"", 0};
    if (!read.ptr)
        return true;
    const char *copy = cq_texts_copy(parties->texts, &read);
    if (copy)
        *text = (struct cq_text){copy, read.len};
    return copy;
}

enum cq_code cq_parties_read_patient(struct cq_parties *parties, int64_t version,
                                     struct cq_patient *patient, struct cq_err *err)
{
    sqlite3_stmt *s = parties->person;
    struct cq_text *const names[] = {&patient->last_name, &patient->first_name,
                                     &patient->middle_name};
    bool row = false, copied = true;
    *patient = (struct cq_patient){.last_name = {"", 0},
                                   .first_name = {"", 0},
                                   .middle_name = {"", 0},
                                   .birth = CQ_DAY_MIN,
                                   .sex = CQ_UNKNOWN};
    sqlite3_bind_int64(s, 1, version);
    enum cq_code code = cq_db_step(parties->db, s, &row, err);
    if (!code && row) {
        for (int i = 0; i < 3; i++)
            copied = copied && copy_text(parties, s, i, names[i]);
        patient->birth = sqlite3_column_int(s, 3);
        patient->sex = cq_db_column_int(s, 4, CQ_UNKNOWN);
        patient->residence = cq_db_column_int(s, 5, 0);
    }
    sqlite3_reset(s);
    return copied ? code : cq_err_set(err, CQ_B_NOMEM, NULL);
}

enum cq_code cq_parties_read_facility(struct cq_parties *parties, int64_t run,
                                      const struct cq_text *code_text, struct cq_party *party,
                                      struct cq_err *err)
{
    sqlite3_stmt *s = parties->facility;
    bool row = false, copied = true;
    *party = (struct cq_party){.code = *code_text, .owner = ""};
    for (int i = 0; i < CQ_LANGUAGES; i++)
        party->name[i] = (struct cq_text){"", 0};
    if (code_text->len == 0)
        return CQ_OK;
    cq_db_bind_text(s, 1, code_text->ptr, code_text->len);
    sqlite3_bind_int64(s, 2, run);
    enum cq_code code = cq_db_step(parties->db, s, &row, err);
    if (!code && row) {
        for (int i = 0; i < CQ_LANGUAGES; i++)
            copied = copied && copy_text(parties, s, i, &party->name[i]);
        party->kato = sqlite3_column_int(s, 3);
        const char *owner = cq_owner_name(sqlite3_column_int(s, 4));
        party->owner = owner ? owner : "";
    }
    sqlite3_reset(s);
    return copied ? code : cq_err_set(err, CQ_B_NOMEM, NULL);
}
