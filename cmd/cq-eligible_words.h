/* The words of --explain. */
#ifndef CQ_ELIGIBLE_WORDS_H
#define CQ_ELIGIBLE_WORDS_H

#include "cq/facts.h"

/* What a code of an answer is called in the language of the messages; NULL where it has no word.
 * Shape: kind is outcome, provider, payer, referral, reason, certainty, document, cause. */
const char *cq_eligible_word(const char *kind, const char *code, size_t len);
const char *cq_eligible_fact_word(enum cq_fact fact);
const char *cq_eligible_value_word(enum cq_fact fact, int value); /* CQ_UNKNOWN too */

#endif
