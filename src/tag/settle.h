/* Which of the mentions that overlap stay. See tag/rules.h for the order. */
#ifndef GAZ_TAG_SETTLE_H
#define GAZ_TAG_SETTLE_H

#include "base/alloc.h"
#include "base/span.h"
#include "model/lexicon.h"

struct settle;

struct settle_mention {
    struct span span;
    int priority;
    bool listed; /* the lexicon's; set by settle_spans */
    bool asks;   /* listed, with a context */
    bool stays;
    size_t next; /* where the next one that stays begins */
};

/* NULL when memory is out. */
struct settle *settle_create(const struct alloc *alloc,
                             const struct lexicon *lexicon);
void settle_free(struct settle *s); /* NULL is fine */

void settle_clear(struct settle *s);
/* False when memory is out. */
bool settle_add(struct settle *s, const struct settle_mention *m);
bool settle_any(const struct settle *s);

/* What was added since settle_clear, whether it stays or not. */
const struct settle_mention *settle_items(const struct settle *s,
                                          size_t *count);

/* What stays of the mentions added and of the lexicon's spans, which are in
 * order; *out is s's, good until its next use. */
enum status settle_spans(struct settle *s, const struct span *spans,
                         size_t span_count, const struct span **out,
                         size_t *count, struct err *e);

#endif
