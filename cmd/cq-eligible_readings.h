/* The readings of gaps as text. */
#ifndef CQ_ELIGIBLE_READINGS_H
#define CQ_ELIGIBLE_READINGS_H

#include "cq-eligible_page.h"
#include "cq/gap_readings.h"

/* Appends what is decided under each reading, and in which cells the readings of a gap differ.
 * Errors: in page->text.failed. */
void cq_eligible_add_readings(struct cq_page *page, int32_t day,
                              const struct cq_reading_answer *answers, size_t count);

#endif
