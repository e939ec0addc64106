/* What tagging a sentence with a scored lexicon keeps; shared by its parts
 * (candidates and scores: score_run.c; choice: score_decode.c; the sentence as
 * a whole: score_topic.c). */
#ifndef GAZ_TAG_SCORE_RUN_STATE_H
#define GAZ_TAG_SCORE_RUN_STATE_H

#include "tag/score_run.h"
#include "tag/score_row.h"
#include "tag/score_words.h"

/* e^-x is kept for x below 16, in steps of 4 units. */
enum { SCORE_EXP_SHIFT = 2, SCORE_EXP_SIZE = 16 * SCORE_UNITS / 4 };

/* An entry of several tokens found at a place. */
struct score_hit {
    uint32_t start;
    uint16_t len;         /* tokens */
    bool numbers, joined; /* keys that are not looked up yet */
    union {
        const uint8_t *record[SCORE_FAMILIES]; /* NULL: not in the family */
        uint64_t keys[SCORE_FAMILIES];
    };
};

/* Bins of the folded entries that begin at a token, by length - 1. */
union score_bins_from {
    uint8_t at[SCORE_SPAN_MAX];
    uint64_t all;
};

/* Sums over what stands on one side of a boundary. */
struct score_side {
    uint32_t made, paired, rowed; /* the run it was for */
    int32_t weight[2][2];         /* single, known */
    int32_t pairs;
    uint32_t key_count; /* of pairs that are not looked up yet */
    uint64_t keys[2];
    int16_t row[SCORE_LABELS_MAX];
};

/* A candidate that is not hopeless. */
struct score_kept {
    uint32_t start, end; /* tokens */
    uint32_t label;      /* the best one; of the section */
    uint32_t entry;
    double score;       /* log-odds of the best label */
    double rest;        /* any label is so many times as likely as the best */
    double p;           /* marginal of the best label */
    uint32_t key_count; /* of pairs */
    uint64_t keys[5];
    struct score_side *left, *right; /* NULL: no pairs on that side */
};

/* What gaz explain is told of a candidate; weights in units. */
struct score_note {
    uint32_t start, end;
    uint32_t kept;  /* place in kept, or UINT32_MAX: given up */
    uint32_t label; /* the best one; of the section */
    bool rowed;     /* were labels looked at? */
    int32_t left, right, own, entry, place, sentence, label_weight;
    uint8_t bin, hint;
    const uint8_t *record[SCORE_FAMILIES];
};

struct score_run {
    const struct alloc *alloc;
    const struct score *score;
    int16_t *dense;
    struct score_words *words;
    size_t count;                                       /* tokens */
    const struct score_word *words_at[SCORE_CHUNK + 5]; /* from -2 */
    union score_bins_from bins[SCORE_CHUNK + 1];
    union score_bins_from hints[SCORE_CHUNK + 1]; /* 0, or 1 + label */
    uint16_t bins_before[SCORE_CHUNK + 1];        /* tokens that begin any */
    uint16_t hints_before[SCORE_CHUNK + 1];
    uint8_t heads[SCORE_CHUNK * SCORE_SPAN_MAX]; /* labels of entries */
    struct score_hit hits[SCORE_CHUNK * SCORE_SPAN_MAX + 1];
    size_t hit_count;
    struct score_side left[SCORE_CHUNK + 1], right[SCORE_CHUNK + 1];
    int16_t topic[2][SCORE_LABELS_MAX]; /* known */
    int32_t no_lower;
    int32_t unknown; /* of no entry of several tokens in any family */
    int32_t no_hint[SCORE_BINS][6]; /* of no hint near, by bin, length */
    uint32_t now;                   /* counts runs */
    float exp_table[SCORE_EXP_SIZE];
    struct score_kept kept[SCORE_CHUNK * SCORE_SPAN_MAX];
    /* Odds of any label; of sums that get too large their logarithm. */
    double total[SCORE_CHUNK * SCORE_SPAN_MAX];
    size_t kept_count;
    uint32_t next[SCORE_CHUNK * SCORE_SPAN_MAX]; /* kept that end alike */
    uint32_t ends[SCORE_CHUNK + 1];
    double front[SCORE_CHUNK + 1], back[SCORE_CHUNK + 1];
    double best[SCORE_CHUNK + 1];
    uint32_t taken[SCORE_CHUNK + 1];
    struct span spans[SCORE_CHUNK];
    struct score_note *notes; /* NULL: nobody asks; room for all */
    size_t note_count;
};

/* A candidate while it is looked at. */
struct score_look {
    size_t start, end, len;
    const struct score_word *a, *z, *p, *n;
    unsigned single, known, bin;
    unsigned hint;     /* 0, or 1 + label */
    bool near;         /* may an entry lie around it or within? */
    bool hint_near;    /* a hint? */
    size_t head, tail; /* tokens of the entries at its ends, or 0 */
    struct score_side *left, *right;
    const struct score_hit *hit; /* NULL: one token, or no entry */
    int16_t row[SCORE_LABELS_MAX];
};

_Static_assert(sizeof(union score_bins_from) == SCORE_SPAN_MAX,
               "all lengths in one number");

static inline const struct score_word *score_word_at(const struct score_run *r,
                                                     size_t i)
{
    return r->words_at[i + 2];
}

/* Is there anything of lengths shortest .. longest? */
static inline bool score_any_from(const union score_bins_from *from,
                                  size_t shortest, size_t longest)
{
    longest = longest < SCORE_SPAN_MAX ? longest : SCORE_SPAN_MAX;
    if (longest == 0 || shortest > longest) {
        return false;
    }
    uint64_t cells = UINT64_MAX >> (SCORE_SPAN_MAX - longest) * 8;
    cells &= UINT64_MAX << (shortest - 1) * 8;
    return (from->all & (GAZ_BIG_ENDIAN ? bytes_swap64(cells) : cells)) != 0;
}

/* The best of `best` and the bins of lengths shortest .. longest. */
static inline unsigned score_best_from(const union score_bins_from *from,
                                       size_t shortest, size_t longest,
                                       unsigned best)
{
    longest = longest < SCORE_SPAN_MAX ? longest : SCORE_SPAN_MAX;
    if (!score_any_from(from, shortest, longest)) {
        return best;
    }
    for (size_t len = shortest; len <= longest; len++) {
        unsigned b = from->at[len - 1];
        best = b > best ? b : best;
    }
    return best;
}

/* What each family has of a candidate, or NULL. */
static inline const uint8_t *const *
score_look_records(const struct score_look *k)
{
    return k->single        ? k->a->more->record
           : k->hit != NULL ? k->hit->record
                            : NULL;
}

/* Find what may be entries of several tokens; then which of them are: hits,
 * bins and heads. The hints that begin at token i. */
void score_find_entries(struct score_run *r);
void score_settle_entries(struct score_run *r);
void score_find_hints(struct score_run *r, size_t i);

/* The sentence as a whole: fills topic and no_lower. */
void score_look_around(struct score_run *r);

/* Fill bins_before and hints_before. */
void score_count_starts(struct score_run *r);

/* What hints have to say of a candidate, where the lexicon has any; of one
 * token: what its own word's record does not say. */
int32_t score_hint_sum(const struct score_run *r, const struct score_look *k);

/* Note the pairs of a candidate that is kept, and, after all of a sentence's,
 * add what they weigh. */
void score_ask_pairs(struct score_run *r, const struct score_look *k,
                     struct score_kept *c);
void score_add_pairs(struct score_run *r);

/* Choose among the kept candidates: fills spans; how many. */
size_t score_run_decode(struct score_run *r);

#endif
