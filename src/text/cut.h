/* Fine tokens, one at a time and exact: what names are made of, and the
   scanner's way for everything that is off its fast path. */
#ifndef GAZ_TEXT_CUT_H
#define GAZ_TEXT_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/key.h"
#include "text/hash.h"

enum cut_kind {
    CUT_END,
    CUT_WORD,
    CUT_SYMBOL,
    CUT_BAD /* in no name: invalid UTF-8, or a word over LIMIT_WORD */
};

enum cut_gap {
    CUT_GLUED,  /* nothing between this token and what was before */
    CUT_SPACED, /* white space with at most one newline */
    CUT_BREAK   /* more newlines: no name goes on over it */
};

struct cut {
    size_t start, end;
    uint64_t hash; /* of its key; the gap is not in it */
    uint8_t kind, gap;
};

/* The token after position at (which is between tokens), and the gap
   before it.  how: FOLD_ flags.  key is room for the work, and holds the
   key of a word with non-ASCII bytes afterwards. */
void cut_next(const uint8_t *text, size_t len, size_t at, unsigned how,
              struct word_key *key, struct cut *tok);

/* The end of the token that begins at `at` and is no space; its kind. */
enum cut_kind cut_token_end(const uint8_t *text, size_t len, size_t at,
                            size_t *end);

/* The hash of the word [start, end). */
uint64_t cut_word_hash(const uint8_t *text, size_t start, size_t end,
                       unsigned how, struct word_key *key);

/* The end of the white space at `at`, and the kind of gap it is. */
size_t cut_gap_end(const uint8_t *text, size_t len, size_t at,
                   enum cut_gap *gap);

/* The token's hash in a sequence: with its gap. */
static inline uint64_t token_hash_gap(const struct cut *t)
{
    return hash_gap(t->hash, t->kind == CUT_WORD, t->gap == CUT_GLUED);
}

#endif
