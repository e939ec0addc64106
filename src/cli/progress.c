#include "cli/progress.h"

#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_start(struct progress *p, uint64_t total)
{
    memset(p, 0, sizeof *p);
    p->shown =
        isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO) && !cli_no_progress();
    p->total = total;
    p->clock = now;
    p->start = p->shown ? now() : 0;
    p->last = p->start;
}

static void draw(const struct progress *p, double at)
{
    enum { WIDTH = 30 };
    double seconds = at - p->start;
    double rate = seconds > 0 ? (double)p->done / seconds : 0;
    fprintf(stderr, "\r%8.1f MB  %7.1f MB/s", (double)p->done / 1e6,
            rate / 1e6);
    if (p->total > 0) {
        double share = (double)p->done / (double)p->total;
        int full = (int)(share * WIDTH);
        double left = rate > 0 ? (double)(p->total - p->done) / rate : 0;
        fputs("  [", stderr);
        for (int i = 0; i < WIDTH; i++) {
            fputc(i < full ? '#' : '.', stderr);
        }
        fprintf(stderr, "] %3.0f%%  %.0f s left", share * 100, left + 0.5);
    }
    fputs("\x1b[K", stderr);
    fflush(stderr);
}

void progress_add(struct progress *p, uint64_t bytes)
{
    p->done += bytes;
    if (p->total > 0 && p->done > p->total) {
        p->total = p->done; /* the file has grown */
    }
    if (p->shown) {
        double at = p->clock();
        if (at - p->last > 0.2) {
            p->last = at;
            draw(p, at);
        }
    }
}

void progress_end(struct progress *p)
{
    if (p->shown && p->last > p->start) {
        fputs("\r\x1b[K", stderr);
        fflush(stderr);
    }
}
