/* The words of a letter. */
#ifndef CQ_ANSWERS_LETTER_WORDS_H
#define CQ_ANSWERS_LETTER_WORDS_H

#include "answers/letter.h"

/* The label of a code. Where the law has none the page remembers that, and "" is returned. */
const char *cq_letter_word(struct cq_letter_page *page, const char *kind, const char *code,
                           size_t len, enum cq_language language);
/* A word of the kind `letter`. */
const char *cq_letter_fixed(struct cq_letter_page *page, const char *code,
                            enum cq_language language);
/* A sentence for a code, of the first kind if that has one, else of the second. */
const char *cq_letter_either(struct cq_letter_page *page, const char *kind, const char *other,
                             const char *code, size_t len, enum cq_language language);

/* Appends text; the same with the first letter as a capital; a template with {} replaced. */
void cq_letter_put(struct cq_letter_page *page, const char *text);
void cq_letter_capital(struct cq_letter_page *page, const char *text);
void cq_letter_fill(struct cq_letter_page *page, const char *template, const char *with);

/* Appends what somebody wrote: so many letters of it, and a mark where there are more. */
void cq_letter_short(struct cq_html *html, const char *text, size_t len, int letters);

/* A day as DD.MM.YYYY. Returns text. */
const char *cq_letter_day(char text[11], int32_t day);

/* The labels of the codes in a cell: "a;b", "a+b/c"; the first with a capital. */
void cq_letter_cell(struct cq_letter_page *page, const char *kind, const char *cell,
                    enum cq_language language);

/* The name of a fact. */
const char *cq_letter_fact_name(struct cq_letter_page *page, enum cq_fact fact,
                                enum cq_language language);

/* "residence: Astana" */
void cq_letter_fact(struct cq_letter_page *page, enum cq_fact fact, uint64_t word,
                    enum cq_language language);

#endif
