/* Letters for everything that can be answered: every rule on every day that has one, each category,
 * with known and with missing facts. No letter holds a code or a word of another language, and each
 * is expected to fit its page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers/letter.h"
#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law_masks.h"

enum { DAYS = 64 };

static const enum cq_language both[] = {CQ_KK, CQ_RU};

struct fixture {
    struct cq_law *law;
    struct cq_whynot *whynot;
    struct cq_letter letter;
    struct cq_request request;
    struct cq_question question;
    struct cq_answer answers[2]; /* the second: another role */
    struct cq_html html;
    struct cq_str seen; /* the texts between tags of one language */
    bool *rules;        /* that a letter was written for */
    uint64_t gaps;      /* that a letter told */
    long letters, wrong;
    int least; /* what is left of the fullest page */
};

/* Names as long as a letter shows them. */
static const char long_name[] =
    "Ңұғманұлы-Әбдірахманғаджиева Өмірәлі-Мұхаммеджан Һасен-Шахмұрадұлы "
    "Абдурахмангаджиева-Нурмухаммедова Гүлжаһан-Айсұлу Бекмұхаммедқызы, Ещёодинафамилия-";
static const char long_facility[] =
    "Государственное учреждение «Центральный госпиталь с поликлиникой Министерства внутренних дел "
    "Республики Казахстан имени заслуженного врача Длиннофамильного» по городу Астана и области, "
    "корпус первый";
static const char long_facility_kk[] =
    "«Қазақстан Республикасы Ішкі істер министрлігінің еңбек сіңірген дәрігер атындағы емханасы "
    "бар "
    "орталық госпиталі» мемлекеттік мекемесі, Астана қаласы және облыс бойынша, "
    "бірінші корпус";

/* --- a letter of a word of facts --- */

static void set_text(struct cq_str *out, const char *text)
{
    cq_str_clear(out);
    cq_str_puts(out, text);
}

/* One of the agencies of the body: they take turns. */
static const struct cq_agency *agency_of(const struct cq_law *law, uint64_t word, long turn)
{
    int body = cq_facts_get(word, CQ_FACT_BODY);
    for (size_t i = 0; i < law->agency_count; i++) {
        const struct cq_agency *agency = &law->agencies[((size_t)turn / 3 + i) % law->agency_count];
        if (agency->body == body)
            return agency;
    }
    return &law->agencies[0];
}

/* The origins that a fact may have take turns; each list is another one. */
static void set_sources(struct fixture *f, long turn)
{
    static const struct {
        enum cq_fact fact;
        enum cq_origin origins[4];
        int64_t run; /* 1 the person's list, 2 the sponsor's, 3 that of facilities, … */
    } may[] = {
        {CQ_FACT_CATEGORY, {CQ_ORIGIN_LIST, CQ_ORIGIN_LIST, CQ_ORIGIN_LIST, CQ_ORIGIN_LIST}, 1},
        {CQ_FACT_SPECIAL_RANK,
         {CQ_ORIGIN_LIST, CQ_ORIGIN_LIST, CQ_ORIGIN_UNKNOWN, CQ_ORIGIN_LIST},
         1},
        {CQ_FACT_SPONSOR,
         {CQ_ORIGIN_SPONSOR, CQ_ORIGIN_SPONSOR, CQ_ORIGIN_NO_SPONSOR, CQ_ORIGIN_SPONSOR},
         2},
        {CQ_FACT_KIN, {CQ_ORIGIN_KIN, CQ_ORIGIN_LIST, CQ_ORIGIN_KIN, CQ_ORIGIN_KIN}, 1},
        {CQ_FACT_CORESIDENT,
         {CQ_ORIGIN_LIST, CQ_ORIGIN_LIST, CQ_ORIGIN_UNKNOWN, CQ_ORIGIN_LIST},
         1},
        {CQ_FACT_MINOR, {CQ_ORIGIN_BIRTH, CQ_ORIGIN_BIRTH, CQ_ORIGIN_BIRTH, CQ_ORIGIN_BIRTH}, 1},
        {CQ_FACT_DESTINATION,
         {CQ_ORIGIN_FACILITY, CQ_ORIGIN_DEFAULT, CQ_ORIGIN_QUESTION, CQ_ORIGIN_FACILITY},
         3},
        {CQ_FACT_HOME,
         {CQ_ORIGIN_RESIDENCE, CQ_ORIGIN_RESIDENCE, CQ_ORIGIN_UNKNOWN, CQ_ORIGIN_RESIDENCE},
         1},
        {CQ_FACT_PLACE,
         {CQ_ORIGIN_FACILITY, CQ_ORIGIN_NO_FACILITY, CQ_ORIGIN_FACILITY, CQ_ORIGIN_NO_FACILITY},
         3},
        {CQ_FACT_INDICATED,
         {CQ_ORIGIN_QUESTION, CQ_ORIGIN_QUESTION, CQ_ORIGIN_UNKNOWN, CQ_ORIGIN_QUESTION},
         0},
        {CQ_FACT_INSURED,
         {CQ_ORIGIN_FUND, CQ_ORIGIN_PRESUMED, CQ_ORIGIN_UNKNOWN, CQ_ORIGIN_FUND},
         5},
        {CQ_FACT_PRESIDENTIAL,
         {CQ_ORIGIN_PRESIDENTIAL, CQ_ORIGIN_DEFAULT, CQ_ORIGIN_LIST, CQ_ORIGIN_DEFAULT},
         6},
        {CQ_FACT_DUTY_INJURY,
         {CQ_ORIGIN_LIST, CQ_ORIGIN_QUESTION, CQ_ORIGIN_DEFAULT, CQ_ORIGIN_LIST},
         1},
    };
    static const enum cq_origin strangers[] = {CQ_ORIGIN_UNLISTED, CQ_ORIGIN_LATER,
                                               CQ_ORIGIN_REMOVED, CQ_ORIGIN_ENDED};
    for (size_t i = 0; i < sizeof may / sizeof *may; i++) {
        struct cq_fact_source *s = &f->letter.sources[may[i].fact];
        *s = (struct cq_fact_source){.origin = may[i].origins[turn % 4],
                                     .agency = may[i].run < 3 ? f->answers[0].agency : 0,
                                     .run = may[i].run,
                                     .list_line = 123456,
                                     .list_date = f->request.day,
                                     .day = f->request.day + 365,
                                     .facility = "MVD-71-0001"};
        if (s->origin == CQ_ORIGIN_NO_FACILITY) {
            s->run = s->list_line = 0;
            s->list_date = CQ_DAY_MIN;
            s->lacks[0] = 1u << turn / 4 % 4;
            s->lacks[1] = f->answers[0].category == CQ_CATEGORY_EMPLOYEE ? 1u << turn / 16 % 4 : 0;
        }
    }
    if (f->answers[0].category == CQ_CATEGORY_NONE)
        f->letter.sources[CQ_FACT_CATEGORY].origin = strangers[turn % 4];
}

static void set_answer(struct fixture *f, uint64_t word, long turn)
{
    static const char *const causes[] = {"of_age",
                                         "entitlement_ends",
                                         "entitlement_begins",
                                         "entry_changes",
                                         "insurance_ends",
                                         "insurance_begins",
                                         "presidential_list",
                                         "facility",
                                         "law"};
    struct cq_answer *a = &f->answers[0];
    *a = (struct cq_answer){.facts = word,
                            .category = cq_facts_get(word, CQ_FACT_CATEGORY),
                            .agency = agency_of(f->law, word, turn)->number,
                            .version = 1,
                            .birth = f->request.day - (turn % 5 == 0 ? 6560 : 12000),
                            .facility = "",
                            .changes_on = f->request.day + 100,
                            .change_cause = causes[turn % 9]};
    cq_decide(f->law, f->request.day, word, &a->decision);
    if (*a->decision.provider && turn % 3)
        a->facility = "MVD-71-0001";
    if (turn % 4 == 0) {
        a->changes_on = CQ_DAY_MAX;
        a->change_cause = "";
    }
    f->letter.facility.kato = a->facility[0] ? 710000000 : 0;
    set_text(&f->letter.facility.name[CQ_KK],
             a->facility[0] ? "Ішкі істер министрлігінің емханасы бар орталық госпиталі" : "");
    set_text(&f->letter.facility.name[CQ_RU],
             a->facility[0] ? "Центральный госпиталь с поликлиникой Министерства внутренних дел"
                            : "");
    bool is_long = turn % 11 == 0;
    set_text(&f->letter.person.full, is_long ? long_name : "Ңұғманұлы Өмірәлі Һасенұлы");
    if (is_long && a->facility[0]) {
        set_text(&f->letter.facility.name[CQ_KK], long_facility_kk);
        set_text(&f->letter.facility.name[CQ_RU], long_facility);
    }
    f->request.service = cq_facts_get(word, CQ_FACT_SERVICE);
    int urgency = cq_facts_get(word, CQ_FACT_URGENCY);
    f->request.urgency = urgency == CQ_UNKNOWN ? CQ_URGENCY_PLANNED : urgency;
    f->request.destination = cq_facts_get(word, CQ_FACT_DESTINATION);
    f->request.indicated = cq_facts_get(word, CQ_FACT_INDICATED);
    f->request.package = cq_facts_get(word, CQ_FACT_PACKAGE);
    f->request.duty_injury = cq_facts_get(word, CQ_FACT_DUTY_INJURY) == CQ_YES;
}

static void set_readings(struct fixture *f)
{
    struct cq_letter *l = &f->letter;
    size_t count = cq_gap_readings(f->law, f->answers[0].decision.gaps, l->readings);
    for (size_t i = 0; i < count; i++) {
        l->readings[i].facts = f->answers[0].facts;
        l->readings[i].facility = "";
    }
    l->reading_count = cq_gap_readings_decide(f->law, f->request.day, l->readings, count);
}

/* --- what a reader sees --- */

/* The text of the elements of a language; a blank for each tag. */
static void read_language(struct fixture *f, const char *language)
{
    const char *html = f->html.out.ptr;
    char open[32];
    snprintf(open, sizeof open, "lang=\"%s\">", language);
    cq_str_clear(&f->seen);
    while ((html = strstr(html, open))) {
        const char *end = strstr(html, "</section>");
        html += strlen(open);
        const char *sooner = strstr(html, "</span>");
        if (!end || (sooner && sooner < end))
            end = sooner;
        sooner = strstr(html, "</footer>");
        if (!end || (sooner && sooner < end))
            end = sooner;
        assert_non_null(end);
        for (bool tag = false; html < end; html++) {
            tag = tag || *html == '<';
            cq_str_put(&f->seen, tag ? " " : html, 1);
            tag = tag && *html != '>';
        }
        cq_str_puts(&f->seen, "\n");
    }
}

/* Letters that only Kazakh has, but for names that both languages write so. */
static bool has_kazakh_letter(const char *text)
{
    static const char *const letters[] = {"ә", "ғ", "қ", "ң", "ө", "ұ", "ү", "һ", "і",
                                          "Ә", "Ғ", "Қ", "Ң", "Ө", "Ұ", "Ү", "Һ", "І"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        for (const char *at = text; (at = strstr(at, letters[i])); at += strlen(letters[i]))
            if (strncmp(at, "ҚР ДСМ", strlen("ҚР ДСМ")) != 0)
                return true;
    return false;
}

/* A Latin word, a placeholder, or a mark that only codes have. */
static const char *find_code(const char *text)
{
    static const char *const marks[] = {"_", "{", "}", "%", "A-", "()", ": ;", ": ."};
    int latin = 0;
    for (const char *at = text; *at; at++) {
        latin = isalpha((unsigned char)*at) && (unsigned char)*at < 0x80 ? latin + 1 : 0;
        if (latin == 3)
            return at - 2;
        if (latin == 1 && isdigit((unsigned char)at[1]))
            return at;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(text, marks[i]))
            return strstr(text, marks[i]);
    return NULL;
}

static void complain(struct fixture *f, const char *what, const char *where)
{
    if (f->wrong++ < 10)
        print_error("%s, day %d, service %d, category %d: %.160s\n", f->answers[0].decision.outcome,
                    f->request.day, f->request.service, f->answers[0].category,
                    where ? where : what);
}

static void check_page(struct fixture *f, int left)
{
    for (int i = 0; i < 2; i++) {
        read_language(f, cq_language_names[both[i]]);
        assert_false(f->seen.failed);
        const char *code = find_code(f->seen.ptr);
        if (code)
            complain(f, "a code", code);
        if (has_kazakh_letter(f->seen.ptr) != (both[i] == CQ_KK))
            complain(f, "another language", f->seen.ptr);
    }
    if (left < f->least)
        f->least = left;
    if (left < 0)
        complain(f, "too long for its page", NULL);
    const struct cq_decision *d = &f->answers[0].decision;
    for (int i = 0; i < d->rule_count; i++)
        f->rules[d->rules[i] - f->law->rules] = true;
    f->gaps |= f->letter.gaps;
    f->letters++;
}

/* Appends a page that is expected to be nearly full to the file that CQ_LETTERS names, for a look by
 * a browser. */
static void keep_page(const struct fixture *f, int left)
{
    const char *name = getenv("CQ_LETTERS");
    FILE *file = name && left < 4 ? fopen(name, "a") : NULL;
    if (!file)
        return;
    fwrite(f->html.out.ptr, 1, f->html.out.len, file);
    fclose(file);
}

static void write_letter(struct fixture *f, uint64_t word, long turn)
{
    struct cq_err err = {0};
    int left;
    set_answer(f, word, turn);
    f->answers[1] = f->answers[0];
    f->question.count = turn % 7 == 0 ? 2 : 1;
    cq_letter_decide(&f->letter);
    set_sources(f, turn);
    f->letter.need_count = 0;
    if (!f->answers[0].decision.entitled)
        assert_int_equal(cq_letter_find_needs(&f->letter, f->whynot, 0, &err), CQ_OK);
    set_readings(f);
    cq_str_clear(&f->html.out);
    assert_int_equal(cq_letter_write(&f->html, &f->letter, both, 2, &left, &err), CQ_OK);
    check_page(f, left);
    keep_page(f, left);
}

/* --- all that can be answered --- */

/* One word inside a mask: of each fact the value that the turn points at. */
static uint64_t word_in(uint64_t mask, long turn)
{
    uint64_t word = 0;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        int count = cq_fact_count(fact);
        for (int k = 0; k < count; k++) {
            uint64_t bit = cq_fact_bit(fact, (int)((turn / (i + 1) + k) % count));
            if (mask & bit) {
                word |= bit;
                break;
            }
        }
    }
    return word;
}

/* The first day of each interval, and of each span that is told late. Returns how many. */
static size_t find_days(const struct cq_law *law, int32_t *days, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < law->interval_count && count < room; i++)
        days[count++] = law->intervals[i].since == CQ_DAY_MIN ? law->intervals[i].until - 1
                                                              : law->intervals[i].since;
    for (size_t i = 0; i < law->late_count && count < room; i++)
        if (law->late[i].since != CQ_DAY_MIN)
            days[count++] = law->late[i].since;
    return cq_days_sort(days, count);
}

/* Whether a question may leave the fact open. */
static bool may_miss(enum cq_fact fact)
{
    return fact != CQ_FACT_SERVICE && fact != CQ_FACT_DESTINATION && fact != CQ_FACT_CATEGORY &&
           fact != CQ_FACT_URGENCY;
}

static void check_coverage(const struct fixture *f)
{
    for (size_t i = 0; i < f->law->rule_count; i++)
        if (!f->rules[i])
            print_error("no letter of %s\n", f->law->rules[i].id);
    for (size_t i = 0; i < f->law->rule_count; i++)
        assert_true(f->rules[i]);
    for (size_t i = 0; i < f->law->gap_count; i++)
        if ((f->gaps >> i & 1) == 0)
            print_error("no letter tells %s\n", f->law->gaps[i].id);
    assert_int_equal(f->gaps, (UINT64_C(1) << f->law->gap_count) - 1);
}

static void test_every_answer_has_a_letter(void **state)
{
    struct fixture *f = *state;
    long turn = 0;
    int32_t days[DAYS];
    const size_t count = find_days(f->law, days, DAYS);
    for (size_t i = 0; i < count; i++) {
        const struct cq_interval *interval = cq_law_interval(f->law, days[i]);
        f->request.day = days[i];
        for (size_t m = 0; m < interval->count; m++, turn++)
            write_letter(f, word_in(interval->masks[m].facts, turn), turn);
    }
    assert_int_equal(f->wrong, 0);
    assert_true(f->letters > 1000);
    check_coverage(f);
    print_message("%ld letters, %d.%d mm left of the fullest\n", f->letters, f->least / 10,
                  f->least % 10);
}

static void test_every_missing_fact_has_a_letter(void **state)
{
    struct fixture *f = *state;
    long turn = 0, missing = 0;
    int32_t days[DAYS];
    const size_t count = find_days(f->law, days, DAYS);
    for (size_t i = 0; i < count; i++) {
        const struct cq_interval *interval = cq_law_interval(f->law, days[i]);
        f->request.day = days[i];
        for (size_t m = 0; m < interval->count; m++, turn++) {
            enum cq_fact fact = (enum cq_fact)(turn % CQ_FACTS);
            uint64_t word = word_in(interval->masks[m].facts, turn);
            if (!may_miss(fact))
                continue;
            cq_facts_set(&word, fact, CQ_UNKNOWN);
            write_letter(f, word, turn);
            missing += f->answers[0].decision.missing != 0;
        }
    }
    assert_int_equal(f->wrong, 0);
    assert_true(missing > 500);
    print_message("%ld letters, %d.%d mm left of the fullest\n", f->letters, f->least / 10,
                  f->least % 10);
}

/* A number or a fact that cannot be read: nothing is known, nothing is made up. */
static void test_what_cannot_be_asked(void **state)
{
    static const char *const reasons[] = {"bad_iin", "bad_fact"};
    struct fixture *f = *state;
    struct cq_err err = {0};
    int left;
    f->request.day = cq_date_make(2026, 3, 2);
    f->request.service = CQ_SERVICE_OUTPATIENT;
    f->question.person = 0;
    f->letter.person.birth = CQ_DAY_MIN;
    cq_str_clear(&f->letter.person.full);
    for (int i = 0; i < 2; i++) {
        cq_answer_refuse(&f->answers[0], reasons[i]);
        cq_letter_decide(&f->letter);
        f->letter.need_count = f->letter.reading_count = 0;
        cq_str_clear(&f->html.out);
        assert_int_equal(cq_letter_write(&f->html, &f->letter, both, 2, &left, &err), CQ_OK);
        check_page(f, left);
        assert_int_equal(f->wrong, 0);
        assert_null(strstr(f->html.out.ptr, "class=\"name\""));
    }
}

/* A word that the law lacks is told, and no letter with a hole is written. */
static void test_a_law_without_a_word(void **state)
{
    struct fixture *f = *state;
    struct cq_err err = {0};
    int left;
    struct cq_law law = *f->law;
    const struct cq_word *word = cq_law_word(&law, "letter", "asked", strlen("asked"));
    law.word_count = (size_t)(word - law.words);
    f->letter.law = &law;
    f->request.day = cq_date_make(2026, 3, 2);
    f->request.service = CQ_SERVICE_OUTPATIENT;
    cq_answer_refuse(&f->answers[0], "bad_iin");
    cq_letter_decide(&f->letter);
    assert_int_equal(cq_letter_write(&f->html, &f->letter, both, 2, &left, &err), CQ_U_LETTER_WORD);
    assert_true(strncmp(err.detail, "letter", strlen("letter")) == 0);
}

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct cq_err err = {0};
    assert_non_null(f);
    assert_int_equal(cq_law_load(&f->law, NULL, &err), CQ_OK);
    assert_int_equal(cq_whynot_new(&f->whynot, f->law, &err), CQ_OK);
    f->request = cq_request_default(CQ_SERVICE_OUTPATIENT, 0);
    f->request.profile = (struct cq_text){"therapy", strlen("therapy")};
    f->question = (struct cq_question){.iin = {"850315100006", 12},
                                       .person = 850315100006,
                                       .request = &f->request,
                                       .answers = f->answers,
                                       .count = 1,
                                       .receipt = {"2:receipt", 9}};
    f->letter = (struct cq_letter){.law = f->law, .question = &f->question, .run = 123};
    f->letter.person.birth = cq_date_make(1985, 3, 15);
    set_text(&f->letter.person.full, "Ңұғманұлы Өмірәлі Һасенұлы");
    f->least = INT32_MAX;
    f->rules = calloc(f->law->rule_count, sizeof *f->rules);
    assert_non_null(f->rules);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    cq_letter_fini(&f->letter);
    cq_html_fini(&f->html);
    cq_str_free(&f->seen);
    cq_whynot_free(f->whynot);
    cq_law_free(f->law);
    free(f->rules);
    free(f);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_answer_has_a_letter, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_missing_fact_has_a_letter, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_law_without_a_word, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
