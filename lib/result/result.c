/* A result in memory: sections, cells and the texts that belong to it. */
#include "result/result_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"

/* A linked list of allocations, freed with the result. */
struct block {
    struct block *next;
    max_align_t bytes[];
};

void *cq_result_alloc(struct cq_report_result *result, size_t size)
{
    struct block *block = calloc(1, sizeof *block + size);
    if (!block) {
        result->failed = CQ_B_NOMEM;
        return NULL;
    }
    block->next = result->memory;
    result->memory = block;
    return block->bytes;
}

const char *cq_result_copy(struct cq_report_result *result, const char *text, size_t len)
{
    char *copy = cq_result_alloc(result, len + 1);
    if (!copy)
        return "";
    memcpy(copy, text, len);
    return copy;
}

const char *cq_result_string(struct cq_report_result *result, struct cq_str *text)
{
    const char *copy = text->failed || !text->ptr ? ""
                                                  : cq_result_copy(result, text->ptr, text->len);
    if (text->failed)
        result->failed = text->failed;
    cq_str_free(text);
    return copy;
}

const char *cq_result_sentence(struct cq_report_result *result, const char *text,
                               const char *const *details, size_t count)
{
    struct cq_str out = {0};
    cq_report_format(&out, text, details, count);
    return cq_result_string(result, &out);
}

void cq_result_fini(struct cq_report_result *result)
{
    for (size_t i = 0; i < result->section_count; i++)
        free(result->sections[i].cells);
    for (struct block *block = result->memory; block;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    *result = (struct cq_report_result){0};
}

struct cq_report_section *cq_result_section(struct cq_report_result *result, const char *id,
                                            const struct cq_report_column *columns, size_t count)
{
    /* The number of sections depends on the code of a report, not on data. */
    assert(result->section_count < CQ_REPORT_SECTIONS);
    struct cq_report_section *section = &result->sections[result->section_count++];
    *section = (struct cq_report_section){.id = id, .columns = columns, .column_count = count};
    return section;
}

void cq_result_figure(struct cq_report_result *result, const char *label, int64_t number)
{
    if (result->figure_count < CQ_REPORT_FIGURES)
        result->figures[result->figure_count++] =
            (struct cq_report_figure){.label = label, .number = number};
}

void cq_result_sum(struct cq_report_result *result, const char *label, int64_t number,
                   const char *counts, const char *column, const char *values)
{
    size_t at = result->figure_count;
    cq_result_figure(result, label, number);
    if (result->figure_count == at)
        return;
    result->figures[at].counts = counts;
    result->figures[at].column = column;
    result->figures[at].values = values;
}

static void add_cell(struct cq_report_result *result, struct cq_report_section *section,
                     struct cq_report_cell cell)
{
    struct cq_report_cell *cells =
        cq_grow(section->cells, section->cell_count + 1, &section->cell_room, sizeof *cells);
    if (!cells) {
        result->failed = CQ_B_NOMEM;
        return;
    }
    section->cells = cells;
    section->cells[section->cell_count++] = cell;
}

bool cq_result_is_private(const struct cq_report_result *result,
                          const struct cq_report_request *request)
{
    bool people = result->report->registry == CQ_REGISTRY_LOG;
    for (size_t i = 0; i < result->section_count && !people; i++)
        people = result->sections[i].people && !request->mask;
    return people;
}

bool cq_result_has_room(const struct cq_report_request *request, struct cq_report_section *section)
{
    if (request->shown == 0 || cq_section_rows(section) < request->shown)
        return true;
    section->left_out++;
    return false;
}

void cq_result_code(struct cq_report_result *result, struct cq_report_section *section,
                    const char *code, const char *label)
{
    add_cell(result, section,
             (struct cq_report_cell){.present = true, .text = code, .label = label});
}

void cq_result_text(struct cq_report_result *result, struct cq_report_section *section,
                    const char *text)
{
    add_cell(result, section, (struct cq_report_cell){.present = true, .text = text});
}

void cq_result_number(struct cq_report_result *result, struct cq_report_section *section,
                      int64_t number)
{
    add_cell(result, section, (struct cq_report_cell){.present = true, .number = number});
}

void cq_result_empty(struct cq_report_result *result, struct cq_report_section *section)
{
    add_cell(result, section, (struct cq_report_cell){0});
}

void cq_result_dash(struct cq_report_result *result, struct cq_report_section *section)
{
    add_cell(result, section, (struct cq_report_cell){.label = "–"});
}

void cq_result_day(struct cq_report_result *result, struct cq_report_section *section, int32_t day)
{
    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX)
        cq_result_empty(result, section);
    else
        cq_result_number(result, section, day);
}
