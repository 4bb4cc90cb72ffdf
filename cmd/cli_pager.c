/* The pager: what is longer than the screen goes through it. A process of its own stands between: it
 * reads what the program writes, so that no one who reads slowly holds up a program that holds a lock
 * of the registry, and shows a short text without a pager. Nothing is kept in a file. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cli_private.h"
#include "cq/str.h"
#include "cq/utf8.h"

enum {
    PIECE = 1 << 16,
    KEPT = 1 << 20,  /* bytes after which the pager is taken to be running */
    AHEAD = 1 << 26, /* bytes that are read before the pager asks for them */
    NOT_FOUND = 126  /* this status of the shell, or the next: there is no such command */
};

/* What passes through. */
struct relay {
    const char *command;
    size_t width, height;
    char *bytes;
    size_t len, room, sent;
    bool ended;     /* the program has written all */
    bool discarded; /* the first bytes are gone */
    int to;         /* the pager's standard input; -1 without */
    pid_t pager;
};

/* The lines that a text takes on the screen, counted up to one more than it has. */
static size_t screen_lines(const struct relay *r)
{
    size_t lines = 0;
    for (size_t at = 0; at < r->len && lines <= r->height;) {
        const char *end = memchr(r->bytes + at, '\n', r->len - at);
        size_t len = end ? (size_t)(end - r->bytes) - at : r->len - at;
        size_t columns = len <= r->width ? len : cq_utf8_width(r->bytes + at, len);
        lines += columns > r->width ? (columns + r->width - 1) / r->width : 1;
        at += len + (end ? 1 : 0);
    }
    return lines;
}

/* Reads a piece. Without memory the rest is not shown. */
static void read_piece(struct relay *r)
{
    if (r->sent >= KEPT) {
        memmove(r->bytes, r->bytes + r->sent, r->len - r->sent);
        r->len -= r->sent;
        r->sent = 0;
        r->discarded = true;
    }
    if (r->room - r->len < PIECE) {
        size_t room = r->room * 2 + PIECE;
        char *bytes = realloc(r->bytes, room);
        if (!bytes) {
            r->ended = true;
            return;
        }
        r->bytes = bytes;
        r->room = room;
    }
    ssize_t n = read(STDIN_FILENO, r->bytes + r->len, PIECE);
    if (n > 0)
        r->len += (size_t)n;
    else if (n == 0 || errno != EINTR)
        r->ended = true;
}

/* Reads and forgets: the program ends as it would have, when the pager is left. */
static void drain(void)
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
        ;
}

static void run_pager(const struct relay *r, const int ends[2])
{
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    signal(SIGINT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);
    setenv("LESSCHARSET", "utf-8", 0);
    setenv("LESSHISTFILE", "-", 1); /* what is searched for may be a name */
    execl("/bin/sh", "sh", "-c", r->command, (char *)NULL);
    _exit(NOT_FOUND);
}

static void start_pager(struct relay *r)
{
    int ends[2];
    if (pipe(ends) != 0)
        return;
    r->pager = fork();
    if (r->pager == 0)
        run_pager(r, ends);
    close(ends[0]);
    if (r->pager < 0) {
        close(ends[1]);
        return;
    }
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    r->to = ends[1];
}

/* Sends what the pager takes. Returns false when it is left. */
static bool send_piece(struct relay *r)
{
    ssize_t n = write(r->to, r->bytes + r->sent, r->len - r->sent);
    if (n > 0)
        r->sent += (size_t)n;
    return n >= 0 || errno == EINTR || errno == EAGAIN;
}

static void pass_through(struct relay *r)
{
    bool open = true;
    while (open && (!r->ended || r->sent < r->len)) {
        bool reads = !r->ended && r->len - r->sent < AHEAD;
        struct pollfd fds[] = {{.fd = r->to, .events = r->sent < r->len ? POLLOUT : 0},
                               {.fd = reads ? STDIN_FILENO : -1, .events = POLLIN}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            break;
        if (fds[0].revents & (POLLERR | POLLHUP))
            open = false;
        else if (fds[0].revents & POLLOUT)
            open = send_piece(r);
        if (open && fds[1].revents)
            read_piece(r);
    }
    close(r->to);
}

/* Writes on the terminal what was read, and what still comes. */
static void write_all(struct relay *r)
{
    size_t at = 0;
    for (;;) {
        while (at < r->len) {
            ssize_t n = write(STDOUT_FILENO, r->bytes + at, r->len - at);
            if (n < 0 && errno != EINTR)
                return;
            at += n > 0 ? (size_t)n : 0;
        }
        if (r->ended)
            return;
        r->len = at = 0;
        read_piece(r);
    }
}

/* The process between. Shape: its standard input is what the program writes. */
static void relay(struct relay *r)
{
    int status = 0;
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    while (!r->ended && screen_lines(r) < r->height)
        read_piece(r);
    if (screen_lines(r) >= r->height)
        start_pager(r);
    if (r->to >= 0) {
        pass_through(r);
        while (waitpid(r->pager, &status, 0) < 0 && errno == EINTR)
            ;
        bool missing = WIFEXITED(status) && WEXITSTATUS(status) >= NOT_FOUND && !r->discarded;
        if (!missing) {
            drain();
            _exit(0);
        }
    }
    write_all(r);
    drain();
    _exit(0);
}

void cq_cli_page(struct cq_cli *cli)
{
    int ends[2];
    struct relay r = {.command = cli->pager, .width = cli->width, .height = cli->height, .to = -1};
    if (!cli->pager || !cli->output_is_terminal || cli->pages > 0 || pipe(ends) != 0)
        return;
    cli->pages = fork();
    if (cli->pages == 0) {
        dup2(ends[0], STDIN_FILENO);
        close_range(STDERR_FILENO + 1, ~0u, 0); /* no lock or file of the program is held */
        relay(&r);
    }
    if (cli->pages > 0)
        dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
}

void cq_cli_page_end(struct cq_cli *cli)
{
    if (cli->pages <= 0)
        return;
    void (*before)(int) = signal(SIGINT, SIG_IGN); /* it is the pager's */
    while (waitpid((pid_t)cli->pages, NULL, 0) < 0 && errno == EINTR)
        ;
    signal(SIGINT, before);
    cli->pages = 0;
}
