/* A fixed moment and a fixed user: preloaded, the clock says CQ_MOMENT (seconds UTC) and the login
 * name is "registrar", so that a registry is made the same on every machine. */
#define _GNU_SOURCE
#include <pwd.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static long calls;
    const char *moment = getenv("CQ_MOMENT");
    now->tv_sec = moment ? atol(moment) : 0;
    now->tv_nsec = ++calls * 1000000;
    (void)clock;
    return 0;
}

struct passwd *getpwuid(uid_t uid)
{
    static char name[] = "registrar", folder[] = "/";
    static struct passwd entry = {.pw_name = name, .pw_dir = folder};
    entry.pw_uid = uid;
    return &entry;
}
