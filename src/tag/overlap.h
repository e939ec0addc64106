/* What becomes of mentions that overlap, when not only the leftmost longest
 * are wanted. The order of mentions, in which nothing is left to chance: the
 * one further left, then the longer, then the one of higher priority, of an
 * upper layer, of higher score, with the label whose name sorts first, then
 * the entry that came first. */
#ifndef GAZ_TAG_OVERLAP_H
#define GAZ_TAG_OVERLAP_H

#include "base/slice.h"
#include "base/span.h"

enum overlap {
    OVERLAP_LONGEST, /* leftmost-longest, as the scanner finds them */
    OVERLAP_ALL,
    OVERLAP_NO_SUB,        /* none that lies in a longer one */
    OVERLAP_DOMINANT_RIGHT /* where some overlap the longest in characters,
                              of equals the rightmost, until none overlap */
};

struct overlap_item {
    struct span span;
    int priority;
    uint32_t layer; /* upper ones have higher numbers */
    size_t length;  /* set here: characters, or tokens */
    bool gone;      /* set here */
};

/* Settle *count items: they are in order then, one for each stretch of text.
 * text is NULL where spans are in tokens. by_length has room for as many
 * pointers. */
void overlap_settle(enum overlap how, const struct slice *text,
                    struct overlap_item *items, struct overlap_item **by_length,
                    size_t *count);

#endif
