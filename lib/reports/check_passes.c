/* The checks that are more than a query: one pass over the people; what is to be settled; the index
 * of names; the log's chain; referrals; the law. */
#include "reports/check_passes.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/audit.h"
#include "cq/date.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/lawcheck.h"
#include "cq/registry.h"
#include "engine/law_masks.h"
#include "engine/law_prove.h"
#include "people/links.h"
#include "reports/review_lists.h"
#include "reports/review_open.h"
#include "reports/verify_referrals.h"
#include "result/result_private.h"
#include "store/name_index.h"

const struct cq_check cq_counted_checks[CQ_COUNTED] = {
    [CQ_COUNT_IIN] = {"iin_control", CQ_ERROR, N_("entries whose IIN has a wrong control digit"),
                      N_("end the entry and import it under the right IIN"), NULL},
    [CQ_COUNT_AGENCY] = {"agency_unknown", CQ_ERROR,
                         N_("entries of an agency that the law tables do not know"),
                         N_("bring back the agency's row in agencies.csv"), NULL},
    [CQ_COUNT_CATEGORY] = {"category_unknown", CQ_ERROR, N_("entries of no known category"),
                           N_("the file was changed by hand: compare with the backup"), NULL},
    [CQ_COUNT_REGION] = {"region_unknown", CQ_WARNING,
                         N_("entries with a residence in no region of the day"),
                         N_("ask the HR service for the right KATO code"), NULL},
    [CQ_COUNT_NAME] = {"name_empty", CQ_ERROR, N_("entries without a name"),
                       N_("the file was changed by hand: compare with the backup"), NULL},
    [CQ_COUNT_BIRTH] = {"birth_day", CQ_ERROR,
                        N_("entries of people not yet born, or older than 120 years"),
                        N_("ask the HR service for the right date of birth"), NULL},
    [CQ_COUNT_SELF] = {"sponsor_self", CQ_ERROR, N_("people who are their own sponsor"),
                       N_("ask the HR service for the right sponsor"), NULL},
    [CQ_COUNT_TWO_BIRTHS] = {"two_births", CQ_WARNING,
                             N_("people for whom two lists state different dates of birth"),
                             N_("find out which is right and mend the other list"), NULL},
    [CQ_COUNT_TWO_AGENCIES] = {"two_agencies", CQ_NOTICE, N_("people whom two agencies list"),
                               N_("nothing to do if both are right"), NULL},
    [CQ_COUNT_OF_AGE] = {"child_of_age", CQ_NOTICE,
                         N_("children of the fallen who have come of age and are still listed"),
                         N_("the decision knows; end the entries when convenient"), NULL},
    [CQ_COUNT_NO_SPONSOR] = {"no_sponsor", CQ_WARNING,
                             N_("family members and children without the IIN of a sponsor"),
                             N_("ask the HR service for it"), NULL},
    [CQ_COUNT_ORPHANS] = {"orphans", CQ_WARNING,
                          N_("family members and children whose sponsor no list ever named"),
                          N_("ask the agency for the sponsor's row, or end the entries"), NULL},
    [CQ_COUNT_SPONSOR_LEFT] = {"sponsor_left", CQ_WARNING,
                               N_("family members whose sponsor is no employee any more"),
                               N_("their cover ended with the sponsor's service: end the entries, "
                                  "or mend the sponsor's"),
                               NULL},
    [CQ_COUNT_KILLED_ON] = {"killed_on", CQ_WARNING,
                            N_("children of the fallen without the day of the death"),
                            N_("ask the HR service for it"), NULL},
    [CQ_COUNT_MOVED] = {"agency_moved", CQ_NOTICE,
                        N_("entries of an agency that has moved to another body (A-13)"),
                        N_("ask whether these people are still of the contingent"), NULL},
    [CQ_COUNT_REVIEW] = {"review", CQ_WARNING,
                         N_("contradictions of lists that nobody has settled"),
                         N_("see `cq-report quality --review`: find out who is right, and import "
                            "the mended row or a verdict"),
                         NULL},
    [CQ_COUNT_NAMES] = {"name_index", CQ_ERROR,
                        N_("people whom `cq-report find` would miss: their names are not in its "
                           "index"),
                        N_("the file was changed by hand: delete the rows of name_index, and the "
                           "next import of people makes it anew"),
                        NULL},
    [CQ_COUNT_AUDIT] = {"audit_chain", CQ_ERROR, N_("breaks in the chain of the log"),
                        N_("`cq-report audit --verify` names the line: compare with the backup"),
                        NULL},
    [CQ_COUNT_REFERRALS] = {"referral_verify", CQ_ERROR,
                            N_("what is wrong with referrals when each is decided again"),
                            N_("`cq-refer verify` names them: compare with the backup"), NULL},
    [CQ_COUNT_EARLIER] =
        {"referral_earlier", CQ_NOTICE, N_("referrals decided on the facts of earlier law tables"),
         N_("nothing to do: seals, moves and lists are verified; only the decision "
            "cannot be made again"),
         NULL},
    [CQ_COUNT_PROOF] = {"law_proof", CQ_ERROR, N_("cases that two rules or no rule decide"),
                        N_("`cq-eligible --check-law` shows them"), NULL},
    [CQ_COUNT_LAW] = {"law_tables", CQ_WARNING, N_("rows of the law tables that look wrong"),
                      N_("`cq-eligible --check-law` shows them"), NULL},
    [CQ_COUNT_SUPERSEDED] = {"law_superseded", CQ_NOTICE,
                             N_("rules of the day whose text has been replaced by one not at hand"),
                             N_("get the text of the new edition and bring the tables up to date"),
                             NULL},
};

/* --- one pass over the people --- */

enum { ID, CATEGORY, BIRTH, RESIDENCE, SPONSOR, KILLED_ON, NO_NAME };
static const char people_sql[] =
    "SELECT id, category, birth_date, residence, sponsor_iin, killed_on,"
    " last_name = '' OR first_name = '' FROM person WHERE" CQ_SQL_NOW " ORDER BY id";

/* IINs, each IIN << 1 and a mark. */
struct iins {
    int64_t *words;
    size_t count, room;
};

struct pass {
    const struct cq_report_request *request;
    int64_t *counts;
    struct iins people;   /* marked where a row is an employee's; ascending */
    struct iins sponsors; /* marked where the entry is a family member's */

    /* the person of the last row */
    int64_t iin;
    int32_t birth;
    int rows;
    bool two_births;
};

static enum cq_code add_iin(struct iins *list, int64_t iin, bool mark)
{
    int64_t *words = cq_grow(list->words, list->count + 1, &list->room, sizeof *words);
    if (!words)
        return CQ_B_NOMEM;
    list->words = words;
    list->words[list->count++] = iin << 1 | mark;
    return CQ_OK;
}

static enum cq_code check_row(struct pass *p, sqlite3_stmt *stmt)
{
    const struct cq_law *law = p->request->law;
    int32_t day = p->request->day, birth = sqlite3_column_int(stmt, BIRTH);
    int64_t id = sqlite3_column_int64(stmt, ID), iin = id >> CQ_GROUP_SHIFT;
    int64_t sponsor = sqlite3_column_int64(stmt, SPONSOR), *counts = p->counts;
    int category = sqlite3_column_int(stmt, CATEGORY);
    int32_t residence = sqlite3_column_int(stmt, RESIDENCE);
    const struct cq_agency *agency = cq_law_agency_number(law, cq_id_agency(id));
    const struct cq_region *region = residence ? cq_law_region(law, cq_kato_region(residence))
                                               : NULL;
    bool child = category == CQ_CATEGORY_CHILD_OF_FALLEN;
    counts[CQ_COUNT_IIN] += cq_iin_control(iin) != iin % 10;
    counts[CQ_COUNT_AGENCY] += !agency;
    counts[CQ_COUNT_MOVED] += agency && agency->until <= day;
    counts[CQ_COUNT_CATEGORY] += category <= CQ_CATEGORY_NONE || category >= CQ_CATEGORIES;
    counts[CQ_COUNT_REGION] += residence &&
                               (!region || region->since > day || region->until <= day);
    counts[CQ_COUNT_NAME] += sqlite3_column_int(stmt, NO_NAME) != 0;
    counts[CQ_COUNT_BIRTH] += birth > day || cq_date_birthday(birth, 120) < day;
    counts[CQ_COUNT_SELF] += sponsor == iin;
    counts[CQ_COUNT_NO_SPONSOR] += sponsor == 0 && (category == CQ_CATEGORY_FAMILY || child);
    counts[CQ_COUNT_KILLED_ON] += child && sqlite3_column_type(stmt, KILLED_ON) == SQLITE_NULL;
    counts[CQ_COUNT_OF_AGE] +=
        child && cq_date_birthday(birth, (int)cq_law_parameter(law, "majority_years", day)) <= day;
    if (iin != p->iin) {
        p->iin = iin;
        p->birth = birth;
        p->rows = 0;
        p->two_births = false;
    } else {
        counts[CQ_COUNT_TWO_AGENCIES] += p->rows == 1;
        counts[CQ_COUNT_TWO_BIRTHS] += birth != p->birth && !p->two_births;
        p->two_births = p->two_births || birth != p->birth;
    }
    p->rows++;
    enum cq_code code = add_iin(&p->people, iin, category == CQ_CATEGORY_EMPLOYEE);
    if (!code && sponsor && (category == CQ_CATEGORY_FAMILY || child))
        code = add_iin(&p->sponsors, sponsor, !child);
    return code;
}

/* Whether a sponsor has an entry on the day, and one as an employee. */
static bool find_sponsor(const struct pass *p, int64_t iin, bool *employee)
{
    const struct iins *people = &p->people;
    size_t low = 0, high = people->count;
    bool known = false;
    *employee = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (people->words[middle] >> 1 < iin)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < people->count && people->words[low] >> 1 == iin; low++) {
        known = true;
        *employee = *employee || (people->words[low] & 1) != 0;
    }
    return known;
}

/* Counts the findings about sponsors. A sponsor without an entry on the day is looked up among all
 * entries ever known. */
static enum cq_code count_sponsors(struct pass *p, int64_t run, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(p->request->db, &stmt,
                                      "SELECT 1 FROM person WHERE id >= ?1 AND id < ?2"
                                      " AND run_from <= ?3 LIMIT 1",
                                      err);
    for (size_t i = 0; i < p->sponsors.count && !code; i++) {
        int64_t word = p->sponsors.words[i], iin = word >> 1;
        bool employee, row = false, known = find_sponsor(p, iin, &employee);
        if (!known) {
            sqlite3_bind_int64(stmt, 1, iin << CQ_GROUP_SHIFT);
            sqlite3_bind_int64(stmt, 2, (iin + 1) << CQ_GROUP_SHIFT);
            sqlite3_bind_int64(stmt, 3, run);
            code = cq_db_step(p->request->db, stmt, &row, err);
            sqlite3_reset(stmt);
        }
        p->counts[CQ_COUNT_ORPHANS] += !known && !row;
        p->counts[CQ_COUNT_SPONSOR_LEFT] += (known || row) && !employee && (word & 1) != 0;
    }
    sqlite3_finalize(stmt);
    return code;
}

/* --- what is to be settled: the contradictions that quality --review lists --- */

struct review_count {
    const struct cq_verdicts *verdicts;
    int64_t *count;
};

static void count_open(const struct review_count *r, int64_t iin)
{
    *r->count += cq_links_open(NULL, r->verdicts, iin, iin);
}

static enum cq_code count_contradiction(const struct cq_contradiction *c, void *context,
                                        struct cq_err *err)
{
    (void)err;
    count_open(context, c->iin);
    return CQ_OK;
}

static enum cq_code count_disagreement(const struct cq_disagreement *d, void *context,
                                       struct cq_err *err)
{
    (void)err;
    count_open(context, d->id >> CQ_GROUP_SHIFT);
    return CQ_OK;
}

static enum cq_code count_review(const struct cq_report_request *request, int64_t run,
                                 int64_t *count, struct cq_err *err)
{
    struct cq_verdicts verdicts = {0};
    struct review_count r = {&verdicts, count};
    enum cq_code code = cq_verdicts_read(&verdicts, request->db, run, request->day, err);
    if (!code)
        code = cq_contradictions_read(request->db, run, count_contradiction, &r, err);
    if (!code)
        code = cq_disagreements_read(request->db, run, request->day, count_disagreement, &r, err);
    cq_verdicts_free(&verdicts);
    return code;
}

/* --- the law --- */

static void count_finding(const struct cq_law_finding *finding, void *context)
{
    (void)finding;
    ++*(int64_t *)context;
}

static enum cq_code count_law(const struct cq_report_request *request, int64_t *counts,
                              struct cq_err *err)
{
    struct cq_law_checked checked = {0};
    struct cq_err unproved = {0};
    const struct cq_interval *interval = cq_law_interval(request->law, request->day);
    if (cq_law_prove(request->law, 1000, count_finding, &counts[CQ_COUNT_PROOF], &unproved) &&
        counts[CQ_COUNT_PROOF] == 0)
        counts[CQ_COUNT_PROOF] = 1; /* a failed proof is at least one finding */
    for (size_t i = 0; i < interval->ruling_count; i++)
        counts[CQ_COUNT_SUPERSEDED] += interval->rulings[i].certainty == CQ_CERTAINTY_SUPERSEDED;
    return cq_law_check(request->law_dir, 1000, count_finding, &counts[CQ_COUNT_LAW], &checked,
                        err);
}

enum cq_code cq_check_count(const struct cq_report_request *request, int64_t run,
                            int64_t counts[CQ_COUNTED], struct cq_err *err)
{
    struct pass pass = {.request = request, .counts = counts, .iin = -1};
    struct cq_audit_state audit = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(request->db, &stmt, people_sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, run);
        sqlite3_bind_int64(stmt, 2, request->day);
    }
    while (!code && row) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (!code && row && check_row(&pass, stmt))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    sqlite3_finalize(stmt);
    if (!code)
        code = count_sponsors(&pass, run, err);
    free(pass.people.words);
    free(pass.sponsors.words);
    if (!code)
        code = count_review(request, run, &counts[CQ_COUNT_REVIEW], err);
    if (!code)
        code = cq_name_index_missing(request->db, run, request->day, &counts[CQ_COUNT_NAMES], err);
    if (!code)
        code = cq_audit_verify(request->db, &audit, err);
    counts[CQ_COUNT_AUDIT] = audit.broken != 0;
    if (!code)
        code = cq_report_verify_referrals(request, &counts[CQ_COUNT_REFERRALS],
                                          &counts[CQ_COUNT_EARLIER], err);
    return code ? code : count_law(request, counts, err);
}
