/* What is asked, as it is typed. */
#include "people/find_question.h"

#include <string.h>

#include "cq/date.h"
#include "cq/num.h"
#include "cq/utf8.h"

/* How many names a text has; two with a hyphen are one. */
static size_t count_words(const char *text)
{
    size_t count = 0;
    bool inside = false;
    for (size_t at = 0, len = strlen(text); at < len;) {
        size_t blank = cq_utf8_blank(text + at, len - at);
        count += blank == 0 && !inside;
        inside = blank == 0;
        at += blank ? blank : 1;
    }
    return count;
}

enum cq_code cq_find_read_names(struct cq_find_question *question, const char *text)
{
    struct cq_text name = {text, strlen(text)};
    if (cq_utf8_valid(text, name.len) != name.len || strpbrk(text, "0123456789"))
        return CQ_U_NAME;
    enum cq_code code = cq_name_parts(name, question->parts, CQ_NAME_PARTS, &question->part_count);
    if (code)
        return code;
    bool letters = question->part_count > 0 && count_words(text) <= CQ_FIND_NAMES + 1 &&
                   question->part_count <= CQ_FIND_PARTS;
    for (size_t i = 0; i < question->part_count; i++)
        letters = letters && question->parts[i].letters > 1;
    return letters ? CQ_OK : CQ_U_NAME;
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
