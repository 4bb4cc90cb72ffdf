/* What bytes mean in each eight-bit encoding, and how well letters follow each other: the
 * statistics by which encoding_evidence.h tells one encoding from another. */
#ifndef CQ_TEXT_ENCODING_MODEL_H
#define CQ_TEXT_ENCODING_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/encoding.h"
#include "text/encoding_words.h"

/* Classes of characters. A boundary is all that may stand beside a word; then come the letters of
 * Russian and Kazakh, each for both cases. */
enum {
    CQ_CLASS_BOUNDARY,
    CQ_CLASS_LETTER, /* the first of the letters */
    CQ_CLASS_KAZAKH = CQ_CLASS_LETTER + 33,
    CQ_CLASS_LATIN = CQ_CLASS_KAZAKH + 9,
    CQ_CLASS_STRANGE, /* in no word of a list: box drawing, letters of other languages, controls */
    CQ_CLASSES
};

/* Evidence is log2 of how much more probable a pair of letters is in words than if all letters
 * followed each other equally often. Units: quarters of a bit. */
enum { CQ_BIT = 4 };

struct cq_encoding_letters {
    bool known; /* iconv has the encoding */
    uint16_t character[256];
    uint8_t class_of[256];
    bool capital[256];
};

enum { CQ_KNOWN_WORDS = 4096 }; /* room for twice the words there are */

struct cq_encoding_model {
    /* Each language has its own: a word is of one of them. */
    int8_t pairs[CQ_WORD_LANGUAGES][CQ_CLASSES][CQ_CLASSES];
    uint32_t words[CQ_KNOWN_WORDS];                     /* hashes, 0 for a free place */
    struct cq_encoding_letters encodings[CQ_ENCODINGS]; /* known is false for all but eight-bit */
};

/* Counts the pairs of letters of the words, and reads the tables of iconv. */
void cq_encoding_model_init(struct cq_encoding_model *model);

/* The hash of a word: start with 0, and add the classes of its letters in order. */
uint32_t cq_encoding_word_hash(uint32_t hash, uint8_t class);

/* Whether a word with that hash is one of those that were counted. */
bool cq_encoding_is_word(const struct cq_encoding_model *model, uint32_t hash);

#endif
