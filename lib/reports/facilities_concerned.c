/* Employees without an MVD-MO: counted by where they live and serve, for few places are shared by
 * many; whether there is a place is asked of the code that decides. */
#include "facilities.h"

#include <stdlib.h>
#include <string.h>

#include "cq/facts.h"
#include "cq/kato.h"
#include "people/facilities_find.h"

static size_t slot_of(const struct load *l, int32_t residence, int32_t service_place)
{
    uint64_t mixed = ((uint64_t)(uint32_t)residence << 32 | (uint32_t)service_place) *
                     UINT64_C(0x9e3779b97f4a7c15);
    size_t i = (size_t)(mixed >> 20) & (l->room - 1);
    while (l->places[i].employees > 0 &&
           (l->places[i].residence != residence || l->places[i].service_place != service_place))
        i = (i + 1) & (l->room - 1);
    return i;
}

static enum cq_code add_employee(struct load *l, int32_t residence, int32_t service_place)
{
    if (l->used * 2 >= l->room) {
        struct places *old = l->places;
        size_t old_room = l->room, room = old_room ? old_room * 2 : 4096;
        struct places *grown = calloc(room, sizeof *grown);
        if (!grown)
            return CQ_B_NOMEM;
        l->places = grown;
        l->room = room;
        for (size_t i = 0; i < old_room; i++)
            if (old[i].employees > 0)
                l->places[slot_of(l, old[i].residence, old[i].service_place)] = old[i];
        free(old);
    }
    struct places *p = &l->places[slot_of(l, residence, service_place)];
    l->used += p->employees == 0;
    p->residence = residence;
    p->service_place = service_place;
    p->employees++;
    return CQ_OK;
}

static enum cq_code read_employees(struct load *l, struct cq_err *err)
{
    static const char sql[] = "SELECT id >> 23, residence, service_place FROM person WHERE"
                              " category = 1 AND" CQ_SQL_NOW " ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    int64_t last = 0;
    bool row = true;
    enum cq_code code = cq_db_prepare(l->request->db, &stmt, sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, l->result->run);
        sqlite3_bind_int64(stmt, 2, l->request->day);
    }
    while (!code && row) {
        code = cq_db_step(l->request->db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t iin = sqlite3_column_int64(stmt, 0);
        if (iin != last &&
            add_employee(l, sqlite3_column_int(stmt, 1), sqlite3_column_int(stmt, 2)))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
        last = iin;
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code find_absent(struct load *l, struct cq_err *err)
{
    struct cq_facilities *facilities = NULL;
    enum cq_code code = cq_facilities_read(&facilities, l->request->db, l->result->run, err);
    for (size_t i = 0; i < l->room && !code; i++) {
        const struct places *p = &l->places[i];
        int region = cq_kato_region(p->residence ? p->residence : p->service_place);
        for (size_t w = 0; w < l->want_count && p->employees > 0; w++) {
            struct want *want = &l->wants[w];
            const struct cq_wanted wanted = {.owner = l->owner,
                                             .service = want->service,
                                             .profile = {want->profile, strlen(want->profile)},
                                             .day = l->request->day,
                                             .places = {p->residence, p->service_place}};
            int place = cq_facilities_place(facilities, &wanted);
            want->absent[region] += place == CQ_PLACE_ABSENT ? p->employees : 0;
            want->unknown[region] += place == CQ_UNKNOWN ? p->employees : 0;
        }
    }
    cq_facilities_free(facilities);
    return code;
}

enum cq_code cq_load_concerned(struct load *l, struct cq_err *err)
{
    enum cq_code code = read_employees(l, err);
    return code ? code : find_absent(l, err);
}
