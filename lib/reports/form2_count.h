/* Who is attached to the polyclinics of the bodies' medical organisations, and in which lines of
 * form 2 each counts. Source: O779, form 2, table 01. */
#ifndef CQ_REPORTS_FORM2_COUNT_H
#define CQ_REPORTS_FORM2_COUNT_H

#include "cq/result.h"

/* A polyclinic. Owner of the texts: the result. */
struct cq_form2_place {
    const char *code;
    const char *name[CQ_LANGUAGES]; /* "" where none is stated */
};

/* By what the row that counts comes before others: category, standing of the sponsor, agency. */
enum { CQ_FORM2_ORDER = 3 };

/* Somebody with a card at a polyclinic: once, under whichever IIN and in whichever role. */
struct cq_form2_person {
    int64_t person;       /* the lowest IIN of the person */
    int64_t card;         /* id of the card that is newest */
    int64_t version;      /* id of the row that counts; 0 where no list names the person */
    size_t place;         /* the polyclinic of the card */
    int category, agency; /* agency: for roles that rest on a sponsor, the sponsor's */
    int sex;              /* 0 man, 1 woman, -1 not stated */

    /* private */
    int32_t opened;
    int stated_sex;
    int order[CQ_FORM2_ORDER];
};

struct cq_form2 {
    struct cq_form2_place *places;
    size_t place_count, place_room;
    struct cq_form2_person *people; /* in order of person */
    size_t count, room;
};

/* Reads the people with a card on the day of the request. Shape: form is zeros. A person with several
 * roles counts in the first by the order of roles.csv (gap A-17); of several rows of one role, in that
 * whose sponsor serves on the day, then in that of the agency with the lowest number. Errors: those of
 * cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_form2_free in any case. */
enum cq_code cq_form2_read(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_form2 *form, struct cq_err *err);
void cq_form2_free(struct cq_form2 *form);

/* Whether a person counts in a line. */
bool cq_form2_counts(const struct cq_form2_line *line, const struct cq_form2_person *person);

#endif
