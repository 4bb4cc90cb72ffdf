/* Lists made from seeds in eleven encodings: none is read wrongly, and of those with five rows or more
 * nearly all are read. The names are none of those from which the statistics are counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/utf8.h"
#include "text/encoding_detect.h"
#include "text/encoding_words.h"
#include "unit/text/recode.h"

enum kind { CONTINGENT, FACILITIES, INSURANCE, PRESIDENTIAL, CARDS, NOTES, KINDS };
enum language { ENGLISH, RUSSIAN, KAZAKH, LANGUAGES };
enum letters { AS_WRITTEN, CAPITALS, SMALL, LETTERS };

static const char *const headers[KINDS][LANGUAGES] = {
    [CONTINGENT] = {"iin,last_name,first_name,middle_name,birth_date,category,agency",
                    "ИИН,Фамилия,Имя,Отчество,Дата рождения,Категория,Ведомство",
                    "ЖСН,Тегі,Аты,Әкесінің аты,Туған күні,Санаты,Орган"},
    [FACILITIES] = {"facility,name_kk,name_ru,owner,kato,service",
                    "Код организации,Қазақша атауы,Наименование,Владелец,КАТО,Услуга",
                    "Ұйым коды,Қазақша атауы,Атауы орысша,Иесі,ӘАОЖ,Қызмет"},
    [INSURANCE] = {"iin,insured,paid_until,checked_on", "ИИН,Застрахован,Оплачено по,Дата проверки",
                   "ЖСН,Сақтандырылған,Төленген күнге дейін,Тексерілген күні"},
    [PRESIDENTIAL] = {"iin,valid_from,valid_to", "ИИН,Действует с,Действует по",
                      "ЖСН,Қолданылу басталатын күн,Қолданылу аяқталатын күн"},
    [CARDS] = {"iin,facility,card_no,opened_on", "ИИН,Код организации,Номер карты,Дата открытия",
               "ЖСН,Ұйым коды,Карта нөмірі,Ашылған күні"},
    [NOTES] = {"iin,note", "ИИН,Примечание", "ЖСН,Ескерту"}};

static const char *const kazakh_names[] = {
    "Айбар",   "Айкүміс", "Айтөре",  "Ақжол",   "Ақылбек", "Алпысбай", "Амангүл",  "Арғын",
    "Әйтеке",  "Әлжан",   "Әлішер",  "Әсемай",  "Бағлан",  "Балғын",   "Бегайым",  "Бейсен",
    "Бұлбұл",  "Гүлайым", "Гүлдана", "Ғазез",   "Ғайни",   "Ғиззат",   "Дінислам", "Егемберді",
    "Елубай",  "Ерасыл",  "Есімхан", "Жадыра",  "Жақып",   "Жәнібек",  "Жиенбай",  "Жұпар",
    "Зағипа",  "Зиягүл",  "Исатай",  "Кәусар",  "Күнай",   "Қабылан",  "Қалқаман", "Қырмызы",
    "Ләйлім",  "Мақсұт",  "Мөлдір",  "Мұзафар", "Нәзира",  "Нүркен",   "Нұрай",    "Оңдасын",
    "Өнер",    "Өрзия",   "Рабиға",  "Рысбек",  "Сағадат", "Салтан",   "Сүндет",   "Сұңғат",
    "Төребек", "Үрниса",  "Халима",  "Шапағат", "Шәмшия",  "Шырын",    "Ырысты",   "Жаһанша"};
static const char *const russian_last[] = {
    "Абрамов",  "Авдеев",   "Агафонов", "Бирюков",  "Блинов",   "Бобылёв",     "Вишняков",
    "Гордеев",  "Гуляев",   "Доронин",  "Елисеев",  "Зимин",    "Зуев",        "Игнатов",
    "Калинин",  "Капустин", "Князев",   "Кошелев",  "Лапин",    "Лыткин",      "Мамонтов",
    "Меркушев", "Мясников", "Нестеров", "Одинцов",  "Орехов",   "Пахомов",     "Пестов",
    "Рожков",   "Русаков",  "Самсонов", "Ситников", "Суханов",  "Фокин",       "Шарапов",
    "Шашков",   "Хван",     "Югай",     "Эйхман",   "Щеглов",   "Ющенко",      "Яхонтов",
    "Жилин",    "Цапко",    "Ёлшин",    "Бойчук",   "Терехова", "Гайворонский"};
static const char *const russian_first[] = {"Агата",   "Богдан",  "Бронислав", "Всеволод", "Демьян",
                                            "Евдокия", "Елисей",  "Ефим",      "Злата",    "Карл",
                                            "Лукерья", "Мирон",   "Мирослав",  "Нестор",   "Платон",
                                            "Рената",  "Савелий", "Серафима",  "Тарас",    "Фаина",
                                            "Федот",   "Харитон", "Эмма",      "Юлиан",    "Агния"};
static const char *const diagnoses[] = {"повышенная утомляемость и сонливость",
                                        "жалуется на онемение кисти, просит продлить листок",
                                        "поясница болит при ходьбе",
                                        "справка готова; вручить лично",
                                        "перевести к ближайшему окулисту",
                                        "нужны стельки № 42 и корсет",
                                        "повторно через полгода",
                                        "отит слева, выписаны капли",
                                        "отменить прежний приём",
                                        "сопровождает супруга"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static uint64_t state_of_chance;

/* A number below limit. */
static size_t draw(size_t limit)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state_of_chance >> 33) % limit;
}

static void add_person(struct cq_str *out, bool kazakh, enum language language)
{
    static const char *const categories[] = {"employee", "сотрудник", "қызметкер"};
    if (kazakh)
        cq_str_printf(out, "%s%s,%s,%s%s", kazakh_names[draw(COUNT(kazakh_names))],
                      draw(3) ? "ов" : "", kazakh_names[draw(COUNT(kazakh_names))],
                      kazakh_names[draw(COUNT(kazakh_names))], draw(2) ? "ұлы" : "қызы");
    else
        cq_str_printf(out, "%s,%s,%s", russian_last[draw(COUNT(russian_last))],
                      russian_first[draw(COUNT(russian_first))], draw(2) ? "" : "Платонович");
    cq_str_printf(out, ",18%02zu-03-15,%s,internal_affairs", draw(100), categories[language]);
}

static void add_row(struct cq_str *out, enum kind kind, bool kazakh, enum language language)
{
    static const char *const yes_no[LANGUAGES][2] = {{"yes", "no"}, {"да", "нет"}, {"иә", "жоқ"}};
    if (kind != FACILITIES)
        cq_str_printf(out, "850315%06zu,", draw(1000000));
    switch (kind) {
    case CONTINGENT: add_person(out, kazakh, language); break;
    case FACILITIES:
        cq_str_printf(out, "%zu,%s ауданының емханасы,Поликлиника района %s,mvd,71,outpatient",
                      draw(100), kazakh_names[draw(COUNT(kazakh_names))],
                      russian_last[draw(COUNT(russian_last))]);
        break;
    case INSURANCE: cq_str_printf(out, "%s,2027-01-01,", yes_no[language][draw(2)]); break;
    case PRESIDENTIAL: cq_str_puts(out, "2026-01-01,"); break;
    case CARDS:
        cq_str_printf(out, "%zu,%s %zu,2026-01-01", draw(9), language ? "карта №" : "", draw(1000));
        break;
    default:
        cq_str_printf(out, "\"%s, %s\"", diagnoses[draw(COUNT(diagnoses))],
                      kazakh ? kazakh_names[draw(COUNT(kazakh_names))]
                             : russian_first[draw(COUNT(russian_first))]);
    }
    cq_str_puts(out, "\n");
}

/* Appends a text in other letters: U+0400 to U+04FF, of which capitals are 0x20, 0x50 or 1 before. */
static void add_letters(struct cq_str *out, const char *text, enum letters letters)
{
    for (size_t i = 0; text[i];) {
        unsigned c = (unsigned char)text[i];
        if (c < 0xD0 || c > 0xD3) {
            cq_str_put(out, text + i++, 1);
            continue;
        }
        c = (c & 0x1Fu) << 6 | ((unsigned char)text[i + 1] & 0x3Fu);
        bool capital = c < 0x430 || (c >= 0x490 && c % 2 == 0);
        unsigned to_small = c < 0x410 || (c >= 0x450 && c < 0x490) ? 0x50 : c < 0x490 ? 0x20 : 1;
        if (letters == CAPITALS && !capital)
            c -= to_small;
        if (letters == SMALL && capital)
            c += to_small;
        cq_str_printf(out, "%c%c", (int)(0xC0 | c >> 6), (int)(0x80 | (c & 0x3F)));
        i += 2;
    }
}

/* Spells Kazakh letters as Russian does, where an encoding has none, and a number sign as N. */
static void add_in_russian(struct cq_str *out, const char *text, bool number_sign)
{
    static const char from[] = "ӘәҒғҚқҢңӨөҰұҮүҺһІі", to[] = "АаГгКкНнОоУуУуХхИи";
    for (size_t i = 0; text[i];) {
        size_t n = (unsigned char)text[i] < 0x80 ? 1 : (unsigned char)text[i] < 0xE0 ? 2 : 3;
        const char *put = text + i;
        for (size_t k = 0; n == 2 && from[k]; k += 2)
            if (memcmp(from + k, put, 2) == 0) {
                put = to + k;
                break;
            }
        if (n == 3 && !number_sign)
            cq_str_puts(out, "N");
        else
            cq_str_put(out, put, n);
        i += n;
    }
}

struct list {
    enum cq_encoding encoding;
    bool marked; /* UTF-8 with a byte order mark */
    enum kind kind;
    enum language language;
    enum letters letters;
    bool kazakh;
    int rows;
};

/* The text of a list, in UTF-8. */
static struct cq_str text_of(const struct list *list)
{
    struct cq_str plain = {0}, text = {0}, out = {0};
    bool has_kazakh = list->encoding <= CQ_ENCODING_RK1048;
    cq_str_printf(&plain, "%s\n", headers[list->kind][list->language]);
    for (int i = 0; i < list->rows; i++)
        add_row(&plain, list->kind, list->kazakh, list->language);
    if (list->letters == AS_WRITTEN)
        cq_str_puts(&text, plain.ptr);
    else
        add_letters(&text, plain.ptr, list->letters);
    if (has_kazakh)
        cq_str_puts(&out, text.ptr);
    else
        add_in_russian(&out, text.ptr, list->encoding != CQ_ENCODING_KOI8R);
    cq_str_free(&plain);
    cq_str_free(&text);
    return out;
}

/* Its bytes. */
static struct cq_str bytes_of(const struct list *list, const char *text)
{
    struct cq_str marked = {0}, bytes;
    bool mark = list->marked || list->encoding == CQ_ENCODING_UTF16LE ||
                list->encoding == CQ_ENCODING_UTF16BE;
    cq_str_printf(&marked, "%s%s", mark ? "\xEF\xBB\xBF" : "", text);
    bytes = recode(marked.ptr, cq_encoding_charsets[list->encoding]);
    cq_str_free(&marked);
    return bytes;
}

/* Whether bytes in an encoding are the text. */
static bool is_text(const struct cq_str *bytes, enum cq_encoding encoding, const char *text)
{
    struct cq_decoder *decoder = NULL;
    struct cq_err err = {0};
    const char *out = "";
    size_t len = 0;
    bool same = !cq_decoder_open(&decoder, encoding, &err) &&
                !cq_decoder_next(decoder, bytes->ptr, bytes->len, true, &out, &len, &err) &&
                len == strlen(text) && memcmp(out, text, len) == 0;
    cq_decoder_close(decoder);
    return same;
}

struct counts {
    int made, wrong, refused, unnamed;
};

/* Makes a list and looks how it is read. A refused one names an encoding in which it is the text. */
static void try_list(const struct list *list, struct counts *counts)
{
    struct cq_str text = text_of(list), bytes = bytes_of(list, text.ptr);
    struct cq_detector detector;
    struct cq_err err = {0};
    bool named = false;
    cq_detector_init(&detector, 1, true);
    cq_detector_add(&detector, bytes.ptr, bytes.len);
    enum cq_code code = cq_detector_end(&detector, &err);
    counts->made++;
    if (!code && !is_text(&bytes, detector.encoding, text.ptr)) {
        counts->wrong++;
        fprintf(stderr, "%s read as %s: kind %d language %d letters %d rows %d\n",
                cq_encoding_names[list->encoding], cq_encoding_names[detector.encoding],
                (int)list->kind, (int)list->language, (int)list->letters, list->rows);
    }
    counts->refused += code != CQ_OK;
    for (int e = 0; code && e < CQ_ENCODINGS; e++)
        named = named || (strstr(err.detail, cq_encoding_names[e]) &&
                          is_text(&bytes, (enum cq_encoding)e, text.ptr));
    counts->unnamed += code && !named;
    cq_detector_free(&detector);
    cq_str_free(&text);
    cq_str_free(&bytes);
}

static void test_lists(void **state)
{
    static const int rows[] = {1, 2, 3, 5, 20, 200};
    struct counts few = {0}, many = {0};
    struct list list = {0};
    (void)state;
    for (int i = 0; i <= CQ_ENCODINGS; i++) {
        list.marked = i == CQ_ENCODINGS;
        list.encoding = list.marked ? CQ_ENCODING_UTF8 : (enum cq_encoding)i;
        for (int k = 0; k < KINDS * LANGUAGES * LETTERS * 2 * 6; k++) {
            state_of_chance = (uint64_t)k * 100 + (uint64_t)i;
            list.kind = (enum kind)(k % KINDS);
            list.language = (enum language)(k / KINDS % LANGUAGES);
            list.letters = (enum letters)(k / KINDS / LANGUAGES % LETTERS);
            list.kazakh = k / KINDS / LANGUAGES / LETTERS % 2;
            list.rows = rows[k / KINDS / LANGUAGES / LETTERS / 2];
            try_list(&list, list.rows < 5 ? &few : &many);
        }
    }
    printf("few rows: %d lists, %d refused; five or more: %d, %d refused\n", few.made, few.refused,
           many.made, many.refused);
    assert_int_equal(few.wrong + many.wrong, 0);
    assert_int_equal(few.unnamed + many.unnamed, 0);
    assert_true(many.refused * 100 <= many.made * 3);
    assert_true(few.refused * 100 <= few.made * 10);
}

/* Whether the statistics know a name. */
static bool is_known(const char *name)
{
    struct cq_str folded = {0}, word = {0};
    bool known = false;
    assert_int_equal(cq_utf8_fold(&folded, name, strlen(name)), CQ_OK);
    for (int language = 0; language < CQ_WORD_LANGUAGES; language++)
        for (const char *const *words = cq_encoding_words[language]; *words; words++) {
            cq_str_clear(&word);
            cq_str_printf(&word, " %s ", *words);
            for (const char *hit = word.ptr; (hit = strstr(hit, folded.ptr)); hit++)
                known = known || (hit[-1] == ' ' && hit[folded.len] == ' ');
        }
    cq_str_free(&folded);
    cq_str_free(&word);
    return known;
}

static void test_names_are_unknown(void **state)
{
    (void)state;
    assert_true(is_known("Нұрлан"));
    for (size_t i = 0; i < COUNT(kazakh_names); i++)
        assert_false(is_known(kazakh_names[i]));
    for (size_t i = 0; i < COUNT(russian_last); i++)
        assert_false(is_known(russian_last[i]));
    for (size_t i = 0; i < COUNT(russian_first); i++)
        assert_false(is_known(russian_first[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_names_are_unknown),
    };
    return cmocka_run_group_tests_name("encoding_lists", tests, NULL, NULL);
}
