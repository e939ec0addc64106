/* SCOR: the tables of a scored lexicon, as they lie in an image.
 * FORMAT.md is the normative description.
 *
 *     0 u32 version          16 u32 threshold, in millionths
 *     4 u32 labels           20 i32 cut, in units
 *     8 u32 stride           24 u16 x 11 calibration, in 65535ths
 *    12 u32 units of a 1     46 zeros
 *    64 parts: SCORE_PARTS x {u64 offset, u32 slots, u32 records}
 *
 * A weight is an i16 in units; a row is `stride` of them, one a label, zero
 * padded. Checked once, at open, so that no table leads out of the section. */
#ifndef GAZ_MODEL_SCORE_H
#define GAZ_MODEL_SCORE_H

#include "base/bytes.h"
#include "base/slice.h"
#include "base/status.h"
#include "model/score_key.h"

enum {
    SCORE_VERSION = 3,
    SCORE_UNITS = 1024,
    SCORE_LABELS_MAX = 64,
    SCORE_ROW_ALIGN = 16,
    SCORE_KNOTS = 11,
    SCORE_HEADER_SIZE = 64,
    SCORE_PART_SIZE = 16
};

/* Tables are found by hash: slots x u64 key (0: empty), slots x u32 record,
 * records. The other parts have no keys. */
enum score_part {
    SCORE_PART_LABELS,  /* u16: label of the lexicon */
    SCORE_PART_DENSE,   /* i16: enum score_dense, then rows */
    SCORE_PART_UNKNOWN, /* one record of SCORE_PART_FOLD: of unknown words */
    SCORE_PART_FRONTS,  /* u64: filter of the fronts of joined keys */
    SCORE_PART_LONGER,  /* u64: filter of numbers keys of several tokens */
    SCORE_PART_PAIRS,   /* u64: key & ~0xFFFF | i16 weight; 0: empty */
    SCORE_PART_HINTS,   /* u64: as pairs, see score_hint_unchecked */
    SCORE_PART_HINTED,  /* u64: filter of folded keys of long hints */
    SCORE_PART_LOWER,   /* tables from here on */
    SCORE_PART_FOLD,
    SCORE_PART_PREFIX,
    SCORE_PART_SUFFIX3,
    SCORE_PART_SUFFIX4,
    SCORE_PART_PATTERN,
    SCORE_PART_FIRSTS,  /* numbers form of a name's first word */
    SCORE_PART_ENTRIES, /* one for each family */
    SCORE_PARTS = SCORE_PART_ENTRIES + SCORE_FAMILIES
};

/* Records begin with i16 weights (and what follows), then have rows. */
enum {
    /* LOWER: weights, then rows. */
    LOWER_BEFORE2 = 0,
    LOWER_BEFORE,
    LOWER_AFTER,
    LOWER_AFTER2,
    LOWER_ROWS,                /* the four above have rows; */
    LOWER_SINGLE = LOWER_ROWS, /* these have not */
    LOWER_INNER,
    LOWER_HEAD = 16, /* bytes in front of the rows */

    /* FOLD: weights, [known] where they are two. */
    FOLD_FIRST = 0,
    FOLD_LAST,
    FOLD_FIRST_STATE,
    FOLD_LAST_STATE = 4,
    FOLD_INNER_STATE = 6,
    FOLD_SINGLE_STATE = 8,
    FOLD_AFTER_STATE = 10,
    FOLD_BEFORE_STATE = 12,
    FOLD_BIN_FIRST = 28, /* byte */
    FOLD_BIN_LAST = 29,  /* byte */
    FOLD_FLAGS = 30,     /* u16 at byte */
    FOLD_HEAD = 32,
    FOLD_ROW_FIRST = 0,
    FOLD_ROW_LAST,
    FOLD_ROW_SINGLE,
    FOLD_ROW_BEFORE,
    FOLD_ROW_AFTER,
    FOLD_ROW_TOPIC, /* log-odds, in units */
    FOLD_ROWS,

    /* PREFIX, SUFFIX3, SUFFIX4, PATTERN: weights [single][known]; rows
     * [single], but SUFFIX4 has none. */
    AFFIX_HEAD = 8,
    AFFIX_ROWS = 2,

    /* FIRSTS: a byte, bit k > 0: a name of k + 1 tokens begins so; bit 0: it
     * stands further back in one. */
    FIRSTS_HEAD = 8,

    /* ENTRIES: weights [single]; one row. */
    ENTRY_BIN = 4,   /* byte: 0, or for folded 1 + bin */
    ENTRY_LABEL = 5, /* byte: the most frequent; of the section */
    ENTRY_ID = 8,    /* u32: entry of the lexicon, or UINT32_MAX */
    ENTRY_HEAD = 16
};

/* Bits of FOLD_FLAGS. */
enum {
    FOLD_IS_FIRST = 1,  /* was the first token of a mention of several */
    FOLD_IS_FIRST2 = 2, /* more than once */
    FOLD_IS_LAST = 4,
    FOLD_IS_INNER = 8,
    FOLD_IS_COMMON = 16, /* occurs more than 30 times */
    FOLD_IS_HEAD = 32    /* last in a twentieth of its occurrences or more */
};

/* Where each dense table begins, in weights; L: labels. */
struct score_dense {
    uint32_t shapes;         /* [32][32][2] */
    uint32_t bin_shape;      /* [12][32] */
    uint32_t start;          /* [2][32] */
    uint32_t start_bin;      /* [2][32][12] */
    uint32_t no_lower;       /* [2] */
    uint32_t shape_before;   /* [32][32][2] */
    uint32_t shape_after;    /* [32][32][2] */
    uint32_t shape_around;   /* [32][32][12] */
    uint32_t outer;          /* [12][12] */
    uint32_t within;         /* [12][5][2] */
    uint32_t head_shape;     /* [L][32][8] */
    uint32_t head_bin;       /* [L][12][2] */
    uint32_t tail_shape;     /* [L][32][8] */
    uint32_t tail_bin;       /* [L][12][2] */
    uint32_t ends;           /* [11][11][2] */
    uint32_t after_last;     /* [11][32][2] */
    uint32_t before_first;   /* [11][32][2] */
    uint32_t length;         /* [6][2] */
    uint32_t inner_shape;    /* [32][2] */
    uint32_t unknown;        /* [4][2], of ENTRY */
    uint32_t topic;          /* [32]: known * 16 + bin */
    uint32_t hint;           /* [2][12][2] */
    uint32_t hint_shapes;    /* [32][32] */
    uint32_t hint_label;     /* [L + 1][2] */
    uint32_t hint_shape;     /* [L + 1][32][2] */
    uint32_t hint_outer;     /* [2][12][2] */
    uint32_t hint_within;    /* [2][12][2][8] */
    uint32_t row_length;     /* [5] rows, with the bias; row 0 is not used */
    uint32_t row_head;       /* [L] rows */
    uint32_t row_tail;       /* [L] rows */
    uint32_t row_shapes;     /* [32][32] rows */
    uint32_t row_hint;       /* [L + 1][2] rows */
    uint32_t row_hint_shape; /* [L + 1][32] rows */
    uint32_t row_topic;      /* [L][32] rows: label; known * 16 + its bin */
    uint32_t total;
};

/* The offsets for so many labels. */
void score_dense_layout(uint32_t labels, uint32_t stride,
                        struct score_dense *out);

struct score_table {
    const uint8_t *keys, *ids, *records;
    uint32_t slots; /* a power of two; at least one is empty */
    uint32_t count; /* of records */
    uint32_t size;  /* of a record, bytes */
};

struct score {
    uint32_t labels, stride;
    double threshold; /* spans with a lower marginal are no mentions */
    int32_t cut;      /* a candidate whose score is below without the pairs is
                         given up */
    double calibration[SCORE_KNOTS];
    const uint8_t *label_map, *dense, *unknown, *fronts, *longer, *pairs;
    const uint8_t *hints, *hinted;
    bool has_hints;
    /* Powers of two. */
    uint32_t front_words, longer_words, pair_slots, hint_slots, hinted_words;
    struct score_dense at;
    struct score_table tables[SCORE_PARTS]; /* from SCORE_PART_LOWER */
};

/* Bytes of a record of a table. */
uint32_t score_record_size(enum score_part part, uint32_t stride);

/* Check a section; out borrows it. labels and entries are the lexicon's. */
enum status score_open(struct slice section, uint32_t labels, uint32_t entries,
                       struct score *out, struct err *e);

/* Each slot is where a key's search begins. */
static inline uint32_t score_slot(uint64_t key, uint32_t slots)
{
    return (uint32_t)(key >> 32) & (slots - 1);
}

/* The record of a key (0 is taken for 1) or NULL. */
static inline const uint8_t *score_find_unchecked(const struct score_table *t,
                                                  uint64_t key)
{
    key += key == 0;
    for (uint32_t at = score_slot(key, t->slots);;
         at = (at + 1) & (t->slots - 1)) {
        uint64_t found = bytes_load64(t->keys + (size_t)at * 8);
        if (found == key) {
            return t->records +
                   (size_t)bytes_load32(t->ids + (size_t)at * 4) * t->size;
        }
        if (found == 0) {
            return NULL;
        }
    }
}

/* What a key's slot has in its low 16 bits, 0 when there is none. */
static inline uint16_t score_packed_unchecked(const uint8_t *packed,
                                              uint32_t slots, uint64_t key)
{
    for (uint32_t at = score_slot(key, slots);; at = (at + 1) & (slots - 1)) {
        uint64_t found = bytes_load64(packed + (size_t)at * 8);
        if (found == 0) {
            return 0;
        }
        if (((found ^ key) >> 16) == 0) {
            return (uint16_t)found;
        }
    }
}

/* The weight of a pair, 0 when it has none. */
static inline int32_t score_pair_unchecked(const struct score *s, uint64_t key)
{
    return (int16_t)score_packed_unchecked(s->pairs, s->pair_slots, key);
}

/* By the folded key of a hint, 1 + its label (of the section, or their number
 * for any other); by score_hint_word, bit k > 0: hints of k + 1 tokens begin
 * so, bit 0: it stands further back in one.
 * 0 where there is none. */
static inline unsigned score_hint_unchecked(const struct score *s, uint64_t key)
{
    return score_packed_unchecked(s->hints, s->hint_slots, key);
}

/* Two bits of one word of the filter. */
static inline uint64_t score_front_bits(uint64_t mixed)
{
    return 1ULL << (mixed & 63) | 1ULL << (mixed >> 6 & 63);
}

static inline uint32_t score_front_word(uint64_t mixed, uint32_t words)
{
    return (uint32_t)(mixed >> 32) & (words - 1);
}

static inline bool score_filter_unchecked(const uint8_t *filter, uint32_t words,
                                          uint64_t mixed)
{
    uint64_t bits = score_front_bits(mixed);
    uint64_t word =
        bytes_load64(filter + (size_t)score_front_word(mixed, words) * 8);
    return (word & bits) == bits;
}

/* May a joined key begin with these bytes (their running hash)? */
static inline bool score_front_unchecked(const struct score *s, uint64_t hash)
{
    return score_filter_unchecked(s->fronts, s->front_words, score_mix(hash));
}

/* May there be a numbers key of several tokens? */
static inline bool score_longer_unchecked(const struct score *s, uint64_t key)
{
    return score_filter_unchecked(s->longer, s->longer_words, key);
}

/* May there be a hint of several tokens with this folded key? */
static inline bool score_hinted_unchecked(const struct score *s, uint64_t key)
{
    return score_filter_unchecked(s->hinted, s->hinted_words, score_mix(key));
}

static inline int16_t score_weight(const uint8_t *record, unsigned i)
{
    return (int16_t)bytes_load16(record + (size_t)i * 2);
}

#endif
