/* What a row of a person says, as data and for people. */
#ifndef CQ_REPORTS_PERSON_TEXT_H
#define CQ_REPORTS_PERSON_TEXT_H

#include "cq/lists.h"
#include "cq/result.h"

/* Two texts of one row. */
struct cq_person_text {
    struct cq_str codes, words;
};

/* Reads versions of one kind of lists. */
struct cq_person_lines {
    const struct cq_report_request *request;
    struct cq_list list;
    sqlite3_stmt *version;  /* the table's columns of one id */
    sqlite3_stmt *facility; /* its name, by its code */
};

/* Facilities are named as they are known at a run.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, close in any case. */
enum cq_code cq_person_lines_open(struct cq_person_lines *lines,
                                  const struct cq_report_request *request, enum cq_kind kind,
                                  int64_t run, struct cq_err *err);
void cq_person_lines_close(struct cq_person_lines *lines);

/* Appends what a version states: its names, then "; NAME=VALUE" for each column that has no cell of
 * its own in the report. Errors: those of cq_db_fail; of the texts, in them. */
enum cq_code cq_person_lines_add(struct cq_person_lines *lines, int64_t id,
                                 struct cq_person_text *text, struct cq_err *err);

/* Appends a facility for people: its name in their language with the code in brackets, or the code
 * where the lists have no such name. Errors: those of cq_db_fail; of the text, in out->failed. */
enum cq_code cq_person_lines_facility(struct cq_person_lines *lines, const char *facility,
                                      struct cq_str *out, struct cq_err *err);

/* Appends a text to both, after "; " where they are not empty. */
void cq_person_text_add(struct cq_person_text *text, const char *code, const char *word);
void cq_person_text_free(struct cq_person_text *text);

/* The word of a code for people; the code where there is none. */
const char *cq_person_word(const struct cq_report_request *request, const char *kind,
                           const char *code);

#endif
