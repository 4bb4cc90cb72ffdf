/* The session of cq-eligible. */
#include "cq-eligible_session.h"

#include "cq/registry.h"

bool cq_eligible_open_laws(struct cq_eligible *session, const char *against)
{
    struct cq_cli *cli = session->cli;
    session->law = cq_cli_law(cli);
    return session->law && (!against || !cq_law_load(&session->second_law, against, &cli->err));
}

bool cq_eligible_open_people(struct cq_eligible *session)
{
    struct cq_cli *cli = session->cli;
    struct cq_db *db = &session->db;
    return !cq_cli_registry(cli, db, CQ_DB_READ, 5000, &cli->err) &&
           !cq_db_begin_read(db, &cli->err) &&
           !cq_run_known(db, cli->known_at, &session->run, &cli->err) &&
           !cq_people_open(&session->people, db, session->law, session->run, &cli->err);
}

void cq_eligible_close_people(struct cq_eligible *session)
{
    cq_people_close(session->people);
    session->people = NULL;
    cq_db_close(&session->db);
}

void cq_eligible_close(struct cq_eligible *session)
{
    cq_eligible_close_people(session);
    cq_law_free(session->second_law);
    cq_law_free(session->law);
}

void cq_eligible_report(const struct cq_err *finding, void *context)
{
    cq_cli_report(context, finding);
}
