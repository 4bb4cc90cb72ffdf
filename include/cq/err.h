/* Errors: what went wrong, where, and which exit status that means.
 *
 * A fallible function returns an enum cq_code and fills the caller's struct cq_err, its last
 * parameter. The library only records; cmd/cli_report.c prints. */
#ifndef CQ_ERR_H
#define CQ_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* Marks a text for the catalogues without translating it here. */
#define N_(text) (text)

/* Translates a marked text for people. Owner of what it returns: the catalogue; it lives as long. */
typedef const char *cq_translate_fn(const char *text);

/* The same for a text that counts: one and many are the English forms. */
typedef const char *cq_translate_many_fn(const char *one, const char *many, unsigned long count);

/* Clang warns of an ignored code, and lint fails on that; gcc has no such attribute for enums. */
#if defined(__clang__)
#define CQ_USE_CODE __attribute__((warn_unused_result))
#else
#define CQ_USE_CODE
#endif

enum CQ_USE_CODE cq_code {
    CQ_OK = 0,
#define CQ_CODE(name, id, status, text, step) CQ_##name,
#include "cq/codes.def"
#undef CQ_CODE
    CQ_CODE_COUNT
};

/* One error. Zero-initialise before use ({0}). Holds no pointers: copy it freely. */
struct cq_err {
    enum cq_code code;
    long line;        /* 1-based line of the file, 0 if none */
    char file[256];   /* file as the user named it, "" if none */
    char column[64];  /* column as the header names it, "" if none */
    char detail[256]; /* what the %s of the code's text becomes; never a person's data */
    char nearest[48]; /* the right word that is nearest to the wrong one, "" if none is near */
};

/* Records an error unless one is recorded already: the first error wins.
 * Shape: err may be NULL; detail_format is printf's, NULL for none.
 * Errors: returns code, always. */
enum cq_code cq_err_set(struct cq_err *err, enum cq_code code, const char *detail_format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for callers that do not return the code. */
void cq_err_record(struct cq_err *err, enum cq_code code, const char *detail_format, ...)
    __attribute__((format(printf, 3, 4)));

/* Receives findings: errors of single rows and warnings, after which the run continues. */
typedef void cq_finding_fn(const struct cq_err *finding, void *context);

/* Adds the place to a recorded error, where it has none yet.
 * Shape: file and column may be NULL; line 0 leaves it open. */
void cq_err_at(struct cq_err *err, const char *file, long line, const char *column);

/* Adds to a recorded error the word that was probably meant: one of the words that are allowed,
 * never what was given. Shape: word may be NULL. */
void cq_err_nearest(struct cq_err *err, const char *word);

/* The stable identifier ("CQ-R012"), exit status and English text of a code, and the next step: what
 * to do about it. Owner: static strings. CQ_OK gives "CQ-OK", 0 and "". */
const char *cq_code_id(enum cq_code code);
int cq_code_status(enum cq_code code);
const char *cq_code_text(enum cq_code code);
const char *cq_code_step(enum cq_code code);

/* Says in words why a call of the system failed: the detail of errors of files.
 * Shape: number is an errno. The usual reasons are N_() texts, which whoever prints the error
 * translates; catalogues of the system need not be on a machine. Owner: static or the system's. */
const char *cq_system_text(int number);

/* Whether a detail, or a part of one, is a text of this table: these are N_() texts, and others, such
 * as names of columns, are not translated. Besides the reasons of the system the table has those of
 * the registry's file and what the library says of its own. */
bool cq_is_detail_text(const char *text);

#endif
