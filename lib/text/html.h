/* Writes HTML into memory: elements close in the right order, text cannot become markup. */
#ifndef CQ_TEXT_HTML_H
#define CQ_TEXT_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"
#include "cq/str.h"

#define CQ_HTML_DEPTH 24

/* Zero-initialise before use. Failures stick until cq_html_done reports them. */
struct cq_html {
    struct cq_str out; /* the document so far */

    /* private */
    bool unbalanced; /* closed too often or nested too deep */
    int depth;
    const char *open[CQ_HTML_DEPTH]; /* names of the open elements, outermost first */
};

/* Ends a list of attributes. */
#define CQ_HTML_END ((const char *)0)

/* Opens an element. Shape: tag outlives the element; then name and value of each attribute,
 * CQ_HTML_END at the end; an attribute whose value is NULL is left out. */
void cq_html_open(struct cq_html *html, const char *tag, ...) __attribute__((sentinel));

/* Closes the innermost element. */
void cq_html_close(struct cq_html *html);

/* An element without an end tag (meta), or one that contains only text. Shape: as open. */
void cq_html_void(struct cq_html *html, const char *tag, ...) __attribute__((sentinel));
void cq_html_leaf(struct cq_html *html, const char *tag, const char *text, ...)
    __attribute__((sentinel));

/* Text, a C string or len bytes, escaped; control characters except line feed and tab become
 * blanks. */
void cq_html_text(struct cq_html *html, const char *text);
void cq_html_part(struct cq_html *html, const char *text, size_t len);

/* Bytes without escapes: the doctype and style sheets of the program, never data. */
void cq_html_raw(struct cq_html *html, const char *bytes);

/* A number for people: digits in groups of three with narrow no-break spaces between, the same in
 * every language. Shape: room for CQ_HTML_NUMBER bytes; returns text. */
#define CQ_HTML_NUMBER 48
const char *cq_html_number(char text[CQ_HTML_NUMBER], int64_t number);

/* Ends the document. Errors: CQ_B_NOMEM; CQ_B_BUG if elements are open or nest too deep.
 * Owner: caller, cq_html_fini in any case. */
enum cq_code cq_html_done(struct cq_html *html, struct cq_err *err);
void cq_html_fini(struct cq_html *html);

#endif
