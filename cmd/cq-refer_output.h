/* The output of cq-refer. */
#ifndef CQ_REFER_OUTPUT_H
#define CQ_REFER_OUTPUT_H

#include "cq-refer_session.h"
#include "cq/referral_output.h"

/* Opens the output for referrals as the registry was at a moment.
 * Errors: those of cq_cli_output. */
enum cq_code cq_refer_output_open(struct cq_refer *s, int64_t known_at,
                                  struct cq_referral_output *output);

/* Writes referrals as rows. Shape: as cq_referrals_write_rows. Errors: in cli->err. */
enum cq_code cq_refer_write_rows(struct cq_refer *s, const struct cq_numbers *numbers,
                                 int64_t known_at, bool inside_transaction);

/* Ends a writer's transaction and writes what it wrote as rows: commits first, writes after; a dry
 * run can only write before it rolls back. Shape: events is their number before.
 * Errors: in cli->err. */
enum cq_code cq_refer_commit(struct cq_refer *s, const struct cq_numbers *numbers, int64_t events);

#endif
