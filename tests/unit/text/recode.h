/* UTF-8 text in another encoding, by iconv itself. */
#ifndef CQ_TESTS_RECODE_H
#define CQ_TESTS_RECODE_H

#include <iconv.h>
#include <string.h>

#include "cq/str.h"

static inline struct cq_str recode(const char *text, const char *encoding)
{
    struct cq_str out = {0};
    size_t left = strlen(text), room = left * 4 + 8;
    iconv_t to = iconv_open(encoding, "UTF-8");
    assert_true(to != (iconv_t)-1);
    assert_int_equal(cq_str_reserve(&out, room), CQ_OK);
    char *from = (char *)(uintptr_t)text, *at = out.ptr;
    assert_true(iconv(to, &from, &left, &at, &room) != (size_t)-1);
    out.len = (size_t)(at - out.ptr);
    iconv_close(to);
    return out;
}

#endif
