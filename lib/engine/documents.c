/* The documents that a person is asked for: rows of documents.csv that apply to the facts. */
#include <string.h>

#include "cq/decide.h"

/* The row of one category: the first that can apply; NULL where there is none. */
static const struct cq_documents *find_documents(const struct cq_law *law, int32_t day,
                                                 uint64_t word)
{
    for (size_t i = 0; i < law->documents_count; i++) {
        const struct cq_documents *row = &law->documents[i];

        if (row->since <= day && day < row->until && cq_facts_empty(row->facts & word) == 0)
            return row;
    }
    return NULL;
}

const struct cq_documents *cq_law_documents(const struct cq_law *law, int32_t day, uint64_t word)
{
    const uint64_t categories = cq_fact_field(CQ_FACT_CATEGORY);
    const uint64_t bodies = cq_fact_field(CQ_FACT_BODY);
    const struct cq_documents *same = NULL;

    for (uint64_t left = word & categories; left != 0; left &= left - 1) {
        uint64_t one = (word & ~categories) | (left & -left);
        const struct cq_documents *row = find_documents(law, day, one);

        if (!row || (word & bodies & ~row->facts) != 0 ||
            (same && same->documents != row->documents))
            return NULL;
        same = row;
    }
    return same;
}
