/* Facts as bits of one word: the position of each field and the names of its values.
 * people/person_facts.c finds the facts of a person; the law tables decide on them. */
#include "cq/facts.h"

#include <assert.h>
#include <string.h>

/* Lowest bit of each field. */
enum {
    AT_CATEGORY = CQ_CATEGORY_SHIFT,
    AT_BODY = AT_CATEGORY + CQ_CATEGORIES,
    AT_SPECIAL_RANK = AT_BODY + CQ_BODIES,
    AT_SPONSOR = AT_SPECIAL_RANK + 2,
    AT_KIN = AT_SPONSOR + CQ_SPONSORS,
    AT_CORESIDENT = AT_KIN + CQ_KINS,
    AT_MINOR = AT_CORESIDENT + 2,
    AT_SERVICE = AT_MINOR + 2,
    AT_URGENCY = AT_SERVICE + CQ_SERVICES,
    AT_DESTINATION = AT_URGENCY + 2,
    AT_HOME = AT_DESTINATION + 3,
    AT_PLACE = AT_HOME + 3,
    AT_INDICATED = AT_PLACE + 3,
    AT_PACKAGE = AT_INDICATED + 2,
    AT_INSURED = AT_PACKAGE + 3,
    AT_PRESIDENTIAL = AT_INSURED + 2,
    AT_DUTY_INJURY = AT_PRESIDENTIAL + 2,
    AT_END = AT_DUTY_INJURY + 2
};

static_assert(AT_SERVICE == CQ_SERVICE_SHIFT, "CQ_SERVICE_SHIFT is the lowest bit of the service");
static_assert(AT_END <= 64, "all facts fit in one word");

#define FIELD(at, count) (((UINT64_C(1) << (count)) - 1) << (at))
#define TOP(at, count) (UINT64_C(1) << ((at) + (count)-1))

#define LOW(at, count) (UINT64_C(1) << (at))
#define EVERY(X)                                                                                   \
    (X(AT_CATEGORY, CQ_CATEGORIES) | X(AT_BODY, CQ_BODIES) | X(AT_SPECIAL_RANK, 2) |               \
     X(AT_SPONSOR, CQ_SPONSORS) | X(AT_KIN, CQ_KINS) | X(AT_CORESIDENT, 2) | X(AT_MINOR, 2) |      \
     X(AT_SERVICE, CQ_SERVICES) | X(AT_URGENCY, 2) | X(AT_DESTINATION, 3) | X(AT_HOME, 3) |        \
     X(AT_PLACE, 3) | X(AT_INDICATED, 2) | X(AT_PACKAGE, 3) | X(AT_INSURED, 2) |                   \
     X(AT_PRESIDENTIAL, 2) | X(AT_DUTY_INJURY, 2))

const uint64_t cq_facts_all = EVERY(FIELD);
static_assert(EVERY(TOP) == CQ_FACTS_TOPS, "CQ_FACTS_TOPS are the highest bits of the fields");
static_assert((EVERY(FIELD) & ~EVERY(TOP)) == CQ_FACTS_BELOW, "CQ_FACTS_BELOW are the other bits");

static_assert(EVERY(LOW) == CQ_FACTS_LOWS, "CQ_FACTS_LOWS are the lowest bits");

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const categories[] = {"none",      "employee",        "family",
                                         "pensioner", "child_of_fallen", NULL};
static const char *const bodies[] = {"law_enforcement", "civil_protection", "fire_service",
                                     "courier", NULL};
static const char *const sponsors[] = {"employee", "other", "listed", NULL};
static const char *const kins[] = {
    "spouse",           "minor_child", "student_child", "disabled_child",
    "dependent_parent", "listed",      "other",         NULL};
const char *const cq_services[] = {
    "outpatient", "inpatient",     "medical_rehabilitation", "psychological_rehabilitation",
    "sanatorium", "mental_health", "day_hospital",           "abroad",
    NULL};
const char *const cq_urgencies[] = {"planned", "emergency", NULL};
const char *const cq_destinations[] = {"local", "astana", "almaty", NULL};
static const char *const homes[] = {"astana", "almaty", "elsewhere", NULL};
static const char *const places[] = {"available", "one", "absent", NULL};
const char *const cq_packages[] = {"gobmp", "osms", "none", NULL};

static const struct {
    const char *name;
    const char *const *values;
    int at;
    int count;
} fields[CQ_FACTS] = {
    [CQ_FACT_CATEGORY] = {"category", categories, AT_CATEGORY, CQ_CATEGORIES},
    [CQ_FACT_BODY] = {"body", bodies, AT_BODY, CQ_BODIES},
    [CQ_FACT_SPECIAL_RANK] = {"special_rank", yes_no, AT_SPECIAL_RANK, 2},
    [CQ_FACT_SPONSOR] = {"sponsor", sponsors, AT_SPONSOR, CQ_SPONSORS},
    [CQ_FACT_KIN] = {"kin", kins, AT_KIN, CQ_KINS},
    [CQ_FACT_CORESIDENT] = {"coresident", yes_no, AT_CORESIDENT, 2},
    [CQ_FACT_MINOR] = {"minor", yes_no, AT_MINOR, 2},
    [CQ_FACT_SERVICE] = {"service", cq_services, AT_SERVICE, CQ_SERVICES},
    [CQ_FACT_URGENCY] = {"urgency", cq_urgencies, AT_URGENCY, 2},
    [CQ_FACT_DESTINATION] = {"destination", cq_destinations, AT_DESTINATION, 3},
    [CQ_FACT_HOME] = {"home", homes, AT_HOME, 3},
    [CQ_FACT_PLACE] = {"place", places, AT_PLACE, 3},
    [CQ_FACT_INDICATED] = {"indicated", yes_no, AT_INDICATED, 2},
    [CQ_FACT_PACKAGE] = {"package", cq_packages, AT_PACKAGE, 3},
    [CQ_FACT_INSURED] = {"insured", yes_no, AT_INSURED, 2},
    [CQ_FACT_PRESIDENTIAL] = {"presidential", yes_no, AT_PRESIDENTIAL, 2},
    [CQ_FACT_DUTY_INJURY] = {"duty_injury", yes_no, AT_DUTY_INJURY, 2},
};

uint64_t cq_fact_field(enum cq_fact fact)
{
    return FIELD(fields[fact].at, fields[fact].count);
}

uint64_t cq_fact_top(enum cq_fact fact)
{
    return TOP(fields[fact].at, fields[fact].count);
}

int cq_fact_count(enum cq_fact fact)
{
    return fields[fact].count;
}

uint32_t cq_facts_numbers(uint64_t tops)
{
    uint32_t numbers = 0;

    for (int fact = 0; fact < CQ_FACTS; fact++)
        if ((tops & TOP(fields[fact].at, fields[fact].count)) != 0)
            numbers |= 1u << fact;
    return numbers;
}

uint64_t cq_fact_bit(enum cq_fact fact, int value)
{
    return UINT64_C(1) << (fields[fact].at + value);
}

void cq_facts_set(uint64_t *word, enum cq_fact fact, int value)
{
    uint64_t field = cq_fact_field(fact);
    uint64_t bits = value == CQ_UNKNOWN ? field : cq_fact_bit(fact, value);

    *word = (*word & ~field) | bits;
}

int cq_facts_get(uint64_t word, enum cq_fact fact)
{
    uint64_t bits = word & cq_fact_field(fact);

    if (bits == 0 || (bits & (bits - 1)) != 0)
        return CQ_UNKNOWN;
    return __builtin_ctzll(bits) - fields[fact].at;
}

const char *cq_fact_name(enum cq_fact fact)
{
    return fields[fact].name;
}

const char *cq_fact_value_name(enum cq_fact fact, int value)
{
    return fields[fact].values[value];
}

static bool same(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && memcmp(name, text, len) == 0;
}

int cq_fact_find(const char *name, size_t len)
{
    for (int fact = 0; fact < CQ_FACTS; fact++)
        if (same(fields[fact].name, name, len))
            return fact;
    return -1;
}

int cq_fact_value_find(enum cq_fact fact, const char *name, size_t len)
{
    for (int value = 0; value < fields[fact].count; value++)
        if (same(fields[fact].values[value], name, len))
            return value;
    return -1;
}

const char *const *cq_fact_values(enum cq_fact fact)
{
    return fields[fact].values;
}
