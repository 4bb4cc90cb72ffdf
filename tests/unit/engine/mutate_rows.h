/* The law tables with one cell replaced, or one row deleted or doubled, in memory. Shape: a row is a
 * line. */
#ifndef CQ_TEST_MUTATE_ROWS_H
#define CQ_TEST_MUTATE_ROWS_H

#include <stdio.h>

#include "text/csvtable.h"
#include "cq/date.h"
#include "cq/list.h"
#include "lawedit.h"

struct mutation {
    enum cq_law_table table;
    size_t row;            /* in the file, the header is 0 */
    const char *column;    /* "" where the row is deleted or doubled */
    const char *from, *to; /* the cell; what is done to the row */
};

/* Receives a mutation with its tables. */
typedef void mutate_take(const struct mutation *mutation, const struct cq_law_files *files,
                         void *context);

struct mutate {
    struct cq_csvtable tables[CQ_LAW_TABLES];
    const struct cq_law *law;
    mutate_take *take;
    void *context;
    bool dense; /* all words in place of each, not a part of them */
};

static inline void mutate_join(struct cq_str *out, const char *cell, bool first)
{
    bool quoted = strpbrk(cell, ",\"");

    assert_null(strchr(cell, '"'));
    cq_str_printf(out, "%s%s%s%s", first ? "" : ",", quoted ? "\"" : "", cell, quoted ? "\"" : "");
}

/* Puts a text in the place of a row, and passes the tables. */
static inline void mutate_line(const struct mutate *m, const struct mutation *mutation,
                               const char *text)
{
    struct cq_law_files files;
    size_t offset = 0, len = 0;

    cq_law_files_embedded(&files);
    assert_true(law_line(&files, mutation->table, mutation->row, &offset, &len));
    law_splice(&files, mutation->table, offset, len, text);
    m->take(mutation, &files, m->context);
    cq_law_files_fini(&files);
}

/* Replaces a cell by a text. The same text is not a mutation. */
static inline void mutate_cell(const struct mutate *m, enum cq_law_table table, size_t row,
                               size_t column, const char *to)
{
    const struct cq_csvtable *t = &m->tables[table];
    struct mutation mutation = {table, row, t->rows[0].cells[column].ptr,
                                t->rows[row].cells[column].ptr, to};
    struct cq_str line = {0};

    if (strcmp(mutation.from, to) == 0)
        return;
    for (size_t i = 0; i < t->columns; i++)
        mutate_join(&line, i == column ? to : t->rows[row].cells[i].ptr, i == 0);
    cq_str_puts(&line, "\n");
    mutate_line(m, &mutation, line.ptr);
    cq_str_free(&line);
}

/* Deletes and doubles each row of a table. */
static inline void mutate_rows(const struct mutate *m, enum cq_law_table table)
{
    const struct cq_csvtable *t = &m->tables[table];

    for (size_t row = 1; row < t->count; row++) {
        struct cq_str lines = {0};

        mutate_line(m, &(struct mutation){table, row, "", "the row", "no row"}, "");
        for (size_t i = 0; i < 2 * t->columns; i++) {
            mutate_join(&lines, t->rows[row].cells[i % t->columns].ptr, i % t->columns == 0);
            cq_str_puts(&lines, i % t->columns == t->columns - 1 ? "\n" : "");
        }
        mutate_line(m, &(struct mutation){table, row, "", "the row", "the row twice"}, lines.ptr);
        cq_str_free(&lines);
    }
}

static inline void mutate_open(struct mutate *m)
{
    struct cq_law_files files;

    cq_law_files_embedded(&files);
    for (int table = 0; table < CQ_LAW_TABLES; table++)
        assert_int_equal(cq_csvtable_read(&m->tables[table], files.bytes[table].ptr,
                                          files.bytes[table].len, NULL),
                         CQ_OK);
}

static inline void mutate_close(struct mutate *m)
{
    for (int table = 0; table < CQ_LAW_TABLES; table++)
        cq_csvtable_fini(&m->tables[table]);
}

#endif
