/* Parts of a page for people. */
#include "cq-eligible_page.h"

#include <string.h>

#include "cli.h"
#include "cq/date.h"

const char *cq_page_day(char text[11], int32_t day)
{
    text[cq_date_write(text, day)] = '\0';
    return text;
}

const char *cq_page_fact(const struct cq_page *page, enum cq_fact fact)
{
    return cq_law_fact_label(page->law, fact, page->language);
}

const char *cq_page_value(const struct cq_page *page, enum cq_fact fact, int value)
{
    return value == CQ_UNKNOWN ? _("unknown")
                               : cq_law_value_label(page->law, fact, value, page->language);
}

void cq_page_add_words(struct cq_page *page, const char *kind, const char *cell)
{
    while (*cell) {
        size_t len = strcspn(cell, ";+/");
        const struct cq_word *word = cq_law_word(page->law, kind, cell, len);
        const struct cq_word *join = cq_law_word(page->law, "join", cell + len, cell[len] != '\0');
        if (word)
            cq_str_puts(&page->text, word->label[page->language]);
        else
            cq_str_printf(&page->text, "%.*s", (int)len, cell);
        cell += len;
        if (join)
            cq_str_printf(&page->text, " %s ", join->label[page->language]);
        else if (*cell)
            cq_str_puts(&page->text, ", ");
        cell += *cell != '\0';
    }
}

void cq_page_add_cell(struct cq_page *page, const char *indent, const char *label, const char *kind,
                      const char *cell)
{
    if (*cell == '\0')
        return;
    cq_str_printf(&page->text, "%s%s: ", indent, label);
    cq_page_add_words(page, kind, cell);
    cq_str_puts(&page->text, "\n");
}

void cq_page_add_values(struct cq_page *page, enum cq_fact fact, uint64_t bits)
{
    const char *between = "";
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (bits & cq_fact_bit(fact, value)) {
            cq_str_printf(&page->text, "%s%s", between, cq_page_value(page, fact, value));
            between = " / ";
        }
}

void cq_page_add_possible(struct cq_page *page, enum cq_fact fact, uint64_t word)
{
    uint64_t field = cq_fact_field(fact);
    if ((word & field) == field)
        cq_str_puts(&page->text, _("unknown"));
    else
        cq_page_add_values(page, fact, word & field);
}

void cq_page_add_basis(struct cq_page *page, const char *basis, int32_t day, const char *indent)
{
    while (*basis) {
        size_t len = strcspn(basis, ";");
        const struct cq_paragraph *paragraph = cq_law_paragraph(page->law, basis, len, day);
        cq_str_printf(&page->text, "%s%.*s  %s\n", indent, (int)len, basis,
                      paragraph ? paragraph->summary[page->language] : "");
        basis += len + (basis[len] == ';');
    }
}
