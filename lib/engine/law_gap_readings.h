/* readings.csv: how what the acts leave open may be read. */
#ifndef CQ_ENGINE_LAW_GAP_READINGS_H
#define CQ_ENGINE_LAW_GAP_READINGS_H

#include "engine/law_cells.h"

extern const char *const cq_law_gap_readings_columns[]; /* NULL at the end */

/* Reads the rows of an opened table. Errors: in r->err. */
void cq_law_gap_readings_read(struct cq_law_cells *r, size_t rows);

/* The facts of a word as a reading has them. */
uint64_t cq_law_gap_reading_facts(const struct cq_gap_reading *reading, uint64_t word);

#endif
