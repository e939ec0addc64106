/* ENTR: what is known of each entry but its bytes, in columns of packed
 * numbers. Names of lists differ in few things, so that what they have in
 * common stands once, as a fact:
 *
 *      0 u32 entries, E                  8 u8 bits of a number in each of the
 *      4 u32 facts, F                      columns names, facts, ids, origins
 *                                       12 u32 zero
 *     16 F facts of 24 bytes:
 *        0 u32 annotated                12 u16 number of pairs, >= 1
 *        4 u32 occurrences              14 u16 label that is used
 *        8 u32 first pair in ELAB       16 u8 case policy
 *                                       17 u8 flags LEXICON_*
 *                                       18 i16 priority
 *                                       20 u16 trust, in 65535ths
 *                                       22 u16 zero
 *      . four columns of E numbers, each a bit string whose lowest bits come
 *        first, zeros to a multiple of 8 bytes and 8 bytes of zeros behind
 *
 *     name    2k: the record at offset 4k of the index's records has its
 *             bytes;  2k + 1: the string at offset k of STRS is it
 *     facts   a fact
 *     id      a string of STRS
 *     origin  the source that first has it and the line there: SRCS says at
 *             which of these numbers a source begins, that is its line 0
 */
#ifndef GAZ_MODEL_ENTRIES_H
#define GAZ_MODEL_ENTRIES_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/slice.h"
#include "base/status.h"

enum {
    ENTRIES_HEADER = 16,
    ENTRIES_FACT = 24,
    ENTRIES_COLUMN_PAD = 8,
    ENTRIES_BITS_MAX = 32,
    ENTRIES_TRUST_ALL = 65535
};

/* A record of the index has this many bits for its entry. */
#define ENTRIES_MAX ((1u << 29) - 1)

enum entries_column {
    ENTRIES_NAME,
    ENTRIES_FACTS,
    ENTRIES_ID,
    ENTRIES_ORIGIN,
    ENTRIES_COLUMNS
};

struct column {
    const uint8_t *data;
    unsigned bits; /* 0: all are 0 */
};

struct entries {
    uint32_t count;
    uint32_t fact_count;
    const char *facts;
    struct column columns[ENTRIES_COLUMNS];
    unsigned any_flags; /* what some entry has */
    bool all_certain;   /* the trust of all is ENTRIES_TRUST_ALL */
};

/* What the numbers may refer to. */
struct entries_limits {
    size_t strings; /* bytes of STRS */
    size_t pairs;   /* records of ELAB */
    size_t records; /* bytes of the index's records that may begin one */
    uint32_t labels;
    uint32_t sources;
};

/* Check the section and everything in it. */
enum status entries_open(struct slice section,
                         const struct entries_limits *limits,
                         struct entries *out, struct err *e);

static inline uint32_t column_get(const struct column *c, uint32_t i)
{
    uint64_t bit = (uint64_t)i * c->bits;
    return (uint32_t)(bytes_load64(c->data + bit / 8) >> (bit & 7) &
                      ((1ULL << c->bits) - 1));
}

/* The bytes of a column of n numbers, with what is behind it. */
static inline uint64_t column_size(uint32_t n, unsigned bits)
{
    return ((uint64_t)n * bits + 63) / 64 * 8 + ENTRIES_COLUMN_PAD;
}

static inline const char *entries_fact(const struct entries *t, uint32_t entry)
{
    return t->facts +
           (size_t)column_get(&t->columns[ENTRIES_FACTS], entry) * ENTRIES_FACT;
}

static inline unsigned entries_flags(const struct entries *t, uint32_t entry)
{
    return (unsigned char)entries_fact(t, entry)[17];
}

#endif
