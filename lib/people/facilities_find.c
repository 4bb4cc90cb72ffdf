/* Questions to the facilities: each reads the rows that cover a place, which are found once and
 * cached. */
#include "people/facilities_find.h"

#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "cq/list.h"

static bool is_owned_on_day(const struct cq_facility *f, const struct cq_facility_query *query)
{
    return f->owner == query->owner && cq_span_holds(f->span, query->day);
}

static bool has_profile(const struct cq_facility *f, const struct cq_facility_query *query)
{
    return f->profile.len == query->profile.len &&
           memcmp(f->profile.ptr, query->profile.ptr, f->profile.len) == 0;
}

/* A row without a profile fits any. */
static bool fits_profile(const struct cq_facility *f, const struct cq_facility_query *query)
{
    return query->profile.len == 0 || f->profile.len == 0 || has_profile(f, query);
}

/* Whether a facility can serve the query, wherever it is. */
static bool can_serve(const struct cq_facility *f, const struct cq_facility_query *query)
{
    return !f->lacks && is_owned_on_day(f, query) && fits_profile(f, query);
}

static enum cq_inside serves_place(const struct cq_facility *f, int32_t place)
{
    enum cq_inside best = CQ_OUTSIDE;
    for (size_t i = 0; i < f->serves_count && place; i++) {
        enum cq_inside inside = cq_kato_inside(place, f->serves[i]);
        if (inside == CQ_INSIDE)
            return CQ_INSIDE;
        if (inside == CQ_MAYBE_INSIDE)
            best = CQ_MAYBE_INSIDE;
    }
    return best;
}

static bool add_bounds(const struct cq_facility *f, int32_t *last)
{
    if (f->span.from != CQ_DAY_MIN && f->span.from > *last)
        *last = f->span.from;
    if (f->span.to != CQ_DAY_MAX && f->span.to > *last)
        *last = f->span.to;
    return f->span.from != CQ_DAY_MIN || f->span.to != CQ_DAY_MAX;
}

static enum cq_inside covers(const struct cq_facility *f, int32_t place)
{
    if (f->lacks)
        return CQ_OUTSIDE;
    if (place < 0)
        return cq_kato_region(f->kato) == -place ? CQ_INSIDE : CQ_OUTSIDE;
    return serves_place(f, place);
}

static void find_nearby(const struct cq_facilities *facilities, int service, int32_t place,
                        struct cq_nearby *nearby)
{
    const struct cq_facility *rows = facilities->rows[service];
    nearby->service = service + 1;
    nearby->place = place;
    nearby->count = 0;
    nearby->last = CQ_DAY_MIN;
    for (size_t i = 0; i < facilities->counts[service]; i++) {
        enum cq_inside inside = covers(&rows[i], place);
        if (inside == CQ_OUTSIDE)
            continue;
        add_bounds(&rows[i], &nearby->last);
        if (nearby->count < 0)
            continue;
        if (nearby->count == CQ_NEARBY_ROWS || i > UINT16_MAX) {
            nearby->count = -1;
            continue;
        }
        nearby->rows[nearby->count] = (uint16_t)i;
        nearby->inside[nearby->count++] = inside == CQ_INSIDE;
    }
}

static const struct cq_nearby *nearby_of(struct cq_facilities *facilities, int service,
                                         int32_t place)
{
    uint32_t mixed = ((uint32_t)place * 8 + (uint32_t)service) * UINT32_C(2654435761);
    struct cq_nearby *nearby = &facilities->nearby[mixed >> 16 & (CQ_NEARBY_SLOTS - 1)];
    if (nearby->service != service + 1 || nearby->place != place)
        find_nearby(facilities, service, place, nearby);
    return nearby;
}

/* An iterator over the rows that cover one place, in order. */
struct walk {
    const struct cq_facility *rows;
    const struct cq_nearby *nearby;
    size_t all, at;
};

static struct walk walk_of(struct cq_facilities *facilities, int service, int32_t place)
{
    return (struct walk){facilities->rows[service], nearby_of(facilities, service, place),
                         facilities->counts[service], 0};
}

static const struct cq_facility *next(struct walk *walk, bool *inside)
{
    const struct cq_nearby *nearby = walk->nearby;
    if (nearby->count >= 0) {
        if (walk->at == (size_t)nearby->count)
            return NULL;
        *inside = nearby->inside[walk->at];
        return &walk->rows[nearby->rows[walk->at++]];
    }
    while (walk->at < walk->all) {
        const struct cq_facility *f = &walk->rows[walk->at++];
        enum cq_inside where = covers(f, nearby->place);
        *inside = where == CQ_INSIDE;
        if (where != CQ_OUTSIDE)
            return f;
    }
    return NULL;
}

/* Whether a facility serves one place, as bits: 1 yes, 2 no. */
static unsigned reach(struct cq_facilities *facilities, const struct cq_facility_query *query,
                      int32_t place)
{
    struct walk walk = walk_of(facilities, query->service, place);
    const struct cq_facility *f;
    unsigned found = 2;
    bool inside;
    while ((f = next(&walk, &inside))) {
        if (!can_serve(f, query))
            continue;
        if (inside)
            return 1;
        found = 3;
    }
    return found;
}

uint64_t cq_facilities_place(struct cq_facilities *facilities,
                             const struct cq_facility_query *query)
{
    const uint64_t available = cq_fact_bit(CQ_FACT_PLACE, CQ_PLACE_AVAILABLE),
                   one = cq_fact_bit(CQ_FACT_PLACE, CQ_PLACE_ONE),
                   absent = cq_fact_bit(CQ_FACT_PLACE, CQ_PLACE_ABSENT);
    int32_t a = query->places[0], b = query->places[1];
    if (!a && !b)
        return cq_fact_field(CQ_FACT_PLACE);
    unsigned first = reach(facilities, query, a ? a : b);
    if (!a || !b || a == b)
        return (first & 1 ? available : 0) | (first & 2 ? absent : 0);
    unsigned second = reach(facilities, query, b);
    return (first & second & 1 ? available : 0) | (first & second & 2 ? absent : 0) |
           ((first & 1 && second & 2) || (first & 2 && second & 1) ? one : 0);
}

/* How many leading digits a facility shares with the nearer of the places. */
static int nearness(const struct cq_facility *f, const int32_t places[2])
{
    int near = 0;
    for (int p = 0; p < 2; p++) {
        int shared = places[p] ? cq_kato_shared(f->kato, places[p]) : 0;
        if (shared > near)
            near = shared;
    }
    return near;
}

/* What is searched: facilities that cover `place` (a region is negative), nearest to `from`. */
struct search {
    int32_t place, from[2];
    int nearest;
};

/* The first in order of code among the nearest that can serve; NULL if there is none. */
static const struct cq_facility *find_best(struct cq_facilities *facilities,
                                           const struct cq_facility_query *query,
                                           struct search *search)
{
    struct walk walk = walk_of(facilities, query->service, search->place);
    const struct cq_facility *f, *best = NULL;
    bool inside;
    search->nearest = -1;
    while ((f = next(&walk, &inside))) {
        if (!inside || !can_serve(f, query))
            continue;
        int near = nearness(f, search->from);
        if (near > search->nearest) { /* rows are in order of code */
            search->nearest = near;
            best = f;
        }
    }
    return best;
}

static const struct cq_facility *find_nearest(struct cq_facilities *facilities,
                                              const struct cq_facility_query *query,
                                              struct search *search)
{
    const struct cq_facility *best = NULL;
    if (query->region) {
        *search =
            (struct search){.place = -query->region, .from = {query->places[0], query->places[1]}};
        return find_best(facilities, query, search);
    }
    for (int p = 0; p < 2 && !best; p++)
        if (query->places[p]) {
            *search = (struct search){.place = query->places[p], .from = {query->places[p], 0}};
            best = find_best(facilities, query, search);
        }
    return best;
}

const struct cq_facility *cq_facilities_find_nearest(struct cq_facilities *facilities,
                                                     const struct cq_facility_query *query)
{
    struct search search;
    return find_nearest(facilities, query, &search);
}

const char *cq_facilities_nearest(struct cq_facilities *facilities,
                                  const struct cq_facility_query *query)
{
    const struct cq_facility *best = cq_facilities_find_nearest(facilities, query);
    return best ? best->code : NULL;
}

const struct cq_facility *cq_facilities_by_code(struct cq_facilities *facilities,
                                                const struct cq_facility_query *query,
                                                struct cq_text code)
{
    const struct cq_facility *rows = facilities->rows[query->service];
    for (size_t i = 0; i < facilities->counts[query->service]; i++)
        if (cq_text_is(code, rows[i].code) && can_serve(&rows[i], query))
            return &rows[i];
    return NULL;
}

bool cq_facilities_known(const struct cq_facilities *facilities, struct cq_text code)
{
    for (int service = 0; service < CQ_SERVICES; service++)
        for (size_t i = 0; i < facilities->counts[service]; i++)
            if (cq_text_is(code, facilities->rows[service][i].code))
                return true;
    return false;
}

bool cq_facilities_polyclinic(const struct cq_facilities *facilities, int owner, int32_t day,
                              struct cq_text code)
{
    const struct cq_facility_query query = {.owner = owner, .day = day};
    const struct cq_facility *rows = facilities->rows[CQ_SERVICE_OUTPATIENT];
    for (size_t i = 0; i < facilities->counts[CQ_SERVICE_OUTPATIENT]; i++)
        if (cq_text_is(code, rows[i].code) && is_owned_on_day(&rows[i], &query))
            return true;
    return false;
}

size_t cq_facilities_near(struct cq_facilities *facilities, const struct cq_facility_query *query,
                          const char **codes, size_t room)
{
    const struct cq_facility *rows = facilities->rows[query->service];
    struct search search;
    size_t count = 0;
    if (!find_nearest(facilities, query, &search))
        return 0;
    for (size_t i = 0; i < facilities->counts[query->service] && count < room; i++)
        if (covers(&rows[i], search.place) == CQ_INSIDE && can_serve(&rows[i], query) &&
            nearness(&rows[i], search.from) == search.nearest &&
            (count == 0 || strcmp(codes[count - 1], rows[i].code) != 0))
            codes[count++] = rows[i].code;
    return count;
}

bool cq_facilities_slots(struct cq_facilities *facilities, const struct cq_facility_query *query,
                         const char *code, struct cq_slots *slots)
{
    const struct cq_facility *rows = facilities->rows[query->service];
    bool found = false, open = false;
    *slots = (struct cq_slots){0, false};
    for (size_t i = 0; i < facilities->counts[query->service]; i++) {
        const struct cq_facility *f = &rows[i];
        if (strcmp(f->code, code) != 0 || !can_serve(f, query))
            continue;
        found = true;
        if (query->profile.len > 0 && has_profile(f, query)) {
            *slots = (struct cq_slots){f->capacity, true};
            return true;
        }
        open = open || f->capacity == CQ_UNKNOWN;
        slots->capacity += f->capacity == CQ_UNKNOWN ? 0 : f->capacity;
    }
    if (open)
        slots->capacity = CQ_UNKNOWN;
    return found;
}

unsigned cq_facilities_lacking(struct cq_facilities *facilities,
                               const struct cq_facility_query *query, int32_t place)
{
    unsigned lacks = 0;
    bool found = false;
    for (int service = 0; service < CQ_SERVICES; service++)
        for (size_t i = 0; i < facilities->counts[service]; i++) {
            const struct cq_facility *f = &facilities->rows[service][i];
            if (!is_owned_on_day(f, query) || serves_place(f, place) == CQ_OUTSIDE)
                continue;
            found = true;
            if (service != query->service || !fits_profile(f, query))
                continue;
            if (!f->lacks)
                return 0;
            lacks |= f->lacks;
        }
    if (!found)
        return CQ_LACKS_ORGANISATION;
    return lacks ? lacks : CQ_LACKS_DEPARTMENT;
}

bool cq_facilities_next_span(struct cq_facilities *facilities,
                             const struct cq_facility_query *query, size_t *at,
                             struct cq_span *span)
{
    const int32_t places[] = {query->places[0], query->places[1], -query->region};
    size_t passed = 0;
    for (int p = 0; p < 3; p++) {
        if (places[p] == 0 || nearby_of(facilities, query->service, places[p])->last <= query->day)
            continue;
        struct walk walk = walk_of(facilities, query->service, places[p]);
        const struct cq_facility *f;
        int32_t last = CQ_DAY_MIN;
        bool inside;
        while ((f = next(&walk, &inside)))
            if (add_bounds(f, &last) && passed++ == *at) {
                ++*at;
                *span = f->span;
                return true;
            }
    }
    return false;
}
