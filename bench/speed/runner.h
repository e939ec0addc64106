/* What the measured programs share: files, clocks, and the orders they take.
 *
 * A program builds its index, says so in one line of JSON, then takes an
 * order a line from standard input and answers each with a line of JSON:
 *
 *     text PATH LIMIT   read a text, or the lines in its first LIMIT bytes
 *     go NAME           run once over it: {"seconds":S,"matches":N}
 *     memory            {"peak":BYTES}
 *
 * so that many of them can wait while one runs, and take turns. */
#ifndef BENCH_RUNNER_H
#define BENCH_RUNNER_H

#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNNER_PAD = 64 }; /* readable zero bytes behind a text */

struct text {
    uint8_t *data;
    size_t len;
};

/* Run once over the text; the number of matches. */
typedef uint64_t runner_fn(void *context, const char *order,
                           const struct text *text);

static inline void runner_die(const char *what)
{
    perror(what);
    exit(1);
}

/* CPU time: what others do on this machine counts as little as can be. */
static inline double runner_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Of this program alone: getrusage would count what its parent had. */
static inline double runner_peak(void)
{
    char line[256];
    double kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        (void)sscanf(line, "VmHWM: %lf", &kb);
    }
    if (f != NULL) {
        fclose(f);
    }
    return kb * 1024;
}

static inline struct text runner_read(const char *path, size_t limit)
{
    struct text t = {0};
    FILE *f = fopen(path, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0) {
        runner_die(path);
    }
    t.len = (size_t)ftell(f);
    bool cut = limit > 0 && limit < t.len;
    t.len = cut ? limit : t.len;
    rewind(f);
    t.data = calloc(t.len + RUNNER_PAD, 1);
    if (t.data == NULL || fread(t.data, 1, t.len, f) != t.len) {
        runner_die(path);
    }
    fclose(f);
    while (cut && t.len > 0 && t.data[t.len - 1] != '\n') {
        t.data[--t.len] = 0;
    }
    return t;
}

static inline void runner_ready(double seconds, double size)
{
    printf("{\"build\":%.6f,\"peak\":%.0f,\"size\":%.0f}\n", seconds,
           runner_peak(), size);
    fflush(stdout);
}

static inline void runner_serve(runner_fn *run, void *context)
{
    char line[4096];
    char path[4096];
    struct text text = {0};
    size_t limit = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (sscanf(line, "text %4095s %zu", path, &limit) == 2) {
            free(text.data);
            text = runner_read(path, limit);
            printf("{\"bytes\":%zu}\n", text.len);
        } else if (strncmp(line, "go ", 3) == 0) {
            double start = runner_now();
            uint64_t n = run(context, line + 3, &text);
            printf("{\"seconds\":%.6f,\"matches\":%llu}\n",
                   runner_now() - start, (unsigned long long)n);
        } else {
            printf("{\"peak\":%.0f}\n", runner_peak());
        }
        fflush(stdout);
    }
    free(text.data);
}

#endif
