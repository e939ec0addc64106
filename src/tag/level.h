/* The scanner's inner loops, in one version for each kind of processor.

   All versions give the same arrays. */
#ifndef GAZ_TAG_LEVEL_H
#define GAZ_TAG_LEVEL_H

#include "model/index.h"
#include "tag/prefilter.h"
#include "text/find_two.h"
#include "text/introduce.h"

enum {
    /* Bytes of text a round.  Positions in it are in 15 bits, words in 13.
       With 4096 the arrays of a round would stay in the first-level cache, but
       that is a tenth slower with ten thousand names, and 8192 a thirtieth:
       more rounds, each with its own missed branches. */
    CHUNK = 14336,
    CHUNK_PAD = 64, /* readable bytes behind a chunk */
    /* Words, and room for a whole store.  More of it than that, so that the
       arrays that are written side by side begin at places whose lower 12 bits
       differ: where a store's and a load's are alike, the load waits. */
    CHUNK_WORDS = CHUNK / 2 + 592
};

enum simd_level {
    SIMD_NONE,
    SIMD_NEON,
    SIMD_AVX2,
    SIMD_AVX512,
    SIMD_BEST /* what the machine has */
};

enum {
    WORD_JOINED = 0x8000, /* only white space since the word before */
    /* in lists of words */
    LIST_WORD = 0x1fff,
    LIST_JOINED = 0x8000, /* the next word is joined to it */
    LIST_THIRD = 0x4000,  /* and the one after to that */
    LIST_GLUED = 0x2000,  /* one byte is before the next word */
    LIST_TWO = 0x8000,    /* in `pair` and `glue`: perhaps a name of two */
    /* of words of over three letters */
    PLURAL_S = 0x80,
    PLURAL_IES = 0x40
};

/* Words, as arrays: a structure would not go into vectors. */
struct words {
    uint32_t n;
    uint16_t start[CHUNK_WORDS]; /* position, and WORD_JOINED */
    uint16_t end[CHUNK_WORDS];   /* one past the last byte */
    uint8_t after[CHUNK_WORDS];  /* hash_next_class of the byte there */
    uint64_t hash[CHUNK_WORDS];
};

/* Where in a block of 64 bytes runs begin, and how many did before it. */
struct block {
    uint64_t starts;
    uint32_t runs;
};

/* A chunk of text on its way to candidates.  Positions are from its begin.

     text      "The Linux-2.6 kernel"
     start       0   4     10 12 14        runs of word and non-ASCII bytes
     end         3   9     11 13 20
     after      ' ' '-'    '.' ' ' …
     joined          J            J

   Runs with non-ASCII bytes are cut into words afterwards: then the words
   are another array than the runs.  Some levels find the most common signs
   and spaces that are not ASCII while they look for runs. */
struct chunk {
    const uint8_t *bytes; /* as hashed: the text, or lower-cased */
    const uint8_t *text;  /* as it is, with zeros behind the end */
    const struct index *ix;
    bool fold, plural;
    uint32_t leads, leads_high, odd, solos, nears, pairs, glues, others;
    uint32_t twos, threes, goes, signs;
    const struct words *words; /* &runs or &cut */
    struct words runs, cut;
    uint8_t plurals[CHUNK_WORDS];        /* of the runs; for some levels */
    struct block blocks[CHUNK / 64 + 1]; /* if the index has INDEX_LEAD */
    uint16_t odd_run[CHUNK_WORDS];       /* runs that the hash loop left out */
    /* what the rows pass, as indexes of words: perhaps a name of one token;
       perhaps the begin of a longer name */
    uint16_t solo[CHUNK_WORDS];
    uint16_t near[CHUNK_WORDS]; /* with LIST_*; see near_hash */
    /* what of these the pairs' filter passes: with white space and a word
       behind; with a byte and a word; with something else */
    uint16_t pair[CHUNK_WORDS]; /* with LIST_THIRD and LIST_TWO */
    uint16_t glue[CHUNK_WORDS]; /* with LIST_TWO */
    uint16_t other[CHUNK_WORDS];
    /* what of pair and glue the other filters pass: a name of two tokens; of
       three; one that goes on as the text does from the second word or, with
       LIST_THIRD or LIST_GLUED, from the third token */
    uint16_t two[CHUNK_WORDS];
    uint16_t three[CHUNK_WORDS];
    uint16_t go[CHUNK_WORDS];
    /* of the two tokens.  probe.c has no more use for near, and makes another
       list of it and this: the words of `other` from which a name goes on */
    uint64_t near_hash[CHUNK_WORDS];
    uint64_t pair_hash[CHUNK_WORDS];
    uint64_t glue_hash[CHUNK_WORDS];
    uint64_t two_hash[CHUNK_WORDS];
    uint64_t three_hash[CHUNK_WORDS];
    uint64_t go_hash[CHUNK_WORDS];   /* up to where it goes on */
    uint64_t token[CHUNK_WORDS];     /* behind each word, as filters see it */
    uint16_t lead[CHUNK + 64];       /* symbols that names begin with */
    uint16_t lead_high[CHUNK_WORDS]; /* non-ASCII symbols, if names do */
    uint16_t sign[CHUNK_WORDS];      /* those that were found with the runs */
    uint8_t lower[CHUNK + CHUNK_PAD + 16];
    uint8_t tail[CHUNK + 3 * CHUNK_PAD];
};

struct level {
    enum simd_level id;
    const char *name;
    /* Finds the runs of blocks * 64 bytes and, if the index has INDEX_LEAD,
       the leading symbols; writes the folded copy if c->fold.  A run open at
       the end has no end. */
    void (*classify)(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends);
    /* Hashes the runs; lists as odd those that are long or not ASCII. */
    void (*hash)(struct chunk *c);
    /* Tests rows and pairs of all words but the last. */
    void (*filter)(struct chunk *c);
    /* Makes two, three and go of pair and glue. */
    void (*keep)(struct chunk *c);
    /* NULL: the common ones */
    find_two_skip_fn *skip_two;
    prefilter_sift_fn *sift;
    introduce_skip_fn *introduce;
};

extern const struct level level_none, level_neon, level_avx2, level_avx512;

/* The best level that the machine has and is not above `wanted`. */
const struct level *level_choose(enum simd_level wanted);

static inline uint32_t words_start(const struct words *w, uint32_t i)
{
    return w->start[i] & 0x7fffu;
}

static inline bool words_joined(const struct words *w, uint32_t i)
{
    return w->start[i] >> 15;
}

#endif
