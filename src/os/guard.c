#include "os/guard.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct region {
    uintptr_t start, end;
    const char *name; /* NULL: free */
};

static struct region regions[GUARD_MAX];
static size_t unnamed; /* mappings that found no room */
static const char *volatile temporaries[GUARD_TEMPORARIES];

static void remove_temporaries(void)
{
    for (size_t i = 0; i < GUARD_TEMPORARIES; i++) {
        const char *name = temporaries[i];
        if (name != NULL) {
            (void)unlink(name);
        }
    }
}

static void say(const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t n = write(STDERR_FILENO, text, left);
        if (n <= 0) {
            return;
        }
        text += n;
        left -= (size_t)n;
    }
}

/* Two threads may come to the end of a file at once: the first one speaks, and
 * ends both. */
static void be_the_first(void)
{
    static atomic_flag told = ATOMIC_FLAG_INIT;
    while (atomic_flag_test_and_set(&told)) {
        (void)pause();
    }
}

/* Only what a signal handler may call. */
static void on_bus_error(int sig, siginfo_t *info, void *context)
{
    uintptr_t at = (uintptr_t)info->si_addr;
    (void)context;
    for (size_t i = 0; i < GUARD_MAX; i++) {
        const struct region *r = &regions[i];
        if (r->name != NULL && at >= r->start && at < r->end) {
            be_the_first();
            say("gaz: ");
            say(r->name);
            say(": cut short or unreadable while it was in use; replace a "
                "lexicon by renaming, as gaz compile does\n");
            remove_temporaries();
            _exit(GUARD_EXIT);
        }
    }
    if (unnamed > 0) {
        be_the_first();
        say("gaz: a file was cut short or unreadable while it was in use\n");
        remove_temporaries();
        _exit(GUARD_EXIT);
    }
    (void)signal(sig, SIG_DFL); /* ours to answer for: happens again, and ends
                                   the process */
}

static void install(void)
{
    static bool installed;
    struct sigaction action;
    if (installed) {
        return;
    }
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    (void)sigemptyset(&action.sa_mask);
    installed = sigaction(SIGBUS, &action, NULL) == 0;
}

void guard_add(const void *data, size_t len, const char *name)
{
    install();
    for (size_t i = 0; i < GUARD_MAX; i++) {
        if (regions[i].name == NULL) {
            regions[i] =
                (struct region){(uintptr_t)data, (uintptr_t)data + len, name};
            return;
        }
    }
    unnamed++;
}

void guard_remove(const void *data)
{
    for (size_t i = 0; i < GUARD_MAX; i++) {
        if (regions[i].name != NULL && regions[i].start == (uintptr_t)data) {
            regions[i].name = NULL;
            return;
        }
    }
    unnamed -= unnamed > 0;
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

enum { ENDING = sizeof ending / sizeof ending[0] };

static void on_end(int sig)
{
    remove_temporaries();
    (void)signal(sig, SIG_DFL);
    (void)raise(sig);
}

/* A signal that is ignored, as under nohup, stays so. */
static void install_ending(void)
{
    static bool installed;
    for (size_t i = 0; !installed && i < ENDING; i++) {
        struct sigaction before;
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = on_end;
        (void)sigemptyset(&action.sa_mask);
        if (sigaction(ending[i], NULL, &before) == 0 &&
            before.sa_handler == SIG_DFL) {
            (void)sigaction(ending[i], &action, NULL);
        }
    }
    installed = true;
}

int guard_temporary(char *template)
{
    sigset_t set;
    sigset_t before;
    install_ending();
    (void)sigemptyset(&set);
    for (size_t i = 0; i < ENDING; i++) {
        (void)sigaddset(&set, ending[i]);
    }
    /* No signal between the making of the file and the note of it. */
    (void)pthread_sigmask(SIG_BLOCK, &set, &before);
    int fd = mkstemp(template);
    for (size_t i = 0; fd >= 0 && i < GUARD_TEMPORARIES; i++) {
        if (temporaries[i] == NULL) {
            temporaries[i] = template;
            break;
        }
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fd;
}

void guard_temporary_done(const char *name)
{
    for (size_t i = 0; name != NULL && i < GUARD_TEMPORARIES; i++) {
        if (temporaries[i] == name) {
            temporaries[i] = NULL;
        }
    }
}
