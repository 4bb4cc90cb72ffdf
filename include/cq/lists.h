/* The kinds of lists: their columns, keys and checks of one row by itself. Source: cq-csv(5). */
#ifndef CQ_LISTS_H
#define CQ_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/columns.h"
#include "cq/law.h"
#include "cq/registry.h"
#include "cq/terms.h"

#define CQ_LIST_COLUMNS 32
#define CQ_LIST_TERMS 8

enum cq_kind {
    CQ_KIND_CONTINGENT,
    CQ_KIND_FACILITIES,
    CQ_KIND_INSURANCE,
    CQ_KIND_PRESIDENTIAL,
    CQ_KIND_CARDS,
    CQ_KIND_VERDICTS,
    CQ_KIND_CALENDAR,
    CQ_KINDS
};

extern const char *const cq_kind_names[CQ_KINDS + 1]; /* NULL at the end */

/* How a family member is related to the sponsor; positions that the registry stores. */
enum {
    CQ_RELATION_SPOUSE,
    CQ_RELATION_CHILD,
    CQ_RELATION_PARENT,
    CQ_RELATION_OTHER,
    CQ_RELATION_WARD
};

/* Columns of the contingent list. */
enum {
    CQ_P_IIN,
    CQ_P_LAST_NAME,
    CQ_P_FIRST_NAME,
    CQ_P_MIDDLE_NAME,
    CQ_P_BIRTH_DATE,
    CQ_P_SEX,
    CQ_P_CATEGORY,
    CQ_P_AGENCY,
    CQ_P_SPECIAL_RANK,
    CQ_P_SPONSOR_IIN,
    CQ_P_RELATION,
    CQ_P_CORESIDENT,
    CQ_P_RESIDENCE,
    CQ_P_SERVICE_PLACE,
    CQ_P_SERVICE_ID,
    CQ_P_PENSION_CERTIFICATE,
    CQ_P_DOCUMENT,
    CQ_P_DOCUMENT_NO,
    CQ_P_KILLED_ON,
    CQ_P_KILLED_ORDER,
    CQ_P_PRESIDENTIAL,
    CQ_P_DUTY_INJURY,
    CQ_P_VALID_FROM,
    CQ_P_VALID_TO,
    CQ_P_RANK, /* this and the next came with version 2 of the registry */
    CQ_P_STUDENT_UNTIL,
    CQ_P_DISABLED_BEFORE_18,
    CQ_P_DEPENDENT,
    CQ_P_LISTED_NAMES, /* not in the file: the names as listed, where they were corrected */
    CQ_P_COLUMNS,
    CQ_P_FULL_NAME = CQ_P_COLUMNS /* in the file only: last, first and middle name */
};

/* Columns of the facilities list. */
enum {
    CQ_F_FACILITY,
    CQ_F_NAME_KK,
    CQ_F_NAME_RU,
    CQ_F_NAME_EN,
    CQ_F_OWNER,
    CQ_F_KATO,
    CQ_F_SERVES,
    CQ_F_SERVICE,
    CQ_F_PROFILE,
    CQ_F_DEPARTMENT,
    CQ_F_SPECIALIST,
    CQ_F_EQUIPMENT,
    CQ_F_CAPACITY,
    CQ_F_VALID_FROM,
    CQ_F_VALID_TO,
    CQ_F_COLUMNS
};

/* Columns of the list of outpatient cards. */
enum {
    CQ_C_IIN,
    CQ_C_FACILITY,
    CQ_C_CARD_NO,
    CQ_C_OPENED_ON,
    CQ_C_PAPERS, /* this and the next came with version 5 of the registry */
    CQ_C_REGISTERED_ON,
    CQ_C_COLUMNS
};

/* The papers that may be seen at registration; positions that the registry stores as bits. NULL at
 * the end. Source: R78:14.2, and the passport, which lists name beside them. */
enum { CQ_PAPERS = 5 };
extern const char *const cq_paper_names[CQ_PAPERS + 1];

/* Columns of the verdicts. */
enum {
    CQ_V_IIN,
    CQ_V_OTHER_IIN,
    CQ_V_VERDICT,
    CQ_V_WHOSE,
    CQ_V_START, /* not in the file */
    CQ_V_COLUMNS
};

/* Columns of the calendar. */
enum {
    CQ_D_DAY,
    CQ_D_WORKING,
    CQ_D_ACT,
    CQ_D_START, /* not in the file */
    CQ_D_COLUMNS
};

/* Values of the column verdict; positions that the registry stores. */
enum { CQ_VERDICT_SAME, CQ_VERDICT_DIFFERENT };

/* The columns of `cq-report quality --review`, by position; what it shows beside those of a list of
 * verdicts says nothing in one. NULL at the end. */
enum {
    CQ_REVIEW_KIND,
    CQ_REVIEW_REASON,
    CQ_REVIEW_IIN,
    CQ_REVIEW_AGENCY,
    CQ_REVIEW_LAST_NAME,
    CQ_REVIEW_FIRST_NAME,
    CQ_REVIEW_MIDDLE_NAME,
    CQ_REVIEW_BIRTH_DATE,
    CQ_REVIEW_OTHER_IIN,
    CQ_REVIEW_OTHER_AGENCY,
    CQ_REVIEW_OTHER_LAST_NAME,
    CQ_REVIEW_OTHER_FIRST_NAME,
    CQ_REVIEW_OTHER_MIDDLE_NAME,
    CQ_REVIEW_OTHER_BIRTH_DATE,
    CQ_REVIEW_RUN,
    CQ_REVIEW_LINE,
    CQ_REVIEW_VERDICT,
    CQ_REVIEW_WHOSE,
    CQ_REVIEW_COLUMNS
};
extern const char *const cq_review_columns[CQ_REVIEW_COLUMNS + 1];

_Static_assert(CQ_P_COLUMNS + 2 <= CQ_LIST_COLUMNS && CQ_F_COLUMNS + 1 <= CQ_LIST_COLUMNS,
               "raise CQ_LIST_COLUMNS");

/* Whether the first column of a kind is the IIN of the one person that a row is about. */
static inline bool cq_kind_is_of_people(enum cq_kind kind)
{
    return kind != CQ_KIND_FACILITIES && kind != CQ_KIND_VERDICTS && kind != CQ_KIND_CALENDAR;
}

/* The owner of a facility by its number in the registry; NULL if there is none. */
const char *cq_owner_name(int number);

/* A list with its columns, ready to be read; its agencies are those of the law tables. */
struct cq_list {
    enum cq_kind kind;
    const struct cq_law *law;
    struct cq_column columns[CQ_LIST_COLUMNS];
    size_t count;
    size_t in_file; /* how many of the first columns a file may have */
    size_t later;   /* the first of those that a later version added; count if none */
    size_t all;     /* columns with those after count, which say in a file what others hold */
    int start, end; /* indices of valid_from and valid_to; -1 if none */
    int through;    /* index of the last day, which may stand instead of the end; -1 if none */
    struct cq_table table; /* that holds the versions */
    struct cq_table_column table_columns[CQ_LIST_COLUMNS];
    int stored[CQ_LIST_COLUMNS]; /* column of the list for each column of the table */
    const char *agencies[16];    /* ids by position, NULL at the end */
    int agency_numbers[16];
    const char *agencies_by_number[17];   /* ids by number, "" where there is none */
    struct cq_terms terms[CQ_LIST_TERMS]; /* the words of its columns, where they were read */
    size_t term_count;
    const char *const *ranks; /* the words of special ranks, and those that say there is none */
};

/* Prepares a kind: values are known by their codes. Shape: the law outlives the list. */
void cq_list_init(struct cq_list *list, enum cq_kind kind, const struct cq_law *law);

/* From now on values are known by the words for them, too: of codes, of yes and no, and places by
 * their names. Errors: CQ_B_NOMEM. Owner: caller, cq_list_fini; a list without words need not be
 * freed. */
enum cq_code cq_list_read_words(struct cq_list *list, struct cq_err *err);
void cq_list_fini(struct cq_list *list);

/* The columns that a file may have, as cq_columns_map wants them: of people with the name in parts,
 * or with the full name, which may have parts beside it. Shape: columns has room for
 * CQ_LIST_COLUMNS; their numbers are those of the list. */
size_t cq_list_headers(const struct cq_list *list, bool full, struct cq_column *columns);

/* The key of a row. Shape: values by column; required ones are present. agency is that of the
 * list, 0 where the row names its own. */
int64_t cq_list_key(const struct cq_list *list, const struct cq_value *values, int agency);

/* The agency number of a value of the agency column. */
int cq_list_agency(const struct cq_list *list, const struct cq_value *value);

/* Splits a full name: last name, first name and, where there is one, middle name, with blanks or
 * commas between. A middle name of two words ends with "ұлы", "қызы", "оглы" and the like.
 * Shape: parts has three. Errors: CQ_R_FULL_NAME where it is not clear which word is what. */
enum cq_code cq_full_name_split(struct cq_text name, struct cq_text *parts);

/* What a cell about ranks says: CQ_YES for the words of a rank, CQ_NO where they say that there is
 * none, else CQ_UNKNOWN. Shape: the words of the list have been read. */
int cq_list_rank(const struct cq_list *list, struct cq_text text);

/* Adds what a row states by another column: a last day is the day before the end; a rank says that
 * a special rank was given, or that there is none, unless the row says otherwise.
 * Errors: CQ_R_CONTRADICTION where the columns differ; *column becomes the one that is wrong. */
enum cq_code cq_list_complete(const struct cq_list *list, struct cq_value *values, int *column);

/* Receives a finding about a column of a row. */
typedef void cq_list_finding_fn(enum cq_code code, int column, void *context);

/* Checks one row whose values are each right.
 * Shape: report is called with the code and column of each finding; a code that is not a warning
 * rejects the row. list_date is the day that the list describes.
 * Returns: whether the row is accepted. */
bool cq_list_check(const struct cq_list *list, const struct cq_value *values, int32_t list_date,
                   cq_list_finding_fn *report, void *context);

/* Whether a list would write two values in the same way. */
bool cq_value_same(const struct cq_value *a, const struct cq_value *b);

/* Packs the values into the form that is hashed and sorted, and unpacks them.
 * Shape: unpacked texts point into bytes. Errors: CQ_B_NOMEM. */
enum cq_code cq_list_pack(const struct cq_list *list, const struct cq_value *values,
                          struct cq_str *out);
void cq_list_unpack(const struct cq_list *list, const unsigned char *bytes,
                    struct cq_value *values);

/* Whether two rows name the same person: same last and first name, or same birth date. An IIN alone
 * never merges people. */
bool cq_list_same_person(const struct cq_value *a, const struct cq_value *b);

/* A number that differs where a row states other names or another birth date. Errors: CQ_B_NOMEM. */
enum cq_code cq_list_identity(const struct cq_value *values, int64_t *identity, struct cq_err *err);

/* Which of last name, first name and birth date would make a row that of somebody else, as bits of
 * the columns: Kazakh letters typed with Russian ones are the same name. */
uint64_t cq_list_renamed(const struct cq_value *was, const struct cq_value *is);

/* Whether a name that had Kazakh letters is the same with Russian ones. */
bool cq_list_lost_letters(const struct cq_value *was, const struct cq_value *is);

/* Whether a text states nothing: no letter and no digit but zeros, an error of a spreadsheet, or what
 * people write where they have nothing to write. Shape: valid UTF-8 in normal form C without blanks at
 * its ends, or empty. */
bool cq_text_states_nothing(struct cq_text text);

#endif
