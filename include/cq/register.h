/* Registration at a polyclinic of the bodies (R78:14): the papers that were seen, the outpatient
 * card. What is lacking is told and recorded, and changes no answer about entitlement. */
#ifndef CQ_REGISTER_H
#define CQ_REGISTER_H

#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/db.h"
#include "cq/import.h"
#include "cq/law.h"

/* The columns of a request. */
enum {
    CQ_REGISTER_IIN,
    CQ_REGISTER_FACILITY,
    CQ_REGISTER_PAPERS,
    CQ_REGISTER_ON,
    CQ_REGISTER_CARD_NO,
    CQ_REGISTER_COLUMNS
};
extern const struct cq_column cq_register_columns[CQ_REGISTER_COLUMNS];

/* What became of a registration. */
enum cq_registered {
    CQ_REGISTERED_REFUSED,
    CQ_REGISTERED_OPENED,   /* a card was opened */
    CQ_REGISTERED_ADDED,    /* papers or the day were added to the card that is there */
    CQ_REGISTERED_UNCHANGED /* nothing new */
};

struct cq_registration {
    long line; /* of the request; 0 for none */
    int64_t iin;
    struct cq_text facility, card_no; /* card_no empty until there is one */
    int64_t papers;                   /* seen now or before: bits, as cq_paper_names; 0 not known */
    int32_t on;                       /* the day asked for */
    int32_t opened_on, registered_on;
    enum cq_registered state;
    const char *documents; /* that the law asks for; "" for none */
    int category, agency;
    int64_t version; /* id in person of the row that names the person */
};

struct cq_register_options {
    const struct cq_law *law;
    enum cq_language language;                    /* of papers in findings */
    struct cq_text defaults[CQ_REGISTER_COLUMNS]; /* for empty cells; "" where there is none */
    int32_t day;       /* of the run, and of registrations that name none */
    int64_t known_run; /* whose people are known */
    int64_t now;       /* milliseconds UTC */
    cq_import_moment_fn *moment;
    const char *actor;  /* who registers */
    const char *folder; /* for temporary files */
    cq_finding_fn *report;
    void *context; /* of the calls */
};

struct cq_registrations;

/* Opens an empty batch. Shape: options outlive it. Errors: CQ_B_NOMEM. Owner: caller,
 * cq_registrations_close. */
enum cq_code cq_registrations_open(struct cq_registrations **registrations,
                                   const struct cq_register_options *options, struct cq_err *err);
void cq_registrations_close(struct cq_registrations *registrations);

/* Reads the value of a column: papers by their words too. Errors: those of cq_column_parse. */
enum cq_code cq_registrations_parse(struct cq_registrations *registrations, int column,
                                    const struct cq_text *field, struct cq_value *value);

/* Adds one request. Shape: one field a column, "" for the default; line 0 where there is none.
 * Findings: CQ_R_MISSING and the codes of the columns' parsers. Errors: CQ_B_NOMEM. */
enum cq_code cq_registrations_add(struct cq_registrations *registrations,
                                  const struct cq_text *fields, long line, struct cq_err *err);

/* Adds every row of a CSV. Findings: as above, bad rows, CQ_W_COLUMN, those of cq_sheet_report.
 * Errors: those of cq_csvin and cq_columns_map, CQ_B_NOMEM. */
enum cq_code cq_registrations_read(struct cq_registrations *registrations,
                                   const struct cq_csv_input *input, struct cq_err *err);
void cq_registrations_passed(const struct cq_registrations *registrations, int64_t *blank,
                             int64_t *skipped);

/* Judges the requests and writes the cards as one run of kind cards, with a line in the log; there is
 * no run where nothing is new. Shape: inside a writer's transaction, which stays open; *run becomes 0
 * where there is none.
 * Findings: CQ_R_DUPLICATE, CQ_R_DATE_FUTURE, CQ_R_UNKNOWN_FACILITY, CQ_R_POLYCLINIC, CQ_R_UNLISTED,
 * CQ_R_CARD_TAKEN, CQ_R_CARD_OTHER, CQ_R_CARD_LATER; CQ_W_DUPLICATE, CQ_W_PAPERS (detail: what is
 * lacking, in words), CQ_W_CARD_MOVED (detail: the facility whose card ends).
 * Errors: those of cq_people_decide and cq_import_rows. Source: R78:14. */
enum cq_code cq_registrations_write(struct cq_registrations *registrations, struct cq_db *db,
                                    int64_t *run, struct cq_err *err);

/* The registrations, in the order of the requests, refused ones too. Owner: the batch. */
const struct cq_registration *cq_registrations_list(const struct cq_registrations *registrations,
                                                    size_t *count);

/* Write those that were not refused: a row each, or a slip to print, an A5 page a person, in one or
 * two languages side by side, marked where it is a trial that registers nobody. Shape: the registry is readable; no transaction is needed.
 * Errors: those of cq_out_open, of cq_db_fail, CQ_O_WRITE, CQ_B_NOMEM. */
enum cq_code cq_registrations_write_rows(const struct cq_registrations *registrations, int fd,
                                         enum cq_format format,
                                         const struct cq_table_reader *reader, struct cq_err *err);
enum cq_code cq_registrations_write_slips(const struct cq_registrations *registrations,
                                          struct cq_db *db, int fd,
                                          const enum cq_language *languages, int language_count,
                                          bool trial, struct cq_err *err);

#endif
