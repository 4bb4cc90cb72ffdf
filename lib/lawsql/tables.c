/* The law's tables in SQL: the parts of the calendar, the rules, their masks, the documents, and
 * the bits of facts. */
#include "lawsql/tables.h"

#include <inttypes.h>

#include "engine/law_masks.h"

#define WORD "%" PRIu64

static void write_head(struct cq_lawsql *sql)
{
    cq_lawsql_addf(sql,
                   "-- The law as tables, and the decision as a view, for %s.\n"
                   "-- Law tables with the fingerprint %s.\n",
                   cq_sql_names[sql->dialect], sql->law->fingerprint);
    cq_lawsql_add(
        sql, "--\n"
             "-- Every value of every fact has one bit; a word has one bit in the field of a\n"
             "-- fact that is known, all bits of the field where it is unknown. A rule has\n"
             "-- masks: the words it accepts. Between the fields lies one guard bit, always\n"
             "-- 0: where two words share nothing in a field, adding all fields to what they\n"
             "-- share does not carry into its guard.\n"
             "--\n"
             "-- Fill cq_facts with words, or cq_case with texts and cq_facts from the view\n"
             "-- cq_case_facts, and read the answers from cq_decision:\n"
             "--   INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;\n"
             "--   SELECT * FROM cq_decision ORDER BY id;\n"
             "-- The service and the destination must be known, and an id stands once;\n"
             "-- another empty or missing text is unknown. A case with a text that is no value\n"
             "-- of its fact has no row in cq_case_facts.\n\n"
             "$BEGIN\n"
             "DROP VIEW IF EXISTS cq_decision;\n"
             "DROP VIEW IF EXISTS cq_case_facts;\n"
             "DROP TABLE IF EXISTS cq_law_mask;\n"
             "DROP TABLE IF EXISTS cq_law_part;\n"
             "DROP TABLE IF EXISTS cq_law_rule;\n"
             "DROP TABLE IF EXISTS cq_law_document;\n"
             "DROP TABLE IF EXISTS cq_fact_value;\n\n");
}

static void write_parts(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "-- Parts of the calendar on which the same rules hold, until exclusive.\n"
                       "CREATE TABLE cq_law_part (\n"
                       "  part $INT$NOTNULL,\n"
                       "  since $MAYBEDAY,\n"
                       "  until $MAYBEDAY,\n"
                       "  PRIMARY KEY (part)\n"
                       ")$ENGINE;\n"
                       "INSERT INTO cq_law_part (part, since, until) VALUES");
    for (size_t i = 0; i < sql->law->interval_count; i++) {
        cq_lawsql_addf(sql, "%s\n(%zu, ", i == 0 ? "" : ",", i + 1);
        cq_lawsql_day(sql, sql->law->intervals[i].since);
        cq_lawsql_add(sql, ", ");
        cq_lawsql_day(sql, sql->law->intervals[i].until);
        cq_lawsql_add(sql, ")");
    }
    cq_lawsql_add(sql, ";\n\n");
}

static void write_rules(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "-- The rules in the order of their table. Rules with one verdict decide\n"
                       "-- alike. Gaps are bits; those of dated_gaps count on their days only.\n"
                       "CREATE TABLE cq_law_rule (\n"
                       "  rule $INT$NOTNULL,\n"
                       "  name $TEXT$NOTNULL,\n"
                       "  verdict $INT$NOTNULL,\n"
                       "  entitled $INT$NOTNULL,\n"
                       "  outcome $TEXT$NOTNULL,\n"
                       "  provider $TEXT$NOTNULL,\n"
                       "  payer $TEXT$NOTNULL,\n"
                       "  referral $TEXT$NOTNULL,\n"
                       "  reasons $TEXT$NOTNULL,\n"
                       "  basis $TEXT$NOTNULL,\n"
                       "  certainty $TEXT$NOTNULL,\n"
                       "  gaps $WORD$NOTNULL,\n"
                       "  dated_gaps $WORD$NOTNULL,\n"
                       "  PRIMARY KEY (rule)\n"
                       ")$ENGINE;\n"
                       "INSERT INTO cq_law_rule (rule, name, verdict, entitled, outcome,\n"
                       "  provider, payer, referral, reasons, basis, certainty, gaps, dated_gaps)\n"
                       "VALUES");
    for (size_t i = 0; i < sql->law->rule_count; i++) {
        const struct cq_rule *rule = &sql->law->rules[i];
        const char *const texts[] = {rule->outcome, rule->provider, rule->payer,    rule->referral,
                                     rule->reasons, rule->basis, cq_certainty_names[rule->certainty]};

        cq_lawsql_addf(sql, "%s\n(%zu, ", i == 0 ? "" : ",", i + 1);
        cq_lawsql_quote(sql, rule->id);
        cq_lawsql_addf(sql, ", %d, %d", (int)i + 1, rule->entitled);
        for (size_t text = 0; text < sizeof texts / sizeof *texts; text++) {
            cq_lawsql_add(sql, ", ");
            cq_lawsql_quote(sql, texts[text]);
        }
        cq_lawsql_addf(sql, ", " WORD ", " WORD ")", rule->gaps, rule->gaps);
    }
    cq_lawsql_add(sql, ";\n\n");
}

/* Writes a row for each service that a mask accepts: cases are joined by their service. */
static void write_masks(struct cq_lawsql *sql)
{
    bool first = true;

    cq_lawsql_add(sql, "-- What the rules accept, groups written out; once for each service.\n"
                       "CREATE TABLE cq_law_mask (\n"
                       "  part $INT$NOTNULL,\n"
                       "  service $WORD$NOTNULL,\n"
                       "  place $INT$NOTNULL,\n"
                       "  mask $WORD$NOTNULL,\n"
                       "  rule $INT$NOTNULL,\n"
                       "  PRIMARY KEY (part, service, place)\n"
                       ")$ENGINE;\n"
                       "INSERT INTO cq_law_mask (part, service, place, mask, rule) VALUES");
    for (size_t i = 0; i < sql->law->interval_count; i++)
        for (size_t m = 0; m < sql->law->intervals[i].count; m++)
            for (int service = 0; service < CQ_SERVICES; service++) {
                const struct cq_mask *mask = &sql->law->intervals[i].masks[m];
                uint64_t bit = cq_fact_bit(CQ_FACT_SERVICE, service);

                if ((mask->facts & bit) == 0)
                    continue;
                cq_lawsql_addf(sql, "%s\n(%zu, " WORD ", %zu, " WORD ", %d)", first ? "" : ",",
                               i + 1, bit, m + 1, mask->facts, mask->ruling + 1);
                first = false;
            }
    cq_lawsql_add(sql, ";\n\n");
}

static void write_documents(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "-- What to bring; 0 where nothing is known.\n"
                       "CREATE TABLE cq_law_document (\n"
                       "  document $INT$NOTNULL,\n"
                       "  documents $TEXT$NOTNULL,\n"
                       "  gaps $WORD$NOTNULL,\n"
                       "  PRIMARY KEY (document)\n"
                       ")$ENGINE;\n"
                       "INSERT INTO cq_law_document (document, documents, gaps) VALUES\n"
                       "(0, '', 0)");
    for (size_t i = 0; i < sql->law->documents_count; i++) {
        cq_lawsql_addf(sql, ",\n(%zu, ", i + 1);
        cq_lawsql_quote(sql, sql->law->documents[i].documents);
        cq_lawsql_addf(sql, ", " WORD ")", sql->law->documents[i].gaps);
    }
    cq_lawsql_add(sql, ";\n\n");
}

static void write_values(struct cq_lawsql *sql)
{
    bool first = true;

    cq_lawsql_add(sql, "-- The bit of each value; an empty text stands for all of its fact.\n"
                       "CREATE TABLE cq_fact_value (\n"
                       "  fact $TEXT$NOTNULL,\n"
                       "  value $TEXT$NOTNULL,\n"
                       "  bit $WORD$NOTNULL,\n"
                       "  PRIMARY KEY (fact, value)\n"
                       ")$ENGINE;\n"
                       "INSERT INTO cq_fact_value (fact, value, bit) VALUES");
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;

        for (int value = 0; value < cq_fact_count(fact); value++) {
            cq_lawsql_addf(sql, "%s\n('%s', '%s', " WORD ")", first ? "" : ",", cq_fact_name(fact),
                           cq_fact_value_name(fact, value), cq_fact_bit(fact, value));
            first = false;
        }
        if (fact != CQ_FACT_SERVICE && fact != CQ_FACT_DESTINATION)
            cq_lawsql_addf(sql, ",\n('%s', '', " WORD ")", cq_fact_name(fact), cq_fact_field(fact));
    }
    cq_lawsql_add(sql, ";\n\n");
}

static void write_cases(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "-- The cases to decide: words, and texts that become words.\n"
                       "CREATE TABLE IF NOT EXISTS cq_facts (\n"
                       "  id $WORD$NOTNULL,\n"
                       "  day $DAY$NOTNULL,\n"
                       "  facts $WORD$NOTNULL,\n"
                       "  PRIMARY KEY (id)\n"
                       ")$ENGINE;\n"
                       "CREATE TABLE IF NOT EXISTS cq_case (\n"
                       "  id $WORD$NOTNULL,\n"
                       "  day $DAY$NOTNULL");
    for (int fact = 0; fact < CQ_FACTS; fact++)
        cq_lawsql_addf(sql, ",\n  %s $MAYBETEXT", cq_fact_name((enum cq_fact)fact));
    cq_lawsql_add(sql, ",\n  PRIMARY KEY (id)\n)$ENGINE;\n\n");
}

void cq_lawsql_tables(struct cq_lawsql *sql)
{
    write_head(sql);
    write_parts(sql);
    write_rules(sql);
    write_masks(sql);
    write_documents(sql);
    write_values(sql);
    write_cases(sql);
}
