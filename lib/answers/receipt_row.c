/* Which cells of a row were altered after its receipt was made. */
#include "answers/receipt_row.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/date.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "engine/fact_cells.h"

static const char *column_name(int column)
{
    if (column < CQ_FACTS)
        return cq_fact_name((enum cq_fact)column);
    if (column >= CQ_RECEIPT_DECISION && column < CQ_RECEIPT_MORE)
        return cq_receipt_decided[column - CQ_RECEIPT_DECISION];
    if (column >= CQ_RECEIPT_MORE && column < CQ_RECEIPT_IIN)
        return cq_more_columns[column - CQ_RECEIPT_MORE];
    return column == CQ_RECEIPT_AS_OF     ? "as_of"
           : column == CQ_RECEIPT_OUTCOME ? "outcome"
           : column == CQ_RECEIPT_RULE    ? "rule"
           : column == CQ_RECEIPT_IIN     ? "iin"
                                          : "receipt";
}

/* Finds one column; -1 for none. */
static enum cq_code find_column(const struct cq_row *header, const char *name, const char *aliases,
                                bool required, int *field, struct cq_err *err)
{
    const struct cq_column column = {
        .name = name, .type = CQ_TYPE_TEXT, .required = required, .aliases = aliases};
    struct cq_err own = {0};
    enum cq_code code = cq_columns_map(&column, 1, header, NULL, field, NULL, NULL, &own);
    if (code == CQ_F_HEADER_TWICE && !required) {
        *field = -1;
        return CQ_OK;
    }
    if (code)
        *err = own;
    return code;
}

/* Facts have the headers that --facts reads, but for those that an answer writes over. */
enum cq_code cq_receipt_map(struct cq_receipt_map *map, const struct cq_law *law,
                            const struct cq_row *header, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (int i = 0; i < CQ_RECEIPT_COLUMNS && !code; i++) {
        const char *name = column_name(i);
        struct cq_str aliases = {0};
        if (i < CQ_FACTS && i != CQ_FACT_CATEGORY && i != CQ_FACT_SERVICE)
            cq_label_aliases(NULL, cq_law_word(law, "fact", name, strlen(name)), &aliases);
        code = aliases.failed
                   ? cq_err_set(err, aliases.failed, NULL)
                   : find_column(header, name, i == CQ_RECEIPT_IIN ? "жсн|иин" : aliases.ptr,
                                 i == CQ_RECEIPT_TEXT, &map->field[i], err);
        cq_str_free(&aliases);
    }
    return code;
}

bool cq_receipt_names_people(const struct cq_row *header)
{
    struct cq_err ignored = {0};
    int field = -1;
    return !find_column(header, "iin", "жсн|иин", false, &field, &ignored) && field >= 0;
}

struct cq_text cq_receipt_cell(const struct cq_receipt_map *map, const struct cq_row *row,
                               int column)
{
    int field = map->field[column];
    return field < 0 ? (struct cq_text){NULL, 0} : cq_text_trim(row->fields[field]);
}

bool cq_receipt_row_decided(const struct cq_receipt_map *map, const struct cq_row *row)
{
    struct cq_text reasons =
        cq_receipt_cell(map, row, CQ_RECEIPT_DECISION + CQ_RECEIPT_DECIDED_REASONS);
    return cq_receipt_cell(map, row, CQ_RECEIPT_OUTCOME).len > 0 &&
           (!reasons.ptr || (!cq_text_is(reasons, "bad_iin") && !cq_text_is(reasons, "bad_fact")));
}

/* One comparison of a row. */
struct comparison {
    const struct cq_receipt_map *map;
    const struct cq_law *law;
    const struct cq_receipt *receipt;
    const struct cq_row *row;
    unsigned *found;
    struct cq_str *differs;
    struct cq_str expected; /* scratch */
};

static void add_altered(struct comparison *c, int column, struct cq_text expected)
{
    *c->found |= CQ_REPLAY_ALTERED;
    cq_replay_difference(column_name(column), expected, cq_receipt_cell(c->map, c->row, column),
                         c->differs);
}

static void compare_text(struct comparison *c, int column, struct cq_text expected)
{
    struct cq_text cell = cq_receipt_cell(c->map, c->row, column);
    if (cell.ptr && (cell.len != expected.len ||
                     (cell.len > 0 && memcmp(cell.ptr, expected.ptr, cell.len) != 0)))
        add_altered(c, column, expected);
}

/* A day may be written in either way. */
static void compare_day(struct comparison *c)
{
    struct cq_text cell = cq_receipt_cell(c->map, c->row, CQ_RECEIPT_AS_OF);
    char text[11];
    int32_t day;
    if (!cell.ptr || (!cq_date_parse(cell.ptr, cell.len, &day) && day == c->receipt->day))
        return;
    add_altered(c, CQ_RECEIPT_AS_OF, (struct cq_text){text, cq_date_write(text, c->receipt->day)});
}

/* The rules of the receipt, joined as in a row. */
static void compare_rules(struct comparison *c)
{
    const struct cq_text *rules = &c->receipt->rules;
    cq_str_clear(&c->expected);
    cq_str_put(&c->expected, rules->ptr, rules->len);
    for (size_t i = 0; !c->expected.failed && i < c->expected.len; i++)
        if (c->expected.ptr[i] == '+')
            c->expected.ptr[i] = ';';
    if (!c->expected.failed)
        compare_text(c, CQ_RECEIPT_RULE, (struct cq_text){c->expected.ptr, c->expected.len});
}

/* The values of a fact that the answer's row has as codes. */
static void expect_values(struct comparison *c, enum cq_fact fact, uint64_t word)
{
    cq_str_clear(&c->expected);
    cq_str_put(&c->expected, "", 0);
    cq_fact_cell_write(word, fact, &c->expected);
}

/* A cell of the input, which may be a word: empty for the value of an empty cell. */
static void compare_values(struct comparison *c, enum cq_fact fact, uint64_t bits, uint64_t empty)
{
    struct cq_text cell = cq_receipt_cell(c->map, c->row, (int)fact);
    uint64_t read = cell.len == 0 ? empty : cq_fact_cell_read(c->law, fact, cell);
    if (!cell.ptr || (read == bits && (read || cell.len == 0)))
        return;
    expect_values(c, fact, bits | (cq_facts_all & ~cq_fact_field(fact)));
    add_altered(c, (int)fact, (struct cq_text){c->expected.ptr, c->expected.len});
}

/* The facts of a row of facts. */
static void compare_facts(struct comparison *c)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        if (fact != CQ_FACT_CATEGORY && fact != CQ_FACT_SERVICE)
            compare_values(c, fact, c->receipt->facts & cq_fact_field(fact),
                           fact == CQ_FACT_DESTINATION ? cq_fact_bit(fact, CQ_DESTINATION_LOCAL)
                                                       : cq_fact_field(fact));
    }
}

/* What was asked about a person; not to say that there was a duty injury is to say no. A referral
 * has the destination that was decided. */
static void compare_asked(struct comparison *c)
{
    bool referral = cq_receipt_more(c->receipt) == 0;
    for (int i = 0; i < CQ_RECEIPT_ASKED; i++) {
        enum cq_fact fact = cq_receipt_asked[i];
        int value = c->receipt->asked[i];
        if (fact == CQ_FACT_DUTY_INJURY && value == CQ_UNKNOWN)
            value = CQ_NO;
        if (fact == CQ_FACT_DESTINATION && referral)
            value = cq_facts_get(c->receipt->facts, fact);
        compare_values(c, fact, value == CQ_UNKNOWN ? 0 : cq_fact_bit(fact, value),
                       fact == CQ_FACT_URGENCY       ? cq_fact_bit(fact, CQ_URGENCY_PLANNED)
                       : fact == CQ_FACT_DUTY_INJURY ? cq_fact_bit(fact, CQ_NO)
                                                     : 0);
    }
}

/* The cells that have a digest alone. */
static void compare_more(struct comparison *c)
{
    for (size_t i = 0; i < cq_receipt_more(c->receipt) && i < CQ_MORE_COLUMNS; i++) {
        int column = CQ_RECEIPT_MORE + (int)i;
        struct cq_text cell = cq_receipt_cell(c->map, c->row, column);
        char text[11];
        int32_t day;
        if (i == CQ_MORE_CHANGES_ON && cell.len > 0 && !cq_date_parse(cell.ptr, cell.len, &day))
            cell = (struct cq_text){text, cq_date_write(text, day)};
        if (i == CQ_MORE_PROFILE && !cell.ptr && c->receipt->of_person)
            cell = cq_text_of(""); /* without it the question is another one */
        if (cell.ptr && !cq_receipt_agrees(c->receipt, CQ_RECEIPT_DECIDED + i, cell))
            add_altered(c, column, cq_text_of("?"));
    }
}

/* A receipt of a person was made for an IIN, which it does not hold. */
static void compare_iin(struct comparison *c)
{
    struct cq_text cell = cq_receipt_cell(c->map, c->row, CQ_RECEIPT_IIN);
    int64_t iin;
    if (!cell.ptr || !cq_iin_parse(cell.ptr, cell.len, &iin))
        return;
    *c->found |= CQ_REPLAY_ALTERED;
    cq_replay_difference("iin", cq_text_of("?"), cq_text_of("?"), c->differs);
}

enum cq_code cq_receipt_row_compare(const struct cq_receipt_map *map, const struct cq_law *law,
                                    const struct cq_receipt *receipt, const struct cq_row *row,
                                    unsigned *found, struct cq_str *differs)
{
    struct comparison c = {map, law, receipt, row, found, differs, {0}};
    compare_day(&c);
    compare_text(&c, CQ_RECEIPT_OUTCOME, receipt->outcome);
    for (int i = 0; i < 2; i++) {
        enum cq_fact fact = i ? CQ_FACT_CATEGORY : CQ_FACT_SERVICE;
        expect_values(&c, fact, receipt->facts);
        compare_text(&c, (int)fact, (struct cq_text){c.expected.ptr, c.expected.len});
    }
    if (receipt->of_person) {
        compare_iin(&c);
        compare_asked(&c);
    } else {
        compare_facts(&c);
    }
    compare_rules(&c);
    compare_more(&c);
    enum cq_code code = c.expected.failed ? c.expected.failed : differs->failed;
    cq_str_free(&c.expected);
    return code;
}

enum cq_code cq_receipt_row_person(const struct cq_receipt_map *map, const struct cq_law *law,
                                   const struct cq_receipt *receipt, const struct cq_row *row,
                                   const struct cq_answer *answer, unsigned *found,
                                   struct cq_str *differs)
{
    const struct cq_agency *agency = cq_law_agency_number(law, answer->agency);
    const char *const now[] = {
        [CQ_MORE_AGENCY] = agency ? agency->id : "", [CQ_MORE_FACILITY] = answer->facility};
    for (size_t i = 0; i < 2 && i < cq_receipt_more(receipt); i++) {
        struct cq_text cell = cq_receipt_cell(map, row, CQ_RECEIPT_MORE + (int)i);
        size_t digest = CQ_RECEIPT_DECIDED + i;
        if (cq_receipt_agrees(receipt, digest, cq_text_of(now[i])))
            continue;
        bool known = cell.ptr && cq_receipt_agrees(receipt, digest, cell);
        *found |= CQ_REPLAY_DATA;
        cq_replay_difference(cq_more_columns[i], known ? cell : cq_text_of("?"), cq_text_of(now[i]),
                             differs);
    }
    return differs->failed;
}
