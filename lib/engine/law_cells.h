/* A reader of the cells of law tables. It keeps the first error; after one every getter still
 * returns a valid value, so that a whole row can be read before the error is checked. */
#ifndef CQ_ENGINE_LAW_CELLS_H
#define CQ_ENGINE_LAW_CELLS_H

#include "text/csvtable.h"
#include "cq/law_finding.h"
#include "engine/law_files.h"

#define CQ_LAW_FILE 256 /* bytes of a file's name */
#define CQ_LAW_COLUMNS_MAX 48
#define CQ_LAW_GROUPS_MAX 64
#define CQ_LAW_GROUP_ROWS_MAX 256

/* A row of groups.csv. */
struct cq_group_row {
    int group; /* bit in cq_rule_source.groups */
    int32_t since, until;
    uint64_t facts;
};

/* A row of clauses.csv: a part of a basis that depends on whom it is about. */
struct cq_clause_row {
    const char *clause; /* "@own_gobmp" */
    int32_t since, until;
    uint64_t facts; /* category and body */
    const char *basis;
    enum cq_certainty certainty;
    uint64_t gaps;
};

/* The columns of a rule that name groups. */
enum { CQ_RULE_WHO, CQ_RULE_WHERE, CQ_RULE_COVER, CQ_RULE_SETS };

/* The conditions of a row of rules.csv. */
struct cq_rule_source {
    uint64_t facts;
    uint64_t groups[CQ_RULE_SETS]; /* sets of groups, 0 for every case */
    const char *clause;            /* that its basis has; NULL for none */
};

struct cq_arena;
struct cq_interned;
struct cq_law_cells;

/* Receives an error of the current row when tables are only checked. */
typedef void cq_law_cells_report_fn(struct cq_law_cells *r, enum cq_finding_kind kind,
                                    const char *column, const char *detail);

struct cq_law_cells {
    struct cq_law *law;
    struct cq_arena *arena;
    struct cq_interned **interned;
    struct cq_err err;

    /* If set, receives errors of cells; reading continues with default values. */
    cq_law_cells_report_fn *report;
    void *context;

    const char *dir; /* of the tables, for messages; NULL for the embedded ones */

    /* the table being read */
    enum cq_law_table table_id;
    char file[CQ_LAW_FILE];
    const char *const *columns;
    int place[CQ_LAW_COLUMNS_MAX]; /* field of each column in the file */
    struct cq_csvtable table;
    const struct cq_csvtable_row *row;

    /* needed by later tables but not kept in the law */
    struct cq_word *words; /* in the order of the file */
    size_t word_count;
    const char *group_ids[CQ_LAW_GROUPS_MAX];
    int group_count;
    struct cq_group_row *group_rows;
    size_t group_row_count;
    struct cq_clause_row *clauses;
    size_t clause_count;
    struct cq_rule_source *sources;
    long *lines[CQ_LAW_TABLES]; /* of each row */
};

/* Zeroed memory that is freed with the law; NULL and CQ_B_NOMEM in err on failure. */
void *cq_law_cells_alloc(struct cq_law_cells *r, size_t count, size_t size);
void cq_law_cells_free(struct cq_arena *arena); /* NULL is legal */

/* Opens a table and checks its header: each column once, in any order, no other.
 * Shape: columns end with NULL. Returns the number of rows; 0 with err set on error. */
size_t cq_law_cells_open(struct cq_law_cells *r, struct cq_text bytes, enum cq_law_table table,
                         const char *const *columns);
/* Goes to a row, the header is 0; false after an error or at the end. */
bool cq_law_cells_row(struct cq_law_cells *r, size_t index);
void cq_law_cells_close(struct cq_law_cells *r);

/* The name of a table's file, with the folder. */
void cq_law_cells_file(const struct cq_law_cells *r, enum cq_law_table table,
                       char file[CQ_LAW_FILE]);

/* Records that a cell of the current row is wrong: CQ_L_CELL with file, line and column. */
void cq_law_cells_bad(struct cq_law_cells *r, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reports that a cell of the current row says what the tables say without it; only where they are
 * checked. */
void cq_law_cells_idle(struct cq_law_cells *r, int column);

/* Records that a part of a cell is unknown. */
void cq_law_cells_unknown(struct cq_law_cells *r, enum cq_finding_kind kind, int column,
                          struct cq_text part);

/* Cells, by index in columns. Strings are interned: equal strings have equal addresses. */
struct cq_text cq_law_cells_text(const struct cq_law_cells *r, int column);
const char *cq_law_cells_string(struct cq_law_cells *r, int column);   /* may be empty */
const char *cq_law_cells_required(struct cq_law_cells *r, int column); /* may not */
int64_t cq_law_cells_number(struct cq_law_cells *r, int column, int64_t min, int64_t max);
/* An ISO date, the id of an edition (its first day), or empty: open. */
int32_t cq_law_cells_day(struct cq_law_cells *r, int column, int32_t open);
/* The values of a fact, "a|b" or "*", as bits of its field; one value alone. */
uint64_t cq_law_cells_fact(struct cq_law_cells *r, int column, enum cq_fact fact);
int cq_law_cells_value(struct cq_law_cells *r, int column, enum cq_fact fact);
/* Ids of gaps joined by ';', in order. */
uint64_t cq_law_cells_gaps(struct cq_law_cells *r, int column);
/* One ACT:PARAGRAPH.PART(SUBPARAGRAPH) of a known act, or the act alone; "" with the error set. */
const char *cq_law_cells_citation(struct cq_law_cells *r, int column);
/* Citations joined by ';', each in paragraphs.csv; those of a rule may have a @clause among them. */
const char *cq_law_cells_basis(struct cq_law_cells *r, int column);
/* The name of a certainty, or empty. */
enum cq_certainty cq_law_cells_certainty(struct cq_law_cells *r, int column);
/* Interns a text of any length. */
const char *cq_law_cells_intern(struct cq_law_cells *r, const char *text, size_t len);
/* The columns of a text, one for each language in their order. */
#define CQ_LAW_NAME_COLUMNS(text) text "_kk", text "_ru", text "_en"
_Static_assert(CQ_LANGUAGES == 3, "a text of the law has a column for each language");

/* Reads such columns from the column first on. */
void cq_law_cells_names(struct cq_law_cells *r, int first, const char *names[CQ_LANGUAGES]);

/* The act of an id; NULL where there is none. */
const struct cq_act *cq_law_find_act(const struct cq_law *law, struct cq_text id);

#endif
