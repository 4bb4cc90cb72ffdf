/* Shared by the files of the front end; no program includes it. */
#ifndef CQ_CLI_PRIVATE_H
#define CQ_CLI_PRIVATE_H

#include "cli.h"

enum cq_common {
    CQ_COMMON_DB,
    CQ_COMMON_AS_OF,
    CQ_COMMON_KNOWN_AT,
    CQ_COMMON_OUTPUT,
    CQ_COMMON_FORMAT,
    CQ_COMMON_LANG,
    CQ_COMMON_LAW,
    CQ_COMMON_SHEET,
    CQ_COMMON_DELIMITER,
    CQ_COMMON_ENCODING,
    CQ_COMMON_DRY_RUN,
    CQ_COMMON_QUIET,
    CQ_COMMON_VERBOSE,
    CQ_COMMON_HELP,
    CQ_COMMON_VERSION,
    CQ_COMMON_COUNT
};

/* The options that every program has, in the order of the enum. */
extern const struct cq_option cq_cli_common[CQ_COMMON_COUNT];

/* Whether a program has one of them: --dry-run is only for programs that write, --sheet and what
 * tells how a text is read for those that read lists. */
bool cq_cli_has_common(const struct cq_program *program, enum cq_common which);

/* Sets the language of messages and binds the catalogues. Numbers, dates and sorting stay those of
 * the C locale. */
void cq_cli_set_language(enum cq_language language);

/* Both print on standard output; cq_cli_finish checks that. */
void cq_cli_help(const struct cq_program *program);
void cq_cli_version(struct cq_cli *cli);

/* Lets standard output go through the pager, where there is a screen and one to use. Once.
 * The end waits until it is left: what is written on standard error follows. */
void cq_cli_page(struct cq_cli *cli);
void cq_cli_page_end(struct cq_cli *cli);

/* Closes --output: keeps it only if no error is recorded. Errors: CQ_O_WRITE in cli->err. */
void cq_cli_output_end(struct cq_cli *cli);

/* Records an error of a path, with the system's reason as its detail. */
void cq_cli_path_error(struct cq_cli *cli, enum cq_code code, const char *path, int number);

#endif
