/* Rows of readings.csv that never part. */
#ifndef CQ_LAWCHECK_GAP_READINGS_H
#define CQ_LAWCHECK_GAP_READINGS_H

#include "lawcheck/findings.h"

/* Reports readings of gaps that no decision shows, a reading that decides all its cases like
 * another of its gap, and facts of a reading without effect. Shape: the rules are expanded. */
void cq_lawcheck_gap_readings(struct cq_lawcheck *check);

#endif
