/* Initials: the first letter of a name. */
#ifndef CQ_PEOPLE_FIND_INITIAL_H
#define CQ_PEOPLE_FIND_INITIAL_H

#include "base/name_parts.h"

/* Whether a part may be an initial: one letter, or two that are written for one ("Zh", "Yu"). */
bool cq_find_is_initial(const struct cq_name_part *part);

/* Whether a name begins with the sound of an initial. A Latin letter may stand for all sounds that
 * two letters with it at the beginning are written for: Z for З and Ж. */
bool cq_find_initial_fits(const struct cq_name_part *initial, const struct cq_name_part *name);

/* Writes all sounds that a name with this initial may begin with, as letters of base/name_sound.h. */
enum { CQ_INITIAL_SOUNDS = 8 };
void cq_find_initial_sounds(const struct cq_name_part *initial, char sounds[CQ_INITIAL_SOUNDS]);

#endif
