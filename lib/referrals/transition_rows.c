/* Transitions as rows of a CSV, and the list of them. */
#include "cq/transition.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/columns.h"
#include "cq/csvin.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/lists.h"
#include "cq/refno.h"
#include "referrals/texts.h"

struct cq_transition cq_transition_of(int64_t number)
{
    return (struct cq_transition){.number = number,
                                  .day = CQ_DAY_MIN,
                                  .consent = CQ_UNKNOWN,
                                  .commission_on = CQ_DAY_MIN,
                                  .planned_on = CQ_DAY_MIN};
}

enum cq_code cq_transitions_add(struct cq_transitions *transitions,
                                const struct cq_transition *transition)
{
    if (!transitions->texts && !(transitions->texts = cq_texts_new()))
        return CQ_B_NOMEM;
    struct cq_transition *list = cq_grow(transitions->list, transitions->count + 1,
                                         &transitions->room, sizeof *transitions->list);
    if (!list)
        return CQ_B_NOMEM;
    transitions->list = list;
    struct cq_transition copy = *transition;
    struct cq_text *const texts[] = {&copy.reason, &copy.bureau_code, &copy.commission_no};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i]->len && !(texts[i]->ptr = cq_texts_copy(transitions->texts, texts[i])))
            return CQ_B_NOMEM;
    transitions->list[transitions->count++] = copy;
    return CQ_OK;
}

void cq_transitions_free(struct cq_transitions *transitions)
{
    free(transitions->list);
    cq_texts_free(transitions->texts);
    *transitions = (struct cq_transitions){0};
}

enum {
    TRANSITION_NUMBER,
    TRANSITION_ON,
    TRANSITION_REASON,
    TRANSITION_CONSENT,
    TRANSITION_BUREAU_CODE,
    TRANSITION_COMMISSION_NO,
    TRANSITION_COMMISSION_ON,
    TRANSITION_PLANNED_ON,
    TRANSITION_APPOINTED_ON,
    TRANSITION_COLUMNS
};
static const struct cq_column transition_columns[TRANSITION_COLUMNS] = {
    [TRANSITION_NUMBER] = {"number", CQ_TYPE_TEXT, true, NULL, "жолдама коды|код направления"},
    [TRANSITION_ON] = {"on", CQ_TYPE_DATE, false, NULL, "күні|дата"},
    [TRANSITION_REASON] = {"reason", CQ_TYPE_TEXT, false, NULL, "себебі|причина"},
    [TRANSITION_CONSENT] = {"consent", CQ_TYPE_BOOLEAN, false, NULL, "келісім|согласие"},
    [TRANSITION_BUREAU_CODE] = {"bureau_code", CQ_TYPE_TEXT, false, NULL,
                                "емдеуге жатқызу бюросының коды|код бюро госпитализации"},
    [TRANSITION_COMMISSION_NO] = {"commission_no", CQ_TYPE_TEXT, false, NULL,
                                  "комиссия шешімінің нөмірі|номер решения комиссии"},
    [TRANSITION_COMMISSION_ON] = {"commission_on", CQ_TYPE_DATE, false, NULL,
                                  "комиссия шешімінің күні|дата решения комиссии"},
    [TRANSITION_PLANNED_ON] = {"planned_on", CQ_TYPE_DATE, false, NULL,
                               "жоспарланған күн|планируемая дата"},
    [TRANSITION_APPOINTED_ON] = {"appointed_on", CQ_TYPE_DATE, false, NULL,
                                 "берілген күн|назначенная дата"},
};
/* What must be read for a column to be read: CQ_READS_*; 0 for always. */
static const unsigned column_reads[TRANSITION_COLUMNS] = {
    [TRANSITION_ON] = CQ_READS_MOVE,
    [TRANSITION_REASON] = CQ_READS_MOVE,
    [TRANSITION_CONSENT] = CQ_READS_MOVE,
    [TRANSITION_BUREAU_CODE] = CQ_READS_ADMISSION,
    [TRANSITION_COMMISSION_NO] = CQ_READS_ADMISSION,
    [TRANSITION_COMMISSION_ON] = CQ_READS_ADMISSION,
    [TRANSITION_PLANNED_ON] = CQ_READS_ANSWER,
    [TRANSITION_APPOINTED_ON] = CQ_READS_ANSWER,
};

static int32_t day_of(const struct cq_value *value)
{
    return value->present ? (int32_t)value->number : CQ_DAY_MIN;
}

static struct cq_text text_of(const struct cq_value *value)
{
    return value->present && !cq_text_states_nothing(value->text) ? value->text
                                                                  : (struct cq_text){"", 0};
}

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
    const struct cq_value *consent = &values[TRANSITION_CONSENT];
    transition->day = day_of(&values[TRANSITION_ON]);
    transition->consent = !consent->present ? CQ_UNKNOWN : consent->number ? CQ_YES : CQ_NO;
    transition->commission_on = day_of(&values[TRANSITION_COMMISSION_ON]);
    transition->planned_on =
        day_of(&values[map[TRANSITION_APPOINTED_ON] < 0 ? TRANSITION_PLANNED_ON
                                                        : TRANSITION_APPOINTED_ON]);
    transition->line = row->line;
    transition->reason = text_of(&values[TRANSITION_REASON]);
    transition->bureau_code = text_of(&values[TRANSITION_BUREAU_CODE]);
    transition->commission_no = text_of(&values[TRANSITION_COMMISSION_NO]);
    return bad;
}

enum cq_code cq_transitions_read(struct cq_transitions *transitions, unsigned reads,
                                 const struct cq_csv_input *input, cq_finding_fn *report,
                                 void *context, struct cq_err *err)
{
    struct cq_csvin *in = NULL;
    const struct cq_row *row = NULL;
    struct cq_str scratch = {0};
    int map[TRANSITION_COLUMNS];
    enum cq_code bad,
        code = cq_columns_open(&in, input, transition_columns, TRANSITION_COLUMNS, NULL, err);
    if (!code) {
        code = cq_columns_map(transition_columns, TRANSITION_COLUMNS, cq_csvin_header(in), NULL,
                              map, NULL, NULL, err);
        cq_err_at(err, input->name, cq_csvin_header(in)->line, NULL);
    }
    for (int i = TRANSITION_NUMBER + 1; i < TRANSITION_COLUMNS; i++)
        if (!(column_reads[i] & reads))
            map[i] = -1;
    if (map[TRANSITION_APPOINTED_ON] >= 0)
        map[TRANSITION_PLANNED_ON] = -1; /* of referrals: the day that was asked for */
    while (!code && !(code = cq_csvin_next(in, &row, &bad, err)) && row) {
        struct cq_transition transition = cq_transition_of(0);
        const char *column = NULL;
        cq_str_clear(&scratch);
        if (!bad)
            bad = read_transition(row, map, &scratch, &transition, &column);
        if (!bad)
            bad = cq_transitions_add(transitions, &transition);
        if (bad) {
            struct cq_err finding = {0};
            char detail[CQ_CSVIN_DETAIL];
            cq_err_record(&finding, bad, "%s", cq_csvin_detail(in, row, bad, detail));
            cq_err_at(&finding, input->name, row->line, column);
            report(&finding, context);
        }
        if (bad == CQ_B_NOMEM)
            code = cq_err_set(err, bad, NULL);
    }
    if (in) {
        cq_csvin_passed(in, &transitions->blank, &transitions->skipped);
        cq_csvin_report_sheet(in, report, context);
    }
    cq_str_free(&scratch);
    cq_csvin_close(in);
    return code;
}
