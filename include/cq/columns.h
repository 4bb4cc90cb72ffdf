/* Columns of a CSV: their names, types and checks; one table is used for reading, --help and the
 * manual. The columns of each list are in lists.h. */
#ifndef CQ_COLUMNS_H
#define CQ_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/csvin.h"
#include "cq/err.h"
#include "cq/str.h"

enum cq_type {
    CQ_TYPE_IIN,
    CQ_TYPE_DATE,
    CQ_TYPE_KATO,
    CQ_TYPE_BOOLEAN, /* 1 yes, 0 no */
    CQ_TYPE_CHOICE,  /* index into values */
    CQ_TYPE_NUMBER,  /* whole, 0 to 1,000,000 */
    CQ_TYPE_NAME,    /* of a person: text without '?'; lists/name_check.h has more */
    CQ_TYPE_TEXT,
    CQ_TYPE_KATOS, /* several KATO codes with blanks between; kept as text, names as their codes */
    CQ_TYPE_CHOICES /* several of values, with plus signs, semicolons or commas between; a bit each */
};

struct cq_column {
    const char *name;
    enum cq_type type;
    bool required;
    /* CHOICE, CHOICES: the values, NULL at the end; "employee|қызметкер|сотрудник" the first word is the
     * value's name, the others are synonyms. BOOLEAN: the words for no and for yes; KATO and KATOS: for
     * each place its code and its names; NULL for none. */
    const char *const *values;
    const char *aliases; /* other headers, folded, '|' between; NULL for none */
};

/* A value that was read. Text is valid as long as its source and scratch are. */
struct cq_value {
    bool present;
    int64_t number;      /* all types but NAME, TEXT and KATOS */
    struct cq_text text; /* NAME, TEXT, KATOS: in normal form C, trimmed */
    bool corrected;      /* NAME: confusable Latin letters were replaced by the Cyrillic ones */
};

/* Reports an unknown header. Shape: place is its number in the header, from 1; nearest is the nearest
 * known name, or NULL. */
typedef void cq_column_unknown_fn(const struct cq_text *header, size_t place, const char *nearest,
                                  void *context);

/* Finds the columns in a header. A header is known as it is written, or without asterisks, a number
 * before it and a remark in brackets, or if it says the same in two languages with a slash between.
 * Shape: count is at most CQ_COLUMNS_MAX; map has count entries, which become the index of
 * the field or -1. given holds "FIELD=HEADER" strings of the user, NULL at the end, or is NULL.
 * unknown may be NULL.
 * Errors: CQ_F_HEADER_MISSING and CQ_F_HEADER_TWICE (detail: the columns), CQ_U_VALUE (a given
 * field or header that is not there), CQ_B_NOMEM. */
#define CQ_COLUMNS_MAX 64
enum cq_code cq_columns_map(const struct cq_column *columns, size_t count,
                            const struct cq_row *header, const char *const *given, int *map,
                            cq_column_unknown_fn *unknown, void *context, struct cq_err *err);

/* How well a row serves as the header of these columns, for a cq_header_fn: all that are required
 * must be there. Where none is, as of facts, the first row serves with one column and a lower row
 * with two. */
int cq_columns_score(const struct cq_column *columns, size_t count, const char *const *given,
                     const struct cq_row *row, bool first);

/* What a message says of an unknown header: its text and the nearest known name in brackets. Where none
 * is near its place alone, for such a cell may be a person's data, unless it looks like a column of a
 * program. Shape: nearest may be NULL.
 * Errors: in out->failed. */
void cq_columns_unknown(const struct cq_text *header, size_t place, const char *nearest,
                        struct cq_str *out);

/* Opens a list whose header names these columns, given as above. Errors: those of cq_csvin_open. */
enum cq_code cq_columns_open(struct cq_csvin **in, const struct cq_csv_input *input,
                             const struct cq_column *columns, size_t count,
                             const char *const *given, struct cq_err *err);

/* Reads one value. Shape: blanks around it are dropped; an empty rest is absent. scratch holds text
 * that had to be rewritten: clear it once per row.
 * Errors: CQ_R_MISSING (required and absent), the codes of the type's parser, CQ_R_VALUE,
 * CQ_R_BOOLEAN, CQ_R_NAME_QUESTION, CQ_R_CONTROL_CHARACTER, CQ_R_LONG, CQ_B_NOMEM. */
enum cq_code cq_column_parse(const struct cq_column *column, const struct cq_text *field,
                             struct cq_value *value, struct cq_str *scratch);

/* Makes room in scratch for a text: those of a row must not move once they are returned, so it is made
 * for the whole row at once. Errors: CQ_R_LONG where the row has no more, CQ_B_NOMEM. */
enum cq_code cq_column_reserve(struct cq_str *scratch);

/* Appends a value in CSV form (ISO dates, yes/no, value names, several of them with '+' between),
 * unquoted; nothing if absent.
 * Errors: in out->failed. */
void cq_column_print(const struct cq_column *column, const struct cq_value *value,
                     struct cq_str *out);

/* Appends the names of the values of a CHOICE, from the first on, with ", " between.
 * Errors: in out->failed. */
void cq_column_allowed(const struct cq_column *column, int first, struct cq_str *out);

/* Index of a value of a list such as values above; -1 if it is none. */
int cq_choice_find(const char *const *values, const char *text, size_t len);

/* Drops white space (cq_utf8_blank) at both ends. */
struct cq_text cq_text_trim(struct cq_text text);

#endif
