/* Referrals and stays that lists overtook: what was known of their own day when they were decided,
 * what is known of it now, and which run told so. */
#ifndef CQ_REPORTS_OVERTAKEN_FIND_H
#define CQ_REPORTS_OVERTAKEN_FIND_H

#include "cq/person.h"
#include "cq/referral.h"
#include "cq/result.h"

/* What a run can say that changes a decision. */
enum {
    CQ_TOLD_PERSON,
    CQ_TOLD_SPONSOR,
    CQ_TOLD_INSURANCE,
    CQ_TOLD_PRESIDENTIAL,
    CQ_TOLD_FACILITY,
    CQ_TOLD_UNDO, /* the run took another one back */
    CQ_TOLD_COUNT
};

/* The cells of a decision that are compared, and its basis. Owner of the texts: the law, static, or
 * the result. */
struct cq_overtaken_side {
    int category, agency; /* agency 0 if none */
    const char *outcome, *provider, *facility, *payer, *basis;
};

struct cq_overtaken {
    int64_t number, iin;
    enum cq_state status;
    bool stay;                          /* decided for the admission, else for the issue */
    struct cq_request request;          /* its day is the own day */
    int64_t known;                      /* the last run that was known */
    struct cq_overtaken_side then, now; /* under the law tables of the request, both */
    int64_t run;                        /* from this one on the answer is as now; 0: none found */
    unsigned told;                      /* bits 1 << CQ_TOLD_*: what that run says of the person */
    int64_t line;                       /* in its list; 0 where a row was ended or taken back */
    const char *list;                   /* hash of its file; "" for an undo */
    int32_t list_date;                  /* CQ_DAY_MIN for an undo */
};

/* Zero-initialise before use; free the list. */
struct cq_overtaken_list {
    struct cq_overtaken *list;
    size_t count, room;
};

/* Whether two decisions are the same: outcome, category, agency, provider, facility and payer. */
bool cq_overtaken_same(const struct cq_overtaken_side *a, const struct cq_overtaken_side *b);

/* The cells of the answer that decides. Owner of the facility: the people. */
struct cq_overtaken_side cq_overtaken_side_of(const struct cq_answer *answer);

/* Finds what was overtaken, of every referral that counts and every stay, in order of the own days;
 * run, told, line, list and list_date are not set. Shape: the run of result is what is known now.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_overtaken_find(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_overtaken_list *found,
                               struct cq_err *err);

#endif
