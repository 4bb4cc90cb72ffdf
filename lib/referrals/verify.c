/* Verification of referrals: each is decided again from the rows that its run left, and compared
 * with its seal and its provenance. Referrals of one run are verified together, because people and
 * facilities are read as a run left them. */
#include "cq/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/list.h"
#include "cq/person.h"
#include "engine/receipt.h"
#include "cq/refno.h"
#include "referrals/asked.h"
#include "referrals/find.h"
#include "referrals/provenance.h"
#include "referrals/seal.h"
#include "referrals/verify_bindings.h"
#include "referrals/verify_chain.h"

/* --- one referral --- */

struct job {
    struct cq_db *db;
    struct cq_verify *verify;
    struct cq_findings findings;
    sqlite3_stmt *row, *events, *found_in;
    struct cq_referral_reader *reader;
    struct cq_people *people;                   /* of the current run */
    struct cq_provenance *provenance, *earlier; /* of the current run; earlier may be NULL */
    struct cq_str details;
};

/* Checks the columns as they are stored. */
static enum cq_code check_row(struct job *v, int64_t number, struct cq_err *err)
{
    struct cq_stored cells[CQ_RC_COUNT];
    unsigned char seal[CQ_HASH_BYTES], stored[CQ_HASH_BYTES] = {0};
    int year, month, day;
    bool row;
    sqlite3_bind_int64(v->row, 1, number);
    enum cq_code code = cq_db_step(v->db, v->row, &row, err);
    if (code || !row)
        return code;
    for (int i = 0; i < CQ_RC_COUNT; i++)
        cells[i] = cq_stored_read(v->row, i);
    cq_referral_seal(cells, seal);
    bool sealed = cells[CQ_RC_SEAL].bytes.len == CQ_HASH_BYTES;
    if (sealed)
        memcpy(stored, cells[CQ_RC_SEAL].bytes.ptr, CQ_HASH_BYTES);
    const struct cq_sealed facts = {.number = number,
                                    .issued_at = cells[CQ_RC_ISSUED_AT].number,
                                    .issued_on = (int32_t)cells[CQ_RC_ISSUED_ON].number,
                                    .status = (int)cells[CQ_RC_STATUS].number,
                                    .seal = stored};
    sqlite3_reset(v->row);
    if (!sealed || memcmp(seal, stored, sizeof seal) != 0)
        code = cq_findings_add(&v->findings, number, CQ_VERIFIED_SEAL, NULL);
    cq_date_split(facts.issued_on, &year, &month, &day);
    if (!code &&
        (number / 1000000 % 10000 != year || number % 1000000 == 0 ||
         number < cq_refno_make(0, 0, 0) || number > cq_refno_make(99, 9999, CQ_SERIAL_MAX)))
        code = cq_findings_add(&v->findings, number, CQ_VERIFIED_NUMBER, NULL);
    return code ? code : cq_verify_events(v->db, v->events, &facts, &v->findings, err);
}

/* Reads the hashes of the earlier form, which are opened once for a run that needs them. */
static enum cq_code read_earlier(struct job *v, const struct cq_referral *r,
                                 unsigned char hashes[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES],
                                 struct cq_err *err)
{
    enum cq_code code =
        v->earlier ? CQ_OK
                   : cq_provenance_open(&v->earlier, v->db, r->run, CQ_PROVENANCE_EARLIER, err);
    return code ? code : cq_provenance_read(v->earlier, r->iin, hashes, err);
}

static enum cq_code check_provenance(struct job *v, const struct cq_referral *r, struct cq_err *err)
{
    static const enum cq_verified kinds[] = {CQ_VERIFIED_PEOPLE, CQ_VERIFIED_FACILITIES,
                                             CQ_VERIFIED_RUNS};
    unsigned char now[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES],
        earlier[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES];
    enum cq_code code = cq_provenance_read(v->provenance, r->iin, now, err);
    if (code || memcmp(now, r->provenance, sizeof now) == 0)
        return code;
    code = read_earlier(v, r, earlier, err);
    for (int i = 0; i < CQ_PROVENANCE_KINDS && !code; i++)
        if (memcmp(now[i], r->provenance[i], CQ_PROVENANCE_BYTES) != 0 &&
            memcmp(earlier[i], r->provenance[i], CQ_PROVENANCE_BYTES) != 0)
            code = cq_findings_add(&v->findings, r->number, kinds[i], NULL);
    return code;
}

/* Appends "payer: budget > fund_osms" where a cell is another one. */
static void compare_cell(struct cq_str *out, const char *name, struct cq_text then, const char *now,
                         size_t len)
{
    if (then.len != len || (len > 0 && memcmp(then.ptr, now, len) != 0))
        cq_str_printf(out, "%s%s: %.*s > %.*s", out->len ? "; " : "", name, (int)then.len, then.ptr,
                      (int)len, now);
}

static void compare_texts(struct job *v, const struct cq_referral *r, const struct cq_decision *d)
{
    const struct {
        const char *name;
        int text;
        const char *now;
    } cells[] = {
        {"outcome", CQ_REFERRAL_OUTCOME, d->outcome},
        {"provider", CQ_REFERRAL_PROVIDER, d->provider},
        {"payer", CQ_REFERRAL_PAYER, d->payer},
        {"referral", CQ_REFERRAL_REFERRAL, d->referral},
        {"basis", CQ_REFERRAL_BASIS, d->basis},
        {"reasons", CQ_REFERRAL_REASONS, d->reasons},
        {"certainty", CQ_REFERRAL_CERTAINTY, d->certainty},
        {"documents", CQ_REFERRAL_DOCUMENTS, d->documents},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        compare_cell(&v->details, cells[i].name, r->text[cells[i].text], cells[i].now,
                     strlen(cells[i].now));
}

/* Rules and gaps are composed first, then compared. */
static enum cq_code compare_lists(struct job *v, const struct cq_referral *r,
                                  const struct cq_decision *d)
{
    struct cq_str list = {0};
    enum cq_code code = cq_decision_rules(d, &list);
    compare_cell(&v->details, "rule", r->text[CQ_REFERRAL_RULE], list.ptr, list.len);
    cq_str_clear(&list);
    if (!code)
        code = cq_decision_gaps(v->verify->law, d->gaps, &list);
    compare_cell(&v->details, "gaps", r->text[CQ_REFERRAL_GAPS], list.ptr, list.len);
    cq_str_free(&list);
    return code;
}

/* Decides as it was asked for; answers[0] is the answer that has the referral's facts, if any. */
static enum cq_code decide_again(struct job *v, const struct cq_referral *r,
                                 struct cq_answer *answers, struct cq_err *err)
{
    struct cq_request requests[CQ_ASKED_MAX];
    enum cq_code code = CQ_OK;
    int count = cq_referral_asked(r, r->issued_on, requests), roles;
    for (int i = count; i-- > 0 && !code;) {
        code = cq_people_decide(v->people, r->iin, &requests[i], answers, &roles, err);
        if (!code && cq_asked_by(r, &answers[0]))
            break;
    }
    return code;
}

static enum cq_code check_decision(struct job *v, const struct cq_referral *r, struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    const struct cq_law *law = v->verify->law;
    unsigned reported = 0;
    bool other = !cq_text_is(r->text[CQ_REFERRAL_LAW], law->fingerprint);
    enum cq_code code = decide_again(v, r, answers, err);
    if (code)
        return code;
    v->verify->other_law += other;
    cq_str_clear(&v->details);
    if (!cq_asked_by(r, &answers[0])) {
        code = cq_receipt_compare(r->facts, answers[0].facts, &reported, &v->details);
        if (!code)
            code = cq_findings_add(&v->findings, r->number, CQ_VERIFIED_FACTS, v->details.ptr);
    }
    cq_str_clear(&v->details);
    compare_texts(v, r, &answers[0].decision);
    if (!code)
        code = compare_lists(v, r, &answers[0].decision);
    if (v->details.len > 0 && other)
        cq_str_puts(&v->details, "; law: other tables");
    if (!code)
        code = v->details.failed;
    if (!code && v->details.len > 0)
        code = cq_findings_add(&v->findings, r->number, CQ_VERIFIED_DECISION, v->details.ptr);
    return code;
}

static enum cq_code check_referral(struct job *v, int64_t number, struct cq_err *err)
{
    struct cq_referral r;
    bool found = false;
    enum cq_code code = check_row(v, number, err);
    if (!code)
        code = cq_referral_read(v->reader, number, &r, &found, err);
    if (code || !found)
        return code;
    v->verify->referrals++;
    if (!cq_referral_in_range(&r))
        return CQ_OK; /* its seal does not match, which is reported already */
    code = check_provenance(v, &r, err);
    if (!code && cq_referral_is_earlier(&r))
        v->verify->earlier++;
    else if (!code)
        code = check_decision(v, &r, err);
    if (!code && !cq_referral_is_earlier(&r))
        code = cq_verify_bindings(v->db, v->found_in, v->verify->law, &r, &v->findings, err);
    return code;
}

/* --- all of them, run by run --- */

struct run_entry {
    int64_t run, number;
};

static int by_run(const void *a, const void *b)
{
    const struct run_entry *x = a, *y = b;
    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static enum cq_code add_run_entry(struct run_entry **list, size_t *count, size_t *room,
                                  struct run_entry one)
{
    struct run_entry *grown = cq_grow(*list, *count + 1, room, sizeof **list);
    if (!grown)
        return CQ_B_NOMEM;
    *list = grown;
    (*list)[(*count)++] = one;
    return CQ_OK;
}

static enum cq_code read_list(struct job *v, const struct cq_numbers *numbers,
                              struct run_entry **list, size_t *count, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    size_t room = 0, at = 0;
    bool row = true;
    enum cq_code code = cq_db_prepare(v->db, &stmt,
                                      numbers ? "SELECT id, run FROM referral WHERE id = ?1"
                                              : "SELECT id, run FROM referral",
                                      err);
    while (!code) {
        if (numbers && at == numbers->count)
            break;
        if (numbers) {
            sqlite3_reset(stmt);
            sqlite3_bind_int64(stmt, 1, numbers->list[at++]);
        }
        code = cq_db_step(v->db, stmt, &row, err);
        if (code || (!row && !numbers))
            break;
        if (!row)
            code = cq_findings_add(&v->findings, numbers->list[at - 1], CQ_VERIFIED_MISSING, NULL);
        else
            code = add_run_entry(
                list, count, &room,
                (struct run_entry){sqlite3_column_int64(stmt, 1), sqlite3_column_int64(stmt, 0)});
    }
    sqlite3_finalize(stmt);
    if (!code && *count > 0)
        qsort(*list, *count, sizeof **list, by_run);
    return code;
}

static enum cq_code open_run(struct job *v, int64_t run, struct cq_err *err)
{
    if (v->people)
        cq_people_close(v->people);
    cq_provenance_close(v->provenance);
    cq_provenance_close(v->earlier);
    v->people = NULL;
    v->provenance = v->earlier = NULL;
    enum cq_code code = cq_people_open(&v->people, v->db, v->verify->law, run, err);
    return code ? code : cq_provenance_open(&v->provenance, v->db, run, CQ_PROVENANCE_CELLS, err);
}

static enum cq_code prepare(struct job *v, struct cq_err *err)
{
    static const char row_sql[] = "SELECT id, status, " CQ_RC_AFTER_STATUS
                                  " FROM referral WHERE id = ?1";
    enum cq_code code = cq_db_prepare(v->db, &v->row, row_sql, err);
    if (!code)
        code = cq_db_prepare(v->db, &v->events, cq_verify_events_sql, err);
    if (!code)
        code = cq_db_prepare(v->db, &v->found_in, cq_verify_found_in_sql, err);
    if (!code)
        code = cq_referral_reader_open(&v->reader, v->db, INT64_MAX, err);
    if (!code)
        cq_referral_reader_lenient(v->reader);
    return code;
}

static void close_job(struct job *v)
{
    sqlite3_finalize(v->row);
    sqlite3_finalize(v->events);
    sqlite3_finalize(v->found_in);
    cq_referral_reader_close(v->reader);
    if (v->people)
        cq_people_close(v->people);
    cq_provenance_close(v->provenance);
    cq_provenance_close(v->earlier);
    cq_str_free(&v->details);
    cq_findings_free(&v->findings);
}

enum cq_code cq_referrals_verify(struct cq_db *db, struct cq_verify *verify,
                                 const struct cq_numbers *numbers, struct cq_err *err)
{
    struct job v = {.db = db, .verify = verify};
    struct run_entry *list = NULL;
    size_t count = 0;
    verify->referrals = verify->findings = verify->other_law = verify->earlier = 0;
    enum cq_code code = prepare(&v, err);
    if (!code)
        code = read_list(&v, numbers, &list, &count, err);
    for (size_t i = 0; i < count && !code; i++) {
        if (i == 0 || list[i].run != list[i - 1].run)
            code = open_run(&v, list[i].run, err);
        if (!code)
            code = check_referral(&v, list[i].number, err);
    }
    if (!code && !numbers)
        code = cq_verify_all(db, &v.findings, err);
    if (!code)
        cq_findings_report(&v.findings, verify);
    else
        cq_err_record(err, code, NULL);
    free(list);
    close_job(&v);
    return code;
}
