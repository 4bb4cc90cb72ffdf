/* Verifying referrals: each is decided again from the rows that its run left, and held to its seal
 * and its sources. Referrals of one run are looked at together, for people and facilities are read
 * as a run left them. */
#include "issue.h"
#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "cq/receipt.h"
#include "cq/refno.h"

const char *const cq_verified_names[CQ_VERIFIED_KINDS + 1] = {
    "seal", "number", "status",   "events",  "link",   "people", "facilities",
    "runs", "facts",  "decision", "missing", "orphan", "chain",  NULL,
};

/* --- findings, to be told in order --- */

struct noted {
    int64_t number;
    enum cq_verified kind;
    size_t detail; /* where it begins in the texts */
};

struct cq_findings {
    struct noted *list;
    size_t count, room;
    struct cq_str texts;
};

enum cq_code cq_findings_add(struct cq_findings *f, int64_t number, enum cq_verified kind,
                             const char *detail)
{
    if (f->count == f->room) {
        size_t room = f->room ? f->room * 2 : 64;
        struct noted *list = realloc(f->list, room * sizeof *list);
        if (!list)
            return CQ_B_NOMEM;
        f->list = list;
        f->room = room;
    }
    f->list[f->count++] = (struct noted){number, kind, f->texts.len};
    detail = detail ? detail : "";
    return cq_str_add(&f->texts, detail, strlen(detail) + 1);
}

static int by_number(const void *a, const void *b)
{
    const struct noted *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1)
                              : (x->detail > y->detail) - (x->detail < y->detail);
}

static void tell(struct cq_findings *f, struct cq_verify *verify)
{
    if (f->count > 0)
        qsort(f->list, f->count, sizeof *f->list, by_number);
    for (size_t i = 0; i < f->count; i++) {
        const struct cq_verify_finding finding = {f->list[i].number, f->list[i].kind,
                                                  f->texts.ptr + f->list[i].detail};
        verify->found(&finding, verify->context);
    }
    verify->findings = (int64_t)f->count;
}

/* --- one referral --- */

struct verifying {
    struct cq_db *db;
    struct cq_verify *verify;
    struct cq_findings findings;
    sqlite3_stmt *row, *events;
    struct cq_referral_reader *reader;
    struct cq_people *people; /* of the run at hand */
    struct cq_provenance *provenance;
    struct cq_str words;
};

/* The columns as they are stored, whatever they hold. */
static enum cq_code check_row(struct verifying *v, int64_t number, struct cq_err *err)
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

static enum cq_code check_provenance(struct verifying *v, const struct cq_referral *r,
                                     struct cq_err *err)
{
    static const enum cq_verified kinds[] = {CQ_VERIFIED_PEOPLE, CQ_VERIFIED_FACILITIES,
                                             CQ_VERIFIED_RUNS};
    unsigned char now[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES];
    enum cq_code code = cq_provenance_read(v->provenance, r->iin, now, err);
    for (int i = 0; i < CQ_PROVENANCE_KINDS && !code; i++)
        if (memcmp(now[i], r->provenance[i], CQ_PROVENANCE_BYTES) != 0)
            code = cq_findings_add(&v->findings, r->number, kinds[i], NULL);
    return code;
}

/* Appends "payer: budget > fund_osms" where a cell is another one. */
static enum cq_code compare(struct cq_str *out, const char *name, const struct cq_text *then,
                            const char *now, size_t len)
{
    if (then->len == len && (len == 0 || memcmp(then->ptr, now, len) == 0))
        return CQ_OK;
    return cq_str_addf(out, "%s%s: %.*s > %.*s", out->len ? "; " : "", name, (int)then->len,
                       then->ptr, (int)len, now);
}

static enum cq_code compare_texts(struct verifying *v, const struct cq_referral *r,
                                  const struct cq_decision *d)
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
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < sizeof cells / sizeof *cells && !code; i++)
        code = compare(&v->words, cells[i].name, &r->text[cells[i].text], cells[i].now,
                       strlen(cells[i].now));
    return code;
}

/* Rules and gaps are put together first, then compared and told. */
static enum cq_code compare_lists(struct verifying *v, const struct cq_referral *r,
                                  const struct cq_decision *d)
{
    struct cq_str list = {0};
    enum cq_code code = cq_decision_rules(d, &list);
    if (!code)
        code = compare(&v->words, "rule", &r->text[CQ_REFERRAL_RULE], list.ptr, list.len);
    cq_str_clear(&list);
    if (!code)
        code = cq_decision_gaps(v->verify->law, d->gaps, &list);
    if (!code)
        code = compare(&v->words, "gaps", &r->text[CQ_REFERRAL_GAPS], list.ptr, list.len);
    cq_str_free(&list);
    return code;
}

static enum cq_code check_decision(struct verifying *v, const struct cq_referral *r,
                                   struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    struct cq_request request = cq_request_default(r->service, r->issued_on);
    const struct cq_law *law = v->verify->law;
    const struct cq_text *then = &r->text[CQ_REFERRAL_LAW];
    unsigned told = 0;
    int count = 0;
    bool other = then->len != CQ_HASH_HEX || memcmp(then->ptr, law->fingerprint, CQ_HASH_HEX) != 0;
    request.destination = r->destination;
    request.indicated = r->indicated;
    request.package = r->package;
    request.duty_injury = r->duty_injury;
    request.profile = r->text[CQ_REFERRAL_PROFILE];
    enum cq_code code = cq_people_decide(v->people, r->iin, &request, answers, &count, err);
    if (code)
        return code;
    v->verify->other_law += other;
    cq_str_clear(&v->words);
    if (answers[0].facts != r->facts || answers[0].category != r->category ||
        answers[0].agency != r->agency || answers[0].version != r->version) {
        code = cq_receipt_compare(r->facts, answers[0].facts, &told, &v->words);
        if (!code)
            code = cq_findings_add(&v->findings, r->number, CQ_VERIFIED_FACTS, v->words.ptr);
    }
    cq_str_clear(&v->words);
    if (!code)
        code = compare_texts(v, r, &answers[0].decision);
    if (!code)
        code = compare_lists(v, r, &answers[0].decision);
    if (!code && v->words.len > 0 && other)
        code = cq_str_adds(&v->words, "; law: other tables");
    if (!code && v->words.len > 0)
        code = cq_findings_add(&v->findings, r->number, CQ_VERIFIED_DECISION, v->words.ptr);
    return code;
}

static enum cq_code check_one(struct verifying *v, int64_t number, struct cq_err *err)
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
        return CQ_OK; /* its seal is broken, which was told */
    code = check_provenance(v, &r, err);
    return code ? code : check_decision(v, &r, err);
}

/* --- all of them, run by run --- */

struct of_run {
    int64_t run, number;
};

static int by_run(const void *a, const void *b)
{
    const struct of_run *x = a, *y = b;
    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static enum cq_code add_of_run(struct of_run **list, size_t *count, size_t *room, struct of_run one)
{
    if (*count == *room) {
        size_t more = *room ? *room * 2 : 1024;
        struct of_run *grown = realloc(*list, more * sizeof *grown);
        if (!grown)
            return CQ_B_NOMEM;
        *list = grown;
        *room = more;
    }
    (*list)[(*count)++] = one;
    return CQ_OK;
}

static enum cq_code collect(struct verifying *v, const struct cq_numbers *numbers,
                            struct of_run **list, size_t *count, struct cq_err *err)
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
            code = add_of_run(
                list, count, &room,
                (struct of_run){sqlite3_column_int64(stmt, 1), sqlite3_column_int64(stmt, 0)});
    }
    sqlite3_finalize(stmt);
    if (!code && *count > 0)
        qsort(*list, *count, sizeof **list, by_run);
    return code;
}

static enum cq_code go_to_run(struct verifying *v, int64_t run, struct cq_err *err)
{
    if (v->people)
        cq_people_close(v->people);
    cq_provenance_close(v->provenance);
    v->people = NULL;
    v->provenance = NULL;
    enum cq_code code = cq_people_open(&v->people, v->db, v->verify->law, run, err);
    return code ? code : cq_provenance_open(&v->provenance, v->db, run, err);
}

static enum cq_code prepare(struct verifying *v, struct cq_err *err)
{
    static const char row_sql[] = "SELECT id, status, " CQ_RC_AFTER_STATUS
                                  " FROM referral WHERE id = ?1";
    enum cq_code code = cq_db_prepare(v->db, &v->row, row_sql, err);
    if (!code)
        code = cq_db_prepare(v->db, &v->events, cq_verify_events_sql, err);
    if (!code)
        code = cq_referral_reader_open(&v->reader, v->db, INT64_MAX, err);
    if (!code)
        cq_referral_reader_lenient(v->reader);
    return code;
}

static void finish(struct verifying *v)
{
    sqlite3_finalize(v->row);
    sqlite3_finalize(v->events);
    cq_referral_reader_close(v->reader);
    if (v->people)
        cq_people_close(v->people);
    cq_provenance_close(v->provenance);
    cq_str_free(&v->words);
    cq_str_free(&v->findings.texts);
    free(v->findings.list);
}

enum cq_code cq_referrals_verify(struct cq_db *db, struct cq_verify *verify,
                                 const struct cq_numbers *numbers, struct cq_err *err)
{
    struct verifying v = {.db = db, .verify = verify};
    struct of_run *list = NULL;
    size_t count = 0;
    verify->referrals = verify->findings = verify->other_law = 0;
    enum cq_code code = prepare(&v, err);
    if (!code)
        code = collect(&v, numbers, &list, &count, err);
    for (size_t i = 0; i < count && !code; i++) {
        if (i == 0 || list[i].run != list[i - 1].run)
            code = go_to_run(&v, list[i].run, err);
        if (!code)
            code = check_one(&v, list[i].number, err);
    }
    if (!code && !numbers)
        code = cq_verify_whole(db, &v.findings, err);
    if (!code)
        tell(&v.findings, verify);
    else
        cq_err_record(err, code, NULL);
    free(list);
    finish(&v);
    return code;
}
