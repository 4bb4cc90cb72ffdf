/* The rows of one person that are valid on a day or later, as one run left them: read by look-ups
 * for single people, and by parallel scans for everybody. Rows that ended before the day are left
 * out; an answer for a later day needs no second read. */
#ifndef CQ_PEOPLE_PEOPLE_READ_H
#define CQ_PEOPLE_PEOPLE_READ_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"

#define CQ_NOT_STATED (-1)

struct cq_sponsor_table;

/* Days on which a row is valid; to is exclusive, both ends may be open. */
struct cq_span {
    int32_t from, to;
};

static inline bool cq_span_holds(struct cq_span span, int32_t day)
{
    return span.from <= day && day < span.to;
}

/* A version of the person's row in one agency's list. */
struct cq_role {
    int64_t id, run, list_line; /* run: the one that wrote it; list_line: 0 if none */
    struct cq_span span; /* not before birth; of a child of the fallen, not before killed_on */
    int category, agency;
    int32_t birth;
    int32_t residence, service_place;                        /* 0 if not stated; service_place:
                                                                of employees only */
    int special_rank, coresident, presidential, duty_injury; /* 1, 0, CQ_NOT_STATED */
    int relation;                                            /* CQ_RELATION_*, CQ_NOT_STATED */
    int disabled_before_18, dependent;                       /* 1, 0, CQ_NOT_STATED */
    int32_t student_until; /* last day; CQ_DAY_MIN if not stated */
    int64_t sponsor_iin;   /* 0 if not stated */
    size_t sponsor;        /* index among the sponsors of a family member or child of the fallen */
};

/* A row of the Fund's list. */
struct cq_fund {
    int64_t run, list_line;
    struct cq_span span;
    bool insured;
    int32_t paid_until; /* CQ_DAY_MAX if not stated */
};

/* A row of the list of the Affairs Administration. */
struct cq_listing {
    int64_t run, list_line;
    struct cq_span span;
};

/* A version of a sponsor's row in one agency's list, valid on any days. */
struct cq_sponsor_row {
    int64_t run, list_line;
    struct cq_span span; /* not before birth */
    int category, agency;
};

struct cq_sponsor {
    int64_t iin;         /* 0 where the role names none */
    size_t first, count; /* among the sponsor rows; none: no list ever named the sponsor */
};

/* The rows of a person, in order of their ids. */
struct cq_history {
    int64_t iin;   /* 0: nobody is read */
    int32_t since; /* rows that ended by this day are left out */
    struct cq_role *roles;
    size_t role_count, role_room;
    struct cq_fund *funds;
    size_t fund_count, fund_room;
    struct cq_listing *listings;
    size_t listing_count, listing_room;
    struct cq_sponsor *sponsors;
    size_t sponsor_count, sponsor_room;
    struct cq_sponsor_row *sponsor_rows;
    size_t sponsor_row_count, sponsor_row_room;
};

/* Reads one list: the rows of one IIN by look-up, or all in order. */
struct cq_list_reader {
    sqlite3_stmt *one, *all; /* all: NULL until there is a scan */
    bool has_ahead;
    int64_t ahead; /* IIN of the row that `all` is on */
};

/* The lists as one run left them, and the rows that were read last. */
struct cq_reader {
    struct cq_db *db;
    int64_t run;
    struct cq_list_reader people, insurance, presidential;
    sqlite3_stmt *sponsor;
    struct cq_sponsor_table *sponsors; /* read at the first scan; NULL before */
    bool scanning;
    struct cq_history person;
    struct cq_history ahead;
};

/* Prepares the look-ups. Errors: those of cq_db_fail. Owner: caller, close in any case. */
enum cq_code cq_reader_open(struct cq_reader *reader, struct cq_db *db, int64_t run,
                            struct cq_err *err);
void cq_reader_close(struct cq_reader *reader);

/* Reads one person, for the day and later ones. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: *history is the reader's, until the next call. */
enum cq_code cq_reader_person(struct cq_reader *reader, int64_t iin, int32_t day,
                              const struct cq_history **history, struct cq_err *err);

/* The next person in order of IIN with a role on the day; *iin is 0 at the end. Reading that person
 * next needs no look-up. Errors: as above. */
enum cq_code cq_reader_next(struct cq_reader *reader, int64_t after, int32_t day, int64_t *iin,
                            struct cq_err *err);

/* The row of a sponsor that counts on a day: as an employee, else as a pensioner; the one that is
 * valid, else the last that ended. NULL where there is none. */
const struct cq_sponsor_row *cq_sponsor_find(const struct cq_history *history,
                                             const struct cq_sponsor *sponsor, int32_t day);

#endif
