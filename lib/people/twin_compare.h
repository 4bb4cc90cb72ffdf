/* Whether two IINs are probably of one person, and why. */
#ifndef CQ_PEOPLE_TWIN_COMPARE_H
#define CQ_PEOPLE_TWIN_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

/* What two entries of probably one person have in common, or differ in; bits. */
enum {
    CQ_TWIN_SAME = 1,           /* names as they are written and birth date */
    CQ_TWIN_SPELLING = 2,       /* names that sound alike */
    CQ_TWIN_ONE_LETTER = 4,     /* a letter of a name left out, added, replaced or swapped */
    CQ_TWIN_SWAPPED_NAMES = 8,  /* the last name stands as the first */
    CQ_TWIN_BIRTH_SWAPPED = 16, /* day and month of the birth */
    CQ_TWIN_BIRTH_DIGIT = 32,   /* a digit of the birth date, or the year before or after */
    CQ_TWIN_IIN_DIGIT = 64      /* IINs that differ in one digit beside the last */
};

/* Owner: caller, of the texts. */
struct cq_twin_person {
    int64_t iin;
    const char *last, *first, *middle; /* sounds (base/name_sound.h); middle "" where not stated */
    const char *whole;                 /* that of the last name with its ending */
    int64_t written;                   /* a hash of last and first name as they are written */
    int32_t birth;
    int sex; /* -1 where not stated */
};

/* Why two people of different IINs are probably one, as bits; 0 if they are not.
 *
 * Their names sound alike, in either order, and their birth dates are equal; or one thing differs as
 * it does by mistake: a letter of a name, the order of the names, day and month, a digit of the
 * birth date. Two such mistakes are one too many, unless the middle names are the same and the birth
 * dates equal. Middle names that differ are two people's, as are two sexes, if anything else differs;
 * where the birth dates differ by a digit, both middle names must be stated.
 * Shape: names is whether the two first names are each a name of its own (Алина, Арина), so that one
 * is not the other with a mistake. */
unsigned cq_twin_compare(const struct cq_twin_person *a, const struct cq_twin_person *b,
                         bool names);

/* Whether two birth dates are the same, or one may be mistaken for the other. */
bool cq_twin_births(int32_t a, int32_t b);

#endif
