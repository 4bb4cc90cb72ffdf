/* The law as tables: acts, editions, paragraphs, rules, groups, clauses, late additions, readings
 * of gaps, words, services, gaps, documents, defaults, agencies, regions, bindings, holidays; who bears a cost in
 * the end, the lines of a form. Read once, read-only afterwards. They determine every decision.
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
#include "cq/str.h"

enum cq_language { CQ_KK, CQ_RU, CQ_EN, CQ_LANGUAGES };
extern const char *const cq_language_names[CQ_LANGUAGES + 1]; /* "kk"; NULL at the end */

struct cq_act {
    const char *id; /* "R78" */
    const char *title[CQ_LANGUAGES];
};

/* How certain a citation or a decision is: the weakest counts. Source: cq-law(5), TABLES. */
enum cq_certainty {
    CQ_CERTAINTY_NONE, /* no basis, or undetermined */
    CQ_CERTAINTY_TEXT,
    CQ_CERTAINTY_READ,
    CQ_CERTAINTY_SUPERSEDED,
    CQ_CERTAINTY_INFERRED,
    CQ_CERTAINTIES
};
extern const char *const cq_certainty_names[CQ_CERTAINTIES + 1]; /* "" first, NULL at the end */

struct cq_edition {
    const char *id;   /* "R78.718" */
    const char *act;  /* id of the act */
    int32_t since;    /* first day, CQ_DAY_MIN if open */
    int32_t until;    /* first day after, CQ_DAY_MAX if open */
    bool confirmed;   /* all rules were read against it; else each rule says so itself */
    const char *note; /* which parts of the text are available */
};

/* A paragraph, part or subparagraph of an act in one edition. */
struct cq_paragraph {
    const char *id;       /* "R78:4.2(1)", as rules cite it */
    const char *cited_as; /* what a basis has on these days; "" if nothing */
    const char *edition;  /* from which on the wording is this */
    int32_t since, until;
    enum cq_certainty certainty;
    const char *source; /* where it was read: act_text, public_copy, not_seen, cited_only */
    const char *hash;   /* SHA-256 of what was read, may be "" */
    const char *summary[CQ_LANGUAGES]; /* one sentence, not a quotation */
    const char *implemented_by;        /* joined by ';', or "none" */
    const char *reason;                /* why none, else "" */
};

/* A row of rules.csv. Strings are "" where the cell is empty. */
struct cq_rule {
    const char *id;
    int32_t since, until; /* until exclusive */
    const char *outcome, *provider, *payer, *referral, *reasons;
    const char *basis;           /* as written: citations and @clauses joined by ';' */
    enum cq_certainty certainty; /* at least this weak */
    uint64_t gaps;               /* bits: indices in cq_law.gaps */
    const char *confirmed;       /* unconfirmed editions it was read against, joined by ';' */
    bool entitled;               /* outcome is eligible or conditional */
    int line;                    /* of rules.csv */
};

struct cq_gap {
    const char *id;                 /* "A-01"; the table is in order of id */
    const char *fact;               /* the fact that it is about, told beside it; "" for none */
    const char *open[CQ_LANGUAGES]; /* the open question, one sentence */
};

/* A row of late.csv: what is added to a decision that was made. */
struct cq_late {
    int32_t since, until;
    uint64_t gap;                /* bit of the gap; 0 where the row is about certainty */
    enum cq_certainty certainty; /* at least this weak */
    const char *basis;           /* any of these, joined by '|': "O61", "R78:4", "O781:31"; "*" */
    const char *outcomes;        /* any of these, joined by '|'; "*" */
    int rests_on;                /* a fact that the rule restricts; -1 for any rule */
    uint64_t facts;
    uint64_t possible; /* fields in which one possible value is enough; in others all are needed */
};

/* A way to read what a gap leaves open: facts that it changes, on which the law decides, or the
 * answer itself. */
struct cq_gap_reading {
    uint64_t gap;                    /* its bit */
    const char *words[CQ_LANGUAGES]; /* one sentence */
    uint64_t changed, values;        /* fields of the facts that it changes; their values */
    const char *outcome, *reasons;   /* the answer; "" where facts are changed */
    const char *basis;           /* what it rests on, before the basis of the answer; may be "" */
    enum cq_certainty certainty; /* at least this weak */
};

/* Documents to bring. For each category the first row that can apply counts. */
struct cq_documents {
    int32_t since, until;
    uint64_t facts;        /* category, body and minor */
    const char *documents; /* "id_card+service_id" */
    uint64_t gaps;
    const char *basis;
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

/* What the acts bind a referral to. */
enum cq_requirement {
    CQ_REQUIREMENT_FROM_FACILITY, /* who refers */
    CQ_REQUIREMENT_REFERRER,      /* the specialist, by name */
    CQ_REQUIREMENT_INDICATION,
    CQ_REQUIREMENT_OCCASION,
    CQ_REQUIREMENT_MEASURE,
    CQ_REQUIREMENT_FOUND_IN,
    CQ_REQUIREMENT_PAID_BY,
    CQ_REQUIREMENT_BUREAU_CODE,
    CQ_REQUIREMENT_COMMISSION, /* number and day of its decision */
    CQ_REQUIREMENT_CONSENT,
    CQ_REQUIREMENT_ANSWER,  /* of the receiving organisation */
    CQ_REQUIREMENT_REFUSAL, /* such an answer: its reason */
    CQ_REQUIREMENTS
};
extern const char *const cq_requirement_names[CQ_REQUIREMENTS + 1]; /* NULL at the end */

/* When it is needed, and how much: without what is required the referral goes no further; what is to
 * be recorded may come later; what is allowed belongs there if it is stated. */
enum cq_stage { CQ_STAGE_ISSUE, CQ_STAGE_ADMISSION, CQ_STAGE_ANSWER };
enum cq_binding_need { CQ_NEED_REQUIRED, CQ_NEED_RECORDED, CQ_NEED_ALLOWED };

struct cq_binding {
    enum cq_requirement requirement;
    int32_t since, until;
    enum cq_stage stage;
    enum cq_binding_need need;
    const char *accepts; /* owners of the referring facility, a service; joined by '|' */
    /* What of a decision calls for it: */
    uint64_t facts;                /* service and urgency */
    const char *reason, *referral; /* "*" for any */
    const char *cites;             /* one of these, joined by ';'; "*" for any */
    const char *basis;
};

/* A decision, as far as it may call for something. */
struct cq_bound {
    int32_t day;
    int service, urgency;
    struct cq_text reasons, referral, basis;
};

/* Who bears in the end what a payer pays. For each payer the first row that fits counts; the last one
 * of each fits always. */
struct cq_bearer {
    int32_t since, until;
    const char *payers; /* joined by '|' */
    const char *cites;  /* a citation that the basis of the decision has, or "*" */
    const char *bearer;
    const char *basis;
};

/* A line of form 2, table 01. Source: O779. */
struct cq_form2_line {
    const char *line;  /* "01" */
    const char *of;    /* the line that it is a part of; "" for the first */
    bool kept;         /* the lists say who counts in it; else it is a dash */
    uint64_t facts;    /* the categories */
    unsigned agencies; /* bits 1 << number */
    bool women;        /* them alone */
    const char *label[CQ_LANGUAGES];
};

/* A code and its labels. */
struct cq_word {
    const char *kind; /* "payer": the vocabulary it is of */
    const char *code;
    const char *label[CQ_LANGUAGES];
    bool in_rules; /* rules may use it, and one must */
};

/* A dated number: "majority_years", "student_years", "insurance_tail_months", "answer_days" (working
 * days), "week_working_days" (from Monday on), or "referral_days", which the organisation sets. */
struct cq_parameter {
    const char *id;
    int32_t since, until;
    int64_t value;
    const char *basis;
};

/* A day of the year that is not worked. */
struct cq_holiday {
    int month, mday;
    int32_t since, until;
    bool moves; /* where it falls on a Saturday or Sunday, the next working day is off, too */
    const char *basis;
    const char *name[CQ_LANGUAGES];
};

struct cq_interval;

struct cq_law {
    const struct cq_act *acts;
    size_t act_count;
    const struct cq_edition *editions;
    size_t edition_count;
    const struct cq_paragraph *paragraphs; /* rows of one id follow each other, in order of days */
    size_t paragraph_count;
    const struct cq_rule *rules;
    size_t rule_count;
    const struct cq_interval *intervals; /* the rules written out: engine/law_masks.h */
    size_t interval_count;               /* ascending, they cover all days */
    const struct cq_gap *gaps;
    size_t gap_count; /* at most 63: bits of a signed word */
    const struct cq_late *late;
    size_t late_count;                         /* at most 63 */
    const struct cq_gap_reading *gap_readings; /* those of one gap follow each other */
    size_t gap_reading_count;
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
    const struct cq_binding *bindings;
    size_t binding_count;
    const struct cq_bearer *bearers;
    size_t bearer_count;
    const struct cq_form2_line *form2_lines; /* the first is that of everybody */
    size_t form2_line_count;
    const struct cq_holiday *holidays;
    size_t holiday_count;
    const struct cq_word *words; /* in order of kind and code */
    size_t word_count;
    int role_order[CQ_CATEGORIES];     /* categories in order of precedence (gap A-17), roles.csv */
    char fingerprint[CQ_HASH_HEX + 1]; /* BLAKE2b-256 over all tables */
    void *memory;                      /* holds everything above; for cq_law_free only */
};

/* Reads the tables and proves that on every day every combination of facts has exactly one rule.
 * Shape: dir NULL for the embedded tables, else a folder that holds all of them.
 * Errors: CQ_L_OPEN, CQ_L_CELL (file, line and column in err), CQ_L_OVERLAP and CQ_L_HOLE (dir in
 * err), CQ_B_NOMEM. Owner: caller, cq_law_free. */
enum cq_code cq_law_load(struct cq_law **law, const char *dir, struct cq_err *err);
void cq_law_free(struct cq_law *law);

/* Look-ups; NULL if not found. Owner: the law. */
const struct cq_agency *cq_law_agency(const struct cq_law *law, const char *id, size_t len);
const struct cq_agency *cq_law_agency_number(const struct cq_law *law, int number);
const struct cq_region *cq_law_region(const struct cq_law *law, int number);
const char *cq_law_owner(const struct cq_law *law, const char *provider);

/* Whether the decision on a word of facts rests on a fact being no such value: no rule that decides
 * it takes that value. */
bool cq_law_excludes(const struct cq_law *law, int32_t day, uint64_t word, enum cq_fact fact,
                     int value);

/* The row of a requirement that a decision calls for; NULL where it does not.
 * Whether reasons, referral and basis are such that call for a row, its days and facts aside. */
const struct cq_binding *cq_law_binding(const struct cq_law *law, enum cq_requirement requirement,
                                        const struct cq_bound *decision);
bool cq_law_binding_fits(const struct cq_binding *binding, struct cq_text reasons,
                         struct cq_text referral, struct cq_text basis);

/* The holiday of a day; NULL where it is none. Owner: the law. */
const struct cq_holiday *cq_law_holiday(const struct cq_law *law, int32_t day);

/* Who bears in the end what a payer pays for a decision of a day, by its basis; NULL for a payer that
 * is none. Source: bearers.csv, R78:5.2. */
const char *cq_law_bearer(const struct cq_law *law, const char *payer, const char *basis,
                          int32_t day);

/* The row of a citation that holds on a day; NULL where there is none. */
const struct cq_paragraph *cq_law_paragraph(const struct cq_law *law, const char *id, size_t len,
                                            int32_t day);

/* The next row after one, or the first after NULL, that holds on a day and is implemented by what is
 * named: "letter:general", "refusal:no_department". NULL at the end. */
const struct cq_paragraph *cq_law_implements(const struct cq_law *law, const char *what,
                                             int32_t day, const struct cq_paragraph *after);

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
