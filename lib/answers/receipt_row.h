/* The cells of a row, compared with the receipt in it. */
#ifndef CQ_ANSWERS_RECEIPT_ROW_H
#define CQ_ANSWERS_RECEIPT_ROW_H

#include "answers/receipt_columns.h"
#include "cq/csvin.h"
#include "cq/person.h"
#include "engine/receipt.h"

/* Columns of a row: the facts by number, then these. */
enum {
    CQ_RECEIPT_AS_OF = CQ_FACTS,
    CQ_RECEIPT_OUTCOME,
    CQ_RECEIPT_RULE,
    CQ_RECEIPT_DECISION,                                        /* the first of the decided cells */
    CQ_RECEIPT_MORE = CQ_RECEIPT_DECISION + CQ_RECEIPT_DECIDED, /* the first of the others */
    CQ_RECEIPT_IIN = CQ_RECEIPT_MORE + CQ_MORE_COLUMNS,
    CQ_RECEIPT_TEXT,
    CQ_RECEIPT_COLUMNS
};

struct cq_receipt_map {
    int field[CQ_RECEIPT_COLUMNS]; /* -1 for none */
};

/* Finds the columns in a header. Only the receipt is needed; a name that occurs twice is no column
 * of the answer. Errors: CQ_F_HEADER_MISSING, CQ_F_HEADER_TWICE (of the receipt), CQ_B_NOMEM. */
enum cq_code cq_receipt_map(struct cq_receipt_map *map, const struct cq_law *law,
                            const struct cq_row *header, struct cq_err *err);

/* Whether a header has a column iin. */
bool cq_receipt_names_people(const struct cq_row *header);

/* A cell of a row, trimmed; ptr NULL where the column is not there. */
struct cq_text cq_receipt_cell(const struct cq_receipt_map *map, const struct cq_row *row,
                               int column);

/* Whether a row has an outcome that a receipt belongs to. */
bool cq_receipt_row_decided(const struct cq_receipt_map *map, const struct cq_row *row);

/* Compares the cells that are not decided: the day, the facts or what was asked, the rule, the
 * outcome, and those of cq_more_columns. Differences are appended, altered cells set
 * CQ_REPLAY_ALTERED. Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_row_compare(const struct cq_receipt_map *map, const struct cq_law *law,
                                    const struct cq_receipt *receipt, const struct cq_row *row,
                                    unsigned *found, struct cq_str *differs);

/* Compares the agency and the facility with those of the registry; sets CQ_REPLAY_DATA.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_receipt_row_person(const struct cq_receipt_map *map, const struct cq_law *law,
                                   const struct cq_receipt *receipt, const struct cq_row *row,
                                   const struct cq_answer *answer, unsigned *found,
                                   struct cq_str *differs);

#endif
