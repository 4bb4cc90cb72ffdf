/* The columns that a receipt has digests of, beside those of the decision. */
#ifndef CQ_ANSWERS_RECEIPT_COLUMNS_H
#define CQ_ANSWERS_RECEIPT_COLUMNS_H

/* Under a second law: the effect, then every column of its answer but the day, the service and the
 * next change. */
enum { CQ_SECOND_COLUMNS = 15 };

/* Positions in a receipt: add at the end only. */
enum {
    CQ_MORE_AGENCY,
    CQ_MORE_FACILITY,
    CQ_MORE_CHANGES_ON,
    CQ_MORE_CHANGE_CAUSE,
    CQ_MORE_PROFILE, /* as it was asked for */
    CQ_MORE_WOULD_NEED,
    CQ_MORE_SECOND,                                     /* the first of those of a second law */
    CQ_MORE_UNTIL = CQ_MORE_SECOND + CQ_SECOND_COLUMNS, /* the day after those of the answer */
    CQ_MORE_COLUMNS
};

extern const char *const cq_more_columns[CQ_MORE_COLUMNS];

#endif
