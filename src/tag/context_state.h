/* What context.c and context_tell.c share. */
#ifndef GAZ_TAG_CONTEXT_STATE_H
#define GAZ_TAG_CONTEXT_STATE_H

#include "tag/context.h"
#include "tag/cues.h"
#include "tag/near.h"
#include "tag/row.h"

enum {
    STAYS_NOT,
    STAYS,       /* it has no context */
    STAYS_ASKED, /* its context holds */
    STAYS_NEVER, /* other mentions make no difference */
    STAYS_IN_ROW
};

struct context {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct cues cues;
    struct near near; /* of the mention at hand */
    bool asked;       /* some entry of it asks for other mentions */
    struct buf a, b;
    unsigned char *stays; /* by span: STAYS_* */
    size_t stays_capacity;
    struct sure *sure; /* of the last context_filter, in order */
    size_t sure_count, sure_capacity;
    struct span *dropped;
    size_t dropped_capacity;
};

/* The decided mentions of the sentence, as far as they are wanted. */
struct company {
    const struct span *spans;
    size_t count;
    size_t self;
};

/* The first of a list's words that stands among those from .. to - 1 of
 * c->near, or NULL. */
static inline const struct cue *context_any(struct context *c,
                                            const struct cue_list *list,
                                            size_t from, size_t to)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct cue *cue = &list->items[i];
        if (near_may(&c->near, cue->hash) &&
            near_has(&c->near, slice_of(cue->word, cue->len), cue->hash, from,
                     to)) {
            return cue;
        }
    }
    return NULL;
}

/* Does a span ask for a context? A rule's does not. */
static inline bool context_is_asked(const struct context *c,
                                    const struct span *s)
{
    return s->entry < c->lexicon->entry_count &&
           (lexicon_flags(c->lexicon, s->entry) & LEXICON_CONTEXT) != 0;
}

/* Is what need=, next= or prev= ask for there, or is nothing asked for?
 * The row that the name stands in aside. */
bool context_needs_met(struct context *c, const struct cue_context *k,
                       const struct company *all);

/* The first of the words of `not` that is there, or NULL. */
const struct cue *context_forbidden(struct context *c,
                                    const struct cue_context *k);

/* Does a version with a full stop in it stand right behind a name with a
 * capital ('Sway 1.9')? That tells a name as well as a word does, but not which
 * one: it counts for a key's last entry. */
bool context_versioned(const struct context *c,
                       const struct lexicon_entry *entry, struct slice text,
                       const struct span *span);

/* For struct row: at is a struct context. */
enum row_state context_row_state(void *at, size_t i);

#endif
