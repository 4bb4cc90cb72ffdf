/* The session of cq-eligible: what one run of the program has open. */
#ifndef CQ_ELIGIBLE_SESSION_H
#define CQ_ELIGIBLE_SESSION_H

#include "cli.h"
#include "cq/db.h"
#include "cq/person.h"

/* Zero-initialise but for cli. */
struct cq_eligible {
    struct cq_cli *cli;
    struct cq_law *law;
    struct cq_law *second_law; /* of --against; NULL for none */
    struct cq_db db;
    struct cq_people *people; /* NULL until the registry is open */
    int64_t run;              /* the last run that is known; 0 without a registry */
};

/* Loads the law tables, those of --against too where it is not NULL. Errors: in cli->err, then
 * false. Owner: the session, cq_eligible_close. */
bool cq_eligible_open_laws(struct cq_eligible *session, const char *against);

/* Opens the registry as it was known at --known-at. Errors: in cli->err, then false.
 * Owner: the session, cq_eligible_close_people. */
bool cq_eligible_open_people(struct cq_eligible *session);
void cq_eligible_close_people(struct cq_eligible *session);

void cq_eligible_close(struct cq_eligible *session);

/* Reports a finding about a row. Shape: context is the struct cq_cli. */
void cq_eligible_report(const struct cq_err *finding, void *context);

#endif
