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
    struct cq_replay replay = {.law = session->law,
                               .format = cli->format,
                               .reader = cq_cli_table_reader(cli, session->law),
                               .report = cq_eligible_report,
                               .context = cli};
    struct cq_db db = {0};
    struct cq_csvin *in = NULL;
    struct cq_csv_input input;
    bool ok = false;
    int out;
    if (!cq_cli_list(cli, file, &input) || cq_csvin_open(&in, &input, &cli->err))
        goto done;
    cq_csvin_keep_all(in); /* its rows are those that were answered */
    if (!facts && cq_replay_names_people(in))
        open_registry(cli, &db, &replay);
    if (cli->err.code || (replay.db && cq_db_begin_read(&db, &cli->err)) ||
        (out = cq_cli_output(cli)) < 0)
        goto done;
    ok = !cq_replay_csv(&replay, in, input.name, out, &cli->findings, &cli->err);
    cq_csvin_report_sheet(in, cq_eligible_report, cli);
done:
    cq_csvin_close(in);
    cq_db_close(&db);
    if (input.fd > STDIN_FILENO)
        close(input.fd);
    return ok;
}
