/* The start of a program: reads the environment, the clock, the user and the terminals, which no
 * other file of cmd/ does; then the options. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "cli_private.h"
#include "cq/date.h"
#include "cq/nearest.h"
#include "cq/num.h"

#define WIDTH_LEAST 20 /* of a terminal; a narrower one is taken to be as wide */
#define LONG_BASE 256  /* getopt_long returns LONG_BASE + index for a long option */
/* Ids of common options are below zero, those of a program's own above. The macro is its own
 * inverse. */
#define COMMON_ID(which) (-1 - (which))

/* A program started with a descriptor of 0 to 2 closed would get it back from the first open()
 * and write messages into data. The holes are filled with descriptors on which the wrong call
 * fails: reading on 0, writing on 1 and 2. */
static void fill_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static const char *get_variable(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] != '\0' ? value : NULL;
}

static const char *home_folder(void)
{
    const char *home = get_variable("HOME");
    if (home)
        return home;
    const struct passwd *entry = getpwuid(getuid());
    return entry && entry->pw_dir ? entry->pw_dir : "";
}

/* Returns the path of the registry without --db. A relative $XDG_DATA_HOME must be ignored (XDG
 * Base Directory Specification). */
static char *default_db(void)
{
    struct cq_str path = {0};
    const char *db = get_variable("CQ_DB");
    const char *data = get_variable("XDG_DATA_HOME");
    if (db)
        cq_str_puts(&path, db);
    else if (data && data[0] == '/')
        cq_str_printf(&path, "%s/cq/cq.db", data);
    else
        cq_str_printf(&path, "%s/.local/share/cq/cq.db", home_folder());
    if (path.failed)
        cq_str_free(&path);
    return path.ptr;
}

const char *cq_cli_actor(struct cq_cli *cli)
{
    const struct passwd *entry = getpwuid(getuid());
    if (entry && entry->pw_name)
        return entry->pw_name;
    snprintf(cli->uid, sizeof cli->uid, "%lu", (unsigned long)getuid());
    return cli->uid;
}

int64_t cq_cli_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t cq_cli_monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Sets the day to today; for reports to the day of $SOURCE_DATE_EPOCH if it is set, so that a page
 * can be reproduced to the byte on another day. */
static void read_clock(struct cq_cli *cli)
{
    struct tm local;
    cli->now = cq_cli_clock();
    time_t now = (time_t)(cli->now / 1000);
    if (localtime_r(&now, &local))
        cli->as_of = cq_date_make(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
    const char *epoch = cli->program->reports ? get_variable("SOURCE_DATE_EPOCH") : NULL;
    int64_t seconds;
    if (epoch && !cq_num_parse(epoch, strlen(epoch), 0, INT64_C(253402300799), &seconds))
        cli->as_of = (int32_t)(seconds / 86400);
}

/* Returns the last --lang of the command line: it also applies to a --help before it. */
static const char *language_option(int argc, char **argv)
{
    const char *found = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], "--lang=", 7) == 0)
            found = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            found = argv[++i];
    return found;
}

static enum cq_language language_of(const char *text)
{
    for (int i = 0; i < CQ_LANGUAGES; i++)
        if (strncmp(text, cq_language_names[i], 2) == 0)
            return (enum cq_language)i;
    return CQ_EN;
}

/* The language of --lang, else that of the environment. */
static enum cq_language choose_language(int argc, char **argv)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *option = language_option(argc, argv);
    if (option)
        return language_of(option);
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = get_variable(variables[i]);
        if (value)
            return language_of(value);
    }
    return CQ_EN;
}

static size_t count_options(const struct cq_program *program)
{
    size_t n = 0;
    while (program->options && program->options[n].name)
        n++;
    return n;
}

/* The table that getopt_long reads: the program's own options, then the common ones.
 * options_memory keeps the same rows in the same order. */
static bool merge_options(struct cq_cli *cli)
{
    size_t own = count_options(cli->program);
    size_t most = own + CQ_COMMON_COUNT;
    struct cq_option *rows = calloc(most + 1, sizeof *rows);
    struct option *longs = calloc(most + 1, sizeof *longs);
    char *shorts = calloc(most + 1, 3);
    cli->options_memory = rows;
    cli->long_options = longs;
    cli->short_options = shorts;
    if (!rows || !longs || !shorts)
        return false;
    size_t n = 0;
    for (size_t i = 0; i < own; i++)
        rows[n++] = cli->program->options[i];
    for (int i = 0; i < CQ_COMMON_COUNT; i++) {
        if (!cq_cli_has_common(cli->program, (enum cq_common)i))
            continue;
        rows[n] = cq_cli_common[i];
        rows[n++].id = COMMON_ID(i);
    }
    *shorts++ = ':'; /* getopt distinguishes a missing value from an unknown option */
    for (size_t i = 0; i < n; i++) {
        int has = !rows[i].argument            ? no_argument
                  : rows[i].argument[0] == '[' ? optional_argument
                                               : required_argument;
        longs[i] = (struct option){rows[i].name, has, NULL, LONG_BASE + (int)i};
        if (rows[i].letter != 0) {
            *shorts++ = rows[i].letter;
            for (int colons = has; colons > 0; colons--)
                *shorts++ = ':';
        }
    }
    return true;
}

/* A number of a variable; 0 where it has none. */
static size_t number_of(const char *name)
{
    const char *value = get_variable(name);
    int64_t number = 0;
    return value && !cq_num_parse(value, strlen(value), 1, 10000, &number) ? (size_t)number : 0;
}

/* The size of the screen and the pager. $COLUMNS and $LINES come before what the terminal says; without
 * a terminal nothing is folded but where $COLUMNS asks for it. */
static void read_screen(struct cq_cli *cli)
{
    struct winsize size = {0};
    const char *pager = getenv("CQ_PAGER"), *terminal = get_variable("TERM");
    cli->output_is_terminal = isatty(STDOUT_FILENO);
    if (cli->output_is_terminal)
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    cli->width = number_of("COLUMNS");
    cli->height = number_of("LINES");
    if (cli->width == 0 && cli->output_is_terminal)
        cli->width = size.ws_col > 0 ? size.ws_col : 80;
    if (cli->width > 0 && cli->width < WIDTH_LEAST)
        cli->width = WIDTH_LEAST;
    if (cli->height == 0)
        cli->height = size.ws_row > 0 ? size.ws_row : 24;
    if (!pager)
        pager = getenv("PAGER");
    if (!pager)
        pager = "command -v less >/dev/null || exit 127; exec less -FRX";
    if (pager[0] != '\0' && strcmp(pager, "cat") != 0 &&
        (!terminal || strcmp(terminal, "dumb") != 0))
        cli->pager = pager;
}

void cq_cli_open(struct cq_cli *cli, const struct cq_program *program, int argc, char **argv)
{
    *cli = (struct cq_cli){
        .program = program,
        .known_at = INT64_MAX,
        .format = CQ_FORMAT_CSV,
        .out_fd = -1,
        .copy_to = -1,
        .argc = argc,
        .argv = argv,
    };
    fill_descriptors();
    signal(SIGPIPE, SIG_DFL);
    cli->language = choose_language(argc, argv);
    cq_cli_set_language(cli->language);
    read_clock(cli);
    cli->input_is_terminal = isatty(STDIN_FILENO);
    read_screen(cli);
    cli->error_is_terminal = isatty(STDERR_FILENO);
    cli->temporary_folder = get_variable("TMPDIR");
    if (!cli->temporary_folder)
        cli->temporary_folder = "/tmp";
    cli->db_memory = default_db();
    cli->db = cli->db_memory;
    if (!cli->db_memory || !merge_options(cli))
        cq_err_record(&cli->err, CQ_B_NOMEM, NULL);
    opterr = 0;
    optind = 0; /* GNU: start afresh */
}

static void set_format(struct cq_cli *cli, const char *text)
{
    static const char *const plain[] = {"csv", "json", "table", "xlsx", NULL};
    static const char *const report[] = {"csv",  "json",       "table", "xlsx",
                                         "html", "prometheus", "sql",   NULL};
    static const char *const bundle[] = {"csv", "json", "table", "xlsx", "fhir", NULL};
    static const char *const letter[] = {"csv", "json", "table", "xlsx", "html", NULL};
    const struct cq_program *program = cli->program;
    int index = 0;
    if (!cq_cli_choice(cli, "format", text,
                       program->reports   ? report
                       : program->bundles ? bundle
                       : program->letters ? letter
                                          : plain,
                       &index))
        return;
    cli->format_given = true;
    cli->format = (enum cq_format)index;
    if (program->bundles && index > CQ_FORMAT_XLSX)
        cli->format = CQ_FORMAT_FHIR;
}

static void set_delimiter(struct cq_cli *cli, const char *text)
{
    static const char *const names[] = {",", ";", "\t", "comma", "semicolon", "tab", NULL};
    int which;
    if (cq_cli_choice(cli, "delimiter", text, names, &which))
        cli->delimiter = names[which % 3][0];
}

/* Applies a common option; returns false if the program must finish. */
static bool apply_common(struct cq_cli *cli, int which, const char *argument)
{
    int index = 0;
    switch ((enum cq_common)which) {
    case CQ_COMMON_DB: cli->db = argument; break;
    case CQ_COMMON_AS_OF: cli->as_of_given = cq_cli_day(cli, "as-of", argument, &cli->as_of); break;
    case CQ_COMMON_KNOWN_AT: cq_cli_moment(cli, "known-at", argument, &cli->known_at); break;
    case CQ_COMMON_OUTPUT: cli->output = strcmp(argument, "-") == 0 ? NULL : argument; break;
    case CQ_COMMON_FORMAT: set_format(cli, argument); break;
    case CQ_COMMON_LANG: /* applied at the start; only checked here */
        cli->language_given = cq_cli_choice(cli, "lang", argument, cq_language_names, &index);
        break;
    case CQ_COMMON_LAW: cli->law_dir = argument; break;
    case CQ_COMMON_SHEET: cli->sheet = argument; break;
    case CQ_COMMON_DELIMITER: set_delimiter(cli, argument); break;
    case CQ_COMMON_ENCODING:
        cli->encoding_given = cq_cli_choice(cli, "encoding", argument, cq_encoding_names, &index);
        cli->encoding = (enum cq_encoding)index;
        break;
    case CQ_COMMON_DRY_RUN: cli->dry_run = true; break;
    case CQ_COMMON_QUIET: cli->quiet = true; break;
    case CQ_COMMON_VERBOSE: cli->verbose = true; break;
    case CQ_COMMON_HELP:
        cq_cli_page(cli);
        cq_cli_help(cli->program);
        return false;
    case CQ_COMMON_VERSION: cli->wants_version = true; break; /* a later -v counts */
    case CQ_COMMON_COUNT: break;
    }
    return !cli->err.code;
}

/* Names the option that was probably meant, unless the one given is right and lacks its value. */
static void suggest_option(struct cq_cli *cli, const char *word)
{
    const struct cq_option *rows = cli->options_memory;
    const struct option *longs = cli->long_options;
    struct cq_nearest nearest = {0};
    char name[sizeof cli->err.nearest];
    for (size_t i = 0; longs[i].name; i++) {
        if (strcmp(rows[i].name, word) == 0)
            return;
        cq_nearest_offer(&nearest, word, strlen(word), rows[i].name, CQ_NEAR_WORD);
    }
    snprintf(name, sizeof name, "--%s", nearest.name ? nearest.name : "");
    cq_err_nearest(&cli->err, nearest.name ? name : NULL);
}

/* Records the option that getopt_long refused, without its value. */
static void option_error(struct cq_cli *cli)
{
    if (optopt > ' ' && optopt < 127) {
        cq_err_record(&cli->err, CQ_U_OPTION, "-%c", optopt);
        return;
    }
    const char *word = optind > 0 && optind <= cli->argc ? cli->argv[optind - 1] : "";
    if (strncmp(word, "--", 2) != 0)
        word = "-";
    cq_err_record(&cli->err, CQ_U_OPTION, "%.*s", (int)strcspn(word, "="), word);
    if (word[1] == '-')
        suggest_option(cli, cli->err.detail + 2);
}

int cq_cli_option(struct cq_cli *cli, const char **argument)
{
    const struct cq_option *rows = cli->options_memory;
    while (!cli->err.code) {
        int got = getopt_long(cli->argc, cli->argv, cli->short_options, cli->long_options, NULL);
        *argument = optarg;
        if (got == -1 && cli->wants_version) {
            cq_cli_version(cli);
            return CQ_CLI_STOP;
        }
        if (got == -1) {
            cli->operands = cli->argv + optind;
            cli->operand_count = cli->argc - optind;
            return CQ_CLI_END;
        }
        if (got == '?' || got == ':') {
            option_error(cli);
            break;
        }
        int row = got - LONG_BASE;
        if (got < LONG_BASE) {
            row = 0;
            while (rows[row].letter != got)
                row++;
        }
        if (rows[row].id > 0)
            return rows[row].id;
        if (!apply_common(cli, COMMON_ID(rows[row].id), optarg))
            break;
    }
    return CQ_CLI_STOP;
}
