/* Lists have Kazakh names in Kazakh letters, or typed with Russian ones. A key has Russian letters
 * in both cases, without hard and soft signs. */
#include "base/name_match.h"

#include "cq/hash.h"

enum { KEY_MAX = 256 };

/* Lower-case letters that are written as another one, or not at all (0). */
static uint32_t plain(uint32_t letter)
{
    switch (letter) {
    case 0x04d9: return 0x0430; /* ә а */
    case 0x0493: return 0x0433; /* ғ г */
    case 0x049b: return 0x043a; /* қ к */
    case 0x04a3: return 0x043d; /* ң н */
    case 0x04e9: return 0x043e; /* ө о */
    case 0x04b1:                /* ұ у */
    case 0x04af: return 0x0443; /* ү у */
    case 0x04bb: return 0x0445; /* һ х */
    case 0x0456: return 0x0438; /* і и */
    case 0x0451:                /* ё е */
    case 0x044d: return 0x0435; /* э е */
    case 0x044a:                /* ъ */
    case 0x044c: return 0;      /* ь */
    default: return letter;
    }
}

static uint32_t lower(uint32_t letter)
{
    if (letter >= 0x0410 && letter <= 0x042f)
        return letter + 0x20;
    if (letter < 0x0410)
        return letter + 0x50;
    return letter >= 0x0460 && letter < 0x04c0 ? letter | 1
           : letter >= 0x04d0                  ? letter | 1
                                               : letter;
}

/* Appends the letters of a name; letters that do not fit are left out. */
static size_t add_name(unsigned char *key, size_t len, const char *name, size_t name_len)
{
    for (size_t i = 0; i < name_len && len + 2 < KEY_MAX; i++) {
        unsigned char byte = (unsigned char)name[i];
        if ((byte == 0xd0 || byte == 0xd1 || byte == 0xd2 || byte == 0xd3) && i + 1 < name_len) {
            uint32_t letter = (uint32_t)(byte & 31) << 6 | ((unsigned char)name[++i] & 63);
            letter = plain(lower(letter));
            if (letter != 0) {
                key[len++] = (unsigned char)(letter >> 8);
                key[len++] = (unsigned char)letter;
            }
        } else if (byte >= 'A' && byte <= 'Z') {
            key[len++] = (unsigned char)(byte | 32);
        } else if (byte != ' ' && byte != '-' && byte != '\'') {
            key[len++] = byte;
        }
    }
    return len;
}

int64_t cq_name_match_key(const char *last, size_t last_len, const char *first, size_t first_len)
{
    unsigned char key[KEY_MAX + 8];
    size_t len = add_name(key, 0, last, last_len);
    key[len++] = 0;
    len = add_name(key, len, first, first_len);
    return cq_hash_row(key, len);
}

bool cq_name_has_kazakh(const char *name, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++) {
        unsigned char byte = (unsigned char)name[i];
        if (byte < 0xd0 || byte > 0xd3)
            continue;
        uint32_t letter = lower((uint32_t)(byte & 31) << 6 | ((unsigned char)name[++i] & 63));
        if (letter == 0x0456 || (letter > 0x0490 && plain(letter) != letter))
            return true;
    }
    return false;
}
