/* Common nouns and names out of context: what the scanner found and the text
 * does not mean. They are kept in mind, for shorter names may stand in them. */
#include "tag/tagger_state.h"

#include <stdlib.h>

#include "tag/spans.h"

static bool add_lost(struct tagger *t, const struct span *span)
{
    void *lost = t->lost;
    if (!alloc_grow(t->alloc, &lost, &t->lost_capacity, t->lost_count + 1,
                    sizeof *t->lost)) {
        return false;
    }
    t->lost = lost;
    t->lost[t->lost_count++] = *span;
    return true;
}

enum status tagger_take_found(struct tagger *t, size_t *count, struct err *e)
{
    scan_swap(t->scan, &t->spans, &t->span_capacity);
    if (t->options.generic || !lexicon_any_generic(t->lexicon)) {
        return STATUS_OK;
    }
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (!lexicon_is_generic(t->lexicon, t->spans[i].entry)) {
            t->spans[kept++] = t->spans[i];
        } else if (!add_lost(t, &t->spans[i])) {
            return err_nomem(e);
        }
    }
    *count = kept;
    return STATUS_OK;
}

/* Less the common nouns that the contexts of other entries have left. */
static bool drop_generic(struct tagger *t, size_t *count)
{
    size_t kept = 0;
    bool ok = true;
    if (t->options.generic || !lexicon_any_generic(t->lexicon)) {
        return true;
    }
    for (size_t i = 0; i < *count && ok; i++) {
        uint32_t entry = t->spans[i].entry;
        if (entry >= t->lexicon->entry_count || /* a rule's */
            !lexicon_is_generic(t->lexicon, entry)) {
            t->spans[kept++] = t->spans[i];
        } else {
            ok = add_lost(t, &t->spans[i]);
        }
    }
    *count = kept;
    return ok;
}

enum status tagger_keep_in_context(struct tagger *t, struct slice text,
                                   size_t *count, struct err *e)
{
    size_t all = *count;
    enum status s = context_filter(t->context, text, t->spans, count, e);
    for (size_t i = *count; s == STATUS_OK && i < all; i++) {
        if (t->spans[i].entry < t->lexicon->entry_count &&
            !add_lost(t, &t->spans[i])) {
            s = err_nomem(e);
        }
    }
    return s == STATUS_OK && !drop_generic(t, count) ? err_nomem(e) : s;
}

static int by_start(const void *a, const void *b)
{
    const struct span *x = a;
    const struct span *y = b;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->end < y->end) - (x->end > y->end);
}

/* Of the shorter names those that may stand among `count` spans, in order; how
 * many. */
static size_t keep_free(struct tagger *t, size_t count)
{
    struct span *found = t->shorter.spans;
    size_t n = 0;
    for (size_t i = 0; i < t->shorter.count; i++) {
        if ((t->options.generic ||
             !lexicon_is_generic(t->lexicon, found[i].entry)) &&
            spans_free(t->spans, count, found[i].start, found[i].end)) {
            found[n++] = found[i];
        }
    }
    if (n > 1) {
        qsort(found, n, sizeof *found, by_start);
    }
    return n;
}

/* n more into `count` spans that have room for them: both are in order. */
static void merge(struct span *spans, size_t count, const struct span *more,
                  size_t n)
{
    for (size_t to = count + n; n > 0;) { /* from the end */
        bool old = count > 0 && by_start(&spans[count - 1], &more[n - 1]) > 0;
        spans[--to] = old ? spans[--count] : more[--n];
    }
}

enum status tagger_fill_lost(struct tagger *t, struct slice text,
                             const struct scan_options *options, size_t *count,
                             struct err *e)
{
    shorter_reset(&t->shorter);
    for (size_t i = 0; i < t->lost_count; i++) {
        if (shorter_find(&t->shorter, text, t->lost[i].start, t->lost[i].end,
                         options) != STATUS_OK) {
            return err_nomem(e);
        }
    }
    size_t n = keep_free(t, *count);
    void *spans = t->spans;
    if (n == 0) {
        return STATUS_OK;
    }
    if (!alloc_grow(t->alloc, &spans, &t->span_capacity, *count + n,
                    sizeof *t->spans)) {
        return err_nomem(e);
    }
    t->spans = spans;
    merge(t->spans, *count, t->shorter.spans, n);
    *count += n;
    size_t kept = 1; /* names from two lost ones may overlap */
    for (size_t i = 1; i < *count; i++) {
        if (t->spans[i].start >= t->spans[kept - 1].end) {
            t->spans[kept++] = t->spans[i];
        }
    }
    *count = kept;
    enum status s = context_filter_more(t->context, text, t->spans, count, e);
    return s == STATUS_OK && !drop_generic(t, count) ? err_nomem(e) : s;
}
