/* The style sheet of letters. */
#ifndef CQ_ANSWERS_LETTER_STYLE_H
#define CQ_ANSWERS_LETTER_STYLE_H

extern const char cq_letter_style[];

#endif
