/* Questions to the facilities: each goes through the rows that matter to a place, which are found
 * once and kept. */
#include "people/facilities_find.h"

#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"

static bool is_there(const struct cq_facility *f, const struct cq_wanted *wanted)
{
    return f->owner == wanted->owner && cq_span_holds(f->span, wanted->day);
}

static bool is_of_profile(const struct cq_facility *f, const struct cq_wanted *wanted)
{
    return f->profile.len == wanted->profile.len &&
           memcmp(f->profile.ptr, wanted->profile.ptr, f->profile.len) == 0;
}

/* A row without a profile takes any. */
static bool fits_profile(const struct cq_facility *f, const struct cq_wanted *wanted)
{
    return wanted->profile.len == 0 || f->profile.len == 0 || is_of_profile(f, wanted);
}

/* Whether a facility can do what is wanted, wherever it is. */
static bool is_able(const struct cq_facility *f, const struct cq_wanted *wanted)
{
    return !f->lacks && is_there(f, wanted) && fits_profile(f, wanted);
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

static bool begins_or_ends(const struct cq_facility *f, int32_t *last)
{
    if (f->span.from != CQ_DAY_MIN && f->span.from > *last)
        *last = f->span.from;
    if (f->span.to != CQ_DAY_MAX && f->span.to > *last)
        *last = f->span.to;
    return f->span.from != CQ_DAY_MIN || f->span.to != CQ_DAY_MAX;
}

static enum cq_inside matters(const struct cq_facility *f, int32_t place)
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
        enum cq_inside inside = matters(&rows[i], place);
        if (inside == CQ_OUTSIDE)
            continue;
        begins_or_ends(&rows[i], &nearby->last);
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

/* An iterator over the rows that matter to one place, in order. */
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
        enum cq_inside where = matters(f, nearby->place);
        *inside = where == CQ_INSIDE;
        if (where != CQ_OUTSIDE)
            return f;
    }
    return NULL;
}

int cq_facilities_place(struct cq_facilities *facilities, const struct cq_wanted *wanted)
{
    int place = CQ_PLACE_ABSENT;
    if (!wanted->places[0] && !wanted->places[1])
        return CQ_UNKNOWN;
    for (int p = 0; p < 2; p++) {
        if (!wanted->places[p])
            continue;
        struct walk walk = walk_of(facilities, wanted->service, wanted->places[p]);
        const struct cq_facility *f;
        bool inside;
        while ((f = next(&walk, &inside))) {
            if (!is_able(f, wanted))
                continue;
            if (inside)
                return CQ_PLACE_AVAILABLE;
            place = CQ_UNKNOWN;
        }
    }
    return place;
}

/* Leading digits that a facility shares with the nearer of the places. */
static int nearness(const struct cq_facility *f, const struct cq_wanted *wanted)
{
    int near = 0;
    for (int p = 0; p < 2; p++) {
        int shared = wanted->places[p] ? cq_kato_shared(f->kato, wanted->places[p]) : 0;
        if (shared > near)
            near = shared;
    }
    return near;
}

/* Places whose facilities can serve: the region where one is asked for, else both places. */
static int serving_places(const struct cq_wanted *wanted, int32_t places[2])
{
    int count = 0;
    if (wanted->region)
        places[count++] = -wanted->region;
    for (int p = 0; p < 2 && !wanted->region; p++)
        if (wanted->places[p] && (count == 0 || wanted->places[p] != places[0]))
            places[count++] = wanted->places[p];
    return count;
}

/* The first in order of code among the nearest that can serve; NULL if there is none. */
static const struct cq_facility *find_nearest(struct cq_facilities *facilities,
                                              const struct cq_wanted *wanted, int *nearest)
{
    const struct cq_facility *best = NULL;
    int32_t places[2];
    int count = serving_places(wanted, places);
    *nearest = -1;
    for (int p = 0; p < count; p++) {
        struct walk walk = walk_of(facilities, wanted->service, places[p]);
        const struct cq_facility *f;
        bool inside;
        while ((f = next(&walk, &inside))) {
            if (!inside || !is_able(f, wanted))
                continue;
            int near = nearness(f, wanted);
            if (near > *nearest || (near == *nearest && f < best)) { /* rows are in that order */
                *nearest = near;
                best = f;
            }
        }
    }
    return best;
}

const char *cq_facilities_nearest(struct cq_facilities *facilities, const struct cq_wanted *wanted)
{
    int near;
    const struct cq_facility *best = find_nearest(facilities, wanted, &near);
    return best ? best->code : NULL;
}

size_t cq_facilities_near(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                          const char **codes, size_t room)
{
    const struct cq_facility *rows = facilities->rows[wanted->service];
    size_t count = 0;
    int best;
    if (!find_nearest(facilities, wanted, &best))
        return 0;
    for (size_t i = 0; i < facilities->counts[wanted->service] && count < room; i++) {
        int32_t places[2];
        bool serves = false;
        for (int p = serving_places(wanted, places); p-- > 0;)
            serves = serves || matters(&rows[i], places[p]) == CQ_INSIDE;
        if (serves && is_able(&rows[i], wanted) && nearness(&rows[i], wanted) == best &&
            (count == 0 || strcmp(codes[count - 1], rows[i].code) != 0))
            codes[count++] = rows[i].code;
    }
    return count;
}

bool cq_facilities_slots(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                         const char *code, struct cq_slots *slots)
{
    const struct cq_facility *rows = facilities->rows[wanted->service];
    bool found = false, open = false;
    *slots = (struct cq_slots){0, false};
    for (size_t i = 0; i < facilities->counts[wanted->service]; i++) {
        const struct cq_facility *f = &rows[i];
        if (strcmp(f->code, code) != 0 || !is_able(f, wanted))
            continue;
        found = true;
        if (wanted->profile.len > 0 && is_of_profile(f, wanted)) {
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

unsigned cq_facilities_lacking(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                               int32_t place)
{
    unsigned lacks = 0;
    bool found = false;
    for (int service = 0; service < CQ_SERVICES; service++)
        for (size_t i = 0; i < facilities->counts[service]; i++) {
            const struct cq_facility *f = &facilities->rows[service][i];
            if (!is_there(f, wanted) || serves_place(f, place) == CQ_OUTSIDE)
                continue;
            found = true;
            if (service != wanted->service || !fits_profile(f, wanted))
                continue;
            if (!f->lacks)
                return 0;
            lacks |= f->lacks;
        }
    if (!found)
        return CQ_LACKS_ORGANISATION;
    return lacks ? lacks : CQ_LACKS_DEPARTMENT;
}

bool cq_facilities_dated(struct cq_facilities *facilities, const struct cq_wanted *wanted,
                         size_t *at, struct cq_span *span)
{
    const int32_t places[] = {wanted->places[0], wanted->places[1], -wanted->region};
    size_t passed = 0;
    for (int p = 0; p < 3; p++) {
        if (places[p] == 0 ||
            nearby_of(facilities, wanted->service, places[p])->last <= wanted->day)
            continue;
        struct walk walk = walk_of(facilities, wanted->service, places[p]);
        const struct cq_facility *f;
        int32_t last = CQ_DAY_MIN;
        bool inside;
        while ((f = next(&walk, &inside)))
            if (begins_or_ends(f, &last) && passed++ == *at) {
                ++*at;
                *span = f->span;
                return true;
            }
    }
    return false;
}
