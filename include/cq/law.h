/* The law as tables: acts, citations, editions, rules, groups, words, services, gaps, documents,
 * defaults, agencies, regions, referrers. Read once, read-only afterwards. They determine every
 * decision.
 *
 * The tables are lib/law/<name>.csv, embedded in the library; a folder may take their place.
 * cq-law(5) describes them. */
#ifndef CQ_LAW_H
#define CQ_LAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"
#include "cq/facts.h"
#include "cq/hash.h"

enum cq_language { CQ_KK, CQ_RU, CQ_EN, CQ_LANGUAGES };
extern const char *const cq_language_names[CQ_LANGUAGES + 1]; /* "kk"; NULL at the end */

struct cq_act {
    const char *id; /* "R78" */
    const char *title[CQ_LANGUAGES];
};

/* A citation of an act in a basis. */
struct cq_citation {
    const char *id;                    /* "R78:4.2(1)" */
    const char *summary[CQ_LANGUAGES]; /* one sentence, not a quotation */
};

struct cq_edition {
    const char *id;   /* "R78.718" */
    const char *act;  /* id of the act */
    int32_t since;    /* first day, CQ_DAY_MIN if open */
    int32_t until;    /* first day after, CQ_DAY_MAX if open */
    const char *note; /* which parts of the text are available */
};

/* A row of rules.csv. Strings are "" where the cell is empty. */
struct cq_rule {
    const char *id;
    int32_t since, until; /* until exclusive */
    const char *outcome, *provider, *payer, *referral, *reasons, *basis;
    const char *certainty; /* text, read, inferred, superseded */
    uint64_t gaps;         /* bits: indices in cq_law.gaps */
    uint64_t dated_gaps;   /* gaps that apply automatically on their days */
    int verdict;           /* equal for rules with the same answer, certainty aside */
    bool entitled;         /* outcome is eligible or conditional */
    int line;              /* of rules.csv */
};

struct cq_gap {
    const char *id;                 /* "A-01"; the table is in order of id */
    int32_t since, until;           /* days on which `applies` adds it automatically */
    const char *applies;            /* "": only where a rule names it; "*": every decision;
                                         an act id: decisions with that act in the basis;
                                         "fact:home": how that fact is found, no decision */
    const char *open[CQ_LANGUAGES]; /* the open question, one sentence */
};

/* Documents to bring: the first row that can apply to the decision counts. */
struct cq_documents {
    int32_t since, until;
    const char *provider;  /* "mvd" */
    uint64_t facts;        /* category and minor */
    const char *documents; /* "id_card+service_id" */
    uint64_t gaps;
};

struct cq_service {
    const char *id;
    int package; /* default package, CQ_UNKNOWN if none */
};

struct cq_agency {
    const char *id;
    int number;    /* 1-15, kept in the registry: never reused */
    int body;      /* enum value of CQ_FACT_BODY */
    int32_t until; /* lists from this day on cause a warning */
    const char *name[CQ_LANGUAGES];
};

struct cq_region {
    int number;           /* KATO, two digits */
    int home;             /* enum value of CQ_FACT_HOME */
    int32_t since, until; /* days on which the code exists */
    int32_t split;        /* before this day it may mean another region; CQ_DAY_MIN */
    const char *name[CQ_LANGUAGES];
};

/* The owner of facilities that a provider means. */
struct cq_provider {
    const char *id;
    const char *owner;
};

/* Insurance that is presumed where the Fund's list has no row. */
struct cq_presumption {
    uint64_t facts; /* category and minor that it applies to */
    int insured;    /* CQ_YES or CQ_NO */
};

/* Who may make the referral that a decision names. */
struct cq_referrer {
    const char *referral; /* "mvd_specialist" */
    const char *owner;    /* of the referring facility; "" for any */
    bool specialist;      /* the specialist must be named */
    const char *basis;
};

/* A code and its labels. */
struct cq_word {
    const char *kind; /* "payer": the vocabulary it is of */
    const char *code;
    const char *label[CQ_LANGUAGES];
    bool in_rules; /* rules may use it, and one must */
};

/* Dated numbers: "majority_years", "insurance_tail_months", "referral_days" (set by the
 * organisation). */
struct cq_parameter {
    const char *id;
    int32_t since, until;
    int64_t value;
    const char *basis;
};

struct cq_interval;

struct cq_law {
    const struct cq_act *acts;
    size_t act_count;
    const struct cq_citation *citations;
    size_t citation_count;
    const struct cq_edition *editions;
    size_t edition_count;
    const struct cq_rule *rules;
    size_t rule_count;
    const struct cq_interval *intervals; /* the rules written out: engine/law_masks.h */
    size_t interval_count;               /* ascending, they cover all days */
    const struct cq_gap *gaps;
    size_t gap_count;     /* at most 64 */
    uint64_t common_gaps; /* gaps that apply to every decision on their days */
    const struct cq_documents *documents;
    size_t documents_count;
    const struct cq_service *services; /* CQ_SERVICES of them, in the order of the fact */
    const struct cq_agency *agencies;
    size_t agency_count;
    const struct cq_region *regions;
    size_t region_count;
    const struct cq_provider *providers;
    size_t provider_count;
    const struct cq_presumption *presumptions;
    size_t presumption_count;
    const struct cq_parameter *parameters;
    size_t parameter_count;
    const struct cq_referrer *referrers;
    size_t referrer_count;
    const struct cq_word *words; /* in order of kind and code */
    size_t word_count;
    int role_order[CQ_CATEGORIES];     /* categories in order of precedence (gap A-17), roles.csv */
    char fingerprint[CQ_HASH_HEX + 1]; /* BLAKE2b-256 over all tables */
    void *memory;                      /* holds everything above; for cq_law_free only */
};

/* Reads the tables and proves that on every day every combination of facts has exactly one rule.
 * Shape: dir NULL for the embedded tables, else a folder that holds all of them.
 * Errors: CQ_L_OPEN, CQ_L_CELL (file, line and column in err), CQ_L_OVERLAP, CQ_L_HOLE,
 * CQ_B_NOMEM. Owner: caller, cq_law_free. */
enum cq_code cq_law_load(struct cq_law **law, const char *dir, struct cq_err *err);
void cq_law_free(struct cq_law *law);

/* Look-ups; NULL if not found. Owner: the law. */
const struct cq_agency *cq_law_agency(const struct cq_law *law, const char *id, size_t len);
const struct cq_agency *cq_law_agency_number(const struct cq_law *law, int number);
const struct cq_region *cq_law_region(const struct cq_law *law, int number);
const struct cq_citation *cq_law_citation(const struct cq_law *law, const char *id, size_t len);
const char *cq_law_owner(const struct cq_law *law, const char *provider);
const struct cq_referrer *cq_law_referrer(const struct cq_law *law, const char *referral);

/* The word for a code, NULL where there is none. Shape: len may be that of a part of a list. */
const struct cq_word *cq_law_word(const struct cq_law *law, const char *kind, const char *code,
                                  size_t len);
/* The label of a code, a fact, a value of a fact; the code itself where there is none. */
const char *cq_law_label(const struct cq_law *law, const char *kind, const char *code,
                         enum cq_language language);
const char *cq_law_fact_label(const struct cq_law *law, enum cq_fact fact,
                              enum cq_language language);
const char *cq_law_value_label(const struct cq_law *law, enum cq_fact fact, int value,
                               enum cq_language language);

/* A dated number on a day. Shape: id is one of parameters.csv; loading checks that each has a value
 * on every day. */
int64_t cq_law_parameter(const struct cq_law *law, const char *id, int32_t day);

/* Insurance presumed for a category and minority (CQ_UNKNOWN if not known): CQ_YES, CQ_NO or
 * CQ_UNKNOWN. */
int cq_law_presumed_insured(const struct cq_law *law, uint64_t facts);

#endif
