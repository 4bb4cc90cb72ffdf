/* Fact cells as people write them: the codes, and the words for them of the law tables. */
#include "engine/fact_cells.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/list.h"
#include "cq/terms.h"
#include "cq/utf8.h"

/* The value that a text is: its code, a word for it, or 1 and 0 for yes and no; -1 for none. */
static int find_value(const struct cq_law *law, enum cq_fact fact, struct cq_text text)
{
    const char *const *codes = cq_fact_values(fact);
    int value = cq_fact_value_find(fact, text.ptr, text.len);
    if (value < 0)
        value = cq_term_find(law, cq_fact_name(fact), codes, text);
    if (value >= 0 || strcmp(codes[CQ_YES], "yes") != 0)
        return value;
    if (cq_text_is(text, "1") || cq_text_is(text, "0"))
        return text.ptr[0] == '1' ? CQ_YES : CQ_NO;
    return cq_term_find(law, "answer", codes, text);
}

uint64_t cq_fact_cell_read(const struct cq_law *law, enum cq_fact fact, struct cq_text cell)
{
    struct cq_text part;
    uint64_t bits = 0;
    if (cell.len == 0)
        return cq_fact_field(fact);
    while (cq_text_next(&cell, '|', &part)) {
        int value = find_value(law, fact, cq_text_trim(part));
        if (value < 0)
            return 0;
        bits |= cq_fact_bit(fact, value);
    }
    return bits;
}

void cq_fact_cell_write(uint64_t word, enum cq_fact fact, struct cq_str *out)
{
    size_t start = out->len;
    if ((word & cq_fact_field(fact)) == cq_fact_field(fact))
        return;
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (word & cq_fact_bit(fact, value))
            cq_str_printf(out, "%s%s", out->len > start ? "|" : "",
                          cq_fact_value_name(fact, value));
}

void cq_label_aliases(const struct cq_word *before, const struct cq_word *word, struct cq_str *out)
{
    for (int language = 0; word && language < CQ_LANGUAGES; language++) {
        struct cq_str text = {0};
        if (before)
            cq_str_printf(&text, "%s ", before->label[language]);
        cq_str_puts(&text, word->label[language]);
        if (out->len > 0)
            cq_str_put(out, "|", 1);
        if (text.failed || cq_utf8_fold(out, text.ptr, text.len))
            out->failed = CQ_B_NOMEM;
        cq_str_free(&text);
    }
}
