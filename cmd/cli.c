/* The values of options. The start of a program, its options, help, messages and files are in the
 * other cli_*.c. */
#include "cli.h"
#include <stdio.h>
#include <string.h>
#include "cq/date.h"
#include "cq/nearest.h"
#include "cq/num.h"
#include "cq/terms.h"

enum { CQ_CLI_AGENCIES = 32 }; /* of which a nearest one is looked for */

static bool value_error(struct cq_cli *cli, const char *option, const char *more)
{
    const char *dashes = option[0] == '-' ? "" : "--";
    cq_err_record(&cli->err, CQ_U_VALUE, "%s%s%s", dashes, option, more);
    return false;
}

bool cq_cli_day(struct cq_cli *cli, const char *option, const char *text, int32_t *day)
{
    if (cq_date_parse_iso(text, strlen(text), day))
        return value_error(cli, option, " (YYYY-MM-DD)");
    return true;
}

bool cq_cli_moment(struct cq_cli *cli, const char *option, const char *text, int64_t *ms)
{
    if (cq_time_parse(text, strlen(text), ms))
        return value_error(cli, option, " (YYYY-MM-DDTHH:MM:SSZ)");
    return true;
}

bool cq_cli_number(struct cq_cli *cli, const char *option, const char *text, int64_t min,
                   int64_t max, int64_t *out)
{
    char range[48];
    snprintf(range, sizeof range, " (%lld-%lld)", (long long)min, (long long)max);
    if (cq_num_parse(text, strlen(text), min, max, out))
        return value_error(cli, option, range);
    return true;
}

void cq_cli_suggest(struct cq_cli *cli, const char *kind, const char *const *values,
                    const char *text)
{
    char name[sizeof cli->err.nearest];
    struct cq_law *law = NULL;
    struct cq_err ignored = {0};
    struct cq_terms terms = {0};
    cq_nearest_of(values, text, name, sizeof name);
    if (name[0] == '\0' && kind && !cq_law_load(&law, cli->law_dir, &ignored) &&
        !cq_terms_read(&terms, law, kind, values, &ignored))
        cq_nearest_of(terms.values, text, name, sizeof name);
    cq_terms_free(&terms);
    cq_law_free(law);
    cq_err_nearest(&cli->err, name);
}

bool cq_cli_bad_value(struct cq_cli *cli, const char *option, enum cq_code why,
                      const struct cq_column *column, const char *text)
{
    struct cq_str more = {0};
    if (why == CQ_B_NOMEM) {
        cq_err_record(&cli->err, why, NULL);
        return false;
    }
    bool choice = column && (column->type == CQ_TYPE_CHOICE || column->type == CQ_TYPE_CHOICES);
    cq_str_puts(&more, " (");
    if (choice)
        cq_column_allowed(column, 0, &more);
    else
        cq_str_puts(&more, _(cq_code_text(why)));
    cq_str_puts(&more, ")");
    value_error(cli, option, !more.failed ? more.ptr : "");
    if (choice)
        cq_cli_suggest(cli, column->name, column->values, text);
    cq_str_free(&more);
    return false;
}

bool cq_cli_choice(struct cq_cli *cli, const char *option, const char *text,
                   const char *const *values, int *out)
{
    for (int i = 0; values[i]; i++) {
        if (strcmp(values[i], text) == 0) {
            *out = i;
            return true;
        }
    }
    struct cq_str list = {0};
    for (int i = 0; values[i]; i++)
        cq_str_printf(&list, "%s%s", i == 0 ? " (" : ", ", values[i]);
    cq_str_puts(&list, ")");
    value_error(cli, option, !list.failed ? list.ptr : "");
    cq_cli_suggest(cli, strcmp(option, "kind") == 0 ? "list" : option, values, text);
    cq_str_free(&list);
    return false;
}

bool cq_cli_yes_no(struct cq_cli *cli, const char *option, const char *text, bool *out)
{
    static const char *const words[] = {"yes", "no", "1", "0", "иә", "жоқ", "да", "нет"};
    if (!text) {
        *out = true;
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i % 2 == 0;
            return true;
        }
    }
    return value_error(cli, option, " (yes, no)");
}

struct cq_law *cq_cli_law(struct cq_cli *cli)
{
    struct cq_law *law = NULL;
    if (cq_law_load(&law, cli->law_dir, &cli->err))
        return NULL;
    return law;
}

int cq_cli_agency(struct cq_cli *cli, const struct cq_law *law, const char *given)
{
    char names[200] = "";
    const char *values[CQ_CLI_AGENCIES + 1] = {NULL};
    const struct cq_agency *agency = given ? cq_law_agency(law, given, strlen(given)) : NULL;
    if (agency)
        return agency->number;
    for (size_t i = 0; i < law->agency_count; i++) {
        strncat(names, i > 0 ? ", " : "", sizeof names - strlen(names) - 1);
        strncat(names, law->agencies[i].id, sizeof names - strlen(names) - 1);
        if (i < CQ_CLI_AGENCIES)
            values[i] = law->agencies[i].id;
    }
    cq_err_record(&cli->err, given ? CQ_U_VALUE : CQ_U_NEEDS, "--agency (%s)", names);
    if (given)
        cq_cli_suggest(cli, "agency", values, given);
    return 0;
}
