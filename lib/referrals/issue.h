/* What the parts of the intake tell each other. */
#ifndef CQ_REFER_DESK_H
#define CQ_REFER_DESK_H

#include "cq/date.h"
#include "cq/person.h"
#include "cq/refer.h"
#include "referral_private.h"

#define CQ_CHOICES_MAX 32

struct cq_intake_facility {
    char *code;
    int32_t kato;
    int owner;
};

struct cq_intake {
    struct cq_db *db;
    const struct cq_intake_options *options;
    struct cq_people *people;
    struct cq_provenance *provenance;
    sqlite3_stmt *card;
    struct cq_intake_facility *facilities; /* in byte order of the codes */
    size_t facility_count;
    struct cq_drafts *drafts;
    struct cq_str scratch; /* texts of the row that had to be rewritten */
    struct cq_str words;   /* cells and details put together */
    const char *file;      /* of the row at hand */
    long line;
};

/* A request that was decided. */
struct cq_case {
    struct cq_request request;
    const struct cq_value *values; /* CQ_REQUEST_COLUMNS of them */
    const struct cq_answer *answer;
    struct cq_choice choices[CQ_CHOICES_MAX];
    size_t choice_count;
};

/* Tells a finding of the row at hand. Shape: column -1 for none, detail NULL for none. */
void cq_intake_report(struct cq_intake *intake, enum cq_code code, int column, const char *detail);

/* --- refer_places.c --- */

enum cq_code cq_intake_read_facilities(struct cq_intake *intake, struct cq_err *err);
const struct cq_intake_facility *cq_intake_facility(const struct cq_intake *intake,
                                                    const struct cq_text *code);

/* Where the person may be sent: the facility named, else the nearest. False where the one named
 * cannot do it, which is told. */
bool cq_intake_choose(struct cq_intake *intake, struct cq_case *c);

/* Appends what the bodies' organisations lack, where a person is treated elsewhere for that:
 * "service:no_specialist;residence:no_organisation". Errors: CQ_B_NOMEM. */
enum cq_code cq_intake_fallback(struct cq_intake *intake, const struct cq_case *c,
                                struct cq_str *out);

/* Warns where a person without an outpatient card is sent to an organisation of the bodies.
 * Errors: those of cq_db_fail. */
enum cq_code cq_intake_check_card(struct cq_intake *intake, const struct cq_case *c,
                                  struct cq_err *err);

/* --- refer_asks.c --- */

/* Whether the law lets this request be issued as it is; what stands against it is told, and so is
 * what is still to be recorded. */
bool cq_intake_check_conditions(struct cq_intake *intake, const struct cq_case *c);

/* Whether a list joined by ';' holds a word. */
bool cq_intake_lists(struct cq_text list, const char *word);

#endif
