/* The parties of a paper: the patient, and the facilities from and to. */
#ifndef CQ_REFERRALS_PARTIES_H
#define CQ_REFERRALS_PARTIES_H

#include "cq/law.h"
#include "cq/referral.h"

struct cq_patient {
    struct cq_text last_name, first_name, middle_name;
    int32_t birth;     /* CQ_DAY_MIN if not known */
    int sex;           /* 0 male, 1 female, CQ_UNKNOWN */
    int32_t residence; /* KATO, 0 if not stated */
};

struct cq_party {
    struct cq_text code;
    struct cq_text name[CQ_LANGUAGES]; /* empty where not stated */
    int32_t kato;                      /* 0 where it is not in the registry */
    const char *owner;                 /* "" likewise */
};

struct cq_parties;

/* Reads people and facilities. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: caller, cq_parties_close. */
enum cq_code cq_parties_open(struct cq_parties **parties, struct cq_db *db, struct cq_err *err);
void cq_parties_close(struct cq_parties *parties);

/* The person as in a row of people, by its id: of a referral, the row decided from; a facility as known
 * at a run, INT64_MAX for now.
 * Shape: texts are valid until cq_parties_clear. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_parties_read_patient(struct cq_parties *parties, int64_t version,
                                     struct cq_patient *patient, struct cq_err *err);
enum cq_code cq_parties_read_facility(struct cq_parties *parties, int64_t run,
                                      const struct cq_text *code, struct cq_party *party,
                                      struct cq_err *err);
void cq_parties_clear(struct cq_parties *parties);

#endif
