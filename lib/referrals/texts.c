/* Copies of texts, in blocks that never move. */
#include "referrals/texts.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 18 };

struct block {
    struct block *before;
    size_t used, size;
    char bytes[];
};

struct cq_texts {
    struct block *last;
};

struct cq_texts *cq_texts_new(void)
{
    return calloc(1, sizeof(struct cq_texts));
}

void cq_texts_free(struct cq_texts *texts)
{
    if (!texts)
        return;
    while (texts->last) {
        struct block *before = texts->last->before;
        free(texts->last);
        texts->last = before;
    }
    free(texts);
}

char *cq_texts_alloc(struct cq_texts *texts, size_t len)
{
    struct block *block = texts->last;
    if (!block || block->size - block->used < len) {
        size_t size = len > BLOCK ? len : BLOCK;
        block = malloc(sizeof *block + size);
        if (!block)
            return NULL;
        *block = (struct block){.before = texts->last, .size = size};
        texts->last = block;
    }
    block->used += len;
    return block->bytes + block->used - len;
}

const char *cq_texts_copy(struct cq_texts *texts, const struct cq_text *text)
{
    char *copy = cq_texts_alloc(texts, text->len + 1);
    if (!copy)
        return NULL;
    if (text->len)
        memcpy(copy, text->ptr, text->len);
    copy[text->len] = '\0';
    return copy;
}

void cq_texts_clear(struct cq_texts *texts)
{
    if (texts->last)
        texts->last->used = 0;
}
