/* Recomputes receipts under the loaded law tables and, with a registry, from the facts as they were
 * known at the run; compares each with the cells of the row it is in. */
#include "cq/replay.h"

#include <stdlib.h>
#include <string.h>

#include "answers/receipt_row.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "cq/person.h"
#include "engine/receipt.h"
#include "cq/registry.h"

static const char *const outcome_names[] = {"damaged", "altered", "law",       "data", /* by bit */
                                            "engine",  "missing", "version_1", "newer"};
enum { OUTCOMES = sizeof outcome_names / sizeof *outcome_names };

struct replay_run {
    const struct cq_replay *replay;
    const char *name;
    struct cq_receipt_map map;
    size_t *passed, passed_count;
    struct cq_out *out;
    struct cq_str found, differs; /* the two columns */
    struct cq_people *people;     /* as the run left the registry */
    int64_t run, last_run;
    struct cq_answer answers[CQ_ROLES_MAX];
};

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

/* The question of a receipt, asked again. */
static struct cq_request request_of(const struct cq_receipt *receipt, struct cq_text profile)
{
    struct cq_request request =
        cq_request_default(cq_facts_get(receipt->facts, CQ_FACT_SERVICE), receipt->day);
    request.urgency = receipt->asked[0];
    request.destination = receipt->asked[1];
    request.indicated = receipt->asked[2];
    request.package = receipt->asked[3];
    request.duty_injury = receipt->asked[4] == CQ_YES;
    request.profile = profile;
    return request;
}

/* Reads the facts of the receipt's person again and compares them. */
static enum cq_code compare_facts(struct replay_run *w, const struct cq_row *row,
                                  const struct cq_receipt *receipt, unsigned *found,
                                  struct cq_err *err)
{
    struct cq_text iin = cq_receipt_cell(&w->map, row, CQ_RECEIPT_IIN);
    struct cq_text profile = cq_receipt_cell(&w->map, row, CQ_RECEIPT_MORE + CQ_MORE_PROFILE);
    const struct cq_answer *role;
    int64_t person;
    int count = 0;
    if (!iin.ptr || cq_iin_parse(iin.ptr, iin.len, &person))
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
    struct cq_request request = request_of(receipt, profile);
    if (cq_receipt_more(receipt) == 0) /* a referral: its facility decides the city */
        request.facility = cq_receipt_cell(&w->map, row, CQ_RECEIPT_MORE + CQ_MORE_FACILITY);
    code = cq_people_decide(w->people, person, &request, w->answers, &count, err);
    if (code)
        return code;
    role = find_role(w, count, receipt->facts);
    code = cq_receipt_compare(receipt->facts, role->facts, found, &w->differs);
    return code || *found & CQ_REPLAY_LAW ? code
                                          : cq_receipt_row_person(&w->map, w->replay->law, receipt,
                                                                  row, role, found, &w->differs);
}

static enum cq_code replay_good(struct replay_run *w, const struct cq_row *row,
                                const struct cq_receipt *receipt, unsigned *found,
                                struct cq_err *err)
{
    struct cq_text decided[CQ_RECEIPT_DECIDED];
    enum cq_code code =
        cq_receipt_row_compare(&w->map, w->replay->law, receipt, row, found, &w->differs);
    for (int i = 0; i < CQ_RECEIPT_DECIDED; i++)
        decided[i] = cq_receipt_cell(&w->map, row, CQ_RECEIPT_DECISION + i);
    if (!code)
        code = cq_receipt_replay(w->replay->law, receipt, decided, found, &w->differs);
    if (!code && w->replay->db && receipt->of_person && receipt->run > 0)
        code = compare_facts(w, row, receipt, found, err);
    return code;
}

static void report_row(struct replay_run *w, enum cq_code code, long line, const char *column,
                       struct cq_text detail)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, "%.*s", (int)detail.len, detail.ptr);
    cq_err_at(&finding, w->name, line, column);
    w->replay->report(&finding, w->replay->context);
}

/* Replays the receipt of a row, and says what it is where it cannot be. */
static enum cq_code replay_receipt(struct replay_run *w, const struct cq_row *row, unsigned *found,
                                   struct cq_err *err)
{
    struct cq_text text = cq_receipt_cell(&w->map, row, CQ_RECEIPT_TEXT);
    struct cq_receipt receipt;
    if (text.len == 0) {
        *found |= cq_receipt_row_decided(&w->map, row) ? CQ_REPLAY_MISSING : 0;
        return CQ_OK;
    }
    switch (cq_receipt_read(text.ptr, text.len, &receipt)) {
    case CQ_RECEIPT_GOOD: return replay_good(w, row, &receipt, found, err);
    case CQ_RECEIPT_DAMAGED: *found |= CQ_REPLAY_DAMAGED; break;
    case CQ_RECEIPT_FIRST:
        *found |= CQ_REPLAY_FIRST;
        report_row(w, CQ_X_RECEIPT_FIRST, row->line, "receipt", receipt.version);
        break;
    case CQ_RECEIPT_NEWER:
        *found |= CQ_REPLAY_NEWER;
        report_row(w, CQ_X_RECEIPT_NEWER, row->line, "receipt", receipt.version);
        break;
    }
    return CQ_OK;
}

static enum cq_code replay_row(struct replay_run *w, const struct cq_row *row, bool *differs,
                               struct cq_err *err)
{
    unsigned found = 0;
    cq_str_clear(&w->found);
    cq_str_clear(&w->differs);
    enum cq_code code = replay_receipt(w, row, &found, err);
    for (int i = 0; i < OUTCOMES; i++)
        if (found >> i & 1)
            cq_str_printf(&w->found, "%s%s", w->found.len ? ";" : "", outcome_names[i]);
    if (found == 0 && cq_receipt_cell(&w->map, row, CQ_RECEIPT_TEXT).len > 0)
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
        code = cq_out_open_for(&w->out, fd, w->replay->format, w->replay->reader, titles,
                               w->passed_count + 2, err);
    }
    free(titles);
    return code;
}

bool cq_replay_names_people(const struct cq_csvin *in)
{
    return cq_receipt_names_people(cq_csvin_header(in));
}

static enum cq_code replay_rows(struct replay_run *w, struct cq_csvin *in, bool *differs,
                                struct cq_err *err)
{
    const struct cq_row *row;
    char detail[CQ_CSVIN_DETAIL];
    enum cq_code bad, code = CQ_OK;
    while (!code) {
        code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (bad) {
            report_row(w, bad, row->line, NULL, cq_text_of(cq_csvin_detail(in, row, bad, detail)));
            *differs = true;
        } else {
            code = replay_row(w, row, differs, err);
        }
    }
    return code;
}

enum cq_code cq_replay_csv(const struct cq_replay *replay, struct cq_csvin *in, const char *name,
                           int fd, bool *differs, struct cq_err *err)
{
    struct replay_run *w = calloc(1, sizeof *w);
    if (!w)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    w->replay = replay;
    w->name = name;
    enum cq_code code = cq_receipt_map(&w->map, replay->law, cq_csvin_header(in), err);
    if (code)
        cq_err_at(err, name, cq_csvin_header(in)->line, NULL);
    if (!code && replay->db)
        code = cq_run_known(replay->db, INT64_MAX, &w->last_run, err);
    if (!code)
        code = open_out(w, cq_csvin_header(in), fd, err);
    if (!code)
        code = replay_rows(w, in, differs, err);
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
