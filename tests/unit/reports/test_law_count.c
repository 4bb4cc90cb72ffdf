/* Whom each gap concerns, and what rests on each paragraph: against decisions on the facts of a
 * second reading, on a registry drawn at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reports/law_count.h"
#include "unit/people/model_draw.h"

/* Each service, planned; outpatient care and stays as an emergency; stays in the two cities. */
enum { ASKS = CQ_SERVICES + 2 + 4 };

static struct cq_law *law;
static struct model model;

static size_t gap_number(const char *id)
{
    size_t i = 0;
    while (strcmp(law->gaps[i].id, id) != 0)
        i++;
    return i;
}

static bool within_a_month(int32_t day, int32_t birthday)
{
    return day < birthday && birthday <= day + 30;
}

/* The gaps that no decision shows, of a person with these answers: A-11 of the one that answers,
 * the others of any. */
static uint64_t told_gaps(const struct model_answer *answers, int count, int32_t day)
{
    bool a11 = false, a13 = false, a15 = false;
    if (!answers[0].role)
        return 0;
    const struct birth *b = &model.births[answers[0].role->person];
    if (within_a_month(day, model_birthday(b, 18)))
        a11 = true;
    if (answers[0].role->category == CQ_CATEGORY_FAMILY &&
        (model_kin(&model, answers[0].role, day) &
         cq_fact_bit(CQ_FACT_KIN, CQ_KIN_STUDENT_CHILD)) &&
        within_a_month(day, model_birthday(b, 23)))
        a11 = true;
    for (int i = 0; i < count; i++) {
        if (answers[i].role->agency == 3 && day >= cq_date_make(2025, 6, 30))
            a13 = true;
        if (answers[i].role->category == CQ_CATEGORY_EMPLOYEE && answers[i].role->special_rank == 0)
            a15 = true;
    }
    return (uint64_t)a11 << gap_number("A-11") | (uint64_t)a13 << gap_number("A-13") |
           (uint64_t)a15 << gap_number("A-15") | (uint64_t)(count > 1) << gap_number("A-17");
}

struct wanted {
    int64_t decisions[64], people[64], asked, all;
    int64_t cited; /* decisions that cite R78:13.1 */
};

static struct cq_request ask_number(int ask, int32_t day)
{
    static const struct {
        int service, urgency, destination;
    } more[] = {{CQ_SERVICE_INPATIENT, CQ_URGENCY_PLANNED, CQ_DESTINATION_ASTANA},
                {CQ_SERVICE_INPATIENT, CQ_URGENCY_PLANNED, CQ_DESTINATION_ALMATY},
                {CQ_SERVICE_OUTPATIENT, CQ_URGENCY_EMERGENCY, CQ_UNKNOWN},
                {CQ_SERVICE_INPATIENT, CQ_URGENCY_EMERGENCY, CQ_UNKNOWN},
                {CQ_SERVICE_INPATIENT, CQ_URGENCY_EMERGENCY, CQ_DESTINATION_ASTANA},
                {CQ_SERVICE_INPATIENT, CQ_URGENCY_EMERGENCY, CQ_DESTINATION_ALMATY}};
    if (ask < CQ_SERVICES)
        return cq_request_default(ask, day);
    struct cq_request q = cq_request_default(more[ask - CQ_SERVICES].service, day);
    q.urgency = more[ask - CQ_SERVICES].urgency;
    if (more[ask - CQ_SERVICES].destination != CQ_UNKNOWN)
        q.destination = more[ask - CQ_SERVICES].destination;
    return q;
}

/* Counts one decision. Returns whether there is a role. */
static bool count_one(int person, int32_t day, const struct cq_request *q, struct wanted *w,
                      uint64_t *gaps)
{
    struct model_answer answers[CQ_ROLES_MAX];
    int count = model_answers(&model, law, person, q, NULL, day, answers);
    if (!answers[0].role)
        return false;
    const struct cq_decision *d = &answers[0].decision;
    if (d->missing >> CQ_FACT_INDICATED & 1) {
        for (int indicated = 0; indicated < 2; indicated++) {
            struct cq_request stated = *q;
            stated.indicated = indicated;
            count_one(person, day, &stated, w, gaps);
        }
        return true;
    }
    for (size_t gap = 0; gap < law->gap_count; gap++)
        w->decisions[gap] += (int64_t)(d->gaps >> gap & 1);
    *gaps |= d->gaps | told_gaps(answers, count, day);
    w->cited += strncmp(d->basis, "R78:13.1", 8) == 0;
    w->asked++;
    return true;
}

static void count_person(int person, int32_t day, struct wanted *w)
{
    uint64_t gaps = 0;
    for (int ask = 0; ask < ASKS; ask++) {
        struct cq_request q = ask_number(ask, day);
        if (!count_one(person, day, &q, w, &gaps))
            return;
    }
    for (size_t gap = 0; gap < law->gap_count; gap++)
        w->people[gap] += (int64_t)(gaps >> gap & 1);
    w->all++;
}

static int64_t cited(const struct cq_law_count *count, int32_t day)
{
    const struct cq_paragraph *p = cq_law_paragraph(law, "R78:13.1", 8, day);
    assert_non_null(p);
    return count->paragraphs[p - law->paragraphs];
}

static void test_whom_each_gap_concerns(void **state)
{
    static const struct {
        int year, month, day;
    } days[] = {{2021, 6, 1}, {2023, 3, 1}, {2025, 9, 22}, {2026, 11, 26}};
    static const char *const shown[] = {"A-04", "A-06", "A-08", "A-11", "A-12", "A-13",
                                        "A-15", "A-17", "A-25", "A-26", "A-28", "A-29"};
    int64_t people[64] = {0}, citing = 0;
    (void)state;
    for (int d = 0; d < 4; d++) {
        int32_t day = cq_date_make(days[d].year, days[d].month, days[d].day);
        struct cq_db db;
        struct cq_law_count count;
        struct wanted wanted = {0};
        struct cq_report_request request = {
            .db = &db, .law = law, .day = day, .service = CQ_UNKNOWN};
        model_draw(&model, day - 2 * 365, 29 + (uint64_t)d);
        assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, NULL), CQ_OK);
        model_write(&model, &db);
        for (int person = 0; person < MODEL_PEOPLE; person++)
            count_person(person, day, &wanted);
        assert_int_equal(cq_law_count(&request, 1, &count, NULL), CQ_OK);
        assert_int_equal(count.all, wanted.all);
        assert_int_equal(count.asked, wanted.asked);
        assert_true(count.asked > wanted.all * ASKS); /* with indications and without */
        for (size_t gap = 0; gap < law->gap_count; gap++) {
            assert_int_equal(count.decisions[gap], wanted.decisions[gap]);
            assert_int_equal(count.people[gap], wanted.people[gap]);
            people[gap] += wanted.people[gap];
        }
        assert_int_equal(cited(&count, day), wanted.cited);
        citing += wanted.cited;
        free(count.paragraphs);
        cq_db_close(&db);
    }
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        assert_true(people[gap_number(shown[i])] > 0);
    assert_true(citing > 100);
}

static int load(void **state)
{
    (void)state;
    return !cq_law_load(&law, NULL, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whom_each_gap_concerns),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
