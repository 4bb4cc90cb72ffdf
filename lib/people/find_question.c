/* What is asked, as it is typed. */
#include "people/find_question.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/utf8.h"
#include "people/find_initial.h"

/* Names as they are read. */
struct reader {
    struct cq_find_question *question;
    size_t names;
    bool small; /* some word has a small letter */
};

/* Bytes of what stands between names: a blank or a sign; 0 for what belongs to one. */
static size_t between(const char *text, size_t len)
{
    return strchr(".,;", *text) ? 1 : cq_utf8_blank(text, len);
}

/* Splits the next name off a text; two with a hyphen are one. */
static struct cq_text next_name(struct cq_text *rest)
{
    size_t size, len = 0;
    while (rest->len > 0 && (size = between(rest->ptr, rest->len)) > 0)
        *rest = (struct cq_text){rest->ptr + size, rest->len - size};
    while (len < rest->len && between(rest->ptr + len, rest->len - len) == 0)
        len++;
    const struct cq_text name = {rest->ptr, len};
    *rest = (struct cq_text){rest->ptr + len, rest->len - len};
    return name;
}

/* Whether a name is in capital letters; `folded` is what folding made of it. */
static bool is_capital(struct cq_text name, const char *folded)
{
    for (size_t at = 0, size; at < name.len; at += size) {
        size = cq_utf8_size(name.ptr + at, name.len - at);
        if (strncmp(folded + at, name.ptr + at, size) == 0)
            return false;
    }
    return strlen(folded) == name.len;
}

static enum cq_code add_name(struct reader *r, struct cq_text name)
{
    struct cq_find_question *q = r->question;
    size_t count = 0, first = q->part_count;
    enum cq_code code = cq_name_parts(name, q->parts + first, CQ_NAME_PARTS - first, &count);
    for (size_t i = first + 1; i < first + count; i++)
        q->halves |= 1u << i;
    if (count > 0 && q->parts[first].letters > 2 && !is_capital(name, q->parts[first].written))
        r->small = true;
    q->part_count += count;
    r->names++;
    return code;
}

/* Two capitals together are two initials where other words have small letters, or where they can be
 * no name: "Akhmetov SB". They are kept as one short name too. */
static enum cq_code split_pair(struct reader *r, struct cq_text name, size_t at)
{
    struct cq_find_question *q = r->question;
    struct cq_name_part pair[2], *part = &q->parts[at];
    size_t first = cq_utf8_size(name.ptr, name.len), count = 0;
    bool vowel = strpbrk(part->whole, "aeiou") != NULL;
    if (q->pair > 0 || q->part_count == CQ_NAME_PARTS || part->letters != 2 ||
        cq_find_is_initial(part) || !is_capital(name, part->written) || (vowel && !r->small))
        return CQ_OK;
    enum cq_code code = cq_name_parts((struct cq_text){name.ptr, first}, pair, 1, &count);
    if (!code && count == 1)
        code = cq_name_parts((struct cq_text){name.ptr + first, name.len - first}, pair + 1, 1,
                             &count);
    if (code || count == 0)
        return code;
    q->joined = *part;
    q->pair = at + 1;
    memmove(part + 2, part + 1, (q->part_count - at - 1) * sizeof *part);
    memcpy(part, pair, sizeof pair);
    unsigned before = q->halves & ((1u << at) - 1);
    q->halves = before | (q->halves & ~before) << 1;
    q->part_count++;
    return CQ_OK;
}

static enum cq_code split_pairs(struct reader *r, const char *text)
{
    struct cq_text rest = cq_text_of(text), name;
    struct cq_name_part parts[CQ_NAME_PARTS];
    size_t at = 0, count;
    enum cq_code code = CQ_OK;
    while (!code && (name = next_name(&rest)).len > 0 && at < r->question->part_count) {
        size_t had = r->question->part_count;
        code = cq_name_parts(name, parts, CQ_NAME_PARTS, &count);
        if (!code && count == 1)
            code = split_pair(r, name, at);
        at += count + r->question->part_count - had;
    }
    return code;
}

/* Tells initials from names. Returns whether the names suffice for a question. */
static bool find_initials(struct cq_find_question *q)
{
    size_t initials = 0, wholes = 0;
    for (size_t i = 0; i < q->part_count; i++)
        wholes += !cq_find_is_initial(&q->parts[i]);
    for (size_t i = 0; i < q->part_count; i++) {
        bool initial = wholes > 0 && cq_find_is_initial(&q->parts[i]);
        if (!initial && q->parts[i].letters < 2)
            return false;
        q->initials |= (unsigned)initial << i;
        initials += initial;
    }
    return initials <= CQ_FIND_INITIALS;
}

enum cq_code cq_find_read_names(struct cq_find_question *question, const char *text)
{
    struct reader r = {question, 0, false};
    struct cq_text rest = cq_text_of(text), name;
    enum cq_code code = CQ_OK;
    question->part_count = question->pair = 0;
    question->initials = question->halves = 0;
    if (cq_utf8_valid(text, rest.len) != rest.len || strpbrk(text, "0123456789"))
        return CQ_U_NAME;
    while (!code && (name = next_name(&rest)).len > 0)
        code = add_name(&r, name);
    if (!code)
        code = split_pairs(&r, text);
    if (code)
        return code;
    return question->part_count > 0 && r.names <= CQ_FIND_NAMES + 1 &&
                   question->part_count <= CQ_FIND_PARTS && find_initials(question)
               ? CQ_OK
               : CQ_U_NAME;
}

enum cq_code cq_find_read_born(struct cq_find_question *question, const char *text)
{
    int64_t year;
    size_t len = strlen(text);
    if (len == 4 && !cq_num_parse(text, len, 1800, 2199, &year)) {
        question->born = CQ_BORN_YEAR;
        question->day = cq_date_make((int)year, 1, 1);
        return CQ_OK;
    }
    if (cq_date_parse(text, len, &question->day))
        return CQ_U_BORN;
    question->born = CQ_BORN_DAY;
    return CQ_OK;
}
