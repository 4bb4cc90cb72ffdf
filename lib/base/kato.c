/* KATO codes as prefixes: nearness and inclusion. Which regions exist on which day is in the
 * law tables. */
#include "cq/kato.h"

#define KATO_DIGITS 9

enum cq_code cq_kato_parse(const char *text, size_t len, int32_t *kato)
{
    if (len < 2 || len > KATO_DIGITS || text[0] == '0')
        return CQ_R_KATO;
    int32_t value = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9)
            return CQ_R_KATO;
        value = value * 10 + (int32_t)digit;
    }
    *kato = value;
    return CQ_OK;
}

int cq_kato_region(int32_t kato)
{
    while (kato > 99)
        kato /= 10;
    return kato;
}

static int digit_count(int32_t kato)
{
    int count = 0;
    for (; kato > 0; kato /= 10)
        count++;
    return count;
}

/* A nine-digit code without its last groups of zeros (3, then 2, then 2 digits). */
static int32_t significant(int32_t kato)
{
    if (kato < 100000000 || kato % 1000 != 0)
        return kato;
    kato /= 1000;
    for (int group = 0; group < 2 && kato % 100 == 0; group++)
        kato /= 100;
    return kato;
}

enum cq_inside cq_kato_inside(int32_t place, int32_t area)
{
    place = significant(place);
    area = significant(area);
    int excess = digit_count(place) - digit_count(area);
    for (int i = 0; i < excess; i++)
        place /= 10;
    for (int i = excess; i < 0; i++)
        area /= 10;
    if (place != area)
        return CQ_OUTSIDE;
    return excess >= 0 ? CQ_INSIDE : CQ_MAYBE_INSIDE;
}

int cq_kato_shared(int32_t a, int32_t b)
{
    int shared = digit_count(a);
    int excess = shared - digit_count(b);
    for (; excess > 0; excess--) {
        a /= 10;
        shared--;
    }
    for (; excess < 0; excess++)
        b /= 10;
    while (a != b) {
        a /= 10;
        b /= 10;
        shared--;
    }
    return shared;
}
