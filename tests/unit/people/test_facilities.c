/* Facilities: which can serve, and which is nearest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people/facilities_find.h"
#include "unit/import/importing.h"

#define HEAD                                                                                       \
    "facility,owner,kato,service,profile,serves,department,specialist,equipment,"                  \
    "valid_from,valid_to\n"

static struct cq_facilities *read_list(struct world *w, const char *text, int64_t run)
{
    struct cq_facilities *facilities;
    w->import.kind = CQ_KIND_FACILITIES;
    w->import.full = true;
    if (text) {
        assert_int_equal(import_text(w, text), CQ_OK);
        assert_int_equal(w->result.rejected, 0);
    }
    struct cq_err err = {0};
    assert_int_equal(cq_facilities_read(&facilities, &w->db, run, &err), CQ_OK);
    return facilities;
}

static struct cq_facility_query query_of(int32_t place, int32_t other, const char *profile)
{
    return (struct cq_facility_query){.owner = cq_facilities_owner("mvd"),
                                      .service = CQ_SERVICE_INPATIENT,
                                      .profile = {profile, strlen(profile)},
                                      .day = day("2026-01-01"),
                                      .places = {place, other}};
}

/* The possible values of the fact as bits: 1 available, 2 one, 4 absent. */
enum { AVAILABLE = 1, ONE = 2, ABSENT = 4 };

static unsigned place(struct cq_facilities *f, int32_t residence, int32_t service_place)
{
    struct cq_facility_query query = query_of(residence, service_place, "");
    uint64_t bits = cq_facilities_place(f, &query);
    unsigned found = 0;
    for (int value = 0; value < 3; value++)
        if (bits & cq_fact_bit(CQ_FACT_PLACE, value))
            found |= 1u << value;
    return found;
}

static const char *nearest(struct cq_facilities *f, int32_t residence, const char *profile)
{
    struct cq_facility_query query = query_of(residence, 0, profile);
    const char *code = cq_facilities_nearest(f, &query);
    return code ? code : "";
}

static void test_place(void **state)
{
    struct world *w = *state;
    struct cq_facilities *f =
        read_list(w,
                  HEAD "F1,mvd,711110000,inpatient,,,,,,,\n"        /* all of its region */
                       "F2,mvd,750000000,inpatient,,7510 11,,,,,\n" /* two areas */
                       "F3,mvd,590000000,outpatient,,,,,,,\n"       /* another service */
                       "F4,phc,610000000,inpatient,,,,,,,\n",       /* another owner */
                  INT64_MAX);
    assert_int_equal(place(f, 0, 0), AVAILABLE | ONE | ABSENT);
    assert_int_equal(place(f, 710000000, 0), AVAILABLE);
    assert_int_equal(place(f, 0, 719999999), AVAILABLE);
    assert_int_equal(place(f, 751010000, 0), AVAILABLE);
    assert_int_equal(place(f, 752010000, 0), ABSENT);
    assert_int_equal(place(f, 75, 0), AVAILABLE | ABSENT); /* too coarse to decide */
    assert_int_equal(place(f, 75, 75), AVAILABLE | ABSENT);
    assert_int_equal(place(f, 75, 11), AVAILABLE | ONE);
    assert_int_equal(place(f, 590000000, 75), ONE | ABSENT);
    assert_int_equal(place(f, 590000000, 0), ABSENT);
    assert_int_equal(place(f, 610000000, 590000000), ABSENT);
    assert_int_equal(place(f, 590000000, 711110000), ONE);
    assert_int_equal(place(f, 711110000, 590000000), ONE);
    assert_int_equal(place(f, 711110000, 751010000), AVAILABLE);
    cq_facilities_free(f);
    cq_facilities_free(NULL);
}

static void test_what_a_facility_lacks(void **state)
{
    struct world *w = *state;
    struct cq_facilities *f =
        read_list(w,
                  HEAD "F1,mvd,71,inpatient,,,no,,,,\nF2,mvd,75,inpatient,,,yes,no,yes,,\n"
                       "F3,mvd,59,inpatient,,,,,no,,\nF4,mvd,61,inpatient,,,yes,yes,yes,,\n"
                       "F5,mvd,10,inpatient,,,,,,2026-01-02,\n"
                       "F6,mvd,11,inpatient,,,,,,,2026-01-01\n"
                       "F7,mvd,15,inpatient,,,,,,2026-01-01,2026-01-02\n",
                  INT64_MAX);
    static const struct {
        int32_t kato;
        unsigned place;
    } want[] = {{710000000, ABSENT},    {750000000, ABSENT}, {590000000, ABSENT},
                {610000000, AVAILABLE}, {100000000, ABSENT}, {110000000, ABSENT},
                {150000000, AVAILABLE}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_int_equal(place(f, want[i].kato, 0), want[i].place);
    cq_facilities_free(f);
}

/* Most leading digits shared, then the code in byte order. */
static void test_nearest(void **state)
{
    struct world *w = *state;
    struct cq_facilities *f =
        read_list(w,
                  HEAD "B,mvd,711110000,inpatient,,71,,,,,\nA,mvd,711210000,inpatient,,71,,,,,\n"
                       "C,mvd,711110000,inpatient,,71,,,,,\n"
                       "D,mvd,710000000,inpatient,eye,71,,,,,\n",
                  INT64_MAX);
    assert_string_equal(nearest(f, 711110000, ""), "B");
    assert_string_equal(nearest(f, 711210000, ""), "A");
    assert_string_equal(nearest(f, 713310000, ""), "A");
    assert_string_equal(nearest(f, 711110000, "eye"), "B"); /* no profile fits any */
    assert_string_equal(nearest(f, 750000000, ""), "");
    /* The first place that has one counts, however near the other's is. */
    struct cq_facility_query both = query_of(719999999, 711110000, "");
    assert_string_equal(cq_facilities_nearest(f, &both), "A");
    both = query_of(590000000, 711110000, "");
    assert_string_equal(cq_facilities_nearest(f, &both), "B");
    /* On referral a facility need not serve the person's place, but must be in the city. */
    struct cq_facility_query query = query_of(590000000, 0, "");
    query.region = 71;
    assert_string_equal(cq_facilities_nearest(f, &query), "A");
    query.region = 75;
    assert_null(cq_facilities_nearest(f, &query));
    cq_facilities_free(f);
    f = read_list(w, HEAD "D,mvd,710000000,inpatient,eye,71,,,,,\n", INT64_MAX);
    assert_string_equal(nearest(f, 711110000, "eye"), "D");
    assert_string_equal(nearest(f, 711110000, "ear"), "");
    cq_facilities_free(f);
    /* As the first run left it. */
    f = read_list(w, NULL, 1);
    assert_string_equal(nearest(f, 711110000, ""), "B");
    cq_facilities_free(f);
    f = read_list(w, NULL, 0);
    assert_string_equal(nearest(f, 711110000, ""), "");
    cq_facilities_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_place),
        WORLD(test_what_a_facility_lacks),
        WORLD(test_nearest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
