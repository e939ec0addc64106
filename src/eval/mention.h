/* From the tags of a sentence to its mentions, as each scorer sees them. */
#ifndef GAZ_EVAL_MENTION_H
#define GAZ_EVAL_MENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/status.h"
#include "eval/tagset.h"

/* A mention: tokens first .. end - 1 of its sentence. */
struct mention {
    uint32_t first;
    uint32_t end;
    uint32_t type; /* of the tagset */
};

/* In the order of their tokens; no two share a token. */
struct mentions {
    struct mention *items;
    size_t count;
    size_t capacity;
};

/* How tags are read.
 *
 * READ_ALL       what the tags mean, whatever their scheme (tags.h); for
 *                B, I and O alone this is also what nervaluate does
 * READ_CONLLEVAL the Perl scorer, which knows no S, L and U
 * READ_SEQEVAL   seqeval's default mode, which knows no L and U
 * READ_IOB2      seqeval's strict mode: B begins, an orphan I is dropped
 * READ_IOBES     strict, and a mention has to end in E (L), or be S (U) */
enum reading {
    READ_ALL,
    READ_CONLLEVAL,
    READ_SEQEVAL,
    READ_IOB2,
    READ_IOBES,
    READ_COUNT
};

void mentions_free(struct mentions *m, const struct alloc *alloc);

/* Overwrites *out, whose memory is used again. Only memory can fail. */
enum status mentions_read(enum reading reading, const struct tagset *tagset,
                          const uint32_t *tags, size_t count,
                          const struct alloc *alloc, struct mentions *out,
                          struct err *e);

/* Tokens that two mentions share. */
static inline uint32_t mention_overlap(struct mention a, struct mention b)
{
    uint32_t from = a.first > b.first ? a.first : b.first;
    uint32_t to = a.end < b.end ? a.end : b.end;
    return to > from ? to - from : 0;
}

static inline bool mention_same_place(struct mention a, struct mention b)
{
    return a.first == b.first && a.end == b.end;
}

#endif
