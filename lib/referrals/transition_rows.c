/* Transitions as rows of a CSV, and the list of them. */
#include "cq/transition.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/columns.h"
#include "cq/csvin.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/refno.h"
#include "referrals/texts.h"

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
    if (copy.reason.len &&
        !(copy.reason.ptr = cq_texts_copy(transitions->texts, &transition->reason)))
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

enum cq_code cq_transitions_read(struct cq_transitions *transitions, bool numbers_only,
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
