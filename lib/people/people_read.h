/* The rows of one person that are valid on a day or later, as one run left them: read by look-ups
 * for single people, and by parallel scans for everybody. Rows that ended before the day are left
 * out; an answer for a later day needs no second read. */
#ifndef CQ_PEOPLE_PEOPLE_READ_H
#define CQ_PEOPLE_PEOPLE_READ_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "people/history.h"
#include "people/sponsors.h"

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

/* The next person in order of IIN with a role on a day from `first` to before `until`; *iin is 0 at
 * the end. Reading that person next needs no look-up. Errors: as above. */
enum cq_code cq_reader_next(struct cq_reader *reader, int64_t after, int32_t first, int32_t until,
                            int64_t *iin, struct cq_err *err);

/* The row of a sponsor that counts on a day: as an employee, else as a pensioner; the one that is
 * valid, else the last that ended. NULL where there is none. */
const struct cq_sponsor_row *cq_sponsor_find(const struct cq_history *history,
                                             const struct cq_sponsor *sponsor, int32_t day);

#endif
