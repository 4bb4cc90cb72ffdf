/* --replay: receipts of a file made again. */
#include <unistd.h>

#include "cq-eligible.h"
#include "cq/replay.h"

static void report(const struct cq_err *finding, void *context)
{
    cq_cli_say(context, finding);
}

/* Receipts name no people; beside IINs they are held against the registry, if there is one. */
void cq_eligible_replay(struct cq_cli *cli, const struct cq_law *law, const char *file, bool facts)
{
    struct cq_replay setup = {.law = law, .format = cli->format, .report = report, .context = cli};
    struct cq_db db = {0};
    struct cq_csvin *in = NULL;
    struct cq_err none = {0};
    const char *name;
    int out, fd = cq_cli_input(cli, file, &name);
    if (fd < 0 || cq_csvin_open(&in, fd, name, 0, &cli->err))
        goto done;
    if (!facts && cq_replay_names_people(in)) {
        enum cq_code code = cq_db_open(&db, cli->db, CQ_DB_READ, 5000, &none);
        if (!code)
            setup.db = &db;
        else if (code != CQ_D_MISSING)
            cli->err = none;
        if (code == CQ_D_MISSING)
            cq_cli_tell(cli, _("there is no registry: facts are taken from the receipts"));
    }
    if (cli->err.code || (setup.db && cq_db_begin_read(&db, &cli->err)) ||
        (out = cq_cli_output(cli)) < 0)
        goto done;
    cq_replay_csv(&setup, in, name, out, &cli->findings, &cli->err);
done:
    cq_csvin_close(in);
    cq_db_close(&db);
    if (fd > STDIN_FILENO)
        close(fd);
}
