/* Where in a text a rule could match: word starts whose first bytes are among
 * the beginnings of rules (RPRE and RCAS in model/lexicon_rules.h).
 *
 * 1. 64 bytes at a time, the starts of ASCII words become a bit mask.
 * 2. The first 3 bytes of each choose one of PREFILTER_ROWS rows of 32 bits,
 *    and the fourth a bit there: a sixth of the words of prose pass. The first
 *    byte counts with its case.
 * 3. Beginnings of 1 and 2 bytes have none: they are in eight sets of first
 *    bytes and of second ones, and a word passes if both of its own are in one
 *    set.
 * 4. Of what passes, the first 3, 4, 5 and 6 bytes are asked for in a table
 *    that has two bits for each beginning: a twentieth of the words is left.
 * 5. Only that is compared with the beginnings themselves, those of its row. */
#ifndef GAZ_TAG_PREFILTER_H
#define GAZ_TAG_PREFILTER_H

#include "base/alloc.h"
#include "base/slice.h"
#include "model/lexicon_rules.h"

enum {
    PREFILTER_ROW_BITS = 12,
    PREFILTER_ROWS = 1 << PREFILTER_ROW_BITS,
    PREFILTER_LIKELY_BITS = 17,
    PREFILTER_STEP = 2048, /* bytes of text at once */
    PREFILTER_ROOM = 16    /* for a whole store behind the places */
};

#define PREFILTER_FACTOR UINT32_C(0x9E3779B1)

/* Beginnings of the same bytes. */
struct prefilter_group {
    uint32_t ways;    /* the first of them; to that of the next group */
    uint32_t shorter; /* the longest group that is a beginning of this one, or
                         LEXICON_NONE */
    uint32_t length;
};

struct prefilter_way {
    uint32_t record; /* of RPRE */
    uint32_t cases;  /* as in RCAS, and all bits of bytes behind the length */
};

struct prefilter {
    const struct lexicon *lexicon;
    uint32_t rows[PREFILTER_ROWS];
    uint32_t likely[1 << (PREFILTER_LIKELY_BITS - 5)];
    uint8_t one[256]; /* the sets that a first byte is in */
    uint8_t two[256]; /* and a second one */
    bool any_short;   /* some set is not empty */
    bool high;        /* some beginning is above ASCII */
    bool everywhere;  /* some rule is tried inside words */
    /* Groups by row, those of 1 and 2 bytes last, then by bytes. */
    uint32_t from[PREFILTER_ROWS + 2];
    const struct alloc *alloc;
    uint64_t *keys; /* the bytes of each group, the first on top */
    struct prefilter_group *groups;
    struct prefilter_way *ways;
    uint32_t group_count;
};

/* False when memory is out; to be freed then too. */
bool prefilter_init(struct prefilter *f, const struct alloc *alloc,
                    const struct lexicon *lexicon);
void prefilter_free(struct prefilter *f);

/* A faster version of 1. to 3.: where there are PREFILTER_STEP bytes from
 * `from` on and BLOCK_SLACK more, the places in them that pass, counted from
 * `from`, go to places, and *pos behind them. Else nothing is done. */
typedef size_t prefilter_sift_fn(const struct prefilter *f, struct slice text,
                                 size_t from, size_t *pos, uint32_t *places);

/* Fill at[] with the places in the PREFILTER_STEP bytes from *pos on, in order,
 * and move *pos behind these or to the end of the text. sift: NULL, or that of
 * the processor. */
size_t prefilter_next(const struct prefilter *f, struct slice text, size_t *pos,
                      size_t at[PREFILTER_STEP], prefilter_sift_fn *sift);

/* The records of RPRE that fit at a place, one after the other, the shorter
 * ones first. */
struct prefilter_fits {
    const struct prefilter *filter;
    uint32_t low;                       /* bit i: byte i has 0x20 */
    uint32_t found[LEXICON_PREFIX_MAX]; /* groups to come, the longest first */
    uint32_t left;
    uint32_t at, end; /* ways */
};

void prefilter_fits_open(struct prefilter_fits *it, const struct prefilter *f,
                         struct slice text, size_t at);

/* False at the end. */
bool prefilter_fits_next(struct prefilter_fits *it, struct lexicon_prefix *out);

#endif
