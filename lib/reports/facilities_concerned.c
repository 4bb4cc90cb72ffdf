/* Employees without an MVD-MO: counted by where they live and serve, since many share few places;
 * cq_facilities_place decides whether there is a place. */
#include "reports/facilities_concerned.h"

#include <stdlib.h>

#include "cq/facts.h"
#include "cq/kato.h"
#include "cq/list.h"
#include "people/facilities.h"
#include "people/facilities_find.h"
#include "result/result_private.h"

/* Employees of one residence and one place of service. */
struct group {
    int32_t residence, service_place;
    int64_t employees; /* 0 in a free slot */
};

/* A hash table; room is a power of two, or 0 before the first. */
struct groups {
    struct group *slots;
    size_t room, used;
};

static size_t slot_of(const struct groups *g, int32_t residence, int32_t service_place)
{
    uint64_t mixed = ((uint64_t)(uint32_t)residence << 32 | (uint32_t)service_place) *
                     UINT64_C(0x9e3779b97f4a7c15);
    size_t i = (size_t)(mixed >> 20) & (g->room - 1);
    while (g->slots[i].employees > 0 &&
           (g->slots[i].residence != residence || g->slots[i].service_place != service_place))
        i = (i + 1) & (g->room - 1);
    return i;
}

static enum cq_code add_employee(struct groups *g, int32_t residence, int32_t service_place)
{
    if (g->used * 2 >= g->room) {
        struct group *old = g->slots;
        size_t old_room = g->room, room = old_room ? old_room * 2 : 4096;
        struct group *grown = calloc(room, sizeof *grown);
        if (!grown)
            return CQ_B_NOMEM;
        g->slots = grown;
        g->room = room;
        for (size_t i = 0; i < old_room; i++)
            if (old[i].employees > 0)
                g->slots[slot_of(g, old[i].residence, old[i].service_place)] = old[i];
        free(old);
    }
    struct group *own = &g->slots[slot_of(g, residence, service_place)];
    g->used += own->employees == 0;
    own->residence = residence;
    own->service_place = service_place;
    own->employees++;
    return CQ_OK;
}

static enum cq_code read_employees(const struct cq_report_request *request, int64_t run,
                                   struct groups *groups, struct cq_err *err)
{
    static const char sql[] = "SELECT id >> 23, residence, service_place FROM person WHERE"
                              " category = 1 AND" CQ_SQL_NOW " ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    int64_t last = 0;
    bool row = true;
    enum cq_code code = cq_db_prepare(request->db, &stmt, sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, run);
        sqlite3_bind_int64(stmt, 2, request->day);
    }
    while (!code && row) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t iin = sqlite3_column_int64(stmt, 0);
        if (iin != last &&
            add_employee(groups, sqlite3_column_int(stmt, 1), sqlite3_column_int(stmt, 2)))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
        last = iin;
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Adds the employees of a group to a requirement if they have no place, or it is not known. */
static void count_group(struct cq_facilities *facilities, const struct group *group,
                        struct cq_facility_query *query, struct requirement *requirement)
{
    int region = cq_kato_region(group->residence ? group->residence : group->service_place);
    query->service = requirement->service;
    query->profile = cq_text_of(requirement->profile);
    query->places[0] = group->residence;
    query->places[1] = group->service_place;
    const uint64_t absent = cq_fact_bit(CQ_FACT_PLACE, CQ_PLACE_ABSENT);
    uint64_t place = cq_facilities_place(facilities, query);
    requirement->absent[region] += place == absent ? group->employees : 0;
    requirement->unknown[region] += place != absent && (place & absent) ? group->employees : 0;
}

enum cq_code cq_facilities_concerned(const struct cq_report_request *request, int64_t run,
                                     int owner, struct requirements *requirements,
                                     struct cq_err *err)
{
    struct groups groups = {0};
    struct cq_facilities *facilities = NULL;
    struct cq_facility_query query = {.owner = owner, .day = request->day};
    enum cq_code code = read_employees(request, run, &groups, err);
    if (!code)
        code = cq_facilities_read(&facilities, request->db, run, err);
    for (size_t i = 0; i < groups.room && !code; i++)
        for (size_t w = 0; w < requirements->count && groups.slots[i].employees > 0; w++)
            count_group(facilities, &groups.slots[i], &query, &requirements->list[w]);
    cq_facilities_free(facilities);
    free(groups.slots);
    return code;
}
