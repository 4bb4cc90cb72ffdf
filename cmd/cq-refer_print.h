/* cq-refer's output: one row a referral, the same columns for every action. */
#ifndef CQ_REFER_PRINT_H
#define CQ_REFER_PRINT_H

#include "cli.h"
#include "cq/refer.h"

/* Prints referrals by number, as the registry stood at a moment.
 * Shape: own_transactions is false inside a transaction of the caller. A number that the registry
 * does not hold is told through say (CQ_R_NO_REFERRAL, with the number in place of a file).
 * Errors: in cli->err. */
enum cq_code cq_refer_print(struct cq_cli *cli, struct cq_db *db, const struct cq_law *law,
                            const struct cq_numbers *numbers, int64_t known_at,
                            bool own_transactions,
                            void (*say)(const struct cq_err *finding, void *context));

#endif
