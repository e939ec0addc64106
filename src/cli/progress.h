/* A progress bar on standard error, when that is a terminal. */
#ifndef GAZ_CLI_PROGRESS_H
#define GAZ_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool shown;
    uint64_t total; /* bytes; 0: not known */
    uint64_t done;
    double start; /* seconds, of some clock */
    double last;  /* when it was drawn; start: not yet */
};

/* Of bytes that are read; not shown where standard output is a terminal too,
 * and the two would mix. */
void progress_start(struct progress *p, uint64_t total);
void progress_add(struct progress *p, uint64_t bytes);

/* Of work in steps, whose sizes are not bytes. */
void progress_start_steps(struct progress *p);
void progress_step(struct progress *p, const char *step, size_t done,
                   size_t total);

void progress_end(struct progress *p); /* wipes the line */

#endif
