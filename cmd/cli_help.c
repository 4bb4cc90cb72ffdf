/* --help and --version. */
#include <stdio.h>
#include <string.h>
#include "cli_private.h"
#include "cq/str.h"
#include "cq/utf8.h"

#define LINE_WIDTH 79
#define HELP_COLUMN 26

const struct cq_option cq_cli_common[CQ_COMMON_COUNT] = {
    [CQ_COMMON_DB] =
        {0, 'd', "db", "FILE",
         N_("registry; else $CQ_DB, else cq/cq.db in $XDG_DATA_HOME or ~/.local/share")},
    [CQ_COMMON_AS_OF] = {0, 0, "as-of", "DATE",
                         N_("the day the question is about, YYYY-MM-DD; default today")},
    [CQ_COMMON_KNOWN_AT] = {0, 0, "known-at", "TIME",
                            N_("answer as the registry stood at that moment, UTC")},
    [CQ_COMMON_OUTPUT] = {0, 'o', "output", "FILE", N_("write to FILE instead of standard output")},
    [CQ_COMMON_FORMAT] =
        {0, 'f', "format", "FORMAT",
         N_("csv (default), json (one object a line), table (for people) or xlsx")},
    [CQ_COMMON_LANG] = {0, 0, "lang", "LANGUAGE",
                        N_("language for people: kk, ru or en; default from the environment")},
    [CQ_COMMON_LAW] = {0, 0, "law", "DIR", N_("law tables from DIR instead of the built-in ones")},
    [CQ_COMMON_SHEET] =
        {0, 0, "sheet", "NAME|N",
         N_("the sheet of a workbook (.xlsx); default: the first that is not hidden")},
    [CQ_COMMON_DELIMITER] = {0, 0, "delimiter", "CHAR",
                             N_("comma, semicolon or tab; default: found")},
    [CQ_COMMON_ENCODING] =
        {0, 0, "encoding", "NAME",
         N_("UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic or "
            "CP855; default: found")},
    [CQ_COMMON_DRY_RUN] = {0, 'n', "dry-run", NULL, N_("do everything but keep nothing")},
    [CQ_COMMON_QUIET] = {0, 'q', "quiet", NULL, N_("say less on standard error")},
    [CQ_COMMON_VERBOSE] = {0, 'v', "verbose", NULL, N_("say more on standard error")},
    [CQ_COMMON_HELP] = {0, 'h', "help", NULL, N_("print this help and exit")},
    [CQ_COMMON_VERSION] =
        {0, 'V', "version", NULL,
         N_("print the version and exit; with -v, the fingerprint of the law tables too")},
};

bool cq_cli_has_common(const struct cq_program *program, enum cq_common which)
{
    switch (which) {
    case CQ_COMMON_DRY_RUN: return program->writes;
    case CQ_COMMON_SHEET:
    case CQ_COMMON_DELIMITER:
    case CQ_COMMON_ENCODING: return !program->reports;
    default: return true;
    }
}

/* Prints text in lines that begin at indent; the first begins at the cursor. */
static void print_wrapped(const char *text, size_t indent, size_t cursor)
{
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        size_t width = cq_utf8_width(text, len);
        if (cursor > indent && cursor + 1 + width > LINE_WIDTH) {
            printf("\n%*s", (int)indent, "");
            cursor = indent;
        } else if (cursor > indent) {
            putchar(' ');
            cursor++;
        }
        fwrite(text, 1, len, stdout);
        cursor += width;
        text += len;
        text += strspn(text, " ");
    }
    putchar('\n');
}

/* What stands for a value, in options and usage: each has a translation. */
static const char *const metavariables[] = {
    N_("CHAR"),     N_("CITY"),    N_("CODE"),    N_("DATE"),   N_("DIR"),     N_("FIELD"),
    N_("FILE"),     N_("FORMAT"),  N_("HEADER"),  N_("IIN"),    N_("KIND"),    N_("LANGUAGE"),
    N_("LIST"),     N_("MEASURE"), N_("MODE"),    N_("NAME"),   N_("NN"),      N_("NUMBER"),
    N_("OCCASION"), N_("OPTION"),  N_("PACKAGE"), N_("PAPERS"), N_("PCT"),     N_("PLACE"),
    N_("PROFILE"),  N_("REASON"),  N_("REPORT"),  N_("RUN"),    N_("SECONDS"), N_("SERVICE"),
    N_("SOURCE"),   N_("SQL"),     N_("STATE"),   N_("TEXT"),   N_("TIME"),    N_("TOKEN"),
    N_("URGENCY"),  N_("YYYY")};

/* Appends a text with what stands for values in it translated: "FIELD=HEADER", "[OPTION]... [FILE]". */
static void translate_values(struct cq_str *out, const char *text)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    while (*text != '\0') {
        size_t len = strspn(text, capitals);
        const char *word = NULL;
        for (size_t i = 0; i < sizeof metavariables / sizeof *metavariables && !word; i++)
            if (len > 0 && strlen(metavariables[i]) == len &&
                memcmp(metavariables[i], text, len) == 0)
                word = _(metavariables[i]);
        if (len == 0)
            len = strcspn(text, capitals);
        if (word)
            cq_str_puts(out, word);
        else
            cq_str_put(out, text, len);
        text += len;
    }
}

static void print_option(const struct cq_option *option, const char *help)
{
    struct cq_str head = {0};
    const char *argument = option->argument ? option->argument : "";
    const char *equals = argument[0] == '\0' ? "" : argument[0] == '[' ? "[=" : "=";
    char letter[5] = "    ";
    if (option->letter != 0)
        memcpy(letter, (char[]){'-', option->letter, ',', ' '}, 4);
    cq_str_printf(&head, "  %s--%s%s", letter, option->name, equals);
    translate_values(&head, argument[0] == '[' ? argument + 1 : argument);
    size_t columns = cq_utf8_width(head.ptr ? head.ptr : "", head.len);
    fwrite(head.ptr, 1, head.len, stdout);
    cq_str_free(&head);
    if (columns + 2 > HELP_COLUMN) {
        putchar('\n');
        columns = 0;
    }
    printf("%*s", (int)(HELP_COLUMN - columns), "");
    print_wrapped(help, HELP_COLUMN, HELP_COLUMN);
}

/* A line of usage; what does not fit goes on below the program's arguments. */
static void print_usage(const struct cq_program *program, const char *label, const char *usage)
{
    struct cq_str text = {0};
    printf("%s %s", label, program->name);
    size_t indent = cq_utf8_width(label, strlen(label)) + 1 + strlen(program->name);
    cq_str_puts(&text, " ");
    translate_values(&text, usage);
    if (text.ptr)
        print_wrapped(text.ptr + 1, indent, indent + 1);
    cq_str_free(&text);
}

/* The forms of a program: set_format knows the same. */
static const char *format_help(const struct cq_program *program)
{
    if (program->reports)
        return _("csv (default), json (one object a line), table (for people), xlsx or html; of "
                 "check also prometheus, of law also sql");
    if (program->bundles)
        return _("csv (default; but register prints slips), json (one object a line), table (for "
                 "people) or xlsx; of show and list also fhir");
    if (program->letters)
        return _("csv (default), json (one object a line), table (for people) or xlsx; with "
                 "--letter html alone");
    return _(cq_cli_common[CQ_COMMON_FORMAT].help);
}

void cq_cli_help(const struct cq_program *program)
{
    for (size_t i = 0; program->usage[i]; i++)
        print_usage(program, i == 0 ? _("Usage:") : _("   or:"), program->usage[i]);
    print_wrapped(_(program->summary), 0, 0);
    if (program->options && program->options[0].name) {
        printf("\n%s\n", _("Options:"));
        for (const struct cq_option *o = program->options; o->name; o++)
            print_option(o, _(o->help));
    }
    printf("\n%s\n", _("Options of every program:"));
    for (int i = 0; i < CQ_COMMON_COUNT; i++) {
        const char *help = _(cq_cli_common[i].help);
        if (i == CQ_COMMON_FORMAT)
            help = format_help(program);
        if (cq_cli_has_common(program, (enum cq_common)i))
            print_option(&cq_cli_common[i], help);
    }
    for (size_t i = 0; program->details && program->details[i]; i++) {
        putchar('\n');
        print_wrapped(_(program->details[i]), 0, 0);
    }
}

void cq_cli_version(struct cq_cli *cli)
{
    printf("%s (cq) %s\n", cli->program->name, CQ_VERSION);
    if (!cli->verbose)
        return;
    struct cq_law *law = cq_cli_law(cli);
    if (law)
        printf("law %s\n", law->fingerprint);
    cq_law_free(law);
}
