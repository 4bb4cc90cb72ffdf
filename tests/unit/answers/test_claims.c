/* Claims against an independent model: a year of care, lists that come on time and late, and faults
 * of eight kinds planted among claims that are in order. The model knows what each list said of a
 * person and on which day it came, and works out by hand who was entitled and who was to pay; it
 * knows no versions and no rules. All faults must be found, and none where there is none.
 *
 * 4,000 claims with 200 faults; CQ_STEPS=all tries 100,000 with 5,000. Each time 200 lists come. A
 * smaller CQ_STEPS than 400 has not every fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "../import/importing.h"
#include "../random.h"

#include "cq/batch.h"
#include "cq/iin.h"
#include "cq/list.h"

enum { LISTS = 200, YEAR = 365, SAID_MAX = 2, FACILITY_LISTS = 5 };
#define DAY_MS INT64_C(86400000)

/* Faults, and claims in order. */
enum kind {
    IN_ORDER,
    OTHER_PAYER, /* entitled, but somebody else is claimed to pay */
    NOBODY,      /* no list ever named the person */
    LEFT,        /* the end was known before the day */
    OF_AGE,      /* a child of the family, 18 by then */
    TWICE,
    DEAD,      /* ended by a list that came soon after, and known on the day */
    TOO_EARLY, /* listed from a later day on */
    LATE_LIST, /* as known on the day it was due; a later list took it back to before the day */
    KINDS
};

enum role { EMPLOYEE, PENSIONER, CHILD, ROLES };

/* What a list said: whole, it replaces what was said before. */
struct said {
    int64_t at; /* when it came */
    int list;
    int32_t from, to;
    enum role role;
};

struct someone {
    int64_t iin;
    int32_t birth;
    int count;
    struct said said[SAID_MAX];
};

struct one_claim {
    int person;
    int32_t day;
    int payer; /* 0 budget, 1 Fund within the guaranteed volume, 2 insurance */
    int64_t amount;
    bool has_amount;
    enum kind kind;
    int verdict; /* of the model */
};

struct year {
    int32_t first;
    int claims, faults, people;
    struct someone *who;
    struct one_claim *list;
    int64_t at[LISTS]; /* ascending, in tenths of the day and at its ends */
    struct world world;
};

static int64_t iin_of(int person)
{
    int64_t base = INT64_C(700101100000) + 20 * (int64_t)person;
    while (cq_iin_control(base) != base % 10)
        base++;
    return base;
}

/* --- the model --- */

static int32_t eighteen(int32_t birth)
{
    int y, m, d;
    cq_date_split(birth, &y, &m, &d);
    return cq_date_make(y + 18, m, d); /* no one here is born on 29 February */
}

/* Who is to pay as one list says; -1 for nobody. */
static int due_by(const struct someone *p, const struct said *said, int32_t day)
{
    if (!said || day < said->from || day >= said->to || day < p->birth)
        return -1;
    if (said->role == CHILD && day >= eighteen(p->birth))
        return -1;
    return said->role == EMPLOYEE ? 0 : 1;
}

/* The last that was said up to a moment. */
static const struct said *said_by(const struct someone *p, int64_t at)
{
    const struct said *last = NULL;
    for (int i = 0; i < p->count; i++)
        if (p->said[i].at <= at)
            last = &p->said[i];
    return last;
}

static int model_verdict(const struct year *y, const struct one_claim *c)
{
    const struct someone *p = &y->who[c->person];
    int now = due_by(p, said_by(p, INT64_MAX), c->day);
    int then = due_by(p, said_by(p, (c->day + 1) * DAY_MS - 1), c->day);
    if (now == c->payer)
        return CQ_CLAIM_AGREES;
    if (then == c->payer)
        return CQ_CLAIM_THEN_ENTITLED;
    return now >= 0 ? CQ_CLAIM_OTHER_PAYER : CQ_CLAIM_NOT_ENTITLED;
}

/* --- the world --- */

/* The first list on or after a day; the last one if there is none. */
static int list_on(const struct year *y, int32_t day)
{
    int i = 0;
    while (i + 1 < LISTS && y->at[i] < day * DAY_MS)
        i++;
    return i;
}

static void say(struct year *y, struct someone *p, int list, enum role role, int32_t from,
                int32_t to)
{
    p->said[p->count++] = (struct said){y->at[list], list, from, to, role};
}

/* A person who serves a kind of fault, with the claim in which it is. */
static void make_fault(struct year *y, int person, struct one_claim *c, enum kind kind)
{
    struct someone *p = &y->who[person];
    int32_t long_ago = y->first - 1000, open = CQ_DAY_MAX, middle = y->first + 60;
    int32_t end = middle + random_below(200);
    enum role role = random_below(2) ? EMPLOYEE : PENSIONER;
    p->count = 0;
    c->person = person;
    c->payer = role == EMPLOYEE ? 0 : 1;
    switch (kind) {
    case OTHER_PAYER:
    case TWICE:
    case IN_ORDER:
        say(y, p, 0, role, long_ago, open);
        c->day = middle + random_below(200);
        c->payer = kind == OTHER_PAYER ? (c->payer + 1 + random_below(2)) % 3 : c->payer;
        break;
    case NOBODY: c->day = end; break;
    case LEFT: /* said long before */
        say(y, p, 0, role, long_ago, open);
        say(y, p, list_on(y, middle - 50), role, long_ago, end);
        c->day = end + random_below(40);
        break;
    case OF_AGE:
        role = CHILD;
        c->payer = 1;
        p->birth = cq_date_make(2006, 3, 1) + random_below(200);
        say(y, p, 0, role, long_ago, open);
        c->day = eighteen(p->birth) + random_below(60);
        break;
    case DEAD:
        say(y, p, 0, PENSIONER, long_ago, open);
        c->payer = 1;
        say(y, p, list_on(y, end), PENSIONER, long_ago, end);
        c->day = (int32_t)(p->said[1].at / DAY_MS) + random_below(30); /* the list came that day */
        break;
    case TOO_EARLY:
        say(y, p, random_below(2) ? 0 : list_on(y, end), role, end, open);
        c->day = end - 1 - random_below(50);
        break;
    case LATE_LIST: {
        int list = list_on(y, end);
        int32_t came = (int32_t)(y->at[list] / DAY_MS);
        say(y, p, 0, role, long_ago, open);
        if (random_below(3) == 0) /* who is due is somebody else */
            say(y, p, list, role == EMPLOYEE ? PENSIONER : EMPLOYEE, long_ago, open);
        else
            say(y, p, list, role, long_ago, came - 20);
        c->day = came - 1 - random_below(20);
        break;
    }
    case KINDS: break;
    }
    c->kind = kind;
}

static void set_amount(struct one_claim *c)
{
    c->has_amount = random_below(10) != 0;
    c->amount = c->has_amount ? (int64_t)random_below(90000000) + 1 : 0;
}

static void make_year(struct year *y, int claims)
{
    *y = (struct year){.first = day("2024-01-01"), .claims = claims, .faults = claims / 20};
    y->people = claims / 10 + y->faults;
    y->who = calloc((size_t)y->people, sizeof *y->who);
    y->list = calloc((size_t)y->claims, sizeof *y->list);
    assert_non_null(y->who);
    assert_non_null(y->list);
    for (int i = 0; i < LISTS; i++) { /* also in the first and the last millisecond of a day */
        static const int64_t hours[] = {0, DAY_MS / 2, DAY_MS - 1};
        y->at[i] = (y->first - 1 + (int64_t)i * YEAR / LISTS) * DAY_MS + hours[i % 3];
    }
    for (int i = 0; i < y->people; i++)
        y->who[i] = (struct someone){.iin = iin_of(i + 1), .birth = cq_date_make(1970, 5, 5)};
    int n = 0;
    for (; n < y->faults; n++)
        make_fault(y, n, &y->list[n], (enum kind)(OTHER_PAYER + n % (KINDS - 1)));
    /* In order: some are known late, but hold from before. Each care is claimed once. */
    for (int i = y->faults; i < y->people; i++) {
        struct someone *p = &y->who[i];
        enum role role = (enum role)random_below(ROLES);
        p->birth = role == CHILD ? cq_date_make(2012, 7, 7) : p->birth;
        say(y, p, random_below(4) ? 0 : random_below(LISTS), role, y->first - 1000, CQ_DAY_MAX);
    }
    for (; n < claims; n++) {
        int k = n - y->faults, people = y->people - y->faults;
        struct one_claim *c = &y->list[n];
        c->person = y->faults + k % people;
        c->day = y->first + (k / people * 7 + c->person) % YEAR;
        c->payer = y->who[c->person].said[0].role == EMPLOYEE ? 0 : 1;
    }
    for (int i = 0; i < claims; i++)
        set_amount(&y->list[i]);
}

/* The care of a claim that is twice there is that of one in order, which comes somewhere before it;
 * all others are shuffled. */
static void order_claims(struct year *y)
{
    for (int i = y->claims - 1; i > 0; i--) {
        int j = random_below(i + 1);
        struct one_claim swap = y->list[i];
        y->list[i] = y->list[j];
        y->list[j] = swap;
    }
    int first = 0;
    for (int i = 0; i < y->claims; i++) {
        struct one_claim *c = &y->list[i];
        c->verdict = model_verdict(y, c);
        if (c->kind != TWICE)
            continue;
        while (first < i && (y->list[first].kind != IN_ORDER || y->list[first].verdict != 0))
            first++;
        if (first == i) { /* none before it */
            c->kind = IN_ORDER;
            continue;
        }
        c->person = y->list[first].person;
        c->day = y->list[first].day;
        c->payer = random_below(3);
        c->verdict = CQ_CLAIM_TWICE;
        first++;
    }
}

static void import_kind(struct year *y, enum cq_kind kind, int64_t at, const char *text)
{
    y->world.import.kind = kind;
    y->world.import.now = at;
    assert_int_equal(import_text(&y->world, text), CQ_OK);
    assert_int_equal(y->world.result.rejected,
                     0); /* what differs from the IIN is only warned about */
}

static void put_day(struct cq_str *out, int32_t number)
{
    char text[12];
    if (number != CQ_DAY_MAX)
        cq_str_put(out, text, cq_date_write(text, number));
}

static void import_lists(struct year *y)
{
    static const char *const categories[] = {"employee", "pensioner", "family"};
    struct cq_str text = {0};
    for (int list = 0; list < LISTS; list++) {
        cq_str_clear(&text);
        cq_str_puts(&text, "iin,last_name,first_name,birth_date,category,agency,residence,"
                           "sponsor_iin,relation,coresident,student_until,disabled_before_18,"
                           "valid_from,valid_to\n");
        cq_str_printf(&text,
                      "%lld,Ия,Ия,1970-01-01,employee,internal_affairs,711110000,,,,,,"
                      "2020-01-01,\n",
                      (long long)iin_of(0));
        for (int i = 0; i < y->people; i++) {
            const struct someone *p = &y->who[i];
            for (int k = 0; k < p->count; k++) {
                const struct said *s = &p->said[k];
                if (s->list != list)
                    continue;
                cq_str_printf(&text, "%012lld,Ия,Ия,", (long long)p->iin);
                put_day(&text, p->birth);
                cq_str_printf(&text, ",%s,internal_affairs,711110000,", categories[s->role]);
                if (s->role == CHILD)
                    cq_str_printf(&text, "%lld,child,yes,2023-06-30,no,", (long long)iin_of(0));
                else
                    cq_str_puts(&text, ",,,,,");
                put_day(&text, s->from > p->birth ? s->from : p->birth);
                cq_str_puts(&text, ",");
                put_day(&text, s->to);
                cq_str_puts(&text, "\n");
            }
        }
        y->world.import.list_date = (int32_t)(y->at[list] / DAY_MS);
        import_kind(y, CQ_KIND_CONTINGENT, y->at[list], text.ptr);
        if (list % (LISTS / FACILITY_LISTS) == 0) { /* what else is there must not matter */
            cq_str_clear(&text);
            cq_str_printf(&text,
                          "facility,owner,kato,service,valid_from\n"
                          "M71,mvd,711110000,outpatient,2020-01-01\n"
                          "M%d,mvd,750000000,outpatient,2020-01-01\n",
                          list + 100);
            import_kind(y, CQ_KIND_FACILITIES, y->at[list], text.ptr);
        }
    }
    cq_str_free(&text);
}

/* --- claims as rows, and their verdicts --- */

static void put_amount(struct cq_str *out, int64_t tiyn)
{
    long long tenge = tiyn / 100, rest = tiyn % 100;
    if (random_below(2))
        cq_str_printf(out, "%lld.%02lld", tenge, rest);
    else if (tenge >= 1000 && tenge < 1000000)
        cq_str_printf(out, "%lld\u00a0%03lld,%02lld", tenge / 1000, tenge % 1000, rest);
    else
        cq_str_printf(out, "%lld,%02lld", tenge, rest);
}

static int write_claims(struct year *y)
{
    static const char *const payers[][3] = {{"budget", "бюджет", "за счёт бюджетных средств"},
                                            {"fund_gobmp", "ГОБМП", "тмккк"},
                                            {"fund_osms", "ОСМС", "МӘМС"}};
    struct cq_str text = {0};
    int fd = memfd_create("claims", MFD_CLOEXEC);
    cq_str_puts(&text, "№;iin;payer;amount;as_of\n");
    for (int i = 0; i < y->claims; i++) {
        const struct one_claim *c = &y->list[i];
        cq_str_printf(&text, "%d;%012lld;%s;", i, (long long)y->who[c->person].iin,
                      payers[c->payer][random_below(3)]);
        if (c->has_amount)
            put_amount(&text, c->amount);
        cq_str_puts(&text, ";");
        put_day(&text, c->day);
        cq_str_puts(&text, "\n");
    }
    assert_false(text.failed);
    assert_int_equal(write(fd, text.ptr, text.len), text.len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    cq_str_free(&text);
    return fd;
}

/* Compares the verdict of each row with that of the model, and with what was planted. */
static void compare(const struct year *y, int fd)
{
    static const int wanted[KINDS] = {
        [IN_ORDER] = CQ_CLAIM_AGREES,        [OTHER_PAYER] = CQ_CLAIM_OTHER_PAYER,
        [NOBODY] = CQ_CLAIM_NOT_ENTITLED,    [LEFT] = CQ_CLAIM_NOT_ENTITLED,
        [OF_AGE] = CQ_CLAIM_NOT_ENTITLED,    [TWICE] = CQ_CLAIM_TWICE,
        [DEAD] = CQ_CLAIM_NOT_ENTITLED,      [TOO_EARLY] = CQ_CLAIM_NOT_ENTITLED,
        [LATE_LIST] = CQ_CLAIM_THEN_ENTITLED};
    const struct cq_csv_input input = {.fd = fd, .name = "out.csv"};
    struct cq_csvin *in = NULL;
    const struct cq_row *row;
    struct cq_err err = {0};
    enum cq_code bad;
    int found[KINDS] = {0}, planted[KINDS] = {0}, rows = 0, differ = 0;
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(cq_csvin_open(&in, &input, &err), CQ_OK);
    assert_true(cq_text_is(cq_csvin_header(in)->fields[7], "verdict"));
    while (!cq_csvin_next(in, &row, &bad, &err) && row) {
        const struct one_claim *c = &y->list[rows++];
        const char *model = cq_claim_verdict_names[c->verdict];
        assert_int_equal(bad, CQ_OK);
        planted[c->kind]++;
        found[c->kind] += cq_text_is(row->fields[7], cq_claim_verdict_names[wanted[c->kind]]);
        if (!cq_text_is(row->fields[7], model) && differ++ < 5)
            print_error("claim %d, kind %d: %.*s, the model says %s\n", rows, c->kind,
                        (int)row->fields[7].len, row->fields[7].ptr, model);
    }
    cq_csvin_close(in);
    assert_int_equal(err.code, CQ_OK);
    assert_int_equal(rows, y->claims);
    assert_int_equal(differ, 0);
    for (int k = 0; k < KINDS; k++) {
        assert_int_equal(found[k], planted[k]);
        assert_true(planted[k] > 0);
    }
}

static void compare_sums(const struct year *y, const struct cq_claim_sums *sums)
{
    struct cq_claim_sum model[CQ_CLAIM_VERDICTS] = {0};
    for (int i = 0; i < y->claims; i++) {
        const struct one_claim *c = &y->list[i];
        model[c->verdict].claims++;
        model[c->verdict].unstated += !c->has_amount;
        model[c->verdict].amount += c->amount;
    }
    for (int v = 0; v < CQ_CLAIM_VERDICTS; v++) {
        assert_int_equal(sums->by_verdict[v].claims, model[v].claims);
        assert_int_equal(sums->by_verdict[v].unstated, model[v].unstated);
        assert_int_equal(sums->by_verdict[v].amount, model[v].amount);
        assert_false(sums->by_verdict[v].overflow);
    }
    assert_int_equal(sums->unread, 0);
}

static void test_all_faults_are_found_and_none_invented(void **state)
{
    const char *steps = getenv("CQ_STEPS");
    struct year y;
    struct cq_people *people;
    struct cq_csvin *in;
    struct cq_claim_sums sums = {0};
    bool bad = false;
    int64_t run;
    (void)state;
    seed = 59;
    make_year(&y, !steps ? 4000 : strcmp(steps, "all") == 0 ? 100000 : atoi(steps));
    order_claims(&y);
    world_open(&y.world);
    import_lists(&y);
    assert_int_equal(cq_run_known(&y.world.db, INT64_MAX, &run, NULL), CQ_OK);
    assert_int_equal(cq_people_open(&people, &y.world.db, y.world.law, run, NULL), CQ_OK);
    struct cq_batch batch = {.law = y.world.law,
                             .people = people,
                             .run = run,
                             .request = cq_request_default(CQ_SERVICE_OUTPATIENT, y.first),
                             .format = CQ_FORMAT_CSV,
                             .claims = &sums,
                             .report = world_report,
                             .context = &y.world};
    int fd = write_claims(&y), out = memfd_create("out", MFD_CLOEXEC);
    const struct cq_csv_input input = {.fd = fd, .name = "claims.csv"};
    clock_t began = clock();
    assert_int_equal(cq_batch_open(batch.law, CQ_BATCH_CLAIMS, &in, &input, &y.world.err), CQ_OK);
    assert_int_equal(cq_batch_csv(&batch, in, "claims.csv", out, &bad, &y.world.err), CQ_OK);
    print_message("%d claims, %d faults, %lld runs: %.2f s\n", y.claims, y.faults, (long long)run,
                  (double)(clock() - began) / CLOCKS_PER_SEC);
    assert_false(bad);
    cq_csvin_close(in);
    compare(&y, out);
    compare_sums(&y, &sums);
    close(fd);
    close(out);
    cq_people_close(people);
    world_close(&y.world);
    free(y.who);
    free(y.list);
}

static void test_amounts(void **state)
{
    static const struct {
        const char *text;
        int64_t tiyn; /* -1: none */
    } cases[] = {
        {"0", 0},
        {"1", 100},
        {"1234.50", 123450},
        {"1234,5", 123450},
        {"1 234,50", 123450},
        {"1\u00a0234\u202f567,05", 123456705},
        {"12 345 678.90", 1234567890},
        {"999999999999999.99", INT64_C(99999999999999999)},
        {"0.01", 1},
        {"1000000000000000", -1},
        {"", -1},
        {"-1", -1},
        {"+1", -1},
        {"1,234.50", -1},
        {"1.234,50", -1},
        {"1,234", -1},
        {"1.", -1},
        {".5", -1},
        {"12 34", -1},
        {"1234 567", -1},
        {"1  234", -1},
        {"1 234 ", -1},
        {"1e3", -1},
        {"100 тг", -1},
        {"0x10", -1},
        {"1.005", -1},
    };
    struct cq_str text = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t tiyn = -1;
        enum cq_code code = cq_amount_parse(cases[i].text, strlen(cases[i].text), &tiyn);
        if (code != (cases[i].tiyn < 0 ? CQ_X_AMOUNT : CQ_OK) || tiyn != cases[i].tiyn)
            fail_msg("'%s': %lld", cases[i].text, (long long)tiyn);
    }
    cq_amount_write(&text, 123405);
    assert_string_equal(text.ptr, "1234.05");
    cq_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_faults_are_found_and_none_invented),
        cmocka_unit_test(test_amounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
