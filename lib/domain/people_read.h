/* What the registry holds of one person on one day, as one run left it; read by look-ups for
 * single people, and by side-by-side scans for everybody. */
#ifndef CQ_PEOPLE_READ_H
#define CQ_PEOPLE_READ_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/person.h"

#define CQ_NOT_STATED (-1)

/* A version of the person's row in one agency's list. */
struct cq_role {
    int64_t id;
    int category, agency;
    int32_t birth;
    int32_t residence, service_place;                      /* 0 if not stated */
    int special_rank, coresident, presidential, duty_injury; /* 1, 0, CQ_NOT_STATED */
    int64_t sponsor;                                       /* 0 if not stated */
};

/* What the Fund's list says for the day. */
struct cq_fund {
    bool known, insured;
    int32_t paid_until; /* CQ_DAY_MAX if not stated */
};

struct cq_person {
    int64_t iin; /* 0: nobody read */
    int32_t day;
    int role_count;
    struct cq_role roles[CQ_ROLES_MAX];
    struct cq_fund fund;
    bool presidential;
};

struct cq_sponsor {
    bool known;    /* any list ever named this person */
    bool employed; /* an employee on the day */
    int agency;    /* of that role, else of the last employee role; 0 if none */
};

/* A list beside the people's: rows of one IIN by look-up, or all in order. */
struct cq_side {
    sqlite3_stmt *one, *all;
    bool has_ahead;
    int64_t ahead;       /* IIN of the row that `all` stands on */
};

struct cq_reader {
    struct cq_db *db;
    int64_t run;
    struct cq_side people, insurance, presidential;
    sqlite3_stmt *sponsor;
    bool scanning;
    int32_t scan_day;
    struct cq_person person;
    struct cq_person ahead;
};

enum cq_code cq_reader_open(struct cq_reader *reader, struct cq_db *db, int64_t run,
                            struct cq_err *err);
void cq_reader_close(struct cq_reader *reader);

/* One person; *person is the reader's, until the next call. */
enum cq_code cq_reader_person(struct cq_reader *reader, int64_t iin, int32_t day,
                              const struct cq_person **person, struct cq_err *err);

/* The next person in order of IIN with a role on the day; *iin is 0 at the end. Asking for that
 * person next costs no look-up. */
enum cq_code cq_reader_next(struct cq_reader *reader, int64_t after, int32_t day, int64_t *iin,
                            struct cq_err *err);

enum cq_code cq_reader_sponsor(struct cq_reader *reader, int64_t iin, int32_t day,
                               struct cq_sponsor *sponsor, struct cq_err *err);

#endif
