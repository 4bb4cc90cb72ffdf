/* A page for people: the words of codes, facts and paragraphs in the language of the program. */
#ifndef CQ_ELIGIBLE_PAGE_H
#define CQ_ELIGIBLE_PAGE_H

#include "cq/law.h"
#include "cq/str.h"

/* The functions below append to the text; errors are in text.failed. */
struct cq_page {
    struct cq_str text;
    const struct cq_law *law;
    enum cq_language language;
};

/* A day as text. Returns text. */
const char *cq_page_day(char text[11], int32_t day);

/* The words for a fact, and for a value of it or CQ_UNKNOWN. */
const char *cq_page_fact(const struct cq_page *page, enum cq_fact fact);
const char *cq_page_value(const struct cq_page *page, enum cq_fact fact, int value);

/* The words of the codes in a cell: "a;b" or "a+b/c". */
void cq_page_add_words(struct cq_page *page, const char *kind, const char *cell);

/* A line with a label and the words of a cell; nothing where the cell is empty. */
void cq_page_add_cell(struct cq_page *page, const char *indent, const char *label, const char *kind,
                      const char *cell);

/* Values of a fact, and those that a word leaves possible. */
void cq_page_add_values(struct cq_page *page, enum cq_fact fact, uint64_t bits);
void cq_page_add_possible(struct cq_page *page, enum cq_fact fact, uint64_t word);

/* A line for each citation of a basis, with its summary. */
void cq_page_add_basis(struct cq_page *page, const char *basis, int32_t day, const char *indent);

#endif
