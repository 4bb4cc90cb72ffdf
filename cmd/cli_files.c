/* Inputs and outputs of a program. An output that is a regular file is written beside itself and
 * renamed at the end, so that a reader sees the old file or the whole new one. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cli_private.h"
#include "cq/fd.h"

void cq_cli_path_error(struct cq_cli *cli, enum cq_code code, const char *path, int number)
{
    if (cli->err.code)
        return;
    cq_err_record(&cli->err, code, "%s", cq_system_text(number));
    cq_err_at(&cli->err, path, 0, NULL);
}

/* The files that the program reads: no output may overwrite them. */
static struct stat inputs[8];
static size_t input_count;

static void record_input(int fd)
{
    struct stat st;
    if (input_count < sizeof inputs / sizeof *inputs && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        inputs[input_count++] = st;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Refuses an output that is the registry, or a list that is being read. */
static bool would_overwrite(struct cq_cli *cli, const char *path)
{
    struct stat st, db;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    bool overwrites = stat(cli->db, &db) == 0 && same_file(&st, &db);
    for (size_t i = 0; i < input_count; i++)
        overwrites = overwrites || same_file(&st, &inputs[i]);
    if (overwrites) {
        cq_err_record(&cli->err, CQ_U_COMBINE, "%s", "input, output");
        cq_err_at(&cli->err, path, 0, NULL);
    }
    return overwrites;
}

/* Whether a file that is not there has the form of an IIN, which no message may hold. */
static bool is_iin(const char *name)
{
    return strlen(name) == 12 && strspn(name, "0123456789") == 12;
}

int cq_cli_input(struct cq_cli *cli, const char *operand, const char **name)
{
    if (!operand || strcmp(operand, "-") == 0) {
        *name = "-";
        if (!cli->input_is_terminal) {
            record_input(STDIN_FILENO);
            return STDIN_FILENO;
        }
        cq_err_record(&cli->err, CQ_U_TERMINAL, NULL);
        return -1;
    }
    *name = operand;
    struct stat st;
    int fd = open(operand, O_RDONLY | O_CLOEXEC);
    if (fd == -1 && errno == ENOENT && is_iin(operand)) {
        cq_err_record(&cli->err, CQ_U_IIN_FILE, NULL);
        return -1;
    }
    if (fd == -1) {
        cq_cli_path_error(cli, CQ_O_OPEN, operand, errno);
        return -1;
    }
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        cq_cli_path_error(cli, CQ_O_DIRECTORY, operand, EISDIR);
        close(fd);
        return -1;
    }
    record_input(fd);
    return fd;
}

bool cq_cli_list(struct cq_cli *cli, const char *operand, struct cq_csv_input *input)
{
    *input = (struct cq_csv_input){.delimiter = cli->delimiter,
                                   .encoding = cli->encoding_given ? &cli->encoding : NULL,
                                   .sheet = cli->sheet,
                                   .folder = cli->temporary_folder};
    input->fd = cq_cli_input(cli, operand, &input->name);
    return input->fd >= 0;
}

/* Mode of a new file. umask() can only be read by setting it. */
static mode_t new_file_mode(void)
{
    mode_t mask = umask(077);
    umask(mask);
    return 0666 & ~mask;
}

/* Temporary files that the handler of a signal must unlink. */
static const char *volatile temporaries[8];
static const int fatal_signals[] = {SIGINT, SIGTERM, SIGHUP};

static void on_signal(int number)
{
    for (size_t i = 0; i < sizeof temporaries / sizeof *temporaries; i++)
        if (temporaries[i])
            unlink(temporaries[i]);
    signal(number, SIG_DFL);
    raise(number);
}

/* Signals that the parent ignores (nohup) stay ignored. */
static void register_temporary(const char *path)
{
    size_t i = 0;
    while (i < sizeof temporaries / sizeof *temporaries && temporaries[i])
        i++;
    if (i == sizeof temporaries / sizeof *temporaries)
        return;
    temporaries[i] = path;
    for (size_t s = 0; s < sizeof fatal_signals / sizeof *fatal_signals; s++) {
        struct sigaction action = {.sa_handler = on_signal}, old;
        if (sigaction(fatal_signals[s], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(fatal_signals[s], &action, NULL);
    }
}

static void unregister_temporary(const char *path)
{
    for (size_t i = 0; path && i < sizeof temporaries / sizeof *temporaries; i++)
        if (temporaries[i] == path)
            temporaries[i] = NULL;
}

/* Opens a temporary file beside file->path. */
static bool open_temporary(struct cq_cli_file *file, mode_t mode)
{
    static const char suffix[] = ".XXXXXX";
    size_t len = strlen(file->path);
    file->temporary = malloc(len + sizeof suffix);
    if (!file->temporary)
        return false;
    memcpy(file->temporary, file->path, len);
    memcpy(file->temporary + len, suffix, sizeof suffix);
    file->fd = mkostemp(file->temporary, O_CLOEXEC);
    if (file->fd != -1)
        register_temporary(file->temporary);
    if (file->fd != -1 && fchmod(file->fd, mode) == 0)
        return true;
    int number = errno;
    if (file->fd != -1) {
        close(file->fd);
        unlink(file->temporary);
    }
    errno = number;
    return false;
}

/* The full name of a file that is not there yet, so that two spellings of it compare equal.
 * The name stays as given where its folder cannot be found: opening will report why. */
static char *new_path(const char *path)
{
    char *full = NULL;
    const char *slash = strrchr(path, '/');
    char *given = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    char *folder = given ? realpath(given, NULL) : NULL;
    if (!folder)
        full = strdup(path);
    else if (asprintf(&full, "%s/%s", folder, slash ? slash + 1 : path) < 0)
        full = NULL;
    free(given);
    free(folder);
    return full;
}

/* Opens the output for a path. A device, pipe or anything in /dev is written directly: /dev/stdout
 * may be a regular file that others write to, which must not be replaced under them. */
static bool open_file(struct cq_cli_file *file, const char *path, bool private)
{
    struct stat st;
    bool exists = stat(path, &st) == 0;
    bool direct = exists && (!S_ISREG(st.st_mode) || strncmp(path, "/dev/", 5) == 0);
    file->path = direct ? strdup(path) : exists ? realpath(path, NULL) : new_path(path);
    if (!file->path)
        return false;
    if (direct) {
        file->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
        return file->fd != -1;
    }
    if (exists && access(path, W_OK) != 0)
        return false;
    mode_t mode = private ? 0600 : new_file_mode();
    return open_temporary(file, exists ? st.st_mode & 0777 : mode);
}

static void reset_file(struct cq_cli_file *file)
{
    unregister_temporary(file->temporary);
    free(file->path);
    free(file->temporary);
    *file = (struct cq_cli_file){.fd = -1};
}

/* Whether another output of this run has the same name. */
static bool is_duplicate_output(struct cq_cli *cli, const struct cq_cli_file *file)
{
    size_t len = file->temporary ? strlen(file->temporary) : 0;
    for (size_t i = 0; len > 0 && i < sizeof temporaries / sizeof *temporaries; i++) {
        const char *other = temporaries[i];
        if (!other || other == file->temporary || strlen(other) != len ||
            strncmp(other, file->temporary, len - strlen(".XXXXXX")) != 0)
            continue;
        cq_err_record(&cli->err, CQ_U_COMBINE, "%s", "output, output");
        cq_err_at(&cli->err, file->path, 0, NULL);
        return true;
    }
    return false;
}

bool cq_cli_file_open(struct cq_cli *cli, struct cq_cli_file *file, const char *path)
{
    *file = (struct cq_cli_file){.fd = -1};
    if (strcmp(path, "-") == 0) {
        file->fd = STDOUT_FILENO;
        return true;
    }
    if (would_overwrite(cli, path))
        return false;
    if (open_file(file, path, cli->private_output) && !is_duplicate_output(cli, file))
        return true;
    if (cli->err.code) {
        cq_cli_file_close(cli, file, false);
        return false;
    }
    cq_cli_path_error(cli, CQ_O_OPEN, path, errno);
    reset_file(file);
    return false;
}

bool cq_cli_file_close(struct cq_cli *cli, struct cq_cli_file *file, bool keep)
{
    bool ok = true;
    int number = 0;
    if (!file->path) /* never opened, closed before, or standard output */
        return true;
    if (keep && file->temporary && fsync(file->fd) != 0) {
        ok = false;
        number = errno;
    }
    if (close(file->fd) != 0 && ok) {
        ok = false;
        number = errno;
    }
    if (keep && ok && file->temporary && rename(file->temporary, file->path) != 0) {
        ok = false;
        number = errno;
    }
    if (file->temporary && (!keep || !ok))
        unlink(file->temporary);
    ok = ok || !keep;
    if (!ok)
        cq_cli_path_error(cli, CQ_O_WRITE, file->path, number);
    reset_file(file);
    return ok;
}

/* Has a workbook written into a file without a name, unless its output is a file that it may replace:
 * an archive is not written from its start to its end. */
static bool spool_workbook(struct cq_cli *cli)
{
    if (cli->format != CQ_FORMAT_XLSX || cli->temporary)
        return true;
    int fd = cq_fd_temporary(cli->temporary_folder);
    if (fd < 0) {
        cq_cli_path_error(cli, CQ_O_WRITE, cli->temporary_folder, errno);
        return false;
    }
    cli->copy_to = cli->out_fd;
    cli->out_fd = fd;
    return true;
}

int cq_cli_output(struct cq_cli *cli)
{
    if (cli->out_fd != -1)
        return cli->out_fd;
    struct cq_cli_file file;
    if (!cli->output && (cli->prose || cli->format == CQ_FORMAT_TABLE))
        cq_cli_page(cli);
    if (!cq_cli_file_open(cli, &file, cli->output ? cli->output : "-"))
        return -1;
    cli->out_fd = file.fd;
    cli->out_path = file.path;
    cli->temporary = file.temporary;
    return spool_workbook(cli) ? cli->out_fd : -1;
}

/* Copies the workbook to where it goes, if all went well. */
static void copy_workbook(struct cq_cli *cli)
{
    static char bytes[1 << 16];
    size_t len = 1;
    if (cli->copy_to == -1)
        return;
    for (int64_t at = 0; !cli->err.code && len > 0; at += (int64_t)len)
        if (!cq_fd_read_at(cli->out_fd, bytes, sizeof bytes, at, &len, &cli->err) && len > 0 &&
            cq_fd_write(cli->copy_to, bytes, len, &cli->err))
            break;
    close(cli->out_fd);
    cli->out_fd = cli->copy_to;
    cli->copy_to = -1;
}

void cq_cli_output_end(struct cq_cli *cli)
{
    copy_workbook(cli);
    struct cq_cli_file file = {cli->out_fd, cli->out_path, cli->temporary};
    cq_cli_file_close(cli, &file, !cli->err.code);
    cli->out_fd = -1;
    cli->out_path = NULL;
    cli->temporary = NULL;
}
