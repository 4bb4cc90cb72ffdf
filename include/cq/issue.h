/* Issuing referrals: the intake reads requests, the drafts of those entitled become referrals.
 *
 * Issuing has two phases. An intake reads requests and decides them as of a run; it only reads the
 * registry, however long its input takes. Its drafts are then written in one short transaction that
 * assigns the numbers. */
#ifndef CQ_ISSUE_H
#define CQ_ISSUE_H

#include "cq/columns.h"
#include "cq/law.h"
#include "cq/referral.h"

/* --- requests as rows --- */

/* Columns of a request. Those before CQ_REQUEST_AS_OF are also options of cq-refer. */
enum {
    CQ_REQUEST_IIN,
    CQ_REQUEST_SERVICE,
    CQ_REQUEST_PROFILE,
    CQ_REQUEST_DESTINATION,
    CQ_REQUEST_FACILITY,
    CQ_REQUEST_DIAGNOSIS,
    CQ_REQUEST_INDICATION,
    CQ_REQUEST_URGENCY,
    CQ_REQUEST_FROM_FACILITY,
    CQ_REQUEST_REFERRER,
    CQ_REQUEST_PLANNED_ON,
    CQ_REQUEST_BUREAU_CODE,
    CQ_REQUEST_MEASURE,
    CQ_REQUEST_CONSENT,
    CQ_REQUEST_OCCASION,
    CQ_REQUEST_PAID_BY,
    CQ_REQUEST_COMMISSION_NO,
    CQ_REQUEST_COMMISSION_ON,
    CQ_REQUEST_FOUND_IN,
    CQ_REQUEST_AS_OF,
    CQ_REQUEST_INDICATED,
    CQ_REQUEST_PACKAGE,
    CQ_REQUEST_DUTY_INJURY,
    CQ_REQUEST_COLUMNS
};

extern const struct cq_column cq_request_columns[CQ_REQUEST_COLUMNS];

/* Reads one cell of a request: cq_column_parse, and CQ_R_ICD for a diagnosis that is no ICD-10
 * code (a letter, two digits, and perhaps a dot with one or two more). Codes, and yes and no, are known
 * by the words of the law for them, too. The number of a referral becomes a number of cq_refno_make,
 * or CQ_R_NUMBER_FORM, CQ_R_NUMBER_CHECK. */
enum cq_code cq_request_parse(const struct cq_law *law, int column, const struct cq_text *field,
                              struct cq_value *value, struct cq_str *scratch);

struct cq_intake_options {
    const struct cq_law *law;
    int64_t known_run; /* of cq_run_known */
    int32_t as_of;     /* the day of rows that name none */
    /* Values of empty cells, "" for none; cq_request_parse has checked them. */
    struct cq_text defaults[CQ_REQUEST_COLUMNS];
    cq_finding_fn *report;
    void *context;
};

struct cq_intake;
struct cq_drafts;

/* Opens an intake. Shape: options and what it points to outlive it.
 * Errors: those of cq_people_open. Owner: caller, cq_intake_close. */
enum cq_code cq_intake_open(struct cq_intake **intake, struct cq_db *db,
                            const struct cq_intake_options *options, struct cq_err *err);
void cq_intake_close(struct cq_intake *intake);

/* Decides one request and keeps a draft of it if it is entitled. Shape: one field a column, ""
 * for the default; file NULL and line 0 where there is none.
 * Findings: CQ_R_MISSING and the codes of the columns' parsers; CQ_R_DATE_ORDER (planned before
 * the day), CQ_R_UNKNOWN_FACILITY, CQ_R_NOT_ENTITLED (detail: outcome, reasons, missing facts; a
 * condition that is denied, or paid care that was not requested), CQ_R_REFERRER (the decision names
 * who refers, and from_facility is none of those), CQ_R_FACILITY (the facility named cannot serve),
 * CQ_R_VALUE (a measure where none belongs), CQ_W_TURNS_18, CQ_W_NO_CARD, CQ_W_INCOMPLETE.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_intake_add(struct cq_intake *intake, const struct cq_text *fields, const char *file,
                           long line, struct cq_err *err);

/* Adds every row of a CSV. Shape: no transaction is open before or after, nor while it waits for
 * input.
 * Findings: as above, bad rows, CQ_W_COLUMN, those of cq_sheet_report. Columns that only
 * cq-eligible writes are ignored.
 * Errors: those of cq_csvin, cq_columns_map and cq_intake_add. */
enum cq_code cq_intake_read(struct cq_intake *intake, const struct cq_csv_input *input,
                            struct cq_err *err);

/* The rows of that CSV that were passed over (cq_csvin_passed). */
void cq_intake_passed(const struct cq_intake *intake, int64_t *blank, int64_t *skipped);

/* The drafts so far. Owner: the intake. */
const struct cq_drafts *cq_intake_drafts(const struct cq_intake *intake);

/* --- drafts and their writing --- */

/* Assigns numbers to the drafts and writes them with their first events.
 * Shape: inside a writer's transaction. numbers becomes one for each draft, in order; a request
 * that is open already (same IIN, service, destination, profile and issued_on) gives its number
 * again, and a draft for which none is left is reported and gives none. Of the facilities to choose
 * from, the one with the soonest free day from the planned day on is chosen; an emergency does not
 * wait. A planned day that is full is reported (CQ_W_FULL, detail: the expected day). now is in
 * milliseconds UTC; actor is who issues.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_drafts_write(struct cq_db *db, const struct cq_drafts *drafts, int64_t now,
                             const char *actor, cq_finding_fn *report, void *context,
                             struct cq_numbers *numbers, struct cq_err *err);

#endif
