/* Referrals: asked for, decided, frozen under a number, moved from state to state, found again.
 *
 * Issuing has two halves. A desk reads requests and decides them as a run left the registry; it
 * only reads, however long its input takes. Its drafts are then written in one short transaction
 * that gives out the numbers. */
#ifndef CQ_REFER_H
#define CQ_REFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/columns.h"
#include "cq/db.h"
#include "cq/law.h"
#include "cq/str.h"

/* --- states --- */

enum cq_state { CQ_ISSUED, CQ_ACCEPTED, CQ_REJECTED, CQ_ADMITTED, CQ_COMPLETED, CQ_CANCELLED,
                CQ_EXPIRED, CQ_STATES };

extern const char *const cq_state_names[CQ_STATES + 1]; /* NULL at the end */

/* The state that an action ("accept", "reject", "admit", "complete", "cancel", "expire") leads to,
 * -1 where that move is not allowed. */
int cq_state_after(enum cq_state state, const char *action);

/* States that some action leads out of, as bits 1 << state: such referrals are open. */
unsigned cq_states_open(void);

/* --- one referral --- */

/* Its texts: what was asked for, then what was answered. */
enum {
    CQ_REFERRAL_PROFILE, CQ_REFERRAL_DIAGNOSIS, CQ_REFERRAL_INDICATION,
    CQ_REFERRAL_FROM_FACILITY, CQ_REFERRAL_REFERRER, CQ_REFERRAL_BUREAU_CODE,
    CQ_REFERRAL_OUTCOME, CQ_REFERRAL_PROVIDER, CQ_REFERRAL_FACILITY, CQ_REFERRAL_PAYER,
    CQ_REFERRAL_REFERRAL, CQ_REFERRAL_BASIS, CQ_REFERRAL_RULE, CQ_REFERRAL_REASONS,
    CQ_REFERRAL_CERTAINTY, CQ_REFERRAL_DOCUMENTS, CQ_REFERRAL_GAPS, CQ_REFERRAL_LAW,
    CQ_REFERRAL_ENGINE, CQ_REFERRAL_TEXTS
};

struct cq_referral {
    int64_t number;          /* of cq_refno_make; 0 for a draft */
    enum cq_state status;
    int64_t iin;
    int service, destination;
    int indicated;           /* CQ_YES, CQ_NO, CQ_UNKNOWN: as asked for */
    int package;             /* as asked for, CQ_UNKNOWN for the default */
    bool duty_injury;        /* as asked for */
    int urgency;             /* index into cq_urgency_names, CQ_UNKNOWN if not stated */
    int32_t planned_on;      /* CQ_DAY_MIN if not stated */
    int category, agency;    /* agency 0 if none */
    uint64_t facts;
    int64_t run;
    int32_t issued_on;
    int64_t issued_at;       /* milliseconds UTC */
    int32_t valid_until;     /* last day */
    struct cq_text text[CQ_REFERRAL_TEXTS]; /* empty where not stated */
};

extern const char *const cq_urgency_names[3]; /* NULL at the end */

/* --- drafts and their writing --- */

struct cq_drafts;

/* Owner: caller, cq_drafts_free. Errors: NULL without memory. */
struct cq_drafts *cq_drafts_new(void);
void cq_drafts_free(struct cq_drafts *drafts);

/* Keeps a copy of a referral that is to be issued, texts included.
 * Shape: number, status and issued_at are not looked at; region 0-99 goes into the number; line is
 * for messages. Errors: CQ_B_NOMEM. */
enum cq_code cq_drafts_add(struct cq_drafts *drafts, const struct cq_referral *referral, int region,
                           long line);

/* Numbers that somebody asked for, in order. Zero-initialise before use. */
struct cq_numbers {
    int64_t *list;
    size_t count, room;
};
enum cq_code cq_numbers_add(struct cq_numbers *numbers, int64_t number);
void cq_numbers_free(struct cq_numbers *numbers);

/* Reads the column `number` of a CSV; other columns mean nothing.
 * Shape: say is called for each row that gives no number (bad rows, CQ_R_MISSING,
 * CQ_R_NUMBER_FORM, CQ_R_NUMBER_CHECK). Errors: those of cq_csvin and cq_columns_map. */
enum cq_code cq_numbers_read(struct cq_numbers *numbers, int fd, const char *file,
                             void (*say)(const struct cq_err *finding, void *context),
                             void *context, struct cq_err *err);

/* Gives the drafts their numbers and writes them with their first events.
 * Shape: inside a writer's transaction. numbers becomes one for each draft, in order; a request
 * that is open already (same IIN, service, destination, profile and issued_on) gives its number
 * again, and a draft for which none is left is told through say and gives none. now is in
 * milliseconds UTC; actor is who issues.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_drafts_write(struct cq_db *db, const struct cq_drafts *drafts, int64_t now,
                             const char *actor,
                             void (*say)(const struct cq_err *finding, void *context),
                             void *context, struct cq_numbers *numbers, struct cq_err *err);

/* --- finding --- */

struct cq_referral_filter {
    unsigned states;         /* bits 1 << state; 0 for all */
    const char *facility;    /* NULL for all */
    int32_t overdue_on;      /* open with valid_until before this day; CQ_DAY_MIN for all */
};

/* The numbers of the referrals that fit, ascending, as the registry stood at a moment
 * (milliseconds UTC; INT64_MAX for now). Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_referrals_find(struct cq_db *db, const struct cq_referral_filter *filter,
                               int64_t known_at, struct cq_numbers *numbers, struct cq_err *err);

struct cq_referral_reader;

/* Reads referrals by number, as the registry stood at a moment.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_referral_reader_close. */
enum cq_code cq_referral_reader_open(struct cq_referral_reader **reader, struct cq_db *db,
                                     int64_t known_at, struct cq_err *err);
void cq_referral_reader_close(struct cq_referral_reader *reader);

/* Shape: *found tells whether there is such a referral; its texts stay valid until the next call.
 * Errors: those of cq_db_fail. */
enum cq_code cq_referral_read(struct cq_referral_reader *reader, int64_t number,
                              struct cq_referral *referral, bool *found, struct cq_err *err);

/* --- the desk: requests as rows --- */

/* Columns of a request. Those before CQ_ASK_AS_OF are options of cq-refer, too. */
enum {
    CQ_ASK_IIN, CQ_ASK_SERVICE, CQ_ASK_PROFILE, CQ_ASK_DESTINATION, CQ_ASK_FACILITY,
    CQ_ASK_DIAGNOSIS, CQ_ASK_INDICATION, CQ_ASK_URGENCY, CQ_ASK_FROM_FACILITY, CQ_ASK_REFERRER,
    CQ_ASK_PLANNED_ON, CQ_ASK_BUREAU_CODE, CQ_ASK_AS_OF, CQ_ASK_INDICATED, CQ_ASK_PACKAGE,
    CQ_ASK_DUTY_INJURY, CQ_ASK_COLUMNS
};

extern const struct cq_column cq_ask_columns[CQ_ASK_COLUMNS];

/* Reads one cell of a request: cq_column_parse, and CQ_R_ICD for a diagnosis that is no ICD-10
 * code (a letter, two digits, and perhaps a dot with one or two more). */
enum cq_code cq_ask_parse(int column, const struct cq_text *field, struct cq_value *value,
                          struct cq_str *scratch);

struct cq_desk_setup {
    const struct cq_law *law;
    int64_t known_run;       /* of cq_run_known */
    int32_t as_of;           /* the day of rows that name none */
    /* What empty cells mean, "" for nothing; judged by cq_ask_parse before. */
    struct cq_text defaults[CQ_ASK_COLUMNS];
    /* Called for each finding: warnings, and what a row is refused for. */
    void (*say)(const struct cq_err *finding, void *context);
    void *context;
};

struct cq_desk;

/* Opens a desk. Shape: setup and what it points to outlive it.
 * Errors: those of cq_people_open. Owner: caller, cq_desk_close. */
enum cq_code cq_desk_open(struct cq_desk **desk, struct cq_db *db,
                          const struct cq_desk_setup *setup, struct cq_err *err);
void cq_desk_close(struct cq_desk *desk);

/* Decides one request and keeps a draft of it if it is entitled. Shape: one field a column, ""
 * for the default; file NULL and line 0 where there is none.
 * Findings: CQ_R_MISSING and the codes of the columns' parsers; CQ_R_DATE_ORDER (planned before
 * the day), CQ_R_UNKNOWN_FACILITY, CQ_R_NOT_ENTITLED (detail: outcome, reasons, missing facts),
 * CQ_W_TURNS_18. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_desk_take(struct cq_desk *desk, const struct cq_text *fields, const char *file,
                          long line, struct cq_err *err);

/* Takes every row of a CSV. Shape: no transaction is open, and none is left; none is held either
 * while input is waited for.
 * Findings: as above, bad rows, CQ_W_COLUMN. Columns that cq-eligible adds and that mean nothing
 * here are passed over in silence. Errors: those of cq_csvin, cq_columns_map and cq_desk_take. */
enum cq_code cq_desk_read(struct cq_desk *desk, int fd, const char *file, struct cq_err *err);

/* What was taken. Owner: the desk. */
const struct cq_drafts *cq_desk_drafts(const struct cq_desk *desk);

#endif
