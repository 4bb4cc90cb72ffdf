/* The state of the intake, and its current case. */
#ifndef CQ_REFERRALS_CASE_H
#define CQ_REFERRALS_CASE_H

#include "cq/issue.h"
#include "cq/person.h"
#include "referrals/bookings.h"

#define CQ_CHOICES_MAX 32

struct cq_intake_facility {
    char *code;
    int32_t kato;
    int owner;
};

struct cq_intake {
    struct cq_db *db;
    const struct cq_intake_options *options;
    struct cq_people *people;
    struct cq_provenance *provenance;
    sqlite3_stmt *card, *found_in;
    struct cq_intake_facility *facilities; /* in byte order of the codes */
    size_t facility_count;
    struct cq_drafts *drafts;
    struct cq_str scratch;  /* texts of the row that had to be rewritten */
    struct cq_str composed; /* cells and details that are composed */
    const char *file;       /* of the current row */
    long line;
    int64_t blank, skipped; /* rows of a CSV that were passed over */
};

/* A request that was decided. */
struct cq_case {
    struct cq_request request;
    const struct cq_value *values; /* CQ_REQUEST_COLUMNS of them */
    const struct cq_answer *answer;
    struct cq_choice choices[CQ_CHOICES_MAX];
    size_t choice_count;
};

/* Whether a header is that of a column which only cq-eligible writes. */
bool cq_is_answer_column(const struct cq_text *header);

/* Reports a finding of the current row. Shape: column -1 for none, detail NULL for none. */
void cq_intake_report(struct cq_intake *intake, enum cq_code code, int column, const char *detail);

#endif
