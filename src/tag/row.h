/* Names in a row: mentions with nothing between them but what joins the
 * members of an enumeration.
 *
 *   A, B, and C    A or B    A/B    A 1.2 & B    A (2008), B    | A | B |
 *   list items (-, *, +), each on a line of its own
 *
 * A name whose own context does not hold counts in a row where at least
 * ROW_SURE members with its label are sure: what has no context, what a rule
 * finds, and what its own context lets count; others that count by their row
 * do not help. A single sure neighbour is enough where `and`, `or`, `/` or the
 * like stand between the two and it needs no context itself, but not for a name
 * of one letter, and for one without a capital only with `/`.
 *
 * At the ends of the row a word with a capital right before or behind the name
 * (Taylor Swift, Edge Computing; but `In Swift`), or a genitive, keeps it out;
 * a name without a capital needs a symbol or the text's end behind it. */
#ifndef GAZ_TAG_ROW_H
#define GAZ_TAG_ROW_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/span.h"

enum {
    ROW_SURE = 2,
    ROW_SIDE = 24 /* members to either side that are looked at */
};

/* How sure a mention is. */
enum row_state {
    ROW_OUT,     /* it does not count */
    ROW_ASKED,   /* its own context lets it count */
    ROW_ASKS_NOT /* it has no context */
};

struct row {
    struct slice text;
    const struct span *spans; /* in order; none overlaps spans[self] */
    size_t count, self;
    enum row_state (*state)(void *at, size_t i);
    void *at;
};

/* May spans[self] be in a row at all? */
bool row_any(const struct row *r);

/* Do the others of its row make spans[self] one with this label? *one and
 * *two are mentions that do; the same where one is enough. */
bool row_holds(const struct row *r, uint32_t label, size_t *one, size_t *two);

#endif
