/* Compares what paragraphs.csv says of what implements a paragraph with the tables and lists. */
#include "lawcheck/implementation.h"

#include <string.h>

#include "cq/list.h"
#include "cq/lists.h"

/* What the tables themselves can cite a paragraph in. */
enum {
    BY_RULES,
    BY_READINGS,
    BY_DOCUMENTS,
    BY_BINDINGS,
    BY_PARAMETERS,
    BY_BEARERS,
    BY_HOLIDAYS,
    BY_TABLES
};
static const char *const tables[BY_TABLES] = {"rules",      "readings", "documents", "bindings",
                                              "parameters", "bearers",  "holidays"};

static bool has(const char *basis, const struct cq_paragraph *p)
{
    return cq_text_has(cq_text_of(basis), ';', p->id);
}

static bool overlap(const struct cq_paragraph *p, int32_t since, int32_t until)
{
    return since < p->until && p->since < until;
}

/* A reading holds on all days. */
static bool is_in_readings(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->gap_reading_count; i++)
        if (has(law->gap_readings[i].basis, p))
            return true;
    return false;
}

static bool is_in_documents(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->documents_count; i++)
        if (has(law->documents[i].basis, p) &&
            overlap(p, law->documents[i].since, law->documents[i].until))
            return true;
    return false;
}

static bool is_in_bindings(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->binding_count; i++)
        if (has(law->bindings[i].basis, p) &&
            overlap(p, law->bindings[i].since, law->bindings[i].until))
            return true;
    return false;
}

static bool is_in_parameters(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->parameter_count; i++)
        if (has(law->parameters[i].basis, p) &&
            overlap(p, law->parameters[i].since, law->parameters[i].until))
            return true;
    return false;
}

static bool is_in_bearers(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->bearer_count; i++)
        if (has(law->bearers[i].basis, p) &&
            overlap(p, law->bearers[i].since, law->bearers[i].until))
            return true;
    return false;
}

static bool is_in_holidays(const struct cq_law *law, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < law->holiday_count; i++)
        if (has(law->holidays[i].basis, p) &&
            overlap(p, law->holidays[i].since, law->holidays[i].until))
            return true;
    return false;
}

/* Whether some kind of list has a column that files may have. */
static bool is_column(const struct cq_law *law, struct cq_text name)
{
    for (int kind = 0; kind < CQ_KINDS; kind++) {
        struct cq_list list;

        cq_list_init(&list, (enum cq_kind)kind, law);
        for (size_t i = 0; i < list.in_file; i++)
            if (cq_text_is(name, list.columns[i].name))
                return true;
    }
    return false;
}

/* Whether a part of implemented_by can be understood, and what it names is there. */
static bool is_known(const struct cq_law *law, struct cq_text part)
{
    struct cq_text name = part, what;

    for (int i = 0; i < BY_TABLES; i++)
        if (cq_text_is(part, tables[i]))
            return true;
    cq_text_next(&name, ':', &what);
    if (!name.ptr || name.len == 0)
        return cq_text_is(part, "none");
    if (cq_text_is(what, "list"))
        return is_column(law, name);
    return cq_text_is(what, "action") || cq_text_is(what, "report");
}

static void check_word(struct cq_lawcheck *check, size_t row, const char *column, const char *kind,
                       const char *code)
{
    if (!cq_law_word(check->reader.law, kind, code, strlen(code)))
        cq_lawcheck_row(check, CQ_FINDING_CELL, CQ_LAW_TABLE_PARAGRAPHS, row, column, code);
}

static void check_row(struct cq_lawcheck *check, const struct cq_lawcheck_citations *citations,
                      size_t row)
{
    const struct cq_law *law = check->reader.law;
    const struct cq_paragraph *p = &law->paragraphs[row];
    const bool implemented[BY_TABLES] = {
        [BY_RULES] = cq_lawcheck_is_cited(law, citations, p),
        [BY_READINGS] = is_in_readings(law, p),
        [BY_DOCUMENTS] = is_in_documents(law, p),
        [BY_BINDINGS] = is_in_bindings(law, p),
        [BY_PARAMETERS] = is_in_parameters(law, p),
        [BY_BEARERS] = is_in_bearers(law, p),
        [BY_HOLIDAYS] = is_in_holidays(law, p),
    };
    struct cq_text said = cq_text_of(p->implemented_by), rest = said, part;

    check_word(check, row, "source", "source_read", p->source);
    if (*p->reason != '\0')
        check_word(check, row, "reason", "unimplemented", p->reason);
    while (cq_text_next(&rest, ';', &part))
        if (!is_known(law, part))
            cq_lawcheck_row(check, CQ_FINDING_CELL, CQ_LAW_TABLE_PARAGRAPHS, row, "implemented_by",
                            cq_law_cells_intern(&check->reader, part.ptr, part.len));
    for (int i = 0; i < BY_TABLES; i++)
        if (implemented[i] != cq_text_has(said, ';', tables[i]))
            cq_lawcheck_row(check, CQ_FINDING_IMPLEMENTATION, CQ_LAW_TABLE_PARAGRAPHS, row,
                            "implemented_by", tables[i]);
}

void cq_lawcheck_implementation(struct cq_lawcheck *check,
                                const struct cq_lawcheck_citations *citations)
{
    for (size_t i = 0; i < check->reader.law->paragraph_count; i++)
        check_row(check, citations, i);
}
