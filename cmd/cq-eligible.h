/* The parts of cq-eligible. */
#ifndef CQ_ELIGIBLE_H
#define CQ_ELIGIBLE_H

#include "cli.h"
#include "cq/batch.h"
#include "cq/explain.h"

/* Proves the law tables and writes each finding as a row; findings become status 1. */
void cq_eligible_check_law(struct cq_cli *cli);

/* Makes the receipts of a file again; differences become status 1.
 * Shape: facts true leaves the registry out. Errors: in cli->err. */
void cq_eligible_replay(struct cq_cli *cli, const struct cq_law *law, const char *file, bool facts);

/* Appends where a fact came from, in words. Errors: CQ_B_NOMEM. */
enum cq_code cq_eligible_add_source(struct cq_str *out, const struct cq_law *law,
                                    enum cq_language language, const struct cq_fact_source *source);

struct cq_eligible_explain;

/* --explain: answers as paragraphs for people, written to fd.
 * Shape: people NULL for facts; roles tells the other roles, too; all_facts is that of --why-not.
 * Errors: CQ_B_NOMEM in cli->err, then NULL. Owner: caller, cq_eligible_explain_close. */
struct cq_eligible_explain *cq_eligible_explain_open(struct cq_cli *cli, const struct cq_law *law,
                                                     struct cq_people *people, bool all_facts,
                                                     int fd);
/* Explains one question: a function for cq_batch.explain. Errors: CQ_O_WRITE, CQ_B_NOMEM, those of
 * cq_people_explain. */
enum cq_code cq_eligible_explain(const struct cq_asked *asked, void *explain, struct cq_err *err);
/* Writes what is left and frees. Errors: CQ_O_WRITE in cli->err. */
void cq_eligible_explain_close(struct cq_eligible_explain *explain);

#endif
