/* Spans in the order of their text, none overlapping another. */
#ifndef GAZ_TAG_SPANS_H
#define GAZ_TAG_SPANS_H

#include "base/slice.h"
#include "base/span.h"

/* The first of the spans that ends behind `at`, or count. */
static inline size_t spans_first_behind(const struct span *spans, size_t count,
                                        size_t at)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (spans[low + half].end <= at) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low;
}

/* Does none of the spans overlap bytes start .. end - 1? */
static inline bool spans_free(const struct span *spans, size_t count,
                              size_t start, size_t end)
{
    size_t i = spans_first_behind(spans, count, start);
    return i == count || spans[i].start >= end;
}

static inline struct slice spans_text(struct slice text, const struct span *s)
{
    return slice_of(text.data + s->start, s->end - s->start);
}

#endif
