/* --replay: recomputes the receipts of a file. */
#include "cq-eligible_replay.h"

#include <unistd.h>

#include "cq/replay.h"

/* Opens the registry; without one, the facts are those of the receipts. */
static void open_registry(struct cq_cli *cli, struct cq_db *db, struct cq_replay *replay)
{
    struct cq_err err = {0};
    enum cq_code code = cq_cli_registry(cli, db, CQ_DB_READ, 5000, &err);
    if (!code)
        replay->db = db;
    else if (code != CQ_D_MISSING)
        cli->err = err;
    else
        cq_cli_verbose(cli, _("there is no registry: facts are taken from the receipts"));
}

/* Receipts do not identify people; with a column iin they are compared with the registry, if there
 * is one. */
bool cq_eligible_replay(const struct cq_eligible *session, const char *file, bool facts)
{
    struct cq_cli *cli = session->cli;
    struct cq_replay replay = {
        .law = session->law, .format = cli->format, .report = cq_eligible_report, .context = cli};
    struct cq_db db = {0};
    struct cq_csvin *in = NULL;
    const char *name;
    bool ok = false;
    int out, fd = cq_cli_input(cli, file, &name);
    if (fd < 0 || cq_csvin_open(&in, fd, name, 0, &cli->err))
        goto done;
    cq_csvin_keep_all(in); /* its rows are those that were answered */
    if (!facts && cq_replay_names_people(in))
        open_registry(cli, &db, &replay);
    if (cli->err.code || (replay.db && cq_db_begin_read(&db, &cli->err)) ||
        (out = cq_cli_output(cli)) < 0)
        goto done;
    ok = !cq_replay_csv(&replay, in, name, out, &cli->findings, &cli->err);
done:
    cq_csvin_close(in);
    cq_db_close(&db);
    if (fd > STDIN_FILENO)
        close(fd);
    return ok;
}
