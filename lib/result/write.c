/* Writes a result in the requested format. */
#include "result/formats.h"

enum cq_code cq_result_write(const struct cq_report_result *result,
                             const struct cq_report_request *request, enum cq_format format, int fd,
                             struct cq_err *err)
{
    switch (format) {
    case CQ_FORMAT_HTML:
        return result->report->html ? result->report->html(result, request, fd, err)
                                    : cq_result_write_html(result, request, fd, err);
    case CQ_FORMAT_PROMETHEUS: return cq_result_write_prometheus(result, fd, err);
    case CQ_FORMAT_TABLE: return cq_result_write_table(result, request, fd, err);
    case CQ_FORMAT_CSV:
        if (request->excel)
            return cq_result_write_excel(result, fd, err);
        return cq_result_write_rows(result, format, fd, err);
    default: return cq_result_write_rows(result, format, fd, err);
    }
}
