/* Verification of what the acts bind a referral to: a hand that forges seals and links may still leave
 * out what the law requires. */
#include "referrals/verify_bindings.h"

#include <stdio.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "referrals/bindings.h"

const char cq_verify_found_in_sql[] = "SELECT iin, service, issued_on FROM referral WHERE id = ?1";

/* Whether something is stated of a requirement. Paid care of earlier programs has no source. */
static bool states_some(const struct cq_referral *r, enum cq_requirement requirement)
{
    switch (requirement) {
    case CQ_REQUIREMENT_PAID_BY: return r->paid_by != CQ_UNKNOWN;
    case CQ_REQUIREMENT_COMMISSION:
        return r->text[CQ_REFERRAL_COMMISSION_NO].len > 0 || r->commission_on != CQ_DAY_MIN;
    case CQ_REQUIREMENT_ANSWER: return r->appointed_on != CQ_DAY_MIN;
    default: return cq_requirement_is_exclusive(requirement) && cq_referral_states(r, requirement);
    }
}

/* Whether a referral lacks what a row requires of it by now. */
static bool lacks(const struct cq_referral *r, const struct cq_binding *b)
{
    if (b->need != CQ_NEED_REQUIRED)
        return false;
    if (b->requirement == CQ_REQUIREMENT_REFUSAL)
        return r->answer == CQ_ANSWERED_REFUSAL && r->refusal.len == 0;
    switch (b->stage) {
    case CQ_STAGE_ISSUE: return !cq_referral_states(r, b->requirement);
    case CQ_STAGE_ADMISSION:
        return r->admitted_on != CQ_DAY_MIN && !(r->admitted_with >> b->requirement & 1);
    case CQ_STAGE_ANSWER: break;
    }
    return false;
}

/* Days that cannot be: a commission that decided after the admission, a day given that is past. */
static bool is_out_of_order(const struct cq_referral *r, enum cq_requirement requirement)
{
    if (requirement == CQ_REQUIREMENT_COMMISSION)
        return r->admitted_on != CQ_DAY_MIN && r->commission_on != CQ_DAY_MIN &&
               r->commission_on > r->admitted_on;
    return requirement == CQ_REQUIREMENT_ANSWER && r->appointed_on != CQ_DAY_MIN &&
           r->appointed_on < r->answered_on;
}

/* Whether the disorder cannot have been found during the referral that is named. What became of that
 * referral later is no matter. */
static enum cq_code find_found_in(struct cq_db *db, sqlite3_stmt *stmt, const struct cq_referral *r,
                                  const struct cq_binding *b, bool *wrong, struct cq_err *err)
{
    bool row = false;
    sqlite3_bind_int64(stmt, 1, r->found_in);
    enum cq_code code = cq_db_step(db, stmt, &row, err);
    int place = row ? sqlite3_column_int(stmt, 1) : CQ_UNKNOWN;
    const char *service = (unsigned)place < CQ_SERVICES ? cq_fact_value_name(CQ_FACT_SERVICE, place)
                                                        : NULL;
    *wrong = !service || sqlite3_column_int64(stmt, 0) != r->iin ||
             sqlite3_column_int(stmt, 2) > r->issued_on ||
             !cq_text_has(cq_text_of(b->accepts), '|', service);
    sqlite3_reset(stmt);
    return code;
}

enum cq_code cq_verify_bindings(struct cq_db *db, sqlite3_stmt *stmt, const struct cq_law *law,
                                const struct cq_referral *r, struct cq_findings *findings,
                                struct cq_err *err)
{
    bool other = !cq_text_is(r->text[CQ_REFERRAL_LAW], law->fingerprint);
    enum cq_code code = CQ_OK;
    for (int i = 0; i < CQ_REQUIREMENTS && !code; i++) {
        enum cq_requirement requirement = (enum cq_requirement)i;
        const struct cq_binding *b = cq_referral_binding(law, r, requirement);
        bool wrong = b ? lacks(r, b) || is_out_of_order(r, requirement)
                       : states_some(r, requirement);
        char detail[64];
        if (b && requirement == CQ_REQUIREMENT_FOUND_IN && r->found_in)
            code = find_found_in(db, stmt, r, b, &wrong, err);
        snprintf(detail, sizeof detail, "%s%s", cq_requirement_names[i],
                 other ? "; law: other tables" : "");
        if (!code && wrong)
            code = cq_findings_add(findings, r->number, CQ_VERIFIED_BINDING, detail);
    }
    return code;
}
