/* Initials. */
#include "people/find_initial.h"

#include <string.h>

static const char *const doubles[] = {"zh", "sh", "ch", "kh", "gh", "ph", "ts", "dj",
                                      "yu", "ya", "ye", "yo", "iu", "ia", "дж"};

/* What else a Latin letter begins, in sounds of base/name_sound.h. */
static const struct {
    char letter, sounds[4];
} others[] = {{'c', "CSk"}, {'d', "j"}, {'j', "i"}, {'k', "h"}, {'p', "f"},
              {'s', "S"},   {'x', "h"}, {'y', "e"}, {'z', "j"}};

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

bool cq_find_is_initial(const struct cq_name_part *part)
{
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (strcmp(part->written, doubles[i]) == 0)
            return true;
    return part->letters == 1;
}

/* Я and Ю: their glide is not in the sound, but tells them from А and У. */
static bool glides(const char *written)
{
    static const char *const letters[] = {"я", "ю", "ya", "yu", "ia", "iu"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (begins(written, letters[i]))
            return true;
    return false;
}

/* The other sounds of an initial; "" for one that is no Latin letter. */
static const char *other_sounds(const struct cq_name_part *initial)
{
    for (size_t i = 0; initial->letters == 1 && i < sizeof others / sizeof *others; i++)
        if (others[i].letter == initial->written[0])
            return others[i].sounds;
    return "";
}

/* Latin letters that Я and Ю may begin with. */
static bool may_glide(const struct cq_name_part *initial)
{
    return initial->letters == 1 && strchr("ijy", initial->written[0]);
}

void cq_find_initial_sounds(const struct cq_name_part *initial, char sounds[CQ_INITIAL_SOUNDS])
{
    sounds[0] = initial->whole[0];
    sounds[1] = '\0';
    strcat(sounds, other_sounds(initial));
    strcat(sounds, may_glide(initial) ? "ua" : "");
}

bool cq_find_initial_fits(const struct cq_name_part *initial, const struct cq_name_part *name)
{
    if (begins(name->written, initial->written))
        return true;
    if (strchr(other_sounds(initial), name->whole[0]) && name->whole[0] != '\0')
        return true;
    if (may_glide(initial) && glides(name->written))
        return true;
    return begins(name->whole, initial->whole) && glides(initial->written) == glides(name->written);
}
