/* The columns of a request, and the parsing of its cells. */
#include "cq/issue.h"

#include <string.h>

#include "cq/facts.h"
#include "cq/lists.h"
#include "cq/refno.h"
#include "cq/terms.h"

/* Positions are kept in the registry: add at the end only. The names are cq_urgency_names,
 * cq_measure_names, cq_occasion_names and cq_paid_by_names. */
static const char *const urgencies[] = {"planned", "emergency", NULL};
static const char *const measures[] = {"consultation", "training", "psycho_correction", NULL};
static const char *const occasions[] = {"main_disease",     "acute", "surgery", "injury", "chronic",
                                        "limited_function", NULL};
static const char *const sources[] = {"own_funds", "voluntary_insurance", "other", NULL};

const struct cq_column cq_request_columns[CQ_REQUEST_COLUMNS] = {
    [CQ_REQUEST_IIN] = {"iin", CQ_TYPE_IIN, true, NULL,
                        "жсн|иин|жеке сәйкестендіру нөмірі|индивидуальный идентификационный номер"},
    [CQ_REQUEST_SERVICE] = {"service", CQ_TYPE_CHOICE, true, cq_services, "қызмет|услуга"},
    [CQ_REQUEST_PROFILE] = {"profile", CQ_TYPE_TEXT, false, NULL,
                            "бейіні|төсек бейіні|профиль|профиль койки"},
    [CQ_REQUEST_DESTINATION] = {"destination", CQ_TYPE_CHOICE, false, cq_destinations, NULL},
    [CQ_REQUEST_FACILITY] = {"facility", CQ_TYPE_TEXT, false, NULL, "ұйым коды|код организации"},
    [CQ_REQUEST_DIAGNOSIS] = {"diagnosis", CQ_TYPE_TEXT, false, NULL, "диагноз|мкб-10|код мкб-10"},
    [CQ_REQUEST_INDICATION] =
        {"indication", CQ_TYPE_TEXT, false, NULL,
         "медициналық көрсетілімдер|көрсетілім|медицинские показания|показания"},
    [CQ_REQUEST_URGENCY] = {"urgency", CQ_TYPE_CHOICE, false, urgencies, "шұғылдығы|срочность"},
    [CQ_REQUEST_FROM_FACILITY] = {"from_facility", CQ_TYPE_TEXT, false, NULL,
                                  "жіберуші ұйым|направившая организация"},
    [CQ_REQUEST_REFERRER] = {"referrer", CQ_TYPE_TEXT, false, NULL,
                             "жіберуші дәрігер|направивший врач"},
    [CQ_REQUEST_PLANNED_ON] = {"planned_on", CQ_TYPE_DATE, false, NULL,
                               "жоспарланған күн|планируемая дата"},
    [CQ_REQUEST_BUREAU_CODE] = {"bureau_code", CQ_TYPE_TEXT, false, NULL,
                                "емдеуге жатқызу бюросының коды|код бюро госпитализации"},
    [CQ_REQUEST_MEASURE] = {"measure", CQ_TYPE_CHOICE, false, measures, "іс-шара|мероприятие"},
    [CQ_REQUEST_CONSENT] = {"consent", CQ_TYPE_BOOLEAN, false, NULL, "келісім|согласие"},
    [CQ_REQUEST_OCCASION] = {"occasion", CQ_TYPE_CHOICE, false, occasions,
                             "оңалту негізі|оңалту себебі|основание реабилитации|повод"},
    [CQ_REQUEST_PAID_BY] = {"paid_by", CQ_TYPE_CHOICE, false, sources,
                            "ақы төлеу көзі|кім төлейді|источник оплаты|кто платит"},
    [CQ_REQUEST_COMMISSION_NO] = {"commission_no", CQ_TYPE_TEXT, false, NULL,
                                  "комиссия шешімінің нөмірі|номер решения комиссии"},
    [CQ_REQUEST_COMMISSION_ON] = {"commission_on", CQ_TYPE_DATE, false, NULL,
                                  "комиссия шешімінің күні|дата решения комиссии"},
    [CQ_REQUEST_FOUND_IN] = {"found_in", CQ_TYPE_TEXT, false, NULL,
                             "анықталған жолдама|выявлено по направлению"},
    [CQ_REQUEST_AS_OF] = {"as_of", CQ_TYPE_DATE, false, NULL, NULL},
    [CQ_REQUEST_INDICATED] = {"indicated", CQ_TYPE_BOOLEAN, false, NULL, NULL},
    [CQ_REQUEST_PACKAGE] = {"package", CQ_TYPE_CHOICE, false, cq_packages, NULL},
    [CQ_REQUEST_DUTY_INJURY] = {"duty_injury", CQ_TYPE_BOOLEAN, false, NULL, NULL},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The letter of a code; Cyrillic ones that look like it are taken for it. Returns its length, 0
 * where there is no letter; *letter is 0 for a Cyrillic one that looks like none. */
static size_t read_letter(const struct cq_text *text, char *letter)
{
    static const struct {
        const char *cyrillic; /* capital and small */
        char latin;
    } alike[] = {{"Аа", 'A'}, {"Вв", 'B'}, {"Сс", 'C'}, {"Ее", 'E'}, {"Нн", 'H'},
                 {"Іі", 'I'}, {"Јј", 'J'}, {"Кк", 'K'}, {"Мм", 'M'}, {"Оо", 'O'},
                 {"Рр", 'P'}, {"Ѕѕ", 'S'}, {"Тт", 'T'}, {"Хх", 'X'}, {"Уу", 'Y'}};
    *letter = text->len > 0 ? text->ptr[0] : '\0';
    if ((*letter | 0x20) >= 'a' && (*letter | 0x20) <= 'z') {
        *letter = (char)(*letter & ~0x20);
        return 1;
    }
    *letter = '\0';
    if (text->len < 2 || (unsigned char)text->ptr[0] < 0xD0 || (unsigned char)text->ptr[0] > 0xD4)
        return 0;
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (memcmp(text->ptr, alike[i].cyrillic, 2) == 0 ||
            memcmp(text->ptr, alike[i].cyrillic + 2, 2) == 0)
            *letter = alike[i].latin;
    return 2;
}

/* Reads an ICD-10 code as the statistical forms write it: C50, I10.0, S72.01. A small letter, one
 * that looks like it, and a comma for the point are rewritten. */
static enum cq_code read_icd(struct cq_text *text, struct cq_str *scratch)
{
    char icd[6];
    size_t n = read_letter(text, &icd[0]), len = 1;
    if (n == 0)
        return CQ_R_ICD;
    for (size_t i = n; i < text->len; i++, len++) {
        char c = text->ptr[i] == ',' ? '.' : text->ptr[i];
        if (len == sizeof icd || (len == 3 ? c != '.' : !is_digit(c)))
            return CQ_R_ICD;
        icd[len] = c;
    }
    if (len != 3 && len != 5 && len != 6)
        return CQ_R_ICD;
    if (icd[0] == '\0')
        return CQ_R_ICD_LETTER;
    if (text->len == len && memcmp(text->ptr, icd, len) == 0)
        return CQ_OK;
    enum cq_code code = cq_column_reserve(scratch);
    if (code)
        return code;
    cq_str_put(scratch, icd, len);
    *text = (struct cq_text){scratch->ptr + scratch->len - len, len};
    return CQ_OK;
}

/* Reads a code, or yes or no, by the words for it. */
static enum cq_code parse_word(const struct cq_law *law, const struct cq_column *column,
                               const struct cq_text *field, enum cq_code bad,
                               struct cq_value *value)
{
    static const char *const answers[] = {"no", "yes", NULL};
    struct cq_text text = cq_text_trim(*field);
    int found = bad == CQ_R_VALUE ? cq_term_find(law, column->name, column->values, text)
                                  : cq_term_find(law, "answer", answers, text);
    if (found < 0)
        return bad;
    *value = (struct cq_value){.present = true, .number = found};
    return CQ_OK;
}

enum cq_code cq_request_parse(const struct cq_law *law, int column, const struct cq_text *field,
                              struct cq_value *value, struct cq_str *scratch)
{
    struct cq_column reading = cq_request_columns[column];
    reading.required = false; /* an empty cell may have a default */
    enum cq_code code = cq_column_parse(&reading, field, value, scratch);
    if (code == CQ_R_VALUE || code == CQ_R_BOOLEAN)
        code = parse_word(law, &reading, field, code, value);
    if (code || !value->present)
        return code;
    if (reading.type == CQ_TYPE_TEXT && cq_text_states_nothing(value->text)) {
        *value = (struct cq_value){.present = false};
        return CQ_OK;
    }
    if (column == CQ_REQUEST_FOUND_IN)
        return cq_refno_parse(value->text.ptr, value->text.len, &value->number);
    return column == CQ_REQUEST_DIAGNOSIS ? read_icd(&value->text, scratch) : CQ_OK;
}
