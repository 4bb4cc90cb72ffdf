/* Reads the request of a row and answers it; person.c and decide.c decide. */
#include "answers/batch_input.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/date.h"
#include "engine/next_change.h"
#include "cq/iin.h"

/* Facts that a row about a person may state; the others come from the registry. */
static const enum cq_fact request_facts[] = {
    CQ_FACT_SERVICE, CQ_FACT_DESTINATION, CQ_FACT_INDICATED, CQ_FACT_PACKAGE, CQ_FACT_DUTY_INJURY};
enum { REQUEST_FACTS = sizeof request_facts / sizeof *request_facts };

const char *cq_batch_column(int column)
{
    static const char *const names[] = {"as_of", "iin", "profile"};
    return column < CQ_FACTS ? cq_fact_name((enum cq_fact)column) : names[column - CQ_FACTS];
}

/* Of rows about people only the facts of the request are read; the registry has the others. */
enum cq_code cq_batch_map_columns(struct cq_batch_run *w, const struct cq_row *header,
                                  struct cq_err *err)
{
    struct cq_column columns[CQ_IN_COLUMNS] = {{0}};
    bool people = w->batch->people;
    for (int i = 0; i < CQ_IN_COLUMNS; i++)
        columns[i].name = cq_batch_column(i);
    columns[CQ_IN_IIN].required = people;
    columns[CQ_IN_IIN].aliases = "жсн|иин";
    enum cq_code code =
        cq_columns_map(columns, CQ_IN_COLUMNS, header, NULL, w->map, NULL, NULL, err);
    for (int i = 0; i < CQ_FACTS && people; i++) {
        bool read = false;
        for (int k = 0; k < REQUEST_FACTS; k++)
            read = read || (int)request_facts[k] == i;
        if (!read)
            w->map[i] = -1;
    }
    if (!people)
        w->map[CQ_IN_IIN] = -1;
    for (int i = 0; i < CQ_FACTS; i++)
        for (int value = 0; value < cq_fact_count((enum cq_fact)i); value++) {
            const char *name = cq_fact_value_name((enum cq_fact)i, value);
            w->values[i][value] =
                (struct cq_batch_value){name, strlen(name), cq_fact_bit((enum cq_fact)i, value)};
        }
    return code;
}

/* A cell of the row, trimmed; empty where the column is not there. */
static struct cq_text cell(const struct cq_batch_run *w, const struct cq_row *row, int column)
{
    int field = w->map[column];
    return field < 0 ? (struct cq_text){"", 0} : cq_text_trim(row->fields[field]);
}

void cq_batch_report_row(struct cq_batch_run *w, enum cq_code code, long line, int column)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, NULL);
    cq_err_at(&finding, w->name, line, column >= 0 ? cq_batch_column(column) : NULL);
    w->batch->report(&finding, w->batch->context);
    *w->bad = true;
}

/* Reads the day of a row; an empty cell is the day of the options. */
static bool read_day(struct cq_batch_run *w, const struct cq_row *row, int32_t *day)
{
    struct cq_text text = cell(w, row, CQ_IN_AS_OF);
    *day = w->batch->request.day;
    if (text.len == 0 || !cq_date_parse(text.ptr, text.len, day))
        return true;
    cq_batch_report_row(w, CQ_X_BAD_FACT, row->line, CQ_IN_AS_OF);
    return false;
}

/* Where no option is given, unknown; the destination of rows of facts, which have no place, is
 * local. */
int cq_batch_default(const struct cq_batch *batch, enum cq_fact fact)
{
    switch (fact) {
    case CQ_FACT_SERVICE: return batch->request.service;
    case CQ_FACT_DESTINATION:
        return batch->request.destination == CQ_UNKNOWN && !batch->people
                   ? CQ_DESTINATION_LOCAL
                   : batch->request.destination;
    case CQ_FACT_INDICATED: return batch->request.indicated;
    case CQ_FACT_PACKAGE: return batch->request.package;
    case CQ_FACT_DUTY_INJURY:
        return batch->given[fact] ? (batch->request.duty_injury ? CQ_YES : CQ_NO) : CQ_UNKNOWN;
    default: return CQ_UNKNOWN;
    }
}

/* Yes and no as in lists, in the order of the facts' values. */
static const char *const booleans[] = {"yes|1|иә|да", "no|0|жоқ|нет", NULL};

/* Reads one fact of a row: its bit, or all bits of the field. Returns whether the cell is valid. */
static bool read_fact(struct cq_batch_run *w, struct cq_batch_item *item, enum cq_fact fact,
                      uint64_t *bits)
{
    struct cq_text text = cell(w, item->row, (int)fact);
    int value;
    if (text.len == 0) {
        value = cq_batch_default(w->batch, fact);
        *bits = value == CQ_UNKNOWN ? cq_fact_field(fact) : w->values[fact][value].bit;
        item->given[fact] = w->batch->given[fact];
        return true;
    }
    item->given[fact] = true;
    for (const struct cq_batch_value *candidate = w->values[fact]; candidate->name; candidate++)
        if (candidate->len == text.len && memcmp(candidate->name, text.ptr, text.len) == 0) {
            *bits = candidate->bit;
            return true;
        }
    value = cq_fact_count(fact) == 2 ? cq_choice_find(booleans, text.ptr, text.len) : -1;
    if (value >= 0 && strcmp(cq_fact_value_name(fact, CQ_YES), "yes") == 0) {
        *bits = cq_fact_bit(fact, value);
        return true;
    }
    *bits = cq_fact_field(fact);
    cq_batch_report_row(w, CQ_X_BAD_FACT, item->row->line, (int)fact);
    return false;
}

static void decide_facts(const struct cq_law *law, int32_t day, uint64_t word,
                         struct cq_answer *answer)
{
    answer->facts = word;
    answer->category = cq_facts_get(word, CQ_FACT_CATEGORY);
    answer->agency = 0;
    answer->facility = "";
    answer->changes_on = CQ_DAY_MAX;
    answer->change_cause = "";
    cq_decide(law, day, word, &answer->decision);
}

static void refuse(struct cq_batch_item *item, const char *reason)
{
    item->count = 1;
    cq_answer_refuse(&item->answers[0], reason);
    cq_answer_refuse(&item->second, reason);
}

static void answer_facts(struct cq_batch_run *w, struct cq_batch_item *item, bool good)
{
    uint64_t word = 0, bits;
    int32_t day = item->request.day;
    struct cq_answer *answer = &item->answers[0];
    for (int i = 0; i < CQ_FACTS; i++) {
        good = read_fact(w, item, (enum cq_fact)i, &bits) && good;
        word |= bits;
    }
    item->request.service = cq_facts_get(word, CQ_FACT_SERVICE);
    item->request.destination = cq_facts_get(word, CQ_FACT_DESTINATION);
    item->count = 1;
    if (!good) {
        refuse(item, "bad_fact");
        return;
    }
    decide_facts(w->batch->law, day, word, answer);
    if (w->batch->second_law)
        decide_facts(w->batch->second_law, day, word, &item->second);
    answer->changes_on =
        cq_next_change(w->batch->law, w->law_days, w->law_day_count, day, word, &answer->decision);
    if (answer->changes_on != CQ_DAY_MAX)
        answer->change_cause = "law";
}

enum cq_code cq_batch_decide(struct cq_batch_run *w, struct cq_batch_item *item, struct cq_err *err)
{
    struct cq_people *people = w->batch->people;
    struct cq_answer second[CQ_ROLES_MAX];
    int count;
    if (item->person == 0) {
        refuse(item, "bad_iin");
        return CQ_OK;
    }
    enum cq_code code =
        cq_people_decide(people, item->person, &item->request, item->answers, &item->count, err);
    if (!code && w->batch->second_law) {
        code = cq_people_decide_second(people, item->person, &item->request, second, &count, err);
        item->second = second[0];
    }
    if (!w->batch->roles)
        item->count = 1;
    /* Under two laws most rows are not written; batch_output.c computes the next change of the
     * others. */
    return code || w->batch->second_law
               ? code
               : cq_people_next_change(people, item->person, &item->request, item->answers,
                                       item->count, err);
}

static enum cq_code answer_person(struct cq_batch_run *w, struct cq_batch_item *item, bool good,
                                  struct cq_err *err)
{
    int values[CQ_FACTS];
    uint64_t bits;
    item->iin = cell(w, item->row, CQ_IN_IIN);
    for (int i = 0; i < REQUEST_FACTS; i++) {
        good = read_fact(w, item, request_facts[i], &bits) && good;
        values[request_facts[i]] = cq_facts_get(bits, request_facts[i]);
    }
    item->request.service = values[CQ_FACT_SERVICE];
    if (cq_iin_parse(item->iin.ptr, item->iin.len, &item->person)) {
        item->person = 0;
        cq_batch_report_row(w, CQ_X_BAD_IIN, item->row->line, CQ_IN_IIN);
        refuse(item, "bad_iin");
        return CQ_OK;
    }
    if (!good) {
        refuse(item, "bad_fact");
        return CQ_OK;
    }
    item->request.destination = values[CQ_FACT_DESTINATION];
    item->request.indicated = values[CQ_FACT_INDICATED];
    item->request.package = values[CQ_FACT_PACKAGE];
    item->request.duty_injury = values[CQ_FACT_DUTY_INJURY] == CQ_YES;
    if (cell(w, item->row, CQ_IN_PROFILE).len)
        item->request.profile = cell(w, item->row, CQ_IN_PROFILE);
    return cq_batch_decide(w, item, err);
}

enum cq_code cq_batch_answer(struct cq_batch_run *w, struct cq_batch_item *item, struct cq_err *err)
{
    item->request = w->batch->request;
    bool good = read_day(w, item->row, &item->request.day);
    if (w->batch->people)
        return answer_person(w, item, good, err);
    answer_facts(w, item, good);
    return CQ_OK;
}
