/* The sound of a name. Letters come to classes:
 *   a e i o u     vowels: ә is a; ы, і, й are i; ө is o; ұ, ү, w are u; э, ё are e
 *   b v g d z k l m n p r s t f h     ғ is g, қ and q are k, ң is n, х and һ are h
 *   j S C         ж (zh, j), ш and щ (sh, shch), ч (ch); ц is t and s
 * я, ю are i and their vowel. An i before a vowel is its glide and is not heard; elsewhere it is the
 * vowel that writers leave out, and stays at the beginning only. Nor is d heard before ж (дж). */
#include "base/name_sound.h"

#include <string.h>

#include "cq/str.h"
#include "cq/utf8.h"

/* Small letters of U+0400 to U+04FF. */
static const char *const cyrillic[256] = {
    [0x30] = "a", [0x31] = "b", [0x32] = "v", [0x33] = "g", [0x34] = "d",  [0x35] = "e",
    [0x36] = "j", [0x37] = "z", [0x38] = "i", [0x39] = "i", [0x3a] = "k",  [0x3b] = "l",
    [0x3c] = "m", [0x3d] = "n", [0x3e] = "o", [0x3f] = "p", [0x40] = "r",  [0x41] = "s",
    [0x42] = "t", [0x43] = "u", [0x44] = "f", [0x45] = "h", [0x46] = "ts", [0x47] = "C",
    [0x48] = "S", [0x49] = "S", [0x4b] = "i", [0x4d] = "e", [0x4e] = "iu", [0x4f] = "ia",
    [0x51] = "e", [0x54] = "e", [0x56] = "i", [0x57] = "i", [0x5e] = "u",  [0x93] = "g",
    [0x9b] = "k", [0xa3] = "n", [0xaf] = "u", [0xb1] = "u", [0xbb] = "h",  [0xd9] = "a",
    [0xe9] = "o", /* ә ғ қ ң ө ұ ү һ and, of neighbours, є ї ў */
};

/* Two Latin letters for one sound, and one. */
static const struct {
    char letters[3], class[2];
} pairs[] = {{"sh", "S"}, {"ch", "C"}, {"zh", "j"}, {"kh", "h"}, {"gh", "g"}, {"ph", "f"}};
static const char *const latin[26] = {"a", "b", "ts", "d", "e", "f",  "g", "h", "i",
                                      "j", "k", "l",  "m", "n", "o",  "p", "k", "r",
                                      "s", "t", "u",  "v", "u", "ks", "i", "z"};

/* Latin letters with marks, of the Kazakh alphabets among them. */
static const struct {
    char letter[3], class[2];
} marked[] = {{"ä", "a"}, {"á", "a"}, {"ə", "a"}, {"ö", "o"}, {"ó", "o"}, {"ü", "u"}, {"ú", "u"},
              {"ū", "u"}, {"ŭ", "u"}, {"ý", "u"}, {"ğ", "g"}, {"ǵ", "g"}, {"ñ", "n"}, {"ń", "n"},
              {"ŋ", "n"}, {"ş", "S"}, {"š", "S"}, {"ç", "C"}, {"č", "C"}, {"ž", "j"}, {"ı", "i"},
              {"í", "i"}, {"ï", "i"}, {"ë", "e"}, {"é", "e"}};

/* Endings of classes that say whose child one is: -ұлы, -қызы, -ович, -ев, -ова. */
#define ENDING(text)                                                                               \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
static const struct {
    char text[5];
    unsigned char len;
} endings[] = {ENDING("uli"),  ENDING("kizi"), ENDING("ovna"), ENDING("evna"), ENDING("iCna"),
               ENDING("oviC"), ENDING("eviC"), ENDING("iC"),   ENDING("ova"),  ENDING("eva"),
               ENDING("ov"),   ENDING("ev"),   ENDING("ogli")};

static int is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* The classes of the letter or letters that a folded name begins with, "" for none; *size becomes
 * how many bytes they are. */
static const char *classes_of(const char *name, size_t *size)
{
    unsigned char first = (unsigned char)name[0], next = (unsigned char)name[1];
    *size = 1;
    if (first >= 'a' && first <= 'z') {
        for (size_t i = 0; next == 'h' && i < sizeof pairs / sizeof *pairs; i++)
            if (name[0] == pairs[i].letters[0]) {
                *size = 2;
                return pairs[i].class;
            }
        return latin[first - 'a'];
    }
    if ((first & 0xE0) != 0xC0)
        return "";
    *size = 2;
    unsigned code = (first & 0x1Fu) << 6 | (next & 0x3Fu);
    if (code >= 0x400 && code < 0x500)
        return cyrillic[code - 0x400] ? cyrillic[code - 0x400] : "";
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (memcmp(name, marked[i].letter, 2) == 0)
            return marked[i].class;
    return "";
}

/* Writes the classes of a folded name; what does not fit is left out. */
static size_t write_classes(const char *name, char *classes, size_t room)
{
    size_t len = 0, size;
    for (; *name; name += size)
        for (const char *c = classes_of(name, &size); *c && len + 1 < room; c++)
            classes[len++] = *c;
    classes[len] = '\0';
    return len;
}

/* The length without the longest ending that leaves two letters. */
static size_t without_ending(const char *classes, size_t len)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = endings[i].len;
        if (n > longest && len >= n + 2 && memcmp(classes + len - n, endings[i].text, n) == 0)
            longest = n;
    }
    return len - longest;
}

/* Writes what is heard of the first count classes. */
static void write_sound(const char *classes, size_t count, char sound[CQ_SOUND_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < count && n + 1 < CQ_SOUND_MAX; i++) {
        char next = i + 1 < count ? classes[i + 1] : '\0';
        bool silent = (classes[i] == 'i' && (i > 0 || is_vowel(next))) ||
                      (classes[i] == 'd' && next == 'j') ||
                      (classes[i] == 'C' && i > 0 && classes[i - 1] == 'S');
        if (!silent && (n == 0 || sound[n - 1] != classes[i]))
            sound[n++] = classes[i];
    }
    sound[n] = '\0';
}

void cq_name_sound_folded(const char *folded, char sound[CQ_SOUND_MAX], char *whole)
{
    char classes[96] = "";
    size_t count = write_classes(folded, classes, sizeof classes);
    write_sound(classes, without_ending(classes, count), sound);
    if (whole)
        write_sound(classes, count, whole);
}

enum cq_code cq_name_sound(const char *name, size_t len, char sound[CQ_SOUND_MAX], char *whole)
{
    struct cq_str folded = {0};
    enum cq_code code = cq_utf8_fold(&folded, name, len);
    if (!code)
        cq_name_sound_folded(folded.len > 0 ? folded.ptr : "", sound, whole);
    cq_str_free(&folded);
    return code;
}

uint32_t cq_sound_skeleton(const char *sound)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; sound[i]; i++) {
        char c = is_vowel(sound[i]) ? (i == 0 ? 'a' : '\0') : sound[i];
        if (c != '\0')
            hash = (hash ^ (unsigned char)c) * 16777619u;
    }
    return hash;
}

uint32_t cq_sound_key(const char *sound, uint32_t *last)
{
    static const char letters[] = "abvgdzklmnprstfhjSC"; /* a: the vowel at the beginning */
    uint32_t key = 0;
    unsigned count = 0;
    for (size_t i = 0; sound[i] && count < CQ_SOUND_KEY; i++) {
        if (is_vowel(sound[i]) && i > 0)
            continue;
        const char *at = is_vowel(sound[i]) ? letters : strchr(letters, sound[i]);
        key = key << CQ_SOUND_KEY_BITS | (uint32_t)(at - letters + 1);
        count++;
    }
    unsigned rest = (CQ_SOUND_KEY - count) * CQ_SOUND_KEY_BITS;
    if (last)
        *last = (key + 1) << rest;
    if (last)
        --*last;
    return key << rest;
}

/* The letters of a key, 0 after the last. */
static void split_key(uint32_t key, unsigned char letters[CQ_SOUND_KEY + 2])
{
    for (unsigned i = 0; i < CQ_SOUND_KEY; i++)
        letters[i] = key >> (CQ_SOUND_KEY - 1 - i) * CQ_SOUND_KEY_BITS & 31;
    letters[CQ_SOUND_KEY] = letters[CQ_SOUND_KEY + 1] = 0;
}

/* Whether the letters at one place, up to their end, are those that another place begins with. What
 * was cut off the end of a key is not missed. */
static bool begins(const unsigned char *part, const unsigned char *other)
{
    while (*part && *part == *other) {
        part++;
        other++;
    }
    return *part == 0;
}

bool cq_sound_key_near(uint32_t key, uint32_t other)
{
    unsigned char a[CQ_SOUND_KEY + 2], b[CQ_SOUND_KEY + 2];
    split_key(key, a);
    split_key(other, b);
    size_t i = 0;
    while (a[i] && a[i] == b[i])
        i++;
    if (a[i] == 0)
        return true;
    const unsigned char *x = a + i, *y = b + i;
    bool full = b[CQ_SOUND_KEY - 1] != 0 && a[CQ_SOUND_KEY - 1] != 0;
    if (begins(x + 1, y) || (y[0] && begins(x + 1, y + 1)) || (y[0] && begins(x, y + 1)))
        return true;
    if (y[0] && y[1] && x[0] == y[1] && x[1] == y[0] && begins(x + 2, y + 2))
        return true;
    if (!full)
        return false;
    a[CQ_SOUND_KEY - 1] = 0; /* one that was added pushed it out of the other key */
    return y[0] && begins(x, y + 1);
}

int cq_sound_distance(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b), front = 0, back = 0;
    while (front < m && front < n && a[front] == b[front])
        front++;
    while (back < m - front && back < n - front && a[m - 1 - back] == b[n - 1 - back])
        back++;
    size_t x = m - front - back, y = n - front - back; /* what differs in the middle */
    if (x == 0 && y == 0)
        return 0;
    if (x <= 1 && y <= 1)
        return 1;
    bool swapped = x == 2 && y == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
    return swapped ? 1 : 2;
}
