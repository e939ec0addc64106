/* Work done by several threads, its results taken in the order in which it was
 * handed in.
 *
 *     slots   0      1      2      3      4      5
 *             done   done   busy   full   free   free
 *             |__ the caller takes results here, in turn
 *                           |__ threads take work here
 *                                         |__ the caller fills here
 *
 * The caller alone reads, fills and takes. It works too, where it would wait
 * for a result: N threads are the caller and N - 1 others, so that none of
 * them waits for a processor that another one of them has. With one thread all
 * is done by the caller, in pipeline_submit. */
#ifndef GAZ_OS_PIPELINE_H
#define GAZ_OS_PIPELINE_H

#include <stddef.h>

#include "base/status.h"

struct pipeline;

struct pipeline_setup {
    size_t threads; /* 1 .. PIPELINE_THREADS_MAX */
    void **workers; /* one for each thread, handed to work; the caller's is
                       the first */
    void **slots;   /* the jobs; three times as many as threads is good */
    size_t slot_count;
    void (*work)(void *worker, void *slot);
};

enum { PIPELINE_THREADS_MAX = 256 };

/* The arrays of the setup are borrowed. */
enum status pipeline_create(const struct pipeline_setup *setup,
                            struct pipeline **out, struct err *e);

/* A slot to fill next, or NULL when none is free: take a result first. */
void *pipeline_free_slot(struct pipeline *p);

/* Hand in the slot that pipeline_free_slot gave. */
void pipeline_submit(struct pipeline *p);

/* The oldest slot handed in and not yet taken, working or waiting until its
 * work is done; it is free again at the next call of any of these. NULL when
 * there is none. */
void *pipeline_take(struct pipeline *p);

/* Waits for what is being worked on. NULL is fine. */
void pipeline_close(struct pipeline *p);

/* The number of processors that may be used, at least 1. */
size_t pipeline_processors(void);

#endif
