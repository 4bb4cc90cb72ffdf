/* A batch of registrations, shared by the files that read, judge and write it. */
#ifndef CQ_REFERRALS_REGISTRATIONS_H
#define CQ_REFERRALS_REGISTRATIONS_H

#include "cq/register.h"
#include "cq/terms.h"
#include "referrals/texts.h"

struct cq_registrations {
    const struct cq_register_options *options;
    struct cq_column columns[CQ_REGISTER_COLUMNS];
    struct cq_terms papers; /* their words */
    struct cq_texts *texts;
    struct cq_registration *list;
    size_t count, room;
    struct cq_str scratch;
    const char *file; /* of the requests; NULL for none */
    long header_line;
    int64_t blank, skipped;
};

/* Reports a finding about a request, which a code that is no warning refuses. Shape: column -1 and
 * detail NULL for none; registration NULL where none was made of its line. */
void cq_registrations_report(struct cq_registrations *batch, enum cq_code code, long line,
                             int column, const char *detail, struct cq_registration *registration);

#endif
