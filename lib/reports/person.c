/* One person's whole history, in the order in which it became known. Reading it adds a line to the
 * log. */
#include "reports/report_private.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cq/audit.h"
#include "people/links.h"
#include "reports/person_rows.h"
#include "reports/timeline.h"

/* Says under which other IINs the person is listed, as verdicts have it. */
static enum cq_code add_links(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    struct cq_links links = {0};
    struct cq_str others = {0};
    enum cq_code code = cq_links_read(&links, request->db, result->run, request->day, err);
    int64_t person = code ? 0 : cq_links_find(&links, request->iin);
    for (size_t i = 0; i < links.count && person; i++)
        if (links.list[i].person == person && links.list[i].iin != request->iin)
            cq_str_printf(&others, "%s%012" PRId64, others.len ? ", " : "", links.list[i].iin);
    if (!code && others.len > 0) {
        const char *text = cq_result_string(result, &others);
        result->answer = cq_result_sentence(
            result, cq_report_translate(request, N_("Also listed under: %s")), &text, 1);
    }
    cq_str_free(&others);
    free(links.list);
    return code;
}

enum cq_code cq_report_person(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    const struct cq_audit line = {request->now, request->actor, "read", request->iin, NULL};
    enum cq_code code = request->timeline ? cq_report_timeline(request, result, err)
                                          : cq_person_rows_add(request, result, err);
    if (!code)
        code = add_links(request, result, err);
    if (!code)
        code = cq_audit_add(request->db, &line, err);
    if (!request->timeline)
        result->summary = N_("All that the registry holds of one person and of the family around, "
                             "in the order in which it became known.");
    return code;
}
