/* Questions in rows. What a row asks for is read here; the answer is person.c's or decide.c's. */
#include "cq/batch.h"

#include <stdlib.h>
#include <string.h>

#include "cq/columns.h"
#include "cq/date.h"
#include "cq/foresee.h"
#include "cq/iin.h"

/* Columns that say what is asked, after the facts: the first ones are the facts by number. */
enum { IN_AS_OF = CQ_FACTS, IN_IIN, IN_PROFILE, IN_COLUMNS };

/* Facts that a row of people may ask for; the others are the registry's to know. */
static const enum cq_fact asked[] = {CQ_FACT_SERVICE, CQ_FACT_DESTINATION, CQ_FACT_INDICATED,
                                     CQ_FACT_PACKAGE, CQ_FACT_DUTY_INJURY};

struct work {
    const struct cq_batch *batch;
    const char *name;
    int map[IN_COLUMNS];          /* field of each input column, -1 for none */
    size_t *passed;               /* fields handed through, in order */
    size_t passed_count;
    int repeated[6];              /* request columns written at the end: IN_* */
    size_t repeated_count;
    struct cq_out *out;
    struct cq_answers *answers;
    int32_t *law_days;
    size_t law_day_count;
    bool *bad;
};

static const char *column_name(int column)
{
    static const char *const names[] = {"as_of", "iin", "profile"};
    return column < CQ_FACTS ? cq_fact_name((enum cq_fact)column) : names[column - CQ_FACTS];
}

/* Finds the columns that matter in the header. People: the registry knows their facts, so only what
 * is asked is read. */
static enum cq_code map_header(struct work *w, const struct cq_row *header, struct cq_err *err)
{
    struct cq_column columns[IN_COLUMNS] = {{0}};
    bool people = w->batch->people != NULL;
    for (int i = 0; i < IN_COLUMNS; i++)
        columns[i].name = column_name(i);
    columns[IN_IIN].required = people;
    columns[IN_IIN].aliases = "жсн|иин";
    enum cq_code code =
        cq_columns_map(columns, IN_COLUMNS, header, NULL, w->map, NULL, NULL, err);
    for (int i = 0; i < IN_COLUMNS && people; i++) {
        bool read = i >= CQ_FACTS;
        for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
            read = read || (int)asked[k] == i;
        if (!read)
            w->map[i] = -1;
    }
    if (!people)
        w->map[IN_IIN] = -1;
    return code;
}

static bool is_answer_column(const struct cq_text *name)
{
    for (int i = 0; i < CQ_ANSWER_COLUMNS; i++)
        if (strlen(cq_answer_columns[i]) == name->len &&
            memcmp(cq_answer_columns[i], name->ptr, name->len) == 0)
            return true;
    return false;
}

/* Request options that the input does not say itself are repeated at the end of each row, so that
 * the output asks the same question again: cq-eligible … | cq-refer issue. */
static void find_repeated(struct work *w)
{
    static const int order[] = {IN_PROFILE, CQ_FACT_DESTINATION, CQ_FACT_INDICATED,
                                CQ_FACT_PACKAGE, CQ_FACT_DUTY_INJURY};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        bool given = order[i] == IN_PROFILE ? w->batch->profile_given : w->batch->given[order[i]];
        if (given && w->map[order[i]] < 0)
            w->repeated[w->repeated_count++] = order[i];
    }
}

static enum cq_code open_out(struct work *w, const struct cq_row *header, int fd,
                             struct cq_err *err)
{
    size_t count = header->count + CQ_ANSWER_COLUMNS + w->repeated_count, n = 0;
    struct cq_text *names = malloc(count * sizeof *names);
    w->passed = malloc(header->count * sizeof *w->passed);
    if (!names || (!w->passed && header->count)) {
        free(names);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    for (size_t i = 0; i < header->count; i++)
        if (!is_answer_column(&header->fields[i])) {
            w->passed[w->passed_count++] = i;
            names[n++] = header->fields[i];
        }
    for (int i = 0; i < CQ_ANSWER_COLUMNS; i++)
        names[n++] = (struct cq_text){cq_answer_columns[i], strlen(cq_answer_columns[i])};
    for (size_t i = 0; i < w->repeated_count; i++) {
        const char *name = column_name(w->repeated[i]);
        names[n++] = (struct cq_text){name, strlen(name)};
    }
    enum cq_code code = cq_out_open(&w->out, fd, w->batch->format, names, n, err);
    free(names);
    return code;
}

/* A cell of the row, trimmed; empty where the column is not there. */
static struct cq_text cell(const struct work *w, const struct cq_row *row, int column)
{
    int field = w->map[column];
    return field < 0 ? (struct cq_text){"", 0} : cq_text_trim(row->fields[field]);
}

static void find_bad(struct work *w, enum cq_code code, long line, int column)
{
    struct cq_err finding = {0};
    cq_err_set(&finding, code, NULL);
    cq_err_at(&finding, w->name, line, column >= 0 ? column_name(column) : NULL);
    w->batch->say(&finding, w->batch->context);
    *w->bad = true;
}

/* Reads the day of a row; an empty cell is the day of the options. */
static bool read_day(struct work *w, const struct cq_row *row, int32_t *day)
{
    struct cq_text text = cell(w, row, IN_AS_OF);
    *day = w->batch->request.day;
    if (text.len == 0 || cq_date_parse(text.ptr, text.len, day) == CQ_OK)
        return true;
    find_bad(w, CQ_X_BAD_FACT, row->line, IN_AS_OF);
    return false;
}

/* What the options say of a fact, where an option was given; else what the fact is if nobody says:
 * local for the destination, unknown for the others. */
static int fact_default(const struct cq_batch *batch, enum cq_fact fact)
{
    switch (fact) {
    case CQ_FACT_SERVICE:
        return batch->request.service;
    case CQ_FACT_DESTINATION:
        return batch->request.destination;
    case CQ_FACT_INDICATED:
        return batch->request.indicated;
    case CQ_FACT_PACKAGE:
        return batch->request.package;
    case CQ_FACT_DUTY_INJURY:
        return batch->given[fact] ? (batch->request.duty_injury ? CQ_YES : CQ_NO) : CQ_UNKNOWN;
    default:
        return CQ_UNKNOWN;
    }
}

/* Reads one fact of a row. Returns whether the cell is right. */
static bool read_fact(struct work *w, const struct cq_row *row, enum cq_fact fact, int *value)
{
    struct cq_text text = cell(w, row, (int)fact);
    *value = text.len ? cq_fact_value_find(fact, text.ptr, text.len)
                      : fact_default(w->batch, fact);
    if (text.len == 0 || *value >= 0)
        return true;
    find_bad(w, CQ_X_BAD_FACT, row->line, (int)fact);
    return false;
}

/* Answers a row of facts. */
static void answer_facts(struct work *w, const struct cq_row *row, int32_t day, bool good,
                         int *service, struct cq_answer *answer)
{
    uint64_t word = cq_facts_all;
    for (int i = 0; i < CQ_FACTS; i++) {
        int value;
        good = read_fact(w, row, (enum cq_fact)i, &value) && good;
        cq_facts_set(&word, (enum cq_fact)i, value);
    }
    *service = cq_facts_get(word, CQ_FACT_SERVICE);
    if (!good) {
        cq_answer_refuse(answer, "bad_fact");
        return;
    }
    answer->facts = word;
    answer->category = cq_facts_get(word, CQ_FACT_CATEGORY);
    answer->agency = 0;
    answer->facility = "";
    cq_decide(w->batch->law, day, word, &answer->decision);
    answer->changes_on = cq_foresee_facts(w->batch->law, w->law_days, w->law_day_count, day, word,
                                          &answer->decision);
    answer->change_cause = answer->changes_on == CQ_DAY_MAX ? "" : "law";
}

/* Decides for a person and foresees what will be written. */
static enum cq_code decide_person(struct work *w, int64_t iin, const struct cq_request *request,
                                  struct cq_answer *answers, int *count, struct cq_err *err)
{
    enum cq_code code = cq_people_decide(w->batch->people, iin, request, answers, count, err);
    if (!code && !w->batch->roles)
        *count = 1;
    return code ? code
                : cq_people_foresee(w->batch->people, iin, request, answers, *count, err);
}

/* Answers a row of a person: the roles, the one that answers first. */
static enum cq_code answer_person(struct work *w, const struct cq_row *row, int32_t day, bool good,
                                  int *service, struct cq_answer *answers, int *count,
                                  struct cq_err *err)
{
    struct cq_request request = w->batch->request;
    struct cq_text text = cell(w, row, IN_IIN);
    int values[CQ_FACTS];
    int64_t iin;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        good = read_fact(w, row, asked[i], &values[asked[i]]) && good;
    *service = values[CQ_FACT_SERVICE];
    *count = 1;
    if (cq_iin_parse(text.ptr, text.len, &iin) != CQ_OK) {
        find_bad(w, CQ_X_BAD_IIN, row->line, IN_IIN);
        cq_answer_refuse(&answers[0], "bad_iin");
        return CQ_OK;
    }
    if (!good) {
        cq_answer_refuse(&answers[0], "bad_fact");
        return CQ_OK;
    }
    request.day = day;
    request.service = values[CQ_FACT_SERVICE];
    request.destination = values[CQ_FACT_DESTINATION];
    request.indicated = values[CQ_FACT_INDICATED];
    request.package = values[CQ_FACT_PACKAGE];
    request.duty_injury = values[CQ_FACT_DUTY_INJURY] == CQ_YES;
    if (w->map[IN_PROFILE] >= 0 && cell(w, row, IN_PROFILE).len)
        request.profile = cell(w, row, IN_PROFILE);
    return decide_person(w, iin, &request, answers, count, err);
}

static void put_repeated(struct work *w)
{
    const struct cq_request *request = &w->batch->request;
    for (size_t i = 0; i < w->repeated_count; i++) {
        int column = w->repeated[i];
        int value = column < CQ_FACTS ? fact_default(w->batch, (enum cq_fact)column) : CQ_UNKNOWN;
        if (column == IN_PROFILE)
            cq_out_text(w->out, request->profile.ptr, request->profile.len);
        else
            cq_out_string(w->out, value == CQ_UNKNOWN
                                      ? ""
                                      : cq_fact_value_name((enum cq_fact)column, value));
    }
}

static enum cq_code put_row(struct work *w, const struct cq_row *row, int32_t day, int service,
                            const struct cq_answer *answer, struct cq_err *err)
{
    for (size_t i = 0; i < w->passed_count; i++)
        cq_out_text(w->out, row->fields[w->passed[i]].ptr, row->fields[w->passed[i]].len);
    enum cq_code code =
        cq_answers_put(w->answers, w->out, w->batch->format, day, service, answer, err);
    put_repeated(w);
    return code ? code : cq_out_end(w->out, err);
}

static enum cq_code answer_row(struct work *w, const struct cq_row *row, struct cq_answer *answers,
                               struct cq_err *err)
{
    int32_t day;
    int service, count = 1;
    enum cq_code code = CQ_OK;
    bool good = read_day(w, row, &day);
    if (w->batch->people)
        code = answer_person(w, row, day, good, &service, answers, &count, err);
    else
        answer_facts(w, row, day, good, &service, &answers[0]);
    if (service < 0)
        service = CQ_UNKNOWN;
    if (!w->batch->roles)
        count = 1;
    for (int i = 0; i < count && !code; i++)
        code = put_row(w, row, day, service, &answers[i], err);
    return code;
}

static enum cq_code finish(struct work *w, enum cq_code code, struct cq_err *err)
{
    if (code)
        cq_out_abandon(w->out);
    else
        code = cq_out_close(w->out, err);
    cq_answers_free(w->answers);
    free(w->passed);
    free(w->law_days);
    return code;
}

enum cq_code cq_batch_csv(const struct cq_batch *batch, struct cq_csvin *in, const char *name,
                          int fd, bool *bad_rows, struct cq_err *err)
{
    struct work w = {.batch = batch, .name = name, .bad = bad_rows};
    struct cq_answer *answers = calloc(CQ_ROLES_MAX, sizeof *answers);
    const struct cq_row *row = NULL;
    enum cq_code bad, code = answers ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = map_header(&w, cq_csvin_header(in), err);
    if (code)
        cq_err_at(err, name, 1, NULL);
    if (!code) {
        find_repeated(&w);
        code = cq_answers_new(&w.answers, batch->law, err);
    }
    if (!code)
        code = cq_law_days(batch->law, &w.law_days, &w.law_day_count, err);
    if (!code)
        code = open_out(&w, cq_csvin_header(in), fd, err);
    while (!code) {
        if (!cq_csvin_ready(in)) /* a pipe may make us wait: let go of what is done */
            code = cq_out_flush(w.out, err);
        if (!code)
            code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (bad)
            find_bad(&w, bad, row->line, -1);
        else
            code = answer_row(&w, row, answers, err);
    }
    free(answers);
    return finish(&w, code, err);
}

static enum cq_code put_person(struct work *w, int64_t iin, const struct cq_text *text,
                               struct cq_answer *answers, bool *refused, struct cq_err *err)
{
    int count = 1;
    char digits[12];
    struct cq_text field = *text;
    struct cq_row row = {.fields = &field, .count = 1};
    enum cq_code code = CQ_OK;
    if (iin == 0)
        cq_answer_refuse(&answers[0], "bad_iin");
    else
        code = decide_person(w, iin, &w->batch->request, answers, &count, err);
    if (!field.ptr)
        field = (struct cq_text){digits, cq_iin_write(digits, iin)};
    if (!code && !answers[0].decision.entitled)
        *refused = true;
    if (!w->batch->roles)
        count = 1;
    for (int i = 0; i < count && !code; i++)
        code = put_row(w, &row, w->batch->request.day, w->batch->request.service, &answers[i],
                       err);
    return code;
}

enum cq_code cq_batch_iins(const struct cq_batch *batch, char *const *iins, int count, int fd,
                           bool *refused, struct cq_err *err)
{
    static const struct cq_text name = {"iin", 3};
    const struct cq_row header = {.fields = &name, .count = 1};
    struct work w = {.batch = batch};
    struct cq_answer *answers = calloc(CQ_ROLES_MAX, sizeof *answers);
    enum cq_code code = answers ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int i = 0; i < IN_COLUMNS; i++)
        w.map[i] = -1;
    find_repeated(&w);
    if (!code)
        code = cq_answers_new(&w.answers, batch->law, err);
    if (!code)
        code = open_out(&w, &header, fd, err);
    for (int i = 0; i < count && !code; i++) {
        struct cq_text text = {iins[i], strlen(iins[i])};
        int64_t iin;
        if (cq_iin_parse(text.ptr, text.len, &iin) != CQ_OK)
            iin = 0;
        code = put_person(&w, iin, &text, answers, refused, err);
    }
    for (int64_t iin = 0; !code && count == 0;) {
        static const struct cq_text none = {NULL, 0};
        code = cq_people_next(batch->people, iin, batch->request.day, &iin, err);
        if (code || iin == 0)
            break;
        code = put_person(&w, iin, &none, answers, refused, err);
    }
    free(answers);
    return finish(&w, code, err);
}
