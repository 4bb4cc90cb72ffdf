/* A disk that fails: preloaded, it makes the Nth call that writes to a file fail, or all from the
 * Nth on. CQ_FAULT is N, CQ_FAULT_ERRNO the error, CQ_FAULT_ALL is set where the fault stays. With
 * CQ_FAULT_KILL the program is killed in place of the Nth call.
 * Messages on standard error are not counted. How many calls there were is told by
 * the first N that fails no more. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

/* Whether this call is to fail; errno is set then. */
static int fails(void)
{
    const char *at = getenv("CQ_FAULT"), *number = getenv("CQ_FAULT_ERRNO");
    int wanted = at ? atoi(at) : 0;
    calls++;
    if (wanted == 0 || (getenv("CQ_FAULT_ALL") ? calls < wanted : calls != wanted))
        return 0;
    if (getenv("CQ_FAULT_KILL"))
        kill(getpid(), SIGKILL);
    errno = number ? atoi(number) : ENOSPC;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n)
{
    return fd != STDERR_FILENO && fails() ? -1 : NEXT(write)(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    return fails() ? -1 : NEXT(pwrite)(fd, bytes, n, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    return fails() ? -1 : NEXT(pwrite64)(fd, bytes, n, at);
}

int fsync(int fd)
{
    return fails() ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fd)
{
    return fails() ? -1 : NEXT(fdatasync)(fd);
}

int ftruncate64(int fd, off64_t n)
{
    return fails() ? -1 : NEXT(ftruncate64)(fd, n);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    return fails() ? -1 : NEXT(renameat2)(from_fd, from, to_fd, to, flags);
}

int unlink(const char *path)
{
    return fails() ? -1 : NEXT(unlink)(path);
}
