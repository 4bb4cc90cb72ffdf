/* The report to the sender of a list: in worlds drawn at random, what it tells is compared with what
 * the sender did, and once every finding is settled in the sender's file as it says, the report on
 * the next list has none. CQ_STEPS says how many worlds there are, 200 by default. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "../import/importing.h"
#include "cq/iin.h"
#include "cq/report.h"

enum { PENAL = 8, FIRE = 5, COURIER = 7, PEOPLE = 40, ROWS = 128 };

/* Why a row of the sender's file is not taken. */
enum fault { SOUND, BAD_DATE, BAD_CATEGORY, BAD_IIN, TOO_WIDE, TWICE, FAULTS };

/* A row of a list, as text. Its person is known by its place in `people`. */
struct row {
    int person;
    char iin[13], last[40], first[40], middle[40], birth[11], sex[2], sponsor[13];
    char presidential[4], from[11], to[11], killed[11];
    const char *category;
    bool left_out;
    enum fault fault;
};

struct file {
    struct row rows[ROWS];
    int count;
};

/* Where a line of a run stands in the sender's file. */
struct sent {
    int64_t run;
    int row_of_line[ROWS * 2];
};

static uint64_t random_state;
static struct world w;
static struct row people[PEOPLE]; /* as they are */
static int person_count;
static struct file sender;
static struct sent sent[3];
static int sent_count;

static int draw(int below)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((random_state >> 33) % (uint64_t)below);
}

static bool chance(int per_cent)
{
    return draw(100) < per_cent;
}

/* The IIN of nobody with this number. */
static void write_iin(char *out, int number)
{
    int64_t iin;
    do {
        iin = 850315100000 + (int64_t)number * 10;
        number += 200;
    } while (cq_iin_control(iin) < 0);
    cq_iin_write(out, iin + cq_iin_control(iin));
    out[12] = '\0';
}

static void set(char *to, size_t size, const char *text)
{
    snprintf(to, size, "%s", text);
}
#define SET(member, text) set(member, sizeof(member), text)

static void draw_person(int i)
{
    static const char *const last[] = {"Сериков", "Ахметов", "Оспанов", "Тілеуов"};
    static const char *const first[] = {"Қанат", "Нұрлан", "Ержан", "Асхат"};
    struct row *p = &people[i];
    *p = (struct row){.person = i, .category = "employee"};
    write_iin(p->iin, i);
    SET(p->last, last[draw(4)]);
    SET(p->first, first[draw(4)]);
    SET(p->middle, chance(50) ? "Серікұлы" : "");
    snprintf(p->birth, sizeof p->birth, "19%d-0%d-1%d", 60 + draw(30), 1 + draw(9), draw(10));
    SET(p->sex, chance(30) ? "" : chance(50) ? "m" : "f");
    SET(p->presidential, chance(20) ? "no" : "");
    SET(p->from, chance(40) ? "2020-01-01" : chance(30) ? "2021-06-01" : "");
}

/* A family member or child of the fallen, of somebody before or of somebody whom no list names. */
static void draw_sponsor(struct row *row, int before)
{
    row->category = chance(70) ? "family" : "child_of_fallen";
    if (chance(80) && before > 0)
        SET(row->sponsor, people[draw(before)].iin);
    else
        write_iin(row->sponsor, 150);
    if (*row->category == 'c' && chance(60))
        SET(row->killed, "2025-12-01");
}

static void print_row(struct cq_str *out, const struct row *r)
{
    cq_str_printf(out, "%s%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s%s\n", r->fault == BAD_IIN ? "99" : "",
                  r->fault == BAD_IIN ? r->iin + 2 : r->iin, r->last, r->first, r->middle,
                  r->fault == BAD_DATE ? "2026-02-30" : r->birth, r->sex,
                  r->fault == BAD_CATEGORY ? "officer" : r->category, r->sponsor, r->presidential,
                  r->from, r->to, r->killed, r->fault == TOO_WIDE ? ",1,2" : "");
}

static const char header[] = "iin,last_name,first_name,middle_name,birth_date,sex,category,"
                             "sponsor_iin,presidential,valid_from,valid_to,killed_on\n";

static int64_t import_list(const char *text, int agency, bool full, int day_number)
{
    char date[11];
    snprintf(date, sizeof date, "2026-01-%02d", day_number);
    w.import.agency = agency;
    w.import.full = full;
    w.import.list_date = w.import.today = day(date);
    w.import.now += 1000;
    cq_import_result_fini(&w.result);
    w.err = (struct cq_err){0};
    if (import_text(&w, text))
        fail_msg("%s %s", cq_code_id(w.err.code), w.err.detail);
    return w.result.run;
}

/* Sends the rows of a file that are not left out; remembers which line is which row. */
static void send_file(bool full, int day_number, int from, int to)
{
    struct cq_str text = {0};
    struct sent *s = &sent[sent_count++];
    int line = 1;
    cq_str_puts(&text, header);
    for (int i = from; i < to; i++) {
        struct row *r = &sender.rows[i];
        for (int times = 0; !r->left_out && times < (r->fault == TWICE ? 2 : 1); times++) {
            struct row other = *r;
            SET(other.middle, times ? "Басқаұлы" : r->middle);
            print_row(&text, &other);
            s->row_of_line[++line] = i;
        }
    }
    s->run = import_list(text.ptr, COURIER, full, day_number);
    cq_str_free(&text);
}

/* Another agency's list: some of the people, here and there with another word. */
static void send_other(int agency, int per_cent, int day_number)
{
    struct cq_str text = {0};
    cq_str_puts(&text, header);
    for (int i = 0; i < person_count; i++) {
        struct row r = people[i];
        if (!chance(per_cent))
            continue;
        r.category = chance(60) ? "employee" : "pensioner";
        r.sponsor[0] = r.killed[0] = r.presidential[0] = '\0';
        SET(r.from, chance(50) ? "2022-01-01" : people[i].from);
        switch (draw(8)) {
        case 0: SET(r.first, "Басқа"); break;
        case 1: SET(r.middle, "Оразұлы"); break;
        case 2: SET(r.sex, "f"); break;
        case 3: SET(r.birth, "1970-07-07"); break;
        case 4: SET(r.to, "2025-06-01"); break;
        default: break;
        }
        print_row(&text, &r);
    }
    import_list(text.ptr, agency, false, day_number);
    cq_str_free(&text);
}

static void send_presidential(void)
{
    struct cq_str text = {0};
    cq_str_puts(&text, "iin,valid_from,valid_to\n");
    for (int i = 0; i < person_count; i++)
        if (chance(20))
            cq_str_printf(&text, "%s,2020-01-01,\n", people[i].iin);
    w.import.kind = CQ_KIND_PRESIDENTIAL;
    import_list(text.ptr, 0, false, 2);
    w.import.kind = CQ_KIND_CONTINGENT;
    cq_str_free(&text);
}

static void draw_file(void)
{
    sender.count = 0;
    for (int i = 0; i < person_count; i++) {
        struct row *r = &sender.rows[sender.count];
        if (!chance(80))
            continue;
        *r = people[i];
        if (chance(10))
            SET(r->last, "Қателік");
        else if (chance(10))
            SET(r->birth, "1971-01-01");
        sender.count++;
    }
}

static void run_report(struct cq_report_result *result, int day_number)
{
    char date[11];
    snprintf(date, sizeof date, "2026-01-%02d", day_number);
    const struct cq_report_request request = {.db = &w.db,
                                              .law = w.law,
                                              .known_at = INT64_MAX,
                                              .day = day(date),
                                              .language = CQ_EN,
                                              .agency = COURIER};
    struct cq_err err = {0};
    assert_int_equal(cq_report_run(cq_report_find("reconcile", NULL), &request, result, &err),
                     CQ_OK);
}

/* A cell of the rows by the name of its column; "" where it is empty. */
static const char *cell(const struct cq_report_result *result, size_t row, const char *name)
{
    const struct cq_report_section *s = &result->sections[0];
    for (size_t i = 0; i < s->column_count; i++)
        if (strcmp(s->columns[i].name, name) == 0) {
            const struct cq_report_cell *c = cq_section_cell(s, row, i);
            return c->present && c->text ? c->text : "";
        }
    fail_msg("no column %s", name);
    return "";
}

static int64_t number_of(const struct cq_report_result *result, size_t row, const char *name)
{
    const struct cq_report_section *s = &result->sections[0];
    for (size_t i = 0; i < s->column_count; i++)
        if (strcmp(s->columns[i].name, name) == 0)
            return cq_section_cell(s, row, i)->number;
    return 0;
}

/* The sender's row of an IIN, added where there is none. */
static struct row *row_of(const char *iin)
{
    for (int i = 0; i < sender.count; i++)
        if (strcmp(sender.rows[i].iin, iin) == 0)
            return &sender.rows[i];
    for (int i = 0; i < person_count; i++)
        if (strcmp(people[i].iin, iin) == 0) {
            sender.rows[sender.count] = people[i];
            return &sender.rows[sender.count++];
        }
    return NULL;
}

static bool is_sponsor(const char *iin)
{
    for (int i = 0; i < sender.count; i++)
        if (strcmp(sender.rows[i].sponsor, iin) == 0)
            return true;
    return false;
}

static void correct(struct row *r, const char *field, const char *value)
{
    if (strcmp(field, "last_name") == 0)
        SET(r->last, value);
    else if (strcmp(field, "first_name") == 0)
        SET(r->first, value);
    else if (strcmp(field, "middle_name") == 0)
        SET(r->middle, value);
    else if (strcmp(field, "birth_date") == 0)
        SET(r->birth, value);
    else if (strcmp(field, "sex") == 0)
        SET(r->sex, value);
    else if (strcmp(field, "presidential") == 0)
        SET(r->presidential, value);
    else if (strcmp(field, "valid_to") == 0)
        SET(r->to, value);
    else
        fail_msg("no such column in the file: %s", field);
}

/* Corrects a sponsor: none is stated where that is allowed, or the sponsor's own row is sent. */
static void mend_sponsor(struct row *r)
{
    if (strcmp(r->category, "family") == 0) {
        r->sponsor[0] = '\0';
        return;
    }
    struct row *sponsor = row_of(r->sponsor);
    if (!sponsor) {
        sponsor = &sender.rows[sender.count++];
        *sponsor = people[0];
        SET(sponsor->iin, r->sponsor);
        sponsor->person = -1;
        sponsor->to[0] = '\0';
    }
    sponsor->sponsor[0] = sponsor->killed[0] = sponsor->presidential[0] = '\0';
    sponsor->category = "employee";
    if (r->killed[0] != '\0')
        SET(sponsor->to, "2025-12-02");
}

/* Mends a row that was not taken. Where another agency's list holds the IIN with other words, that
 * agency is asked, and the row turns out to be of somebody else. */
static void mend_row(struct row *r, const char *code, const char *source)
{
    r->fault = SOUND;
    r->left_out = strcmp(code, "CQ-R053") == 0;
    if (r->left_out)
        assert_string_not_equal(source, "");
}

/* Does in the sender's file what a row of the report says. */
static void apply(const struct cq_report_result *result, size_t i)
{
    const char *step = cell(result, i, "do"), *iin = cell(result, i, "iin");
    if (strcmp(step, "mend") == 0) {
        for (int s = 0; s < sent_count; s++)
            if (sent[s].run == number_of(result, i, "run"))
                mend_row(&sender.rows[sent[s].row_of_line[number_of(result, i, "line")]],
                         cell(result, i, "code"), cell(result, i, "source"));
        return;
    }
    struct row *r = row_of(iin);
    assert_non_null(r);
    r->fault = r->left_out ? SOUND : r->fault;
    r->left_out = false;
    if (strcmp(step, "add_or_end") == 0) {
        if (!is_sponsor(iin) && chance(50))
            SET(r->to, "2026-01-05");
    } else if (strcmp(step, "sponsor") == 0) {
        mend_sponsor(r);
    } else {
        correct(r, cell(result, i, "field"), cell(result, i, "theirs"));
    }
}

/* How many rows of a kind tell of an IIN; of any where it is NULL. */
static int count_found(const struct cq_report_result *result, const char *kind, const char *iin)
{
    int found = 0;
    for (size_t i = 0; i < cq_section_rows(&result->sections[0]); i++)
        found += strcmp(cell(result, i, "finding"), kind) == 0 &&
                 (!iin || strcmp(cell(result, i, "iin"), iin) == 0);
    return found;
}

/* Whether a name and a birth date do not tell whose a row is. */
static bool has_namesake(const struct row *r)
{
    int count = 0;
    for (int i = 0; i < sender.count; i++)
        count += strcmp(sender.rows[i].last, r->last) == 0 &&
                 strcmp(sender.rows[i].first, r->first) == 0 &&
                 strcmp(sender.rows[i].birth, r->birth) == 0;
    return count > 1;
}

/* Compares what is told of rows not taken and people not named with what the sender did. */
static void compare_told(const struct cq_report_result *result, bool full)
{
    int faults = 0, listed = 0;
    for (int i = 0; i < sender.count; i++)
        listed += !sender.rows[i].left_out;
    for (int i = 0; i < sender.count; i++) {
        const struct row *r = &sender.rows[i];
        bool unread = (r->left_out || (r->fault == BAD_IIN && has_namesake(r))) &&
                      listed * 2 >= sender.count;
        faults += r->left_out ? 0 : r->fault == TWICE ? 2 : r->fault != SOUND;
        if (full || *r->to != '\0')
            continue;
        assert_int_equal(count_found(result, "not_named", r->iin), unread);
    }
    assert_int_equal(count_found(result, "rejected", NULL), faults);
}

/* Rows that were not taken before get no other fault: one would hide the other, since a row is told
 * of by its first finding. */
static void draw_faults(void)
{
    const char *before = rows_of(&w, "SELECT iin FROM rejected");
    for (int i = 0; i < sender.count; i++) {
        struct row *r = &sender.rows[i];
        if (chance(12))
            r->left_out = true;
        else if (chance(15) && !strstr(before, r->iin))
            r->fault = (enum fault)(1 + draw(FAULTS - 1));
    }
}

static void run_world(uint64_t seed, int *findings)
{
    struct cq_report_result result;
    random_state = seed * 977 + 5;
    for (int i = 0; i < 9; i++)
        draw(2);
    person_count = 12 + draw(12);
    sent_count = 0;
    for (int i = 0; i < person_count; i++) {
        draw_person(i);
        if (chance(35))
            draw_sponsor(&people[i], i);
    }
    send_other(PENAL, 40, 1);
    if (chance(50))
        send_other(FIRE, 20, 1);
    send_presidential();
    draw_file();
    bool full = chance(30);
    send_file(full, 3, 0, sender.count);
    bool clean = w.result.rejected == 0;
    draw_faults();
    send_file(full, 4, 0, sender.count);
    run_report(&result, 5);
    if (clean)
        compare_told(&result, full);
    for (size_t i = 0; i < cq_section_rows(&result.sections[0]); i++)
        apply(&result, i);
    *findings += (int)cq_section_rows(&result.sections[0]);
    cq_result_fini(&result);
    send_file(full, 5, 0, sender.count);
    run_report(&result, 6);
    for (size_t i = 0; i < cq_section_rows(&result.sections[0]); i++)
        print_message("%s %s %s %s>%s: %s\n", cell(&result, i, "finding"), cell(&result, i, "iin"),
                      cell(&result, i, "field"), cell(&result, i, "yours"),
                      cell(&result, i, "theirs"), cell(&result, i, "text"));
    if (cq_section_rows(&result.sections[0]) > 0)
        fail_msg("world %d is not settled", (int)seed);
    cq_result_fini(&result);
}

static void test_what_is_settled_is_not_told_again(void **state)
{
    const char *worlds = getenv("CQ_STEPS");
    int findings = 0, count = worlds ? atoi(worlds) : 200;
    (void)state;
    world_open(&w);
    struct cq_law *law = w.law;
    for (int seed = 0; seed < count; seed++) {
        run_world((uint64_t)seed, &findings);
        cq_db_close(&w.db);
        w.db = (struct cq_db){0};
        assert_int_equal(cq_db_open(&w.db, NULL, CQ_DB_MEMORY, 0, &w.err), CQ_OK);
    }
    w.law = law;
    world_close(&w);
    assert_true(findings > count * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_settled_is_not_told_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
