/* The session of cq-refer: its options, the law and the registry. */
#ifndef CQ_REFER_SESSION_H
#define CQ_REFER_SESSION_H

#include "cli.h"
#include "cq/issue.h"
#include "cq/transition.h"

/* Timeout of locks: others may issue many referrals before us. */
enum { CQ_REFER_WAIT_MS = 30000 };

/* What an action takes besides the options of every program. */
enum {
    CQ_TAKES_REQUEST = 1,
    CQ_TAKES_FILTER = 2,
    CQ_TAKES_TRANSITION = 4,
    CQ_TAKES_ADMISSION = 8,
    CQ_TAKES_NUMBERS = 16,
    CQ_TAKES_FHIR = 32,
    CQ_TAKES_OVERDUE = 64, /* without numbers: all that are overdue */
    CQ_TAKES_REGISTRATION = 128,
    CQ_TAKES_ANSWER = 256,
    CQ_TAKES_ACTOR = CQ_TAKES_TRANSITION | CQ_TAKES_REGISTRATION /* who does it, and when */
};

struct cq_refer {
    struct cq_cli *cli;
    const char *action;
    unsigned takes;                      /* CQ_TAKES_ of the action */
    const char *given[CQ_REQUEST_AS_OF]; /* values of the columns' options */
    int state;                           /* -1 for all */
    bool overdue;
    const char *reason, *despite;
    const char *papers, *card_no; /* of register */
    int32_t on;                   /* CQ_DAY_MIN if not given */
    bool refused;                 /* a transition was refused: status 3 */
    struct cq_law *law;
    struct cq_db db;
};

/* Reports a finding; context is the struct cq_refer. A row that was refused counts as a finding, a
 * warning does not. */
void cq_refer_report(const struct cq_err *finding, void *context);

/* Reports a number that the registry does not hold (CQ_R_NO_REFERRAL, with the number in place of a
 * file); context is the struct cq_refer. */
void cq_refer_report_missing(int64_t number, void *context);

/* Reads the numbers named as operands, else those of a CSV on standard input: as transitions with
 * the columns of CQ_READS_*, or alone. A number that the registry does not hold is no error here.
 * Errors: in cli->err. */
enum cq_code cq_refer_read(struct cq_refer *s, unsigned reads, struct cq_transitions *transitions);
enum cq_code cq_refer_numbers(struct cq_refer *s, struct cq_numbers *numbers);

/* Who acts, for the log: --referrer of a transition or a registration, else who runs the program. */
const char *cq_refer_actor(const struct cq_refer *s);

#endif
