/* What looking at a sentence's candidates keeps; shared by its parts (which
 * spans: score_candidate.c; features: score_extract.c). */
#ifndef GAZ_BUILD_SCORE_EXTRACT_STATE_H
#define GAZ_BUILD_SCORE_EXTRACT_STATE_H

#include "build/score_extract.h"

/* Scratch of a sentence. A span is cell first * SCORE_SPAN_MAX + length - 1. */
struct score_extract {
    const struct score_corpus *corpus;
    const struct alloc *alloc;
    uint32_t *entry[SCORE_FAMILIES]; /* by cell: key, or HASHMAP_NONE */
    size_t entry_capacity[SCORE_FAMILIES];
    uint8_t *bin; /* by cell: 0, or 1 + bin of the folded entry */
    size_t bin_capacity;
    uint8_t *hint; /* by cell: 0, or 1 + label of the hint */
    size_t hint_capacity;
    uint8_t *topic_bins;
    /* The sentence at hand. */
    const struct score_counts *counts;
    const struct store_sentence *sentence;
    struct score_set *set;
    struct score_candidate *item;
    bool no_lower;
    bool failed; /* memory is out */
};

static inline size_t cell(uint32_t start, uint32_t end)
{
    return (size_t)start * SCORE_SPAN_MAX + (end - start) - 1;
}

/* What the cells have for a span; 0 for one that is too long. */
static inline unsigned score_cell(const uint8_t *cells, uint32_t start,
                                  uint32_t end)
{
    return end - start > SCORE_SPAN_MAX ? 0 : cells[cell(start, end)];
}

static inline unsigned bin_of(const struct score_extract *x, uint32_t start,
                              uint32_t end)
{
    return score_cell(x->bin, start, end);
}

static inline const struct score_word *word_at(const struct score_extract *x,
                                               int64_t i)
{
    return score_corpus_word(x->corpus, x->sentence, i);
}

/* 0, or 1 + label of the hint there. */
static inline unsigned hint_of(const struct score_extract *x, uint32_t start,
                               uint32_t end)
{
    return score_cell(x->hint, start, end);
}

/* Give the candidate at hand a feature; x->failed when memory is out. */
void feature_shared(struct score_extract *x, enum score_shared what, uint64_t a,
                    uint64_t b, uint64_t c);
void feature_row(struct score_extract *x, enum score_row what, uint64_t a,
                 uint64_t b);

/* Is it an entry, a hint, or may it be a name that is none? */
bool score_is_candidate(const struct score_extract *x, uint32_t start,
                        uint32_t end);

#endif
