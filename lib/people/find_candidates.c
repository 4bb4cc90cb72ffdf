/* Candidates. Names are looked up by what they begin with, so that an ending does not matter. */
#include "people/find_candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "people/find_compare.h"
#include "people/find_initial.h"
#include "people/twin_compare.h"

enum { NEAR_LETTERS = 3 }; /* a mistake in fewer would make any name of any other */

/* Keys that are wanted: those of a range, or those near one. */
struct wanted {
    uint32_t first, last;
    bool near;
};

static bool is_wanted(uint32_t key, const void *context)
{
    const struct wanted *w = context;
    if (key >= CQ_SOUND_KEYS)
        return false;
    return (key >= w->first && key <= w->last) || (w->near && cq_sound_key_near(w->first, key));
}

static struct wanted wanted_of(const struct cq_name_part *part, bool near)
{
    struct wanted w = {.near = false};
    w.first = cq_sound_key(part->sound, &w.last);
    w.near = near && w.first >> (CQ_SOUND_KEY - NEAR_LETTERS) * CQ_SOUND_KEY_BITS & 31;
    return w;
}

/* Keeps of the first those who are among the second. */
static void keep_common(struct cq_iins *a, const struct cq_iins *b)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < a->count; i++) {
        while (k < b->count && b->list[k] < a->list[i])
            k++;
        if (k < b->count && b->list[k] == a->list[i])
            a->list[kept++] = a->list[i];
    }
    a->count = kept;
}

static enum cq_code add_all(struct cq_iins *to, const struct cq_iins *from, struct cq_err *err)
{
    int64_t *list = cq_grow(to->list, to->count + from->count, &to->room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    to->list = list;
    if (from->count > 0)
        memcpy(list + to->count, from->list, from->count * sizeof *list);
    to->count += from->count;
    return CQ_OK;
}

static void sort(struct cq_iins *iins)
{
    size_t kept = 0;
    if (iins->count > 1)
        qsort(iins->list, iins->count, sizeof *iins->list, cq_compare_numbers);
    for (size_t i = 0; i < iins->count; i++)
        if (kept == 0 || iins->list[kept - 1] != iins->list[i])
            iins->list[kept++] = iins->list[i];
    iins->count = kept;
}

static bool is_initial(const struct cq_find_question *q, size_t part)
{
    return (q->initials >> part & 1) != 0;
}

static size_t first_name(const struct cq_find_question *q, size_t but)
{
    size_t i = 0;
    while (i < q->part_count && (i == but || is_initial(q, i)))
        i++;
    return i;
}

/* Those who have all names but one, which is near, or anything where there are more than two. */
static enum cq_code find_but_one(struct cq_name_index *index, const struct cq_find_question *q,
                                 const struct cq_iins *each, size_t one, struct cq_iins *out,
                                 struct cq_err *err)
{
    struct cq_iins some = {0};
    size_t first = first_name(q, one), wholes = 0;
    for (size_t i = 0; i < q->part_count; i++)
        wholes += !is_initial(q, i);
    enum cq_code code = CQ_OK;
    if (wholes > 2) {
        code = add_all(&some, &each[first], err);
    } else {
        const struct wanted w = wanted_of(&q->parts[one], true);
        code = cq_name_index_find(index, is_wanted, &w, &some, err);
    }
    for (size_t i = 0; i < q->part_count && !code; i++)
        if (i != one && !is_initial(q, i))
            keep_common(&some, &each[i]);
    if (!code)
        code = add_all(out, &some, err);
    free(some.list);
    return code;
}

/* The first letters of keys, as a set. */
static bool begins_so(uint32_t key, const void *context)
{
    const uint32_t *letters = context;
    return key < CQ_SOUND_KEYS && (*letters >> (key >> (CQ_SOUND_KEY - 1) * CQ_SOUND_KEY_BITS) & 1);
}

/* Keeps those who have a name with each initial, where they are too many to be compared. */
static enum cq_code keep_initials(struct cq_name_index *index, const struct cq_find_question *q,
                                  struct cq_iins *iins, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < q->part_count && !code && iins->count > CQ_FIND_CANDIDATES; i++) {
        struct cq_iins some = {0};
        char sounds[CQ_INITIAL_SOUNDS];
        uint32_t letters = 0;
        if (!is_initial(q, i))
            continue;
        cq_find_initial_sounds(&q->parts[i], sounds);
        for (const char *s = sounds; *s; s++) {
            const char sound[] = {*s, '\0'};
            letters |= 1u << (cq_sound_key(sound, NULL) >> (CQ_SOUND_KEY - 1) * CQ_SOUND_KEY_BITS);
        }
        code = cq_name_index_find(index, begins_so, &letters, &some, err);
        if (!code)
            keep_common(iins, &some);
        free(some.list);
    }
    return code;
}

enum cq_code cq_find_by_names(struct cq_name_index *index, const struct cq_find_question *q,
                              bool mistaken, struct cq_iins *iins, struct cq_err *err)
{
    struct cq_iins each[CQ_NAME_PARTS] = {{NULL, 0, 0}};
    size_t first = first_name(q, CQ_NAME_PARTS);
    enum cq_code code = CQ_OK;
    iins->count = 0;
    for (size_t i = 0; i < q->part_count && !code; i++) {
        const struct wanted w = wanted_of(&q->parts[i], false);
        if (!is_initial(q, i))
            code = cq_name_index_find(index, is_wanted, &w, &each[i], err);
    }
    if (!code && !mistaken) {
        code = add_all(iins, &each[first], err);
        for (size_t i = first + 1; i < q->part_count && !code; i++)
            if (!is_initial(q, i))
                keep_common(iins, &each[i]);
    }
    for (size_t i = 0; i < q->part_count && !code && mistaken; i++)
        if (!is_initial(q, i))
            code = find_but_one(index, q, each, i, iins, err);
    if (!code && mistaken)
        sort(iins);
    if (!code)
        code = keep_initials(index, q, iins, err);
    for (size_t i = 0; i < CQ_NAME_PARTS; i++)
        free(each[i].list);
    return code;
}

static bool is_birth(uint32_t key, const void *context)
{
    unsigned reasons;
    int32_t day = (int32_t)(key << 2) / 4; /* days before 1970 are negative */
    return key >= CQ_SOUND_KEYS && cq_find_birth_fits(context, day, &reasons);
}

enum cq_code cq_find_by_birth(struct cq_name_index *index, const struct cq_find_question *question,
                              struct cq_iins *iins, struct cq_err *err)
{
    return cq_name_index_find(index, is_birth, question, iins, err);
}

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Each digit of YYYYMMDD replaced by each other; the year before and after; day for month. */
size_t cq_find_digits(const struct cq_find_question *question, int32_t digits[CQ_FIND_DIGITS])
{
    int year, month, mday, places = 8;
    size_t count = 0, kept = 0;
    cq_date_split(question->day, &year, &month, &mday);
    int date = (year * 100 + month) * 100 + mday;
    int dates[CQ_FIND_DIGITS] = {date, date - 10000, date + 10000,
                                 (year * 100 + mday) * 100 + month};
    size_t tried = 4;
    for (int place = 0, unit = 1; place < places; place++, unit *= 10)
        for (int digit = 0; digit < 10; digit++)
            dates[tried++] = date + (digit - date / unit % 10) * unit;
    for (size_t i = 0; i < tried; i++)
        if (cq_date_valid(dates[i] / 10000, dates[i] / 100 % 100, dates[i] % 100))
            digits[count++] = dates[i] % 1000000;
    qsort(digits, count, sizeof *digits, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || digits[kept - 1] != digits[i])
            digits[kept++] = digits[i];
    return kept;
}
