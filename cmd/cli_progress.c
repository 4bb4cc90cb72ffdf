/* The progress bar: only on a terminal, only for a job of over a second, removed when it ends. */
#include <stdio.h>
#include <string.h>
#include "cli_private.h"

enum { BAR = 40 };

void cq_cli_progress(struct cq_cli *cli, int64_t done, int64_t total)
{
    static int64_t began, drawn;
    char bar[BAR + 1];
    if (cli->quiet || !cli->error_is_terminal)
        return;
    int64_t now = cq_cli_monotonic() / 1000000;
    if (done < 0) {
        if (drawn)
            fprintf(stderr, "\r%*s\r", BAR + 8, "");
        began = drawn = 0;
        return;
    }
    if (!began)
        began = now;
    if (now - began < 1000 || now - drawn < 100 || total <= 0)
        return;
    drawn = now;
    int64_t filled = done * BAR / total;
    memset(bar, '.', BAR);
    memset(bar, '#', (size_t)(filled > BAR ? BAR : filled));
    bar[BAR] = '\0';
    fprintf(stderr, "\r[%s] %3d%%", bar, (int)(done * 100 / total));
}
