/* Reads the request of a row and answers it; person.c and decide.c decide. */
#include "answers/batch_input.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/date.h"
#include "engine/fact_cells.h"
#include "engine/next_change.h"
#include "cq/iin.h"

const enum cq_fact cq_batch_request_facts[CQ_REQUEST_FACTS] = {
    CQ_FACT_SERVICE,   CQ_FACT_URGENCY, CQ_FACT_DESTINATION,
    CQ_FACT_INDICATED, CQ_FACT_PACKAGE, CQ_FACT_DUTY_INJURY};

const char *cq_batch_column(int column)
{
    static const char *const names[] = {"as_of", "iin", "profile", "agency", "payer", "amount"};
    return column < CQ_FACTS ? cq_fact_name((enum cq_fact)column) : names[column - CQ_FACTS];
}

static enum cq_batch_rows rows_of(const struct cq_batch *batch)
{
    return !batch->people ? CQ_BATCH_FACTS : batch->claims ? CQ_BATCH_CLAIMS : CQ_BATCH_PEOPLE;
}

/* Of rows about people only the facts of the request are read; the registry has the others. */
static bool is_read(enum cq_batch_rows rows, int column)
{
    if (column == CQ_IN_PAYER || column == CQ_IN_AMOUNT)
        return rows == CQ_BATCH_CLAIMS;
    if (rows == CQ_BATCH_FACTS)
        return column != CQ_IN_IIN && column != CQ_IN_PROFILE;
    for (int i = 0; i < CQ_REQUEST_FACTS; i++)
        if ((int)cq_batch_request_facts[i] == column)
            return true;
    return column == CQ_IN_AS_OF || column == CQ_IN_IIN || column == CQ_IN_PROFILE;
}

/* The columns of the input: headers are codes, or the words of the law tables in any language. */
struct input_columns {
    struct cq_column columns[CQ_IN_COLUMNS];
    struct cq_str aliases[CQ_IN_COLUMNS];
};

static enum cq_code name_columns(struct input_columns *in, const struct cq_law *law,
                                 enum cq_batch_rows rows, struct cq_err *err)
{
    bool people = rows != CQ_BATCH_FACTS;
    enum cq_code code = CQ_OK;
    for (int i = 0; i < CQ_IN_COLUMNS; i++) {
        const char *name = cq_batch_column(i);
        in->columns[i].name = is_read(rows, i) ? name : ""; /* which no header is */
        if ((i <= CQ_IN_AS_OF || i == CQ_IN_PAYER) && is_read(rows, i))
            cq_label_aliases(NULL,
                             cq_law_word(law, i < CQ_FACTS ? "fact" : "case", name, strlen(name)),
                             &in->aliases[i]);
        if (i == CQ_IN_AS_OF && rows == CQ_BATCH_CLAIMS)
            cq_str_puts(&in->aliases[i], "|көмек күні|көмек көрсетілген күн|дата помощи|"
                                         "дата оказания помощи|дата оказания услуги|date of care");
        in->columns[i].aliases = in->aliases[i].ptr;
        code = code ? code : in->aliases[i].failed;
    }
    in->columns[CQ_IN_IIN].required = people;
    in->columns[CQ_IN_IIN].aliases = people ? "жсн|иин" : NULL;
    in->columns[CQ_IN_PROFILE].aliases = people ? "бейіні|профиль" : NULL;
    in->columns[CQ_IN_PAYER].required = rows == CQ_BATCH_CLAIMS;
    in->columns[CQ_IN_AMOUNT].aliases = rows == CQ_BATCH_CLAIMS ? "сома|сомасы|сумма" : NULL;
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

static void free_columns(struct input_columns *in)
{
    for (int i = 0; i < CQ_IN_COLUMNS; i++)
        cq_str_free(&in->aliases[i]);
}

enum cq_code cq_batch_open(const struct cq_law *law, enum cq_batch_rows rows, struct cq_csvin **in,
                           const struct cq_csv_input *input, struct cq_err *err)
{
    struct input_columns columns = {0};
    *in = NULL;
    enum cq_code code = name_columns(&columns, law, rows, err);
    if (!code)
        code = cq_columns_open(in, input, columns.columns, CQ_IN_COLUMNS, NULL, err);
    if (!code && rows == CQ_BATCH_FACTS)
        cq_csvin_keep_all(*in); /* an empty cell is an unknown fact */
    free_columns(&columns);
    return code;
}

/* Claims without a day are decided for one that none of them may mean. */
static void warn_of_day(struct cq_batch_run *w)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, CQ_W_CLAIMS_DAY, NULL);
    cq_err_at(&finding, w->name, 1, NULL);
    w->batch->report(&finding, w->batch->context);
}

enum cq_code cq_batch_map_columns(struct cq_batch_run *w, const struct cq_row *header,
                                  struct cq_err *err)
{
    struct input_columns columns = {0};
    enum cq_code code = name_columns(&columns, w->batch->law, rows_of(w->batch), err);
    if (!code)
        code =
            cq_columns_map(columns.columns, CQ_IN_COLUMNS, header, NULL, w->map, NULL, NULL, err);
    free_columns(&columns);
    if (!code && w->batch->claims && !w->batch->day_given && w->map[CQ_IN_AS_OF] < 0)
        warn_of_day(w);
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

void cq_batch_report_bad(struct cq_batch_run *w, const struct cq_csvin *in,
                         const struct cq_row *row, enum cq_code bad)
{
    char detail[CQ_CSVIN_DETAIL];
    struct cq_err finding = {0};
    cq_err_record(&finding, bad, "%s", cq_csvin_detail(in, row, bad, detail));
    cq_err_at(&finding, w->name, row->line, NULL);
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

/* Where no option is given, unknown; but rows of facts, which have no place, have a destination, and
 * requests of people an urgency. */
int cq_batch_default(const struct cq_batch *batch, enum cq_fact fact)
{
    switch (fact) {
    case CQ_FACT_SERVICE: return batch->request.service;
    case CQ_FACT_URGENCY:
        return batch->given[fact] || batch->people ? batch->request.urgency : CQ_UNKNOWN;
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

/* The slot of a cell. Two cells may share one: that only costs time. */
static struct cq_batch_cell *slot_of(struct cq_batch_run *w, enum cq_fact fact, struct cq_text text)
{
    const unsigned char *s = (const unsigned char *)text.ptr;
    size_t mixed = (size_t)fact * 67 + text.len * 13 + s[0] * 7U + s[text.len / 2] * 3U +
                   s[text.len - 1];
    return &w->cells[mixed % CQ_BATCH_CELLS];
}

/* The values of a cell that is not empty: most cells were read before. */
static uint64_t read_values(struct cq_batch_run *w, enum cq_fact fact, struct cq_text text)
{
    struct cq_batch_cell *slot = slot_of(w, fact, text);
    if (slot->bits && slot->fact == fact && slot->len == text.len &&
        memcmp(slot->text, text.ptr, text.len) == 0)
        return slot->bits;
    uint64_t bits = cq_fact_cell_read(w->batch->law, fact, text);
    if (text.len <= sizeof slot->text) {
        *slot = (struct cq_batch_cell){.fact = fact, .bits = bits, .len = text.len};
        memcpy(slot->text, text.ptr, text.len);
    }
    return bits;
}

/* Whether a fact has one value: the question itself; of people the registry asks for no more. */
static bool is_single(const struct cq_batch *batch, enum cq_fact fact)
{
    return batch->people || fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
}

/* Reads one fact of a row: the bits of its values. Returns whether the cell is valid. */
static bool read_fact(struct cq_batch_run *w, struct cq_batch_item *item, enum cq_fact fact,
                      uint64_t *bits)
{
    struct cq_text text = cell(w, item->row, (int)fact);
    if (text.len == 0) {
        int value = cq_batch_default(w->batch, fact);
        *bits = value == CQ_UNKNOWN ? cq_fact_field(fact) : cq_fact_bit(fact, value);
        item->given[fact] = w->batch->given[fact];
        return true;
    }
    item->given[fact] = true;
    *bits = read_values(w, fact, text);
    if (*bits && ((*bits & (*bits - 1)) == 0 || !is_single(w->batch, fact)))
        return true;
    cq_batch_report_row(w, *bits ? CQ_X_ONE_VALUE : CQ_X_BAD_FACT, item->row->line, (int)fact);
    *bits = cq_fact_field(fact);
    return false;
}

/* The agency of a row of facts, by its code or name; 0 where it is none. No fact, but an answer
 * repeats it. */
static int find_agency(const struct cq_batch_run *w, const struct cq_row *row)
{
    const struct cq_law *law = w->batch->law;
    struct cq_text text = cell(w, row, CQ_IN_AGENCY);
    for (size_t i = 0; i < law->agency_count && text.len > 0; i++) {
        const struct cq_agency *a = &law->agencies[i];
        const char *const words[] = {a->id, a->name[CQ_KK], a->name[CQ_RU], a->name[CQ_EN], NULL};
        if (cq_choice_find(words, text.ptr, text.len) >= 0)
            return a->number;
    }
    return 0;
}

static void decide_facts(const struct cq_law *law, int32_t day, uint64_t word, int agency,
                         struct cq_answer *answer)
{
    answer->facts = word;
    answer->category = cq_facts_get(word, CQ_FACT_CATEGORY);
    answer->agency = agency;
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
    int agency = find_agency(w, item->row);
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
    decide_facts(w->batch->law, day, word, agency, answer);
    if (w->batch->second_law)
        decide_facts(w->batch->second_law, day, word, agency, &item->second);
    answer->changes_on =
        cq_next_change(w->batch->law, w->law_days, w->law_day_count, day, word, &answer->decision);
    if (answer->changes_on != CQ_DAY_MAX)
        answer->change_cause = "law";
}

enum cq_code cq_batch_decide(struct cq_batch_run *w, struct cq_batch_item *item, struct cq_err *err)
{
    struct cq_people *people = w->batch->people;
    if (item->person == 0) {
        refuse(item, "bad_iin");
        return CQ_OK;
    }
    enum cq_code code =
        cq_people_decide(people, item->person, &item->request, item->answers, &item->count, err);
    if (!w->batch->roles)
        item->count = 1;
    return code || w->claims ? code
                             : cq_people_next_change(people, item->person, &item->request,
                                                     item->answers, item->count, err);
}

/* Reads what a claim says beside the request. Returns whether its cells are valid. */
static bool read_claim(struct cq_batch_run *w, struct cq_batch_item *item)
{
    struct cq_text amount = cell(w, item->row, CQ_IN_AMOUNT);
    enum cq_code payer =
        cq_claims_payer(w->claims, cell(w, item->row, CQ_IN_PAYER), &item->claim.payer);
    enum cq_code bad = CQ_OK;
    item->claim.has_amount = amount.len > 0;
    if (amount.len > 0)
        bad = cq_amount_parse(amount.ptr, amount.len, &item->claim.amount);
    if (payer)
        cq_batch_report_row(w, payer, item->row->line, CQ_IN_PAYER);
    if (bad)
        cq_batch_report_row(w, bad, item->row->line, CQ_IN_AMOUNT);
    return !payer && !bad;
}

static enum cq_code answer_person(struct cq_batch_run *w, struct cq_batch_item *item, bool good,
                                  struct cq_err *err)
{
    int values[CQ_FACTS];
    uint64_t bits;
    item->iin = cell(w, item->row, CQ_IN_IIN);
    for (int i = 0; i < CQ_REQUEST_FACTS; i++) {
        enum cq_fact fact = cq_batch_request_facts[i];
        good = read_fact(w, item, fact, &bits) && good;
        values[fact] = cq_facts_get(bits, fact);
    }
    item->request.service = values[CQ_FACT_SERVICE];
    item->request.urgency = values[CQ_FACT_URGENCY];
    item->request.destination = values[CQ_FACT_DESTINATION];
    item->request.indicated = values[CQ_FACT_INDICATED];
    item->request.package = values[CQ_FACT_PACKAGE];
    item->request.duty_injury = values[CQ_FACT_DUTY_INJURY] == CQ_YES;
    if (cell(w, item->row, CQ_IN_PROFILE).len)
        item->request.profile = cell(w, item->row, CQ_IN_PROFILE);
    item->claim = (struct cq_claim){.verdict = CQ_CLAIM_UNJUDGED};
    if (w->claims)
        good = read_claim(w, item) && good;
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
    item->claim.read = true;
    return w->batch->second_law ? CQ_OK : cq_batch_decide(w, item, err);
}

enum cq_code cq_batch_answer(struct cq_batch_run *w, struct cq_batch_item *item, struct cq_err *err)
{
    item->request = w->batch->request;
    item->count = 0;
    bool good = read_day(w, item->row, &item->request.day);
    if (w->batch->people)
        return answer_person(w, item, good, err);
    answer_facts(w, item, good);
    return CQ_OK;
}
