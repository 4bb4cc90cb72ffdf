/* Cells of law tables: days, facts, lists, citations, and the memory they are kept in. Which
 * table has which columns is told by the file that reads it; law_tables.c lists them. */
#include "engine/law_cells.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/utf8.h"

#define BLOCK (64 * 1024)
#define SLOTS 1024 /* of the interning table; a power of two */

struct cq_arena {
    struct cq_arena *next;
    size_t used, size;
    max_align_t bytes[];
};

struct cq_interned {
    struct cq_interned *next;
    size_t len;
    char text[];
};

void *cq_law_cells_alloc(struct cq_law_cells *r, size_t count, size_t size)
{
    struct cq_arena *block = r->arena;
    size_t need;
    void *memory;

    if (__builtin_mul_overflow(count, size, &need) || need > SIZE_MAX / 2) {
        cq_err_record(&r->err, CQ_B_NOMEM, NULL);
        return NULL;
    }
    need = (need + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (!block || block->size - block->used < need) {
        size_t room = need > BLOCK ? need : BLOCK;

        block = calloc(1, sizeof *block + room);
        if (!block) {
            cq_err_record(&r->err, CQ_B_NOMEM, NULL);
            return NULL;
        }
        block->size = room;
        block->next = r->arena;
        r->arena = block;
    }
    memory = (char *)block->bytes + block->used;
    block->used += need;
    return memory;
}

void cq_law_cells_free(struct cq_arena *arena)
{
    while (arena) {
        struct cq_arena *next = arena->next;
        free(arena);
        arena = next;
    }
}

const char *cq_law_cells_intern(struct cq_law_cells *r, const char *text, size_t len)
{
    struct cq_interned *entry;
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    if (!r->interned)
        r->interned = cq_law_cells_alloc(r, SLOTS, sizeof *r->interned);
    if (!r->interned)
        return "";
    for (entry = r->interned[hash % SLOTS]; entry; entry = entry->next)
        if (entry->len == len && memcmp(entry->text, text, len) == 0)
            return entry->text;
    entry = cq_law_cells_alloc(r, 1, sizeof *entry + len + 1);
    if (!entry)
        return "";
    entry->len = len;
    memcpy(entry->text, text, len);
    entry->next = r->interned[hash % SLOTS];
    r->interned[hash % SLOTS] = entry;
    return entry->text;
}

/* Finds each column's place in the header row. */
static void read_header(struct cq_law_cells *r)
{
    const struct cq_text *names = r->table.rows[0].cells;

    r->row = &r->table.rows[0];
    for (int column = 0; r->columns[column]; column++) {
        assert(column < CQ_LAW_COLUMNS_MAX);
        r->place[column] = -1;
    }
    for (size_t i = 0; i < r->table.columns; i++) {
        int column = 0;

        while (r->columns[column] && !cq_text_is(names[i], r->columns[column]))
            column++;
        if (!r->columns[column] || r->place[column] != -1) {
            cq_err_record(&r->err, CQ_L_CELL, "%.64s", names[i].ptr);
            cq_err_at(&r->err, r->file, r->row->line, names[i].ptr);
            return;
        }
        r->place[column] = (int)i;
    }
    for (int column = 0; r->columns[column]; column++)
        if (r->place[column] == -1) {
            cq_law_cells_bad(r, column, "-");
            return;
        }
}

void cq_law_cells_file(const struct cq_law_cells *r, enum cq_law_table table,
                       char file[CQ_LAW_FILE])
{
    snprintf(file, CQ_LAW_FILE, "%s%s%s", !r->dir ? "" : r->dir, !r->dir ? "" : "/",
             cq_law_files_name(table));
}

/* Splits the bytes of a table into cells. A spreadsheet may have saved it in another encoding. */
static enum cq_code read_cells(struct cq_csvtable *table, struct cq_text bytes, struct cq_err *err)
{
    size_t valid = cq_utf8_valid(bytes.ptr, bytes.len);
    enum cq_code code;

    if (valid == bytes.len)
        return cq_csvtable_read(table, bytes.ptr, bytes.len, err);
    code = cq_err_set(err, CQ_F_ENCODING, NULL);
    err->line = 1;
    for (size_t i = 0; i < valid; i++)
        err->line += bytes.ptr[i] == '\n';
    return code;
}

size_t cq_law_cells_open(struct cq_law_cells *r, struct cq_text bytes, enum cq_law_table table,
                         const char *const *columns)
{
    struct cq_err err = {0};
    long *lines;

    cq_law_cells_file(r, table, r->file);
    r->table_id = table;
    r->columns = columns;
    if (read_cells(&r->table, bytes, &err) == CQ_B_NOMEM) {
        cq_err_record(&r->err, CQ_B_NOMEM, NULL);
    } else if (err.code) {
        cq_err_record(&r->err, CQ_L_CELL, "%s", cq_code_id(err.code));
        cq_err_at(&r->err, r->file, err.line, NULL);
    } else {
        read_header(r);
    }
    lines = !r->err.code ? cq_law_cells_alloc(r, r->table.count, sizeof *lines) : NULL;
    if (!lines)
        return 0;
    for (size_t i = 1; i < r->table.count; i++)
        lines[i - 1] = r->table.rows[i].line;
    r->lines[table] = lines;
    return r->table.count - 1;
}

bool cq_law_cells_row(struct cq_law_cells *r, size_t index)
{
    if (r->err.code || index >= r->table.count)
        return false;
    r->row = &r->table.rows[index];
    return true;
}

void cq_law_cells_close(struct cq_law_cells *r)
{
    cq_csvtable_fini(&r->table);
    r->row = NULL;
}

static void report(struct cq_law_cells *r, enum cq_finding_kind kind, int column,
                   const char *detail)
{
    if (r->err.code)
        return;
    if (r->report && r->row != &r->table.rows[0]) {
        r->report(r, kind, r->columns[column], detail);
        return;
    }
    cq_err_record(&r->err, CQ_L_CELL, "%s", detail);
    cq_err_at(&r->err, r->file, r->row->line, r->columns[column]);
}

void cq_law_cells_bad(struct cq_law_cells *r, int column, const char *format, ...)
{
    char detail[200];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    report(r, CQ_FINDING_CELL, column, detail);
}

void cq_law_cells_unknown(struct cq_law_cells *r, enum cq_finding_kind kind, int column,
                          struct cq_text part)
{
    char detail[101];

    snprintf(detail, sizeof detail, "%.*s", part.len > 100 ? 100 : (int)part.len, part.ptr);
    report(r, kind, column, detail);
}

void cq_law_cells_idle(struct cq_law_cells *r, int column)
{
    if (r->report && !r->err.code)
        r->report(r, CQ_FINDING_NO_EFFECT, r->columns[column], "");
}

static void bad_cell(struct cq_law_cells *r, int column, struct cq_text part)
{
    cq_law_cells_unknown(r, CQ_FINDING_CELL, column, part);
}

struct cq_text cq_law_cells_text(const struct cq_law_cells *r, int column)
{
    return r->row->cells[r->place[column]];
}

const char *cq_law_cells_string(struct cq_law_cells *r, int column)
{
    struct cq_text cell = cq_law_cells_text(r, column);

    return cell.len == 0 ? "" : cq_law_cells_intern(r, cell.ptr, cell.len);
}

const char *cq_law_cells_required(struct cq_law_cells *r, int column)
{
    const char *text = cq_law_cells_string(r, column);

    if (*text == '\0')
        cq_law_cells_bad(r, column, "-");
    return text;
}

/* Names are not compared, so they are copied without being interned. */
void cq_law_cells_names(struct cq_law_cells *r, int first, const char *names[CQ_LANGUAGES])
{
    for (int i = 0; i < CQ_LANGUAGES; i++) {
        struct cq_text cell = cq_law_cells_text(r, first + i);
        char *copy = cell.len == 0 ? NULL : cq_law_cells_alloc(r, 1, cell.len + 1);

        if (cell.len == 0)
            cq_law_cells_bad(r, first + i, "-");
        names[i] = copy ? memcpy(copy, cell.ptr, cell.len) : "";
    }
}

int64_t cq_law_cells_number(struct cq_law_cells *r, int column, int64_t min, int64_t max)
{
    struct cq_text cell = cq_law_cells_text(r, column);
    int64_t number = min;

    if (cq_num_parse(cell.ptr, cell.len, min, max, &number))
        bad_cell(r, column, cell);
    return number;
}

int32_t cq_law_cells_day(struct cq_law_cells *r, int column, int32_t open)
{
    struct cq_text cell = cq_law_cells_text(r, column);
    int32_t day = open;

    if (cell.len == 0)
        return open;
    for (size_t i = 0; i < r->law->edition_count; i++)
        if (cq_text_is(cell, r->law->editions[i].id))
            return r->law->editions[i].since;
    if (cq_date_parse_iso(cell.ptr, cell.len, &day))
        bad_cell(r, column, cell);
    return day;
}

uint64_t cq_law_cells_fact(struct cq_law_cells *r, int column, enum cq_fact fact)
{
    struct cq_text rest = cq_law_cells_text(r, column), part;
    uint64_t bits = 0;

    if (cq_text_is(rest, "*"))
        return cq_fact_field(fact);
    while (cq_text_next(&rest, '|', &part)) {
        int value = cq_fact_value_find(fact, part.ptr, part.len);

        if (value < 0 || (bits & cq_fact_bit(fact, value)) != 0) {
            bad_cell(r, column, part);
            return cq_fact_field(fact);
        }
        bits |= cq_fact_bit(fact, value);
    }
    return bits;
}

int cq_law_cells_value(struct cq_law_cells *r, int column, enum cq_fact fact)
{
    struct cq_text cell = cq_law_cells_text(r, column);
    int value = cq_fact_value_find(fact, cell.ptr, cell.len);

    if (value < 0)
        bad_cell(r, column, cell);
    return value < 0 ? 0 : value;
}

static int find_gap(const struct cq_law *law, struct cq_text id)
{
    for (size_t i = 0; i < law->gap_count; i++)
        if (cq_text_is(id, law->gaps[i].id))
            return (int)i;
    return -1;
}

uint64_t cq_law_cells_gaps(struct cq_law_cells *r, int column)
{
    struct cq_text rest = cq_law_cells_text(r, column), part;
    uint64_t gaps = 0;
    int last = -1;

    if (rest.len == 0)
        return 0;
    while (cq_text_next(&rest, ';', &part)) {
        int gap = find_gap(r->law, part);

        if (gap < 0) {
            cq_law_cells_unknown(r, CQ_FINDING_GAP, column, part);
            continue;
        }
        if (gap <= last) {
            bad_cell(r, column, part);
            return 0;
        }
        last = gap;
        gaps |= UINT64_C(1) << gap;
    }
    return gaps;
}

static bool skip_digits(struct cq_text *text)
{
    size_t n = strspn(text->ptr, "0123456789");

    n = n > text->len ? text->len : n;
    *text = (struct cq_text){text->ptr + n, text->len - n};
    return n > 0;
}

/* Whether a text is PARAGRAPH, then optionally .PART, then optionally (SUBPARAGRAPH). */
static bool is_place(struct cq_text text)
{
    if (!skip_digits(&text))
        return false;
    if (text.len > 0 && *text.ptr == '.') {
        text = (struct cq_text){text.ptr + 1, text.len - 1};
        if (!skip_digits(&text))
            return false;
    }
    if (text.len > 0 && *text.ptr == '(') {
        text = (struct cq_text){text.ptr + 1, text.len - 1};
        return skip_digits(&text) && text.len == 1 && *text.ptr == ')';
    }
    return text.len == 0;
}

const char *cq_law_cells_citation(struct cq_law_cells *r, int column)
{
    struct cq_text place = cq_law_cells_text(r, column), act;

    cq_text_next(&place, ':', &act);
    if (!cq_law_find_act(r->law, act) || (place.ptr && !is_place(place))) {
        bad_cell(r, column, cq_law_cells_text(r, column));
        return "";
    }
    return cq_law_cells_string(r, column);
}

static bool has_paragraph(const struct cq_law *law, struct cq_text id)
{
    for (size_t i = 0; i < law->paragraph_count; i++)
        if (cq_text_is(id, law->paragraphs[i].id))
            return true;
    return false;
}

static bool has_clause(const struct cq_law_cells *r, struct cq_text name)
{
    for (size_t i = 0; i < r->clause_count; i++)
        if (cq_text_is(name, r->clauses[i].clause))
            return true;
    return false;
}

const char *cq_law_cells_basis(struct cq_law_cells *r, int column)
{
    struct cq_text rest = cq_law_cells_text(r, column), part;

    if (rest.len == 0)
        return "";
    while (cq_text_next(&rest, ';', &part)) {
        struct cq_text place = part, act;

        cq_text_next(&place, ':', &act);
        if (r->table_id == CQ_LAW_TABLE_RULES && has_clause(r, part))
            continue;
        if (part.len > 0 && *part.ptr == '@')
            bad_cell(r, column, part);
        else if (!cq_law_find_act(r->law, act))
            cq_law_cells_unknown(r, CQ_FINDING_ACT, column, part);
        else if (!has_paragraph(r->law, part))
            cq_law_cells_unknown(r, CQ_FINDING_CITATION, column, part);
    }
    return cq_law_cells_string(r, column);
}

enum cq_certainty cq_law_cells_certainty(struct cq_law_cells *r, int column)
{
    struct cq_text cell = cq_law_cells_text(r, column);
    int certainty = 0;

    while (certainty < CQ_CERTAINTIES && !cq_text_is(cell, cq_certainty_names[certainty]))
        certainty++;
    if (certainty < CQ_CERTAINTIES)
        return (enum cq_certainty)certainty;
    bad_cell(r, column, cell);
    return CQ_CERTAINTY_NONE;
}

const struct cq_act *cq_law_find_act(const struct cq_law *law, struct cq_text id)
{
    for (size_t i = 0; i < law->act_count; i++)
        if (cq_text_is(id, law->acts[i].id))
            return &law->acts[i];
    return NULL;
}
