/* Mutations of one cell of the law: values of facts added, removed or replaced, other days, groups,
 * words, citations and gaps. Texts for people (titles, summaries, names, notes, open questions) do
 * not affect decisions; they are only emptied. */
#ifndef CQ_TEST_MUTATE_H
#define CQ_TEST_MUTATE_H

#include <stdio.h>

#include "text/csvtable.h"
#include "cq/date.h"
#include "cq/list.h"
#include "lawedit.h"

struct mutation {
    enum cq_law_table table;
    size_t row; /* in the file, the header is 0 */
    const char *column;
    const char *from, *to; /* the cell */
};

/* Receives a mutation with its tables. */
typedef void mutate_take(const struct mutation *mutation, const struct cq_law_files *files,
                         void *context);

struct mutate {
    struct cq_csvtable tables[CQ_LAW_TABLES];
    const struct cq_law *law;
    mutate_take *take;
    void *context;
};

static inline void mutate_join(struct cq_str *out, const char *cell, bool first)
{
    bool quoted = strpbrk(cell, ",\"");

    assert_null(strchr(cell, '"'));
    cq_str_printf(out, "%s%s%s%s", first ? "" : ",", quoted ? "\"" : "", cell, quoted ? "\"" : "");
}

/* Replaces a cell by a text. The same text is not a mutation. */
static inline void mutate_cell(const struct mutate *m, enum cq_law_table table, size_t row,
                               size_t column, const char *to)
{
    const struct cq_csvtable *t = &m->tables[table];
    struct mutation mutation = {table, row, t->rows[0].cells[column].ptr,
                                t->rows[row].cells[column].ptr, to};
    struct cq_law_files files;
    struct cq_str line = {0};
    size_t offset = 0, len = 0;

    if (strcmp(mutation.from, to) == 0)
        return;
    for (size_t i = 0; i < t->columns; i++)
        mutate_join(&line, i == column ? to : t->rows[row].cells[i].ptr, i == 0);
    cq_str_puts(&line, "\n");
    cq_law_files_embedded(&files);
    assert_true(law_line(&files, table, row, &offset, &len));
    law_splice(&files, table, offset, len, line.ptr);
    m->take(&mutation, &files, m->context);
    cq_law_files_fini(&files);
    cq_str_free(&line);
}

static inline void mutate_set(struct cq_str *out, uint64_t bits, enum cq_fact fact)
{
    cq_str_clear(out);
    if (bits == cq_fact_field(fact)) {
        cq_str_puts(out, "*");
        return;
    }
    for (int value = 0; value < cq_fact_count(fact); value++)
        if ((bits & cq_fact_bit(fact, value)) != 0)
            cq_str_printf(out, "%s%s", out->len == 0 ? "" : "|", cq_fact_value_name(fact, value));
}

/* One value more or less, one value alone, all values. */
static inline void mutate_fact(const struct mutate *m, enum cq_law_table table, size_t row,
                               size_t column, enum cq_fact fact, bool single)
{
    struct cq_text rest = m->tables[table].rows[row].cells[column], part;
    struct cq_str to = {0};
    uint64_t bits = 0;

    if (strcmp(rest.ptr, "*") == 0)
        bits = cq_fact_field(fact);
    else
        while (rest.len > 0 && cq_text_next(&rest, '|', &part))
            bits |= cq_fact_bit(fact, cq_fact_value_find(fact, part.ptr, part.len));
    for (int value = 0; value < cq_fact_count(fact); value++) {
        uint64_t bit = cq_fact_bit(fact, value);

        if (!single && (bits ^ bit) != 0) {
            mutate_set(&to, bits ^ bit, fact);
            mutate_cell(m, table, row, column, to.ptr);
        }
        if ((bits & (bits - 1)) == 0 && (bits | bit) != bits) {
            mutate_set(&to, bit, fact);
            mutate_cell(m, table, row, column, to.ptr);
        }
    }
    if (!single)
        mutate_cell(m, table, row, column, "*");
    cq_str_free(&to);
}

/* Open, the first day of each edition, and the days around the one in the cell. */
static inline void mutate_day(const struct mutate *m, enum cq_law_table table, size_t row,
                              size_t column)
{
    const char *from = m->tables[table].rows[row].cells[column].ptr;
    int32_t day = CQ_DAY_MIN;
    bool named = false;

    for (size_t i = 0; i < m->law->edition_count; i++)
        if (strcmp(m->law->editions[i].id, from) == 0) {
            day = m->law->editions[i].since;
            named = true;
        }
    if (!named && *from != '\0')
        assert_int_equal(cq_date_parse_iso(from, strlen(from), &day), CQ_OK);
    mutate_cell(m, table, row, column, "");
    for (size_t i = 0; i < m->law->edition_count; i++)
        if (m->law->editions[i].since != day)
            mutate_cell(m, table, row, column, m->law->editions[i].id);
    if (day == CQ_DAY_MIN)
        return;
    for (int32_t near = day - 1; near <= day + 1; near += 2) {
        char text[16];

        text[cq_date_write(text, near)] = '\0';
        mutate_cell(m, table, row, column, text);
    }
}

/* Words of the first column of another table (of one kind of words.csv) in its place, alone and
 * joined to what is there (or taken out of it). Of long tables each cell gets every step-th. */
static inline void mutate_words(const struct mutate *m, enum cq_law_table table, size_t row,
                                size_t column, enum cq_law_table other, const char *kind,
                                const char *separator, size_t step)
{
    const struct cq_csvtable *words = &m->tables[other];
    const char *from = m->tables[table].rows[row].cells[column].ptr;
    const size_t at = !kind ? 0 : 1;

    for (size_t i = 1; i < words->count; i++) {
        const char *word = words->rows[i].cells[at].ptr;
        struct cq_text rest = {from, strlen(from)}, part;
        struct cq_str list = {0};
        bool out = false, in = false;

        if ((i + row) % step != 0 || (kind && strcmp(words->rows[i].cells[0].ptr, kind) != 0) ||
            (i > 1 && strcmp(word, words->rows[i - 1].cells[at].ptr) == 0))
            continue;
        mutate_cell(m, table, row, column, word);
        if (!separator || *from == '\0' || strcmp(from, "*") == 0)
            continue;
        /* Lists are in the order of their table, so that they stay valid. */
        cq_str_puts(&list, "");
        while (cq_text_next(&rest, *separator, &part)) {
            if (cq_text_is(part, word)) {
                out = true;
                continue;
            }
            if (!in && strncmp(word, part.ptr, part.len) < 0) {
                cq_str_printf(&list, "%s%s", list.len == 0 ? "" : separator, word);
                in = true;
            }
            cq_str_printf(&list, "%s%.*s", list.len == 0 ? "" : separator, (int)part.len, part.ptr);
        }
        if (out && !in)
            mutate_cell(m, table, row, column, list.ptr);
        if (!out && !in)
            cq_str_printf(&list, "%s%s", separator, word);
        if (!out)
            mutate_cell(m, table, row, column, list.ptr);
        cq_str_free(&list);
    }
}

static inline void mutate_among(const struct mutate *m, enum cq_law_table table, size_t row,
                                size_t column, const char *const *texts)
{
    for (; *texts; texts++)
        mutate_cell(m, table, row, column, *texts);
}

static inline bool mutate_is(const char *column, const char *names)
{
    size_t len = strlen(column);

    for (const char *at = names; (at = strstr(at, column)); at += len)
        if ((at == names || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
            return true;
    return false;
}

static inline void mutate_number(const struct mutate *m, enum cq_law_table table, size_t row,
                                 size_t column)
{
    char text[24];

    snprintf(text, sizeof text, "%ld",
             strtol(m->tables[table].rows[row].cells[column].ptr, NULL, 10) + 1);
    mutate_cell(m, table, row, column, text);
}

static inline void mutate_by_column(const struct mutate *m, enum cq_law_table table, size_t row,
                                    size_t column)
{
    static const char *const outcomes[] = {
        "eligible",      "conditional",  "ineligible", "not_contingent",
        "not_regulated", "undetermined", NULL};
    static const char *const certainties[] = {"", "text", "read", "inferred", "superseded", NULL};
    static const char *const facts[] = {"", "place", "home", "special_rank", "*", NULL};
    static const char *const cited[] = {"", "-", "R78:1", "R78:4.1", NULL};
    static const char *const papers[] = {"", "id_card", "id_card+service_id", NULL};
    const char *name = m->tables[table].rows[0].cells[column].ptr;
    bool single = table == CQ_LAW_TABLE_ROLES || table == CQ_LAW_TABLE_SERVICES ||
                  table == CQ_LAW_TABLE_AGENCIES || table == CQ_LAW_TABLE_REGIONS;
    int fact = cq_fact_find(name, strlen(name));

    if (fact >= 0)
        mutate_fact(m, table, row, column, (enum cq_fact)fact,
                    single || (table == CQ_LAW_TABLE_PRESUMPTIONS && fact == CQ_FACT_INSURED));
    else if (mutate_is(name, "since until split edition"))
        mutate_day(m, table, row, column);
    else if (mutate_is(name, "who where cover")) {
        mutate_cell(m, table, row, column, "*");
        mutate_words(m, table, row, column, CQ_LAW_TABLE_GROUPS, NULL, "|", 1);
    } else if (mutate_is(name, "payer referral reasons")) {
        char kind[16];

        snprintf(kind, sizeof kind, "%.*s", *name == 'r' && name[2] == 'a' ? 6 : 8, name);
        mutate_cell(m, table, row, column, "");
        mutate_words(m, table, row, column, CQ_LAW_TABLE_WORDS, kind, *name == 'p' ? NULL : ";", 1);
    } else if (mutate_is(name, "provider")) {
        mutate_cell(m, table, row, column, "");
        mutate_words(m, table, row, column, CQ_LAW_TABLE_PROVIDERS, NULL, NULL, 1);
    } else if (mutate_is(name, "basis")) {
        mutate_cell(m, table, row, column, "");
        mutate_words(m, table, row, column, CQ_LAW_TABLE_PARAGRAPHS, NULL, ";", 13);
        mutate_words(m, table, row, column, CQ_LAW_TABLE_CLAUSES, NULL, ";", 3);
    } else if (mutate_is(name, "gaps")) {
        mutate_cell(m, table, row, column, "");
        mutate_words(m, table, row, column, CQ_LAW_TABLE_GAPS, NULL, ";", 3);
    } else if (mutate_is(name, "act")) {
        mutate_words(m, table, row, column, CQ_LAW_TABLE_ACTS, NULL, NULL, 1);
    } else if (mutate_is(name, "group")) {
        mutate_cell(m, table, row, column, "x");
        mutate_words(m, table, row, column, CQ_LAW_TABLE_GROUPS, NULL, NULL, 1);
    } else if (mutate_is(name, "clause")) {
        mutate_words(m, table, row, column, CQ_LAW_TABLE_CLAUSES, NULL, NULL, 1);
    } else if (mutate_is(name, "outcome"))
        mutate_among(m, table, row, column, outcomes);
    else if (mutate_is(name, "certainty"))
        mutate_among(m, table, row, column, certainties);
    else if (mutate_is(name, "fact rests_on possible"))
        mutate_among(m, table, row, column, facts);
    else if (mutate_is(name, "cited_as"))
        mutate_among(m, table, row, column, cited);
    else if (mutate_is(name, "confirmed"))
        mutate_among(m, table, row, column, (const char *const[]){"", "yes", NULL});
    else if (mutate_is(name, "adds"))
        mutate_among(m, table, row, column,
                     (const char *const[]){"A-01", "A-04", "inferred", "read", NULL});
    else if (mutate_is(name, "documents"))
        mutate_among(m, table, row, column, papers);
    else if (mutate_is(name, "specialist"))
        mutate_among(m, table, row, column, (const char *const[]){"yes", "no", NULL});
    else if (mutate_is(name, "value number"))
        mutate_number(m, table, row, column);
    else if (mutate_is(name, "id rule owner citation"))
        mutate_cell(m, table, row, column, "x");
    else if (!mutate_is(name, "note source hash implemented_by reason"))
        mutate_cell(m, table, row, column, "");
}

/* Makes every mutation of a table. */
static inline void mutate_table(const struct mutate *m, enum cq_law_table table)
{
    for (size_t row = 1; row < m->tables[table].count; row++)
        for (size_t column = 0; column < m->tables[table].columns; column++)
            mutate_by_column(m, table, row, column);
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
