/* What the parts of cq-refer share. */
#ifndef CQ_REFER_CMD_H
#define CQ_REFER_CMD_H

#include "cli.h"
#include "cq/issue.h"
#include "cq/transition.h"
#include "cq/verify.h"
#include "referrals/parties.h"
#include "referrals/states.h"

/* How long locks are waited for: others may issue many referrals before us. */
enum { CQ_REFER_WAIT_MS = 30000 };

struct cq_refer {
    struct cq_cli *cli;
    const char *action;
    const char *given[CQ_REQUEST_AS_OF]; /* values of the columns' options */
    int state;                           /* -1 for all */
    bool overdue;
    const char *reason, *despite;
    int32_t on;   /* CQ_DAY_MIN if not given */
    bool refused; /* a transition was refused: status 3 */
    struct cq_law *law;
    struct cq_db db;
};

/* Takes findings; context is the struct cq_refer. A row that was refused is a finding; a warning is
 * only said. */
void cq_refer_say(const struct cq_err *finding, void *context);

/* The numbers named as operands, else those of a CSV on standard input, as transitions. A number that
 * the registry does not hold is no error here. Errors: in cli->err. */
enum cq_code cq_refer_read(struct cq_refer *s, bool numbers_only,
                           struct cq_transitions *transitions);
enum cq_code cq_refer_numbers(struct cq_refer *s, struct cq_numbers *numbers);

/* Who acts, for the log of transitions. Shape: buffer is used where there is no name. */
const char *cq_refer_actor(const struct cq_refer *s, char *buffer, size_t size);

/* Prints referrals by number, as the registry stood at a moment.
 * Shape: own_transactions is false inside a transaction of the caller. A number that the registry
 * does not hold is told (CQ_R_NO_REFERRAL, with the number in place of a file).
 * Errors: in cli->err. */
enum cq_code cq_refer_print(struct cq_refer *s, const struct cq_numbers *numbers, int64_t known_at,
                            bool own_transactions);
/* Writes bytes where data go to. Errors: CQ_O_WRITE in cli->err. */
enum cq_code cq_refer_write(struct cq_cli *cli, const char *bytes, size_t len);

void cq_refer_tell_missing(struct cq_refer *s, int64_t number);

/* Ends a writer's transaction and prints what was written: commits first, prints after; a dry run
 * can only print before it takes everything back. Shape: events is their number before.
 * Errors: in cli->err. */
enum cq_code cq_refer_commit(struct cq_refer *s, const struct cq_numbers *numbers, int64_t events);

/* The actions of the other parts. Errors: in cli->err. */
void cq_refer_move(struct cq_refer *s);
void cq_refer_verify(struct cq_refer *s);
void cq_refer_form(struct cq_refer *s);
enum cq_code cq_refer_fhir(struct cq_refer *s, const struct cq_numbers *numbers);

#endif
