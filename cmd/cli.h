/* The shared front end of the four programs: the only code that writes messages, reads the
 * environment and the clock, sets the exit status and closes standard output.
 *
 * A main() does: cq_cli_open, cq_cli_option until CQ_CLI_END or CQ_CLI_STOP, work, and
 * `return cq_cli_finish(&cli)`. */
#ifndef CQ_CLI_H
#define CQ_CLI_H

#include <stdbool.h>
#include <stdint.h>
#include <libintl.h>
#include "cq/columns.h"
#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/db.h"
#include "cq/err.h"
#include "cq/law.h"

#define _(text) gettext(text)

#define CQ_CLI_END (-1)  /* options are over: operands are in cli->operands */
#define CQ_CLI_STOP (-2) /* nothing to do but finish: help, version, or an error recorded */

/* One option of a program. A table ends with a row whose name is NULL. */
struct cq_option {
    int id;               /* what cq_cli_option returns; 1 or more */
    char letter;          /* 0 if there is no short form */
    const char *name;     /* without the dashes */
    const char *argument; /* NULL none, "FILE" required, "[yes|no]" optional (with =) */
    const char *help;     /* N_() text of --help */
};

/* What a program is, for --help. */
struct cq_program {
    const char *name;         /* "cq-import" */
    const char *const *usage; /* lines after the name: "[OPTION]... [FILE]...", NULL at the end */
    const char *summary;      /* N_(), one sentence */
    const struct cq_option *options;
    const char *const
        *details; /* N_() paragraphs after the options, NULL at the end; may be NULL */
    bool writes;  /* has -n, --dry-run */
    bool reports; /* --format takes html too */
    bool bundles; /* --format takes fhir too */
    bool letters; /* --format takes html for one of its outputs */
};

struct cq_cli {
    const struct cq_program *program;
    char **operands; /* after cq_cli_option returned CQ_CLI_END */
    int operand_count;

    /* common options */
    const char *db; /* path of the registry: option, $CQ_DB or the XDG default */
    int32_t as_of;  /* default today, local time */
    bool as_of_given;
    int64_t known_at;   /* milliseconds UTC; INT64_MAX for now */
    const char *output; /* NULL for standard output */
    enum cq_format format;
    bool format_given;
    enum cq_language language;
    bool language_given; /* by --lang */
    const char *law_dir; /* NULL for the built-in tables */
    const char *sheet;   /* of a workbook; NULL for the usual one */
    char delimiter;      /* of a list; 0 to find it */
    enum cq_encoding encoding;
    bool encoding_given;
    bool dry_run, quiet, verbose;
    int64_t now;                  /* the clock when the program began, milliseconds UTC */
    const char *temporary_folder; /* $TMPDIR, else /tmp */

    struct cq_err err;   /* the error that ends the run; pass &cli.err to the library */
    bool private_output; /* --output is about people: no one else may read a new file */
    bool prose;          /* the output is a text for people, whatever the format: it is paged */
    bool findings;       /* done, with findings: status 1 */
    bool err_printed;    /* by cq_cli_refuse */

    /* private */
    struct cq_table_reader reader;
    size_t width, height; /* of the terminal; width 0: lines are not folded */
    const char *pager;    /* a command of the shell; NULL for none */
    int pages;            /* the process before the pager; 0 for none */
    char uid[24];
    bool input_is_terminal, output_is_terminal, error_is_terminal;
    bool wants_version;
    int out_fd;
    int copy_to; /* where the workbook in out_fd goes; -1 if it is there */
    char *out_path;
    char *temporary;
    char *db_memory;
    void *options_memory;
    void *long_options;
    char *short_options;
    int argc;
    char **argv;
    long reported[CQ_CODE_COUNT];
    bool stepped[CQ_CODE_COUNT]; /* the next step has been printed */
};

/* Starts: locale, clock, environment, defaults, descriptors 0 to 2 made safe.
 * Errors: recorded in cli->err; the first cq_cli_option then returns CQ_CLI_STOP. */
void cq_cli_open(struct cq_cli *cli, const struct cq_program *program, int argc, char **argv);

/* Returns the program's next own option; common options are applied inside.
 * Shape: *argument is NULL where the option has none. Options and operands may be mixed. */
int cq_cli_option(struct cq_cli *cli, const char **argument);

/* Value parsers for options: record CQ_U_VALUE naming the option and return false. */
bool cq_cli_day(struct cq_cli *cli, const char *option, const char *text, int32_t *day);
bool cq_cli_moment(struct cq_cli *cli, const char *option, const char *text, int64_t *ms);
bool cq_cli_number(struct cq_cli *cli, const char *option, const char *text, int64_t min,
                   int64_t max, int64_t *out);
/* values ends with NULL; *out is the index. An error names the values, and the nearest of them and of
 * their words in the law tables. */
bool cq_cli_choice(struct cq_cli *cli, const char *option, const char *text,
                   const char *const *values, int *out);
/* The value of a column was not read: names the values there are, and the nearest, else the reason
 * why. Shape: column is NULL where it has no list of values. Returns false. */
bool cq_cli_bad_value(struct cq_cli *cli, const char *option, enum cq_code why,
                      const struct cq_column *column, const char *text);
/* Adds to the error that was recorded the nearest of values, NULL at the end, else of their words in
 * the law tables; kind is what those call them, NULL for words that are in no table. */
void cq_cli_suggest(struct cq_cli *cli, const char *kind, const char *const *values,
                    const char *text);
bool cq_cli_yes_no(struct cq_cli *cli, const char *option, const char *text, bool *out);

/* Who runs the program, for the log: the login name, or the number of the user.
 * Owner: cli, or the system until the next look-up of a user. */
const char *cq_cli_actor(struct cq_cli *cli);

/* The clock now. Units: milliseconds UTC; nanoseconds since some fixed moment, for durations. */
int64_t cq_cli_clock(void);
int64_t cq_cli_monotonic(void);

/* Opens one input: NULL or "-" is standard input (a terminal is a usage error).
 * Shape: *name is its name in messages. Errors: CQ_O_OPEN, CQ_O_DIRECTORY, CQ_U_TERMINAL,
 * CQ_U_IIN_FILE in cli->err, then -1. */
int cq_cli_input(struct cq_cli *cli, const char *operand, const char **name);

/* The same for a list, with what --sheet, --delimiter and --encoding say of it. Returns false after
 * an error, with fd -1. */
bool cq_cli_list(struct cq_cli *cli, const char *operand, struct cq_csv_input *input);

/* The descriptor that data go to: standard output, or a temporary file beside --output that
 * cq_cli_finish renames when all went well. A workbook goes to a regular file in any case, from
 * which cq_cli_finish copies it. Errors: CQ_O_OPEN, CQ_O_WRITE in cli->err, then -1. */
int cq_cli_output(struct cq_cli *cli);

/* Another output file that is written in the same way (temporary, then renamed): --rejects,
 * --summary. */
struct cq_cli_file {
    int fd;
    char *path;
    char *temporary;
};
bool cq_cli_file_open(struct cq_cli *cli, struct cq_cli_file *file, const char *path);
/* Closes it; without keep the temporary file is removed. Errors: CQ_O_WRITE in cli->err. */
bool cq_cli_file_close(struct cq_cli *cli, struct cq_cli_file *file, bool keep);

/* Loads and proves the law tables that --law names. Errors in cli->err, then NULL. */
struct cq_law *cq_cli_law(struct cq_cli *cli);

/* The number of the agency that --agency names; NULL where it was not given. Errors: CQ_U_NEEDS,
 * CQ_U_VALUE with the agencies there are, in cli->err, then 0. */
int cq_cli_agency(struct cq_cli *cli, const struct cq_law *law, const char *given);

/* The columns that a table is folded to; 0 for none: it goes to a file. */
size_t cq_cli_width(const struct cq_cli *cli);

/* The reader of a table, in the language of the run. Owner: cli; the law outlives its use. */
const struct cq_table_reader *cq_cli_table_reader(struct cq_cli *cli, const struct cq_law *law);

/* Opens the registry as cq_db_open does, and says where an older one was upgraded. */
enum cq_code cq_cli_registry(struct cq_cli *cli, struct cq_db *db, enum cq_db_mode mode,
                             int wait_ms, struct cq_err *err);

/* Reports one error: `cq-import: FILE:LINE: COLUMN: what is wrong [CODE]`, and below the first of a
 * code the next step: `cq-import:   what to do`. Of each code of rows (R, W, X) the first few are
 * printed and the rest counted; cq_cli_finish prints the count. --quiet hides warnings (W), and the
 * steps of rows. */
void cq_cli_report(struct cq_cli *cli, const struct cq_err *err);
/* The same with the detail in words, which are longer; NULL for the error's own. */
void cq_cli_report_as(struct cq_cli *cli, const struct cq_err *err, const char *detail);

/* Prints the error that ends the run now, so that lines can follow which say more of it; a line of
 * those, which --quiet does not hide either. */
void cq_cli_refuse(struct cq_cli *cli);
void cq_cli_refuse_line(struct cq_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Print a line on standard error: unless --quiet, or only with --verbose.
 * Shape: format is already translated; the program's name comes in front. */
void cq_cli_info(struct cq_cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cq_cli_verbose(struct cq_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* With --verbose, says how many rows of the input were passed over, if any. */
void cq_cli_passed(struct cq_cli *cli, int64_t blank, int64_t skipped);

/* Shows the progress of a long job, on a terminal, after its first second. done below 0 removes the
 * bar. Units: any, the same for both. */
void cq_cli_progress(struct cq_cli *cli, int64_t done, int64_t total);

/* Ends: flushes, syncs and renames --output, closes standard output and checks that, prints the
 * recorded error if there is one, frees. Returns the exit status. */
int cq_cli_finish(struct cq_cli *cli);

#endif
