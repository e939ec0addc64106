/* The words that were names of one token a moment ago.

   Most mentions are of few words.  A small table has these as they stood in
   the text, and what they were, so that neither the slots nor the record are
   looked at again:

     "Linux", zeros behind    entry, label, length    slot

   A word is found there only if all its bytes are the same, which is as sure as
   to compare it with the record; what stands around it is looked at anew.  So
   what is found does not depend on the texts before.  With folding it takes 5
   to 10% of the time away; twice as many words are worth it only where the
   names are very many. */
#ifndef GAZ_TAG_MEMO_H
#define GAZ_TAG_MEMO_H

#include "base/alloc.h"
#include "tag/words_mask.h"
#include "text/hash.h"

enum {
    MEMO_MAX = 16, /* bytes of a word */
    MEMO_LOG2 = 12,
    MEMO_LARGE_LOG2 = 13,
    MEMO_LARGE = 500000 /* names of an index that has the larger one */
};

/* What a word is. */
struct memo_fact {
    uint64_t known; /* memo_known, or 0: look at the slot */
    uint64_t slot;
};

/* An empty one has the bytes of no word. */
struct memo_entry {
    uint64_t lo, hi;
    struct memo_fact fact;
};

struct memo {
    struct memo_entry *entries;
    unsigned shift; /* 64 - log2 of their number */
};

struct memo_word {
    uint64_t lo, hi; /* 0, 0: of more than MEMO_MAX bytes */
};

/* Allocates an empty one; NULL in `entries` if there is no memory. */
struct memo memo_create(const struct alloc *al, uint32_t names);
void memo_free(const struct alloc *al, struct memo *m);

/* A word of n bytes; 16 can be read. */
static GAZ_ALWAYS_INLINE struct memo_word memo_word(const uint8_t *p,
                                                    uint32_t n)
{
    const struct words_mask *mask = &words_masks[n <= MEMO_MAX ? n : 0];
    struct memo_word w = {bytes_load64(p) & mask->lo,
                          bytes_load64(p + 8) & mask->hi};
    return w;
}

/* Where the word is, if it is there. */
static GAZ_ALWAYS_INLINE struct memo_entry *memo_at(const struct memo *m,
                                                    struct memo_word w)
{
    uint64_t x = (w.lo ^ bits_rotl(w.hi, 23)) * HASH_K1;
    return &m->entries[x >> m->shift];
}

static inline uint64_t memo_known(uint32_t entry, uint32_t label, uint32_t n)
{
    return (uint64_t)entry << 32 | label << 16 | n;
}

#endif
