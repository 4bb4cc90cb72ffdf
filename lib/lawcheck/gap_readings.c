/* Finds readings that are none: of a gap that no decision shows, or that never decide otherwise
 * than another reading of the gap. Cases are found exactly: where a gap is shown, each pair of masks
 * that two readings can lead to is tried at one point. */
#include "lawcheck/gap_readings.h"

#include "cq/date.h"
#include "cq/gap_readings.h"
#include "engine/law_gap_readings.h"
#include "engine/law_masks.h"

/* Cases that show a gap. */
struct shown {
    const struct cq_interval *interval;
    int32_t day; /* a day of the interval on which they show it */
    uint64_t facts;
};

/* Receives cases. Returns whether it is enough. */
typedef bool shown_fn(const struct shown *shown, void *context);

static int32_t later_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Passes the cases of one mask; late rows show the gap in a part of them only. */
static bool pass_mask(const struct cq_law *law, const struct cq_interval *interval,
                      const struct cq_mask *mask, uint64_t gap, shown_fn *take, void *context)
{
    const struct cq_ruling *ruling = &interval->rulings[mask->ruling];
    struct shown shown = {interval, interval->since, mask->facts};

    if ((ruling->gaps & gap) != 0)
        return take(&shown, context);
    for (uint64_t rows = ruling->late; rows != 0; rows &= rows - 1) {
        const struct cq_late *late = &law->late[__builtin_ctzll(rows)];

        shown.day = later_of(interval->since, late->since);
        shown.facts = mask->facts & late->facts;
        if (late->gap == gap && shown.day < interval->until && shown.day < late->until &&
            cq_facts_empty(shown.facts) == 0 && take(&shown, context))
            return true;
    }
    return false;
}

/* Passes all cases that show a gap until it is enough. */
static bool pass_shown(const struct cq_law *law, uint64_t gap, shown_fn *take, void *context)
{
    for (size_t i = 0; i < law->interval_count; i++)
        for (size_t m = 0; m < law->intervals[i].count; m++)
            if (pass_mask(law, &law->intervals[i], &law->intervals[i].masks[m], gap, take, context))
                return true;
    return false;
}

static bool take_any(const struct shown *shown, void *context)
{
    (void)shown;
    (void)context;
    return true;
}

struct pair {
    const struct cq_law *law;
    const struct cq_gap_reading *a, *b;
};

static bool differ_at(const struct pair *pair, int32_t day, uint64_t word)
{
    struct cq_reading_answer answers[2] = {{.reading = pair->a, .facts = word, .facility = ""},
                                           {.reading = pair->b, .facts = word, .facility = ""}};

    return cq_gap_readings_decide(pair->law, day, answers, 2) > 0;
}

/* The cases that a reading leads into a mask; where it is the answer itself, all cases. */
static uint64_t led_into(const struct cq_gap_reading *reading, uint64_t cases,
                         const struct cq_mask *mask)
{
    uint64_t facts = cq_law_gap_reading_facts(reading, cases);

    if (*reading->outcome != '\0')
        return cases;
    return cq_facts_empty(facts & mask->facts) != 0 ? 0 : cases & (mask->facts | reading->changed);
}

/* Whether two readings decide some of the cases differently. Every case leads into one mask under
 * each of them. */
static bool take_if_different(const struct shown *shown, void *context)
{
    const struct pair *pair = context;
    const struct cq_interval *interval = shown->interval;
    size_t of_a = *pair->a->outcome != '\0' ? 1 : interval->count,
           of_b = *pair->b->outcome != '\0' ? 1 : interval->count;

    for (size_t i = 0; i < of_a; i++) {
        uint64_t cases = led_into(pair->a, shown->facts, &interval->masks[i]);

        for (size_t j = 0; j < of_b && cases != 0; j++) {
            uint64_t both = led_into(pair->b, cases, &interval->masks[j]), word = 0;

            if (both == 0)
                continue;
            for (int fact = 0; fact < CQ_FACTS; fact++) {
                uint64_t field = both & cq_fact_field((enum cq_fact)fact);

                word |= field & -field;
            }
            if (differ_at(pair, shown->day, word))
                return true;
        }
    }
    return false;
}

static bool differ(const struct cq_law *law, const struct cq_gap_reading *a,
                   const struct cq_gap_reading *b)
{
    struct pair pair = {law, a, b};

    return pass_shown(law, a->gap, take_if_different, &pair);
}

static void report(struct cq_lawcheck *check, enum cq_finding_kind kind, size_t row,
                   const char *column)
{
    cq_lawcheck_row(check, kind, CQ_LAW_TABLE_GAP_READINGS, row, column, "");
}

/* Facts that a reading changes beside others, to no effect. */
static void check_facts(struct cq_lawcheck *check, size_t row)
{
    const struct cq_law *law = check->reader.law;
    const struct cq_gap_reading *reading = &law->gap_readings[row];

    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);
        struct cq_gap_reading other = *reading;

        other.changed &= ~field;
        other.values &= ~field;
        if ((reading->changed & field) != 0 && other.changed != 0 && !differ(law, reading, &other))
            report(check, CQ_FINDING_NO_EFFECT, row, cq_fact_name((enum cq_fact)i));
    }
}

static void check_reading(struct cq_lawcheck *check, size_t row)
{
    const struct cq_law *law = check->reader.law;
    const struct cq_gap_reading *reading = &law->gap_readings[row];
    bool others = false, same = false;

    if (!pass_shown(law, reading->gap, take_any, NULL)) {
        report(check, CQ_FINDING_NEVER_DECIDES, row, "gap");
        return;
    }
    for (size_t i = 0; i < law->gap_reading_count; i++) {
        const struct cq_gap_reading *other = &law->gap_readings[i];

        if (i == row || other->gap != reading->gap)
            continue;
        others = true;
        same = same || (i < row && !differ(law, reading, other));
    }
    if (!others || same)
        report(check, CQ_FINDING_NO_EFFECT, row, "");
    else
        check_facts(check, row);
}

void cq_lawcheck_gap_readings(struct cq_lawcheck *check)
{
    for (size_t i = 0; i < check->reader.law->gap_reading_count; i++)
        if (check->reader.law->gap_readings[i].gap != 0) /* an unknown gap was reported */
            check_reading(check, i);
}
