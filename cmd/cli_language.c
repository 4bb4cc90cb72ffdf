/* The languages for people and their catalogues. */
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli_private.h"

/* Catalogues are beside the program: PREFIX/bin/cq-import, PREFIX/share/locale. */
static void bind_catalogues(void)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - sizeof "/../share/locale");
    if (len <= 0)
        return;
    path[len] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash)
        return;
    strcpy(slash, "/../share/locale");
    bindtextdomain("cq", path);
    bind_textdomain_codeset("cq", "UTF-8");
    textdomain("cq");
}

void cq_cli_set_language(enum cq_language language)
{
    /* C.UTF-8 is on every machine, a Kazakh or Russian locale need not be: gettext takes the
     * language from LANGUAGE as long as the locale is not plain C. */
    setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", cq_language_names[language], 1);
    bind_catalogues();
}
