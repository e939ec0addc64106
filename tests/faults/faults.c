/* Runs one command again and again, each time with another call failing, and
 * holds every run to what the program promises:
 *
 *     faults [OPTION...] -- COMMAND...
 *       --shim SO        loaded before; without it the command is linked with
 *                        it
 *       --name TEXT      for messages
 *       --output FILE    is replaced whole or not at all (may be given again)
 *       --stdin FILE
 *       --calls A,B,...  kinds of calls, see shim.c (default: all)
 *       --most N         runs a kind, spread over all calls (default: all)
 *       --signals no     no SIGKILL and SIGTERM
 *       --folder DIR     holds the outputs; nothing else may turn up there
 *
 * A run either ends with exit code 3, one line "gaz: ..." on standard error
 * behind the notes of a right run, a prefix of the right standard output and
 * every output file as it was; or it does all that the run without a fault
 * did. After SIGKILL every output file is the old one or the new one, after
 * SIGTERM nothing else is left either. Exit code 1 if one does not. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUTPUTS_MAX = 4, SECONDS_MAX = 30, FAILURES_MAX = 10 };

/* The outputs before each run. */
static const char old_bytes[] = "what was there before\n";

struct bytes {
    char *data;
    size_t len;
    bool missing;
};

/* Counted by the library, in memory that it shares with us. */
struct calls {
    uint64_t calls, failed;
};

struct job {
    const char *shim, *name, *input, *calls, *folder;
    const char *outputs[OUTPUTS_MAX];
    size_t output_count;
    uint64_t most;
    bool no_signals;
    char **command;
    char scratch[256]; /* "/tmp/..." for what the run writes */
    struct calls *state;
};

/* What a run left behind. */
struct result {
    int status; /* as wait gives it */
    bool late;
    struct bytes out, err, files[OUTPUTS_MAX];
    size_t entries; /* in the folder */
};

static void die(const char *what)
{
    perror(what);
    exit(2);
}

static struct bytes load(const char *path)
{
    struct bytes b = {.data = NULL};
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        b.missing = true;
        return b;
    }
    size_t room = 0;
    for (;;) {
        if (b.len == room) {
            room = room * 2 + 4096;
            b.data = realloc(b.data, room);
            if (b.data == NULL) {
                die("realloc");
            }
        }
        size_t n = fread(b.data + b.len, 1, room - b.len, f);
        b.len += n;
        if (n == 0) {
            break;
        }
    }
    (void)fclose(f);
    return b;
}

static bool same(const struct bytes *a, const struct bytes *b)
{
    return a->missing == b->missing && a->len == b->len &&
           (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static bool prefix(const struct bytes *a, const struct bytes *of)
{
    return a->len <= of->len &&
           (a->len == 0 || memcmp(a->data, of->data, a->len) == 0);
}

static void store(const char *path, const char *data, size_t len)
{
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(data, 1, len, f) != len || fclose(f) != 0) {
        die(path);
    }
}

/* What SIGKILL leaves. */
static void sweep(const struct job *j)
{
    DIR *dir = opendir(j->folder);
    struct dirent *entry = NULL;
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        char path[600];
        (void)snprintf(path, sizeof path, "%s/%s", j->folder, entry->d_name);
        bool ours = entry->d_name[0] == '.';
        for (size_t i = 0; i < j->output_count; i++) {
            ours = ours || strcmp(path, j->outputs[i]) == 0;
        }
        if (!ours) {
            (void)unlink(path);
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
}

static size_t count_entries(const char *folder)
{
    size_t n = 0;
    DIR *dir = opendir(folder);
    while (dir != NULL && readdir(dir) != NULL) {
        n++;
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return n;
}

static const char *scratch(const struct job *j, const char *name)
{
    static char paths[4][300];
    static unsigned turn;
    char *p = paths[turn++ % 4];
    (void)snprintf(p, sizeof paths[0], "%s/%s", j->scratch, name);
    return p;
}

static void redirect(const char *path, int flags, int to)
{
    int fd = open(path, flags, 0600);
    if (fd < 0 || dup2(fd, to) < 0) {
        _exit(126);
    }
    close(fd);
}

static void set_number(const char *name, uint64_t n)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)n);
    (void)setenv(name, text, 1);
}

static void run_child(const struct job *j, const char *call, const char *how,
                      uint64_t from, uint64_t to)
{
    redirect(j->input != NULL ? j->input : "/dev/null", O_RDONLY, 0);
    redirect(scratch(j, "out"), O_WRONLY | O_CREAT | O_TRUNC, 1);
    redirect(scratch(j, "err"), O_WRONLY | O_CREAT | O_TRUNC, 2);
    (void)setenv("GAZ_FAULT_STATE", scratch(j, "state"), 1);
    (void)setenv("GAZ_FAULT_CALL", call, 1);
    (void)setenv("GAZ_FAULT_HOW", how, 1);
    set_number("GAZ_FAULT_FROM", from);
    set_number("GAZ_FAULT_TO", to);
    if (j->shim != NULL) {
        (void)setenv("LD_PRELOAD", j->shim, 1);
    }
    execv(j->command[0], j->command);
    _exit(127);
}

/* Wait without a clock of our own: an alarm in the child would be inherited
 * by the program, and that is just what is wanted. */
static void run(struct job *j, const char *call, const char *how, uint64_t from,
                uint64_t to, struct result *r)
{
    for (size_t i = 0; i < j->output_count; i++) {
        store(j->outputs[i], old_bytes, sizeof old_bytes - 1);
    }
    j->state->calls = 0;
    j->state->failed = 0;
    pid_t child = fork();
    if (child < 0) {
        die("fork");
    }
    if (child == 0) {
        (void)alarm(SECONDS_MAX);
        run_child(j, call, how, from, to);
    }
    if (waitpid(child, &r->status, 0) != child) {
        die("waitpid");
    }
    r->late = WIFSIGNALED(r->status) && WTERMSIG(r->status) == SIGALRM;
    r->out = load(scratch(j, "out"));
    r->err = load(scratch(j, "err"));
    for (size_t i = 0; i < j->output_count; i++) {
        r->files[i] = load(j->outputs[i]);
    }
    r->entries = j->folder != NULL ? count_entries(j->folder) : 0;
}

static void forget(struct job *j, struct result *r)
{
    free(r->out.data);
    free(r->err.data);
    for (size_t i = 0; i < j->output_count; i++) {
        free(r->files[i].data);
    }
    memset(r, 0, sizeof *r);
}

/* Behind notes that the right run writes too, one line that begins with
 * "gaz: ". */
static bool one_message(const struct bytes *err, const struct bytes *notes)
{
    const char *p = err->data;
    size_t len = err->len;
    size_t at = 0;
    for (;;) {
        const char *end = len > 0 ? memchr(p, '\n', len) : NULL;
        size_t n = end != NULL ? (size_t)(end - p) + 1 : 0;
        if (n == 0 || n == len || n > notes->len - at ||
            memcmp(p, notes->data + at, n) != 0) {
            return n > 6 && n == len && memcmp(p, "gaz: ", 5) == 0;
        }
        p += n;
        len -= n;
        at += n;
    }
}

struct variant {
    const char *call;
    const char *name;
    const char *how; /* errno as text, or short */
    bool for_ever;   /* the n-th and all after it */
    int signal;      /* that is to end it; 0: none */
};

/* The numbers are Linux'. */
static const struct variant variants[] = {
    {"alloc", "ENOMEM", "12", false, 0},
    {"alloc", "ENOMEM on", "12", true, 0},
    {"open", "EMFILE", "24", false, 0},
    {"open", "EACCES", "13", false, 0},
    {"read", "EIO", "5", false, 0},
    {"read", "EINTR", "4", false, 0},
    {"read", "short", "short", true, 0},
    {"write", "EIO", "5", false, 0},
    {"write", "ENOSPC", "28", true, 0},
    {"write", "EINTR", "4", false, 0},
    {"write", "EPIPE", "32", true, 0},
    {"write", "short", "short", true, 0},
    {"close", "EIO", "5", false, 0},
    {"close", "ENOSPC", "28", true, 0},
    {"sync", "EIO", "5", false, 0},
    {"map", "ENOMEM", "12", true, 0},
    {"rename", "EXDEV", "18", false, 0},
    {"thread", "EAGAIN", "11", false, 0},
    {"thread", "EAGAIN", "11", true, 0},
    {"look", "EIO", "5", false, 0},
    {"open", "SIGKILL", "kill", false, SIGKILL},
    {"write", "SIGKILL", "kill", false, SIGKILL},
    {"look", "SIGKILL", "kill", false, SIGKILL},
    {"sync", "SIGKILL", "kill", false, SIGKILL},
    {"close", "SIGKILL", "kill", false, SIGKILL},
    {"rename", "SIGKILL", "kill", false, SIGKILL},
    {"write", "SIGTERM", "term", false, SIGTERM},
    {"look", "SIGTERM", "term", false, SIGTERM},
    {"sync", "SIGTERM", "term", false, SIGTERM},
    {"close", "SIGTERM", "term", false, SIGTERM},
    {"rename", "SIGTERM", "term", false, SIGTERM},
};

/* NULL, or what is wrong with a run that had a fault. */
static const char *judge(const struct job *j, const struct variant *v,
                         const struct result *want, const struct result *got)
{
    bool files_new = true;
    bool files_old = true;
    for (size_t i = 0; i < j->output_count; i++) {
        const struct bytes *f = &got->files[i];
        bool is_new = same(f, &want->files[i]);
        bool is_old = f->len == sizeof old_bytes - 1 &&
                      memcmp(f->data, old_bytes, f->len) == 0;
        files_new = files_new && is_new;
        files_old = files_old && is_old;
        if (!is_new && !is_old) {
            return "an output file is neither the old one nor the new one";
        }
    }
    if (got->late) {
        return "it hangs";
    }
    if (WIFSIGNALED(got->status) && WTERMSIG(got->status) == v->signal) {
        return v->signal == SIGKILL || got->entries == want->entries
                   ? NULL
                   : "a file was left behind";
    }
    if (!WIFEXITED(got->status)) {
        return "it was ended by a signal";
    }
    if (got->entries != want->entries) {
        return "a file was left behind";
    }
    if (got->status == want->status) {
        return !same(&got->out, &want->out)   ? "success with another output"
               : !same(&got->err, &want->err) ? "success with other messages"
               : !files_new ? "success without the output file"
                            : NULL;
    }
    if (WEXITSTATUS(got->status) != 3) {
        return "an exit code that is neither 3 nor the right one";
    }
    if (!one_message(&got->err, &want->err)) {
        return "not one message";
    }
    if (!prefix(&got->out, &want->out)) {
        return "standard output is no prefix of the right one";
    }
    /* Several files are written one after the other. */
    return files_old || j->output_count > 1 ? NULL
                                            : "failure, and a new output file";
}

static void tell(const struct job *j, const struct variant *v, uint64_t n,
                 const struct result *r, const char *what)
{
    printf("FAILED: %s: %s %llu, %s: %s (status 0x%x)\n", j->name, v->call,
           (unsigned long long)n, v->name, what, (unsigned)r->status);
    printf("    %.*s\n", (int)(r->err.len < 600 ? r->err.len : 600),
           r->err.data != NULL ? r->err.data : "");
}

static bool wanted(const struct job *j, const char *call)
{
    size_t len = strlen(call);
    const char *p = j->calls;
    while (p != NULL && (p = strstr(p, call)) != NULL) {
        if ((p == j->calls || p[-1] == ',') &&
            (p[len] == ',' || p[len] == '\0')) {
            return true;
        }
        p += len;
    }
    return j->calls == NULL;
}

struct tally {
    uint64_t runs, refused, harmless, failures;
};

/* Where a sample begins: elsewhere for each job and kind, always the same. */
static uint64_t sample_start(const struct job *j, const struct variant *v,
                             uint64_t step)
{
    uint64_t sum = 0;
    for (const char *p = j->name; *p != '\0'; p++) {
        sum = sum * 31 + (unsigned char)*p;
    }
    for (const char *p = v->name; *p != '\0'; p++) {
        sum = sum * 31 + (unsigned char)*p;
    }
    return 1 + sum % step;
}

static void try_all(struct job *j, const struct variant *v,
                    const struct result *want, struct tally *t)
{
    struct result r;
    memset(&r, 0, sizeof r);
    run(j, v->call, v->how, 0, 0, &r); /* how many calls there are */
    uint64_t calls = j->state->calls;
    forget(j, &r);
    uint64_t step = j->most > 0 && calls > j->most ? calls / j->most : 1;
    bool quiet_pipe = strcmp(v->name, "EPIPE") == 0;
    for (uint64_t n = sample_start(j, v, step);
         n <= calls && t->failures < FAILURES_MAX; n += step) {
        run(j, v->call, v->how, n, v->for_ever ? UINT64_MAX : n, &r);
        bool failed = j->state->failed > 0;
        const char *wrong = judge(j, v, want, &r);
        if (quiet_pipe && wrong != NULL && WIFEXITED(r.status) &&
            (r.err.len == 0 || same(&r.err, &want->err)) &&
            prefix(&r.out, &want->out)) {
            wrong = NULL; /* a closed pipe is quiet */
        }
        if (wrong != NULL) {
            tell(j, v, n, &r, wrong);
            t->failures++;
        }
        t->runs++;
        t->refused += WIFEXITED(r.status) && WEXITSTATUS(r.status) == 3;
        t->harmless += failed && r.status == want->status;
        forget(j, &r);
        if (v->signal == SIGKILL && j->folder != NULL) {
            sweep(j);
        }
    }
}

static void open_state(struct job *j)
{
    (void)snprintf(j->scratch, sizeof j->scratch, "/tmp/gaz-faults-XXXXXX");
    if (mkdtemp(j->scratch) == NULL) {
        die(j->scratch);
    }
    int fd = open(scratch(j, "state"), O_RDWR | O_CREAT, 0600);
    if (fd < 0 || ftruncate(fd, 16) != 0) {
        die("state");
    }
    void *p = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED) {
        die("mmap");
    }
    j->state = p;
    close(fd);
}

static void close_state(struct job *j)
{
    static const char *const names[] = {"out", "err", "state"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)unlink(scratch(j, names[i]));
    }
    (void)rmdir(j->scratch);
}

static void read_options(struct job *j, int argc, char **argv)
{
    int i = 1;
    for (; i + 1 < argc && strcmp(argv[i], "--") != 0; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--shim") == 0) {
            j->shim = value;
        } else if (strcmp(argv[i], "--name") == 0) {
            j->name = value;
        } else if (strcmp(argv[i], "--stdin") == 0) {
            j->input = value;
        } else if (strcmp(argv[i], "--calls") == 0) {
            j->calls = value;
        } else if (strcmp(argv[i], "--signals") == 0) {
            j->no_signals = strcmp(value, "no") == 0;
        } else if (strcmp(argv[i], "--folder") == 0) {
            j->folder = value;
        } else if (strcmp(argv[i], "--most") == 0) {
            j->most = strtoull(value, NULL, 10);
        } else if (strcmp(argv[i], "--output") == 0 &&
                   j->output_count < OUTPUTS_MAX) {
            j->outputs[j->output_count++] = value;
        } else {
            fprintf(stderr, "faults: what is %s?\n", argv[i]);
            exit(2);
        }
    }
    if (i + 1 >= argc) {
        fprintf(stderr, "faults: no command\n");
        exit(2);
    }
    j->command = argv + i + 1;
}

int main(int argc, char **argv)
{
    struct job j = {.name = "run"};
    struct tally t = {0};
    struct result want;
    struct result again;
    memset(&want, 0, sizeof want);
    memset(&again, 0, sizeof again);
    read_options(&j, argc, argv);
    open_state(&j);
    if (j.folder != NULL) {
        sweep(&j);
    }
    run(&j, "none", "5", 0, 0, &want);
    run(&j, "none", "5", 0, 0, &again);
    if (!WIFEXITED(want.status) || WEXITSTATUS(want.status) > 1 ||
        again.status != want.status || !same(&want.out, &again.out)) {
        printf("FAILED: %s: without a fault: status 0x%x\n    %.*s\n", j.name,
               (unsigned)want.status, (int)want.err.len,
               want.err.data != NULL ? want.err.data : "");
        t.failures++;
    }
    for (size_t i = 0;
         t.failures == 0 && i < sizeof variants / sizeof *variants; i++) {
        if (wanted(&j, variants[i].call) &&
            (variants[i].signal == 0 ||
             (j.output_count > 0 && !j.no_signals))) {
            try_all(&j, &variants[i], &want, &t);
        }
    }
    forget(&j, &want);
    forget(&j, &again);
    close_state(&j);
    printf("%s: %llu runs, %llu refused, %llu harmless\n", j.name,
           (unsigned long long)t.runs, (unsigned long long)t.refused,
           (unsigned long long)t.harmless);
    return t.failures == 0 ? 0 : 1;
}
