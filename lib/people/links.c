/* Links: pairs that are one person, joined until nothing more joins. */
#include "people/links.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/vec.h"
#include "cq/lists.h"

static enum cq_code add(struct cq_links *list, int64_t iin, int64_t person, struct cq_err *err)
{
    struct cq_link *grown = cq_grow(list->list, list->count + 1, &list->room, sizeof *grown);
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    list->list = grown;
    grown[list->count++] = (struct cq_link){iin, person};
    return CQ_OK;
}

static int by_iin(const void *a, const void *b)
{
    const struct cq_link *x = a, *y = b;
    return (x->iin > y->iin) - (x->iin < y->iin);
}

static struct cq_link *find(const struct cq_links *links, int64_t iin)
{
    const struct cq_link key = {iin, 0};
    return links->count == 0 ? NULL : bsearch(&key, links->list, links->count, sizeof key, by_iin);
}

int64_t cq_links_find(const struct cq_links *links, int64_t iin)
{
    const struct cq_link *link = find(links, iin);
    return link ? link->person : 0;
}

bool cq_links_same(const struct cq_links *links, int64_t iin, int64_t other_iin)
{
    int64_t person = cq_links_find(links, iin);
    return person != 0 && person == cq_links_find(links, other_iin);
}

bool cq_links_open(const struct cq_links *links, const struct cq_verdicts *verdicts, int64_t iin,
                   int64_t other_iin)
{
    const struct cq_verdict *verdict = cq_verdicts_find(verdicts, iin, other_iin);
    return verdict ? verdict->changed : iin == other_iin || !cq_links_same(links, iin, other_iin);
}

_Static_assert(CQ_VERDICT_SAME == 0, "the query writes the verdict as a number");

/* Reads pairs: of each, the IINs as two links to themselves, and the pair. */
static enum cq_code read_pairs(struct cq_links *links, struct cq_links *pairs, struct cq_db *db,
                               int64_t run, int32_t day, struct cq_err *err)
{
    static const char sql[] =
        "SELECT iin, other_iin FROM verdict WHERE verdict = 0 AND iin <> other_iin"
        " AND run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
        " AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to > ?2)";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int64(stmt, 2, day);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        int64_t iin = sqlite3_column_int64(stmt, 0), other = sqlite3_column_int64(stmt, 1);
        if (!code && row)
            code = add(pairs, iin, other, err);
        if (!code && row)
            code = add(links, iin, iin, err);
        if (!code && row)
            code = add(links, other, other, err);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Sorts the links and keeps one of each IIN. */
static void sort_links(struct cq_links *links)
{
    size_t kept = 0;
    if (links->count > 1)
        qsort(links->list, links->count, sizeof *links->list, by_iin);
    for (size_t i = 0; i < links->count; i++)
        if (kept == 0 || links->list[kept - 1].iin != links->list[i].iin)
            links->list[kept++] = links->list[i];
    links->count = kept;
}

/* Gives both of each pair the lower person, until all have the lowest. */
static void join(struct cq_links *links, const struct cq_links *pairs)
{
    for (bool joined = true; joined;) {
        joined = false;
        for (size_t i = 0; i < pairs->count; i++) {
            struct cq_link *a = find(links, pairs->list[i].iin),
                           *b = find(links, pairs->list[i].person);
            int64_t lowest = a->person < b->person ? a->person : b->person;
            joined = joined || a->person != b->person;
            a->person = b->person = lowest;
        }
    }
}

enum cq_code cq_links_read(struct cq_links *links, struct cq_db *db, int64_t run, int32_t day,
                           struct cq_err *err)
{
    struct cq_links pairs = {0};
    enum cq_code code = read_pairs(links, &pairs, db, run, day, err);
    if (!code) {
        sort_links(links);
        join(links, &pairs);
    }
    free(pairs.list);
    return code;
}
