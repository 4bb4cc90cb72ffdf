/* cq-import: HR lists and the other lists into the registry. This file has the options; the session
 * runs. */
#include <stdlib.h>

#include "base/vec.h"
#include "cq-import_session.h"

enum {
    OPT_KIND = 1,
    OPT_AGENCY,
    OPT_MODE,
    OPT_LIST_DATE,
    OPT_REJECTS,
    OPT_CHANGES,
    OPT_MAX_BAD,
    OPT_SUMMARY,
    OPT_MAP,
    OPT_MAX_REMOVALS,
    OPT_MAX_LOSSES,
    OPT_APPROVE,
    OPT_UNDO,
    OPT_WAIT
};

static const struct cq_option options[] = {
    {OPT_KIND, 'k', "kind", "KIND",
     N_("contingent (default), facilities, insurance, presidential, cards, verdicts "
        "or calendar")},
    {OPT_AGENCY, 'a', "agency", "CODE", N_("whose list; else every row names its agency")},
    {OPT_MODE, 'm', "mode", "MODE",
     N_("delta (default): rows add and change; full: who is absent is end-dated")},
    {OPT_LIST_DATE, 0, "list-date", "DATE", N_("the day the list speaks of; default --as-of")},
    {OPT_REJECTS, 0, "rejects", "FILE", N_("bad rows, as read, with line, column, code, message")},
    {OPT_CHANGES, 0, "changes", "FILE", N_("every change: iin, field, old, new")},
    {OPT_MAX_BAD, 0, "max-bad", "PCT", N_("refuse the file if more rows are bad (default 5)")},
    {OPT_MAX_REMOVALS, 0, "max-removals", "PCT",
     N_("refuse a full list if more people would leave (default 2; never below 10 people)")},
    {OPT_MAX_LOSSES, 0, "max-losses", "PCT",
     N_("refuse if more people would lose an entitlement (default 2; never below 10 people)")},
    {OPT_APPROVE, 0, "approve", "TOKEN", N_("let exactly the import through that was refused")},
    {OPT_UNDO, 0, "undo", "RUN", N_("take one run back")},
    {OPT_SUMMARY, 0, "summary", "FILE", N_("counts of the run as JSON")},
    {OPT_MAP, 0, "map", "FIELD=HEADER", N_("a header that the aliases do not know")},
    {OPT_WAIT, 0, "wait", "SECONDS", N_("wait for another program's lock (default 5)")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {"[OPTION]... [FILE]...", "--undo=RUN [OPTION]...", NULL};
static const struct cq_program program = {
    .name = "cq-import",
    .usage = usage,
    .summary = N_("Bring a list into the registry: what differs is written, nothing is deleted."),
    .options = options,
    .writes = true};

static bool add_map(struct cq_cli *cli, struct cq_import_session *s, const char *text)
{
    const char **map = cq_grow(s->map, s->map_count + 2, &s->map_room, sizeof *map);
    if (!map) {
        cq_err_record(&cli->err, CQ_B_NOMEM, NULL);
        return false;
    }
    s->map = map;
    map[s->map_count++] = text;
    map[s->map_count] = NULL;
    return true;
}

static bool read_option(struct cq_cli *cli, struct cq_import_session *s, int id,
                        const char *argument)
{
    static const char *const modes[] = {"delta", "full", NULL};
    int which = 0;
    bool ok = true;
    switch (id) {
    case OPT_KIND:
        ok = cq_cli_choice(cli, "kind", argument, cq_kind_names, &which);
        s->import.kind = (enum cq_kind)which;
        break;
    case OPT_MODE:
        ok = cq_cli_choice(cli, "mode", argument, modes, &which);
        s->import.full = which == 1;
        break;
    case OPT_LIST_DATE:
        ok = cq_cli_day(cli, "list-date", argument, &s->import.list_date);
        s->list_date_given = true;
        break;
    case OPT_MAX_BAD:
        ok = cq_cli_number(cli, "max-bad", argument, 0, 100, &s->import.max_bad);
        break;
    case OPT_MAP: ok = add_map(cli, s, argument); break;
    case OPT_MAX_REMOVALS:
        ok = cq_cli_number(cli, "max-removals", argument, 0, 100, &s->import.max_removals);
        break;
    case OPT_MAX_LOSSES:
        ok = cq_cli_number(cli, "max-losses", argument, 0, 100, &s->import.max_losses);
        break;
    case OPT_APPROVE: s->import.approve = argument; break;
    case OPT_UNDO: ok = cq_cli_number(cli, "undo", argument, 1, INT32_MAX, &s->undo); break;
    case OPT_WAIT: ok = cq_cli_number(cli, "wait", argument, 0, 86400, &s->wait); break;
    case OPT_AGENCY: s->agency = argument; break;
    case OPT_REJECTS: s->rejects = argument; break;
    case OPT_CHANGES: s->changes = argument; break;
    default: s->summary = argument; break;
    }
    return ok;
}

int main(int argc, char **argv)
{
    struct cq_cli cli;
    struct cq_import_session session;
    const char *argument;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    cq_import_session_init(&session);
    while ((id = cq_cli_option(&cli, &argument)) > 0 && read_option(&cli, &session, id, argument))
        ;
    if (id == CQ_CLI_END)
        cq_import_session_run(&session, &cli);
    int status = cq_cli_finish(&cli);
    free(session.map);
    return status;
}
