/* The words near a mention, for cues. A sentence ends after . ! or ? and white
 * space, and at a paragraph's end; no more than NEAR_SIDE words and 1024 bytes
 * to either side are looked at, so that the work for a mention is bounded. */
#ifndef GAZ_TAG_NEAR_H
#define GAZ_TAG_NEAR_H

#include "base/buf.h"
#include "base/span.h"

enum { NEAR_SIDE = 60 };

/* A word's key in small letters; and that without a plural s, which mostly is
 * its beginning. Offsets into near.keys. */
struct near_word {
    uint32_t plain, plain_len;
    uint32_t single, single_len;
    uint64_t plain_hash, single_hash;
};

struct near {
    struct near_word words[2 * NEAR_SIDE];
    size_t before;      /* words[0 .. before) stand before the mention */
    size_t count;       /* the rest behind it */
    size_t from, to;    /* bytes of the sentence around */
    uint64_t filter[8]; /* of the hashes */
    struct buf keys;
};

/* Take the words around bytes start .. end - 1 of the text. */
void near_look(struct near *n, struct slice text, size_t start, size_t end);

/* Is this word, in small letters and singular, among words[from .. to)? */
bool near_has(const struct near *n, struct slice word, size_t from, size_t to);

/* Does a sentence end between these two bytes? */
bool near_ends(unsigned char before, unsigned char after);

#endif
