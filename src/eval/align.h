/* Which prediction belongs to which gold mention, and what kind of error the
 * pair is. The one place that decides it: the confusion matrix, the list of
 * errors and the page of errors all tell the same story. */
#ifndef GAZ_EVAL_ALIGN_H
#define GAZ_EVAL_ALIGN_H

#include "base/alloc.h"
#include "base/status.h"
#include "eval/mention.h"

enum align_kind {
    ALIGN_CORRECT,
    ALIGN_MISSED,   /* gold alone */
    ALIGN_SPURIOUS, /* a prediction alone */
    ALIGN_BOUNDARY, /* they overlap, same type */
    ALIGN_TYPE,     /* the same tokens, another type */
    ALIGN_BOTH,     /* they overlap, another type */
    ALIGN_COUNT
};

extern const char *const align_names[ALIGN_COUNT];

struct align_pair {
    enum align_kind kind;
    const struct mention *gold;  /* NULL for ALIGN_SPURIOUS */
    const struct mention *found; /* NULL for ALIGN_MISSED */
};

/* The tokens that a pair covers: *first .. *end - 1. */
void align_extent(const struct align_pair *p, size_t *first, size_t *end);

struct align {
    struct align_pair *pairs; /* in the order of their first tokens */
    size_t count;
    size_t capacity;
};

void align_free(struct align *a, const struct alloc *alloc);

/* Pair a sentence's mentions (*a is overwritten; its pairs point into gold
 * and found):
 *
 * 1. A prediction on the very tokens of a gold mention is its partner.
 * 2. Each gold mention left takes, from the left, the prediction left that
 *    shares most tokens with it, the first of equals.
 * 3. What is left is missed or spurious. */
enum status align_make(struct align *a, const struct mentions *gold,
                       const struct mentions *found, const struct alloc *alloc,
                       struct err *e);

#endif
