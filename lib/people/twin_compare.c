/* The comparison of two people. What brothers, fathers and sons, namesakes and twins share must not
 * suffice; what a typist, another alphabet or a column too far changes must not hinder. */
#include "people/twin_compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/name_sound.h"
#include "cq/date.h"

/* Short names have too many neighbours for a letter to be a mistake. */
enum { SHORTEST = 3 };

enum cq_likeness cq_twin_names_alike(const char *a, const char *b)
{
    size_t shorter = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    int distance = cq_sound_distance(a, b);
    if (shorter == 0)
        return CQ_NAMES_DIFFERENT;
    return distance == 0                          ? CQ_NAMES_ALIKE
           : distance == 1 && shorter >= SHORTEST ? CQ_NAMES_CLOSE
                                                  : CQ_NAMES_DIFFERENT;
}

/* Digits of YYYYMMDD. */
static int count_digits(int a, int b)
{
    int count = 0;
    for (; a > 0 || b > 0; a /= 10, b /= 10)
        count += a % 10 != b % 10;
    return count;
}

int cq_twin_birth_mistake(int32_t a, int32_t b)
{
    int y, m, d, v, n, e;
    if (a == b)
        return 0;
    cq_date_split(a, &y, &m, &d);
    cq_date_split(b, &v, &n, &e);
    if (y == v && m == e && d == n)
        return CQ_TWIN_BIRTH_SWAPPED;
    bool year = m == n && d == e && abs(y - v) == 1;
    bool digit = count_digits(y * 10000 + m * 100 + d, v * 10000 + n * 100 + e) == 1;
    return year || digit ? CQ_TWIN_BIRTH_DIGIT : -1;
}

bool cq_twin_births(int32_t a, int32_t b)
{
    return cq_twin_birth_mistake(a, b) >= 0;
}

static bool differ_in_digit(int64_t a, int64_t b)
{
    int count = 0;
    for (a /= 10, b /= 10; a > 0 || b > 0; a /= 10, b /= 10)
        count += a % 10 != b % 10;
    return count == 1;
}

/* The mistakes in two names; -1 where they are of two people. */
static int count_mistakes(enum cq_likeness one, enum cq_likeness two)
{
    return one == CQ_NAMES_DIFFERENT || two == CQ_NAMES_DIFFERENT
               ? -1
               : (one == CQ_NAMES_CLOSE) + (two == CQ_NAMES_CLOSE);
}

unsigned cq_twin_compare(const struct cq_twin_person *a, const struct cq_twin_person *b, bool names)
{
    int birth = cq_twin_birth_mistake(a->birth, b->birth);
    enum cq_likeness last = cq_twin_names_alike(a->last, b->last);
    if (last == CQ_NAMES_DIFFERENT) /* or a letter of the ending, which then is none */
        last = cq_twin_names_alike(a->whole, b->whole);
    int letters = count_mistakes(last, cq_twin_names_alike(a->first, b->first));
    bool middles = *a->middle && *b->middle;
    enum cq_likeness middle = middles ? cq_twin_names_alike(a->middle, b->middle)
                                      : CQ_NAMES_DIFFERENT;
    if (birth < 0 || (middles && middle == CQ_NAMES_DIFFERENT))
        return 0;
    bool swapped = letters < 0;
    if (swapped)
        letters = count_mistakes(cq_twin_names_alike(a->last, b->first),
                                 cq_twin_names_alike(a->first, b->last));
    if (letters < 0 || (names && !swapped && strcmp(a->first, b->first) != 0))
        return 0;
    if (birth == CQ_TWIN_BIRTH_DIGIT && !middles)
        return 0;
    int mistakes = letters + swapped + (middle == CQ_NAMES_CLOSE) + (birth != 0);
    if (mistakes > (middle == CQ_NAMES_ALIKE && birth == 0 ? 2 : 1))
        return 0;
    if (a->sex >= 0 && b->sex >= 0 && a->sex != b->sex &&
        (mistakes > 0 || middle != CQ_NAMES_ALIKE))
        return 0;
    unsigned reasons = (unsigned)birth;
    if (letters > 0 || middle == CQ_NAMES_CLOSE)
        reasons |= CQ_TWIN_ONE_LETTER;
    if (swapped)
        reasons |= CQ_TWIN_SWAPPED_NAMES;
    else if (a->written != b->written && letters == 0)
        reasons |= CQ_TWIN_SPELLING;
    if (reasons == 0)
        reasons = CQ_TWIN_SAME;
    return reasons | (differ_in_digit(a->iin, b->iin) ? CQ_TWIN_IIN_DIGIT : 0);
}
