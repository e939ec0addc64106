/* The scanner's inner loops, in one version for each kind of processor.

   All versions give the same arrays: they are compiled from the same text
   (words_impl.h), but for the classification of bytes. */
#ifndef GAZ_TAG_LEVEL_H
#define GAZ_TAG_LEVEL_H

#include "model/index.h"

enum {
    /* Bytes of text a round.  Positions in it are in 15 bits. */
    CHUNK = 8192,
    CHUNK_PAD = 64, /* readable bytes behind a chunk */
    CHUNK_RUNS = CHUNK / 2 + 80,
    CHUNK_WORDS = CHUNK / 2 + 80
};

enum simd_level {
    SIMD_NONE,
    SIMD_NEON,
    SIMD_AVX2,
    SIMD_AVX512,
    SIMD_BEST /* what the machine has */
};

enum { RUN_JOINED = 0x8000 };

enum { PASS_FIRST = 1, PASS_PAIR = 2 };

/* A word that may begin a name. */
struct candidate {
    uint64_t pair; /* hash of the word and what follows, for the filter */
    uint32_t word; /* index in the chunk's words */
    uint32_t pass; /* PASS_ flags */
};

struct scan;

/* A chunk of text, as arrays.  Positions are from the chunk's begin.

     text      "The Linux-2.6 kernel …"
     starts      0   4     10 12 14        runs of word and non-ASCII bytes
     ends        3   9     11 13 20        RUN_JOINED in a start: white
     (joined)    -   J               J     space only since the run before */
struct chunk {
    const uint8_t *bytes;  /* as hashed: the text, or lower-cased */
    struct scan *scan;     /* for words off the fast path */
    const struct index *ix;
    uint32_t runs, leads;
    uint32_t words, candidates;
    uint32_t leads_high; /* of lead_high */
    bool fold, plural;
    uint64_t after[256]; /* token hash that a next byte stands for */
    uint64_t hash[CHUNK_WORDS];
    uint64_t where[CHUNK_WORDS]; /* start | joined << 31 | end << 32 */
    struct candidate cand[CHUNK_WORDS];
    uint16_t starts[CHUNK_RUNS], ends[CHUNK_RUNS];
    uint16_t lead[CHUNK + 128];
    uint16_t lead_high[CHUNK_WORDS]; /* non-ASCII symbols, if names lead */
    uint8_t lower[CHUNK + CHUNK_PAD + 16];
    uint8_t tail[CHUNK + 2 * CHUNK_PAD];
};

struct level {
    enum simd_level id;
    const char *name;
    /* Finds the runs and the leading symbols of blocks * 64 bytes; writes
       the folded copy if c->fold.  A run open at the end has no end. */
    void (*classify)(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends);
    /* Hashes the words and tests the filters. */
    void (*words)(struct chunk *c);
};

extern const struct level level_none, level_neon, level_avx2, level_avx512;

/* The best level that the machine has and is not above `wanted`. */
const struct level *level_choose(enum simd_level wanted);

/* Words of a run that is not short and ASCII: tag/slow.c. */
void slow_run(struct chunk *c, uint32_t run);

/* A word longer than 16 bytes of ASCII: its hash. */
uint64_t slow_long(const uint8_t *p, uint32_t n, bool plural);

static inline uint32_t where_start(uint64_t w)
{
    return (uint32_t)w & 0x7fffffff;
}

static inline bool where_joined(uint64_t w)
{
    return (uint32_t)w >> 31;
}

static inline uint32_t where_end(uint64_t w)
{
    return (uint32_t)(w >> 32);
}

#endif
