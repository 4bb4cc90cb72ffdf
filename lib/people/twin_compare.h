/* Whether two IINs are probably of one person, and why. */
#ifndef CQ_PEOPLE_TWIN_COMPARE_H
#define CQ_PEOPLE_TWIN_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

/* What two entries of probably one person have in common, or differ in; bits. The last ones are of an
 * entry and a question (people/find.h). */
enum {
    CQ_TWIN_SAME = 1,           /* names as they are written and birth date */
    CQ_TWIN_SPELLING = 2,       /* names that sound alike */
    CQ_TWIN_ONE_LETTER = 4,     /* a letter of a name left out, added, replaced or swapped */
    CQ_TWIN_SWAPPED_NAMES = 8,  /* the last name stands as the first */
    CQ_TWIN_BIRTH_SWAPPED = 16, /* day and month of the birth */
    CQ_TWIN_BIRTH_DIGIT = 32,   /* a digit of the birth date, or the year before or after */
    CQ_TWIN_IIN_DIGIT = 64,     /* IINs that differ in one digit beside the last */
    CQ_FIND_BEGINNING = 128,    /* a name was asked for by its beginning */
    CQ_FIND_OTHER_NAME = 256,   /* one of the names asked for is none of theirs */
    CQ_FIND_YEAR = 512,         /* only the year of birth was asked for */
    CQ_FIND_ONE_OF_TWO = 1024,  /* one of two last or first names was asked for */
    CQ_FIND_TIED = 2048,        /* the question fits others as well */
    CQ_FIND_INITIAL = 4096      /* of a name only the first letter was asked for, or is known */
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

/* How far two sounds of names are one name: alike, or but for one letter. */
enum cq_likeness { CQ_NAMES_DIFFERENT, CQ_NAMES_CLOSE, CQ_NAMES_ALIKE };
enum cq_likeness cq_twin_names_alike(const char *a, const char *b);

/* 0 for the same birth date, CQ_TWIN_BIRTH_SWAPPED or CQ_TWIN_BIRTH_DIGIT for one that is mistaken
 * for it, -1 for another. */
int cq_twin_birth_mistake(int32_t a, int32_t b);

/* Whether two birth dates are the same, or one may be mistaken for the other. */
bool cq_twin_births(int32_t a, int32_t b);

#endif
