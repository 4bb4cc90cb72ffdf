/* The decision in SQL: one query over masks that decides like decide.c, unknown facts included. */
#include "lawsql/views.h"

#include <inttypes.h>
#include <string.h>

#include "cq/date.h"
#include "cq/decide.h"

#define WORD "%" PRIu64

/* Texts to words: each fact of a case is a row, and the bits of its values add up. */
static void write_case_facts(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "CREATE VIEW cq_case_facts AS\n"
                       "SELECT c.id AS id, c.day AS day, CAST(sum(v.bit) AS $WORD) AS facts\n"
                       "FROM (\n");
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        const char *name = cq_fact_name((enum cq_fact)fact);

        cq_lawsql_addf(sql,
                       "  %sSELECT id, day, '%s' AS fact, coalesce(%s, '') AS value "
                       "FROM cq_case\n",
                       fact == 0 ? "" : "UNION ALL ", name, name);
    }
    cq_lawsql_addf(sql,
                   ") AS c JOIN cq_fact_value AS v ON v.fact = c.fact AND v.value = c.value\n"
                   "GROUP BY c.id, c.day HAVING count(*) = %d;\n\n",
                   CQ_FACTS);
}

/* "[~[[x & y] + all] & guards]": the guards of the fields in which two words share nothing. */
static void write_apart(struct cq_lawsql *sql, const char *x, const char *y)
{
    cq_lawsql_addf(sql, "[[~([%s & %s] + " WORD ")] & " WORD "]", x, y, cq_facts_all,
                   CQ_FACTS_TOPS);
}

static void write_possible(struct cq_lawsql *sql)
{
    cq_lawsql_addf(sql,
                   "-- Masks that can hold: they share something with the case in every field.\n"
                   "possible AS (\n"
                   "  SELECT f.id AS id, f.day AS day, f.facts AS facts, m.place AS place,\n"
                   "    m.mask AS mask, r.rule AS rule, r.verdict AS verdict\n"
                   "  FROM (SELECT c.id AS id, c.day AS day, c.facts AS facts,\n"
                   "      [c.facts & " WORD "] AS service, p.part AS part\n"
                   "    FROM cq_facts AS c CROSS JOIN cq_law_part AS p\n"
                   "    WHERE (p.since IS NULL OR p.since <= c.day)\n"
                   "      AND (p.until IS NULL OR c.day < p.until)) AS f\n"
                   "  JOIN cq_law_mask AS m ON m.part = f.part AND m.service = f.service\n"
                   "  JOIN cq_law_rule AS r ON r.rule = m.rule\n"
                   "  WHERE ",
                   cq_fact_field(CQ_FACT_SERVICE));
    write_apart(sql, "m.mask", "f.facts");
    cq_lawsql_add(sql, " = 0\n"
                       "),\n");
}

static void write_answers(struct cq_lawsql *sql)
{
    cq_lawsql_addf(sql,
                   "-- The first rule that can hold, and whether all that can agree.\n"
                   "answered AS (\n"
                   "  SELECT id, day, facts, min(rule) AS first_rule, count(*) AS masks,\n"
                   "    CASE WHEN min(verdict) = max(verdict) THEN 1 ELSE 0 END AS agreed\n"
                   "  FROM possible GROUP BY id, day, facts\n"
                   "),\n"
                   "-- Where several agree, the first of the table by name.\n"
                   "several AS (\n"
                   "  SELECT DISTINCT p.id AS id, r.rule AS rule, r.name AS name\n"
                   "  FROM possible AS p JOIN answered AS a ON a.id = p.id\n"
                   "  JOIN cq_law_rule AS r ON r.rule = p.rule\n"
                   "  WHERE a.agreed = 1 AND a.masks > 1\n"
                   "),\n"
                   "ranked AS (\n"
                   "  SELECT id, name, row_number() OVER (PARTITION BY id ORDER BY rule) AS place\n"
                   "  FROM several\n"
                   "),\n"
                   "named AS (\n"
                   "  $NAMED%d$ENDNAMED\n"
                   "),\n",
                   CQ_RULES_MAX);
    cq_lawsql_add(
        sql, "-- Facts that matter: two masks that decide differently and lie apart in one\n"
             "-- field only. Each guard is one bit, so a sum of different ones is their union.\n"
             "missed AS (\n"
             "  SELECT pairs.id AS id, CAST(sum(DISTINCT pairs.apart) AS $WORD) AS guards\n"
             "  FROM (SELECT a.id AS id, ");
    write_apart(sql, "[a.mask & a.facts]", "b.mask");
    cq_lawsql_add(sql, " AS apart\n"
                       "    FROM possible AS a JOIN possible AS b ON b.id = a.id\n"
                       "    WHERE a.place < b.place AND a.verdict <> b.verdict) AS pairs\n"
                       "  WHERE [pairs.apart & (pairs.apart - 1)] = 0\n"
                       "  GROUP BY pairs.id\n"
                       "),\n");
}

/* Writes the condition that a day is from since on and before until. */
static void write_days(struct cq_lawsql *sql, int32_t since, int32_t until)
{
    if (since != CQ_DAY_MIN) {
        cq_lawsql_add(sql, " AND a.day >= ");
        cq_lawsql_day(sql, since);
    }
    if (until != CQ_DAY_MAX) {
        cq_lawsql_add(sql, " AND a.day < ");
        cq_lawsql_day(sql, until);
    }
}

/* The number of the documents to bring: the first row that can hold for the case. */
static void write_document(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "    CASE WHEN a.agreed = 0 OR r.entitled = 0 THEN 0\n");
    for (size_t i = 0; i < sql->law->documents_count; i++) {
        const struct cq_documents *row = &sql->law->documents[i];

        cq_lawsql_add(sql, "      WHEN r.provider = ");
        write_days(sql, row->since, row->until);
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            uint64_t field = cq_fact_field((enum cq_fact)fact);

            if ((row->facts & field) != field)
                cq_lawsql_addf(sql, " AND [a.facts & " WORD "] <> 0", row->facts & field);
        }
        cq_lawsql_addf(sql, " THEN %zu\n", i + 1);
    }
    cq_lawsql_add(sql, "      ELSE 0 END AS document,\n");
}

/* Writes the bits of the automatic gaps that are open on the day. */
static void write_open_gaps(struct cq_lawsql *sql)
{
    uint64_t dated = 0;
    const char *lead = "";

    for (size_t i = 0; i < sql->law->rule_count; i++)
        dated |= 0;
    cq_lawsql_add(sql, "    ");
    for (; dated != 0; dated &= dated - 1) {
        const struct cq_gap *gap = &sql->law->gaps[__builtin_ctzll(dated)];

        cq_lawsql_addf(sql, "%sCASE WHEN a.day IS NOT NULL", lead);
        (void)gap;
        cq_lawsql_addf(sql, " THEN " WORD " ELSE 0 END", dated & -dated);
        lead = "\n      + ";
    }
    cq_lawsql_addf(sql, "%s AS open_gaps\n", *lead == '\0' ? "0" : "");
}

static void write_decided(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "decided AS (\n"
                       "  SELECT a.id AS id, a.day AS day, a.agreed AS agreed, a.masks AS masks,\n"
                       "    r.name AS name, r.outcome AS outcome, r.provider AS provider,\n"
                       "    r.payer AS payer, r.referral AS referral, r.reasons AS reasons,\n"
                       "    r.basis AS basis, r.certainty AS certainty, r.gaps AS gaps,\n"
                       "    r.dated_gaps AS dated_gaps,\n");
    write_document(sql);
    write_open_gaps(sql);
    cq_lawsql_addf(sql,
                   "  FROM answered AS a JOIN cq_law_rule AS r ON r.rule = a.first_rule\n"
                   "),\n"
                   "complete AS (\n"
                   "  SELECT d.*, t.documents AS documents, n.names AS names, m.guards AS guards,\n"
                   "    CASE WHEN d.agreed = 1\n"
                   "      THEN [[d.gaps | t.gaps] | [d.dated_gaps & d.open_gaps]]\n"
                   "      ELSE [" WORD " & d.open_gaps] END AS all_gaps\n"
                   "  FROM decided AS d\n"
                   "  JOIN cq_law_document AS t ON t.document = d.document\n"
                   "  LEFT JOIN named AS n ON n.id = d.id\n"
                   "  LEFT JOIN missed AS m ON m.id = d.id\n"
                   ")\n",
                   UINT64_C(0));
}

/* Writes one name of a list, conditional on its bit. */
static void write_list_item(struct cq_lawsql *sql, bool first, const char *word, uint64_t bit,
                            const char *name)
{
    cq_lawsql_addf(sql, "%s    CASE WHEN [%s & " WORD "] <> 0 THEN ", first ? "" : " ||\n", word,
                   bit);
    cq_lawsql_quote(sql, name);
    cq_lawsql_add(sql, " || ';' ELSE '' END");
}

/* The missing facts in order of their names, as an answer lists them. */
static void write_missing(struct cq_lawsql *sql)
{
    const char *last = "";

    cq_lawsql_add(sql, "  CASE WHEN c.agreed = 1 THEN '' ELSE $TRIM\n");
    for (int done = 0; done < CQ_FACTS; done++) {
        int next = -1;

        for (int fact = 0; fact < CQ_FACTS; fact++)
            if (strcmp(cq_fact_name((enum cq_fact)fact), last) > 0 &&
                (next < 0 ||
                 strcmp(cq_fact_name((enum cq_fact)fact), cq_fact_name((enum cq_fact)next)) < 0))
                next = fact;
        write_list_item(sql, done == 0, "c.guards", cq_fact_top((enum cq_fact)next),
                        cq_fact_name((enum cq_fact)next));
        last = cq_fact_name((enum cq_fact)next);
    }
    cq_lawsql_add(sql, "$ENDTRIM END AS missing,\n");
}

static void write_gaps(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "  $TRIM\n");
    for (size_t i = 0; i < sql->law->gap_count; i++)
        write_list_item(sql, i == 0, "c.all_gaps", UINT64_C(1) << i, sql->law->gaps[i].id);
    cq_lawsql_add(sql, sql->law->gap_count == 0 ? "''$ENDTRIM AS gaps\n" : "$ENDTRIM AS gaps\n");
}

void cq_lawsql_views(struct cq_lawsql *sql)
{
    static const char *const cells[] = {"provider", "payer", "referral"};

    write_case_facts(sql);
    cq_lawsql_add(sql, "CREATE VIEW cq_decision AS\nWITH\n");
    write_possible(sql);
    write_answers(sql);
    write_decided(sql);
    cq_lawsql_add(sql, "SELECT c.id AS id, c.day AS day,\n"
                       "  CASE WHEN c.agreed = 1 THEN c.outcome ELSE 'undetermined' END"
                       " AS outcome,\n");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        cq_lawsql_addf(sql, "  CASE WHEN c.agreed = 1 THEN c.%s ELSE '' END AS %s,\n", cells[i],
                       cells[i]);
    cq_lawsql_add(sql, "  c.documents AS documents,\n"
                       "  CASE WHEN c.agreed = 1 THEN c.reasons ELSE 'missing_facts' END"
                       " AS reasons,\n");
    write_missing(sql);
    cq_lawsql_add(sql, "  CASE WHEN c.agreed = 0 THEN '' WHEN c.masks = 1 THEN c.name ELSE c.names"
                       " END AS rule,\n"
                       "  CASE WHEN c.agreed = 1 THEN c.basis ELSE '' END AS basis,\n"
                       "  CASE WHEN c.agreed = 1 THEN c.certainty ELSE '' END AS certainty,\n");
    write_gaps(sql);
    cq_lawsql_add(sql, "FROM complete AS c;\n"
                       "$COMMIT\n");
}
