/* Registrations into the registry: requests of one person, the judgement, the numbers, the run. */
#include "cq/list.h"
#include "cq/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/audit.h"
#include "cq/date.h"
#include "cq/lists.h"
#include "people/papers.h"
#include "referrals/card_numbers.h"
#include "referrals/register_judge.h"

static int by_person(const void *a, const void *b)
{
    const struct cq_registration *x = *(struct cq_registration *const *)a,
                                 *y = *(struct cq_registration *const *)b;
    if (x->iin != y->iin)
        return x->iin < y->iin ? -1 : 1;
    return (x > y) - (x < y);
}

static bool same_request(const struct cq_registration *a, const struct cq_registration *b)
{
    return a->papers == b->papers && a->on == b->on && cq_text_equal(a->facility, b->facility) &&
           cq_text_equal(a->card_no, b->card_no);
}

/* Takes equal requests of a person once, and refuses different ones. */
static void settle(struct cq_registrations *batch, struct cq_registration **requests, size_t count)
{
    bool same = true;
    for (size_t i = 1; i < count; i++)
        same = same && same_request(requests[0], requests[i]);
    for (size_t i = same ? 1 : 0; i < count && count > 1; i++) {
        cq_registrations_report(batch, same ? CQ_W_DUPLICATE : CQ_R_DUPLICATE, requests[i]->line,
                                CQ_REGISTER_IIN, NULL, requests[i]);
        requests[i]->state = CQ_REGISTERED_REFUSED;
    }
}

/* Finds people whom several requests name. */
static enum cq_code settle_all(struct cq_registrations *batch, struct cq_err *err)
{
    struct cq_registration **requests = calloc(batch->count + 1, sizeof *requests);
    if (!requests)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < batch->count; i++)
        requests[i] = &batch->list[i];
    if (batch->count > 1)
        qsort(requests, batch->count, sizeof *requests, by_person);
    for (size_t i = 0, last; i < batch->count; i = last) {
        for (last = i; last < batch->count && requests[last]->iin == requests[i]->iin;)
            last++;
        settle(batch, &requests[i], last - i);
    }
    free(requests);
    return CQ_OK;
}

/* Tells what is lacking; it is no reason to refuse anything. */
static enum cq_code report_papers(struct cq_registrations *batch, struct cq_err *err)
{
    struct cq_str lacking = {0}, words = {0};
    for (size_t i = 0; i < batch->count; i++) {
        struct cq_registration *r = &batch->list[i];
        if (r->state == CQ_REGISTERED_REFUSED)
            continue;
        cq_str_clear(&lacking);
        cq_str_clear(&words);
        cq_papers_lacking(r->documents, r->papers, &lacking);
        if (lacking.len > 0)
            cq_papers_words(batch->options->law, batch->options->language, lacking.ptr, &words);
        if (words.len > 0)
            cq_registrations_report(batch, CQ_W_PAPERS, r->line, CQ_REGISTER_PAPERS, words.ptr, r);
    }
    enum cq_code failed = lacking.failed ? lacking.failed : words.failed;
    enum cq_code code = failed ? cq_err_set(err, failed, NULL) : CQ_OK;
    cq_str_free(&lacking);
    cq_str_free(&words);
    return code;
}

static enum cq_code judge_all(struct cq_registrations *batch, struct cq_db *db, struct cq_err *err)
{
    struct cq_register_judge judge;
    enum cq_code code = cq_register_judge_open(&judge, batch, db, err);
    for (size_t i = 0; i < batch->count && !code; i++)
        if (batch->list[i].state != CQ_REGISTERED_REFUSED)
            code = cq_register_judge_one(&judge, &batch->list[i], err);
    cq_register_judge_close(&judge);
    return code;
}

static struct cq_value day_value(int32_t day)
{
    bool open = day == CQ_DAY_MIN;
    return (struct cq_value){.present = !open, .number = open ? 0 : day};
}

static void set_values(const struct cq_registration *r, struct cq_value *values)
{
    values[CQ_C_IIN] = (struct cq_value){.present = true, .number = r->iin};
    values[CQ_C_FACILITY] = (struct cq_value){.present = true, .text = r->facility};
    values[CQ_C_CARD_NO] = (struct cq_value){.present = true, .text = r->card_no};
    values[CQ_C_OPENED_ON] = day_value(r->opened_on);
    values[CQ_C_PAPERS] = (struct cq_value){.present = r->papers != 0, .number = r->papers};
    values[CQ_C_REGISTERED_ON] = day_value(r->registered_on);
}

/* Writes the run, and who registered how many. */
static enum cq_code write_rows(struct cq_registrations *batch, struct cq_db *db,
                               const struct cq_import_row *rows, size_t count, int64_t *run,
                               struct cq_err *err)
{
    const struct cq_register_options *options = batch->options;
    struct cq_import_result result;
    char detail[32];
    const struct cq_import import = {.kind = CQ_KIND_CARDS,
                                     .list_date = options->day,
                                     .today = options->day,
                                     .now = options->now,
                                     .moment = options->moment,
                                     .actor = options->actor,
                                     .max_removals = 100,
                                     .max_losses = 100,
                                     .folder = options->folder,
                                     .law = options->law,
                                     .rejects_fd = -1,
                                     .changes_fd = -1,
                                     .report = options->report,
                                     .context = options->context};
    enum cq_code code =
        cq_import_rows(db, &import, rows, count, batch->file ? batch->file : "", &result, err);
    cq_import_result_fini(&result);
    if (code)
        return code;
    *run = result.run;
    snprintf(detail, sizeof detail, "%zu", count);
    const struct cq_audit line = {options->now, options->actor, "register", *run, detail};
    return cq_audit_add(db, &line, err);
}

/* Writes what is new. */
static enum cq_code write_new(struct cq_registrations *batch, struct cq_db *db, int64_t *run,
                              struct cq_err *err)
{
    struct cq_value(*values)[CQ_C_COLUMNS] = calloc(batch->count + 1, sizeof *values);
    struct cq_import_row *rows = calloc(batch->count + 1, sizeof *rows);
    size_t count = 0;
    enum cq_code code = values && rows ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < batch->count && !code; i++) {
        const struct cq_registration *r = &batch->list[i];
        if (r->state == CQ_REGISTERED_REFUSED || r->state == CQ_REGISTERED_UNCHANGED)
            continue;
        set_values(r, values[count]);
        rows[count] = (struct cq_import_row){values[count], (uint32_t)r->line};
        count++;
    }
    if (!code && count > 0)
        code = write_rows(batch, db, rows, count, run, err);
    free(rows);
    free(values);
    return code;
}

/* Adds a line to the log for each person whom no run names, as nothing of them is new: the slip shows
 * them all the same. */
static enum cq_code log_unchanged(const struct cq_registrations *batch, struct cq_db *db,
                                  struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < batch->count && !code; i++) {
        const struct cq_registration *r = &batch->list[i];
        const struct cq_audit line = {batch->options->now, batch->options->actor, "read", r->iin,
                                      NULL};
        if (r->state == CQ_REGISTERED_UNCHANGED)
            code = cq_audit_add(db, &line, err);
    }
    return code;
}

enum cq_code cq_registrations_write(struct cq_registrations *batch, struct cq_db *db, int64_t *run,
                                    struct cq_err *err)
{
    *run = 0;
    enum cq_code code = settle_all(batch, err);
    if (!code)
        code = judge_all(batch, db, err);
    if (!code)
        code = cq_card_numbers_give(batch, db, err);
    if (!code)
        code = report_papers(batch, err);
    if (!code)
        code = write_new(batch, db, run, err);
    return code ? code : log_unchanged(batch, db, err);
}
