/* Transitions of referrals from state to state: accepted, rejected, admitted, completed, cancelled,
 * expired. Each is an event in one chain of hashes. */
#ifndef CQ_TRANSITION_H
#define CQ_TRANSITION_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/csvin.h"
#include "cq/hash.h"
#include "cq/law.h"
#include "cq/referral.h"

struct cq_transition {
    int64_t number;
    int32_t day;           /* on which it happened; CQ_DAY_MIN for the day of the batch */
    struct cq_text reason; /* empty where none is given */
    int consent;           /* CQ_YES, CQ_NO, CQ_UNKNOWN: recorded with the transition */
    long line;             /* for messages, 0 if none */
};

/* A list of transitions. Zero-initialise before use. */
struct cq_transitions {
    struct cq_transition *list;
    size_t count, room;
    int64_t blank, skipped; /* rows of the CSV that were passed over (cq_csvin_passed) */
    struct cq_texts *texts; /* private */
};

/* Adds a copy. Errors: CQ_B_NOMEM. */
enum cq_code cq_transitions_add(struct cq_transitions *transitions,
                                const struct cq_transition *transition);
void cq_transitions_free(struct cq_transitions *transitions);

/* Reads the columns `number`*, `on`, `reason` and `consent` of a CSV; others are ignored. Shape:
 * with numbers_only the last three are ignored too. report is called for each row that is rejected
 * (bad rows, CQ_R_MISSING, CQ_R_NUMBER_FORM, CQ_R_NUMBER_CHECK, the codes of dates and
 * booleans), and with what cq_sheet_report says.
 * Errors: those of cq_csvin and cq_columns_map. */
enum cq_code cq_transitions_read(struct cq_transitions *transitions, bool numbers_only,
                                 const struct cq_csv_input *input, cq_finding_fn *report,
                                 void *context, struct cq_err *err);

/* The options of a batch of transitions. */
struct cq_transition_options {
    const char *action;       /* "accept", "reject", "admit", "complete", "cancel", "expire" */
    const struct cq_law *law; /* for "admit", else NULL */
    int64_t known_run;        /* "admit": the right is decided as of this run */
    int32_t day;              /* of transitions that name none */
    int64_t now;              /* milliseconds UTC */
    const char *actor;
    const char *despite; /* the reason to admit where the right has changed; NULL: refuse */
    cq_finding_fn *report;
    void *context;
};

/* Makes every allowed transition and reports the others. Shape: inside a writer's transaction; made
 * becomes the numbers that changed, in order; *refused becomes true where a transition was refused.
 * Findings, with the number in place of a file: CQ_R_NO_REFERRAL, CQ_R_DATE_ORDER (a stated day
 * before that of the last transition), and, refused: CQ_F_MOVE (not allowed in the state; "expire"
 * before the last day has passed; "admit" under the condition of a consent that is not recorded),
 * CQ_F_CHANGED ("admit": the right on that day is not what was frozen; detail: what differs).
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_transitions_write(struct cq_db *db, const struct cq_transitions *transitions,
                                  const struct cq_transition_options *options,
                                  struct cq_numbers *made, bool *refused, struct cq_err *err);

/* Reads the end of the chain of transitions: their number, and the last link in hexadecimal.
 * Errors: those of cq_db_fail. */
enum cq_code cq_referral_chain(struct cq_db *db, int64_t *events, char link[CQ_HASH_HEX + 1],
                               struct cq_err *err);

#endif
