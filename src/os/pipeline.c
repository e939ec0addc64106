#include "os/pipeline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Slots are used in turn; these count up for ever:
 *     taken <= started <= filled,  done[i % n] for those between. */
struct pipeline {
    struct pipeline_setup setup;
    pthread_mutex_t lock;
    pthread_cond_t work_ready;
    pthread_cond_t work_done;
    pthread_t *threads;
    struct seat *seats;
    size_t thread_count; /* started: one less than work, the caller is one */
    size_t filled, started, taken;
    bool *done; /* by slot */
    bool closing;
};

/* What a thread is told. */
struct seat {
    struct pipeline *pipeline;
    void *worker;
};

/* Do what waits longest. The lock is held before and after. */
static void work_one(struct pipeline *p, void *worker)
{
    size_t at = p->started++ % p->setup.slot_count;
    pthread_mutex_unlock(&p->lock);
    p->setup.work(worker, p->setup.slots[at]);
    pthread_mutex_lock(&p->lock);
    p->done[at] = true;
}

static void *run_thread(void *argument)
{
    struct seat *seat = argument;
    struct pipeline *p = seat->pipeline;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->started == p->filled && !p->closing) {
            pthread_cond_wait(&p->work_ready, &p->lock);
        }
        if (p->started == p->filled) {
            break;
        }
        work_one(p, seat->worker);
        pthread_cond_signal(&p->work_done);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static enum status start_threads(struct pipeline *p, struct err *e)
{
    size_t n = p->setup.threads - 1;
    p->threads = calloc(n, sizeof *p->threads);
    p->seats = calloc(n, sizeof *p->seats);
    if (p->threads == NULL || p->seats == NULL) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < n; i++) {
        p->seats[i] = (struct seat){p, p->setup.workers[i + 1]};
        int error =
            pthread_create(&p->threads[i], NULL, run_thread, &p->seats[i]);
        if (error != 0) {
            return err_set(e, STATUS_IO, "cannot start a thread: %s",
                           strerror(error));
        }
        p->thread_count++;
    }
    return STATUS_OK;
}

enum status pipeline_create(const struct pipeline_setup *setup,
                            struct pipeline **out, struct err *e)
{
    struct pipeline *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return err_nomem(e);
    }
    p->setup = *setup;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work_ready, NULL);
    pthread_cond_init(&p->work_done, NULL);
    p->done = calloc(setup->slot_count, sizeof *p->done);
    enum status s = p->done == NULL ? err_nomem(e) : STATUS_OK;
    if (s == STATUS_OK && setup->threads > 1) {
        s = start_threads(p, e);
    }
    if (s != STATUS_OK) {
        pipeline_close(p);
        return s;
    }
    *out = p;
    return STATUS_OK;
}

void *pipeline_free_slot(struct pipeline *p)
{
    /* Only the caller moves filled and taken. */
    return p->filled - p->taken < p->setup.slot_count
               ? p->setup.slots[p->filled % p->setup.slot_count]
               : NULL;
}

void pipeline_submit(struct pipeline *p)
{
    size_t at = p->filled % p->setup.slot_count;
    if (p->thread_count == 0) {
        p->setup.work(p->setup.workers[0], p->setup.slots[at]);
        p->filled++;
        return;
    }
    pthread_mutex_lock(&p->lock);
    p->done[at] = false;
    p->filled++;
    pthread_cond_signal(&p->work_ready);
    pthread_mutex_unlock(&p->lock);
}

void *pipeline_take(struct pipeline *p)
{
    if (p->taken == p->filled) {
        return NULL;
    }
    size_t at = p->taken % p->setup.slot_count;
    if (p->thread_count > 0) {
        pthread_mutex_lock(&p->lock);
        while (!p->done[at]) {
            if (p->started < p->filled) {
                work_one(p, p->setup.workers[0]);
            } else {
                pthread_cond_wait(&p->work_done, &p->lock);
            }
        }
        pthread_mutex_unlock(&p->lock);
    }
    p->taken++;
    return p->setup.slots[at];
}

void pipeline_close(struct pipeline *p)
{
    if (p == NULL) {
        return;
    }
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->work_ready);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < p->thread_count; i++) {
        pthread_join(p->threads[i], NULL);
    }
    pthread_cond_destroy(&p->work_ready);
    pthread_cond_destroy(&p->work_done);
    pthread_mutex_destroy(&p->lock);
    free(p->threads);
    free(p->seats);
    free(p->done);
    free(p);
}

size_t pipeline_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1                      ? 1
           : n > PIPELINE_THREADS_MAX ? PIPELINE_THREADS_MAX
                                      : (size_t)n;
}
