/* Unicode over utf8proc: validity, normal form, case folding, width, edit distance, confusable
 * letters. */
#ifndef CQ_UTF8_H
#define CQ_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include "cq/str.h"

/* Length of the longest valid UTF-8 prefix (RFC 3629: no surrogates, no overlong forms). An
 * incomplete character at the end is not part of it. Fast for ASCII and Cyrillic. */
size_t cq_utf8_valid(const char *text, size_t len);

/* Whether len bytes are ASCII. */
bool cq_utf8_ascii(const char *text, size_t len);

/* Bytes of the white space character at the start of text, or at its end; 0 if another is there.
 * Source: White_Space of Unicode, without vertical tab, form feed and next line. */
size_t cq_utf8_blank(const char *text, size_t len);
size_t cq_utf8_blank_last(const char *text, size_t len);

/* Appends text in normal form C.
 * Shape: valid UTF-8 in. Errors: CQ_B_NOMEM; CQ_B_BUG if it is not valid. */
enum cq_code cq_utf8_nfc(struct cq_str *out, const char *text, size_t len);

/* Appends text for comparing words: NFC, case folded, every run of white space, '_' and NBSP as
 * one blank, none at the ends.
 * Shape: valid UTF-8 in. Errors: CQ_B_NOMEM; CQ_B_BUG if it is not valid. */
enum cq_code cq_utf8_fold(struct cq_str *out, const char *text, size_t len);

/* Appends a word's or name's text with the Latin letters that are confusable with Cyrillic ones (a
 * c e h i k o p x y, A B C E H I K M O P T X Y, and ə Ə ɵ Ɵ) replaced by those, in words that hold
 * a Cyrillic letter and no Latin letter but these. Returns whether any was replaced.
 * Shape: valid UTF-8 in. Errors: in out->failed. Source: cq-csv(5). */
bool cq_utf8_replace_confusables(struct cq_str *out, const char *text, size_t len);

/* Terminal columns of the text. Shape: valid UTF-8. Units: columns. */
size_t cq_utf8_width(const char *text, size_t len);

/* The bytes of the first character. Shape: valid UTF-8, len above 0. */
size_t cq_utf8_size(const char *text, size_t len);

/* Number of characters. */
size_t cq_utf8_count(const char *text, size_t len);

/* Damerau-Levenshtein distance (adjacent swaps count one) in characters, at most limit + 1.
 * Shape: valid UTF-8, at most 64 characters a side (longer gives limit + 1). */
size_t cq_utf8_distance(const char *a, size_t a_len, const char *b, size_t b_len, size_t limit);

#endif
