/* The kinds of lists: tables of columns and what follows from them. Checks are in row_check.c. */
#include "cq/lists.h"

#include <string.h>

#include "base/name_match.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/hash.h"

const char *const cq_kind_names[CQ_KINDS + 1] = {
    "contingent", "facilities", "insurance", "presidential", "cards", "verdicts", "calendar", NULL};

/* The registry stores the positions: add at the end only. */
static const char *const sexes[] = {"m", "f", NULL};
static const char *const categories[] = {"none",      "employee",        "family",
                                         "pensioner", "child_of_fallen", NULL};
static const char *const relations[] = {"spouse", "child", "parent", "other", "ward", NULL};
static const char *const documents[] = {"id_card", "birth_certificate", "passport", NULL};
static const char *const owners[] = {
    "mvd",        "health_subject", "phc", "presidential", "civil_protection",
    "sanatorium", "mental_health",  NULL};

const char *const cq_paper_names[CQ_PAPERS + 1] = {
    "id_card", "service_id", "pension_certificate", "birth_certificate", "passport", NULL};

static const char *const verdicts_of_two[] = {"same", "different", NULL};

const char *cq_owner_name(int number)
{
    size_t count = sizeof owners / sizeof *owners - 1;
    return number >= 0 && (size_t)number < count ? owners[number] : NULL;
}

#define END_HEADERS "қолданылу аяқталатын күн|действует до"

static const struct cq_column full_name = {
    "full_name", CQ_TYPE_TEXT, false, NULL,
    "фио|фио сотрудника|т.а.ә.|аты-жөні|тегі, аты, әкесінің аты|тегі аты әкесінің аты|"
    "фамилия, имя, отчество|фамилия имя отчество"};

/* A last day, by the headers that say so. */
static const struct cq_column valid_through = {
    "valid_through", CQ_TYPE_DATE, false, NULL,
    "действует по|действует по включительно|действует до включительно|последний день действия|"
    "күні дейін қоса|қолданылатын соңғы күн|қолданылу аяқталатын күн қоса алғанда|"
    "valid to inclusive"};

static const struct cq_column contingent[CQ_P_COLUMNS] = {
    [CQ_P_IIN] = {"iin", CQ_TYPE_IIN, true, NULL,
                  "жсн|иин|жеке сәйкестендіру нөмірі|индивидуальный идентификационный номер"},
    [CQ_P_LAST_NAME] = {"last_name", CQ_TYPE_NAME, true, NULL, "тегі|фамилия|фамилиясы"},
    [CQ_P_FIRST_NAME] = {"first_name", CQ_TYPE_NAME, true, NULL, "аты|есімі|имя"},
    [CQ_P_MIDDLE_NAME] = {"middle_name", CQ_TYPE_NAME, false, NULL, "әкесінің аты|отчество"},
    [CQ_P_BIRTH_DATE] = {"birth_date", CQ_TYPE_DATE, true, NULL,
                         "туған күні|дата рождения|день рождения|туылған күні|"
                         "туған күні, айы, жылы|число, месяц, год рождения|дата рожд."},
    [CQ_P_SEX] = {"sex", CQ_TYPE_CHOICE, false, sexes, "жынысы|пол"},
    [CQ_P_CATEGORY] = {"category", CQ_TYPE_CHOICE, true, categories, "санаты|санат|категория"},
    [CQ_P_AGENCY] = {"agency", CQ_TYPE_CHOICE, true, NULL, "орган|органы|ведомство|мекеме"},
    [CQ_P_SPECIAL_RANK] = {"special_rank", CQ_TYPE_BOOLEAN, false, NULL,
                           "арнайы атақ|арнайы атағы|арнаулы атақ|арнаулы атағы|"
                           "специальное звание"},
    [CQ_P_SPONSOR_IIN] = {"sponsor_iin", CQ_TYPE_IIN, false, NULL,
                          "қызметкердің жсн|иин сотрудника"},
    [CQ_P_RELATION] = {"relation", CQ_TYPE_CHOICE, false, relations,
                       "туыстық дәрежесі|туыстығы|степень родства|родство"},
    [CQ_P_CORESIDENT] = {"coresident", CQ_TYPE_BOOLEAN, false, NULL,
                         "бірге тұрады|проживает совместно|совместное проживание"},
    [CQ_P_RESIDENCE] = {"residence", CQ_TYPE_KATO, false, NULL,
                        "тұратын жері|тұрғылықты жері|место жительства|место проживания"},
    [CQ_P_SERVICE_PLACE] = {"service_place", CQ_TYPE_KATO, false, NULL,
                            "қызмет өткеретін жер|қызмет өткеретін жері|қызмет орны|"
                            "место службы|место прохождения службы"},
    [CQ_P_SERVICE_ID] = {"service_id", CQ_TYPE_TEXT, false, NULL,
                         "қызметтік куәлік|служебное удостоверение"},
    [CQ_P_PENSION_CERTIFICATE] = {"pension_certificate", CQ_TYPE_TEXT, false, NULL,
                                  "зейнеткерлік куәлік|пенсионное удостоверение"},
    [CQ_P_DOCUMENT] = {"document", CQ_TYPE_CHOICE, false, documents,
                       "құжат|құжат түрі|документ|вид документа|"
                       "жеке басын куәландыратын құжат|документ, удостоверяющий личность"},
    [CQ_P_DOCUMENT_NO] = {"document_no", CQ_TYPE_TEXT, false, NULL, "құжат нөмірі|номер документа"},
    [CQ_P_KILLED_ON] = {"killed_on", CQ_TYPE_DATE, false, NULL, "қаза тапқан күні|дата гибели"},
    [CQ_P_KILLED_ORDER] = {"killed_order", CQ_TYPE_TEXT, false, NULL,
                           "қаза тапқаны туралы бұйрық|приказ о гибели"},
    [CQ_P_PRESIDENTIAL] = {"presidential", CQ_TYPE_BOOLEAN, false, NULL,
                           "іс басқармасының тізбесі|перечень управления делами|"
                           "перечень удп"},
    [CQ_P_DUTY_INJURY] = {"duty_injury", CQ_TYPE_BOOLEAN, false, NULL,
                          "қызметтегі жарақат|травма на службе|"
                          "травма при исполнении служебных обязанностей"},
    [CQ_P_VALID_FROM] = {"valid_from", CQ_TYPE_DATE, false, NULL,
                         "қолданылу басталатын күн|действует с"},
    [CQ_P_VALID_TO] = {"valid_to", CQ_TYPE_DATE, false, NULL, END_HEADERS},
    [CQ_P_RANK] = {"rank", CQ_TYPE_TEXT, false, NULL, "атағы|шені|звание"},
    [CQ_P_STUDENT_UNTIL] = {"student_until", CQ_TYPE_DATE, false, NULL,
                            "оқу аяқталатын күн|оқуын аяқтайтын күні|обучается до|"
                            "дата окончания обучения"},
    [CQ_P_DISABLED_BEFORE_18] = {"disabled_before_18", CQ_TYPE_BOOLEAN, false, NULL,
                                 "18 жасқа дейінгі мүгедектік|инвалидность до 18 лет|"
                                 "инвалид с детства"},
    [CQ_P_DEPENDENT] = {"dependent", CQ_TYPE_BOOLEAN, false, NULL,
                        "асырауында|асырауындағы|на иждивении|иждивенец"},
    [CQ_P_LISTED_NAMES] = {"listed_names", CQ_TYPE_TEXT, false, NULL, NULL},
};

static const struct cq_column facilities[CQ_F_COLUMNS] = {
    [CQ_F_FACILITY] = {"facility", CQ_TYPE_TEXT, true, NULL, "ұйым коды|код организации"},
    [CQ_F_NAME_KK] = {"name_kk", CQ_TYPE_TEXT, false, NULL, "қазақша атауы"},
    [CQ_F_NAME_RU] = {"name_ru", CQ_TYPE_TEXT, false, NULL, "атауы орысша|наименование"},
    [CQ_F_NAME_EN] = {"name_en", CQ_TYPE_TEXT, false, NULL, NULL},
    [CQ_F_OWNER] = {"owner", CQ_TYPE_CHOICE, true, owners, "иесі|владелец"},
    [CQ_F_KATO] = {"kato", CQ_TYPE_KATO, true, NULL, "әаож|като"},
    [CQ_F_SERVES] = {"serves", CQ_TYPE_KATOS, false, NULL, "қызмет көрсетеді|обслуживает"},
    [CQ_F_SERVICE] = {"service", CQ_TYPE_CHOICE, true, NULL, "қызмет|услуга"},
    [CQ_F_PROFILE] = {"profile", CQ_TYPE_TEXT, false, NULL, "бейіні|профиль"},
    [CQ_F_DEPARTMENT] = {"department", CQ_TYPE_BOOLEAN, false, NULL, "бөлімше|отделение"},
    [CQ_F_SPECIALIST] = {"specialist", CQ_TYPE_BOOLEAN, false, NULL, "маман|специалист"},
    [CQ_F_EQUIPMENT] = {"equipment", CQ_TYPE_BOOLEAN, false, NULL, "жабдық|оборудование"},
    [CQ_F_CAPACITY] = {"capacity", CQ_TYPE_NUMBER, false, NULL, "қуаты|мощность"},
    [CQ_F_VALID_FROM] = {"valid_from", CQ_TYPE_DATE, false, NULL,
                         "қолданылу басталатын күн|действует с"},
    [CQ_F_VALID_TO] = {"valid_to", CQ_TYPE_DATE, false, NULL, END_HEADERS},
};

#define IIN_COLUMN                                                                                 \
    {                                                                                              \
        "iin", CQ_TYPE_IIN, true, NULL, "жсн|иин"                                            \
    }

static const struct cq_column insurance[] = {
    IIN_COLUMN,
    {"insured", CQ_TYPE_BOOLEAN, true, NULL, "сақтандырылған|застрахован"},
    {"paid_until", CQ_TYPE_DATE, false, NULL, "төленген күнге дейін|оплачено по"},
    {"checked_on", CQ_TYPE_DATE, false, NULL, "тексерілген күні|дата проверки"},
};

static const struct cq_column presidential[] = {
    IIN_COLUMN,
    {"valid_from", CQ_TYPE_DATE, false, NULL, "қолданылу басталатын күн|действует с"},
    {"valid_to", CQ_TYPE_DATE, false, NULL, END_HEADERS},
};

static const struct cq_column cards[CQ_C_COLUMNS] = {
    [CQ_C_IIN] = IIN_COLUMN,
    [CQ_C_FACILITY] = {"facility", CQ_TYPE_TEXT, true, NULL,
                       "ұйым коды|емхана коды|емхана|код организации|код поликлиники|поликлиника"},
    [CQ_C_CARD_NO] = {"card_no", CQ_TYPE_TEXT, true, NULL, "карта нөмірі|номер карты"},
    [CQ_C_OPENED_ON] = {"opened_on", CQ_TYPE_DATE, true, NULL, "ашылған күні|дата открытия"},
    [CQ_C_PAPERS] = {"papers", CQ_TYPE_CHOICES, false, cq_paper_names,
                     "құжаттар|көрсетілген құжаттар|ұсынылған құжаттар|ресімдеу құжаттары|"
                     "документы|предъявленные документы|представленные документы|"
                     "документы при оформлении|документы при регистрации"},
    [CQ_C_REGISTERED_ON] = {"registered_on", CQ_TYPE_DATE, false, NULL,
                            "ресімделген күні|тіркелген күні|тіркеу күні|дата оформления|"
                            "дата регистрации|день регистрации"},
};

static const struct cq_column verdicts[CQ_V_COLUMNS] = {
    [CQ_V_IIN] = {"iin", CQ_TYPE_IIN, true, NULL, "жсн|иин"},
    [CQ_V_OTHER_IIN] = {"other_iin", CQ_TYPE_IIN, false, NULL,
                        "екінші жсн|басқа жсн|второй иин|другой иин"},
    [CQ_V_VERDICT] = {"verdict", CQ_TYPE_CHOICE, true, verdicts_of_two, "шешім|решение"},
    [CQ_V_WHOSE] = {"whose", CQ_TYPE_CHOICE, false, NULL,
                    "кімнің мәліметі дұрыс|чьи сведения верны"},
    [CQ_V_START] = {"valid_from", CQ_TYPE_DATE, false, NULL, NULL},
};

static const struct cq_column calendar[CQ_D_COLUMNS] = {
    [CQ_D_DAY] = {"day", CQ_TYPE_DATE, true, NULL, "күн|күні|дата|день"},
    [CQ_D_WORKING] = {"working", CQ_TYPE_BOOLEAN, true, NULL,
                      "жұмыс күні|жұмыс істейді|рабочий|рабочий день"},
    [CQ_D_ACT] = {"act", CQ_TYPE_TEXT, false, NULL, "акт|негізі|негіздеме|основание"},
    [CQ_D_START] = {"valid_from", CQ_TYPE_DATE, false, NULL, NULL},
};

static const struct {
    const struct cq_column *columns;
    size_t count;
    int start, end;
    const char *table;
    size_t later; /* the first column that a later version added; 0 if none */
} kinds[CQ_KINDS] = {
    [CQ_KIND_CONTINGENT] = {contingent, CQ_P_COLUMNS, CQ_P_VALID_FROM, CQ_P_VALID_TO, "person",
                            CQ_P_RANK},
    [CQ_KIND_FACILITIES] = {facilities, CQ_F_COLUMNS, CQ_F_VALID_FROM, CQ_F_VALID_TO, "facility",
                            0},
    [CQ_KIND_INSURANCE] = {insurance, 4, 3, -1, "insurance", 0},
    [CQ_KIND_PRESIDENTIAL] = {presidential, 3, 1, 2, "presidential", 0},
    [CQ_KIND_CARDS] = {cards, CQ_C_COLUMNS, CQ_C_OPENED_ON, -1, "card", CQ_C_PAPERS},
    [CQ_KIND_VERDICTS] = {verdicts, CQ_V_COLUMNS, CQ_V_START, -1, "verdict", 0},
    [CQ_KIND_CALENDAR] = {calendar, CQ_D_COLUMNS, CQ_D_START, -1, "calendar", 0},
};

static bool is_text(enum cq_type type)
{
    return type == CQ_TYPE_NAME || type == CQ_TYPE_TEXT || type == CQ_TYPE_KATOS;
}

/* The registry stores whose words are right by the number of the agency. */
static void set_agencies_by_number(struct cq_list *list)
{
    for (int i = 0; i < 16; i++)
        list->agencies_by_number[i] = "";
    for (int i = 0; list->agencies[i]; i++)
        if (list->agency_numbers[i] > 0 && list->agency_numbers[i] < 16)
            list->agencies_by_number[list->agency_numbers[i]] = list->agencies[i];
    list->columns[CQ_V_WHOSE].values = list->agencies_by_number;
}

/* Whether a column is in the key as it is, not in a hash, and so has no column in the table. */
static bool is_in_key(enum cq_kind kind, size_t column)
{
    switch (kind) {
    case CQ_KIND_CONTINGENT: return column == CQ_P_IIN || column == CQ_P_AGENCY;
    case CQ_KIND_FACILITIES:
    case CQ_KIND_VERDICTS:
    case CQ_KIND_CALENDAR: return false;
    default: return column == 0;
    }
}

void cq_list_init(struct cq_list *list, enum cq_kind kind, const struct cq_law *law)
{
    *list = (struct cq_list){.kind = kind,
                             .law = law,
                             .count = kinds[kind].count,
                             .start = kinds[kind].start,
                             .end = kinds[kind].end};
    list->in_file = kind == CQ_KIND_CONTINGENT ? CQ_P_LISTED_NAMES
                    : kind == CQ_KIND_VERDICTS ? CQ_V_START
                    : kind == CQ_KIND_CALENDAR ? CQ_D_START
                                               : list->count;
    list->later = kinds[kind].later ? kinds[kind].later : list->count;
    memcpy(list->columns, kinds[kind].columns, list->count * sizeof *list->columns);
    for (size_t i = 0; i < law->agency_count && i < 15; i++) {
        list->agencies[i] = law->agencies[i].id;
        list->agency_numbers[i] = law->agencies[i].number;
    }
    if (kind == CQ_KIND_VERDICTS)
        set_agencies_by_number(list);
    list->all = list->count;
    list->through = -1;
    if (kind == CQ_KIND_CONTINGENT) {
        list->columns[CQ_P_AGENCY].values = list->agencies;
        list->columns[list->all++] = full_name;
    }
    if (list->end >= 0) {
        list->through = (int)list->all;
        list->columns[list->all++] = valid_through;
    }
    if (kind == CQ_KIND_FACILITIES)
        list->columns[CQ_F_SERVICE].values = cq_fact_values(CQ_FACT_SERVICE);
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (is_in_key(kind, i) || (int)i == list->start || (int)i == list->end)
            continue;
        list->table_columns[n] =
            (struct cq_table_column){list->columns[i].name, is_text(list->columns[i].type)};
        list->stored[n++] = (int)i;
    }
    list->table = (struct cq_table){kinds[kind].table, list->table_columns, n};
}

size_t cq_list_headers(const struct cq_list *list, bool full, struct cq_column *columns)
{
    memcpy(columns, list->columns, list->all * sizeof *columns);
    for (size_t i = list->in_file; i < list->count; i++)
        columns[i] = (struct cq_column){.name = ""}; /* which no header is */
    if (full && list->kind == CQ_KIND_CONTINGENT) {
        columns[CQ_P_FULL_NAME].required = true;
        columns[CQ_P_LAST_NAME].required = columns[CQ_P_FIRST_NAME].required = false;
    }
    return list->all;
}

int cq_list_agency(const struct cq_list *list, const struct cq_value *value)
{
    return value->present ? list->agency_numbers[value->number] : 0;
}

/* A facility's key is a hash of what names its row: code, service and profile. */
static int64_t facility_key(const struct cq_value *values)
{
    char bytes[2100];
    size_t len = values[CQ_F_FACILITY].text.len;
    size_t profile = values[CQ_F_PROFILE].present ? values[CQ_F_PROFILE].text.len : 0;
    memcpy(bytes, values[CQ_F_FACILITY].text.ptr, len);
    bytes[len] = '\0';
    bytes[len + 1] = (char)values[CQ_F_SERVICE].number;
    if (profile)
        memcpy(bytes + len + 2, values[CQ_F_PROFILE].text.ptr, profile);
    return cq_hash_row(bytes, len + 2 + profile) >> CQ_VERSION_BITS;
}

/* That of a verdict is a hash of both IINs. */
static int64_t pair_key(const struct cq_value *values)
{
    const int64_t pair[2] = {values[CQ_V_IIN].number, values[CQ_V_OTHER_IIN].number};
    return cq_hash_row(pair, sizeof pair) >> CQ_VERSION_BITS;
}

/* That of a day of the calendar counts from before every day that a list can name. */
static int64_t day_key(const struct cq_value *values)
{
    return cq_person_key(values[CQ_D_DAY].number - cq_date_make(1799, 1, 1), 0);
}

int64_t cq_list_key(const struct cq_list *list, const struct cq_value *values, int agency)
{
    if (list->kind == CQ_KIND_CALENDAR)
        return day_key(values);
    if (list->kind == CQ_KIND_VERDICTS)
        return pair_key(values);
    if (list->kind == CQ_KIND_FACILITIES)
        return facility_key(values);
    if (list->kind == CQ_KIND_CONTINGENT && agency == 0)
        agency = cq_list_agency(list, &values[CQ_P_AGENCY]);
    return cq_person_key(values[0].number, agency);
}

bool cq_value_same(const struct cq_value *a, const struct cq_value *b)
{
    return a->present == b->present && a->number == b->number && a->text.len == b->text.len &&
           (a->text.len == 0 || memcmp(a->text.ptr, b->text.ptr, a->text.len) == 0);
}

/* The same for a name in Kazakh letters and as it is typed with Russian ones. */
static int64_t name_key(const struct cq_value *values)
{
    const struct cq_text *last = &values[CQ_P_LAST_NAME].text,
                         *first = &values[CQ_P_FIRST_NAME].text;
    return cq_name_match_key(last->ptr, last->len, first->ptr, first->len);
}

bool cq_list_same_person(const struct cq_value *a, const struct cq_value *b)
{
    return a[CQ_P_BIRTH_DATE].number == b[CQ_P_BIRTH_DATE].number || name_key(a) == name_key(b);
}

enum cq_code cq_list_identity(const struct cq_value *values, int64_t *identity, struct cq_err *err)
{
    struct cq_str text = {0};
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_MIDDLE_NAME; i++) {
        cq_str_put(&text, values[i].text.len ? values[i].text.ptr : "", values[i].text.len);
        cq_str_put(&text, "", 1);
    }
    int64_t birth = values[CQ_P_BIRTH_DATE].number;
    cq_str_put(&text, (const char *)&birth, sizeof birth);
    enum cq_code code = text.failed ? cq_err_set(err, text.failed, NULL) : CQ_OK;
    *identity = code ? 0 : cq_hash_row(text.ptr, text.len);
    cq_str_free(&text);
    return code;
}

uint64_t cq_list_renamed(const struct cq_value *was, const struct cq_value *is)
{
    uint64_t columns = 0;
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_FIRST_NAME; i++) {
        const struct cq_text *a = &was[i].text, *b = &is[i].text;
        if (cq_name_match_key(a->ptr, a->len, "", 0) != cq_name_match_key(b->ptr, b->len, "", 0))
            columns |= (uint64_t)1 << i;
    }
    if (was[CQ_P_BIRTH_DATE].number != is[CQ_P_BIRTH_DATE].number)
        columns |= (uint64_t)1 << CQ_P_BIRTH_DATE;
    return columns;
}

bool cq_list_lost_letters(const struct cq_value *was, const struct cq_value *is)
{
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_MIDDLE_NAME; i++) {
        const struct cq_text *a = &was[i].text, *b = &is[i].text;
        if (cq_name_has_kazakh(a->ptr, a->len) && !cq_name_has_kazakh(b->ptr, b->len) &&
            cq_name_match_key(a->ptr, a->len, "", 0) == cq_name_match_key(b->ptr, b->len, "", 0))
            return true;
    }
    return false;
}

/* Packed form: a word of bits for the columns present, then each present value: a number in groups
 * of seven bits, lowest first, its sign in the lowest bit; or a text after its length in the same
 * form. Columns that came later are packed last, so that a row without them hashes as before. */
enum { NUMBER_MAX = 10 };

/* The column that is packed at a place: those of before, those not in the file, then the later. */
static size_t packed_column(const struct cq_list *list, size_t place)
{
    size_t made = list->count - list->in_file;
    if (place < list->later)
        return place;
    return place < list->later + made ? list->in_file + place - list->later : place - made;
}

static char *write_number(char *to, int64_t number)
{
    uint64_t bits = (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0);
    while (bits > 127) {
        *to++ = (char)(bits | 128);
        bits >>= 7;
    }
    *to++ = (char)bits;
    return to;
}

static const unsigned char *read_number(const unsigned char *from, int64_t *number)
{
    uint64_t bits = 0;
    int shift = 0;
    do
        bits |= (uint64_t)(*from & 127) << shift;
    while (shift += 7, *from++ & 128);
    *number = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
    return from;
}

enum cq_code cq_list_pack(const struct cq_list *list, const struct cq_value *values,
                          struct cq_str *out)
{
    uint32_t present = 0;
    size_t most = sizeof present;
    for (size_t place = 0; place < list->count; place++) {
        size_t i = packed_column(list, place);
        if (values[i].present) {
            present |= 1u << place;
            most += NUMBER_MAX + (is_text(list->columns[i].type) ? values[i].text.len : 0);
        }
    }
    if (cq_str_reserve(out, most))
        return CQ_B_NOMEM;
    char *to = out->ptr + out->len;
    memcpy(to, &present, sizeof present);
    to += sizeof present;
    for (size_t place = 0; place < list->count; place++) {
        size_t i = packed_column(list, place);
        if (!values[i].present)
            continue;
        if (is_text(list->columns[i].type)) {
            to = write_number(to, (int64_t)values[i].text.len);
            memcpy(to, values[i].text.ptr, values[i].text.len);
            to += values[i].text.len;
        } else {
            to = write_number(to, values[i].number);
        }
    }
    *to = '\0';
    out->len = (size_t)(to - out->ptr);
    return CQ_OK;
}

void cq_list_unpack(const struct cq_list *list, const unsigned char *bytes, struct cq_value *values)
{
    uint32_t present;
    memcpy(&present, bytes, sizeof present);
    bytes += sizeof present;
    for (size_t place = 0; place < list->count; place++) {
        size_t i = packed_column(list, place);
        int64_t len;
        values[i] = (struct cq_value){.present = present >> place & 1};
        if (!values[i].present)
            continue;
        if (is_text(list->columns[i].type)) {
            bytes = read_number(bytes, &len);
            values[i].text = (struct cq_text){(const char *)bytes, (size_t)len};
            bytes += len;
        } else {
            bytes = read_number(bytes, &values[i].number);
        }
    }
}
