/* Finds referrals and stays that lists overtook. Each is decided twice for its own day and with its
 * own request: from what was known when it was decided, and from what is known now. Those of one run
 * are decided together, because people and facilities are read as a run left them. */
#include "reports/overtaken_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "referrals/asked.h"
#include "referrals/find.h"
#include "result/result_private.h"

/* A day that a referral was decided for. The issue comes before the admission in every order. */
struct entry {
    int64_t known, number;
    size_t referral; /* its place among the referrals */
    int32_t day;
    bool stay;
};

struct run {
    int64_t id, at;
};

struct search {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_overtaken_list *found;
    struct run *runs; /* ascending */
    size_t run_count, run_room;
    struct entry *entries;
    size_t entry_count, entry_room, referral_count;
    unsigned char *asked; /* by referral: which of the requests it was issued on */
    struct cq_referral_reader *reader;
    struct cq_people *then, *now;
    int64_t known; /* of `then` */
};

bool cq_overtaken_same(const struct cq_overtaken_side *a, const struct cq_overtaken_side *b)
{
    return a->category == b->category && a->agency == b->agency &&
           strcmp(a->outcome, b->outcome) == 0 && strcmp(a->provider, b->provider) == 0 &&
           strcmp(a->facility, b->facility) == 0 && strcmp(a->payer, b->payer) == 0;
}

struct cq_overtaken_side cq_overtaken_side_of(const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    return (struct cq_overtaken_side){.category = answer->category,
                                      .agency = answer->agency,
                                      .outcome = d->outcome,
                                      .provider = d->provider,
                                      .facility = answer->facility,
                                      .payer = d->payer,
                                      .basis = d->basis};
}

/* --- what was decided, and when --- */

static enum cq_code read_runs(struct search *s, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code =
        cq_db_prepare(s->request->db, &stmt, "SELECT id, at FROM run ORDER BY id", err);
    while (!code) {
        code = cq_db_step(s->request->db, stmt, &row, err);
        if (code || !row)
            break;
        struct run *runs = cq_grow(s->runs, s->run_count + 1, &s->run_room, sizeof *runs);
        if (!runs) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        s->runs = runs;
        s->runs[s->run_count++] =
            (struct run){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)};
    }
    sqlite3_finalize(stmt);
    return code;
}

/* The last run at or before a moment; 0 before the first. */
static int64_t known_at(const struct search *s, int64_t at)
{
    size_t low = 0, high = s->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->runs[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? s->runs[low - 1].id : 0;
}

/* Adds a day, unless no run came after what was known of it. */
static enum cq_code add_entry(struct search *s, struct entry entry)
{
    if (entry.known >= s->result->run)
        return CQ_OK;
    struct entry *entries =
        cq_grow(s->entries, s->entry_count + 1, &s->entry_room, sizeof *entries);
    if (!entries)
        return CQ_B_NOMEM;
    s->entries = entries;
    s->entries[s->entry_count++] = entry;
    return CQ_OK;
}

/* Referrals in their state at a moment, with their admission, if any. The plus keeps SQLite from an
 * index of its own by state, in which it would search all admissions for each referral. */
#define EVENTS "e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) AND e.at <= ?1"
#define ENTRIES                                                                                    \
    "SELECT r.id, r.run, r.issued_on, e.day, e.at FROM referral AS r LEFT JOIN referral_event"     \
    " AS e ON " EVENTS " AND +e.status = 3 WHERE r.issued_at <= ?1 AND "
#define COUNTING " IN (0, 1, 3, 4)"

_Static_assert(CQ_ISSUED == 0 && CQ_ACCEPTED == 1 && CQ_ADMITTED == 3 && CQ_COMPLETED == 4,
               "the queries write states as numbers");

static enum cq_code read_entries(struct search *s, struct cq_err *err)
{
    static const char now[] = ENTRIES "r.status" COUNTING;
    static const char then[] = ENTRIES "(SELECT e.status FROM referral_event AS e WHERE " EVENTS
                                       " ORDER BY e.id DESC LIMIT 1)" COUNTING;
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code =
        cq_db_prepare(s->request->db, &stmt, s->request->known_at == INT64_MAX ? now : then, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, s->request->known_at);
    while (!code) {
        code = cq_db_step(s->request->db, stmt, &row, err);
        if (code || !row)
            break;
        struct entry entry = {.known = sqlite3_column_int64(stmt, 1),
                              .number = sqlite3_column_int64(stmt, 0),
                              .referral = s->referral_count++,
                              .day = sqlite3_column_int(stmt, 2)};
        enum cq_code failed = add_entry(s, entry);
        entry.stay = sqlite3_column_type(stmt, 3) != SQLITE_NULL;
        entry.day = sqlite3_column_int(stmt, 3);
        if (!failed && entry.stay) {
            entry.known = known_at(s, sqlite3_column_int64(stmt, 4));
            failed = add_entry(s, entry);
        }
        if (failed)
            code = cq_err_set(err, failed, NULL);
    }
    sqlite3_finalize(stmt);
    return code;
}

static int by_known(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->known != y->known)
        return x->known < y->known ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->stay - y->stay;
}

/* --- decided then and now --- */

static enum cq_code decide(struct cq_people *people, int64_t iin, const struct cq_request *request,
                           struct cq_answer *answer, struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    int count = 0;
    enum cq_code code = cq_people_decide(people, iin, request, answers, &count, err);
    if (!code)
        *answer = answers[0];
    return code;
}

/* Decides as it was known then. The issue tells which of the requests was made. */
static enum cq_code decide_then(struct search *s, const struct entry *entry,
                                const struct cq_referral *r, struct cq_overtaken *one,
                                struct cq_err *err)
{
    struct cq_request requests[CQ_ASKED_MAX];
    struct cq_answer answer = {0};
    int count = cq_referral_asked(r, entry->day, requests), i = 0;
    if (entry->stay)
        i = s->asked[entry->referral];
    enum cq_code code = decide(s->then, r->iin, &requests[i], &answer, err);
    if (!code && !entry->stay && count > 1 && !cq_asked_by(r, &answer)) {
        s->asked[entry->referral] = 1;
        i = 1;
        code = decide(s->then, r->iin, &requests[i], &answer, err);
    }
    one->request = requests[i];
    if (!code)
        one->then = cq_overtaken_side_of(&answer);
    return code;
}

/* A text that stays. */
static struct cq_text keep_text(struct search *s, struct cq_text text)
{
    return text.len > 0 ? cq_text_of(cq_result_copy(s->result, text.ptr, text.len))
                        : (struct cq_text){"", 0};
}

/* Keeps what was overtaken; its texts become the result's. */
static enum cq_code keep(struct search *s, struct cq_overtaken *one, struct cq_err *err)
{
    struct cq_overtaken_list *f = s->found;
    struct cq_overtaken *list = cq_grow(f->list, f->count + 1, &f->room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    one->then.facility = cq_result_copy(s->result, one->then.facility, strlen(one->then.facility));
    one->now.facility = cq_result_copy(s->result, one->now.facility, strlen(one->now.facility));
    one->request.profile = keep_text(s, one->request.profile);
    one->request.facility = keep_text(s, one->request.facility);
    f->list = list;
    f->list[f->count++] = *one;
    return CQ_OK;
}

static enum cq_code compare(struct search *s, const struct entry *entry, struct cq_err *err)
{
    struct cq_referral r;
    bool found = false;
    enum cq_code code = cq_referral_read(s->reader, entry->number, &r, &found, err);
    if (code || !found || !cq_referral_in_range(&r))
        return code; /* what is out of range is a finding of check */
    struct cq_overtaken one = {.number = entry->number,
                               .iin = r.iin,
                               .status = r.status,
                               .stay = entry->stay,
                               .known = entry->known,
                               .list = "",
                               .list_date = CQ_DAY_MIN};
    struct cq_answer now;
    code = decide_then(s, entry, &r, &one, err);
    if (!code)
        code = decide(s->now, r.iin, &one.request, &now, err);
    if (!code)
        one.now = cq_overtaken_side_of(&now);
    return code || cq_overtaken_same(&one.then, &one.now) ? code : keep(s, &one, err);
}

static enum cq_code compare_all(struct search *s, struct cq_err *err)
{
    const struct cq_report_request *request = s->request;
    enum cq_code code = cq_people_open(&s->now, request->db, request->law, s->result->run, err);
    if (!code)
        code = cq_referral_reader_open(&s->reader, request->db, request->known_at, err);
    if (!code)
        cq_referral_reader_lenient(s->reader);
    for (size_t i = 0; i < s->entry_count && !code; i++) {
        const struct entry *entry = &s->entries[i];
        if (!s->then || entry->known != s->known) {
            cq_people_close(s->then);
            s->then = NULL;
            s->known = entry->known;
            code = cq_people_open(&s->then, request->db, request->law, s->known, err);
        }
        if (!code)
            code = compare(s, entry, err);
    }
    return code;
}

static int by_day(const void *a, const void *b)
{
    const struct cq_overtaken *x = a, *y = b;
    if (x->request.day != y->request.day)
        return x->request.day < y->request.day ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->stay - y->stay;
}

enum cq_code cq_overtaken_find(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_overtaken_list *found,
                               struct cq_err *err)
{
    struct search s = {.request = request, .result = result, .found = found};
    enum cq_code code = read_runs(&s, err);
    if (!code)
        code = read_entries(&s, err);
    if (!code && s.entry_count > 0) {
        qsort(s.entries, s.entry_count, sizeof *s.entries, by_known);
        s.asked = calloc(s.referral_count, sizeof *s.asked);
        code = s.asked ? compare_all(&s, err) : cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (!code && found->count > 0)
        qsort(found->list, found->count, sizeof *found->list, by_day);
    cq_referral_reader_close(s.reader);
    cq_people_close(s.then);
    cq_people_close(s.now);
    free(s.asked);
    free(s.entries);
    free(s.runs);
    return code;
}
