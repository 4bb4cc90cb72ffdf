/* Referrals of the registry: their columns, and how to find and read them. */
#ifndef CQ_REFERRAL_H
#define CQ_REFERRAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/str.h"

/* --- one referral --- */

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

/* The texts of a referral: of the request, then of the decision, then what later schemas added. */
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
    CQ_REFERRAL_COMMISSION_NO,
    CQ_REFERRAL_TEXTS
};

/* Hashes of the rows that the decision used, by kind. */
enum { CQ_PROVENANCE_PEOPLE, CQ_PROVENANCE_FACILITIES, CQ_PROVENANCE_RUNS, CQ_PROVENANCE_KINDS };
#define CQ_PROVENANCE_BYTES 16

/* What the receiving organisation answered: a day on which it admits, or a refusal. */
enum cq_answered { CQ_ANSWERED_NOTHING, CQ_ANSWERED_DATE, CQ_ANSWERED_REFUSAL, CQ_ANSWERS };

/* A bureau code, a commission's decision and a consent may be recorded with later moves, too: a
 * reader gives the last that was stated, whether at issue or with a move. */
struct cq_referral {
    int64_t number; /* of cq_refno_make; 0 for a draft */
    enum cq_state status;
    int64_t iin;
    int service, destination;
    int indicated;         /* CQ_YES, CQ_NO, CQ_UNKNOWN: as requested */
    int package;           /* as requested, CQ_UNKNOWN for the default */
    bool duty_injury;      /* as requested */
    bool paid;             /* paid care was requested, without a source: by earlier programs */
    int consent;           /* CQ_YES, CQ_NO, CQ_UNKNOWN: as recorded */
    int measure;           /* index into cq_measure_names, CQ_UNKNOWN if not stated */
    int urgency;           /* index into cq_urgency_names, CQ_UNKNOWN if not stated */
    int occasion;          /* of rehabilitation: of cq_occasion_names, CQ_UNKNOWN if not stated */
    int paid_by;           /* of paid care: of cq_paid_by_names, CQ_UNKNOWN if not requested */
    int64_t found_in;      /* the referral during which a disorder was found; 0 if not stated */
    int32_t commission_on; /* day of the commission's decision, CQ_DAY_MIN if not stated */
    int32_t planned_on;    /* CQ_DAY_MIN if not stated */
    int32_t expected_on;   /* set when it is written: the day with a free bed or slot */
    int category, agency;  /* agency 0 if none */
    int64_t version;       /* id in table person, 0 for none */
    uint64_t facts;
    int64_t run;
    int32_t issued_on;
    int64_t issued_at;                      /* milliseconds UTC */
    int32_t valid_until;                    /* last day */
    struct cq_text text[CQ_REFERRAL_TEXTS]; /* empty where not stated */
    unsigned char provenance[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES];
    /* Of its moves, as a reader gives them. */
    enum cq_answered answer;
    int32_t answered_on;    /* CQ_DAY_MIN without an answer */
    int32_t appointed_on;   /* the day that the answer gives, CQ_DAY_MIN if none */
    struct cq_text refusal; /* the reason of a refusal, empty if none */
    int32_t admitted_on;    /* CQ_DAY_MIN without an admission */
    unsigned admitted_with; /* what was recorded by then: bits, 1 << enum cq_requirement */
};

extern const char *const cq_urgency_names[3];  /* NULL at the end */
extern const char *const cq_measure_names[4];  /* O61:10; NULL at the end */
extern const char *const cq_occasion_names[7]; /* O61:3; NULL at the end */
enum { CQ_PAID_BY_OWN_FUNDS };
extern const char *const cq_paid_by_names[4]; /* O61:6(3); NULL at the end */
extern const char *const cq_refusal_names[2]; /* O281:12: reasons with a code; NULL at the end */
extern const char *const cq_answered_names[CQ_ANSWERS + 1]; /* "" for nothing; NULL at the end */

/* --- numbers --- */

/* A list of numbers. Zero-initialise before use. */
struct cq_numbers {
    int64_t *list;
    size_t count, room;
};
enum cq_code cq_numbers_add(struct cq_numbers *numbers, int64_t number);
void cq_numbers_free(struct cq_numbers *numbers);

/* --- finding and reading --- */

struct cq_referral_filter {
    unsigned states;      /* bits 1 << state; 0 for all */
    const char *facility; /* NULL for all */
    int32_t overdue_on;   /* may expire, valid_until before this day; CQ_DAY_MIN for all */
};

/* Finds the numbers of the referrals that match, ascending, as the registry was at a moment
 * (milliseconds UTC; INT64_MAX for now). Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_referrals_find(struct cq_db *db, const struct cq_referral_filter *filter,
                               int64_t known_at, struct cq_numbers *numbers, struct cq_err *err);

/* Finds the referrals of the same person that name this one as the one in which a disorder was found
 * (O61:12), as the registry was at a moment. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_referrals_led_to(struct cq_db *db, const struct cq_referral *referral,
                                 int64_t known_at, struct cq_numbers *numbers, struct cq_err *err);

struct cq_referral_reader;

/* Reads referrals by number, as the registry was at a moment.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_referral_reader_close. */
enum cq_code cq_referral_reader_open(struct cq_referral_reader **reader, struct cq_db *db,
                                     int64_t known_at, struct cq_err *err);
void cq_referral_reader_close(struct cq_referral_reader *reader);

/* Shape: *found becomes whether there is such a referral; its texts are valid until the next call.
 * Errors: those of cq_db_fail. */
enum cq_code cq_referral_read(struct cq_referral_reader *reader, int64_t number,
                              struct cq_referral *referral, bool *found, struct cq_err *err);

#endif
