/* Writes referrals for other systems and people: rows, a FHIR bundle, a form to print. */
#ifndef CQ_REFERRAL_OUTPUT_H
#define CQ_REFERRAL_OUTPUT_H

#include "cq/csvout.h"
#include "cq/law.h"
#include "cq/referral.h"

/* Called for each number that the registry does not hold. */
typedef void cq_referral_missing_fn(int64_t number, void *context);

/* The source and target of an output. */
struct cq_referral_output {
    struct cq_db *db;
    const struct cq_law *law;
    const struct cq_table_reader *reader; /* of a table; NULL for codes as they are */
    int64_t known_at; /* as the registry was then: milliseconds UTC, INT64_MAX for now */
    int fd;
    cq_referral_missing_fn *missing;
    void *context;
};

/* Writes one row per referral, with the same columns for every action.
 * Shape: inside_transaction where the caller has one open; else none is open, and none is held
 * while output is written.
 * Errors: those of cq_db_fail, cq_out_open and cq_out_close, CQ_B_NOMEM. */
enum cq_code cq_referrals_write_rows(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers, enum cq_format format,
                                     bool inside_transaction, struct cq_err *err);

/* Writes one FHIR R4 bundle. Shape: no transaction is open, and none is held while it is written.
 * Errors: those of cq_db_fail, CQ_B_NOMEM, CQ_O_WRITE. */
enum cq_code cq_referrals_write_fhir(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers, struct cq_err *err);

/* Writes one HTML file with an A4 page per referral, in one or two languages side by side.
 * Shape: as cq_referrals_write_fhir. Errors: those of cq_db_fail, CQ_B_NOMEM, CQ_O_WRITE. */
enum cq_code cq_referrals_write_form(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers,
                                     const enum cq_language *languages, int language_count,
                                     struct cq_err *err);

#endif
