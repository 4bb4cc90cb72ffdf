/* Counts how letters follow each other in Russian and Kazakh words. */
#include "text/encoding_model.h"

#include <iconv.h>
#include <string.h>

enum { LETTERS = CQ_CLASS_LATIN };

static const uint16_t kazakh[] = {0x4D9, 0x493, 0x49B, 0x4A3, 0x4E9, 0x4B1, 0x4AF, 0x4BB, 0x456};

/* Characters besides ASCII that may stand beside a word or between two. */
static const uint16_t punctuation[] = {0xA0,   0xA7,   0xAB,   0xAD,   0xB0,   0xB7,   0xBB,
                                       0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D,
                                       0x201E, 0x2022, 0x2026, 0x2039, 0x203A, 0x2116};

static bool is_in(const uint16_t *list, size_t count, uint16_t c)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == c)
            return true;
    return false;
}

/* The class of a character, and whether it is a capital letter. */
static uint8_t classify(uint16_t c, bool *capital)
{
    uint16_t small = c;
    if (c >= 0x410 && c <= 0x42F)
        small = (uint16_t)(c + 0x20);
    else if (c == 0x401 || c == 0x406)
        small = (uint16_t)(c + 0x50);
    else if (c == 0x4D8 || c == 0x4E8 || (c >= 0x492 && c <= 0x4BA && c % 2 == 0))
        small = (uint16_t)(c + 1);
    *capital = small != c;
    if (small >= 0x430 && small <= 0x44F)
        return (uint8_t)(CQ_CLASS_LETTER + small - 0x430);
    if (small == 0x451)
        return CQ_CLASS_LETTER + 32;
    for (size_t i = 0; i < sizeof kazakh / sizeof *kazakh; i++)
        if (small == kazakh[i])
            return (uint8_t)(CQ_CLASS_KAZAKH + i);
    *capital = c >= 'A' && c <= 'Z';
    if (*capital || (c >= 'a' && c <= 'z'))
        return CQ_CLASS_LATIN;
    if (c < 0x80 || is_in(punctuation, sizeof punctuation / sizeof *punctuation, c))
        return CQ_CLASS_BOUNDARY;
    return CQ_CLASS_STRANGE;
}

/* log2 of a ratio, in quarters of a bit, rounded down. */
static int quarters(double ratio)
{
    int log = 0;
    for (; ratio < 1; ratio *= 2)
        log -= CQ_BIT;
    for (; ratio >= 2; ratio /= 2)
        log += CQ_BIT;
    ratio *= ratio;
    int half = ratio >= 2;
    ratio = half ? ratio / 2 : ratio;
    return log + 2 * half + (ratio * ratio >= 2);
}

uint32_t cq_encoding_word_hash(uint32_t hash, uint8_t class)
{
    return (hash + class) * 0x9E3779B1u ^ hash >> 15;
}

/* The place of a hash among the words, or a free one. */
static size_t find_word(const struct cq_encoding_model *model, uint32_t hash)
{
    size_t at = hash % CQ_KNOWN_WORDS;
    while (model->words[at] && model->words[at] != hash)
        at = (at + 1) % CQ_KNOWN_WORDS;
    return at;
}

bool cq_encoding_is_word(const struct cq_encoding_model *model, uint32_t hash)
{
    return hash && model->words[find_word(model, hash)] == hash;
}

/* Keeps words, and counts how often a letter follows another in them; a boundary is at both ends of
 * each. */
static void count_words(struct cq_encoding_model *model, const char *words,
                        double counts[LETTERS][LETTERS])
{
    uint8_t last = CQ_CLASS_BOUNDARY;
    uint32_t hash = 0;
    const unsigned char *s = (const unsigned char *)words;
    do {
        bool capital;
        uint16_t c = *s;
        if (c >= 0xC0) {
            c = (uint16_t)((c & 0x1F) << 6 | (s[1] & 0x3F));
            s++;
        }
        uint8_t class = classify(c, &capital);
        counts[last][class]++;
        last = class;
        if (class != CQ_CLASS_BOUNDARY)
            hash = cq_encoding_word_hash(hash, class);
        else
            model->words[find_word(model, hash)] = hash;
        if (class == CQ_CLASS_BOUNDARY)
            hash = 0;
    } while (*s++);
}

/* Evidence of a pair: how often the second letter follows the first, where that is rare how frequent
 * it is itself, against one in all. */
static void rate_letters(struct cq_encoding_model *model, int language)
{
    int8_t(*pairs)[CQ_CLASSES] = model->pairs[language];
    enum {
        PRIOR = 6,          /* how many pairs the frequency of a letter counts for */
        LEAST = -4 * CQ_BIT /* no pair is impossible in a name */
    };
    double counts[LETTERS][LETTERS] = {0}, second[LETTERS], all = 0;
    for (const char *const *words = cq_encoding_words[language]; *words; words++)
        count_words(model, *words, counts);
    for (int b = 0; b < LETTERS; b++) {
        second[b] = 1;
        for (int a = 0; a < LETTERS; a++)
            second[b] += counts[a][b];
        all += second[b];
    }
    for (int a = 0; a < LETTERS; a++) {
        double first = PRIOR;
        for (int b = 0; b < LETTERS; b++)
            first += counts[a][b];
        for (int b = 0; b < LETTERS; b++) {
            int log = quarters((counts[a][b] + PRIOR * second[b] / all) / first * LETTERS);
            pairs[a][b] = (int8_t)(log < LEAST ? LEAST : log);
        }
    }
    pairs[CQ_CLASS_BOUNDARY][CQ_CLASS_BOUNDARY] = 0;
}

/* Evidence of pairs that are not two letters, which is against the encoding. */
static void rate_others(int8_t pairs[CQ_CLASSES][CQ_CLASSES])
{
    for (int a = 0; a < CQ_CLASSES; a++) {
        pairs[a][CQ_CLASS_STRANGE] = -14 * CQ_BIT;
        if (a >= CQ_CLASS_LETTER && a < CQ_CLASS_LATIN) {
            pairs[a][CQ_CLASS_LATIN] = -2 * CQ_BIT;
            pairs[CQ_CLASS_LATIN][a] = -2 * CQ_BIT;
        }
    }
}

static void read_encoding(struct cq_encoding_letters *letters, const char *name)
{
    iconv_t iconv_of = iconv_open("UTF-16LE", name);
    letters->known = iconv_of != (iconv_t)-1;
    for (int byte = 0; byte < 256 && letters->known; byte++) {
        char in = (char)byte, *from = &in;
        unsigned char out[4];
        char *to = (char *)out;
        size_t left = 1, room = sizeof out;
        bool defined = iconv(iconv_of, &from, &left, &to, &room) != (size_t)-1 && room == 2;
        letters->character[byte] = defined ? (uint16_t)(out[0] | out[1] << 8) : 0xFFFD;
        letters->class_of[byte] = classify(letters->character[byte], &letters->capital[byte]);
        if (!defined)
            iconv(iconv_of, NULL, NULL, NULL, NULL);
    }
    if (letters->known)
        iconv_close(iconv_of);
}

void cq_encoding_model_init(struct cq_encoding_model *model)
{
    memset(model, 0, sizeof *model);
    for (int language = 0; language < CQ_WORD_LANGUAGES; language++) {
        rate_letters(model, language);
        rate_others(model->pairs[language]);
    }
    for (int e = CQ_ENCODING_RK1048; e < CQ_ENCODINGS; e++)
        read_encoding(&model->encodings[e], cq_encoding_charsets[e]);
}
