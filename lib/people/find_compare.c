/* The comparison of an entry with a question. Each part that is asked for takes one part of the names,
 * so that what differs costs least; spellings cost nothing, but order those who fit alike. */
#include "people/find_compare.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "people/find_initial.h"
#include "people/twin_compare.h"

enum {
    COST_BEGINNING = 2,
    COST_INITIAL = 2,
    COST_PLACE = 2,
    COST_SWAPPED = 3,
    COST_LETTER = 4,
    COST_DIGIT = 4,
    COST_OTHER = 7
};
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
    int of[PIECES];       /* 0 last, 1 first, 2 middle name */
    unsigned of_names[3]; /* bits of the pieces of each */
    unsigned names[3];    /* bits of the parts of a name that has several */
    size_t count;
};

static bool begins(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* Whether one letter of a name as it is written is left out or added: so much of the sound of a short
 * name may go with it that nothing is like it. */
static bool lacks_letter(const struct cq_name_part *shorter, const struct cq_name_part *longer)
{
    const char *a = shorter->written, *b = longer->written;
    size_t front = 0, m = strlen(a), n = strlen(b);
    if (shorter->letters + 1 != longer->letters || shorter->letters < CQ_FIND_LETTERS)
        return false;
    while (front < m && a[front] == b[front])
        front++;
    while (m > front && n > front && a[m - 1] == b[n - 1]) {
        m--;
        n--;
    }
    return m == front;
}

static struct fit compare_parts(const struct cq_name_part *part, const struct cq_name_part *piece,
                                bool of_several, bool initial)
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
    if ((initial && cq_find_initial_fits(part, piece)) ||
        (piece->letters == 1 && cq_find_initial_fits(piece, part)))
        return (struct fit){COST_INITIAL, !begins(piece->written, part->written), CQ_FIND_INITIAL};
    if (part->letters >= CQ_FIND_LETTERS &&
        (begins(piece->whole, part->whole) || begins(piece->written, part->written)))
        return (struct fit){COST_BEGINNING, !begins(piece->written, part->written),
                            several | CQ_FIND_BEGINNING};
    if (alike)
        return (struct fit){COST_BEGINNING, 1 + of_several, several | CQ_TWIN_SPELLING};
    if (lacks_letter(part, piece) || lacks_letter(piece, part) ||
        cq_twin_names_alike(part->sound, piece->sound) == CQ_NAMES_CLOSE ||
        cq_twin_names_alike(part->whole, piece->whole) == CQ_NAMES_CLOSE)
        return (struct fit){COST_LETTER, 0, CQ_TWIN_ONE_LETTER};
    return (struct fit){COST_OTHER, 0, CQ_FIND_OTHER_NAME};
}

/* Adds the parts of one name, and all of it where it has several. */
static enum cq_code add_name(struct pieces *pieces, int which, struct cq_text name)
{
    size_t count = 0, first = pieces->count;
    enum cq_code code = cq_name_parts(name, pieces->list + first, PIECES - first, &count);
    for (size_t i = 0; i < count; i++) {
        pieces->of_several[first + i] = count > 1;
        pieces->of[first + i] = which;
        pieces->of_names[which] |= 1u << (first + i);
    }
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
    pieces->of[pieces->count] = which;
    pieces->of_names[which] |= 1u << pieces->count;
    pieces->of_several[pieces->count++] = false;
    return code;
}

/* What all parts from one on cost, when some pieces are taken. */
struct choice {
    int cost, spellings, letters, others, wholes, initials;
    unsigned reasons, taken;
};

struct chooser {
    struct fit fits[CQ_NAME_PARTS][PIECES];
    struct fit joined[PIECES];
    size_t parts, pieces, pair;
    unsigned halves;
};

static struct choice join(struct fit fit, struct choice rest)
{
    bool initial = (fit.reason & CQ_FIND_INITIAL) != 0, other = fit.reason == CQ_FIND_OTHER_NAME;
    rest.cost += fit.cost;
    rest.spellings += fit.spelling;
    rest.letters += fit.reason == CQ_TWIN_ONE_LETTER;
    rest.others += other;
    rest.initials += initial;
    rest.wholes += !initial && !other;
    rest.reasons |= fit.reason;
    return rest;
}

static bool is_less(const struct choice *a, const struct choice *b)
{
    return a->cost != b->cost ? a->cost < b->cost : a->spellings < b->spellings;
}

static void take_less(struct choice *best, struct choice choice)
{
    if (is_less(&choice, best))
        *best = choice;
}

/* Halves that a hyphen joins are one name, so that both are one other name. */
static struct choice choose(const struct chooser *c, size_t part, unsigned taken, bool other)
{
    static const struct fit none = {COST_OTHER, 0, CQ_FIND_OTHER_NAME};
    if (part == c->parts)
        return (struct choice){.taken = taken};
    bool counted = other && (c->halves >> part & 1) != 0;
    struct choice rest = choose(c, part + 1, taken, true);
    struct choice best = counted ? rest : join(none, rest);
    for (size_t i = 0; i < c->pieces; i++) {
        if ((taken >> i & 1) != 0)
            continue;
        if (c->fits[part][i].reason != CQ_FIND_OTHER_NAME)
            take_less(&best, join(c->fits[part][i], choose(c, part + 1, taken | 1u << i, false)));
        if (c->pair == part + 1 && c->joined[i].reason != CQ_FIND_OTHER_NAME)
            take_less(&best, join(c->joined[i], choose(c, part + 2, taken | 1u << i, false)));
    }
    return best;
}

/* Of two initials the first is of the first name and the second of the middle name; so is one
 * beside one name of the first. It may be otherwise, but fits less well. */
static int name_of_initial(const struct cq_find_question *q, size_t part)
{
    unsigned before = q->initials & ((1u << part) - 1), one = q->initials & (q->initials - 1);
    if (one == 0 && q->part_count != 2)
        return -1;
    return before == 0 ? 1 : 2;
}

static void compare_all(const struct cq_find_question *q, const struct pieces *pieces,
                        struct chooser *c)
{
    c->parts = q->part_count;
    c->pieces = pieces->count;
    c->halves = q->halves;
    c->pair = q->pair;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct cq_name_part *piece = &pieces->list[i];
        bool several = pieces->of_several[i];
        for (size_t p = 0; p < q->part_count; p++) {
            bool initial = (q->initials >> p & 1) != 0;
            struct fit *fit = &c->fits[p][i];
            *fit = compare_parts(&q->parts[p], piece, several, initial);
            int name = initial && fit->reason == CQ_FIND_INITIAL ? name_of_initial(q, p) : -1;
            if (name >= 0 && name != pieces->of[i])
                fit->cost += COST_PLACE;
        }
        if (q->pair > 0)
            c->joined[i] = compare_parts(&q->joined, piece, several, false);
    }
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

/* Whether the one name that is none of the entry's may be the person's all the same: a last name from
 * before a marriage, or one that the list does not state. */
static bool may_be_another(const struct pieces *pieces, const struct choice *c)
{
    bool last = (c->taken & pieces->of_names[0]) != 0,
         first = (c->taken & pieces->of_names[1]) != 0;
    return !last || (first && pieces->of_names[2] == 0);
}

/* Whether so much of the question fits that the rest may be a mistake. */
static bool suffices(const struct cq_find_question *q, const struct pieces *pieces,
                     const struct choice *c, unsigned birth)
{
    bool day = q->born == CQ_BORN_DAY;
    bool mistaken = (birth & (CQ_TWIN_BIRTH_SWAPPED | CQ_TWIN_BIRTH_DIGIT)) != 0;
    if (q->part_count == 0)
        return true;
    if (c->others > 1 || c->wholes == 0)
        return false;
    if (c->others == 1) {
        bool exact = !mistaken && c->letters <= (day && c->wholes > 1);
        return exact && may_be_another(pieces, c) && (day || c->wholes + c->initials > 1);
    }
    bool part = mistaken && c->letters > 0 && (c->reasons & CQ_FIND_BEGINNING) != 0;
    return c->letters + mistaken + part <= ((day && !mistaken) || c->wholes > 2 ? 2 : 1);
}

enum cq_code cq_find_compare(const struct cq_find_question *question, sqlite3_stmt *stmt,
                             int column, int32_t birth, bool *fits, struct cq_found *found)
{
    struct pieces pieces = {.count = 0};
    struct chooser c;
    unsigned reasons;
    enum cq_code code = CQ_OK;
    *fits = cq_find_birth_fits(question, birth, &reasons);
    for (int i = 0; i < 3 && *fits && !code && question->part_count > 0; i++)
        code = add_name(&pieces, i,
                        (struct cq_text){(const char *)sqlite3_column_text(stmt, column + i),
                                         (size_t)sqlite3_column_bytes(stmt, column + i)});
    if (code || !*fits)
        return code;
    compare_all(question, &pieces, &c);
    struct choice choice = choose(&c, 0, 0, false);
    for (int i = 0; i < 3; i++) /* who asks for all of a name does not ask for one of two */
        if (pieces.names[i] != 0 && (choice.taken & pieces.names[i]) == pieces.names[i])
            choice.reasons &= ~(unsigned)CQ_FIND_ONE_OF_TWO;
    *fits = suffices(question, &pieces, &choice, reasons);
    found->cost = choice.cost + (reasons & CQ_TWIN_BIRTH_SWAPPED ? COST_SWAPPED : 0) +
                  (reasons & CQ_TWIN_BIRTH_DIGIT ? COST_DIGIT : 0);
    found->spellings = choice.spellings;
    found->reasons = reasons | choice.reasons;
    if (found->reasons == 0)
        found->reasons = CQ_TWIN_SAME;
    return CQ_OK;
}
