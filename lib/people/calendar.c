/* The calendar as lists correct it, from the registry. */
#include "people/calendar.h"

#include <stdlib.h>

#include "base/vec.h"

enum cq_code cq_calendar_read(struct cq_calendar *calendar, struct cq_db *db,
                              const struct cq_law *law, int64_t run, struct cq_err *err)
{
    static const char sql[] = "SELECT day, working FROM calendar WHERE run_from <= ?1"
                              " AND (run_to IS NULL OR run_to > ?1)"
                              " AND (valid_from IS NULL OR valid_from <= day)"
                              " AND (valid_to IS NULL OR valid_to > day) ORDER BY day";
    struct cq_stated_day *days = NULL;
    size_t count = 0, room = 0;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    *calendar = (struct cq_calendar){.law = law};
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    while (!(code = cq_db_step(db, stmt, &row, err)) && row) {
        struct cq_stated_day *grown = cq_grow(days, count + 1, &room, sizeof *days);
        if (!grown) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        days = grown;
        days[count++] =
            (struct cq_stated_day){sqlite3_column_int(stmt, 0), sqlite3_column_int(stmt, 1) != 0};
    }
    sqlite3_finalize(stmt);
    calendar->days = days;
    calendar->count = count;
    return code;
}

void cq_calendar_free(struct cq_calendar *calendar)
{
    free((void *)calendar->days);
    *calendar = (struct cq_calendar){0};
}
