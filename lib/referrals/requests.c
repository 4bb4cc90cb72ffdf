/* Rows of a CSV: requests and transitions, with their columns. */
#include "issue.h"

#include <stdio.h>
#include <string.h>

#include "cq/csvin.h"
#include "cq/refno.h"
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

/* What cq-eligible answers: it is decided again here, so its answer means nothing. */
static const char *const answers[] = {
    "outcome",   "category",   "agency",       "provider",   "payer",   "referral",
    "documents", "reasons",    "missing",      "rule",       "basis",   "certainty",
    "gaps",      "changes_on", "change_cause", "would_need", "receipt", NULL,
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

static void on_unknown(const struct cq_text *header, const char *nearest, void *context)
{
    struct cq_intake *intake = context;
    char detail[200];
    int len = (int)header->len;
    for (size_t i = 0; answers[i]; i++)
        if (strlen(answers[i]) == header->len && memcmp(answers[i], header->ptr, header->len) == 0)
            return;
    if (nearest)
        snprintf(detail, sizeof detail, "%.*s (%s?)", len, header->ptr, nearest);
    else
        snprintf(detail, sizeof detail, "%.*s", len, header->ptr);
    intake->line = 1;
    cq_intake_report(intake, CQ_W_COLUMN, -1, detail);
}

/* The header: a column that has a default need not be there. */
static enum cq_code map_columns(struct cq_intake *intake, const struct cq_row *header, int *map,
                                struct cq_err *err)
{
    struct cq_column columns[CQ_REQUEST_COLUMNS];
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++) {
        columns[i] = cq_request_columns[i];
        if (intake->options->defaults[i].len)
            columns[i].required = false;
    }
    enum cq_code code =
        cq_columns_map(columns, CQ_REQUEST_COLUMNS, header, NULL, map, on_unknown, intake, err);
    if (code)
        cq_err_at(err, intake->file, 1, NULL);
    return code;
}

/* A transaction makes many look-ups cheap, but one that is open while input is waited for would
 * keep every writer out. The run decided from is fixed, so what is read does not change between. */
static enum cq_code hold_registry(struct cq_intake *intake, bool hold, bool *held,
                                  struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (hold && !*held)
        code = cq_db_begin_read(intake->db, err);
    else if (!hold && *held)
        code = cq_db_commit(intake->db, err);
    if (!code)
        *held = hold;
    return code;
}

enum cq_code cq_intake_read(struct cq_intake *intake, int fd, const char *file, struct cq_err *err)
{
    static const struct cq_text nothing = {"", 0};
    struct cq_csvin *in = NULL;
    const struct cq_row *row = NULL;
    struct cq_text fields[CQ_REQUEST_COLUMNS];
    int map[CQ_REQUEST_COLUMNS];
    enum cq_code bad;
    bool held = false;
    intake->file = file;
    enum cq_code code = cq_csvin_open(&in, fd, file, 0, err);
    if (!code)
        code = map_columns(intake, cq_csvin_header(in), map, err);
    while (!code) {
        code = hold_registry(intake, cq_csvin_ready(in), &held, err);
        if (!code)
            code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (bad) {
            intake->line = row->line;
            cq_intake_report(intake, bad, -1, NULL);
            continue;
        }
        for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
            fields[i] = map[i] < 0 ? nothing : row->fields[map[i]];
        code = cq_intake_add(intake, fields, file, row->line, err);
    }
    if (held)
        cq_db_rollback(intake->db);
    cq_csvin_close(in);
    return code;
}

/* --- transitions --- */

enum {
    TRANSITION_NUMBER,
    TRANSITION_ON,
    TRANSITION_REASON,
    TRANSITION_CONSENT,
    TRANSITION_COLUMNS
};
static const struct cq_column transition_columns[TRANSITION_COLUMNS] = {
    [TRANSITION_NUMBER] = {"number", CQ_TYPE_TEXT, true, NULL, "жолдама коды|код направления"},
    [TRANSITION_ON] = {"on", CQ_TYPE_DATE, false, NULL, "күні|дата"},
    [TRANSITION_REASON] = {"reason", CQ_TYPE_TEXT, false, NULL, "себебі|причина"},
    [TRANSITION_CONSENT] = {"consent", CQ_TYPE_BOOLEAN, false, NULL, "келісім|согласие"},
};

/* Reads the cells of a row; *column becomes that of a wrong one. */
static enum cq_code read_transition(const struct cq_row *row, const int *map,
                                    struct cq_str *scratch, struct cq_transition *transition,
                                    const char **column)
{
    struct cq_value values[TRANSITION_COLUMNS] = {{0}};
    enum cq_code bad = CQ_OK;
    for (int i = 0; i < TRANSITION_COLUMNS && !bad; i++) {
        *column = transition_columns[i].name;
        if (map[i] >= 0)
            bad =
                cq_column_parse(&transition_columns[i], &row->fields[map[i]], &values[i], scratch);
        if (!bad && i == TRANSITION_NUMBER)
            bad = cq_refno_parse(values[i].text.ptr, values[i].text.len, &transition->number);
    }
    const struct cq_value *on = &values[TRANSITION_ON], *consent = &values[TRANSITION_CONSENT];
    transition->day = on->present ? (int32_t)on->number : CQ_DAY_MIN;
    transition->consent = !consent->present ? CQ_UNKNOWN : consent->number ? CQ_YES : CQ_NO;
    transition->line = row->line;
    if (values[TRANSITION_REASON].present)
        transition->reason = values[TRANSITION_REASON].text;
    return bad;
}

enum cq_code cq_transitions_read(struct cq_transitions *transitions, bool numbers_only, int fd,
                                 const char *file,
                                 void (*say)(const struct cq_err *finding, void *context),
                                 void *context, struct cq_err *err)
{
    struct cq_csvin *in = NULL;
    const struct cq_row *row = NULL;
    struct cq_str scratch = {0};
    int map[TRANSITION_COLUMNS];
    enum cq_code bad, code = cq_csvin_open(&in, fd, file, 0, err);
    if (!code) {
        code = cq_columns_map(transition_columns, TRANSITION_COLUMNS, cq_csvin_header(in), NULL,
                              map, NULL, NULL, err);
        cq_err_at(err, file, 1, NULL);
    }
    for (int i = TRANSITION_NUMBER + 1; numbers_only && i < TRANSITION_COLUMNS; i++)
        map[i] = -1;
    while (!code && !(code = cq_csvin_next(in, &row, &bad, err)) && row) {
        struct cq_transition transition = {0};
        const char *column = NULL;
        cq_str_clear(&scratch);
        if (!bad)
            bad = read_transition(row, map, &scratch, &transition, &column);
        if (!bad)
            bad = cq_transitions_add(transitions, &transition);
        if (bad) {
            struct cq_err finding = {0};
            cq_err_record(&finding, bad, NULL);
            cq_err_at(&finding, file, row->line, column);
            say(&finding, context);
        }
        if (bad == CQ_B_NOMEM)
            code = cq_err_set(err, bad, NULL);
    }
    cq_str_free(&scratch);
    cq_csvin_close(in);
    return code;
}
