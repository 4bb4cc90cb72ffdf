/* What the two parts of the desk tell each other. */
#ifndef CQ_REFER_DESK_H
#define CQ_REFER_DESK_H

#include "cq/date.h"
#include "cq/person.h"
#include "cq/refer.h"

struct cq_desk_facility {
    char *code;
    int32_t kato;
};

struct cq_desk {
    struct cq_db *db;
    const struct cq_desk_setup *setup;
    struct cq_people *people;
    struct cq_desk_facility *facilities; /* in byte order of the codes */
    size_t facility_count;
    struct cq_drafts *drafts;
    struct cq_str scratch; /* texts of the row that had to be rewritten */
    struct cq_str words;   /* cells and details put together */
    const char *file;      /* of the row at hand */
    long line;
};

/* Tells a finding of the row at hand. Shape: column -1 for none, detail NULL for none. */
void cq_desk_find(struct cq_desk *desk, enum cq_code code, int column, const char *detail);

#endif
