/* Words for people on standard error, and the end of a program. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli_private.h"

#define SAID_MOST 10 /* lines of one code of rows */

struct line {
    char text[2048];
    size_t len;
};

static void add(struct line *line, const char *text, size_t len)
{
    size_t room = sizeof line->text - 2 - line->len;
    if (len > room)
        len = room;
    memcpy(line->text + line->len, text, len);
    line->len += len;
}

static void adds(struct line *line, const char *text)
{
    add(line, text, strlen(text));
}

/* File names and headers come from outside: control characters (C0, DEL and, as C2 80 to C2 9F,
 * C1) could move a terminal's cursor or end the line early. */
static void defuse(struct line *line)
{
    for (size_t i = 0; i < line->len; i++) {
        unsigned char c = (unsigned char)line->text[i];
        unsigned char after = i + 1 < line->len ? (unsigned char)line->text[i + 1] : 0;
        if (c < 0x20 || c == 0x7f) {
            line->text[i] = '?';
        } else if (c == 0xc2 && after >= 0x80 && after < 0xa0) {
            line->text[i] = '?';
            line->text[i + 1] = '?';
        }
    }
}

/* The text of a code with its detail. Catalogues are not trusted as formats, and a code without
 * a detail does not end in a lone colon. */
static void add_text(struct line *line, const struct cq_err *err)
{
    const char *text = _(cq_code_text(err->code));
    const char *mark = strstr(text, "%s");
    if (!mark) {
        adds(line, text);
        return;
    }
    size_t before = (size_t)(mark - text);
    if (err->detail[0] == '\0' && before >= 2 && strncmp(mark - 2, ": ", 2) == 0)
        before -= 2;
    add(line, text, before);
    adds(line, err->detail);
    adds(line, mark + 2);
}

static void say(const struct cq_cli *cli, const struct cq_err *err)
{
    struct line line = {.len = 0};
    char number[32];
    adds(&line, cli->program->name);
    adds(&line, ": ");
    if (err->file[0] != '\0')
        adds(&line, err->file);
    if (err->line > 0) {
        snprintf(number, sizeof number, "%s%ld", err->file[0] != '\0' ? ":" : "", err->line);
        adds(&line, number);
    }
    if (err->file[0] != '\0' || err->line > 0)
        adds(&line, ": ");
    if (err->column[0] != '\0') {
        adds(&line, err->column);
        adds(&line, ": ");
    }
    add_text(&line, err);
    adds(&line, " [");
    adds(&line, cq_code_id(err->code));
    adds(&line, "]");
    defuse(&line);
    line.text[line.len++] = '\n';
    fwrite(line.text, 1, line.len, stderr);
}

/* The letter of a code: "CQ-R012" is R. */
static char kind(enum cq_code code)
{
    return cq_code_id(code)[3];
}

void cq_cli_say(struct cq_cli *cli, const struct cq_err *err)
{
    char letter = kind(err->code);
    if (letter == 'W' && cli->quiet)
        return;
    cli->said[err->code]++;
    if (strchr("RWX", letter) && cli->said[err->code] > SAID_MOST)
        return;
    say(cli, err);
}

static void say_rest(const struct cq_cli *cli)
{
    for (int code = 0; code < CQ_CODE_COUNT; code++) {
        long rest = cli->said[code] - SAID_MOST;
        if (rest <= 0 || !strchr("RWX", kind((enum cq_code)code)))
            continue;
        fprintf(stderr, "%s: ", cli->program->name);
        fprintf(stderr,
                ngettext("%ld more message of this kind [%s]",
                         "%ld more messages of this kind [%s]", (unsigned long)rest),
                rest, cq_code_id((enum cq_code)code));
        fputc('\n', stderr);
    }
}

static void talk(const struct cq_cli *cli, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

static void talk(const struct cq_cli *cli, const char *format, va_list list)
{
    flockfile(stderr);
    fprintf(stderr, "%s: ", cli->program->name);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    funlockfile(stderr);
}

void cq_cli_note(struct cq_cli *cli, const char *format, ...)
{
    if (cli->quiet)
        return;
    va_list list;
    va_start(list, format);
    talk(cli, format, list);
    va_end(list);
}

void cq_cli_tell(struct cq_cli *cli, const char *format, ...)
{
    if (!cli->verbose)
        return;
    va_list list;
    va_start(list, format);
    talk(cli, format, list);
    va_end(list);
}

/* A full disk or a lost network share may show only when the last bytes are pushed out. */
static void close_stdout(struct cq_cli *cli)
{
    int number = 0;
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout))
        number = errno != 0 ? errno : EIO;
    if (close(STDOUT_FILENO) != 0 && number == 0)
        number = errno;
    if (number != 0)
        cq_cli_path_error(cli, CQ_O_WRITE, NULL, number);
}

int cq_cli_finish(struct cq_cli *cli)
{
    cq_cli_output_end(cli);
    close_stdout(cli);
    say_rest(cli);
    int status = cli->findings ? 1 : 0;
    if (cli->err.code) {
        status = cq_code_status(cli->err.code);
        say(cli, &cli->err);
        if (kind(cli->err.code) == 'U') {
            fprintf(stderr, _("Try '%s --help'"), cli->program->name);
            fputc('\n', stderr);
        }
    }
    free(cli->db_memory);
    free(cli->options_memory);
    free(cli->long_options);
    free(cli->short_options);
    return status;
}
