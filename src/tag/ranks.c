#include "tag/ranks.h"

#include <stdlib.h>

static void list_free(const struct alloc *a, struct ranked_list *l)
{
    alloc_free(a, l->items, l->capacity * sizeof *l->items);
}

void ranks_free(struct ranks *r)
{
    list_free(r->alloc, &r->base);
    list_free(r->alloc, &r->upper);
    list_free(r->alloc, &r->taken);
    list_free(r->alloc, &r->merged);
}

enum status ranks_reserve(struct ranks *r, struct ranked_list *list,
                          size_t more, struct err *e)
{
    void *items = list->items;
    if (!alloc_grow(r->alloc, &items, &list->capacity, list->count + more,
                    sizeof *list->items)) {
        return err_nomem(e);
    }
    list->items = items;
    return STATUS_OK;
}

/* Left to right, then the longer, then the upper layer. */
static int by_place(const struct ranked *x, const struct ranked *y)
{
    if (x->span.start != y->span.start) {
        return x->span.start < y->span.start ? -1 : 1;
    }
    if (x->span.end != y->span.end) {
        return x->span.end > y->span.end ? -1 : 1;
    }
    return (x->layer < y->layer) - (x->layer > y->layer);
}

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    return x->rank != y->rank ? (x->rank > y->rank ? -1 : 1) : by_place(x, y);
}

void ranks_sort(struct ranks *r)
{
    if (r->upper.count > 1) {
        qsort(r->upper.items, r->upper.count, sizeof *r->upper.items, by_rank);
    }
}

/* Offer the mentions of one rank, in the order of by_place, to those taken
 * so far, which are in order and do not overlap: both lists are walked once.
 * merged has room for all. */
static void offer(struct ranks *r, const struct ranked *const lists[2],
                  const size_t counts[2])
{
    const struct ranked_list *taken = &r->taken;
    size_t at[2] = {0, 0};
    size_t next = 0; /* in taken */
    size_t end = 0;  /* of the last one that is in */
    r->merged.count = 0;
    while (at[0] < counts[0] || at[1] < counts[1]) {
        int from = at[0] == counts[0]                                 ? 1
                   : at[1] == counts[1]                               ? 0
                   : by_place(&lists[0][at[0]], &lists[1][at[1]]) < 0 ? 0
                                                                      : 1;
        const struct ranked *m = &lists[from][at[from]++];
        while (next < taken->count &&
               taken->items[next].span.start <= m->span.start) {
            end = taken->items[next].span.end;
            r->merged.items[r->merged.count++] = taken->items[next++];
        }
        bool free = m->span.start >= end &&
                    (next == taken->count ||
                     m->span.end <= taken->items[next].span.start);
        if (free) {
            end = m->span.end;
            r->merged.items[r->merged.count++] = *m;
        }
    }
    while (next < taken->count) {
        r->merged.items[r->merged.count++] = taken->items[next++];
    }
    struct ranked_list swap = r->taken;
    r->taken = r->merged;
    r->merged = swap;
}

/* From the highest rank to the lowest; the base has its turn at rank 0. */
enum status ranks_settle(struct ranks *r, struct err *e)
{
    size_t total = r->base.count + r->upper.count;
    r->taken.count = 0;
    r->merged.count = 0;
    enum status s = ranks_reserve(r, &r->taken, total, e);
    if (s == STATUS_OK) {
        s = ranks_reserve(r, &r->merged, total, e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    ranks_sort(r);
    bool base_done = false;
    for (size_t i = 0; i < r->upper.count || !base_done;) {
        int rank = i < r->upper.count ? r->upper.items[i].rank : 0;
        rank = !base_done && rank < 0 ? 0 : rank;
        size_t first = i;
        while (i < r->upper.count && r->upper.items[i].rank == rank) {
            i++;
        }
        const struct ranked *lists[2] = {
            r->base.items, i > first ? r->upper.items + first : r->upper.items};
        size_t counts[2] = {rank == 0 ? r->base.count : 0, i - first};
        base_done = base_done || rank == 0;
        offer(r, lists, counts);
    }
    return STATUS_OK;
}
