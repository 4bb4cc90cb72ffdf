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
    /* Recorded with the transition; CQ_UNKNOWN, CQ_DAY_MIN and empty where not stated. */
    int consent; /* CQ_YES or CQ_NO */
    int32_t commission_on, planned_on;
    struct cq_text bureau_code, commission_no;
    long line; /* for messages, 0 if none */
};

/* A list of transitions. Zero-initialise before use. */
struct cq_transitions {
    struct cq_transition *list;
    size_t count, room;
    int64_t blank, skipped; /* rows of the CSV that were passed over (cq_csvin_passed) */
    struct cq_texts *texts; /* private */
};

/* A transition of which nothing is stated. */
struct cq_transition cq_transition_of(int64_t number);

/* Adds a copy. Errors: CQ_B_NOMEM. */
enum cq_code cq_transitions_add(struct cq_transitions *transitions,
                                const struct cq_transition *transition);
void cq_transitions_free(struct cq_transitions *transitions);

/* The columns that are read besides `number`. */
enum {
    CQ_READS_MOVE = 1,      /* on, reason, consent */
    CQ_READS_ADMISSION = 2, /* bureau_code, commission_no, commission_on */
    CQ_READS_ANSWER = 4     /* planned_on */
};

/* Reads transitions from a CSV: `number`* and the columns of CQ_READS_*; others are ignored. report is called for each row that is rejected
 * (bad rows, CQ_R_MISSING, CQ_R_NUMBER_FORM, CQ_R_NUMBER_CHECK, the codes of dates and
 * booleans), and with what cq_sheet_report says.
 * Errors: those of cq_csvin and cq_columns_map. */
enum cq_code cq_transitions_read(struct cq_transitions *transitions, unsigned reads,
                                 const struct cq_csv_input *input, cq_finding_fn *report,
                                 void *context, struct cq_err *err);

/* The options of a batch of transitions. */
struct cq_transition_options {
    const char *action; /* "accept", "reject", "answer", "admit", "complete", "cancel", "expire" */
    const struct cq_law *law; /* NULL: states alone are looked at */
    int64_t known_run;        /* "admit": the right is decided as of this run */
    int32_t day;              /* of transitions that name none */
    bool day_stated;          /* somebody named that day: it has to be in order, as a stated one */
    int64_t now;              /* milliseconds UTC */
    const char *actor;
    const char *despite; /* the reason to admit where the right has changed; NULL: refuse */
    cq_finding_fn *report;
    void *context;
};

/* A transition may be recorded for a day that is so many days ahead. */
#define CQ_TRANSITION_DAYS_AHEAD 366

/* Makes every allowed transition and reports the others. Shape: inside a writer's transaction; made
 * becomes the numbers that changed, in order; *refused becomes true where a transition was refused.
 * Findings, with the number in place of a file: CQ_R_NO_REFERRAL, CQ_R_MOVE_AHEAD (a day that is
 * more than CQ_TRANSITION_DAYS_AHEAD after that of the batch), CQ_R_DATE_ORDER (a stated day
 * before that of the last transition; a commission that decided after the admission; an answer that
 * gives a day before its own), CQ_R_VALUE (a commission where none decides), CQ_R_ANSWER, CQ_W_ONWARD
 * (refused because there is no such department), and, refused: CQ_F_MOVE (not allowed in the state; "expire"
 * before the last day has passed), CQ_F_UNBOUND ("admit": what the acts bind the referral to is not
 * recorded), CQ_F_NOT_ANSWERED ("answer" where none is due), CQ_F_NO_REASON (a refusal of what is to
 * be answered), CQ_F_CHANGED ("admit": the right on that day is not what was frozen; detail: what differs).
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_transitions_write(struct cq_db *db, const struct cq_transitions *transitions,
                                  const struct cq_transition_options *options,
                                  struct cq_numbers *made, bool *refused, struct cq_err *err);

/* Reads the end of the chain of transitions: their number, and the last link in hexadecimal.
 * Errors: those of cq_db_fail. */
enum cq_code cq_referral_chain(struct cq_db *db, int64_t *events, char link[CQ_HASH_HEX + 1],
                               struct cq_err *err);

#endif
