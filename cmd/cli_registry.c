/* Opening the registry, and what is said where that upgraded it. */
#include "cli_private.h"

enum cq_code cq_cli_registry(struct cq_cli *cli, struct cq_db *db, enum cq_db_mode mode,
                             int wait_ms, struct cq_err *err)
{
    enum cq_code code = cq_db_open(db, cli->db, mode, wait_ms, err);
    if (!code && db->copy)
        cq_cli_info(cli, _("%s: upgraded from schema %d; as it was, it is kept in %s"), cli->db,
                    db->older, db->copy);
    return code;
}
