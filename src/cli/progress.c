#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void start(struct progress *p, bool shown, uint64_t total)
{
    *p =
        (struct progress){.shown = shown && !cli_no_progress(), .total = total};
    p->start = p->shown ? now() : 0;
    p->last = p->start;
}

void progress_start(struct progress *p, uint64_t total)
{
    start(p, isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO), total);
}

void progress_start_steps(struct progress *p)
{
    start(p, isatty(STDERR_FILENO) != 0, 0);
}

/* Is it time to draw it again? Then *seconds since the start. */
static bool is_due(struct progress *p, double *seconds)
{
    double at = p->shown ? now() : 0;
    if (!p->shown || at - p->last < 0.2) {
        return false;
    }
    p->last = at;
    *seconds = at - p->start;
    return true;
}

/* left: seconds; none: not known. */
static void draw_bar(double share, double left)
{
    enum { WIDTH = 30 };
    fputs("  [", stderr);
    for (int i = 0; i < WIDTH; i++) {
        fputc(i < (int)(share * WIDTH) ? '#' : '.', stderr);
    }
    fprintf(stderr, "] %3.0f%%", share * 100);
    if (left > 0) {
        fprintf(stderr, "  %.0f s left", left + 0.5);
    }
}

static void end_line(void)
{
    fputs("\x1b[K", stderr);
    fflush(stderr);
}

void progress_add(struct progress *p, uint64_t bytes)
{
    double seconds = 0;
    p->done += bytes;
    if (p->total > 0 && p->done > p->total) {
        p->total = p->done; /* the file has grown */
    }
    if (!is_due(p, &seconds)) {
        return;
    }
    double rate = (double)p->done / seconds;
    fprintf(stderr, "\r%8.1f MB  %7.1f MB/s", (double)p->done / 1e6,
            rate / 1e6);
    if (p->total > 0) {
        draw_bar((double)p->done / (double)p->total,
                 rate > 0 ? (double)(p->total - p->done) / rate : 0);
    }
    end_line();
}

void progress_step(struct progress *p, const char *step, size_t done,
                   size_t total)
{
    double seconds = 0;
    if (total == 0 || !is_due(p, &seconds)) {
        return;
    }
    double share = (double)done / (double)total;
    fprintf(stderr, "\r%-24s", step);
    draw_bar(share, share > 0.02 ? seconds * (1 - share) / share : 0);
    end_line();
}

void progress_end(struct progress *p)
{
    if (p->shown && p->last > p->start) {
        fputc('\r', stderr);
        end_line();
    }
}
