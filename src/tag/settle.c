#include "tag/settle.h"

#include <limits.h>

struct settle {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct settle_mention *items;
    size_t count, capacity;
    struct settle_mention *all; /* items and spans, in order */
    size_t all_capacity;
    struct span *spans;
    size_t span_capacity;
};

struct settle *settle_create(const struct alloc *alloc,
                             const struct lexicon *lexicon)
{
    struct settle *s = alloc_get(alloc, sizeof *s);
    if (s != NULL) {
        memset(s, 0, sizeof *s);
        s->alloc = alloc;
        s->lexicon = lexicon;
    }
    return s;
}

void settle_free(struct settle *s)
{
    if (s != NULL) {
        alloc_free(s->alloc, s->items, s->capacity * sizeof *s->items);
        alloc_free(s->alloc, s->all, s->all_capacity * sizeof *s->all);
        alloc_free(s->alloc, s->spans, s->span_capacity * sizeof *s->spans);
        alloc_free(s->alloc, s, sizeof *s);
    }
}

void settle_clear(struct settle *s)
{
    s->count = 0;
}

bool settle_any(const struct settle *s)
{
    return s->count > 0;
}

const struct settle_mention *settle_items(const struct settle *s, size_t *count)
{
    *count = s->count;
    return s->items;
}

/* Is x before y in the order of start, then of what is preferred there? */
static bool before(const struct settle_mention *x,
                   const struct settle_mention *y)
{
    if (x->span.start != y->span.start) {
        return x->span.start < y->span.start;
    }
    if (x->span.end != y->span.end) {
        return x->span.end > y->span.end;
    }
    if (x->listed != y->listed) {
        return x->listed ? !x->asks : y->asks;
    }
    return x->span.entry < y->span.entry;
}

bool settle_add(struct settle *s, const struct settle_mention *m)
{
    void *items = s->items;
    if (!alloc_grow(s->alloc, &items, &s->capacity, s->count + 1,
                    sizeof *s->items)) {
        return false;
    }
    s->items = items;
    s->items[s->count++] = *m;
    return true;
}

/* Merge the sorted runs [from, middle) and [middle, to) of a into b. */
static void merge_runs(const struct settle_mention *a, struct settle_mention *b,
                       size_t from, size_t middle, size_t to)
{
    size_t i = from;
    size_t k = middle;
    for (size_t n = from; n < to; n++) {
        bool second = i == middle || (k < to && before(&a[k], &a[i]));
        b[n] = second ? a[k++] : a[i++];
    }
}

/* By runs, with s->all as the other half: qsort may allocate. Rules find
 * their mentions nearly in order, so mostly there is nothing to do. */
static void sort_items(struct settle *s)
{
    bool sorted = true;
    for (size_t i = 1; i < s->count && sorted; i++) {
        sorted = !before(&s->items[i], &s->items[i - 1]);
    }
    for (size_t run = 1; !sorted && run < s->count; run *= 2) {
        for (size_t from = 0; from < s->count; from += 2 * run) {
            size_t left = s->count - from;
            size_t middle = from + (run < left ? run : left);
            size_t to = from + (2 * run < left ? 2 * run : left);
            merge_runs(s->items, s->all, from, middle, to);
        }
        memcpy(s->items, s->all, s->count * sizeof *s->items);
    }
}

static struct settle_mention of_span(const struct settle *s,
                                     const struct span *span)
{
    return (struct settle_mention){
        .span = *span,
        .listed = true,
        .asks =
            (lexicon_flags(s->lexicon, span->entry) & LEXICON_CONTEXT) != 0};
}

static void merge(struct settle *s, const struct span *spans, size_t span_count)
{
    size_t i = 0;
    size_t k = 0;
    while (i < s->count || k < span_count) {
        struct settle_mention *to = &s->all[i + k];
        struct settle_mention listed = {0};
        if (k < span_count) {
            listed = of_span(s, &spans[k]);
        }
        if (k == span_count ||
            (i < s->count && before(&s->items[i], &listed))) {
            *to = s->items[i++];
        } else {
            *to = listed;
            k++;
        }
        to->stays = false;
    }
}

/* The highest priority below `limit`; false: there is none. */
static bool next_level(const struct settle *s, size_t n, long limit,
                       long *level)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        long p = s->all[i].priority;
        if (p < limit && (!any || p > *level)) {
            *level = p;
            any = true;
        }
    }
    return any;
}

/* Leftmost-longest among those of one level, beside what stays already. */
static void settle_level(struct settle *s, size_t n, long level)
{
    size_t next = SIZE_MAX;
    for (size_t i = n; i-- > 0;) {
        s->all[i].next = next;
        next = s->all[i].stays ? s->all[i].span.start : next;
    }
    size_t end = 0;
    for (size_t i = 0; i < n; i++) {
        struct settle_mention *m = &s->all[i];
        if (!m->stays && m->priority == level && m->span.start >= end &&
            m->span.end <= m->next) {
            m->stays = true;
        }
        end = m->stays ? m->span.end : end;
    }
}

enum status settle_spans(struct settle *s, const struct span *spans,
                         size_t span_count, const struct span **out,
                         size_t *count, struct err *e)
{
    size_t n = s->count + span_count;
    void *all = s->all;
    void *list = s->spans;
    bool ok = alloc_grow(s->alloc, &all, &s->all_capacity, n, sizeof *s->all);
    s->all = all;
    ok = ok &&
         alloc_grow(s->alloc, &list, &s->span_capacity, n, sizeof *s->spans);
    s->spans = list;
    if (!ok) {
        return err_nomem(e);
    }
    sort_items(s);
    merge(s, spans, span_count);
    long level = 0;
    for (long limit = LONG_MAX; next_level(s, n, limit, &level);
         limit = level) {
        settle_level(s, n, level);
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (s->all[i].stays) {
            s->spans[kept++] = s->all[i].span;
        }
    }
    *out = s->spans;
    *count = kept;
    return STATUS_OK;
}
