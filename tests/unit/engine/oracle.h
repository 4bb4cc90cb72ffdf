/* A second reading of the acts, which shares nothing with the law tables and the engine: facts, days,
 * citations. oracle_steps.h has the decision as a chain of steps, oracle_unknown.h what unknown facts
 * make of it. */
#ifndef CQ_TEST_ORACLE_H
#define CQ_TEST_ORACLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NONE, EMPLOYEE, FAMILY, PENSIONER, CHILD_OF_FALLEN };
enum { LAW_ENFORCEMENT, CIVIL_PROTECTION, FIRE_SERVICE, COURIER };
enum { YES, NO };
enum { SPONSOR_EMPLOYEE, SPONSOR_OTHER, SPONSOR_LISTED };
enum {
    SPOUSE,
    MINOR_CHILD,
    STUDENT_CHILD,
    DISABLED_CHILD,
    DEPENDENT_PARENT,
    KIN_LISTED,
    KIN_OTHER
};
enum {
    OUTPATIENT,
    INPATIENT,
    DAY_HOSPITAL,
    MEDICAL_REHABILITATION,
    PSYCHOLOGICAL_REHABILITATION,
    SANATORIUM,
    MENTAL_HEALTH,
    ABROAD
};
enum { PLANNED, EMERGENCY };
enum { LOCAL, TO_ASTANA, TO_ALMATY };
enum { HOME_ASTANA, HOME_ALMATY, HOME_ELSEWHERE };
enum { AVAILABLE, ONE, ABSENT };
enum { GOBMP, OSMS, NO_PACKAGE };

enum {
    FACT_CATEGORY,
    FACT_BODY,
    FACT_SPECIAL_RANK,
    FACT_SPONSOR,
    FACT_KIN,
    FACT_CORESIDENT,
    FACT_MINOR,
    FACT_SERVICE,
    FACT_URGENCY,
    FACT_DESTINATION,
    FACT_HOME,
    FACT_PLACE,
    FACT_INDICATED,
    FACT_PACKAGE,
    FACT_INSURED,
    FACT_PRESIDENTIAL,
    FACT_DUTY_INJURY,
    ORACLE_FACTS
};

/* In the order of the FACT_ numbers: completions are written into it as one array. */
struct oracle_facts {
    int category, body, special_rank, sponsor, kin, coresident, minor, service, urgency;
    int destination, home, place, indicated, package, insured, presidential, duty_injury;
};
_Static_assert(sizeof(struct oracle_facts) == ORACLE_FACTS * sizeof(int), "one int a fact");

struct oracle_fact_words {
    const char *name;
    int count;
    const char *values[8];
};
static const struct oracle_fact_words oracle_words[ORACLE_FACTS] = {
    {"category", 5, {"none", "employee", "family", "pensioner", "child_of_fallen"}},
    {"body", 4, {"law_enforcement", "civil_protection", "fire_service", "courier"}},
    {"special_rank", 2, {"yes", "no"}},
    {"sponsor", 3, {"employee", "other", "listed"}},
    {"kin",
     7,
     {"spouse", "minor_child", "student_child", "disabled_child", "dependent_parent", "listed",
      "other"}},
    {"coresident", 2, {"yes", "no"}},
    {"minor", 2, {"yes", "no"}},
    {"service",
     8,
     {"outpatient", "inpatient", "day_hospital", "medical_rehabilitation",
      "psychological_rehabilitation", "sanatorium", "mental_health", "abroad"}},
    {"urgency", 2, {"planned", "emergency"}},
    {"destination", 3, {"local", "astana", "almaty"}},
    {"home", 3, {"astana", "almaty", "elsewhere"}},
    {"place", 3, {"available", "one", "absent"}},
    {"indicated", 2, {"yes", "no"}},
    {"package", 3, {"gobmp", "osms", "none"}},
    {"insured", 2, {"yes", "no"}},
    {"presidential", 2, {"yes", "no"}},
    {"duty_injury", 2, {"yes", "no"}},
};

enum { ORACLE_TEXT, ORACLE_READ, ORACLE_SUPERSEDED, ORACLE_INFERRED };
static const char *const oracle_certainties[] = {"text", "read", "superseded", "inferred"};

/* The words are literals, "" where the answer does not name them. Gaps: bit 8 is A-08. Missing:
 * bit FACT_BODY is `body`. */
struct oracle_answer {
    const char *outcome, *provider, *payer, *referral, *reasons;
    char basis[120];
    uint32_t gaps;
    uint32_t missing;

    uint32_t late_gaps;
    const char *certainty, *documents;

    int weakest;         /* of the citations and of the remarks "inferred" so far */
    bool rests_on_place; /* an employee's answer that would be another at another place */
};

/* What holds on the day. */
struct oracle_law {
    int32_t day;
    bool edition, no_850, no_718;
    bool o61, o61_restated;
    bool o281_read, o781, o781_read;
    bool code_2020;
};

struct oracle_case {
    const struct oracle_law *law;
    const struct oracle_facts *f;
};

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static inline int32_t oracle_date(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static struct oracle_law oracle_law_on(int32_t day)
{
    struct oracle_law law = {
        .day = day,
        .edition = day >= oracle_date(2020, 1, 1),
        .no_850 = day >= oracle_date(2022, 11, 12),
        .no_718 = day >= oracle_date(2025, 9, 20),
        .o61 = day >= oracle_date(2022, 3, 7),
        .o61_restated = day >= oracle_date(2025, 10, 4),
        .o281_read = day >= oracle_date(2021, 9, 1),
        .o781 = day >= oracle_date(2020, 12, 2),
        .o781_read = day >= oracle_date(2023, 7, 1),
        .code_2020 = day >= oracle_date(2020, 7, 18),
    };

    return law;
}

/* Civil protection, the fire service included. */
static bool oracle_cp(const struct oracle_case *c)
{
    return c->f->body == CIVIL_PROTECTION || c->f->body == FIRE_SERVICE;
}

static bool oracle_employee(const struct oracle_case *c)
{
    return c->f->category == EMPLOYEE;
}

static bool oracle_cp_employee(const struct oracle_case *c)
{
    return oracle_employee(c) && oracle_cp(c);
}

static bool oracle_child(const struct oracle_case *c)
{
    return c->f->category == CHILD_OF_FALLEN;
}

static bool oracle_emergency_care(const struct oracle_case *c)
{
    return c->f->urgency == EMERGENCY &&
           (c->f->service == INPATIENT || c->f->service == OUTPATIENT);
}

/* To Astana or Almaty for one who lives in the other city or elsewhere. */
static bool oracle_far(const struct oracle_case *c)
{
    if (c->f->destination == TO_ASTANA)
        return c->f->home != HOME_ASTANA;
    if (c->f->destination == TO_ALMATY)
        return c->f->home != HOME_ALMATY;
    return false;
}

static char oracle_cover(const struct oracle_case *c)
{
    const bool emergency = oracle_emergency_care(c), insured = c->f->insured == YES;

    if (c->f->package == GOBMP || (emergency && !insured))
        return 'G';
    if (insured && (c->f->package == OSMS || emergency))
        return 'O';
    return c->f->package == OSMS ? 'U' : 'N';
}

static void oracle_infer(struct oracle_answer *out)
{
    out->weakest = ORACLE_INFERRED;
}

static void oracle_gap(struct oracle_answer *out, int gap)
{
    out->gaps |= UINT32_C(1) << gap;
}

static bool oracle_starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static int oracle_r78_certainty(const struct oracle_case *c, const char *citation)
{
    const int paragraph = atoi(citation + strlen("R78:"));
    const bool of_employees = paragraph >= 4 && paragraph <= 6;

    if (c->law->no_718) {
        if (paragraph == 1 || paragraph == 4 || paragraph == 6 || paragraph == 13 ||
            paragraph == 14 || strcmp(citation, "R78:5.1") == 0)
            return ORACLE_TEXT;
        return ORACLE_READ;
    }
    if (!c->law->no_850 && (paragraph == 2 || paragraph == 3))
        return ORACLE_INFERRED;
    if (c->f->body == COURIER && of_employees)
        return ORACLE_INFERRED;
    return ORACLE_READ;
}

static int oracle_citation_certainty(const struct oracle_case *c, const char *citation)
{
    if (oracle_starts(citation, "R78:"))
        return oracle_r78_certainty(c, citation);
    if (oracle_starts(citation, "O61:"))
        return c->law->o61_restated ? ORACLE_SUPERSEDED : ORACLE_TEXT;
    if (oracle_starts(citation, "O281:"))
        return c->law->o281_read ? ORACLE_READ : ORACLE_INFERRED;
    if (oracle_starts(citation, "O781:"))
        return c->law->o781_read ? ORACLE_READ : ORACLE_INFERRED;
    if (strcmp(citation, "HC09") == 0)
        return ORACLE_INFERRED;
    return ORACLE_READ;
}

/* How the day spells a citation; NULL where it falls away. */
static const char *oracle_spelling(const struct oracle_case *c, const char *citation)
{
    if (!c->law->no_718 && strcmp(citation, "R78:1.2") == 0)
        return "R78:1";
    if (!c->law->code_2020 && oracle_starts(citation, "HC:"))
        return "HC09";
    if (!c->law->o781 && oracle_starts(citation, "O781:"))
        return NULL;
    return citation;
}

/* At the end of the basis, unless it stands there already. */
static void oracle_cite(const struct oracle_case *c, struct oracle_answer *out,
                        const char *citation)
{
    const char *spelt = oracle_spelling(c, citation);
    size_t used = strlen(out->basis), length;
    int certainty;

    if (!spelt)
        return;
    if (oracle_starts(spelt, "HC") && strstr(out->basis, spelt))
        return;
    length = strlen(spelt);
    if (used + length + 2 > sizeof out->basis)
        abort();
    if (used > 0)
        out->basis[used++] = ';';
    memcpy(out->basis + used, spelt, length + 1);
    certainty = oracle_citation_certainty(c, spelt);
    if (certainty > out->weakest)
        out->weakest = certainty;
}

#endif
