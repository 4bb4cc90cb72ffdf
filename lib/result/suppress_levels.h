/* Which sums of a table are inside each other, and on which side of its graph. */
#ifndef CQ_RESULT_SUPPRESS_LEVELS_H
#define CQ_RESULT_SUPPRESS_LEVELS_H

#include "result/suppress_groups.h"

enum { CQ_SUM_LEVELS = 6, CQ_LEVEL_COLUMNS = 31 };

/* Sums inside each other, from fine to coarse: the groups of each level and their first count and
 * node. */
struct cq_sum_side {
    struct cq_groups levels[CQ_SUM_LEVELS];
    size_t first_count[CQ_SUM_LEVELS];
    uint32_t first_node[CQ_SUM_LEVELS];
    size_t count;
    uint32_t root;
};

/* One count of a section, row by row, and all its sums. */
struct cq_sum_table {
    struct cq_report_result *result;
    struct cq_report_section *rows;
    size_t column;
    int second;        /* a column that has this count again in some rows and 0 in others, or -1 */
    const char *known; /* a column whose sums readers know from elsewhere, or NULL */
    const char *link;  /* a column whose sums are those of another table, or NULL */
    bool alone;        /* no other section adds it up, though its sum may be known */

    /* private */
    struct cq_sum_side left, right;
    size_t *counts_of_rows;
    size_t whole;
};

/* Whether a section adds up rows: each of its columns of words is one of theirs. */
bool cq_sums_adds_up(struct cq_report_section *rows, const struct cq_report_section *section);

/* The columns by which a section adds up the rows of a table, as bits; 0 where it does not. columns
 * becomes the section's column of each. */
unsigned cq_level_mask(const struct cq_sum_table *table, const struct cq_report_section *section,
                       int8_t columns[CQ_LEVEL_COLUMNS]);

/* Where a section has the count, or the second one, or -1. */
int cq_level_column(const struct cq_sum_table *table, const struct cq_report_section *section,
                    bool second);

/* A column of the rows as a bit; 0 for NULL and where there is none. */
unsigned cq_level_bit(const struct cq_sum_table *table, const char *name);

/* Each column's own number. */
extern const int8_t cq_level_own[CQ_LEVEL_COLUMNS];

/* Chooses the levels of both sides and makes their groups. Errors: CQ_B_NOMEM. */
enum cq_code cq_levels_choose(struct cq_sum_table *table);

void cq_sum_table_free(struct cq_sum_table *table);

#endif
