/* The columns of a request, and the parsing of its cells. */
#include "cq/issue.h"

#include "cq/facts.h"

/* Positions are kept in the registry: add at the end only. The names are cq_urgency_names
 * and cq_measure_names. */
static const char *const urgencies[] = {"planned|жоспарлы|плановая|планово",
                                        "emergency|шұғыл|экстренная|экстренно", NULL};
static const char *const measures[] = {"consultation|консультация|әңгімелесу|беседа",
                                       "training|тренинг", "psycho_correction|психокоррекция",
                                       NULL};

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
    [CQ_REQUEST_PAID] = {"paid", CQ_TYPE_BOOLEAN, false, NULL, "ақылы|платно"},
    [CQ_REQUEST_AS_OF] = {"as_of", CQ_TYPE_DATE, false, NULL, NULL},
    [CQ_REQUEST_INDICATED] = {"indicated", CQ_TYPE_BOOLEAN, false, NULL, NULL},
    [CQ_REQUEST_PACKAGE] = {"package", CQ_TYPE_CHOICE, false, cq_packages, NULL},
    [CQ_REQUEST_DUTY_INJURY] = {"duty_injury", CQ_TYPE_BOOLEAN, false, NULL, NULL},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ICD-10 as the statistical forms write it: C50, I10.0, S72.01. */
static bool is_icd(const struct cq_text *text)
{
    const char *p = text->ptr;
    if ((text->len != 3 && text->len != 5 && text->len != 6) || p[0] < 'A' || p[0] > 'Z')
        return false;
    for (size_t i = 1; i < text->len; i++)
        if (i == 3 ? p[i] != '.' : !is_digit(p[i]))
            return false;
    return true;
}

enum cq_code cq_request_parse(int column, const struct cq_text *field, struct cq_value *value,
                              struct cq_str *scratch)
{
    struct cq_column reading = cq_request_columns[column];
    reading.required = false; /* an empty cell may have a default */
    enum cq_code code = cq_column_parse(&reading, field, value, scratch);
    if (!code && column == CQ_REQUEST_DIAGNOSIS && value->present && !is_icd(&value->text))
        code = CQ_R_ICD;
    return code;
}
