/* Rows of a result in groups: the rows that a sum of another section adds up. */
#ifndef CQ_RESULT_SUPPRESS_GROUPS_H
#define CQ_RESULT_SUPPRESS_GROUPS_H

#include "cq/result.h"

#define CQ_GROUP_NONE UINT32_MAX

/* A row of a section as a key: its texts in the columns that rows have in common with it. */
struct cq_group_key {
    const struct cq_report_section *section;
    size_t row;
    const int8_t *columns; /* the section's column of each column of the rows */
    bool second;           /* the row has the second count too, or is in the figure */
};

/* The groups of rows that have the same texts in some columns, and if second is 0 or more, that have
 * that count or not; if there is a figure, that are in it or not. Owner: caller, cq_groups_free. */
struct cq_groups {
    unsigned mask; /* columns of the rows, as bits */
    int second;
    const struct cq_report_figure *figure;
    uint32_t *of_row;          /* CQ_GROUP_NONE for rows without the count */
    struct cq_group_key *keys; /* one row of each group, in order */
    uint32_t count;
    int64_t *sums;
};

/* Groups the rows whose count is not 0. columns: each column's own number. Errors: CQ_B_NOMEM. */
enum cq_code cq_groups_make(struct cq_groups *groups, const struct cq_report_section *rows,
                            const int8_t *columns, size_t column);
void cq_groups_free(struct cq_groups *groups);

/* Whether a figure adds up a row. */
bool cq_figure_has(const struct cq_report_figure *figure, const struct cq_report_section *rows,
                   size_t row);

/* The group of a key, or CQ_GROUP_NONE. */
uint32_t cq_groups_find(const struct cq_groups *groups, const struct cq_group_key *key);

/* The column of a section by its name, or -1. */
int cq_section_column(const struct cq_report_section *section, const char *name);

#endif
