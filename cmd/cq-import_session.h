/* A session of cq-import: what its options ask for, and running it. */
#ifndef CQ_IMPORT_SESSION_H
#define CQ_IMPORT_SESSION_H

#include "cli.h"
#include "cq/import.h"

struct cq_import_session {
    struct cq_import import;
    const char *agency;
    bool list_date_given;
    const char *rejects, *changes, *summary;
    const char **map; /* NULL at the end */
    size_t map_count, map_room;
    int64_t undo, wait;
};

/* Sets the defaults. Owner: caller, map by free. */
void cq_import_session_init(struct cq_import_session *session);

/* Imports the files, or undoes the run. Errors: in cli->err. */
void cq_import_session_run(struct cq_import_session *session, struct cq_cli *cli);

#endif
