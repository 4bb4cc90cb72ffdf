/* Mutations of one cell of the law: values of facts added, removed or replaced, other days, groups,
 * words, citations, numbers and gaps. Texts for people (titles, summaries, labels, open questions)
 * are only emptied, and the notes of editions left as they are: nothing is decided by their words. */
#ifndef CQ_TEST_MUTATE_H
#define CQ_TEST_MUTATE_H

#include "mutate_rows.h"

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

/* One more, one less. */
static inline void mutate_number(const struct mutate *m, enum cq_law_table table, size_t row,
                                 size_t column)
{
    long number = strtol(m->tables[table].rows[row].cells[column].ptr, NULL, 10);
    char text[24];

    for (int by = -1; by <= 1; by += 2) {
        snprintf(text, sizeof text, "%ld", number + by);
        mutate_cell(m, table, row, column, text);
    }
}

/* No fact, each fact, all of them. */
static inline void mutate_fact_names(const struct mutate *m, enum cq_law_table table, size_t row,
                                     size_t column)
{
    mutate_cell(m, table, row, column, "");
    mutate_cell(m, table, row, column, "*");
    for (int fact = 0; fact < CQ_FACTS; fact++)
        mutate_cell(m, table, row, column, cq_fact_name((enum cq_fact)fact));
}

/* A cell of facts: a set of values or, in some tables, one value. */
static inline void mutate_facts(const struct mutate *m, enum cq_law_table table, size_t row,
                                size_t column, enum cq_fact fact)
{
    bool single = table == CQ_LAW_TABLE_ROLES || table == CQ_LAW_TABLE_SERVICES ||
                  table == CQ_LAW_TABLE_AGENCIES || table == CQ_LAW_TABLE_REGIONS ||
                  table == CQ_LAW_TABLE_GAP_READINGS ||
                  (table == CQ_LAW_TABLE_PRESUMPTIONS && fact == CQ_FACT_INSURED);

    mutate_fact(m, table, row, column, fact, single);
    if (single)
        mutate_cell(m, table, row, column, "");
}

/* Nothing, and the words of a table. */
static inline void mutate_word(const struct mutate *m, enum cq_law_table table, size_t row,
                               size_t column, enum cq_law_table words, const char *separator)
{
    mutate_cell(m, table, row, column, "");
    mutate_words(m, table, row, column, words, NULL, separator, 1);
}

/* Columns whose words are of one table. False where a column is none of them. */
static inline bool mutate_by_table(const struct mutate *m, enum cq_law_table table, size_t row,
                                   size_t column, const char *name)
{
    static const struct {
        const char *names, *separator;
        enum cq_law_table words;
    } columns[] = {
        {"who where cover", "|", CQ_LAW_TABLE_GROUPS}, {"group", NULL, CQ_LAW_TABLE_GROUPS},
        {"provider", NULL, CQ_LAW_TABLE_PROVIDERS},    {"gaps", ";", CQ_LAW_TABLE_GAPS},
        {"adds gap", NULL, CQ_LAW_TABLE_GAPS},         {"act", NULL, CQ_LAW_TABLE_ACTS},
        {"clause", NULL, CQ_LAW_TABLE_CLAUSES},        {"confirmed", ";", CQ_LAW_TABLE_EDITIONS},
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (mutate_is(name, columns[i].names)) {
            mutate_word(m, table, row, column, columns[i].words, columns[i].separator);
            return true;
        }
    return false;
}

/* Columns whose words are of one kind of words.csv. */
static inline bool mutate_by_kind(const struct mutate *m, enum cq_law_table table, size_t row,
                                  size_t column, const char *name)
{
    static const struct {
        const char *name, *kind, *separator;
    } columns[] = {
        {"payer", "payer", NULL},          {"referral", "referral", NULL},
        {"reasons", "reason", ";"},        {"source", "source_read", NULL},
        {"reason", "unimplemented", NULL}, {"owner", "owner", "|"},
    };

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(name, columns[i].name) == 0) {
            mutate_cell(m, table, row, column, "");
            mutate_words(m, table, row, column, CQ_LAW_TABLE_WORDS, columns[i].kind,
                         columns[i].separator, 1);
            return true;
        }
    return false;
}

/* Columns that hold one of few texts; "*" is no condition. */
static inline bool mutate_by_texts(const struct mutate *m, enum cq_law_table table, size_t row,
                                   size_t column, const char *name)
{
    static const struct {
        const char *names;
        const char *texts[8];
    } columns[] = {
        {"outcome",
         {"", "*", "eligible", "conditional", "ineligible", "not_contingent", "not_regulated",
          "undetermined"}},
        {"certainty adds", {"", "text", "read", "inferred", "superseded"}},
        {"documents", {"", "id_card", "birth_certificate", "id_card+service_id"}},
        {"implemented_by", {"", "none", "rules", "documents", "list:service"}},
        {"confirmed", {"", "yes"}},
        {"specialist", {"", "yes", "no"}},
        {"hash", {"x"}},
        {"id rule citation word kind", {"", "x"}},
    };
    bool found = false;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        for (size_t k = 0; k < 8 && mutate_is(name, columns[i].names); k++)
            if (columns[i].texts[k]) {
                mutate_cell(m, table, row, column, columns[i].texts[k]);
                found = true;
            }
    return found;
}

/* Citations: of long tables each cell gets a part, unless all are asked for. */
static inline void mutate_citations(const struct mutate *m, enum cq_law_table table, size_t row,
                                    size_t column, const char *separator)
{
    mutate_cell(m, table, row, column, "");
    mutate_cell(m, table, row, column, *separator == '|' ? "*" : "-");
    mutate_words(m, table, row, column, CQ_LAW_TABLE_PARAGRAPHS, NULL, separator,
                 m->dense ? 1 : 13);
    mutate_words(m, table, row, column, CQ_LAW_TABLE_CLAUSES, NULL, separator, m->dense ? 1 : 3);
}

static inline void mutate_by_column(const struct mutate *m, enum cq_law_table table, size_t row,
                                    size_t column)
{
    const char *name = m->tables[table].rows[0].cells[column].ptr;
    int fact = cq_fact_find(name, strlen(name));
    bool found = false;

    if (fact >= 0)
        mutate_facts(m, table, row, column, (enum cq_fact)fact);
    else if (mutate_is(name, "since until split edition"))
        mutate_day(m, table, row, column);
    else if (mutate_is(name, "value number"))
        mutate_number(m, table, row, column);
    else if (mutate_is(name, "fact rests_on possible"))
        mutate_fact_names(m, table, row, column);
    else if (mutate_is(name, "basis cited_as"))
        mutate_citations(m, table, row, column, table == CQ_LAW_TABLE_LATE ? "|" : ";");
    else {
        found = mutate_by_table(m, table, row, column, name);
        found = mutate_by_kind(m, table, row, column, name) || found;
        found = mutate_by_texts(m, table, row, column, name) || found;
        if (!found && strcmp(name, "note") != 0)
            mutate_cell(m, table, row, column, "");
    }
}

/* Makes every mutation of the cells of a table. */
static inline void mutate_table(const struct mutate *m, enum cq_law_table table)
{
    for (size_t row = 1; row < m->tables[table].count; row++)
        for (size_t column = 0; column < m->tables[table].columns; column++)
            mutate_by_column(m, table, row, column);
}

#endif
