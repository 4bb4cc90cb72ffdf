/* Where the facts of an answer come from, and which rules came nearest to it. Wording is not done
 * here. */
#ifndef CQ_EXPLAIN_H
#define CQ_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>
#include "cq/gap_readings.h"
#include "cq/person.h"

/* Where the value of a fact comes from. */
enum cq_origin {
    CQ_ORIGIN_UNKNOWN,         /* no source states it */
    CQ_ORIGIN_QUESTION,        /* stated by the question */
    CQ_ORIGIN_SERVICE_DEFAULT, /* services.csv, by the service asked for */
    CQ_ORIGIN_DEFAULT,         /* the value where no source states another */
    CQ_ORIGIN_LIST,            /* the agency's list */
    CQ_ORIGIN_AGENCY,          /* follows from the agency of the list */
    CQ_ORIGIN_SPONSOR,         /* the list that names the sponsor */
    CQ_ORIGIN_NO_SPONSOR,      /* no list names the sponsor, or none is stated */
    CQ_ORIGIN_KIN,             /* the relation in the agency's list, and what it rests on */
    CQ_ORIGIN_BIRTH,           /* the birth date in the agency's list, and the day */
    CQ_ORIGIN_RESIDENCE,       /* the residence in the agency's list */
    CQ_ORIGIN_FACILITY,        /* a facility that serves one of the places */
    CQ_ORIGIN_NO_FACILITY,     /* no facility that offers it serves them */
    CQ_ORIGIN_FUND,            /* the Fund's list */
    CQ_ORIGIN_PRESUMED,        /* presumptions.csv: the Fund's list has no row */
    CQ_ORIGIN_PRESIDENTIAL,    /* the list of the Affairs Administration */
    CQ_ORIGIN_UNLISTED,        /* no list names the person on the day or later */
    CQ_ORIGIN_LATER,           /* a list names the person from a later day on */
    CQ_ORIGIN_REMOVED,         /* a full list did not name the person any more */
    CQ_ORIGIN_ENDED            /* the days that the last row states are over */
};

/* What facilities for a place lack, as bits. Source: R78:4.2, O61:6. */
enum {
    CQ_LACKS_ORGANISATION = 1,
    CQ_LACKS_DEPARTMENT = 2,
    CQ_LACKS_SPECIALIST = 4,
    CQ_LACKS_EQUIPMENT = 8
};

/* What a kinship rests on and the list does not state, as bits. Source: R78:3.1. */
enum { CQ_UNSTATED_STUDIES = 1, CQ_UNSTATED_DISABILITY = 2, CQ_UNSTATED_DEPENDENCE = 4 };

struct cq_fact_source {
    enum cq_origin origin;
    int agency;                      /* LIST and those after it: whose list; 0 if none */
    int64_t run;                     /* the run that wrote the row; 0 if none */
    int64_t list_line;               /* the line of the row in the list of that run; 0 if none */
    int32_t list_date;               /* the date of that list; CQ_DAY_MIN if none */
    char file_hash[CQ_HASH_HEX + 1]; /* of the file of that list; "" if none */
    int32_t day;          /* BIRTH: the birthday that decides; FUND: the first day without cover
                               (CQ_DAY_MAX if none); SPONSOR: the first day after a service that is
                               over; KIN: the last day of studies; REMOVED, ENDED: the first day
                               without a role; LATER: the first day with one; else CQ_DAY_MIN */
    int64_t sponsor;      /* SPONSOR, NO_SPONSOR: the IIN; 0 if none is stated */
    int relation;         /* KIN: CQ_RELATION_* */
    unsigned unstated;    /* KIN: CQ_UNSTATED_* that leave several values possible */
    const char *facility; /* FACILITY: its code */
    unsigned lacks[2];    /* of place: CQ_LACKS_* at the residence and the service place */
};

/* Finds the source of every fact of an answer that cq_people_decide gave for the same person and
 * request. Shape: given[] is true for the facts that the question states; sources has CQ_FACTS
 * entries.
 * Errors: those of cq_db_fail. */
enum cq_code cq_people_explain(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, const bool given[CQ_FACTS],
                               const struct cq_answer *answer,
                               struct cq_fact_source sources[CQ_FACTS], struct cq_err *err);

/* The codes of the nearest MVD-MOs in Astana and Almaty that can serve a stay, where none near the
 * person can: by value of CQ_FACT_DESTINATION, NULL where there is none. Shape: as above;
 * *any becomes whether there is one. Owner of the codes: the people. Source: R78:13.1.
 * Errors: those of cq_db_fail. */
enum cq_code cq_people_far(struct cq_people *people, int64_t iin, const struct cq_request *request,
                           const struct cq_answer *answer, const char *far[3], bool *any,
                           struct cq_err *err);

/* The destinations of a stay at which no MVD-MO can serve it, as values of CQ_FACT_DESTINATION: nobody
 * can ask for a stay there. None where the answer is not about a stay. Shape: as above.
 * Errors: those of cq_db_fail. */
enum cq_code cq_people_no_stay(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, const struct cq_answer *answer,
                               uint64_t *values, struct cq_err *err);

/* What the answer would be under each reading of the gaps that it shows: the question is asked anew
 * as the reading has it, so that its facts are those of the service and the place that it names.
 * Shape: as above; answers has CQ_READINGS_MAX entries, those of gaps whose readings decide alike
 * are left out. Errors: those of cq_db_fail. */
enum cq_code cq_people_readings(struct cq_people *people, int64_t iin,
                                const struct cq_request *request, const struct cq_answer *answer,
                                struct cq_reading_answer *answers, size_t *count,
                                struct cq_err *err);

/* The gaps that no decision shows and that concern a person with these roles on a day (A-11, A-13,
 * ), as bits of the law's gaps. */
uint64_t cq_answers_told_gaps(const struct cq_law *law, int32_t day,
                              const struct cq_answer *answers, int count);

/* A rule that would have entitled, and the facts that it does not accept. */
struct cq_near_rule {
    const struct cq_rule *rule;
    const char *basis; /* as it reads on the day */
    uint64_t facts;    /* that its nearest mask accepts */
    uint32_t failed;   /* bits 1 << enum cq_fact: facts outside the mask, unknown ones included */
};

/* The rules for the same service that came nearest: those with the fewest facts outside their mask,
 * each once, in order of the table. Shape: near has room entries. Returns how many. */
size_t cq_near_rules(const struct cq_law *law, int32_t day, uint64_t word,
                     struct cq_near_rule *near, size_t room);

#endif
