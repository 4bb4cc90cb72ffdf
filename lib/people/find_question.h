/* What is asked of people whose IIN is not known, and one who fits. */
#ifndef CQ_PEOPLE_FIND_QUESTION_H
#define CQ_PEOPLE_FIND_QUESTION_H

#include "base/name_parts.h"

enum cq_born { CQ_BORN_UNKNOWN, CQ_BORN_DAY, CQ_BORN_YEAR };

/* What is asked: at most one of names and birth is missing. Of sets of parts each has a bit. */
struct cq_find_question {
    struct cq_name_part parts[CQ_NAME_PARTS];
    size_t part_count;
    unsigned initials; /* parts that are the first letter of a name */
    unsigned halves;   /* parts that a hyphen joins to the part before */
    size_t pair;       /* where two capitals stand together: one more than the first's number */
    struct cq_name_part joined; /* those two read as one short name */
    enum cq_born born;
    int32_t day; /* for a year its first */
};

/* Reads the names that are asked for: one to four, in any order, each whole or its beginning of
 * CQ_FIND_LETTERS letters at least; two with a hyphen count as one. One or two of them may be
 * initials, "S.B.", "S B" or "SB", where a whole name stands beside them.
 * Shape: valid UTF-8. Errors: CQ_U_NAME, CQ_B_NOMEM. */
enum { CQ_FIND_LETTERS = 3, CQ_FIND_NAMES = 4, CQ_FIND_PARTS = 6, CQ_FIND_INITIALS = 2 };
enum cq_code cq_find_read_names(struct cq_find_question *question, const char *text);

/* Reads the birth date: YYYY-MM-DD, DD.MM.YYYY or YYYY. Errors: CQ_U_BORN. */
enum cq_code cq_find_read_born(struct cq_find_question *question, const char *text);

struct cq_found {
    int64_t id;       /* version in person: of the rows of the IIN the one that fits best */
    unsigned reasons; /* bits of people/twin_compare.h, CQ_TWIN_SAME where nothing differs */
    int cost;         /* of what differs */
    int spellings;    /* names that are only written otherwise: they order those of equal cost */
};

#endif
