/* Parses values of options: dimensions, and since when. */
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/report.h"

const char *const cq_dimension_names[CQ_DIMENSIONS + 1] = {
    [CQ_BY_REGION] = "region", [CQ_BY_AGENCY] = "agency", [CQ_BY_CATEGORY] = "category",
    [CQ_BY_BODY] = "body",     [CQ_BY_SEX] = "sex",       [CQ_BY_AGE] = "age",
};

bool cq_report_parse_by(const char *text, enum cq_dimension by[CQ_DIMENSIONS], size_t *count)
{
    struct cq_text rest = cq_text_of(text), part;
    unsigned seen = 0;
    *count = 0;
    while (cq_text_next(&rest, ',', &part)) {
        unsigned i = 0;
        while (i < CQ_DIMENSIONS && !cq_text_is(part, cq_dimension_names[i]))
            i++;
        if (i == CQ_DIMENSIONS || (seen >> i & 1) != 0)
            return false;
        seen |= 1u << i;
        by[(*count)++] = (enum cq_dimension)i;
    }
    return true;
}

bool cq_report_parse_since(const char *text, struct cq_report_request *request)
{
    size_t len = strlen(text);
    if (strcmp(text, "last") == 0)
        request->since = CQ_SINCE_LAST;
    else if (!cq_num_parse(text, len, 0, INT64_MAX, &request->since_run))
        request->since = CQ_SINCE_RUN;
    else if (!cq_date_parse_iso(text, len, &request->since_day))
        request->since = CQ_SINCE_DAY;
    else
        return false;
    return true;
}
