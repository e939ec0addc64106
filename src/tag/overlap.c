#include "tag/overlap.h"

#include <stdlib.h>

#include "text/utf8.h"

static int by_order(const void *a, const void *b)
{
    const struct overlap_item *x = a;
    const struct overlap_item *y = b;
    const struct span *s = &x->span;
    const struct span *t = &y->span;
    if (s->start != t->start) {
        return s->start < t->start ? -1 : 1;
    }
    if (s->end != t->end) {
        return s->end > t->end ? -1 : 1;
    }
    if (x->priority != y->priority) {
        return x->priority > y->priority ? -1 : 1;
    }
    if (x->layer != y->layer) {
        return x->layer > y->layer ? -1 : 1;
    }
    if (s->score < t->score || s->score > t->score) {
        return s->score > t->score ? -1 : 1;
    }
    if (s->label != t->label) { /* numbered in the order of their names */
        return s->label < t->label ? -1 : 1;
    }
    return (s->entry > t->entry) - (s->entry < t->entry);
}

/* Of those at the same place the first. */
static size_t one_a_place(struct overlap_item *items, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct span *s = &items[i].span;
        bool same = kept > 0 && items[kept - 1].span.start == s->start &&
                    items[kept - 1].span.end == s->end;
        if (!same) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

/* In order, what lies in another lies in the one before that ends last. */
static void mark_inner(struct overlap_item *items, size_t count)
{
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        items[i].gone = i > 0 && items[i].span.end <= last;
        last = items[i].span.end > last ? items[i].span.end : last;
    }
}

/* The longest first, of equals the rightmost. */
static int by_rank(const void *a, const void *b)
{
    const struct overlap_item *x = *(struct overlap_item *const *)a;
    const struct overlap_item *y = *(struct overlap_item *const *)b;
    if (x->length != y->length) {
        return x->length > y->length ? -1 : 1;
    }
    return (x->span.start < y->span.start) - (x->span.start > y->span.start);
}

/* Each that is still there, the longest first, takes away what overlaps it.
 * `widest` is the most bytes (tokens) of one: none further left reaches it. */
static void mark_dominated(struct overlap_item *items,
                           struct overlap_item **by_length, size_t count,
                           size_t widest)
{
    for (size_t k = 0; k < count; k++) {
        struct overlap_item *it = by_length[k];
        size_t i = (size_t)(it - items);
        if (it->gone) {
            continue;
        }
        for (size_t j = i + 1; j < count && items[j].span.start < it->span.end;
             j++) {
            items[j].gone = true;
        }
        for (size_t j = i;
             j-- > 0 && it->span.start - items[j].span.start < widest;) {
            items[j].gone = items[j].gone || items[j].span.end > it->span.start;
        }
    }
}

static void settle_dominant(const struct slice *text,
                            struct overlap_item *items,
                            struct overlap_item **by_length, size_t count)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = items[i].span.end - items[i].span.start;
        widest = n > widest ? n : widest;
        items[i].length =
            text != NULL ? utf8_count_chars(text->data + items[i].span.start, n)
                         : n;
        by_length[i] = &items[i];
    }
    if (count > 1) {
        qsort(by_length, count, sizeof *by_length, by_rank);
    }
    mark_dominated(items, by_length, count, widest);
}

void overlap_settle(enum overlap how, const struct slice *text,
                    struct overlap_item *items, struct overlap_item **by_length,
                    size_t *count)
{
    if (*count > 1) {
        qsort(items, *count, sizeof *items, by_order);
    }
    size_t n = one_a_place(items, *count);
    for (size_t i = 0; i < n; i++) {
        items[i].gone = false;
    }
    if (how == OVERLAP_NO_SUB) {
        mark_inner(items, n);
    } else if (how == OVERLAP_DOMINANT_RIGHT) {
        settle_dominant(text, items, by_length, n);
    }
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        if (!items[i].gone) {
            items[(*count)++] = items[i];
        }
    }
}
