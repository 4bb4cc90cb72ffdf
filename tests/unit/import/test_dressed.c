/* A list of people is one list, however it is dressed: the columns in any order and under any of
 * their headers, names in one cell, words for codes, titles, totals and empty rows, numbers and dates
 * as spreadsheets write them, every delimiter, line end and encoding. Random lists from fixed seeds,
 * each plain and dressed, give the same registry; a cell that is damaged rejects its row and no
 * other. CQ_STEPS is the number of lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#include "importing.h"
#include "../random.h"

#include "cq/iin.h"

enum { LISTS = 200, ROWS_MAX = 40, FIELDS = 15 };

static bool one_in(int n)
{
    return random_below(n) == 0;
}

/* A word of a list of words between bars. */
static void add_one_of(struct cq_str *out, const char *words)
{
    int count = 1;
    for (const char *p = words; *p != '\0'; p++)
        count += *p == '|';
    const char *word = words;
    for (int skip = random_below(count); skip > 0; skip--)
        word = strchr(word, '|') + 1;
    cq_str_put(out, word, strcspn(word, "|"));
}

/* What a column is called, and what its words are called. */
enum field {
    IIN,
    LAST,
    FIRST,
    MIDDLE,
    BIRTH,
    SEX,
    CATEGORY,
    AGENCY,
    SPECIAL,
    CORESIDENT,
    RELATION,
    SPONSOR,
    RESIDENCE,
    SERVICE_ID,
    FROM
};
static const struct {
    const char *name, *headers;
} fields[FIELDS] = {
    [IIN] = {"iin", "ИИН|ЖСН|иин|ИИН*|IIN|Индивидуальный идентификационный номер"},
    [LAST] = {"last_name", "Фамилия|Тегі|ФАМИЛИЯ*|Last name"},
    [FIRST] = {"first_name", "Имя|Аты|Имя*|First_Name"},
    [MIDDLE] = {"middle_name", "Отчество|Әкесінің аты|Отчество (при наличии)"},
    [BIRTH] = {"birth_date",
               "Дата рождения|Туған күні|Дата рождения (дд.мм.гггг)|BIRTH DATE|Дата рожд."},
    [SEX] = {"sex", "Пол|Жынысы"},
    [CATEGORY] = {"category", "Категория|Санаты|Категория*"},
    [AGENCY] = {"agency", "Ведомство|Орган|Ведомство (код)"},
    [SPECIAL] = {"special_rank", "special rank|Special_Rank"},
    [CORESIDENT] = {"coresident", "Проживает совместно|Бірге тұрады"},
    [RELATION] = {"relation", "Степень родства|Туыстық дәрежесі|Родство"},
    [SPONSOR] = {"sponsor_iin", "ИИН сотрудника|Қызметкердің ЖСН"},
    [RESIDENCE] = {"residence", "Место жительства|Тұрғылықты жері|Место проживания"},
    [SERVICE_ID] = {"service_id", "Служебное удостоверение|Қызметтік куәлік"},
    [FROM] = {"valid_from", "Действует с|Қолданылу басталатын күн"},
};
static const struct {
    enum field field;
    const char *code, *words;
} words[] = {
    {SEX, "m", "м|мужской|муж.|мужчина|ер|еркек|male|M"},
    {SEX, "f", "ж|женский|жен.|женщина|әйел|female|F"},
    {CATEGORY, "employee", "сотрудник|Сотрудники|қызметкер|ҚЫЗМЕТКЕР|Employee"},
    {CATEGORY, "family", "член семьи|члены семьи|отбасы мүшесі|Семья|FAMILY"},
    {CATEGORY, "pensioner", "пенсионер|Пенсионеры|зейнеткер|pensioner"},
    {AGENCY, "internal_affairs", "МВД|ІІМ|ішкі істер органдары|органы внутренних дел|Полиция"},
    {AGENCY, "civil_protection", "МЧС|ТЖМ|органы гражданской защиты|азаматтық қорғау органдары"},
    {AGENCY, "penal", "КУИС|УИС|ҚАЖК|органы уголовно-исполнительной системы"},
    {SPECIAL, "yes", "да|иә|1|Да|YES"},
    {SPECIAL, "no", "нет|жоқ|0|Нет|No"},
    {CORESIDENT, "yes", "да|иә|1|ИӘ"},
    {CORESIDENT, "no", "нет|жоқ|0"},
    {RELATION, "spouse", "супруга|супруг|жұбайы|жена|муж"},
    {RELATION, "child", "ребёнок|бала|сын|дочь|ұлы|қызы"},
    {RELATION, "parent", "мать|отец|ата-ана|родитель"},
    {RESIDENCE, "711110000", "711110000.0"},
    {RESIDENCE, "750000000", "750000000.0"},
};

struct list {
    int count;
    char cells[ROWS_MAX][FIELDS][64];
    bool kazakh; /* has letters that Russian encodings lack */
};

static const char *pick(const char *const *list, int count)
{
    return list[random_below(count)];
}

static void make_row(struct list *list, int row)
{
    static const char *const russian[] = {"Сулейменов", "Ерёменко", "Журавлёв", "Абилов", "Цхай"},
                             *const kazakh[] = {"Қасымова", "Үсенов", "Ыңтымақ", "Нұрғали",
                                                "Әбдірахманов"},
                             *const russian_first[] = {"Нурлан", "Ксения", "Богдан", "Эмма",
                                                       "Ержан"},
                             *const kazakh_first[] = {"Әлия", "Өмір", "Нұрғиса", "Жәнібек",
                                                      "Гүлнәр"},
                             *const middles[] = {"", "Петрович", "Ивановна", "Сергеевич"},
                             *const kazakh_middles[] = {"", "Ғұмарқызы", "Һасенұлы", "Серікұлы"},
                             *const categories[] = {"employee", "employee", "pensioner", "family"},
                             *const agencies[] = {"internal_affairs", "civil_protection", "penal"},
                             *const marks[] = {"", "yes", "no"}, *const sexes[] = {"", "m", "f"},
                             *const kin[] = {"spouse", "child", "parent"},
                             *const homes[] = {"", "711110000", "750000000"},
                             *const ids[] = {"", "А-17/3", "№ 5; бис", "x, y", "\"К\" 9"};
    char(*cells)[64] = list->cells[row];
    int64_t iin = 10315100000 + (int64_t)random_below(90) * 10000000000 + 100 * row;
    while (cq_iin_control(iin) != iin % 10)
        iin++;
    snprintf(cells[IIN], 64, "%012lld", (long long)iin);
    snprintf(cells[LAST], 64, "%s", pick(list->kazakh ? kazakh : russian, 5));
    snprintf(cells[FIRST], 64, "%s", pick(list->kazakh ? kazakh_first : russian_first, 5));
    snprintf(cells[MIDDLE], 64, "%s", pick(list->kazakh ? kazakh_middles : middles, 4));
    snprintf(cells[BIRTH], 64, "18%02lld-03-15", (long long)(iin / 10000000000));
    snprintf(cells[SEX], 64, "%s", pick(sexes, 3));
    snprintf(cells[CATEGORY], 64, "%s", pick(categories, row > 0 ? 4 : 2));
    snprintf(cells[AGENCY], 64, "%s", pick(agencies, 3));
    snprintf(cells[SPECIAL], 64, "%s", pick(marks, 3));
    snprintf(cells[RESIDENCE], 64, "%s", pick(homes, 3));
    snprintf(cells[SERVICE_ID], 64, "%s", pick(ids, 5));
    snprintf(cells[FROM], 64, "%s", one_in(3) ? "2025-11-09" : "");
    if (strcmp(cells[CATEGORY], "family") == 0) {
        snprintf(cells[SPONSOR], 64, "%s", list->cells[random_below(row)][IIN]);
        snprintf(cells[RELATION], 64, "%s", pick(kin, 3));
        snprintf(cells[CORESIDENT], 64, "%s", pick(marks, 3));
    }
}

static void make_list(struct list *list)
{
    *list = (struct list){.count = 12 + random_below(ROWS_MAX - 12), .kazakh = !one_in(3)};
    for (int row = 0; row < list->count; row++)
        make_row(list, row);
}

static void add_quoted(struct cq_str *out, const char *cell)
{
    cq_str_puts(out, "\"");
    for (; *cell != '\0'; cell++)
        cq_str_puts(out, *cell == '"' ? "\"\"" : (const char[]){*cell, '\0'});
    cq_str_puts(out, "\"");
}

static void add_plain(struct cq_str *out, const struct list *list)
{
    for (int f = 0; f < FIELDS; f++)
        cq_str_printf(out, "%s%s", f ? "," : "", fields[f].name);
    for (int row = 0; row < list->count; row++)
        for (int f = 0; f < FIELDS; f++) {
            cq_str_puts(out, f ? "," : "\n");
            add_quoted(out, list->cells[row][f]);
        }
    cq_str_puts(out, "\n");
}

/* How a list is dressed. */
struct dress {
    char delimiter;
    const char *end;
    int order[FIELDS + 2], columns; /* fields; then that of numbers, and of remarks */
    bool headers, words, full_name, blanks, numbers, dates, title, totals, empty, quotes;
    int trailing; /* 1 in the header, 2 in the rows, 3 in both */
};
enum { NUMBERING = FIELDS, REMARK };

static void make_dress(struct dress *d)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    *d = (struct dress){.delimiter = ",;\t"[random_below(3)], .end = ends[random_below(3)]};
    bool *const all[] = {&d->headers, &d->words, &d->full_name, &d->blanks, &d->numbers,
                         &d->dates,   &d->title, &d->totals,    &d->empty,  &d->quotes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = one_in(2);
    d->trailing = one_in(2) ? random_below(4) : 0;
    for (int f = 0; f < FIELDS; f++)
        if (!d->full_name || (f != FIRST && f != MIDDLE))
            d->order[d->columns++] = f;
    if (one_in(3))
        d->order[d->columns++] = NUMBERING;
    if (one_in(3))
        d->order[d->columns++] = REMARK;
    for (int i = d->columns - 1; i > 0; i--) {
        int other = random_below(i + 1), was = d->order[i];
        d->order[i] = d->order[other];
        d->order[other] = was;
    }
}

static void dress_header(const struct dress *d, int column, struct cq_str *cell)
{
    if (column == NUMBERING)
        add_one_of(cell, "№|р/с|№ п/п");
    else if (column == REMARK)
        add_one_of(cell, "Примечание|Ескерту");
    else if (column == LAST && d->full_name)
        add_one_of(cell, d->headers ? "ФИО|Ф.И.О. сотрудника|Т.А.Ә.|Аты-жөні|Фамилия, имя, "
                                      "отчество|Фамилия Имя Отчество"
                                    : "full_name");
    else if (d->headers && !one_in(4))
        add_one_of(cell, fields[column].headers);
    else
        cq_str_puts(cell, fields[column].name);
}

static void dress_number(const char *number, struct cq_str *cell)
{
    switch (random_below(4)) {
    case 0: cq_str_printf(cell, "=\"%s\"", number); break;
    case 1: cq_str_printf(cell, "%.6s %s", number, number + 6); break;
    case 2: cq_str_printf(cell, "%s.0", number); break;
    default: cq_str_puts(cell, number);
    }
}

static void dress_cell(const struct dress *d, const struct list *list, int row, int column,
                       struct cq_str *cell)
{
    const char(*cells)[64] = list->cells[row];
    const char *text = column < FIELDS ? cells[column] : "";
    if (column == NUMBERING) {
        cq_str_printf(cell, "%d", row + 1);
        return;
    }
    if (column == REMARK || *text == '\0') {
        cq_str_puts(cell, column == REMARK && one_in(2) ? "уточнить" : "");
        return;
    }
    if (column == LAST && d->full_name) {
        cq_str_printf(cell, "%s %s%s%s", text, cells[FIRST], *cells[MIDDLE] ? " " : "",
                      cells[MIDDLE]);
        return;
    }
    if (d->numbers && (column == IIN || column == SPONSOR)) {
        dress_number(text, cell);
        return;
    }
    if (d->dates && (column == BIRTH || column == FROM) && text[4] == '-') {
        cq_str_printf(cell, "%.2s.%.2s.%.4s", text + 8, text + 5, text);
        return;
    }
    for (size_t i = 0; d->words && i < sizeof words / sizeof *words; i++)
        if ((int)words[i].field == column && strcmp(words[i].code, text) == 0) {
            add_one_of(cell, words[i].words);
            return;
        }
    cq_str_puts(cell, text);
}

/* Appends a cell, quoted where it must be or at will. */
static void put_cell(const struct dress *d, const char *text, struct cq_str *out)
{
    char special[] = {d->delimiter, '"', '\r', '\n', '\0'};
    bool formula = text[0] == '='; /* as some programs write it, without quotes around it */
    bool quoted = !formula && (strpbrk(text, special) || (d->quotes && one_in(2)));
    bool blank = d->blanks && one_in(3);
    cq_str_puts(out, blank && d->delimiter != '\t' ? " " : "");
    if (quoted)
        add_quoted(out, text);
    else
        cq_str_puts(out, text);
    cq_str_puts(out, blank && one_in(2) ? "  " : "");
}

static void put_delimiter(const struct dress *d, struct cq_str *out)
{
    cq_str_put(out, &d->delimiter, 1);
}

static void add_empty_rows(const struct dress *d, int count, struct cq_str *out)
{
    for (; d->empty && count > 0; count--) {
        for (int i = 1; i < d->columns; i++) {
            cq_str_puts(out, one_in(9) ? " " : one_in(9) ? "\"\"" : "");
            put_delimiter(d, out);
        }
        cq_str_puts(out, d->end);
    }
}

static void add_row(const struct dress *d, const struct list *list, int row, struct cq_str *out)
{
    struct cq_str cell = {0};
    for (int i = 0; i < d->columns; i++) {
        cq_str_clear(&cell);
        cq_str_puts(&cell, "");
        if (row < 0)
            dress_header(d, d->order[i], &cell);
        else
            dress_cell(d, list, row, d->order[i], &cell);
        if (i > 0)
            put_delimiter(d, out);
        put_cell(d, cell.ptr, out);
    }
    if ((d->trailing & (row < 0 ? 1 : 2)) != 0)
        put_delimiter(d, out);
    cq_str_puts(out, d->end);
    cq_str_free(&cell);
}

static void add_total(const struct dress *d, int count, struct cq_str *out)
{
    cq_str_printf(out, "%s%c%d", one_in(2) ? "Итого" : "Барлығы", d->delimiter, count);
    for (int i = 2; i < d->columns; i++)
        put_delimiter(d, out);
    cq_str_puts(out, d->end);
}

static void add_dressed(const struct dress *d, const struct list *list, struct cq_str *out)
{
    if (d->title && d->delimiter == ';' && one_in(2))
        cq_str_printf(out, "sep=;%s", d->end);
    if (d->title) {
        cq_str_printf(out, "Список личного состава на 1 января 2026 года%s", d->end);
        add_empty_rows(d, random_below(3), out);
    }
    add_row(d, list, -1, out);
    for (int row = 0; row < list->count; row++) {
        add_row(d, list, row, out);
        if (one_in(9))
            add_empty_rows(d, 1, out);
    }
    if (d->totals)
        add_total(d, list->count, out);
    add_empty_rows(d, random_below(12), out);
}

/* Imports bytes that are not a string. */
static enum cq_code import_bytes(struct world *world, const char *bytes, size_t len)
{
    int fd = memfd_create("list", MFD_CLOEXEC);
    assert_int_equal(write(fd, bytes, len), len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    world->err = (struct cq_err){0};
    cq_import_result_fini(&world->result);
    cq_str_clear(&world->findings);
    cq_str_puts(&world->findings, "");
    enum cq_code code =
        cq_import_run(&world->db, &world->import, fd, "list.csv", &world->result, &world->err);
    close(fd);
    return code;
}

/* Encodes a text; returns 0 where the encoding lacks a letter of it. */
static size_t encode(const char *encoding, const struct cq_str *text, char *bytes, size_t room)
{
    size_t left = text->len, size = room;
    char *in = text->ptr;
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    bool fits = iconv(converter, &in, &left, &bytes, &room) != (size_t)-1;
    iconv_close(converter);
    return fits ? size - room : 0;
}

/* Imports a list in one of the encodings that hold it. */
static enum cq_code import_encoded(struct world *world, const struct cq_str *text,
                                   const char **encoding)
{
    static const char *const names[] = {"UTF-8",  "UTF-8",  "UTF-16LE", "RK1048",
                                        "CP1251", "KOI8-R", "CP866"};
    static char bytes[1 << 17];
    size_t len = 0;
    for (int tries = 0; len == 0; tries++) {
        assert_true(tries < 1000);
        *encoding = names[random_below(7)];
        bool marked = strcmp(*encoding, "UTF-16LE") == 0 ||
                      (strcmp(*encoding, "UTF-8") == 0 && one_in(3));
        struct cq_str whole = {0};
        cq_str_printf(&whole, "%s%s", marked ? "\xEF\xBB\xBF" : "", text->ptr);
        len = encode(*encoding, &whole, bytes, sizeof bytes);
        cq_str_free(&whole);
    }
    return import_bytes(world, bytes, len);
}

static const char people_sql[] =
    "SELECT id, hash, run_from, run_to, valid_from, valid_to, category, birth_date, residence,"
    " special_rank, coresident, sex, relation, sponsor_iin, last_name, first_name, middle_name,"
    " service_id, listed_names FROM person ORDER BY id";

/* A new registry. */
static void empty(struct world *world)
{
    cq_db_close(&world->db);
    assert_int_equal(cq_db_open(&world->db, NULL, CQ_DB_MEMORY, 0, &world->err), CQ_OK);
}

static void check_list(struct world *plain, struct world *dressed, int number)
{
    struct list list;
    struct dress dress;
    struct cq_str text = {0}, worn = {0};
    const char *encoding;
    seed = (uint64_t)number;
    make_list(&list);
    add_plain(&text, &list);
    make_dress(&dress);
    add_dressed(&dress, &list, &worn);
    empty(plain);
    empty(dressed);
    assert_int_equal(import_text(plain, text.ptr), CQ_OK);
    enum cq_code code = import_encoded(dressed, &worn, &encoding);
    if (code)
        fail_msg("list %d in %s: %s\n%s", number, encoding, cq_code_id(code), worn.ptr);
    if (dressed->result.rejected != 0 || dressed->result.read != list.count)
        fail_msg("list %d in %s: read %ld of %d, %s\n%s", number, encoding,
                 (long)dressed->result.read, list.count, dressed->findings.ptr, worn.ptr);
    if (strcmp(rows_of(plain, people_sql), rows_of(dressed, people_sql)) != 0)
        fail_msg("list %d in %s:\n%s\n%s\n%s", number, encoding, plain->text.ptr, dressed->text.ptr,
                 worn.ptr);

    /* A word that is none, somewhere. */
    static const enum field damaged[] = {SEX, CATEGORY, AGENCY, BIRTH, IIN, LAST};
    enum field field = damaged[random_below(6)];
    int row = random_below(list.count);
    snprintf(list.cells[row][field], 64, "%s", field == LAST ? "#REF!" : "чтото");
    cq_str_clear(&worn);
    add_dressed(&dress, &list, &worn);
    empty(dressed);
    code = import_encoded(dressed, &worn, &encoding);
    if (code || dressed->result.rejected != 1 || dressed->result.read != list.count)
        fail_msg("list %d in %s, row %d, %s: %s %ld of %ld, %s\n%s", number, encoding, row,
                 fields[field].name, code ? cq_code_id(code) : "", (long)dressed->result.rejected,
                 (long)dressed->result.read, dressed->findings.ptr, worn.ptr);
    cq_str_free(&text);
    cq_str_free(&worn);
}

static void test_dressed_lists(void **state)
{
    const char *steps = getenv("CQ_STEPS");
    int count = steps ? atoi(steps) : LISTS;
    struct world plain, dressed;
    (void)state;
    world_open(&plain);
    world_open(&dressed);
    for (int number = 0; number < count; number++)
        check_list(&plain, &dressed, number);
    world_close(&plain);
    world_close(&dressed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dressed_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
