/* The cases in SQL: the bits of facts, cases as words of bits and as texts, and the view that turns
 * texts into words. */
#include "lawsql/cases.h"

static void write_values(struct cq_lawsql *sql)
{
    cq_lawsql_table(
        sql, "-- The bit of every value; a fact without a value has all bits of its field.\n",
        "cq_fact_value",
        "  fact $TEXT$NOTNULL,\n"
        "  value $TEXT$NOTNULL,\n"
        "  bit $WORD$NOTNULL,\n"
        "  PRIMARY KEY (fact, value)");
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;

        for (int value = 0; value < cq_fact_count(fact); value++) {
            cq_lawsql_row(sql);
            cq_lawsql_string(sql, cq_fact_name(fact));
            cq_lawsql_string(sql, cq_fact_value_name(fact, value));
            cq_lawsql_number(sql, cq_fact_bit(fact, value));
        }
        if (fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION)
            continue;
        cq_lawsql_row(sql);
        cq_lawsql_string(sql, cq_fact_name(fact));
        cq_lawsql_string(sql, "");
        cq_lawsql_number(sql, cq_fact_field(fact));
    }
    cq_lawsql_end_rows(sql);
}

static void write_tables(struct cq_lawsql *sql)
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

/* Each fact of a case is a row, and the bits of its values add up. */
static void write_words(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql,
                  "-- Texts to words. A fact counts where its text holds nothing but values of\n"
                  "-- the fact, each once; a word needs every fact.\n"
                  "CREATE VIEW cq_case_facts AS\n"
                  "SELECT w.id AS id, w.day AS day, CAST(sum(w.bits) AS $WORD) AS facts\n"
                  "FROM (\n"
                  "  SELECT c.id AS id, c.day AS day, c.fact AS fact, sum(v.bit) AS bits\n"
                  "  FROM (\n");
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        const char *name = cq_fact_name((enum cq_fact)fact);

        cq_lawsql_addf(sql,
                       "    %sSELECT id, day, '%s' AS fact, coalesce(%s, '') AS value"
                       " FROM cq_case\n",
                       fact == 0 ? "" : "UNION ALL ", name, name);
    }
    cq_lawsql_addf(sql,
                   "  ) AS c JOIN cq_fact_value AS v ON v.fact = c.fact\n"
                   "  WHERE v.value = c.value OR (v.value <> ''\n"
                   "    AND c.fact <> '%s' AND c.fact <> '%s'\n"
                   "    AND $FIND'|' || c.value || '|', '|' || v.value || '|') > 0)\n"
                   "  GROUP BY c.id, c.day, c.fact, c.value\n"
                   "  HAVING sum(length(v.value) + 1) = length(c.value) + 1\n"
                   ") AS w\n"
                   "GROUP BY w.id, w.day HAVING count(*) = %d;\n\n",
                   cq_fact_name(CQ_FACT_SERVICE), cq_fact_name(CQ_FACT_DESTINATION), CQ_FACTS);
}

void cq_lawsql_cases(struct cq_lawsql *sql)
{
    write_values(sql);
    write_tables(sql);
    write_words(sql);
}
