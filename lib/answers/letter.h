/* What one letter says, gathered, and its sections. */
#ifndef CQ_ANSWERS_LETTER_H
#define CQ_ANSWERS_LETTER_H

#include "cq/batch.h"
#include "cq/explain.h"
#include "cq/whynot.h"
#include "people/names.h"
#include "text/html.h"

enum { CQ_LETTER_NEEDS = 4, CQ_LETTER_LAYOUTS = 5 };

struct cq_letter {
    const struct cq_law *law;
    const struct cq_question *question;
    int64_t run;
    struct cq_person_names person;
    struct cq_facility_names facility;       /* where the answer names one */
    struct cq_fact_source sources[CQ_FACTS]; /* if there are facts */
    uint32_t bearing;                        /* facts that the answer rests on: 1 << enum cq_fact */
    struct cq_reading_answer readings[CQ_READINGS_MAX];
    size_t reading_count;
    struct cq_need needs[CQ_LETTER_NEEDS];
    size_t need_count;
    uint32_t common; /* facts to which every set gives the same value, those left out too */
    uint64_t gaps;   /* of the decision, and told beside it */
    bool emergency;  /* the same care in an emergency entitles */
    bool far[3];     /* by value of CQ_FACT_DESTINATION: it can be given there and not near */
};

/* What does not depend on a registry: the bearing facts, the emergency. Shape: law and question are
 * set. */
void cq_letter_decide(struct cq_letter *letter);

/* Gathers the letter of a question; texts of an earlier one are overwritten. Shape: law, question and
 * run are set. Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: the texts are the letter's. */
enum cq_code cq_letter_read(struct cq_letter *letter, struct cq_people *people,
                            struct cq_whynot *whynot, struct cq_err *err);
void cq_letter_fini(struct cq_letter *letter);

/* Finds what would turn a refusal, of what can be done or shown. Shape: as above; no_stay are values
 * of the destination that nobody can ask for. Errors: CQ_B_NOMEM. */
enum cq_code cq_letter_find_needs(struct cq_letter *letter, struct cq_whynot *whynot,
                                  uint64_t no_stay, struct cq_err *err);

/* A page being written. */
struct cq_letter_page {
    const struct cq_letter *letter;
    bool brief; /* what can be spared is left out, and long names are shorter */
    struct cq_html body;
    int height[CQ_LETTER_LAYOUTS]; /* of the body, as it is expected in each layout */
    const char *lacks_kind;        /* of a word that the law has not; NULL for none */
    struct cq_text lacks;
    enum cq_code failed;
};

/* Appends a letter, as one A4 page; *left becomes what is expected to be left of its height.
 * Units: tenths of a millimetre. Errors: CQ_U_LETTER_WORD, CQ_B_NOMEM. */
enum cq_code cq_letter_write(struct cq_html *html, const struct cq_letter *letter,
                             const enum cq_language *languages, int count, int *left,
                             struct cq_err *err);

/* One section in one language; a section that writes nothing is left out. */
typedef void cq_letter_section_fn(struct cq_letter_page *page, enum cq_language language);

cq_letter_section_fn cq_letter_asked, cq_letter_answer, cq_letter_payer, cq_letter_where,
    cq_letter_referral, cq_letter_papers, cq_letter_until, cq_letter_change, cq_letter_still,
    cq_letter_facts, cq_letter_mend, cq_letter_law, cq_letter_open, cq_letter_readings;

/* "There is no such organisation near, but one in: Astana." Nothing where that is not so. */
void cq_letter_far(struct cq_letter_page *page, enum cq_language language);

/* Cites a basis "R78:4.2;HC:196.3" in words, with the sentence of each paragraph. */
void cq_letter_cite(struct cq_letter_page *page, const char *basis, enum cq_language language);
/* The same without the sentences: "the Health Code, article 196, paragraph 3; article 123". Shape: of
 * one act. */
void cq_letter_refer(struct cq_letter_page *page, const char *basis, enum cq_language language);

#endif
