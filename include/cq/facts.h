/* Facts: the input of a decision, packed into one 64-bit word. Source: cq-law(5), FACTS.
 *
 * Every value of every fact has one bit. A known fact is one bit of its field, an unknown fact is
 * all bits of its field, a fact that is one of several values has the bits of those. A set of facts
 * is a word with the highest bit of each fact's field: its top. */
#ifndef CQ_FACTS_H
#define CQ_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cq_fact {
    CQ_FACT_CATEGORY,
    CQ_FACT_BODY,
    CQ_FACT_SPECIAL_RANK,
    CQ_FACT_SPONSOR,
    CQ_FACT_KIN,
    CQ_FACT_CORESIDENT,
    CQ_FACT_MINOR,
    CQ_FACT_SERVICE,
    CQ_FACT_URGENCY,
    CQ_FACT_DESTINATION,
    CQ_FACT_HOME,
    CQ_FACT_PLACE,
    CQ_FACT_INDICATED,
    CQ_FACT_PACKAGE,
    CQ_FACT_INSURED,
    CQ_FACT_PRESIDENTIAL,
    CQ_FACT_DUTY_INJURY,
    CQ_FACTS
};

/* Values, in the order of their bits and of the tables that list them. */
enum { CQ_YES, CQ_NO };
enum {
    CQ_CATEGORY_NONE,
    CQ_CATEGORY_EMPLOYEE,
    CQ_CATEGORY_FAMILY,
    CQ_CATEGORY_PENSIONER,
    CQ_CATEGORY_CHILD_OF_FALLEN,
    CQ_CATEGORIES
};
enum {
    CQ_BODY_LAW_ENFORCEMENT,
    CQ_BODY_CIVIL_PROTECTION,
    CQ_BODY_FIRE_SERVICE,
    CQ_BODY_COURIER,
    CQ_BODIES
};
enum { CQ_SPONSOR_EMPLOYEE, CQ_SPONSOR_OTHER, CQ_SPONSOR_LISTED, CQ_SPONSORS };
enum {
    CQ_KIN_SPOUSE,
    CQ_KIN_MINOR_CHILD,
    CQ_KIN_STUDENT_CHILD,
    CQ_KIN_DISABLED_CHILD,
    CQ_KIN_DEPENDENT_PARENT,
    CQ_KIN_LISTED,
    CQ_KIN_OTHER,
    CQ_KINS
};
/* Whether a role rests on a sponsor: that of family members, and that of children of the fallen.
 * Source: R78:1.2, R78:3. */
static inline bool cq_category_has_sponsor(int category)
{
    return category == CQ_CATEGORY_FAMILY || category == CQ_CATEGORY_CHILD_OF_FALLEN;
}

/* The registry stores these positions: add at the end only. */
enum {
    CQ_SERVICE_OUTPATIENT,
    CQ_SERVICE_INPATIENT,
    CQ_SERVICE_MEDICAL_REHABILITATION,
    CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION,
    CQ_SERVICE_SANATORIUM,
    CQ_SERVICE_MENTAL_HEALTH,
    CQ_SERVICE_DAY_HOSPITAL,
    CQ_SERVICE_ABROAD,
    CQ_SERVICES
};
enum { CQ_URGENCY_PLANNED, CQ_URGENCY_EMERGENCY };
enum { CQ_DESTINATION_LOCAL, CQ_DESTINATION_ASTANA, CQ_DESTINATION_ALMATY };
enum { CQ_HOME_ASTANA, CQ_HOME_ALMATY, CQ_HOME_ELSEWHERE };
enum { CQ_PLACE_AVAILABLE, CQ_PLACE_ONE, CQ_PLACE_ABSENT };
enum { CQ_PACKAGE_GOBMP, CQ_PACKAGE_OSMS, CQ_PACKAGE_NONE };

#define CQ_UNKNOWN (-1)

/* The lowest bits of two fields, as constants for the decision; facts.c asserts them. */
#define CQ_CATEGORY_SHIFT 0
#define CQ_SERVICE_SHIFT 25

/* All bits of all fields: nothing is known. */
extern const uint64_t cq_facts_all;
/* The tops of all fields, as a constant for cq_facts_empty; facts.c asserts it. */
#define CQ_FACTS_TOPS UINT64_C(0x55292501502510)
/* The other bits of all fields. */
#define CQ_FACTS_BELOW UINT64_C(0x2ad6dafeafdaef)
/* The lowest bits of all fields. */
#define CQ_FACTS_LOWS UINT64_C(0x2a524a02a04a21)

/* The field of one fact, all its bits; its top; the number of its values. */
uint64_t cq_fact_field(enum cq_fact fact);
uint64_t cq_fact_top(enum cq_fact fact);
int cq_fact_count(enum cq_fact fact);

/* The bit of one value. Shape: 0 <= value < cq_fact_count(fact). */
uint64_t cq_fact_bit(enum cq_fact fact, int value);

/* Sets one fact of a word: a value, or CQ_UNKNOWN for all bits of the field. */
void cq_facts_set(uint64_t *word, enum cq_fact fact, int value);

/* The value of a fact, CQ_UNKNOWN where more than one is possible. */
int cq_facts_get(uint64_t word, enum cq_fact fact);

/* The facts whose fields are not empty in a word (an intersection), as a set: adding all the lower
 * bits of a field carries into its top if one of them is set, and never beyond. */
static inline uint64_t cq_facts_filled(uint64_t word)
{
    return (((word & CQ_FACTS_BELOW) + CQ_FACTS_BELOW) | word) & CQ_FACTS_TOPS;
}

/* The facts whose fields are empty in a word. */
static inline uint64_t cq_facts_empty(uint64_t word)
{
    return ~cq_facts_filled(word) & CQ_FACTS_TOPS;
}

/* The facts of a word that may have more than one value. Shape: no field of the word is empty, so
 * that taking 1 from each clears its lowest bit. */
static inline uint64_t cq_facts_open(uint64_t word)
{
    return cq_facts_filled(word & (word - CQ_FACTS_LOWS));
}

/* A set of facts as bits 1 << enum cq_fact. */
uint32_t cq_facts_numbers(uint64_t tops);

/* Names, as in cq-law(5). Owner: static strings. Find returns -1 where there is none. */
const char *cq_fact_name(enum cq_fact fact);
const char *cq_fact_value_name(enum cq_fact fact, int value);
int cq_fact_find(const char *name, size_t len);
int cq_fact_value_find(enum cq_fact fact, const char *name, size_t len);

/* The names of a fact's values, NULL at the end: a list for column tables. */
const char *const *cq_fact_values(enum cq_fact fact);

/* The value lists of the facts of requests, as constants for column tables. */
extern const char *const cq_services[], *const cq_urgencies[], *const cq_destinations[],
                                                                   *const cq_packages[];

#endif
