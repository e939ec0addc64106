/* Where in a text a rule could match: word starts whose first bytes are among
 * the beginnings of rules (RPRE in model/lexicon_rules.h).
 *
 * 1. 64 bytes at a time, the starts of ASCII words become a bit mask.
 * 2. The first 4 bytes of each, | 0x20, are hashed into a table of bits; what
 *    begins with 3 bytes is in another, with 1 or 2 in a table of pairs of
 *    bytes. (With 3 bytes for all, three times as many words of prose pass.)
 * 3. Where no beginning is shorter, so are the first 6, of those that pass, and
 *    two bits are asked for: a quarter of the words did, a twentieth does then.
 * 4. Only what passes is compared with the beginnings themselves. */
#ifndef GAZ_TAG_PREFILTER_H
#define GAZ_TAG_PREFILTER_H

#include "base/alloc.h"
#include "base/slice.h"
#include "model/lexicon_rules.h"

enum { PREFILTER_HASH_BITS = 16, PREFILTER_BATCH = 128 };

struct prefilter {
    const struct lexicon *lexicon;
    uint32_t bits[1u << (PREFILTER_HASH_BITS - 5)];   /* by 4 bytes */
    uint32_t few[1u << (PREFILTER_HASH_BITS - 5)];    /* of them, beginnings of
                                                         less than 6 */
    uint32_t longs[1u << (PREFILTER_HASH_BITS - 5)];  /* by 6 bytes */
    uint32_t threes[1u << (PREFILTER_HASH_BITS - 5)]; /* by 3, of that length */
    uint32_t pairs[1u << 11]; /* by 2 bytes, for shorter beginnings */
    uint32_t first[257];      /* records of RPRE by first byte */
    const struct alloc *alloc;
    uint64_t *keys;   /* the bytes of each record, the first on top */
    uint8_t *lengths; /* by record: bit k - 1 for a record that is its first
                         k bytes */
    bool high;        /* some beginning is above ASCII */
    bool everywhere;  /* some rule is tried inside words */
};

/* False when memory is out; to be freed then too. */
bool prefilter_init(struct prefilter *f, const struct alloc *alloc,
                    const struct lexicon *lexicon);
void prefilter_free(struct prefilter *f);

/* Fill at[] with up to PREFILTER_BATCH places from *pos on, in order, and
 * move *pos behind what was looked at; 0 at the end of the text. */
size_t prefilter_next(const struct prefilter *f, struct slice text, size_t *pos,
                      size_t at[PREFILTER_BATCH + 64]);

/* The records of RPRE that fit at a place, one after the other, the shorter
 * ones first. */
struct prefilter_fits {
    const struct prefilter *filter;
    uint64_t key;     /* of the text, each byte | 0x20, the first on top */
    unsigned lengths; /* bit k - 1: records of k bytes fit, and are to come */
    uint64_t now;     /* the key of those that come now; 0: of none */
    uint32_t at;      /* the next of these */
    uint32_t lo, hi;  /* records that begin with the same byte */
};

void prefilter_fits_open(struct prefilter_fits *it, const struct prefilter *f,
                         struct slice text, size_t at);

/* False at the end. */
bool prefilter_fits_next(struct prefilter_fits *it, struct lexicon_prefix *out);

#endif
