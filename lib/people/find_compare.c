/* The comparison of an entry with a question. Each part that is asked for takes one part of the names,
 * so that what differs costs least; spellings cost nothing, but order those who fit alike. */
#include "people/find_compare.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "people/twin_compare.h"

enum { COST_BEGINNING = 2, COST_SWAPPED = 3, COST_LETTER = 4, COST_DIGIT = 4, COST_OTHER = 7 };
enum { PIECES = 8 };

/* How one part fits one piece. */
struct fit {
    int cost, spelling;
    unsigned reason;
};

/* The parts of an entry's names, and of which name each is. */
struct pieces {
    struct cq_name_part list[PIECES];
    bool of_several[PIECES];
    unsigned names[3]; /* bits of the parts of a name that has several */
    size_t count;
};

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static struct fit compare_parts(const struct cq_name_part *part, const struct cq_name_part *piece,
                                bool of_several)
{
    bool written = strcmp(part->written, piece->written) == 0;
    bool ends = strcmp(part->sound, part->whole) != 0;
    bool piece_ends = strcmp(piece->sound, piece->whole) != 0;
    bool alike = part->sound[0] != '\0' && strcmp(part->sound, piece->sound) == 0;
    unsigned several = of_several ? CQ_FIND_ONE_OF_TWO : 0;
    if (written)
        return (struct fit){0, of_several, several};
    if (alike && ends == piece_ends)
        return (struct fit){0, 1 + of_several, several | CQ_TWIN_SPELLING};
    if (part->letters >= CQ_FIND_LETTERS &&
        (begins(piece->whole, part->whole) || begins(piece->written, part->written)))
        return (struct fit){COST_BEGINNING, !begins(piece->written, part->written),
                            several | CQ_FIND_BEGINNING};
    if (alike)
        return (struct fit){COST_BEGINNING, 1 + of_several, several | CQ_TWIN_SPELLING};
    if (cq_twin_names_alike(part->sound, piece->sound) == CQ_NAMES_CLOSE ||
        cq_twin_names_alike(part->whole, piece->whole) == CQ_NAMES_CLOSE)
        return (struct fit){COST_LETTER, 0, CQ_TWIN_ONE_LETTER};
    return (struct fit){COST_OTHER, 0, CQ_FIND_OTHER_NAME};
}

/* Adds the parts of one name, and all of it where it has several. */
static enum cq_code add_name(struct pieces *pieces, int which, struct cq_text name)
{
    size_t count = 0, first = pieces->count;
    enum cq_code code = cq_name_parts(name, pieces->list + first, PIECES - first, &count);
    for (size_t i = 0; i < count; i++)
        pieces->of_several[first + i] = count > 1;
    pieces->count += count;
    if (code || count < 2 || pieces->count == PIECES)
        return code;
    pieces->names[which] = ((1u << count) - 1) << first;
    struct cq_name_part *all = &pieces->list[pieces->count];
    *all = pieces->list[first];
    for (size_t i = 1; i < count; i++)
        strncat(all->written, pieces->list[first + i].written,
                CQ_NAME_WRITTEN - strlen(all->written) - 1);
    code = cq_name_sound(name.ptr, name.len, all->sound, all->whole);
    pieces->of_several[pieces->count++] = false;
    return code;
}

/* What all parts from one on cost, when some pieces are taken. */
struct choice {
    int cost, spellings, letters, others;
    unsigned reasons, taken;
};

struct chooser {
    struct fit fits[CQ_NAME_PARTS][PIECES];
    size_t parts, pieces;
};

static struct choice join(struct fit fit, struct choice rest)
{
    return (struct choice){fit.cost + rest.cost,
                           fit.spelling + rest.spellings,
                           (fit.reason == CQ_TWIN_ONE_LETTER) + rest.letters,
                           (fit.reason == CQ_FIND_OTHER_NAME) + rest.others,
                           fit.reason | rest.reasons,
                           rest.taken};
}

static bool is_less(const struct choice *a, const struct choice *b)
{
    return a->cost != b->cost ? a->cost < b->cost : a->spellings < b->spellings;
}

static struct choice choose(const struct chooser *c, size_t part, unsigned taken)
{
    static const struct fit none = {COST_OTHER, 0, CQ_FIND_OTHER_NAME};
    if (part == c->parts)
        return (struct choice){.taken = taken};
    struct choice best = join(none, choose(c, part + 1, taken));
    for (size_t i = 0; i < c->pieces; i++) {
        if ((taken >> i & 1) != 0 || c->fits[part][i].reason == CQ_FIND_OTHER_NAME)
            continue;
        struct choice choice = join(c->fits[part][i], choose(c, part + 1, taken | 1u << i));
        if (is_less(&choice, &best))
            best = choice;
    }
    return best;
}

bool cq_find_birth_fits(const struct cq_find_question *question, int32_t birth, unsigned *reasons)
{
    int year, asked, month, mday, mistake;
    *reasons = 0;
    switch (question->born) {
    case CQ_BORN_UNKNOWN: return true;
    case CQ_BORN_DAY:
        mistake = cq_twin_birth_mistake(question->day, birth);
        *reasons = mistake > 0 ? (unsigned)mistake : 0;
        return mistake >= 0;
    case CQ_BORN_YEAR: break;
    }
    cq_date_split(question->day, &asked, &month, &mday);
    cq_date_split(birth, &year, &month, &mday);
    *reasons = CQ_FIND_YEAR | (year == asked ? 0u : CQ_TWIN_BIRTH_DIGIT);
    return abs(year - asked) <= 1;
}

/* Whether so much of the question fits that the rest may be a mistake. */
static bool suffices(const struct cq_find_question *q, const struct choice *c, unsigned birth)
{
    int matched = (int)q->part_count - c->others;
    bool day = q->born == CQ_BORN_DAY;
    int mistakes = c->letters + c->others +
                   ((birth & (CQ_TWIN_BIRTH_SWAPPED | CQ_TWIN_BIRTH_DIGIT)) != 0);
    if (q->part_count == 0)
        return true;
    if (c->others > 1 || matched == 0)
        return false;
    if (c->others == 1) /* a last name from before a marriage */
        return day && birth == 0 ? c->letters == 0 || (c->letters == 1 && matched > 1)
                                 : c->letters == 0 && matched > 1;
    return mistakes <= (day || matched > 2 ? 2 : 1);
}

enum cq_code cq_find_compare(const struct cq_find_question *question, sqlite3_stmt *stmt,
                             int column, int32_t birth, bool *fits, struct cq_found *found)
{
    struct pieces pieces = {.count = 0};
    struct chooser c = {.parts = question->part_count};
    unsigned reasons;
    enum cq_code code = CQ_OK;
    *fits = cq_find_birth_fits(question, birth, &reasons);
    for (int i = 0; i < 3 && *fits && !code && question->part_count > 0; i++)
        code = add_name(&pieces, i,
                        (struct cq_text){(const char *)sqlite3_column_text(stmt, column + i),
                                         (size_t)sqlite3_column_bytes(stmt, column + i)});
    if (code || !*fits)
        return code;
    c.pieces = pieces.count;
    for (size_t p = 0; p < c.parts; p++)
        for (size_t i = 0; i < c.pieces; i++)
            c.fits[p][i] =
                compare_parts(&question->parts[p], &pieces.list[i], pieces.of_several[i]);
    struct choice choice = choose(&c, 0, 0);
    for (int i = 0; i < 3; i++) /* who asks for all of a name does not ask for one of two */
        if (pieces.names[i] != 0 && (choice.taken & pieces.names[i]) == pieces.names[i])
            choice.reasons &= ~(unsigned)CQ_FIND_ONE_OF_TWO;
    *fits = suffices(question, &choice, reasons);
    found->cost = choice.cost + (reasons & CQ_TWIN_BIRTH_SWAPPED ? COST_SWAPPED : 0) +
                  (reasons & CQ_TWIN_BIRTH_DIGIT ? COST_DIGIT : 0);
    found->spellings = choice.spellings;
    found->reasons = reasons | choice.reasons;
    if (found->reasons == 0)
        found->reasons = CQ_TWIN_SAME;
    return CQ_OK;
}
