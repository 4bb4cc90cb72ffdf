/* Messages on standard error, and the end of a program. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli_private.h"

#define REPORTED_MAX 10 /* lines of one code of rows */

struct line {
    char text[2048];
    size_t len;
};

static void append(struct line *line, const char *text, size_t len)
{
    size_t room = sizeof line->text - 2 - line->len;
    if (len > room)
        len = room;
    memcpy(line->text + line->len, text, len);
    line->len += len;
}

static void append_string(struct line *line, const char *text)
{
    append(line, text, strlen(text));
}

/* Replaces control characters (C0, DEL and, as C2 80 to C2 9F, C1): file names and headers come
 * from outside and could move a terminal's cursor or end the line early. */
static void mask_controls(struct line *line)
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

/* The words at the beginning of a text that are in the catalogues, up to a bracket or a blank before
 * a number. Returns their length, 0 for none. */
static size_t translated_head(const char *text, char *head, size_t size)
{
    for (const char *end = text; (end = strpbrk(end, " (")); end++) {
        size_t len = (size_t)(end - text);
        if (len == 0 || len >= size)
            continue;
        memcpy(head, text, len);
        head[len] = '\0';
        if (cq_is_detail_text(head))
            return len;
    }
    return 0;
}

/* A detail, of which the part that is in words is in the catalogues: all of it, what follows the last
 * colon (of a path) or comma, without a number behind. */
static void append_detail(struct line *line, const char *detail)
{
    char head[96];
    const char *part = detail;
    if (cq_is_detail_text(detail)) {
        append_string(line, _(detail));
        return;
    }
    for (const char *next = detail; (next = strpbrk(next, ":,")); next++)
        if (next[1] == ' ')
            part = next + 2;
    append(line, detail, (size_t)(part - detail));
    if (cq_is_detail_text(part)) {
        append_string(line, _(part));
        return;
    }
    size_t len = translated_head(part, head, sizeof head);
    if (len > 0)
        append_string(line, _(head));
    append_string(line, part + len);
}

/* The text of a code with its detail. Catalogues are not trusted as formats, and a code without a
 * detail does not end in a lone colon. */
static void append_text(struct line *line, const struct cq_err *err, const char *detail)
{
    const char *text = _(cq_code_text(err->code));
    const char *mark = strstr(text, "%s");
    if (!mark) {
        append_string(line, text);
        return;
    }
    size_t before = (size_t)(mark - text);
    if (detail[0] == '\0' && before >= 2 && strncmp(mark - 2, ": ", 2) == 0)
        before -= 2;
    append(line, text, before);
    append_detail(line, detail);
    append_string(line, mark + 2);
}

static void print_message(const struct cq_cli *cli, const struct cq_err *err, const char *detail)
{
    struct line line = {.len = 0};
    char number[32];
    append_string(&line, cli->program->name);
    append_string(&line, ": ");
    if (err->file[0] != '\0')
        append_string(&line, err->file);
    if (err->line > 0) {
        snprintf(number, sizeof number, "%s%ld", err->file[0] != '\0' ? ":" : "", err->line);
        append_string(&line, number);
    }
    if (err->file[0] != '\0' || err->line > 0)
        append_string(&line, ": ");
    if (err->column[0] != '\0') {
        append_string(&line, err->column);
        append_string(&line, ": ");
    }
    append_text(&line, err, detail);
    append_string(&line, " [");
    append_string(&line, cq_code_id(err->code));
    append_string(&line, "]");
    mask_controls(&line);
    line.text[line.len++] = '\n';
    fwrite(line.text, 1, line.len, stderr);
}

/* Prints the next step below the first message of a code, with the word that was probably meant. */
static void print_step(struct cq_cli *cli, const struct cq_err *err)
{
    struct line line = {.len = 0};
    const char *meant = _("Did you mean %s?");
    const char *mark = strstr(meant, "%s");
    if (cli->stepped[err->code] || !mark)
        return;
    cli->stepped[err->code] = true;
    append_string(&line, cli->program->name);
    append_string(&line, ":   ");
    if (err->nearest[0] != '\0') {
        append(&line, meant, (size_t)(mark - meant));
        append_string(&line, err->nearest);
        append_string(&line, mark + 2);
        append_string(&line, " ");
    }
    append_string(&line, _(cq_code_step(err->code)));
    mask_controls(&line);
    line.text[line.len++] = '\n';
    fwrite(line.text, 1, line.len, stderr);
}

static void print_error(struct cq_cli *cli, const struct cq_err *err)
{
    print_message(cli, err, err->detail);
    print_step(cli, err);
}

/* The letter of a code: "CQ-R012" is R. */
static char code_letter(enum cq_code code)
{
    return cq_code_id(code)[3];
}

void cq_cli_report(struct cq_cli *cli, const struct cq_err *err)
{
    cq_cli_report_as(cli, err, NULL);
}

void cq_cli_report_as(struct cq_cli *cli, const struct cq_err *err, const char *detail)
{
    char letter = code_letter(err->code);
    if (letter == 'W' && cli->quiet)
        return;
    cli->reported[err->code]++;
    if (strchr("RWX", letter) && cli->reported[err->code] > REPORTED_MAX)
        return;
    print_message(cli, err, detail ? detail : err->detail);
    if (!cli->quiet || !strchr("RWX", letter))
        print_step(cli, err);
}

static void print_omitted(const struct cq_cli *cli)
{
    for (int code = 0; code < CQ_CODE_COUNT; code++) {
        long omitted = cli->reported[code] - REPORTED_MAX;
        if (omitted <= 0 || !strchr("RWX", code_letter((enum cq_code)code)))
            continue;
        fprintf(stderr, "%s: ", cli->program->name);
        fprintf(stderr,
                ngettext("%ld more message of this kind [%s]",
                         "%ld more messages of this kind [%s]", (unsigned long)omitted),
                omitted, cq_code_id((enum cq_code)code));
        fputc('\n', stderr);
    }
}

static void print_line(const struct cq_cli *cli, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

static void print_line(const struct cq_cli *cli, const char *format, va_list list)
{
    flockfile(stderr);
    fprintf(stderr, "%s: ", cli->program->name);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    funlockfile(stderr);
}

void cq_cli_refuse(struct cq_cli *cli)
{
    print_error(cli, &cli->err);
    cli->err_printed = true;
}

void cq_cli_refuse_line(struct cq_cli *cli, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    print_line(cli, format, list);
    va_end(list);
}

void cq_cli_info(struct cq_cli *cli, const char *format, ...)
{
    if (cli->quiet)
        return;
    va_list list;
    va_start(list, format);
    print_line(cli, format, list);
    va_end(list);
}

void cq_cli_verbose(struct cq_cli *cli, const char *format, ...)
{
    if (!cli->verbose)
        return;
    va_list list;
    va_start(list, format);
    print_line(cli, format, list);
    va_end(list);
}

void cq_cli_passed(struct cq_cli *cli, int64_t blank, int64_t skipped)
{
    if (blank + skipped > 0)
        cq_cli_verbose(cli, _("passed over: blank rows %lld, titles and totals %lld"),
                       (long long)blank, (long long)skipped);
}

/* A full disk or a lost network share may show only when the last bytes are flushed. */
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
    cq_cli_page_end(cli);
    print_omitted(cli);
    int status = cli->findings ? 1 : 0;
    if (cli->err.code) {
        status = cq_code_status(cli->err.code);
        if (!cli->err_printed)
            print_error(cli, &cli->err);
        if (code_letter(cli->err.code) == 'U') {
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
