/* The decision in SQL: one query over masks that decides like decide.c, unknown facts included. */
#include "lawsql/views.h"

#include <inttypes.h>
#include <string.h>

#include "cq/decide.h"

#define WORD "%" PRIu64

/* Writes the tops of the fields that are not empty in what two words share. */
static void write_filled(struct cq_lawsql *sql, const char *x, const char *y)
{
    cq_lawsql_addf(sql, "[[[[%s & %s] & " WORD "] + " WORD " | [%s & %s]] & " WORD "]", x, y,
                   CQ_FACTS_BELOW, CQ_FACTS_BELOW, x, y, CQ_FACTS_TOPS);
}

/* Writes the condition that two words share something in every field. */
static void write_fits(struct cq_lawsql *sql, const char *x, const char *y)
{
    write_filled(sql, x, y);
    cq_lawsql_addf(sql, " = " WORD, CQ_FACTS_TOPS);
}

/* Writes the condition that a row of the law holds on a day. */
static void write_days(struct cq_lawsql *sql, const char *row, const char *day)
{
    cq_lawsql_addf(sql,
                   "(%s.since IS NULL OR %s.since <= %s.day)\n"
                   "    AND (%s.until IS NULL OR %s.day < %s.until)",
                   row, row, day, row, day, row);
}

static void write_possible(struct cq_lawsql *sql)
{
    cq_lawsql_addf(sql,
                   "-- Masks that can hold: they share something with the case in every field.\n"
                   "possible AS (\n"
                   "  SELECT f.id AS id, f.day AS day, f.facts AS facts, m.place AS place,\n"
                   "    [m.mask & f.facts] AS shared, g.ruling AS ruling, g.rule AS rule,\n"
                   "    g.verdict AS verdict, g.certainty AS certainty, g.late AS late\n"
                   "  FROM (SELECT c.id AS id, c.day AS day, c.facts AS facts,\n"
                   "      [c.facts & " WORD "] AS service, p.part AS part\n"
                   "    FROM cq_facts AS c CROSS JOIN cq_law_part AS p\n"
                   "    WHERE ",
                   cq_fact_field(CQ_FACT_SERVICE));
    write_days(sql, "p", "c");
    cq_lawsql_add(sql, ") AS f\n"
                       "  JOIN cq_law_mask AS m ON m.part = f.part AND m.service = f.service\n"
                       "  JOIN cq_law_ruling AS g ON g.ruling = m.ruling\n"
                       "  WHERE ");
    write_fits(sql, "m.mask", "f.facts");
    cq_lawsql_add(sql, "\n"
                       "),\n");
}

/* Writes the late rows that all possible rulings have: of each bit the least. */
static void write_common_late(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "    ");
    for (size_t i = 0; i < sql->law->late_count; i++)
        cq_lawsql_addf(sql, "%smin([p.late & " WORD "])",
                       i == 0       ? ""
                       : i % 4 == 0 ? "\n      + "
                                    : " + ",
                       UINT64_C(1) << i);
    cq_lawsql_add(sql, sql->law->late_count == 0 ? "0 AS late\n" : " AS late\n");
}

static void write_decided(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql,
                  "-- The first ruling that can hold, whether all that can agree, the weakest\n"
                  "-- certainty of theirs, and the late rows that all of them have.\n"
                  "answered AS (\n"
                  "  SELECT p.id AS id, p.day AS day, p.facts AS facts,\n"
                  "    min(p.ruling) AS ruling, max(p.certainty) AS certainty,\n"
                  "    count(*) AS masks,\n"
                  "    CASE WHEN min(p.verdict) = max(p.verdict) THEN 1 ELSE 0 END AS agreed,\n");
    write_common_late(sql);
    cq_lawsql_add(sql, "  FROM possible AS p GROUP BY p.id, p.day, p.facts\n"
                       "),\n"
                       "decided AS (\n"
                       "  SELECT a.id AS id, a.day AS day, a.facts AS facts, a.masks AS masks,\n"
                       "    a.certainty AS certainty, a.agreed AS agreed, a.late AS late,\n"
                       "    g.basis AS basis, g.gaps AS gaps, r.name AS name,\n"
                       "    r.entitled AS entitled, r.outcome AS outcome,\n"
                       "    r.provider AS provider, r.payer AS payer, r.referral AS referral,\n"
                       "    r.reasons AS reasons\n"
                       "  FROM answered AS a JOIN cq_law_ruling AS g ON g.ruling = a.ruling\n"
                       "  JOIN cq_law_rule AS r ON r.rule = g.rule\n"
                       "),\n");
}

static void write_named(struct cq_lawsql *sql)
{
    cq_lawsql_addf(sql,
                   "-- Where the rulings of several rules agree, the first of the table by name.\n"
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
}

static void write_missed(struct cq_lawsql *sql)
{
    cq_lawsql_addf(
        sql,
        "-- Facts that matter: two masks that decide differently and lie apart in one field\n"
        "-- only. Each top is one bit, so a sum of different ones is their union.\n"
        "missed AS (\n"
        "  SELECT pairs.id AS id, CAST(sum(DISTINCT pairs.apart) AS $WORD) AS tops\n"
        "  FROM (SELECT a.id AS id, " WORD " - ",
        CQ_FACTS_TOPS);
    write_filled(sql, "a.shared", "b.shared");
    cq_lawsql_add(sql, " AS apart\n"
                       "    FROM possible AS a JOIN possible AS b ON b.id = a.id\n"
                       "    WHERE a.place < b.place AND a.verdict <> b.verdict) AS pairs\n"
                       "  WHERE [pairs.apart & (pairs.apart - 1)] = 0\n"
                       "  GROUP BY pairs.id\n"
                       "),\n");
}

static void write_brought(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "-- Documents of each possible category: the first row that can apply.\n"
                       "listed AS (\n"
                       "  SELECT d.id AS id, d.facts AS facts, min(t.document) AS document\n"
                       "  FROM decided AS d CROSS JOIN cq_law_document AS t\n"
                       "  WHERE d.agreed = 1 AND d.entitled = 1\n"
                       "    AND ");
    write_days(sql, "t", "d");
    cq_lawsql_add(sql, "\n    AND ");
    write_fits(sql, "t.facts", "d.facts");
    cq_lawsql_addf(sql,
                   "\n"
                   "  GROUP BY d.id, d.facts, t.category\n"
                   "),\n"
                   "-- None where possible categories or bodies need different ones.\n"
                   "brought AS (\n"
                   "  SELECT l.id AS id, max(l.document) AS document\n"
                   "  FROM listed AS l JOIN cq_law_document AS t ON t.document = l.document\n"
                   "  GROUP BY l.id\n"
                   "  HAVING sum(t.category) = max([l.facts & " WORD "])\n"
                   "    AND max([[l.facts & " WORD "] & [~t.facts]]) = 0\n"
                   "    AND min(t.documents) = max(t.documents)\n"
                   "),\n",
                   cq_fact_field(CQ_FACT_CATEGORY), cq_fact_field(CQ_FACT_BODY));
}

static void write_added(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "-- Late rows that apply. Each gap is one bit.\n"
                       "added AS (\n"
                       "  SELECT d.id AS id, CAST(sum(DISTINCT t.gap) AS $WORD) AS gaps,\n"
                       "    max(t.certainty) AS certainty\n"
                       "  FROM decided AS d CROSS JOIN cq_law_late AS t\n"
                       "  WHERE d.agreed = 1 AND [d.late & t.late] <> 0\n"
                       "    AND ");
    write_days(sql, "t", "d");
    cq_lawsql_add(sql, "\n"
                       "    AND [d.facts & [~[t.facts | t.possible]]] = 0\n"
                       "    AND ");
    write_fits(sql, "d.facts", "t.facts");
    cq_lawsql_add(sql, "\n"
                       "  GROUP BY d.id\n"
                       "),\n");
}

static void write_complete(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "complete AS (\n"
                       "  SELECT d.*, n.names AS names, m.tops AS tops,\n"
                       "    coalesce(t.documents, '') AS documents,\n"
                       "    CASE WHEN d.certainty > 0 AND coalesce(w.certainty, 0) > d.certainty\n"
                       "      THEN w.certainty ELSE d.certainty END AS weakest,\n"
                       "    [[d.gaps | coalesce(t.gaps, 0)] | coalesce(w.gaps, 0)] AS all_gaps\n"
                       "  FROM decided AS d\n"
                       "  LEFT JOIN named AS n ON n.id = d.id\n"
                       "  LEFT JOIN missed AS m ON m.id = d.id\n"
                       "  LEFT JOIN brought AS b ON b.id = d.id\n"
                       "  LEFT JOIN cq_law_document AS t ON t.document = b.document\n"
                       "  LEFT JOIN added AS w ON w.id = d.id\n"
                       ")\n");
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

/* Writes the missing facts in order of their names, as an answer lists them. */
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
        write_list_item(sql, done == 0, "c.tops", cq_fact_top((enum cq_fact)next),
                        cq_fact_name((enum cq_fact)next));
        last = cq_fact_name((enum cq_fact)next);
    }
    cq_lawsql_add(sql, "$ENDTRIM END AS missing,\n");
}

static void write_certainty(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "  CASE WHEN c.agreed = 0 THEN ''");
    for (int i = 1; i < CQ_CERTAINTIES; i++) {
        cq_lawsql_addf(sql, "\n    WHEN c.weakest = %d THEN ", i);
        cq_lawsql_quote(sql, cq_certainty_names[i]);
    }
    cq_lawsql_add(sql, " ELSE '' END AS certainty,\n");
}

static void write_gaps(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, "  CASE WHEN c.agreed = 0 THEN '' ELSE $TRIM\n");
    for (size_t i = 0; i < sql->law->gap_count; i++)
        write_list_item(sql, i == 0, "c.all_gaps", UINT64_C(1) << i, sql->law->gaps[i].id);
    cq_lawsql_add(sql, sql->law->gap_count == 0 ? "    ''" : "");
    cq_lawsql_add(sql, "$ENDTRIM END AS gaps\n");
}

void cq_lawsql_views(struct cq_lawsql *sql)
{
    static const char *const cells[] = {"provider", "payer", "referral", "documents"};

    cq_lawsql_add(sql, "CREATE VIEW cq_decision AS\nWITH\n");
    write_possible(sql);
    write_decided(sql);
    write_named(sql);
    write_missed(sql);
    write_brought(sql);
    write_added(sql);
    write_complete(sql);
    cq_lawsql_add(sql, "SELECT c.id AS id, c.day AS day,\n"
                       "  CASE WHEN c.agreed = 1 THEN c.outcome ELSE 'undetermined' END"
                       " AS outcome,\n");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        cq_lawsql_addf(sql, "  CASE WHEN c.agreed = 1 THEN c.%s ELSE '' END AS %s,\n", cells[i],
                       cells[i]);
    cq_lawsql_add(sql, "  CASE WHEN c.agreed = 1 THEN c.reasons ELSE 'missing_facts' END"
                       " AS reasons,\n");
    write_missing(sql);
    cq_lawsql_add(sql, "  CASE WHEN c.agreed = 0 THEN '' WHEN c.masks = 1 THEN c.name ELSE c.names"
                       " END AS rule,\n"
                       "  CASE WHEN c.agreed = 1 THEN c.basis ELSE '' END AS basis,\n");
    write_certainty(sql);
    write_gaps(sql);
    cq_lawsql_add(sql, "FROM complete AS c;\n"
                       "$COMMIT\n");
}
