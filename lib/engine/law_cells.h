/* Inside the law modules only: the bytes of the tables, and a reader of cells that remembers the
 * first wrong one. After an error every getter still answers, with a harmless value, so that a
 * row is read straight through and the error is looked at once. */
#ifndef CQ_LAWREADER_H
#define CQ_LAWREADER_H

#include "cq/csvtable.h"
#include "cq/law.h"

/* The tables in the order in which they are read and hashed: each needs only earlier ones. */
enum cq_lawtable {
    CQ_LAWTABLE_ACTS,
    CQ_LAWTABLE_CITATIONS,
    CQ_LAWTABLE_EDITIONS,
    CQ_LAWTABLE_GAPS,
    CQ_LAWTABLE_PROVIDERS,
    CQ_LAWTABLE_WORDS,
    CQ_LAWTABLE_GROUPS,
    CQ_LAWTABLE_RULES,
    CQ_LAWTABLE_DOCUMENTS,
    CQ_LAWTABLE_SERVICES,
    CQ_LAWTABLE_AGENCIES,
    CQ_LAWTABLE_REGIONS,
    CQ_LAWTABLE_ROLES,
    CQ_LAWTABLE_PRESUMPTIONS,
    CQ_LAWTABLE_PARAMETERS,
    CQ_LAWTABLE_REFERRERS,
    CQ_LAWTABLES
};

struct cq_lawfiles {
    struct cq_text bytes[CQ_LAWTABLES];
    void *memory[CQ_LAWTABLES]; /* NULL where the bytes are embedded */
};

/* "rules.csv" */
const char *cq_lawfiles_name(enum cq_lawtable table);
/* The embedded bytes. */
void cq_lawfiles_embedded(struct cq_lawfiles *files);
/* Reads all tables of a folder. Errors: CQ_L_OPEN, CQ_B_NOMEM. Owner: caller, fini in any case. */
enum cq_code cq_lawfiles_read(struct cq_lawfiles *files, const char *dir, struct cq_err *err);
void cq_lawfiles_fini(struct cq_lawfiles *files);

/* cq_law_read from bytes; dir is for messages only, NULL for the embedded tables. */
enum cq_code cq_law_build(struct cq_law **law, const struct cq_lawfiles *files, const char *dir,
                          struct cq_err *err);

#define CQ_LAW_COLUMNS_MAX 32
#define CQ_LAW_GROUPS_MAX 64

/* A row of groups.csv. */
struct cq_group_row {
    int group; /* bit in cq_rule_source.who and .where */
    int32_t since, until;
    uint64_t facts;
};

/* What rules.csv says of a rule beside struct cq_rule. Group sets: 0 for every case. */
struct cq_rule_source {
    uint64_t facts;
    uint64_t who, where;
};

struct cq_arena;
struct cq_interned;
struct cq_lawreader;

/* Takes what is wrong in a table that is only looked over. */
typedef void cq_lawflaw(struct cq_lawreader *r, enum cq_finding_kind kind, const char *column,
                        const char *detail);

struct cq_lawreader {
    struct cq_law *law;
    struct cq_arena *arena;
    struct cq_interned **interned;
    struct cq_err err;

    /* Where set, wrong cells go there, harmless values take their place and reading goes on. */
    cq_lawflaw *flaw;
    void *context;

    /* the table being read */
    enum cq_lawtable table_id;
    char file[256];
    const char *const *columns;
    int place[CQ_LAW_COLUMNS_MAX]; /* where each column stands in the file */
    struct cq_csvtable table;
    const struct cq_csvtable_row *row;

    /* what later tables need and the law does not keep */
    struct cq_word *words; /* in the order of the file */
    size_t word_count;
    const char *group_ids[CQ_LAW_GROUPS_MAX];
    int group_count;
    struct cq_group_row *group_rows;
    size_t group_row_count;
    struct cq_rule_source *sources;
    long *lines[CQ_LAWTABLES]; /* of each row */
    bool *edition_used;        /* some date is the first day of the edition */
};

/* Memory that goes with the law, zeroed; NULL and CQ_B_NOMEM in err where there is none. */
void *cq_lawreader_alloc(struct cq_lawreader *r, size_t count, size_t size);
void cq_lawreader_free(struct cq_arena *arena);

/* Opens a table and checks its header: each column once, in any order, no other.
 * Shape: columns end with NULL. Returns the number of rows; 0 with err set on error. */
size_t cq_lawreader_open(struct cq_lawreader *r, struct cq_text bytes, const char *dir,
                         enum cq_lawtable table, const char *const *columns);
/* Goes to a row, the header is 0; false after an error or at the end. */
bool cq_lawreader_row(struct cq_lawreader *r, size_t index);
void cq_lawreader_close(struct cq_lawreader *r);

/* Records that a cell of the current row is wrong: CQ_L_CELL with file, line and column. */
void cq_lawreader_bad(struct cq_lawreader *r, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a part of the cell that names nothing known. */
void cq_lawreader_unknown(struct cq_lawreader *r, enum cq_finding_kind kind, int column,
                          struct cq_text part);

/* Cells, by index in columns. Strings are interned: equal strings have equal addresses. */
struct cq_text cq_lawreader_cell(const struct cq_lawreader *r, int column);
const char *cq_lawreader_intern(struct cq_lawreader *r, const char *text, size_t len);
const char *cq_lawreader_string(struct cq_lawreader *r, int column);   /* may be empty */
const char *cq_lawreader_required(struct cq_lawreader *r, int column); /* may not */
int64_t cq_lawreader_number(struct cq_lawreader *r, int column, int64_t min, int64_t max);
/* An ISO date, the id of an edition (its first day), or empty: open. */
int32_t cq_lawreader_day(struct cq_lawreader *r, int column, int32_t open);
/* The values of a fact, "a|b" or "*", as bits of its field; one value alone. */
uint64_t cq_lawreader_fact(struct cq_lawreader *r, int column, enum cq_fact fact);
int cq_lawreader_value(struct cq_lawreader *r, int column, enum cq_fact fact);
/* Ids of gaps joined by ';', in order. */
uint64_t cq_lawreader_gaps(struct cq_lawreader *r, int column);
/* One ACT:PARAGRAPH.PART(SUBPARAGRAPH) of a known act, or "" with the error set. */
const char *cq_lawreader_citation(struct cq_lawreader *r, int column);
/* Citations joined by ';', each in citations.csv. */
const char *cq_lawreader_basis(struct cq_lawreader *r, int column);
/* The three languages of columns first, first + 1, first + 2. */
void cq_lawreader_names(struct cq_lawreader *r, int first, const char *names[CQ_LANGUAGES]);

/* The next part of a list: cuts it off *rest. False at the end. An empty list has one part. */
bool cq_lawreader_part(struct cq_text *rest, char separator, struct cq_text *part);
/* Whether a text is that string. */
bool cq_lawreader_is(struct cq_text text, const char *string);
/* Index of an edition, gap; -1 where there is none. */
int cq_lawreader_gap(const struct cq_law *law, struct cq_text id);
const struct cq_act *cq_lawreader_act(const struct cq_law *law, struct cq_text id);

/* Reads every table in order, up to the first error, which is in r->err. */
void cq_lawreader_tables(struct cq_lawreader *r, const struct cq_lawfiles *files, const char *dir);

/* The words, and what they are called. */
void cq_lawwords_read(struct cq_lawreader *r, size_t rows);
extern const char *const cq_lawwords_columns[];

/* The two tables that make decisions, and what they become. */
void cq_lawrules_groups(struct cq_lawreader *r, size_t rows);
void cq_lawrules_rules(struct cq_lawreader *r, size_t rows);
extern const char *const cq_lawrules_group_columns[];
extern const char *const cq_lawrules_rule_columns[];
/* Writes groups out into masks, interval by interval. Errors: in r->err. */
void cq_lawexpand(struct cq_lawreader *r);

#endif
