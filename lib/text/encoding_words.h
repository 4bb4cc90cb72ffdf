/* Words of the two languages of lists. */
#ifndef CQ_TEXT_ENCODING_WORDS_H
#define CQ_TEXT_ENCODING_WORDS_H

enum { CQ_WORDS_RUSSIAN, CQ_WORDS_KAZAKH, CQ_WORD_LANGUAGES };

/* In small letters, several in a string with blanks between, NULL at the end. */
extern const char *const *const cq_encoding_words[CQ_WORD_LANGUAGES];

#endif
