/* Compares what paragraphs.csv says of what implements a paragraph with the tables and lists. */
#include "lawcheck/implementation.h"

#include <stddef.h>
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

/* Rows with a basis and, where dated, the days on which they hold; offsets in a row. */
struct rows {
    const void *first;
    size_t count, size, basis, since, until;
    bool dated;
};
#define DATED(list, number, type)                                                                  \
    &(struct rows)                                                                                 \
    {                                                                                              \
        list, number, sizeof(struct type), offsetof(struct type, basis),                           \
            offsetof(struct type, since), offsetof(struct type, until), true                       \
    }

static int32_t day_at(const char *row, size_t offset)
{
    int32_t day;

    memcpy(&day, row + offset, sizeof day);
    return day;
}

/* Whether a row cites a paragraph on a day on which it reads so. */
static bool is_in(const struct rows *rows, const struct cq_paragraph *p)
{
    for (size_t i = 0; i < rows->count; i++) {
        const char *row = (const char *)rows->first + i * rows->size;
        const char *basis;

        memcpy(&basis, row + rows->basis, sizeof basis);
        if (cq_text_has(cq_text_of(basis), ';', p->id) &&
            (!rows->dated ||
             (day_at(row, rows->since) < p->until && p->since < day_at(row, rows->until))))
            return true;
    }
    return false;
}

/* A reading holds on all days. */
static bool is_in_readings(const struct cq_law *law, const struct cq_paragraph *p)
{
    return is_in(&(struct rows){.first = law->gap_readings,
                                .count = law->gap_reading_count,
                                .size = sizeof *law->gap_readings,
                                .basis = offsetof(struct cq_gap_reading, basis)},
                 p);
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
    if (cq_text_is(what, "letter"))
        return cq_text_is(name, "general");
    if (cq_text_is(what, "refusal"))
        return cq_law_word(law, "refusal", name.ptr, name.len) != NULL;
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
        [BY_DOCUMENTS] = is_in(DATED(law->documents, law->documents_count, cq_documents), p),
        [BY_BINDINGS] = is_in(DATED(law->bindings, law->binding_count, cq_binding), p),
        [BY_PARAMETERS] = is_in(DATED(law->parameters, law->parameter_count, cq_parameter), p),
        [BY_BEARERS] = is_in(DATED(law->bearers, law->bearer_count, cq_bearer), p),
        [BY_HOLIDAYS] = is_in(DATED(law->holidays, law->holiday_count, cq_holiday), p),
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
