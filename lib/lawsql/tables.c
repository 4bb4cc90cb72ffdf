/* The law's tables in SQL: the parts of the calendar, the rules, what they answer on the days of
 * each part, their masks, and what is added to an answer. */
#include "lawsql/tables.h"

#include "engine/law_masks.h"

static void write_head(struct cq_lawsql *sql)
{
    cq_lawsql_addf(sql,
                   "-- The law as tables, and the decision as a view, for %s.\n"
                   "-- Law tables with the fingerprint %s.\n",
                   cq_sql_names[sql->dialect], sql->law->fingerprint);
    cq_lawsql_add(
        sql, "--\n"
             "-- Every value of every fact has one bit. In a word, a fact that is known has\n"
             "-- one bit of its field, a fact that is one of several values the bits of\n"
             "-- those, an unknown fact all bits of its field. A ruling, which is what a rule\n"
             "-- answers in one part of the calendar, has masks: the words it accepts. A mask\n"
             "-- can hold for a word where they share a bit in every field.\n"
             "-- The top of a field is its highest bit: adding all lower bits of a field\n"
             "-- carries into its top if one of them is set, and never beyond.\n"
             "--\n"
             "-- Fill cq_facts with words, or cq_case with texts and cq_facts from the view\n"
             "-- cq_case_facts, and read the answers from cq_decision:\n"
             "--   INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;\n"
             "--   SELECT * FROM cq_decision ORDER BY id;\n"
             "-- An id stands once. The service and the destination must be known; another\n"
             "-- text may be several values, a|b, and where it is empty or missing the fact\n"
             "-- is unknown. A case with a text that is no value of its fact has no row in\n"
             "-- cq_case_facts.\n\n"
             "$BEGIN\n"
             "DROP VIEW IF EXISTS cq_decision;\n"
             "DROP VIEW IF EXISTS cq_case_facts;\n"
             "DROP TABLE IF EXISTS cq_law_mask;\n"
             "DROP TABLE IF EXISTS cq_law_ruling;\n"
             "DROP TABLE IF EXISTS cq_law_part;\n"
             "DROP TABLE IF EXISTS cq_law_rule;\n"
             "DROP TABLE IF EXISTS cq_law_late;\n"
             "DROP TABLE IF EXISTS cq_law_document;\n"
             "DROP TABLE IF EXISTS cq_fact_value;\n\n");
}

static void write_parts(struct cq_lawsql *sql)
{
    cq_lawsql_table(sql,
                    "-- Parts of the calendar on which the same rulings hold, until exclusive.\n",
                    "cq_law_part",
                    "  part $INT$NOTNULL,\n"
                    "  since $MAYBEDAY,\n"
                    "  until $MAYBEDAY,\n"
                    "  PRIMARY KEY (part)");
    for (size_t i = 0; i < sql->law->interval_count; i++) {
        cq_lawsql_row(sql);
        cq_lawsql_number(sql, i + 1);
        cq_lawsql_day(sql, sql->law->intervals[i].since);
        cq_lawsql_day(sql, sql->law->intervals[i].until);
    }
    cq_lawsql_end_rows(sql);
}

static void write_rules(struct cq_lawsql *sql)
{
    cq_lawsql_table(sql, "-- The rules in the order of their table.\n", "cq_law_rule",
                    "  rule $INT$NOTNULL,\n"
                    "  name $TEXT$NOTNULL,\n"
                    "  entitled $INT$NOTNULL,\n"
                    "  outcome $TEXT$NOTNULL,\n"
                    "  provider $TEXT$NOTNULL,\n"
                    "  payer $TEXT$NOTNULL,\n"
                    "  referral $TEXT$NOTNULL,\n"
                    "  reasons $TEXT$NOTNULL,\n"
                    "  PRIMARY KEY (rule)");
    for (size_t i = 0; i < sql->law->rule_count; i++) {
        const struct cq_rule *rule = &sql->law->rules[i];

        cq_lawsql_row(sql);
        cq_lawsql_number(sql, i + 1);
        cq_lawsql_string(sql, rule->id);
        cq_lawsql_number(sql, rule->entitled);
        cq_lawsql_string(sql, rule->outcome);
        cq_lawsql_string(sql, rule->provider);
        cq_lawsql_string(sql, rule->payer);
        cq_lawsql_string(sql, rule->referral);
        cq_lawsql_string(sql, rule->reasons);
    }
    cq_lawsql_end_rows(sql);
}

/* Writes a ruling; its number and that of its verdict count on from those of earlier parts. */
static void write_ruling(struct cq_lawsql *sql, size_t part, size_t before, size_t number)
{
    const struct cq_ruling *ruling = &sql->law->intervals[part].rulings[number];

    cq_lawsql_row(sql);
    cq_lawsql_number(sql, before + number + 1);
    cq_lawsql_number(sql, part + 1);
    cq_lawsql_number(sql, (size_t)(ruling->rule - sql->law->rules) + 1);
    cq_lawsql_number(sql, before + (size_t)ruling->verdict + 1);
    cq_lawsql_string(sql, ruling->basis);
    cq_lawsql_number(sql, ruling->certainty);
    cq_lawsql_number(sql, ruling->gaps);
    cq_lawsql_number(sql, ruling->late);
}

static void write_rulings(struct cq_lawsql *sql)
{
    size_t before = 0;

    cq_lawsql_table(sql,
                    "-- What the rules answer in each part. Rulings with one verdict decide\n"
                    "-- alike. Gaps and late rows are bits; a higher certainty is weaker.\n",
                    "cq_law_ruling",
                    "  ruling $INT$NOTNULL,\n"
                    "  part $INT$NOTNULL,\n"
                    "  rule $INT$NOTNULL,\n"
                    "  verdict $INT$NOTNULL,\n"
                    "  basis $TEXT$NOTNULL,\n"
                    "  certainty $INT$NOTNULL,\n"
                    "  gaps $WORD$NOTNULL,\n"
                    "  late $WORD$NOTNULL,\n"
                    "  PRIMARY KEY (ruling)");
    for (size_t i = 0; i < sql->law->interval_count; i++) {
        const size_t count = sql->law->intervals[i].ruling_count;

        for (size_t number = 0; number < count; number++)
            write_ruling(sql, i, before, number);
        before += count;
    }
    cq_lawsql_end_rows(sql);
}

/* Writes a row for each service that the masks of a part accept: cases are joined by service. */
static void write_part_masks(struct cq_lawsql *sql, size_t part, size_t before)
{
    const struct cq_interval *interval = &sql->law->intervals[part];

    for (size_t i = 0; i < interval->count; i++)
        for (int service = 0; service < CQ_SERVICES; service++) {
            const struct cq_mask *mask = &interval->masks[i];
            uint64_t bit = cq_fact_bit(CQ_FACT_SERVICE, service);

            if ((mask->facts & bit) == 0)
                continue;
            cq_lawsql_row(sql);
            cq_lawsql_number(sql, part + 1);
            cq_lawsql_number(sql, bit);
            cq_lawsql_number(sql, i + 1);
            cq_lawsql_number(sql, mask->facts);
            cq_lawsql_number(sql, before + (size_t)mask->ruling + 1);
        }
}

static void write_masks(struct cq_lawsql *sql)
{
    size_t before = 0;

    cq_lawsql_table(sql, "-- What the rulings accept, groups expanded; once for each service.\n",
                    "cq_law_mask",
                    "  part $INT$NOTNULL,\n"
                    "  service $WORD$NOTNULL,\n"
                    "  place $INT$NOTNULL,\n"
                    "  mask $WORD$NOTNULL,\n"
                    "  ruling $INT$NOTNULL,\n"
                    "  PRIMARY KEY (part, service, place)");
    for (size_t i = 0; i < sql->law->interval_count; i++) {
        write_part_masks(sql, i, before);
        before += sql->law->intervals[i].ruling_count;
    }
    cq_lawsql_end_rows(sql);
}

static void write_late(struct cq_lawsql *sql)
{
    cq_lawsql_table(sql,
                    "-- What is added to a decision that was made: a gap, or a weaker certainty.\n"
                    "-- Every possible value must be in facts; in the fields of possible one is\n"
                    "-- enough.\n",
                    "cq_law_late",
                    "  late $WORD$NOTNULL,\n"
                    "  since $MAYBEDAY,\n"
                    "  until $MAYBEDAY,\n"
                    "  gap $WORD$NOTNULL,\n"
                    "  certainty $INT$NOTNULL,\n"
                    "  facts $WORD$NOTNULL,\n"
                    "  possible $WORD$NOTNULL,\n"
                    "  PRIMARY KEY (late)");
    for (size_t i = 0; i < sql->law->late_count; i++) {
        const struct cq_late *late = &sql->law->late[i];

        cq_lawsql_row(sql);
        cq_lawsql_number(sql, UINT64_C(1) << i);
        cq_lawsql_day(sql, late->since);
        cq_lawsql_day(sql, late->until);
        cq_lawsql_number(sql, late->gap);
        cq_lawsql_number(sql, late->certainty);
        cq_lawsql_number(sql, late->facts);
        cq_lawsql_number(sql, late->possible);
    }
    cq_lawsql_end_rows(sql);
}

/* Writes the rows of one category. */
static void write_category_documents(struct cq_lawsql *sql, int category)
{
    const uint64_t field = cq_fact_field(CQ_FACT_CATEGORY);
    const uint64_t bit = cq_fact_bit(CQ_FACT_CATEGORY, category);

    for (size_t i = 0; i < sql->law->documents_count; i++) {
        const struct cq_documents *row = &sql->law->documents[i];

        if ((row->facts & bit) == 0)
            continue;
        cq_lawsql_row(sql);
        cq_lawsql_number(sql, sql->rows);
        cq_lawsql_number(sql, bit);
        cq_lawsql_day(sql, row->since);
        cq_lawsql_day(sql, row->until);
        cq_lawsql_number(sql, (row->facts & ~field) | bit);
        cq_lawsql_string(sql, row->documents);
        cq_lawsql_number(sql, row->gaps);
    }
}

static void write_documents(struct cq_lawsql *sql)
{
    cq_lawsql_table(sql,
                    "-- Documents to bring, category by category: the first row that can apply\n"
                    "-- counts.\n",
                    "cq_law_document",
                    "  document $INT$NOTNULL,\n"
                    "  category $WORD$NOTNULL,\n"
                    "  since $MAYBEDAY,\n"
                    "  until $MAYBEDAY,\n"
                    "  facts $WORD$NOTNULL,\n"
                    "  documents $TEXT$NOTNULL,\n"
                    "  gaps $WORD$NOTNULL,\n"
                    "  PRIMARY KEY (document)");
    for (int category = 0; category < CQ_CATEGORIES; category++)
        write_category_documents(sql, category);
    cq_lawsql_end_rows(sql);
}

void cq_lawsql_tables(struct cq_lawsql *sql)
{
    write_head(sql);
    write_parts(sql);
    write_rules(sql);
    write_rulings(sql);
    write_masks(sql);
    write_late(sql);
    write_documents(sql);
}
