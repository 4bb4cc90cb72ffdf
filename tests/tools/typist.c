/* Types into a shell as a person does: typist SHELL [ARGUMENT]... <LINES
 * Runs the shell in a terminal of its own, types each line of standard input there as it stands,
 * with its TABs, and prints what the line being edited has become, with | at its end. For that the
 * shell has to prompt with "ready> " and to answer Ctrl-] by \001, the line and \002, and to empty
 * the line (tests/bats/completion.bats). It waits for answers, never for time to pass. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BOUND_MS 30000 /* for one answer, on a busy machine */
#define ASK "\035"
#define SEEN_MAX (1 << 20)

/* What the shell printed since the last question. */
static char seen[SEEN_MAX];
static size_t seen_size;

static void die(const char *what)
{
    fprintf(stderr, "typist: %s; seen:\n", what);
    for (size_t i = 0; i < seen_size; i++)
        fprintf(stderr, (unsigned char)seen[i] < ' ' && seen[i] != '\n' ? "^%c" : "%c",
                (unsigned char)seen[i] < ' ' && seen[i] != '\n' ? seen[i] + '@' : seen[i]);
    fputc('\n', stderr);
    exit(1);
}

static void type(int terminal, const char *keys)
{
    for (size_t left = strlen(keys); left > 0;) {
        ssize_t n = write(terminal, keys, left);
        if (n < 0 && errno != EINTR)
            die("cannot type");
        if (n > 0) {
            keys += n;
            left -= (size_t)n;
        }
    }
}

/* A shell may ask what terminal this is, and wait for the reply: one that can do nothing special. */
static void introduce(int terminal, const char *added)
{
    if (strstr(added, "\033[c") || strstr(added, "\033[0c"))
        type(terminal, "\033[?6c");
}

/* Reads what the shell prints until it has printed this; returns its place. */
static char *wait_for(int terminal, const char *text)
{
    char *found;
    while (!(found = strstr(seen, text))) {
        struct pollfd ready = {.fd = terminal, .events = POLLIN};
        if (poll(&ready, 1, BOUND_MS) <= 0)
            die("no answer");
        ssize_t n = read(terminal, seen + seen_size, SEEN_MAX - 1 - seen_size);
        if (n <= 0)
            die("the shell ended");
        seen[seen_size + (size_t)n] = '\0';
        introduce(terminal, seen + seen_size);
        seen_size += (size_t)n;
    }
    return found;
}

static void ask(int terminal, char *keys)
{
    seen_size = 0;
    seen[0] = '\0';
    type(terminal, keys);
    type(terminal, ASK);
    char *end = wait_for(terminal, "\002");
    char *line = strrchr(seen, '\001');
    *end = '\0';
    if (!line)
        die("no line");
    printf("%s|\n", line + 1);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct winsize size = {.ws_row = 50, .ws_col = 200};
    char *keys = NULL;
    size_t room = 0;
    int terminal = -1;
    if (argc < 2)
        die("which shell?");
    pid_t shell = forkpty(&terminal, NULL, NULL, &size);
    if (shell < 0)
        die("no terminal");
    if (shell == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    wait_for(terminal, "ready> ");
    for (ssize_t n; (n = getline(&keys, &room, stdin)) > 0;) {
        if (keys[n - 1] == '\n')
            keys[n - 1] = '\0';
        ask(terminal, keys);
    }
    free(keys);
    kill(shell, SIGHUP);
    close(terminal);
    waitpid(shell, NULL, 0);
    return 0;
}
