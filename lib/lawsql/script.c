/* Appends to a script: text, names in quotes, tables with their rows. */
#include "lawsql/script.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "cq/date.h"

const char *const cq_sql_names[] = {"sqlite", "postgresql", "clickhouse", NULL};

void cq_lawsql_add(struct cq_lawsql *sql, const char *text)
{
    cq_str_puts(&sql->text, text);
}

void cq_lawsql_addf(struct cq_lawsql *sql, const char *format, ...)
{
    char text[2048]; /* only short texts of the program are formatted; names are quoted */
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

void cq_lawsql_table(struct cq_lawsql *sql, const char *comment, const char *name,
                     const char *columns)
{
    sql->table = name;
    sql->rows = 0;
    cq_lawsql_addf(sql, "%sCREATE TABLE %s (\n%s\n)$ENGINE;\n", comment, name, columns);
}

void cq_lawsql_row(struct cq_lawsql *sql)
{
    if (sql->rows == 0)
        cq_lawsql_addf(sql, "INSERT INTO %s VALUES\n(", sql->table);
    else
        cq_lawsql_add(sql, "),\n(");
    sql->rows++;
    sql->cells = 0;
}

static void begin_cell(struct cq_lawsql *sql)
{
    if (sql->cells++ > 0)
        cq_lawsql_add(sql, ", ");
}

void cq_lawsql_number(struct cq_lawsql *sql, uint64_t number)
{
    begin_cell(sql);
    cq_lawsql_addf(sql, "%" PRIu64, number);
}

void cq_lawsql_string(struct cq_lawsql *sql, const char *text)
{
    begin_cell(sql);
    cq_lawsql_quote(sql, text);
}

void cq_lawsql_day(struct cq_lawsql *sql, int32_t day)
{
    char text[16];

    begin_cell(sql);
    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX) {
        cq_lawsql_add(sql, "NULL");
        return;
    }
    text[cq_date_write(text, day)] = '\0';
    cq_lawsql_addf(sql, "$D(%s)", text);
}

void cq_lawsql_end_rows(struct cq_lawsql *sql)
{
    cq_lawsql_add(sql, sql->rows == 0 ? "\n" : ");\n\n");
}
