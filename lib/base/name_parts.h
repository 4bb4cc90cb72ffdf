/* Names in parts: two last names with a hyphen, two first names, what somebody asks for. */
#ifndef CQ_BASE_NAME_PARTS_H
#define CQ_BASE_NAME_PARTS_H

#include "base/name_sound.h"
#include "cq/str.h"

enum { CQ_NAME_PARTS = 8, CQ_NAME_WRITTEN = 96 };

struct cq_name_part {
    char sound[CQ_SOUND_MAX], whole[CQ_SOUND_MAX]; /* without and with the ending */
    char written[CQ_NAME_WRITTEN]; /* its letters, case folded; longer ones are cut */
    size_t letters;
};

/* Reads the parts of a name, between blanks, hyphens, commas and points. A word that says "child of" (ұлы, қызы, оглы) is none, nor is what has
 * no sound. *count becomes how many there are; those that do not fit in room are left out.
 * Shape: valid UTF-8; a text without a pointer has none. Errors: CQ_B_NOMEM. */
enum cq_code cq_name_parts(struct cq_text name, struct cq_name_part *parts, size_t room,
                           size_t *count);

#endif
