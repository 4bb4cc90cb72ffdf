/* Features in a list, each with its number. */
#include "answers/cases_features.h"

#include <stdlib.h>

#include "base/vec.h"

void cq_case_features_add_bytes(struct cq_case_features *f, const void *bytes, size_t len)
{
    int *list = cq_grow(f->list, f->count + 1, &f->room, sizeof *list);

    if (!list) {
        f->failed = true;
        return;
    }
    f->list = list;
    f->list[f->count++] = cq_numbering_add(&f->numbers, bytes, len);
}

void cq_case_features_add(struct cq_case_features *features, enum cq_case_feature kind,
                          uint64_t number, uint64_t more, const void *text, const void *other)
{
    const struct {
        uint64_t kind, number, more;
        uintptr_t text, other;
    } bytes = {(uint64_t)kind, number, more, (uintptr_t)text, (uintptr_t)other};

    cq_case_features_add_bytes(features, &bytes, sizeof bytes);
}

void cq_case_features_free(struct cq_case_features *f)
{
    cq_numbering_free(&f->numbers);
    free(f->list);
    *f = (struct cq_case_features){0};
}
