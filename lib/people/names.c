/* Reads names as the known run left them. */
#include "people/names.h"

#include "cq/date.h"
#include "cq/registry.h"
#include "people/people.h"

#define KNOWN " AND run_from <= ?3 AND (run_to IS NULL OR run_to > ?3)"

static void put_column(struct cq_str *out, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    if (!text)
        return;
    if (out->len)
        cq_str_puts(out, " ");
    cq_str_put(out, text, (size_t)sqlite3_column_bytes(stmt, column));
}

enum cq_code cq_people_person_names(struct cq_people *people, int64_t iin, int64_t version,
                                    struct cq_person_names *names, struct cq_err *err)
{
    static const char sql[] = "SELECT last_name, first_name, middle_name, birth_date FROM person"
                              " WHERE id >= ?1 AND id < ?2" KNOWN
                              " ORDER BY id = ?4 DESC, valid_to IS NULL DESC, valid_to DESC, id"
                              " LIMIT 1";
    struct cq_db *db = people->reader.db;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    cq_str_clear(&names->full);
    names->birth = CQ_DAY_MIN;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, iin << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(stmt, 2, (iin + 1) << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(stmt, 3, people->reader.run);
        sqlite3_bind_int64(stmt, 4, version);
        code = cq_db_step(db, stmt, &row, err);
    }
    if (!code && row) {
        for (int column = 0; column < 3; column++)
            put_column(&names->full, stmt, column);
        names->birth = cq_db_column_int(stmt, 3, CQ_DAY_MIN);
    }
    sqlite3_finalize(stmt);
    if (!code && names->full.failed)
        code = cq_err_set(err, names->full.failed, NULL);
    return code;
}

enum cq_code cq_people_facility_names(struct cq_people *people, const char *facility,
                                      struct cq_facility_names *names, struct cq_err *err)
{
    static const char sql[] =
        "SELECT name_kk, name_ru, name_en, kato FROM facility WHERE facility = ?1" KNOWN
        " ORDER BY name_kk IS NULL AND name_ru IS NULL AND name_en IS NULL, id LIMIT 1";
    struct cq_db *db = people->reader.db;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    for (int i = 0; i < CQ_LANGUAGES; i++)
        cq_str_clear(&names->name[i]);
    names->kato = 0;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (!code) {
        sqlite3_bind_text(stmt, 1, facility, -1, SQLITE_STATIC);
        sqlite3_bind_int64(stmt, 3, people->reader.run);
        code = cq_db_step(db, stmt, &row, err);
    }
    for (int i = 0; i < CQ_LANGUAGES && !code && row; i++) {
        put_column(&names->name[i], stmt, i);
        if (names->name[i].failed)
            code = cq_err_set(err, names->name[i].failed, NULL);
    }
    if (!code && row)
        names->kato = sqlite3_column_int(stmt, 3);
    sqlite3_finalize(stmt);
    return code;
}
