/* The law as SQL: from the marks of lawsql.h to a dialect. What is said stands in
 * lawsql_tables.c and lawsql_views.c. ClickHouse is kept to functions that its manual documents;
 * the other two are run in the tests. */
#include "lawsql.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cq/date.h"

const char *const cq_sql_names[] = {"sqlite", "postgresql", "clickhouse", NULL};

/* Words of the dialects: $NAME, and what stands for it in each. */
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

void cq_lawsql_add(struct cq_lawsql *sql, const char *text)
{
    if (!sql->code)
        sql->code = cq_str_adds(&sql->text, text);
}

void cq_lawsql_addf(struct cq_lawsql *sql, const char *format, ...)
{
    char text[2048]; /* what is formatted is short and ours; names go through quote */
    va_list arguments;

    va_start(arguments, format);
    int len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert(len >= 0 && (size_t)len < sizeof text);
    cq_lawsql_add(sql, text);
}

void cq_lawsql_quote(struct cq_lawsql *sql, const char *text)
{
    cq_lawsql_add(sql, "'");
    for (; *text != '\0'; text++) {
        char c[3] = {*text, *text, '\0'};

        /* Only ClickHouse reads a backslash inside quotes. */
        if (*text != '\'' && (*text != '\\' || sql->dialect != CQ_SQL_CLICKHOUSE))
            c[1] = '\0';
        cq_lawsql_add(sql, c);
    }
    cq_lawsql_add(sql, "'");
}

void cq_lawsql_day(struct cq_lawsql *sql, int32_t day)
{
    char text[16];

    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX) {
        cq_lawsql_add(sql, "NULL");
        return;
    }
    text[cq_date_write(text, day)] = '\0';
    cq_lawsql_addf(sql, "$D(%s)", text);
}

/* The place behind a text in quotes. */
static const char *skip_quoted(const char *at)
{
    do
        at++;
    while (*at != '\0' && *at != '\'');
    return at + (*at != '\0');
}

/* The operator of a bracket that begins at `at`, or its end where there is none at this depth. */
static const char *find_operator(const char *at)
{
    int depth = 0;

    for (at++; *at != '\0' && (depth > 0 || (*at != '&' && *at != '|' && *at != ']')); at++)
        depth += (*at == '[') - (*at == ']');
    return at;
}

static const char *put_dialect(struct cq_str *out, enum cq_code *code, enum cq_sql dialect,
                               const char *at, const char *end);

static void put(struct cq_str *out, enum cq_code *code, const char *text, size_t len)
{
    if (!*code)
        *code = cq_str_add(out, text, len);
}

/* A bracket; returns the place behind it. */
static const char *put_bits(struct cq_str *out, enum cq_code *code, enum cq_sql dialect,
                            const char *at)
{
    const bool functions = dialect == CQ_SQL_CLICKHOUSE;
    const char *middle = find_operator(at);
    const char *first = at + 1;

    if (*middle == ']') { /* [~a] */
        put(out, code, functions ? "bitNot(" : "(~", functions ? 7 : 2);
        put_dialect(out, code, dialect, first + 1, middle);
    } else {
        const char *end = find_operator(middle);

        if (functions)
            put(out, code, *middle == '&' ? "bitAnd(" : "bitOr(", *middle == '&' ? 7 : 6);
        else
            put(out, code, "(", 1);
        put_dialect(out, code, dialect, first, middle - 1);
        if (functions) {
            put(out, code, ",", 1);
        } else {
            put(out, code, " ", 1);
            put(out, code, middle, 1);
        }
        put_dialect(out, code, dialect, middle + 1, end);
        middle = end;
    }
    put(out, code, ")", 1);
    return middle + 1;
}

/* A $ mark; returns the place behind it. */
static const char *put_word(struct cq_str *out, enum cq_code *code, enum cq_sql dialect,
                            const char *at)
{
    size_t len = strspn(++at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (len == 1 && *at == 'D') {
        static const char *const before[CQ_SQLS] = {"'", "DATE '", "toDate32('"};
        static const char *const behind[CQ_SQLS] = {"'", "'", "')"};
        size_t day = strcspn(at + 2, ")");

        put(out, code, before[dialect], strlen(before[dialect]));
        put(out, code, at + 2, day);
        put(out, code, behind[dialect], strlen(behind[dialect]));
        return at + 2 + day + 1;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].name) == len && strncmp(words[i].name, at, len) == 0)
            put(out, code, words[i].in[dialect], strlen(words[i].in[dialect]));
    return at + len;
}

/* Puts marked text into a dialect. */
static const char *put_dialect(struct cq_str *out, enum cq_code *code, enum cq_sql dialect,
                               const char *at, const char *end)
{
    while (at < end) {
        const char *start = at;

        if (*at == '[') {
            at = put_bits(out, code, dialect, at);
        } else if (*at == '$') {
            at = put_word(out, code, dialect, at);
        } else if (*at == '\'') {
            at = skip_quoted(at);
            put(out, code, start, (size_t)(at - start));
        } else {
            while (at < end && *at != '[' && *at != '$' && *at != '\'')
                at++;
            put(out, code, start, (size_t)(at - start));
        }
    }
    return at;
}

enum cq_code cq_law_sql(const struct cq_law *law, enum cq_sql dialect, struct cq_str *out)
{
    struct cq_lawsql sql = {.law = law, .dialect = dialect};

    cq_lawsql_tables(&sql);
    cq_lawsql_views(&sql);
    if (!sql.code)
        put_dialect(out, &sql.code, dialect, sql.text.ptr, sql.text.ptr + sql.text.len);
    cq_str_free(&sql.text);
    return sql.code;
}
