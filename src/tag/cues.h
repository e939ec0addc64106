/* The contexts of entries as they are asked for: each word of a list with the
 * hash that near.h looks for. They are made when a text first needs them and
 * kept, up to CUES_BYTES, for the texts after it. */
#ifndef GAZ_TAG_CUES_H
#define GAZ_TAG_CUES_H

#include "base/arena.h"
#include "base/hashmap.h"
#include "model/lexicon.h"

enum { CUES_BYTES = 8 << 20 };

/* What a sign before a word of a list says. In `need` '@' is a mention of the
 * label behind it, in `not` '<' the word right before, '>' right behind. */
enum cue_kind { CUE_WORD, CUE_LABEL, CUE_BEFORE, CUE_BEHIND };

struct cue {
    uint64_t hash;
    const char *word; /* in the lexicon; without '<' and '>', with '@' */
    uint32_t len;
    enum cue_kind kind;
};

struct cue_list {
    const struct cue *items;
    size_t count;
    const uint64_t *filter; /* CUE_FILTER bits, of the words of `need` */
};

enum { CUE_FILTER = 512 };

/* Could a word of this hash be in the list, which has a filter? */
static inline bool cues_may(const struct cue_list *list, uint64_t hash)
{
    return (list->filter[hash >> 6 & (CUE_FILTER / 64 - 1)] >> (hash & 63) &
            1) != 0;
}

struct cue_context {
    uint32_t other; /* the entry of the same key to try next, or LEXICON_NONE */
    struct cue_list words[LEXICON_CONTEXT_WORDS];
};

struct cues {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct arena arena; /* all that is handed out */
    size_t bytes;       /* of it */
    struct hashmap entries;
    const struct cue_context **contexts; /* by id in `entries` */
    size_t context_capacity;
    struct hashmap lists; /* by place in the lexicon, and kind of list */
    struct cue_list *list;
    size_t list_capacity;
    bool failed; /* memory was out */
};

void cues_init(struct cues *c, const struct alloc *alloc,
               const struct lexicon *lexicon);
void cues_free(struct cues *c);

/* Of an entry with a context; valid until the next call. NULL when it has
 * none, or memory is out, which c->failed keeps. */
const struct cue_context *cues_get(struct cues *c, uint32_t entry);

#endif
