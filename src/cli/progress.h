/* A progress bar on standard error, when that is a terminal (and standard
 * output is not, where the two would mix). */
#ifndef GAZ_CLI_PROGRESS_H
#define GAZ_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool shown;
    uint64_t total; /* bytes; 0: not known */
    uint64_t done;
    double start; /* seconds, of some clock */
    double last;  /* when it was drawn */
    double (*clock)(void);
};

void progress_start(struct progress *p, uint64_t total);
void progress_add(struct progress *p, uint64_t bytes);
void progress_end(struct progress *p); /* wipes the line */

#endif
