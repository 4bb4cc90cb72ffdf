/* The report law as SQL: a script that decides, not rows. */
#include "cq-report_sql.h"

#include "cq/fd.h"

void cq_report_sql(struct cq_cli *cli, int dialect)
{
    struct cq_str text = {0};
    struct cq_law *law = cq_cli_law(cli);
    if (!law)
        return;
    enum cq_code code =
        cq_law_sql(law, dialect == CQ_UNKNOWN ? CQ_SQL_SQLITE : (enum cq_sql)dialect, &text);
    int fd = code ? -1 : cq_cli_output(cli);
    if (code)
        cq_err_record(&cli->err, code, NULL);
    if (fd >= 0)
        code = cq_fd_write(fd, text.ptr, text.len, &cli->err);
    cq_str_free(&text);
    cq_law_free(law);
}
