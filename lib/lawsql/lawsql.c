/* The law as SQL: a script with marks (script.h), translated into a dialect. The script is written
 * in tables.c, cases.c and views.c. Scripts for ClickHouse use only functions of its manual; those for the
 * other two are run in the tests. */
#include "cq/lawsql.h"

#include <string.h>

#include "lawsql/cases.h"
#include "lawsql/script.h"
#include "lawsql/tables.h"
#include "lawsql/views.h"

/* The words of the dialects: $NAME and its text in each. */
static const struct {
    const char *name;
    const char *in[CQ_SQLS];
} words[] = {
    {"INT", {"INTEGER", "integer", "UInt32"}},
    {"WORD", {"INTEGER", "bigint", "UInt64"}},
    {"TEXT", {"TEXT", "text", "String"}},
    {"MAYBETEXT", {"TEXT", "text", "Nullable(String)"}},
    {"DAY", {"TEXT", "date", "Date32"}},
    {"MAYBEDAY", {"TEXT", "date", "Nullable(Date32)"}},
    {"NOTNULL", {" NOT NULL", " NOT NULL", ""}},
    {"ENGINE", {"", "", " ENGINE = MergeTree"}},
    {"BEGIN", {"BEGIN;", "BEGIN;", ""}},
    {"COMMIT", {"COMMIT;", "COMMIT;", ""}},
    {"FIND", {"instr(", "strpos(", "position("}}, /* in a text, another one */
    {"TRIM", {"rtrim(", "rtrim(", "trim(TRAILING ';' FROM "}},
    {"ENDTRIM", {", ';')", ", ';')", ")"}},
    /* Ids of the rules of a case, in order of id, as one text. */
    {"NAMED",
     {"SELECT DISTINCT id, group_concat(name, ';') OVER (PARTITION BY id ORDER BY name\n"
      "    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS names\n"
      "  FROM ranked WHERE place <= ",
      "SELECT id, string_agg(name, ';' ORDER BY name COLLATE \"C\") AS names\n"
      "  FROM ranked WHERE place <= ",
      "SELECT id, arrayStringConcat(arraySort(groupArray(name)), ';') AS names\n"
      "  FROM ranked WHERE place <= "}},
    {"ENDNAMED", {"", " GROUP BY id", " GROUP BY id"}},
};

/* The end of a text in quotes. */
static const char *skip_quoted(const char *at)
{
    do
        at++;
    while (*at != '\0' && *at != '\'');
    return at + (*at != '\0');
}

/* The operator of the bracket at `at`, or the bracket's end where there is none at this depth. */
static const char *find_operator(const char *at)
{
    int depth = 0;

    for (at++; *at != '\0' && (depth > 0 || (*at != '&' && *at != '|' && *at != ']')); at++)
        depth += (*at == '[') - (*at == ']');
    return at;
}

static const char *translate(struct cq_str *out, enum cq_sql dialect, const char *at,
                             const char *end);

/* Appends a bracket; returns its end. */
static const char *translate_bits(struct cq_str *out, enum cq_sql dialect, const char *at)
{
    const bool functions = dialect == CQ_SQL_CLICKHOUSE;
    const char *middle = find_operator(at);
    const char *first = at + 1;

    if (*middle == ']') { /* [~a] */
        cq_str_put(out, functions ? "bitNot(" : "(~", functions ? 7 : 2);
        translate(out, dialect, first + 1, middle);
    } else {
        const char *end = find_operator(middle);

        if (functions)
            cq_str_put(out, *middle == '&' ? "bitAnd(" : "bitOr(", *middle == '&' ? 7 : 6);
        else
            cq_str_put(out, "(", 1);
        translate(out, dialect, first, middle - 1);
        if (functions) {
            cq_str_put(out, ",", 1);
        } else {
            cq_str_put(out, " ", 1);
            cq_str_put(out, middle, 1);
        }
        translate(out, dialect, middle + 1, end);
        middle = end;
    }
    cq_str_put(out, ")", 1);
    return middle + 1;
}

/* Appends the text of a $ mark; returns its end. */
static const char *translate_word(struct cq_str *out, enum cq_sql dialect, const char *at)
{
    size_t len = strspn(++at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (len == 1 && *at == 'D') {
        static const char *const before[CQ_SQLS] = {"'", "DATE '", "toDate32('"};
        static const char *const behind[CQ_SQLS] = {"'", "'", "')"};
        size_t day = strcspn(at + 2, ")");

        cq_str_put(out, before[dialect], strlen(before[dialect]));
        cq_str_put(out, at + 2, day);
        cq_str_put(out, behind[dialect], strlen(behind[dialect]));
        return at + 2 + day + 1;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].name) == len && strncmp(words[i].name, at, len) == 0)
            cq_str_put(out, words[i].in[dialect], strlen(words[i].in[dialect]));
    return at + len;
}

/* Appends a text with marks in a dialect; returns its end. */
static const char *translate(struct cq_str *out, enum cq_sql dialect, const char *at,
                             const char *end)
{
    while (at < end) {
        const char *start = at;

        if (*at == '[') {
            at = translate_bits(out, dialect, at);
        } else if (*at == '$') {
            at = translate_word(out, dialect, at);
        } else if (*at == '\'') {
            at = skip_quoted(at);
            cq_str_put(out, start, (size_t)(at - start));
        } else {
            while (at < end && *at != '[' && *at != '$' && *at != '\'')
                at++;
            cq_str_put(out, start, (size_t)(at - start));
        }
    }
    return at;
}

enum cq_code cq_law_sql(const struct cq_law *law, enum cq_sql dialect, struct cq_str *out)
{
    struct cq_lawsql sql = {.law = law, .dialect = dialect};

    cq_lawsql_tables(&sql);
    cq_lawsql_cases(&sql);
    cq_lawsql_views(&sql);
    enum cq_code code = sql.text.failed;
    if (!code) {
        translate(out, dialect, sql.text.ptr, sql.text.ptr + sql.text.len);
        code = out->failed;
    }
    cq_str_free(&sql.text);
    return code;
}
