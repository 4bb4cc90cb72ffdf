/* Which services the MVD-MOs of each region can give, and what they lack for the others. */
#include "reports/facilities_wants.h"

#include <stdio.h>
#include <string.h>

#include "cq/kato.h"
#include "cq/list.h"
#include "reports/facilities_rows.h"

void cq_wants_add(struct wants *wants, int service, const char *profile)
{
    for (size_t i = 0; i < wants->count; i++)
        if (wants->list[i].service == service && strcmp(wants->list[i].profile, profile) == 0)
            return;
    if (wants->count == WANTS)
        return;
    struct want *want = &wants->list[wants->count++];
    *want = (struct want){.service = service};
    snprintf(want->profile, sizeof want->profile, "%s", profile);
}

/* Whether some part of a region is served. Shape: areas is a list of KATO codes joined by ' '. */
static bool serves_region(int region, int32_t kato, const char *areas)
{
    struct cq_text rest = cq_text_of(areas), part;
    int32_t area;
    if (*areas == '\0')
        return cq_kato_region(kato) == region;
    while (cq_text_next(&rest, ' ', &part))
        if (!cq_kato_parse(part.ptr, part.len, &area) && cq_kato_region(area) == region)
            return true;
    return false;
}

static void add_served(struct want *want, sqlite3_stmt *stmt, const char *areas)
{
    for (int region = 10; region < REGIONS; region++) {
        struct served *s = &want->regions[region];
        if (!serves_region(region, sqlite3_column_int(stmt, F_KATO), areas))
            continue;
        bool able = !cq_facility_lacks(stmt, F_DEPARTMENT) &&
                    !cq_facility_lacks(stmt, F_SPECIALIST) && !cq_facility_lacks(stmt, F_EQUIPMENT);
        s->any = true;
        s->able = s->able || able;
        s->department = s->department || cq_facility_lacks(stmt, F_DEPARTMENT);
        s->specialist = s->specialist || cq_facility_lacks(stmt, F_SPECIALIST);
        s->equipment = s->equipment || cq_facility_lacks(stmt, F_EQUIPMENT);
    }
}

/* A row counts for its own profile, for no profile in particular, and, where it takes any, for every
 * profile. */
void cq_wants_add_facility(struct wants *wants, sqlite3_stmt *stmt)
{
    int service = sqlite3_column_int(stmt, F_SERVICE);
    int32_t kato = sqlite3_column_int(stmt, F_KATO);
    const char *profile = (const char *)sqlite3_column_text(stmt, F_PROFILE);
    const char *areas = (const char *)sqlite3_column_text(stmt, F_SERVES);
    if (!areas)
        areas = "";
    for (size_t i = 0; i < wants->count; i++) {
        struct want *want = &wants->list[i];
        if (want->service == service &&
            (*want->profile == '\0' || *profile == '\0' || strcmp(want->profile, profile) == 0))
            add_served(want, stmt, areas);
    }
    for (int region = 10; region < REGIONS; region++)
        wants->any[region] = wants->any[region] || serves_region(region, kato, areas);
}
