/* Makes the n-th call of one kind fail: loaded before the C library
 * (LD_PRELOAD), or linked in with -Wl,--wrap and GAZ_FAULTS_WRAP, which the
 * address sanitizer wants.
 *
 *     GAZ_FAULT_STATE  a file of two u64: calls counted, calls failed
 *     GAZ_FAULT_CALL   alloc open read write close sync map rename thread look
 *     GAZ_FAULT_HOW    an errno's number; short: half of what was asked for;
 *                      kill or term: that signal comes before the call
 *     GAZ_FAULT_FROM, GAZ_FAULT_TO   which calls, from 1; 0: none, only count
 *
 * Calls on standard error are let through, for that is where the program says
 * what went wrong. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { HOW_SHORT = -1, HOW_KILL = -2, HOW_TERM = -3 };

struct state {
    uint64_t calls, failed;
};

static struct state *state;
static const char *call;
static int how;
static uint64_t from, to;

#ifdef GAZ_FAULTS_WRAP
#define NAME(f)               __wrap_##f
#define REAL(f)               __real_##f
#define DECLARE(type, f, ...) type __real_##f(__VA_ARGS__);
#else
#define NAME(f)               f
#define REAL(f)               real_##f
#define DECLARE(type, f, ...) static type (*real_##f)(__VA_ARGS__);
#endif

DECLARE(int, open, const char *, int, ...)
DECLARE(int, mkstemp, char *)
DECLARE(ssize_t, read, int, void *, size_t)
DECLARE(ssize_t, write, int, const void *, size_t)
DECLARE(int, close, int)
DECLARE(int, fsync, int)
DECLARE(int, fchmod, int, mode_t)
DECLARE(off_t, lseek, int, off_t, int)
DECLARE(void *, mmap, void *, size_t, int, int, int, off_t)
DECLARE(int, rename, const char *, const char *)
DECLARE(int, stat, const char *, struct stat *)
DECLARE(int, fstat, int, struct stat *)
DECLARE(DIR *, opendir, const char *)
DECLARE(struct dirent *, readdir, DIR *)
DECLARE(int, pthread_create, pthread_t *, const pthread_attr_t *,
        void *(*)(void *), void *)

#ifdef GAZ_FAULTS_WRAP
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
#else
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
#define __real_malloc  __libc_malloc
#define __real_calloc  __libc_calloc
#define __real_realloc __libc_realloc

static void find_all(void)
{
#define FIND(f)        *(void **)&real_##f = dlsym(RTLD_NEXT, #f)
    FIND(open);
    FIND(mkstemp);
    FIND(read);
    FIND(write);
    FIND(close);
    FIND(fsync);
    FIND(fchmod);
    FIND(lseek);
    FIND(mmap);
    FIND(rename);
    FIND(stat);
    FIND(fstat);
    FIND(opendir);
    FIND(readdir);
    FIND(pthread_create);
}
#endif

static uint64_t number(const char *name)
{
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
#ifndef GAZ_FAULTS_WRAP
    find_all();
#endif
    const char *path = getenv("GAZ_FAULT_STATE");
    const char *what = getenv("GAZ_FAULT_HOW");
    if (path == NULL || what == NULL) {
        return;
    }
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    void *p = REAL(mmap)(NULL, sizeof *state, PROT_READ | PROT_WRITE,
                         MAP_SHARED, fd, 0);
    (void)syscall(SYS_close, fd);
    if (p == MAP_FAILED) {
        return;
    }
    how = strcmp(what, "short") == 0  ? HOW_SHORT
          : strcmp(what, "kill") == 0 ? HOW_KILL
          : strcmp(what, "term") == 0 ? HOW_TERM
                                      : atoi(what);
    from = number("GAZ_FAULT_FROM");
    to = number("GAZ_FAULT_TO");
    call = getenv("GAZ_FAULT_CALL");
    __atomic_store_n(&state, (struct state *)p, __ATOMIC_SEQ_CST);
}

/* Is this call, one of `kind`, to fail? errno is set then. */
static bool fails(const char *kind)
{
    if (state == NULL || strcmp(call, kind) != 0) {
        return false;
    }
    uint64_t n = __atomic_add_fetch(&state->calls, 1, __ATOMIC_SEQ_CST);
    if (from == 0 || n < from || n > to) {
        return false;
    }
    (void)__atomic_add_fetch(&state->failed, 1, __ATOMIC_SEQ_CST);
    if (how == HOW_KILL || how == HOW_TERM) {
        (void)kill(getpid(), how == HOW_KILL ? SIGKILL : SIGTERM);
        return false;
    }
    errno = how > 0 ? how : EIO;
    return true;
}

void *NAME(malloc)(size_t size)
{
    return fails("alloc") ? NULL : __real_malloc(size);
}

void *NAME(calloc)(size_t n, size_t size)
{
    return fails("alloc") ? NULL : __real_calloc(n, size);
}

void *NAME(realloc)(void *p, size_t size)
{
    return size > 0 && fails("alloc") ? NULL : __real_realloc(p, size);
}

int NAME(open)(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails("open") ? -1 : REAL(open)(path, flags, mode);
}

int NAME(mkstemp)(char *template)
{
    return fails("open") ? -1 : REAL(mkstemp)(template);
}

/* Half of it, but at least one byte: a short read or write is no error. */
static size_t half(size_t size)
{
    return size > 1 ? size / 2 : size;
}

ssize_t NAME(read)(int fd, void *buffer, size_t size)
{
    if (fails("read")) {
        return how == HOW_SHORT ? REAL(read)(fd, buffer, half(size)) : -1;
    }
    return REAL(read)(fd, buffer, size);
}

ssize_t NAME(write)(int fd, const void *data, size_t size)
{
    if (fd != STDERR_FILENO && fails("write")) {
        return how == HOW_SHORT ? REAL(write)(fd, data, half(size)) : -1;
    }
    return REAL(write)(fd, data, size);
}

/* The descriptor is gone, as on Linux, whatever close says. */
int NAME(close)(int fd)
{
    bool failing = fails("close");
    int error = errno;
    int got = REAL(close)(fd);
    if (failing) {
        errno = error;
        return -1;
    }
    return got;
}

int NAME(fsync)(int fd)
{
    return fails("sync") ? -1 : REAL(fsync)(fd);
}

int NAME(fchmod)(int fd, mode_t mode)
{
    return fails("look") ? -1 : REAL(fchmod)(fd, mode);
}

off_t NAME(lseek)(int fd, off_t offset, int whence)
{
    return fails("look") ? -1 : REAL(lseek)(fd, offset, whence);
}

void *NAME(mmap)(void *at, size_t len, int prot, int flags, int fd, off_t off)
{
    /* Only files: what the allocator maps is "alloc". */
    if (fd >= 0 && fails("map")) {
        return MAP_FAILED;
    }
    return REAL(mmap)(at, len, prot, flags, fd, off);
}

int NAME(rename)(const char *old, const char *new)
{
    return fails("rename") ? -1 : REAL(rename)(old, new);
}

int NAME(stat)(const char *path, struct stat *st)
{
    return fails("look") ? -1 : REAL(stat)(path, st);
}

int NAME(fstat)(int fd, struct stat *st)
{
    return fails("look") ? -1 : REAL(fstat)(fd, st);
}

DIR *NAME(opendir)(const char *path)
{
    return fails("open") ? NULL : REAL(opendir)(path);
}

struct dirent *NAME(readdir)(DIR *dir)
{
    return fails("read") ? NULL : REAL(readdir)(dir);
}

int NAME(pthread_create)(pthread_t *thread, const pthread_attr_t *attr,
                         void *(*run)(void *), void *argument)
{
    if (fails("thread")) {
        return how > 0 ? how : EAGAIN;
    }
    return REAL(pthread_create)(thread, attr, run, argument);
}
