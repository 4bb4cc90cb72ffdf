/* Which services the MVD-MOs of each region can provide, and what they lack for the others. */
#include "reports/facilities_requirements.h"

#include <stdio.h>
#include <string.h>

#include "cq/kato.h"
#include "cq/list.h"
#include "reports/facilities_rows.h"

void cq_requirements_add(struct requirements *requirements, int service, const char *profile)
{
    for (size_t i = 0; i < requirements->count; i++)
        if (requirements->list[i].service == service &&
            strcmp(requirements->list[i].profile, profile) == 0)
            return;
    if (requirements->count == REQUIREMENTS)
        return;
    struct requirement *requirement = &requirements->list[requirements->count++];
    *requirement = (struct requirement){.service = service};
    snprintf(requirement->profile, sizeof requirement->profile, "%s", profile);
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

static void add_served(struct requirement *requirement, sqlite3_stmt *stmt, const char *areas)
{
    for (int region = 10; region < REGIONS; region++) {
        struct served *s = &requirement->regions[region];
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
void cq_requirements_add_facility(struct requirements *requirements, sqlite3_stmt *stmt)
{
    int service = sqlite3_column_int(stmt, F_SERVICE);
    int32_t kato = sqlite3_column_int(stmt, F_KATO);
    const char *profile = (const char *)sqlite3_column_text(stmt, F_PROFILE);
    const char *areas = (const char *)sqlite3_column_text(stmt, F_SERVES);
    if (!areas)
        areas = "";
    for (size_t i = 0; i < requirements->count; i++) {
        struct requirement *requirement = &requirements->list[i];
        if (requirement->service == service && (*requirement->profile == '\0' || *profile == '\0' ||
                                                strcmp(requirement->profile, profile) == 0))
            add_served(requirement, stmt, areas);
    }
    for (int region = 10; region < REGIONS; region++)
        requirements->any[region] = requirements->any[region] || serves_region(region, kato, areas);
}
