/* Names of the features of a scored lexicon and how they are hashed; shared
 * by the trainer, which counts and weighs them, and the tagger, which looks
 * the weights up.
 *
 * A candidate is a span of tokens a .. z with p2 p before and n n2 behind:
 *
 *     p2 p [ a ... z ] n n2
 *
 * A shared feature has one weight, for 'is a mention', whatever its label; a
 * row has a weight for each label. FORMAT.md lists both. */
#ifndef GAZ_MODEL_SCORE_KEY_H
#define GAZ_MODEL_SCORE_KEY_H

#include "text/hash.h"
#include "text/wordform.h"

enum {
    SCORE_SPAN_MAX = 8,    /* tokens of an entry */
    SCORE_UNSEEN_MAX = 5,  /* tokens of a candidate that is no entry */
    SCORE_SIDE = 3,        /* tokens a longer entry may have on either side */
    SCORE_FAMILIES = 4,    /* exact, folded, joined, numbers */
    SCORE_BINS = 12,       /* of n / N; 0: no entry */
    SCORE_STATES = 98,     /* of (n, N) */
    SCORE_SHARES = 64,     /* of (label count, count), and of topics */
    SCORE_SHARE_SLOTS = 9, /* four families; z, a, p, n; the topic */
    SCORE_TOPIC_SLOT = 8,
    SCORE_TOPICS = 32, /* bin of a topic + 16 known */
    SCORE_STATE_UNKNOWN = 88
};

enum score_family { SCORE_EXACT, SCORE_FOLDED, SCORE_JOINED, SCORE_NUMBERS };
/* Hits of hints are told apart by what is no family. */
enum { SCORE_HINTS = SCORE_FAMILIES };

/* 'bin', 'known': of the folded entry; 'state' of a word: how often it is the
 * first, the last, ... token of a mention of all its occurrences. */
enum score_shared {
    SCORE_ENTRY,        /* family, state, single */
    SCORE_SHAPES,       /* a, z, single */
    SCORE_BIN_SHAPE,    /* bin, a */
    SCORE_START,        /* at the sentence's start, a */
    SCORE_START_BIN,    /* at the sentence's start, a, bin */
    SCORE_NO_LOWER,     /* the sentence has no lower-case token */
    SCORE_SHAPE_BEFORE, /* p, a, single */
    SCORE_SHAPE_AFTER,  /* n, z, single */
    SCORE_SHAPE_AROUND, /* p, n, bin */
    SCORE_WORD_BEFORE2, /* lower p2, ... */
    SCORE_WORD_BEFORE,
    SCORE_WORD_AFTER,
    SCORE_WORD_AFTER2,
    SCORE_OUTER,      /* best bin of an entry around, bin */
    SCORE_WITHIN,     /* best bin of an entry within, length, known */
    SCORE_HEAD_SHAPE, /* label of the longest entry at the front, z, rest */
    SCORE_HEAD_BIN,   /* the same label, its bin, known */
    SCORE_TAIL_SHAPE, /* the same at the back: label, a, rest */
    SCORE_TAIL_BIN,
    SCORE_FIRST_STATE,  /* several tokens: state of a as first, known */
    SCORE_LAST_STATE,   /* state of z as last, known */
    SCORE_ENDS,         /* bins of a as first and z as last, known */
    SCORE_INNER_STATE,  /* state of each token between as inner, known */
    SCORE_INNER_SHAPE,  /* its shape, known */
    SCORE_INNER,        /* its lower */
    SCORE_LAST,         /* fold z */
    SCORE_FIRST,        /* fold a */
    SCORE_SINGLE,       /* one token: lower a */
    SCORE_SINGLE_LAST,  /* its state as last, known */
    SCORE_SINGLE_FIRST, /* its state as first, known */
    SCORE_AFTER_LAST,   /* bin of n as last, shape, known */
    SCORE_BEFORE_FIRST, /* bin of p as first, shape, known */
    SCORE_AFTER_STATE,  /* state of n as behind a mention, known */
    SCORE_BEFORE_STATE, /* state of p as before a mention, known */
    SCORE_SUFFIX3,      /* z, single, known */
    SCORE_SUFFIX4,
    SCORE_PREFIX, /* a, single, known */
    SCORE_LENGTH, /* length, known */
    /* Of hints, names of a prior list; label: as the list has it. */
    SCORE_HINT,        /* is it one, bin, single */
    SCORE_HINT_SHAPES, /* one: a, z */
    SCORE_HINT_LABEL,  /* one: label, known */
    SCORE_HINT_SHAPE,  /* one: label, a, known */
    SCORE_HINT_OUTER,  /* is it part of one, bin, is it one */
    SCORE_HINT_WITHIN, /* is one part of it, bin, is it one x 8 + length */
    /* From here on of two or more tokens at once: looked up by hash. */
    SCORE_PATTERNS,      /* patterns a, z, length */
    SCORE_NUMBER_WORDS,  /* numbers a, z, length */
    SCORE_AROUND,        /* lower p, lower n */
    SCORE_BEFORE_SHAPES, /* lower p, shapes a, z */
    SCORE_AFTER_SHAPES,  /* lower n, shapes a, z */
    SCORE_BEFORE_TWO,    /* lower p, p2 */
    SCORE_AFTER_TWO,     /* lower n, n2 */
    SCORE_LAST_AFTER,    /* lower n, fold z */
    SCORE_BEFORE_A,      /* lower p, fold a */
    SCORE_SHARED_COUNT
};

enum { SCORE_FIRST_PAIR = SCORE_PATTERNS };

enum score_row {
    SCORE_ROW_BIAS = 64,
    SCORE_ROW_LENGTH, /* min(length, 4) */
    SCORE_ROW_HEAD,   /* label of the longest entry at the front */
    SCORE_ROW_TAIL,   /* at the back */
    SCORE_ROW_LAST,   /* fold z, single */
    SCORE_ROW_FIRST,  /* fold a; 0 for one token */
    SCORE_ROW_BEFORE, /* lower p, ... */
    SCORE_ROW_AFTER,
    SCORE_ROW_SUFFIX,  /* of 3 bytes of z, single */
    SCORE_ROW_PATTERN, /* of a, single */
    SCORE_ROW_PREFIX,  /* of a, single */
    SCORE_ROW_BEFORE2,
    SCORE_ROW_AFTER2,
    SCORE_ROW_SHAPES,     /* a, z */
    SCORE_ROW_HINT,       /* a hint's label, known */
    SCORE_ROW_HINT_SHAPE, /* a hint's label, a */
    SCORE_ROW_TOPIC       /* each label, its topic's bin + 16 known */
};

static inline uint64_t score_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ x >> 31;
}

/* The key of a feature; arguments it has not are 0. Never 0. */
static inline uint64_t score_key(unsigned what, uint64_t a, uint64_t b,
                                 uint64_t c)
{
    uint64_t h = hash_step(what + 1, a);
    return score_mix(hash_step(hash_step(h, b), c)) | 1;
}

/* What is kept of a word that stands in hints of several tokens. */
static inline uint64_t score_hint_word(uint64_t fold)
{
    return score_key(SCORE_HINT, fold, 0, 0);
}

/* The key of a span in a family is made token by token. */
static inline uint64_t score_span_start(enum score_family f)
{
    return f == SCORE_JOINED ? WORDFORM_POLY_START : hash_symbol(f);
}

static inline uint64_t score_span_step(uint64_t h, uint64_t word)
{
    return hash_step(h, word);
}

static inline uint64_t score_joined_key(uint64_t before,
                                        const struct wordform *last)
{
    return score_mix(wordform_join(before, last->singular)) | 1;
}

#endif
