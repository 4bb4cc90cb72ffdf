/* Appends to a script: text, names in quotes, days. */
#include "lawsql/script.h"

#include <assert.h>
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
