/* The findings of a verification, reported in order of the numbers. */
#include "referrals/verify_findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

const char *const cq_verified_names[CQ_VERIFIED_KINDS + 1] = {
    "seal",  "number",   "status",  "events", "link",  "people",  "facilities", "runs",
    "facts", "decision", "missing", "orphan", "chain", "binding", NULL,
};

struct cq_kept_finding {
    int64_t number;
    enum cq_verified kind;
    size_t detail; /* where it begins in the texts */
};

enum cq_code cq_findings_add(struct cq_findings *f, int64_t number, enum cq_verified kind,
                             const char *detail)
{
    struct cq_kept_finding *list = cq_grow(f->list, f->count + 1, &f->room, sizeof *f->list);
    if (!list)
        return CQ_B_NOMEM;
    f->list = list;
    f->list[f->count++] = (struct cq_kept_finding){number, kind, f->texts.len};
    detail = detail ? detail : "";
    cq_str_put(&f->texts, detail, strlen(detail) + 1);
    return f->texts.failed;
}

static int by_number(const void *a, const void *b)
{
    const struct cq_kept_finding *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1)
                              : (x->detail > y->detail) - (x->detail < y->detail);
}

void cq_findings_report(struct cq_findings *f, struct cq_verify *verify)
{
    if (f->count > 0)
        qsort(f->list, f->count, sizeof *f->list, by_number);
    for (size_t i = 0; i < f->count; i++) {
        const struct cq_verify_finding finding = {f->list[i].number, f->list[i].kind,
                                                  f->texts.ptr + f->list[i].detail};
        verify->report(&finding, verify->context);
    }
    verify->findings = (int64_t)f->count;
}

void cq_findings_free(struct cq_findings *f)
{
    cq_str_free(&f->texts);
    free(f->list);
}
