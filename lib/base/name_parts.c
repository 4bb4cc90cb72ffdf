/* Names in parts. */
#include "base/name_parts.h"

#include <string.h>

#include "cq/utf8.h"

/* Bytes of the separator that a text begins with; 0 for none. */
static size_t separator(struct cq_text text)
{
    static const char *const wide[] = {"‐", "‑", "–", "—"};
    if (strchr("-,.;_", text.ptr[0]) && text.ptr[0] != '\0')
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text.len >= 3 && memcmp(text.ptr, wide[i], 3) == 0)
            return 3;
    return cq_utf8_blank(text.ptr, text.len);
}

static void skip(struct cq_text *text, size_t len)
{
    text->ptr += len;
    text->len -= len;
}

bool cq_name_next_part(struct cq_text *rest, struct cq_text *part)
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

static enum cq_code read_part(struct cq_text text, struct cq_name_part *part)
{
    struct cq_str folded = {0};
    enum cq_code code = cq_name_sound(text.ptr, text.len, part->sound, part->whole);
    if (!code)
        code = cq_utf8_fold(&folded, text.ptr, text.len);
    if (!code) {
        size_t len = folded.len < CQ_NAME_WRITTEN ? folded.len : CQ_NAME_WRITTEN - 1;
        if (len > 0)
            memcpy(part->written, folded.ptr, len);
        part->written[len] = '\0';
        part->letters = cq_utf8_count(part->written, len);
    }
    cq_str_free(&folded);
    return code;
}

enum cq_code cq_name_parts(struct cq_text name, struct cq_name_part *parts, size_t room,
                           size_t *count)
{
    struct cq_text part;
    enum cq_code code = CQ_OK;
    *count = 0;
    while (!code && *count < room && name.ptr && cq_name_next_part(&name, &part)) {
        code = read_part(part, &parts[*count]);
        if (!code && parts[*count].whole[0] != '\0' && !is_child_of(parts[*count].whole))
            ++*count;
    }
    return code;
}
