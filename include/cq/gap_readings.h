/* The readings of what the acts leave open, side by side: what a decision that shows a gap would be
 * under each. Source: cq-law(5), readings.csv. */
#ifndef CQ_GAP_READINGS_H
#define CQ_GAP_READINGS_H

#include <stddef.h>
#include <stdint.h>
#include "cq/decide.h"
#include "cq/law.h"

#define CQ_READINGS_MAX 32 /* rows of readings.csv */

/* What is decided under a reading. */
struct cq_reading_answer {
    const struct cq_gap_reading *reading;
    uint64_t facts;              /* the word decided on */
    struct cq_decision decision; /* its basis follows that of the reading; no rule is named where
                                    the reading itself is the answer */
    const char *facility;        /* code of the nearest that can serve, "" if none */
};

/* The readings of these gaps (bits of the law's gaps), in order of the table, undecided.
 * Shape: answers has CQ_READINGS_MAX entries. Returns how many. */
size_t cq_gap_readings(const struct cq_law *law, uint64_t gaps, struct cq_reading_answer *answers);

/* Decides under each reading and drops the gaps whose readings all decide alike. Shape: facts of an
 * entry are those of the question as the reading would have them asked, of which the reading changes
 * what it names. Returns how many are left, in the same order. */
size_t cq_gap_readings_decide(const struct cq_law *law, int32_t day,
                              struct cq_reading_answer *answers, size_t count);

/* The cells in which readings of one gap decide differently, as bits 1 << enum cq_reading_cell.
 * Shape: answers of one gap. */
enum cq_reading_cell {
    CQ_READING_OUTCOME,
    CQ_READING_PROVIDER,
    CQ_READING_PAYER,
    CQ_READING_REFERRAL,
    CQ_READING_DOCUMENTS,
    CQ_READING_REASONS,
    CQ_READING_BASIS,
    CQ_READING_CELLS
};
unsigned cq_gap_readings_differ(const struct cq_reading_answer *answers, size_t count);

#endif
