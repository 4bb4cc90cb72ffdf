/* Adding findings of the report reconcile. */
#include "reports/reconcile_find.h"

#include <string.h>

#include "base/vec.h"
#include "result/result_private.h"

struct cq_reconcile_finding *cq_reconcile_add(struct cq_reconcile *r, enum cq_reconcile_kind kind,
                                              enum cq_reconcile_step step)
{
    struct cq_reconcile_finding *list = cq_grow(r->findings, r->count + 1, &r->room, sizeof *list);
    if (!list) {
        r->result->failed = CQ_B_NOMEM;
        return NULL;
    }
    r->findings = list;
    list[r->count] = (struct cq_reconcile_finding){.kind = kind,
                                                   .step = step,
                                                   .last_name = "",
                                                   .first_name = "",
                                                   .since = CQ_DAY_MIN,
                                                   .days = -1};
    return &list[r->count++];
}

struct cq_reconcile_finding *cq_reconcile_add_row(struct cq_reconcile *r,
                                                  const struct cq_reconcile_person *p,
                                                  const struct cq_reconcile_row *row,
                                                  enum cq_reconcile_kind kind,
                                                  enum cq_reconcile_step step)
{
    struct cq_reconcile_finding *f = cq_reconcile_add(r, kind, step);
    const char *last = p->text.ptr + row->names[0], *first = p->text.ptr + row->names[1];
    if (!f)
        return NULL;
    f->iin = row->iin;
    f->run = row->run;
    f->line = row->line;
    f->last_name = cq_result_copy(r->result, last, strlen(last));
    f->first_name = cq_result_copy(r->result, first, strlen(first));
    return f;
}
