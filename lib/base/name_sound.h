/* Names by their sound: one person's name in Kazakh, Russian and Latin letters. */
#ifndef CQ_BASE_NAME_SOUND_H
#define CQ_BASE_NAME_SOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

#define CQ_SOUND_MAX 32

/* A sound is a letter of a small alphabet for each that is heard, NUL at the end: consonants that
 * alphabets and habits write alike are one, the short vowels between consonants are left out,
 * doubled letters are single, and endings that say "child of" are dropped. Ыбырай, Ибрай and Ybyrai
 * are "ibra"; Серікұлы and Серикович are "serk". Longer names are cut.
 * Shape: valid UTF-8; letters of other scripts and signs are passed over. whole is NULL, or has room
 * for CQ_SOUND_MAX: the sound with its ending, where a letter may be wrong too.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_name_sound(const char *name, size_t len, char sound[CQ_SOUND_MAX], char *whole);

/* The same for a text that is case folded already (cq/utf8.h). Shape: ends with NUL. */
void cq_name_sound_folded(const char *folded, char sound[CQ_SOUND_MAX], char *whole);

/* A number that is equal for sounds with the same consonants, whatever the vowels. */
uint32_t cq_sound_skeleton(const char *sound);

/* The keys by which sounds are looked up: a number in which the first CQ_SOUND_KEY consonants of a sound,
 * and a vowel that it begins with, have their order. Sounds that begin alike have keys side by side:
 * those that begin as this one does are from the key to *last. Shape: last may be NULL; keys are
 * below CQ_SOUND_KEYS, and not 0 for a sound that is not empty. */
enum { CQ_SOUND_KEY = 6, CQ_SOUND_KEY_BITS = 5, CQ_SOUND_KEYS = 1 << 30 };
uint32_t cq_sound_key(const char *sound, uint32_t *last);

/* Whether the letters of a key may be mistaken for those that another begins with: at most one is
 * left out, added, replaced or swapped. */
bool cq_sound_key_near(uint32_t key, uint32_t other);

/* How many letters of two sounds differ: one left out, added, replaced, or two neighbours swapped.
 * At most 2, which says that there are two or more. */
int cq_sound_distance(const char *a, const char *b);

#endif
