/* What a scored lexicon knows of a word, as it is kept for the scorer. */
#ifndef GAZ_TAG_SCORE_WORD_H
#define GAZ_TAG_SCORE_WORD_H

#include "model/score.h"

/* What a word may be in a name that is no entry. */
enum {
    ROLE_FIRST = 1,   /* begin it */
    ROLE_LAST = 2,    /* end it */
    ROLE_INNER = 4,   /* stand between */
    ROLE_SINGLE = 8,  /* be all of it */
    ROLE_HEAD = 16,   /* end one without a capital */
    ROLE_UPPER = 32,  /* has a capital */
    ROLE_HINT = 64,   /* begin a hint of several tokens, or */
    ROLE_HINTED = 128 /* stand further back in one */
};

/* May it stand so in a pair? */
enum { PAIRED_BEFORE = 1, PAIRED_AFTER = 2 };

enum score_word_row {
    WORD_TOPIC, /* first: read for every token */
    WORD_FIRST, /* of several */
    WORD_LAST,
    WORD_SINGLE,
    WORD_BEFORE, /* the candidate, ... */
    WORD_BEFORE2,
    WORD_AFTER,
    WORD_AFTER2,
    WORD_ROWS
};

/* What is needed of a word in rare cases only: a cache line for longer names,
 * one for the word alone. */
struct score_word_more {
    uint64_t exact, numbers;
    struct wordform_poly joined, singular;
    uint64_t pattern;
    uint8_t hint_lengths; /* bit k > 0: hints of k + 1 tokens begin so */
    uint8_t pad[7];
    const uint8_t *record[SCORE_FAMILIES]; /* of the word alone, or NULL */
    uint64_t follow; /* bit `opens` of a word: a joined key may go on so */
    uint64_t pads[7 - SCORE_FAMILIES];
};

_Static_assert(offsetof(struct score_word_more, record) == 64,
               "a cache line for longer names");

/* Weights are sums of all features that depend on this word only, [known]
 * where they are two; `single` of all that depend on a candidate of one token
 * but for what stands around it. rows: WORD_ROWS of the section's stride. One
 * cache line, then the rows. */
struct score_word {
    uint64_t lower, fold;
    const struct score_word_more *more;
    int16_t single[2], first[2], last[2], inner[2], before[2], after[2];
    int16_t before2, after2;
    uint8_t shape;
    uint8_t roles;   /* ROLE_* */
    uint8_t lengths; /* bit k > 0: names of k + 1 tokens begin so; */
                     /* bit 0: it stands further back in one */
    uint8_t bin_first, bin_last;
    bool front;     /* some joined key begins so */
    bool named;     /* the word alone is an entry, by more than its numbers: */
    uint8_t bin;    /* its folded entry's bin, or 0 */
    uint8_t label;  /* and label */
    uint8_t paired; /* PAIRED_* */
    uint8_t opens;  /* what its joined form begins with, see more->follow */
    uint8_t hint;   /* 0, or 1 + label of the hint */
    _Alignas(32) int16_t rows[];
};

_Static_assert(offsetof(struct score_word, rows) == 64, "one cache line");

#endif
