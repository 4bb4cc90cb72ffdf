/* Recomputes receipts under the loaded law tables and, with a registry, from the facts as they were
 * known at the run. */
#include "cq/replay.h"

#include <stdlib.h>
#include <string.h>

#include "cq/columns.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "cq/person.h"
#include "engine/receipt.h"
#include "cq/registry.h"

enum { IN_RECEIPT, IN_IIN, IN_PROFILE, IN_DUTY_INJURY, IN_COLUMNS };

static const struct cq_column columns[IN_COLUMNS] = {
    [IN_RECEIPT] = {"receipt", CQ_TYPE_TEXT, true, NULL, NULL},
    [IN_IIN] = {"iin", CQ_TYPE_IIN, false, NULL, "жсн|иин"},
    [IN_PROFILE] = {"profile", CQ_TYPE_TEXT, false, NULL, NULL},
    [IN_DUTY_INJURY] = {"duty_injury", CQ_TYPE_BOOLEAN, false, NULL, NULL},
};

/* Yes in rows, as cq-eligible reads it. */
static const char *const yes_words[] = {"yes|1|иә|да", NULL};

static const char *const outcome_names[4] = {"damaged", "law", "data", "engine"}; /* by bit */

struct replay_run {
    const struct cq_replay *replay;
    int map[IN_COLUMNS];
    size_t *passed, passed_count;
    struct cq_out *out;
    struct cq_str found, differs; /* the two columns */
    struct cq_people *people;     /* as the run left the registry */
    int64_t run, last_run;
    struct cq_answer answers[CQ_ROLES_MAX];
};

static struct cq_text cell(const struct replay_run *w, const struct cq_row *row, int column)
{
    int field = w->map[column];
    return field < 0 ? (struct cq_text){"", 0} : cq_text_trim(row->fields[field]);
}

/* Opens the registry as a run left it; people is NULL if there is no such run. */
static enum cq_code open_run(struct replay_run *w, int64_t run, struct cq_err *err)
{
    if (w->people && w->run == run)
        return CQ_OK;
    cq_people_close(w->people);
    w->people = NULL;
    w->run = run;
    return run > w->last_run ? CQ_OK
                             : cq_people_open(&w->people, w->replay->db, w->replay->law, run, err);
}

/* The role of the receipt: the same facts, else the same category, else the first. */
static const struct cq_answer *find_role(const struct replay_run *w, int count, uint64_t facts)
{
    const struct cq_answer *found = NULL;
    for (int i = 0; i < count; i++)
        if (w->answers[i].facts == facts)
            return &w->answers[i];
    for (int i = 0; i < count && !found; i++)
        if (w->answers[i].category == cq_facts_get(facts, CQ_FACT_CATEGORY))
            found = &w->answers[i];
    return found ? found : &w->answers[0];
}

/* Reads the facts of the receipt's person again and compares them. */
static enum cq_code compare_facts(struct replay_run *w, const struct cq_row *row,
                                  const struct cq_receipt *receipt, unsigned *found,
                                  struct cq_err *err)
{
    struct cq_text iin = cell(w, row, IN_IIN), injury = cell(w, row, IN_DUTY_INJURY);
    struct cq_request request =
        cq_request_default(cq_facts_get(receipt->facts, CQ_FACT_SERVICE), receipt->day);
    int64_t person;
    int count = 0;
    if (cq_iin_parse(iin.ptr, iin.len, &person))
        return CQ_OK;
    enum cq_code code = open_run(w, receipt->run, err);
    if (code)
        return code;
    if (!w->people) {
        *found |= CQ_REPLAY_DATA;
        cq_str_printf(&w->differs, "%srun:%lld>%lld", w->differs.len ? ";" : "",
                      (long long)receipt->run, (long long)w->last_run);
        return CQ_OK;
    }
    request.destination = cq_facts_get(receipt->facts, CQ_FACT_DESTINATION);
    request.indicated = cq_facts_get(receipt->facts, CQ_FACT_INDICATED);
    request.package = cq_facts_get(receipt->facts, CQ_FACT_PACKAGE);
    request.profile = cell(w, row, IN_PROFILE);
    request.duty_injury = cq_choice_find(yes_words, injury.ptr, injury.len) == 0;
    code = cq_people_decide(w->people, person, &request, w->answers, &count, err);
    return code ? code
                : cq_receipt_compare(receipt->facts, find_role(w, count, receipt->facts)->facts,
                                     found, &w->differs);
}

static enum cq_code replay_row(struct replay_run *w, const struct cq_row *row, bool *differs,
                               struct cq_err *err)
{
    struct cq_text text = cell(w, row, IN_RECEIPT);
    struct cq_receipt receipt;
    unsigned found = 0;
    enum cq_code code = CQ_OK;
    cq_str_clear(&w->found);
    cq_str_clear(&w->differs);
    if (text.len > 0 && !cq_receipt_read(text.ptr, text.len, &receipt))
        found = CQ_REPLAY_DAMAGED;
    else if (text.len > 0)
        code = cq_receipt_replay(w->replay->law, &receipt, &found, &w->differs);
    if (!code && text.len > 0 && found != CQ_REPLAY_DAMAGED && w->replay->db &&
        w->map[IN_IIN] >= 0 && receipt.run > 0)
        code = compare_facts(w, row, &receipt, &found, err);
    for (int i = 0; i < 4; i++)
        if (found >> i & 1)
            cq_str_printf(&w->found, "%s%s", w->found.len ? ";" : "", outcome_names[i]);
    if (found == 0 && text.len > 0)
        cq_str_puts(&w->found, "ok");
    if (!code)
        code = w->found.failed ? w->found.failed : w->differs.failed;
    if (code)
        return cq_err_set(err, code, NULL);
    *differs = *differs || found;
    for (size_t i = 0; i < w->passed_count; i++)
        cq_out_text(w->out, row->fields[w->passed[i]].ptr, row->fields[w->passed[i]].len);
    cq_out_text(w->out, w->found.ptr ? w->found.ptr : "", w->found.len);
    cq_out_text(w->out, w->differs.ptr ? w->differs.ptr : "", w->differs.len);
    return cq_out_end(w->out, err);
}

static enum cq_code open_out(struct replay_run *w, const struct cq_row *header, int fd,
                             struct cq_err *err)
{
    struct cq_text *titles = malloc((header->count + 2) * sizeof *titles);
    w->passed = malloc((header->count + 1) * sizeof *w->passed);
    enum cq_code code = titles && w->passed ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < header->count && !code; i++)
        if (!cq_text_is(header->fields[i], "replay") && !cq_text_is(header->fields[i], "differs")) {
            titles[w->passed_count] = header->fields[i];
            w->passed[w->passed_count++] = i;
        }
    if (!code) {
        titles[w->passed_count] = cq_text_of("replay");
        titles[w->passed_count + 1] = cq_text_of("differs");
        code = cq_out_open(&w->out, fd, w->replay->format, titles, w->passed_count + 2, err);
    }
    free(titles);
    return code;
}

bool cq_replay_names_people(const struct cq_csvin *in)
{
    int map[IN_COLUMNS];
    struct cq_err ignored = {0};
    return !cq_columns_map(columns, IN_COLUMNS, cq_csvin_header(in), NULL, map, NULL, NULL,
                           &ignored) &&
           map[IN_IIN] >= 0;
}

enum cq_code cq_replay_csv(const struct cq_replay *replay, struct cq_csvin *in, const char *name,
                           int fd, bool *differs, struct cq_err *err)
{
    struct replay_run *w = calloc(1, sizeof *w);
    const struct cq_row *row = NULL;
    if (!w)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    w->replay = replay;
    enum cq_code bad, code = cq_columns_map(columns, IN_COLUMNS, cq_csvin_header(in), NULL, w->map,
                                            NULL, NULL, err);
    if (code)
        cq_err_at(err, name, 1, NULL);
    if (!code && replay->db)
        code = cq_run_known(replay->db, INT64_MAX, &w->last_run, err);
    if (!code)
        code = open_out(w, cq_csvin_header(in), fd, err);
    while (!code) {
        code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (bad) {
            struct cq_err finding = {0};
            cq_err_record(&finding, bad, NULL);
            cq_err_at(&finding, name, row->line, NULL);
            replay->report(&finding, replay->context);
            *differs = true;
        } else {
            code = replay_row(w, row, differs, err);
        }
    }
    if (code)
        cq_out_abandon(w->out);
    else
        code = cq_out_close(w->out, err);
    cq_people_close(w->people);
    cq_str_free(&w->found);
    cq_str_free(&w->differs);
    free(w->passed);
    free(w);
    return code;
}
