/* The result of the checks for monitoring, in Prometheus' text format. */
#include "result/formats.h"

#include "cq/fd.h"
#include "cq/str.h"

enum cq_code cq_result_write_prometheus(const struct cq_report_result *result, int fd,
                                        struct cq_err *err)
{
    const struct cq_report_section *rows = &result->sections[0];
    struct cq_str out = {0};
    cq_str_puts(&out, "# HELP cq_check_findings What a check of cq-report counts; 0 is good.\n"
                      "# TYPE cq_check_findings gauge\n");
    for (size_t i = 0; i < cq_section_rows(rows); i++) {
        const struct cq_report_cell *cells = &rows->cells[i * rows->column_count];
        cq_str_printf(&out, "cq_check_findings{check=\"%s\",severity=\"%s\"} %lld\n", cells[0].text,
                      cells[1].text, (long long)cells[3].number);
    }
    cq_str_printf(&out,
                  "# HELP cq_registry_run The last run of the registry.\n"
                  "# TYPE cq_registry_run gauge\ncq_registry_run %lld\n"
                  "# HELP cq_registry_run_timestamp_seconds Its moment.\n"
                  "# TYPE cq_registry_run_timestamp_seconds gauge\n"
                  "cq_registry_run_timestamp_seconds %lld\n",
                  (long long)result->run, (long long)(result->run_at / 1000));
    enum cq_code code = out.failed ? cq_err_set(err, out.failed, NULL)
                                   : cq_fd_write(fd, out.ptr, out.len, err);
    cq_str_free(&out);
    return code;
}
