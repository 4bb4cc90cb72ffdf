/* Finds probable twins: entries with a key in common lie side by side once they are sorted by it, and
 * only those are compared. A key for each mistake that another would miss. */
#include "people/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/name_sound.h"
#include "base/vec.h"
#include "cq/hash.h"
#include "cq/registry.h"
#include "people/twin_compare.h"
#include "people/twin_keys.h"

/* So many are compared with each of those who have a key in common: a birth date may be a
 * placeholder for one that nobody knew. */
enum { TWINS_NEAR = 100 };

struct entry {
    int64_t id, written;
    uint64_t name; /* a hash of the first name's sound */
    size_t sounds; /* in the texts: last, first, middle name, last name with its ending */
    struct cq_twin_traits traits;
    int sex;
};

struct finder {
    struct cq_twins *twins;
    struct entry *entries;
    size_t count, room;
    struct cq_str texts;
    struct cq_twin_key *keys, *sorted;
    uint32_t *starts;
    uint64_t *firsts, *names; /* hashes of first names, of both names; sorted */
};

/* --- people --- */

static enum cq_code write_sound(sqlite3_stmt *stmt, int column, char sound[CQ_SOUND_MAX],
                                char *whole)
{
    const char *name = (const char *)sqlite3_column_text(stmt, column);
    int len = sqlite3_column_bytes(stmt, column);
    return cq_name_sound(name ? name : "", (size_t)len, sound, whole);
}

static uint64_t hash_sound(const char *sound)
{
    return (uint64_t)cq_hash_row(sound, strlen(sound));
}

enum { ID, BIRTH, SEX, LAST, FIRST, MIDDLE };

/* A hash of last and first name as they are written. */
static int64_t hash_written(sqlite3_stmt *stmt)
{
    char text[600];
    size_t len = 0;
    for (int column = LAST; column <= FIRST; column++) {
        const char *name = (const char *)sqlite3_column_text(stmt, column);
        size_t n = (size_t)sqlite3_column_bytes(stmt, column);
        n = n < 299 ? n : 299;
        if (n > 0)
            memcpy(text + len, name, n);
        text[len + n] = '\0';
        len += n + 1;
    }
    return cq_hash_row(text, len);
}

static enum cq_code add_entry(struct finder *f, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct entry *grown = cq_grow(f->entries, f->count + 1, &f->room, sizeof *grown);
    char last[CQ_SOUND_MAX], first[CQ_SOUND_MAX], middle[CQ_SOUND_MAX];
    char whole[CQ_SOUND_MAX];
    size_t sounds = f->texts.len;
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    f->entries = grown;
    enum cq_code code = write_sound(stmt, LAST, last, whole);
    if (!code)
        code = write_sound(stmt, FIRST, first, NULL);
    if (!code)
        code = write_sound(stmt, MIDDLE, middle, NULL);
    const char *all[] = {last, first, middle, whole};
    for (int i = 0; i < 4 && !code; i++)
        cq_str_put(&f->texts, all[i], strlen(all[i]) + 1);
    code = code ? code : f->texts.failed;
    if (code)
        return cq_err_set(err, code, NULL);
    grown[f->count++] = (struct entry){.id = sqlite3_column_int64(stmt, ID),
                                       .written = hash_written(stmt),
                                       .name = hash_sound(first),
                                       .sounds = sounds,
                                       .traits = {.last = cq_sound_skeleton(last),
                                                  .first = cq_sound_skeleton(first),
                                                  .birth = sqlite3_column_int(stmt, BIRTH)},
                                       .sex = cq_db_column_int(stmt, SEX, -1)};
    return CQ_OK;
}

static enum cq_code read_people(struct finder *f, struct cq_db *db, int64_t run, int32_t day,
                                struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, birth_date, sex, last_name, first_name, middle_name FROM person"
        " WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
        " AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to > ?2)"
        " ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int64(stmt, 2, day);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row)
            code = add_entry(f, stmt, err);
    }
    sqlite3_finalize(stmt);
    return code;
}

static struct cq_twin_person person_of(const struct finder *f, const struct entry *e)
{
    const char *last = f->texts.ptr + e->sounds, *first = last + strlen(last) + 1;
    const char *middle = first + strlen(first) + 1;
    return (struct cq_twin_person){.iin = e->id >> CQ_GROUP_SHIFT,
                                   .last = last,
                                   .first = first,
                                   .middle = middle,
                                   .whole = middle + strlen(middle) + 1,
                                   .written = e->written,
                                   .birth = e->traits.birth,
                                   .sex = e->sex};
}

/* --- how many bear a name --- */

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort_names(struct finder *f)
{
    for (size_t i = 0; i < f->count; i++) {
        f->firsts[i] = f->entries[i].name;
        f->names[i] = cq_twin_names(&f->entries[i].traits);
    }
    qsort(f->firsts, f->count, sizeof *f->firsts, by_number);
    qsort(f->names, f->count, sizeof *f->names, by_number);
}

/* The number of hashes below one, or up to it. */
static size_t count_below(const uint64_t *hashes, size_t count, uint64_t hash, bool up_to)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hashes[middle] < hash || (up_to && hashes[middle] == hash))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t bearers(const struct finder *f, const uint64_t *hashes, uint64_t hash)
{
    return count_below(hashes, f->count, hash, true) - count_below(hashes, f->count, hash, false);
}

/* Whether two first names are each a name of its own: mistakes are rare beside the name that they
 * are of. */
static bool are_names(const struct finder *f, const struct entry *a, const struct entry *b)
{
    enum { FEW = 3, RARE = 20 };
    size_t x = bearers(f, f->firsts, a->name), y = bearers(f, f->firsts, b->name);
    return x >= FEW && y >= FEW && x * RARE >= y && y * RARE >= x;
}

/* Whether so many have last and first name that their birth dates come near each other by chance. */
static bool is_common(const struct finder *f, const struct entry *e)
{
    enum { COMMON = 20 };
    return bearers(f, f->names, cq_twin_names(&e->traits)) > COMMON;
}

/* --- pairs --- */

static enum cq_code compare(struct finder *f, const struct entry *x, const struct entry *y,
                            struct cq_err *err)
{
    if (x->id >> CQ_GROUP_SHIFT == y->id >> CQ_GROUP_SHIFT ||
        !cq_twin_births(x->traits.birth, y->traits.birth))
        return CQ_OK;
    struct cq_twin_person a = person_of(f, x), b = person_of(f, y);
    unsigned reasons = cq_twin_compare(&a, &b, false);
    if (reasons & CQ_TWIN_ONE_LETTER && are_names(f, x, y))
        reasons = cq_twin_compare(&a, &b, true);
    if (reasons == 0 || (reasons & CQ_TWIN_BIRTH_DIGIT && is_common(f, x)))
        return CQ_OK;
    struct cq_twins *twins = f->twins;
    struct cq_twin *grown = cq_grow(twins->list, twins->count + 1, &twins->room, sizeof *grown);
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    twins->list = grown;
    grown[twins->count++] = a.iin < b.iin ? (struct cq_twin){x->id, y->id, reasons}
                                          : (struct cq_twin){y->id, x->id, reasons};
    return CQ_OK;
}

/* Compares those who have a key in common. */
static enum cq_code compare_by(struct finder *f, int which, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < f->count; i++)
        f->keys[i] = cq_twin_key(&f->entries[i].traits, which, (uint32_t)i);
    cq_twin_sort(f->keys, f->count, f->sorted, f->starts);
    for (size_t i = 0; i < f->count && !code; i++)
        for (size_t k = i + 1; k < f->count && k - i <= TWINS_NEAR && !code; k++) {
            if (f->sorted[k].key != f->sorted[i].key)
                break;
            code =
                compare(f, &f->entries[f->sorted[i].entry], &f->entries[f->sorted[k].entry], err);
        }
    return code;
}

/* The order of pairs; of one pair, that with the fewest reasons first. */
static int by_pair(const void *a, const void *b)
{
    const struct cq_twin *x = a, *y = b;
    int64_t one = x->id >> CQ_GROUP_SHIFT, two = y->id >> CQ_GROUP_SHIFT;
    if (one != two)
        return one < two ? -1 : 1;
    one = x->other_id >> CQ_GROUP_SHIFT;
    two = y->other_id >> CQ_GROUP_SHIFT;
    if (one != two)
        return one < two ? -1 : 1;
    int few = __builtin_popcount(x->reasons), many = __builtin_popcount(y->reasons);
    if (few != many)
        return few < many ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->other_id > y->other_id) - (x->other_id < y->other_id);
}

static void sort_pairs(struct cq_twins *twins)
{
    size_t kept = 0;
    if (twins->count > 1)
        qsort(twins->list, twins->count, sizeof *twins->list, by_pair);
    for (size_t i = 0; i < twins->count; i++) {
        const struct cq_twin *t = &twins->list[i], *last = kept ? &twins->list[kept - 1] : NULL;
        if (!last || last->id >> CQ_GROUP_SHIFT != t->id >> CQ_GROUP_SHIFT ||
            last->other_id >> CQ_GROUP_SHIFT != t->other_id >> CQ_GROUP_SHIFT)
            twins->list[kept++] = *t;
    }
    twins->count = kept;
}

enum cq_code cq_twins_find(struct cq_twins *twins, struct cq_db *db, int64_t run, int32_t day,
                           struct cq_err *err)
{
    struct finder f = {.twins = twins};
    enum cq_code code = read_people(&f, db, run, day, err);
    if (code || f.count == 0)
        goto done;
    f.keys = malloc(f.count * sizeof *f.keys);
    f.firsts = malloc(f.count * sizeof *f.firsts);
    f.names = malloc(f.count * sizeof *f.names);
    f.sorted = malloc(f.count * sizeof *f.sorted);
    f.starts = malloc((CQ_TWIN_BUCKETS + 1) * sizeof *f.starts);
    if (!f.keys || !f.firsts || !f.names || !f.sorted || !f.starts) {
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
        goto done;
    }
    sort_names(&f);
    for (int which = 0; which < CQ_TWIN_KEYS && !code; which++)
        code = compare_by(&f, which, err);
    if (!code)
        sort_pairs(twins);
done:
    free(f.entries);
    free(f.keys);
    free(f.firsts);
    free(f.names);
    free(f.sorted);
    free(f.starts);
    cq_str_free(&f.texts);
    return code;
}
