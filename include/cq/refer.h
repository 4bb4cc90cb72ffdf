/* Referrals: asked for, decided, frozen under a number, made from state to state, found again.
 *
 * Issuing has two halves. An intake reads requests and decides them as a run left the registry; it
 * only reads, however long its input takes. Its drafts are then written in one short transaction
 * that gives out the numbers. */
#ifndef CQ_REFER_H
#define CQ_REFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/columns.h"
#include "cq/db.h"
#include "cq/hash.h"
#include "cq/law.h"
#include "cq/str.h"

/* --- states --- */

enum cq_state {
    CQ_ISSUED,
    CQ_ACCEPTED,
    CQ_REJECTED,
    CQ_ADMITTED,
    CQ_COMPLETED,
    CQ_CANCELLED,
    CQ_EXPIRED,
    CQ_STATES
};

extern const char *const cq_state_names[CQ_STATES + 1]; /* NULL at the end */

/* The state that an action ("accept", "reject", "admit", "complete", "cancel", "expire") leads to,
 * -1 where that transition is not allowed. */
int cq_state_after(enum cq_state state, const char *action);

/* States that some action leads out of, as bits 1 << state: such referrals are open. And those that
 * one action leads out of. */
unsigned cq_states_open(void);
unsigned cq_states_before(const char *action);

/* --- one referral --- */

/* Its texts: what was asked for, then what was answered. */
enum {
    CQ_REFERRAL_PROFILE,
    CQ_REFERRAL_DIAGNOSIS,
    CQ_REFERRAL_INDICATION,
    CQ_REFERRAL_FROM_FACILITY,
    CQ_REFERRAL_REFERRER,
    CQ_REFERRAL_BUREAU_CODE,
    CQ_REFERRAL_OUTCOME,
    CQ_REFERRAL_PROVIDER,
    CQ_REFERRAL_FACILITY,
    CQ_REFERRAL_PAYER,
    CQ_REFERRAL_REFERRAL,
    CQ_REFERRAL_BASIS,
    CQ_REFERRAL_RULE,
    CQ_REFERRAL_REASONS,
    CQ_REFERRAL_CERTAINTY,
    CQ_REFERRAL_DOCUMENTS,
    CQ_REFERRAL_GAPS,
    CQ_REFERRAL_FALLBACK,
    CQ_REFERRAL_RECEIPT,
    CQ_REFERRAL_LAW,
    CQ_REFERRAL_ENGINE,
    CQ_REFERRAL_TEXTS
};

/* The rows it was decided from: hashes of each kind. */
enum { CQ_PROVENANCE_PEOPLE, CQ_PROVENANCE_FACILITIES, CQ_PROVENANCE_RUNS, CQ_PROVENANCE_KINDS };
#define CQ_PROVENANCE_BYTES 16

struct cq_referral {
    int64_t number; /* of cq_refno_make; 0 for a draft */
    enum cq_state status;
    int64_t iin;
    int service, destination;
    int indicated;        /* CQ_YES, CQ_NO, CQ_UNKNOWN: as asked for */
    int package;          /* as asked for, CQ_UNKNOWN for the default */
    bool duty_injury;     /* as asked for */
    bool paid;            /* paid care was asked for in so many words */
    int consent;          /* CQ_YES, CQ_NO, CQ_UNKNOWN: as recorded */
    int measure;          /* index into cq_measure_names, CQ_UNKNOWN if not stated */
    int urgency;          /* index into cq_urgency_names, CQ_UNKNOWN if not stated */
    int32_t planned_on;   /* CQ_DAY_MIN if not stated */
    int32_t expected_on;  /* set when it is written: the day with a free bed or slot */
    int category, agency; /* agency 0 if none */
    int64_t version;      /* id in table person, 0 for none */
    uint64_t facts;
    int64_t run;
    int32_t issued_on;
    int64_t issued_at;                      /* milliseconds UTC */
    int32_t valid_until;                    /* last day */
    struct cq_text text[CQ_REFERRAL_TEXTS]; /* empty where not stated */
    unsigned char provenance[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES];
};

extern const char *const cq_urgency_names[3]; /* NULL at the end */
extern const char *const cq_measure_names[4]; /* O61:10; NULL at the end */

/* --- drafts and their writing --- */

struct cq_drafts;

/* Owner: caller, cq_drafts_free. Errors: NULL without memory. */
struct cq_drafts *cq_drafts_new(void);
void cq_drafts_free(struct cq_drafts *drafts);

/* Keeps a copy of a referral that is to be issued, texts included.
 * Shape: number, status, expected_on and issued_at are not looked at; region 0-99 goes into the
 * number; line is for messages. Errors: CQ_B_NOMEM. */
enum cq_code cq_drafts_add(struct cq_drafts *drafts, const struct cq_referral *referral, int region,
                           long line);

/* A facility that the last draft added may be sent to. Without any, its facility stands as it is
 * and every day is free. Shape: facility outlives the drafts; capacity is people a day, CQ_UNKNOWN
 * for no limit; own_profile where it is that of the draft's profile alone.
 * Errors: CQ_B_NOMEM. */
struct cq_choice {
    const char *facility;
    int capacity;
    bool own_profile;
};
enum cq_code cq_drafts_choose(struct cq_drafts *drafts, const struct cq_choice *choice);

/* Numbers that somebody asked for, in order. Zero-initialise before use. */
struct cq_numbers {
    int64_t *list;
    size_t count, room;
};
enum cq_code cq_numbers_add(struct cq_numbers *numbers, int64_t number);
void cq_numbers_free(struct cq_numbers *numbers);

/* Gives the drafts their numbers and writes them with their first events.
 * Shape: inside a writer's transaction. numbers becomes one for each draft, in order; a request
 * that is open already (same IIN, service, destination, profile and issued_on) gives its number
 * again, and a draft for which none is left is told through say and gives none. Of the facilities
 * to choose from it takes the one with the soonest free day from the planned day on; an emergency
 * does not wait. A planned day that is full is told (CQ_W_FULL, detail: the expected day).
 * now is in milliseconds UTC; actor is who issues.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_drafts_write(struct cq_db *db, const struct cq_drafts *drafts, int64_t now,
                             const char *actor,
                             void (*say)(const struct cq_err *finding, void *context),
                             void *context, struct cq_numbers *numbers, struct cq_err *err);

/* --- transitions --- */

struct cq_transition {
    int64_t number;
    int32_t day;           /* on which it happened; CQ_DAY_MIN for that of the batch */
    struct cq_text reason; /* empty where none is given */
    int consent;           /* CQ_YES, CQ_NO, CQ_UNKNOWN: recorded with the transition */
    long line;             /* for messages, 0 if none */
};

/* Moves that somebody asked for, in order. Zero-initialise before use. */
struct cq_transitions {
    struct cq_transition *list;
    size_t count, room;
    struct cq_drafts *texts; /* private */
};

/* Keeps a copy. Errors: CQ_B_NOMEM. */
enum cq_code cq_transitions_add(struct cq_transitions *transitions,
                                const struct cq_transition *transition);
void cq_transitions_free(struct cq_transitions *transitions);

/* Reads the columns `number`*, `on`, `reason` and `consent` of a CSV; others mean nothing.
 * Shape: numbers_only leaves the last three unread. say is called for each row that cannot be
 * taken (bad rows, CQ_R_MISSING, CQ_R_NUMBER_FORM, CQ_R_NUMBER_CHECK, the codes of dates and
 * booleans). Errors: those of cq_csvin and cq_columns_map. */
enum cq_code cq_transitions_read(struct cq_transitions *transitions, bool numbers_only, int fd,
                                 const char *file,
                                 void (*say)(const struct cq_err *finding, void *context),
                                 void *context, struct cq_err *err);

/* What holds for all transitions of a batch. */
struct cq_transition_options {
    const char *action;       /* of cq_state_after */
    const struct cq_law *law; /* for "admit", else NULL */
    int64_t known_run;        /* "admit": the right is decided from this run on */
    int32_t day;              /* of transitions that name none */
    int64_t now;              /* milliseconds UTC */
    const char *actor;
    const char *despite; /* why admission goes on where the right has changed; NULL: refuse */
    void (*say)(const struct cq_err *finding, void *context);
    void *context;
};

/* Makes every legal transition and tells the others. Shape: inside a writer's transaction; made becomes
 * the numbers made, in order; *refused becomes true where a transition was refused.
 * Findings, with the number in place of a file: CQ_R_NO_REFERRAL, CQ_R_DATE_ORDER (a stated day
 * before that of the transition before), and, refused: CQ_F_MOVE (out of turn; "expire" before the last
 * day has passed; "admit" under the condition of a consent that nobody recorded), CQ_F_CHANGED
 * ("admit": the right on that day is not what was frozen; detail: what differs).
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_transitions_write(struct cq_db *db, const struct cq_transitions *transitions,
                                  const struct cq_transition_options *options,
                                  struct cq_numbers *made, bool *refused, struct cq_err *err);

/* The end of the chain of transitions: how many there are, and the last link, in hexadecimal.
 * Errors: those of cq_db_fail. */
enum cq_code cq_referral_chain(struct cq_db *db, int64_t *events, char link[CQ_HASH_HEX + 1],
                               struct cq_err *err);

/* --- finding --- */

struct cq_referral_filter {
    unsigned states;      /* bits 1 << state; 0 for all */
    const char *facility; /* NULL for all */
    int32_t overdue_on;   /* may expire, valid_until before this day; CQ_DAY_MIN for all */
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

/* --- people and facilities of a referral --- */

struct cq_patient {
    struct cq_text last_name, first_name, middle_name;
    int32_t birth;     /* CQ_DAY_MIN if not known */
    int sex;           /* 0 male, 1 female, CQ_UNKNOWN */
    int32_t residence; /* KATO, 0 if not stated */
};

struct cq_party {
    struct cq_text code;
    struct cq_text name[CQ_LANGUAGES]; /* empty where not stated */
    int32_t kato;                      /* 0 where the registry does not hold it */
    const char *owner;                 /* "" likewise */
};

struct cq_parties;

/* Reads people and facilities as referrals saw them. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: caller, cq_parties_close. */
enum cq_code cq_parties_open(struct cq_parties **parties, struct cq_db *db, struct cq_err *err);
void cq_parties_close(struct cq_parties *parties);

/* The person of a referral, as the row said that answered; a facility as known at its run.
 * Shape: texts are the parties's, until cq_parties_clear. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_parties_read_patient(struct cq_parties *parties, const struct cq_referral *referral,
                                     struct cq_patient *patient, struct cq_err *err);
enum cq_code cq_parties_read_facility(struct cq_parties *parties,
                                      const struct cq_referral *referral,
                                      const struct cq_text *code, struct cq_party *party,
                                      struct cq_err *err);
void cq_parties_clear(struct cq_parties *parties);

/* --- verifying --- */

/* What can be wrong with what the registry holds of referrals. */
enum cq_verified {
    CQ_VERIFIED_SEAL,       /* a frozen column was altered */
    CQ_VERIFIED_NUMBER,     /* the number does not go with the day of issue */
    CQ_VERIFIED_STATUS,     /* the state is not that of the last event */
    CQ_VERIFIED_EVENTS,     /* the events are no life of a referral */
    CQ_VERIFIED_LINK,       /* an event was altered or put in */
    CQ_VERIFIED_PEOPLE,     /* rows of the person, sponsor or cover were altered */
    CQ_VERIFIED_FACILITIES, /* rows of facilities were altered */
    CQ_VERIFIED_RUNS,       /* rows of runs were altered */
    CQ_VERIFIED_FACTS,      /* the registry as known then gives other facts */
    CQ_VERIFIED_DECISION,   /* the law of that day decides otherwise; under other tables, too */
    CQ_VERIFIED_MISSING,    /* there is no such referral; detail: so many serials are left out */
    CQ_VERIFIED_ORPHAN,     /* events of a referral that is not there */
    CQ_VERIFIED_CHAIN,      /* the chain of all events has a gap or another end */
    CQ_VERIFIED_KINDS
};

extern const char *const cq_verified_names[CQ_VERIFIED_KINDS + 1]; /* NULL at the end */

struct cq_verify_finding {
    int64_t number; /* 0 where it is of no referral */
    enum cq_verified kind;
    const char *detail; /* codes only; "" for nothing */
};

struct cq_verify {
    const struct cq_law *law;
    /* Called for each finding, in order of the numbers. */
    void (*found)(const struct cq_verify_finding *finding, void *context);
    void *context;
    int64_t referrals, findings; /* become how many there were */
    int64_t other_law;           /* of the referrals, decided under other tables than these */
};

/* Makes every decision again, as of its hour: from the rows that its run left and the law of its
 * day; holds seals, numbers, events and their chain to what they should be. Where the fingerprint
 * of the law is another one, these tables decide, and the detail says so.
 * Shape: numbers NULL for all referrals, and then the gaps between them and the chain, too; inside
 * a reader's transaction. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_referrals_verify(struct cq_db *db, struct cq_verify *verify,
                                 const struct cq_numbers *numbers, struct cq_err *err);

/* --- the intake: requests as rows --- */

/* Columns of a request. Those before CQ_REQUEST_AS_OF are options of cq-refer, too. */
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
    CQ_REQUEST_PAID,
    CQ_REQUEST_AS_OF,
    CQ_REQUEST_INDICATED,
    CQ_REQUEST_PACKAGE,
    CQ_REQUEST_DUTY_INJURY,
    CQ_REQUEST_COLUMNS
};

extern const struct cq_column cq_request_columns[CQ_REQUEST_COLUMNS];

/* Reads one cell of a request: cq_column_parse, and CQ_R_ICD for a diagnosis that is no ICD-10
 * code (a letter, two digits, and perhaps a dot with one or two more). */
enum cq_code cq_request_parse(int column, const struct cq_text *field, struct cq_value *value,
                              struct cq_str *scratch);

struct cq_intake_options {
    const struct cq_law *law;
    int64_t known_run; /* of cq_run_known */
    int32_t as_of;     /* the day of rows that name none */
    /* What empty cells mean, "" for nothing; judged by cq_request_parse before. */
    struct cq_text defaults[CQ_REQUEST_COLUMNS];
    /* Called for each finding: warnings, and what a row is refused for. */
    void (*say)(const struct cq_err *finding, void *context);
    void *context;
};

struct cq_intake;

/* Opens an intake. Shape: options and what it points to outlive it.
 * Errors: those of cq_people_open. Owner: caller, cq_intake_close. */
enum cq_code cq_intake_open(struct cq_intake **intake, struct cq_db *db,
                            const struct cq_intake_options *options, struct cq_err *err);
void cq_intake_close(struct cq_intake *intake);

/* Decides one request and keeps a draft of it if it is entitled. Shape: one field a column, ""
 * for the default; file NULL and line 0 where there is none.
 * Findings: CQ_R_MISSING and the codes of the columns' parsers; CQ_R_DATE_ORDER (planned before
 * the day), CQ_R_UNKNOWN_FACILITY, CQ_R_NOT_ENTITLED (detail: outcome, reasons, missing facts; a
 * condition that is denied, or paid care that nobody asked for), CQ_R_REFERRER (the decision names
 * who refers, and from_facility is none of those), CQ_R_FACILITY (the facility named cannot serve),
 * CQ_R_VALUE (a measure where none belongs), CQ_W_TURNS_18, CQ_W_NO_CARD, CQ_W_INCOMPLETE.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_intake_add(struct cq_intake *intake, const struct cq_text *fields, const char *file,
                           long line, struct cq_err *err);

/* Takes every row of a CSV. Shape: no transaction is open, and none is left; none is held either
 * while input is waited for.
 * Findings: as above, bad rows, CQ_W_COLUMN. Columns that cq-eligible adds and that mean nothing
 * here are passed over in silence. Errors: those of cq_csvin, cq_columns_map and cq_intake_add. */
enum cq_code cq_intake_read(struct cq_intake *intake, int fd, const char *file, struct cq_err *err);

/* What was taken. Owner: the intake. */
const struct cq_drafts *cq_intake_drafts(const struct cq_intake *intake);

#endif
