#include "build/select_merge.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/keysort.h"

static int by_number(long long a, long long b)
{
    return (a > b) - (a < b);
}

static int compare_context(const struct candidate *x, const struct candidate *y)
{
    int c = by_number(x->context != NULL, y->context != NULL);
    for (size_t i = 0; c == 0 && x->context != NULL && i < LIST_CONTEXT_COUNT;
         i++) {
        c = slice_cmp(x->context[i], y->context[i]);
    }
    return c;
}

/* Surface, then what makes one entry, then which line comes first. */
static int by_surface(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;
    int c = slice_cmp(x->surface, y->surface);
    if (c == 0) {
        c = by_number(x->from_list, y->from_list);
    }
    if (c == 0) {
        c = by_number(x->why, y->why);
    }
    if (c == 0) {
        c = by_number(x->policy, y->policy);
    }
    if (c == 0) {
        c = by_number(x->plural, y->plural);
    }
    if (c == 0) {
        c = by_number(x->generic, y->generic);
    }
    if (c == 0) {
        c = by_number(2 * x->no_version + x->no_short,
                      2 * y->no_version + y->no_short);
    }
    if (c == 0) {
        c = compare_context(x, y);
    }
    if (c == 0) {
        c = by_number(y->priority, x->priority);
    }
    if (c == 0) {
        c = by_number(x->derived, y->derived);
    }
    if (c == 0) {
        c = by_number(x->sources[0], y->sources[0]);
    }
    return c != 0 ? c : by_number(x->line, y->line);
}

static int by_items(const void *context, uint32_t a, uint32_t b)
{
    const struct candidate *items = context;
    return by_surface(&items[a], &items[b]);
}

/* Put the item that keys[k] names at place k, for all k, along the circles in
 * which they change places. */
static void permute(struct candidate *items, struct keysort_key *keys,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        struct candidate first = items[i];
        while (keys[at].item != i) {
            size_t from = keys[at].item;
            items[at] = items[from];
            keys[at].item = (uint32_t)at;
            at = from;
        }
        items[at] = first;
        keys[at].item = (uint32_t)at;
    }
}

static enum status sort_items(struct selection *s, struct err *e)
{
    size_t n = s->count;
    struct keysort_key *keys = alloc_get(s->alloc, n * sizeof *keys);
    if (keys == NULL) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < n; i++) {
        keys[i] = keysort_key(s->items[i].surface, (uint32_t)i);
    }
    bool ok = keysort(s->alloc, keys, n, by_items, s->items);
    if (ok) {
        permute(s->items, keys, n);
    }
    alloc_free(s->alloc, keys, n * sizeof *keys);
    return ok ? STATUS_OK : err_nomem(e);
}

static bool same_entry(const struct candidate *a, const struct candidate *b)
{
    return a->from_list && b->from_list && slice_eq(a->surface, b->surface) &&
           compare_context(a, b) == 0 && a->why == b->why &&
           a->policy == b->policy && a->plural == b->plural &&
           a->generic == b->generic && a->no_version == b->no_version &&
           a->no_short == b->no_short;
}

/* Falling; labels in the order of their first sight. */
static int by_count(const void *a, const void *b)
{
    const struct count_label *x = a;
    const struct count_label *y = b;
    return x->count != y->count ? by_number(y->count, x->count)
                                : by_number(x->label, y->label);
}

/* Give the labels of a run of list lines for one name to its first line, the
 * one with the highest priority, whose label is used when no other has more
 * lines at that priority. */
static enum status merge_run(struct selection *s, size_t from, size_t to,
                             struct err *e)
{
    struct candidate *first = &s->items[from];
    if (first->why == SELECT_VETO) {
        for (size_t i = from + 1; i < to; i++) {
            s->items[i].why = SELECT_AGAIN;
        }
        return STATUS_OK;
    }
    struct count_label *labels =
        arena_get(&s->arena, (to - from) * sizeof *labels);
    if (labels == NULL) {
        return err_nomem(e);
    }
    uint32_t n = 0;
    uint32_t best = 0;
    for (size_t i = from; i < to; i++) {
        struct candidate *c = &s->items[i];
        uint32_t k = 0;
        if (c->derived && !first->derived) {
            c->why = SELECT_AGAIN; /* a line says it */
            continue;
        }
        while (k < n && labels[k].label != c->label) {
            k++;
        }
        if (k == n) {
            labels[n++] = (struct count_label){c->label, 0};
        }
        labels[k].count++;
        if (c->priority == first->priority &&
            labels[k].count > labels[best].count) {
            best = k;
        }
        if (first->id.len == 0) {
            first->id = c->id;
        }
        if (i > from) {
            c->why = SELECT_AGAIN;
        }
    }
    first->label = labels[best].label;
    qsort(labels, n, sizeof *labels, by_count);
    first->labels = labels;
    first->label_count = n;
    return STATUS_OK;
}

static enum status merge_repeats(struct selection *s, struct err *e)
{
    size_t from = 0;
    while (from < s->count) {
        size_t to = from + 1;
        while (to < s->count && same_entry(&s->items[from], &s->items[to])) {
            to++;
        }
        if (to - from > 1 && select_is_entry(&s->items[from])) {
            enum status st = merge_run(s, from, to, e);
            if (st != STATUS_OK) {
                return st;
            }
        }
        from = to;
    }
    return STATUS_OK;
}

enum status select_merge(struct selection *s, struct err *e)
{
    enum status st = sort_items(s, e);
    return st == STATUS_OK ? merge_repeats(s, e) : st;
}

int select_rank(const struct candidate *a, const struct candidate *b)
{
    static const int strictness[] = {
        [POLICY_EXACT] = 0, [POLICY_SMART] = 1, [POLICY_FOLD] = 2};
    int c = by_number(b->why == SELECT_VETO, a->why == SELECT_VETO);
    if (c == 0) {
        c = by_number(b->priority, a->priority);
    }
    if (c == 0) {
        c = by_number(b->annotated > 0, a->annotated > 0);
    }
    if (c == 0) {
        c = by_number(select_has_context(b), select_has_context(a));
    }
    if (c == 0) {
        c = by_number(strictness[a->policy], strictness[b->policy]);
    }
    return c != 0 ? c : by_number(b->annotated, a->annotated);
}
