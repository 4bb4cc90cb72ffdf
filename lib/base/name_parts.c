/* Names in parts. */
#include "base/name_parts.h"

#include <string.h>

#include "cq/utf8.h"

/* Bytes of the separator that a text begins with; 0 for none. */
static size_t separator(struct cq_text text)
{
    static const char *const wide[] = {"‐", "‑", "–", "—"};
    unsigned char first = (unsigned char)text.ptr[0];
    if (first >= 'a' || (first >= 0xC3 && first < 0xE0)) /* most are letters */
        return 0;
    if (first == '-' || first == ',' || first == '.' || first == ';' || first == '_')
        return 1;
    for (size_t i = 0; first == 0xE2 && i < sizeof wide / sizeof *wide; i++)
        if (text.len >= 3 && memcmp(text.ptr, wide[i], 3) == 0)
            return 3;
    return cq_utf8_blank(text.ptr, text.len);
}

static void skip(struct cq_text *text, size_t len)
{
    text->ptr += len;
    text->len -= len;
}

/* Splits the next part off a text. Returns false at the end. */
static bool next_part(struct cq_text *rest, struct cq_text *part)
{
    size_t size;
    while (rest->len > 0 && (size = separator(*rest)) > 0)
        skip(rest, size);
    *part = (struct cq_text){rest->ptr, 0};
    while (rest->len > 0 && separator(*rest) == 0)
        skip(rest, 1);
    part->len = (size_t)(rest->ptr - part->ptr);
    return part->len > 0;
}

static bool is_child_of(const char *whole)
{
    return strcmp(whole, "ul") == 0 || strcmp(whole, "kz") == 0 || strcmp(whole, "ogl") == 0;
}

static void read_part(struct cq_text text, struct cq_name_part *part)
{
    size_t len = text.len < CQ_NAME_WRITTEN ? text.len : CQ_NAME_WRITTEN - 1;
    memcpy(part->written, text.ptr, len);
    part->written[len] = '\0';
    part->letters = cq_utf8_count(part->written, len);
    cq_name_sound_folded(part->written, part->sound, part->whole);
}

enum cq_code cq_name_parts(struct cq_text name, struct cq_name_part *parts, size_t room,
                           size_t *count)
{
    struct cq_str folded = {0};
    struct cq_text part;
    enum cq_code code = name.ptr ? cq_utf8_fold(&folded, name.ptr, name.len) : CQ_OK;
    struct cq_text rest = {folded.ptr, code ? 0 : folded.len};
    *count = 0;
    while (rest.len > 0 && *count < room && next_part(&rest, &part)) {
        read_part(part, &parts[*count]);
        if (parts[*count].whole[0] != '\0' && !is_child_of(parts[*count].whole))
            ++*count;
    }
    cq_str_free(&folded);
    return code;
}
