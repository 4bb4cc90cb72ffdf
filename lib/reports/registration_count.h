/* Who is registered at which polyclinic, and with which papers, for the report registration. */
#ifndef CQ_REPORTS_REGISTRATION_COUNT_H
#define CQ_REPORTS_REGISTRATION_COUNT_H

#include "cq/result.h"

/* How far a registration is. */
enum cq_registration_state {
    CQ_REGISTRATION_DONE,
    CQ_REGISTRATION_NO_CARD,
    CQ_REGISTRATION_INCOMPLETE,   /* papers were seen, and some are lacking */
    CQ_REGISTRATION_NOT_RECORDED, /* there is a card, and it is not known which papers were seen */
    CQ_REGISTRATION_STATES
};
extern const char *const cq_registration_states[CQ_REGISTRATION_STATES];

/* A polyclinic. Owner: the result. */
struct cq_registration_place {
    const char *code;  /* "" for people whom none serves */
    const char *label; /* for people; NULL until the report has found it */
    int64_t people[CQ_REGISTRATION_STATES];
};

/* A person whose registration is not done. Owner of the texts: the result, the law. */
struct cq_registration_open {
    const struct cq_registration_place *place;
    enum cq_registration_state state;
    int64_t iin, version; /* version: id in person */
    int category, agency;
    const char *card_no;   /* "" without a card */
    int32_t registered_on; /* CQ_DAY_MIN if not stated */
    int64_t papers;
    const char *documents; /* that the law asks for */
};

struct cq_registration_count {
    struct cq_registration_place **places; /* in byte order of the codes */
    size_t place_count, place_room;
    struct cq_registration_open *open; /* by polyclinic, state and IIN */
    size_t open_count, open_room;
};

/* Counts the contingent of the request's day, as a run left it. Shape: count is empty at first.
 * Errors: those of cq_people_decide. Owner: caller, cq_registration_count_fini in any case. */
enum cq_code cq_registration_count(const struct cq_report_request *request,
                                   struct cq_report_result *result,
                                   struct cq_registration_count *count, struct cq_err *err);
void cq_registration_count_fini(struct cq_registration_count *count);

#endif
