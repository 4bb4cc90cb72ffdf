/* Makes names of columns different from each other. */
#include "text/json_keys.h"

#include <stdlib.h>
#include <string.h>

/* A name and its place. */
struct named {
    struct cq_text name;
    size_t place;
};

static int compare_texts(struct cq_text a, struct cq_text b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least > 0 ? memcmp(a.ptr, b.ptr, least) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = compare_texts(x->name, y->name);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static int compare_names(const void *key, const void *element)
{
    const struct named *named = element;
    return compare_texts(*(const struct cq_text *)key, named->name);
}

/* Appends NAME_2, or the next number that makes no other name. */
static void add_numbered(struct cq_str *bytes, struct cq_text name, size_t *number,
                         const struct named *all, size_t count)
{
    size_t start = bytes->len;
    struct cq_text key;
    do {
        bytes->len = start;
        cq_str_put(bytes, name.ptr, name.len);
        cq_str_printf(bytes, "_%zu", ++*number);
        key = (struct cq_text){bytes->ptr + start, bytes->len - start};
    } while (!bytes->failed && bsearch(&key, all, count, sizeof *all, compare_names));
}

enum cq_code cq_json_keys(const struct cq_text *names, size_t count, struct cq_str *bytes,
                          struct cq_text *keys)
{
    struct named *all = malloc((count + 1) * sizeof *all);
    if (!all)
        return CQ_B_NOMEM;
    for (size_t i = 0; i < count; i++)
        all[i] = (struct named){names[i], i};
    if (count > 1)
        qsort(all, count, sizeof *all, compare);
    size_t number = 1;
    for (size_t i = 0; i < count; i++) {
        size_t start = bytes->len;
        if (i > 0 && compare_texts(all[i - 1].name, all[i].name) == 0) {
            add_numbered(bytes, all[i].name, &number, all, count);
        } else {
            number = 1;
            cq_str_put(bytes, all[i].name.ptr, all[i].name.len);
        }
        keys[all[i].place].len = bytes->len - start;
    }
    /* The bytes no longer move. */
    size_t at = 0;
    for (size_t i = 0; i < count && !bytes->failed; i++) {
        keys[all[i].place].ptr = bytes->ptr ? bytes->ptr + at : "";
        at += keys[all[i].place].len;
    }
    free(all);
    return bytes->failed;
}
